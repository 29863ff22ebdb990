"""The bank: credits, what they are earned for, and what is lent."""
