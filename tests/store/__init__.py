"""Tests of pysched.store."""
