"""Tests of pysched.cli."""
