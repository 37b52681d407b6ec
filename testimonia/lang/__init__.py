"""Language packs: data first, a page of code."""
