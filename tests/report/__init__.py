"""Tests of pysched.report."""
