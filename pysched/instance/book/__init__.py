"""Whole scenarios as workbooks, one sheet a file, out and in."""

from pysched.instance.book.cells import CellProblem
from pysched.instance.book.read import import_book, read_book
from pysched.instance.book.write import export_book, scenario_book

__all__ = ["CellProblem", "export_book", "import_book", "read_book", "scenario_book"]
