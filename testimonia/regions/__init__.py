"""Region packs: parties, places, organisations of one conflict region."""
