"""What a small encoder, trained on annotated documents, makes of a document: a second opinion beside the rules."""
