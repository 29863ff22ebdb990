"""Facts: what the encodings are told, and what is read back."""
