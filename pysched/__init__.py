"""pysched."""
