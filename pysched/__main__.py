"""`python -m pysched` is the command `pysched`."""

from pysched.cli import app

app()
