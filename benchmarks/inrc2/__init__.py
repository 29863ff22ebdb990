"""The Second International Nurse Rostering Competition, solved with pysched's engine."""
