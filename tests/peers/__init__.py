"""Tests of the other solvers that the benchmark measures against."""
