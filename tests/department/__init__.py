"""Tests of pysched.department with the bank."""
