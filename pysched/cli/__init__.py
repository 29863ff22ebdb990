"""The command line: thin commands over the department and the reports."""

from pysched.cli.main import app

__all__ = ["app"]
