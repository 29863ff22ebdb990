"""The parts of the study of burdens: years rolled with the bank and without it."""
