"""The commands export and import: whole scenarios as workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pysched.cli.arguments import Folder, read_folder
from pysched.cli.printing import print_text
from pysched.instance import InstanceError
from pysched.instance.book import export_book, import_book

Book = Annotated[Path, typer.Argument(metavar="BOOK.xlsx", help="Workbook, a sheet for each file.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")]


def export(folder: Folder, book: Book, overwrite: Overwrite = False) -> None:
    """Write a whole scenario into a workbook, one sheet a file.

    The book holds the kinds of absences: it is for planners, not for colleagues.
    Example: pysched export ferrara ferrara.xlsx
    """
    try:
        export_book(read_folder(folder), book, overwrite=overwrite)
    except ValueError as error:
        raise _refused(error) from error
    print_text(f"written: {book}; back again: pysched import {book} FOLDER")


def import_(
    book: Book,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the scenario.")],
    overwrite: Overwrite = False,
) -> None:
    """Write the scenario of a workbook into a folder, or list all that is wrong (exit code 65).

    Example: pysched import ferrara.xlsx my_ferrara
    """
    try:
        scenario = import_book(book, folder, overwrite=overwrite)
    except ValueError as error:
        raise _refused(error) from error
    for warning in scenario.warnings:
        print_text(f"warning: {warning}")
    print_text(f"written: {folder}; next: pysched validate {folder}")


def _refused(error: ValueError) -> Exception:
    """Return a usage error, with a hint where something is there; bad instances as they are."""
    if isinstance(error, InstanceError):
        return error
    is_taken = "there already" in str(error) or "holds something else" in str(error)
    hint = "; --overwrite replaces it" if is_taken else ""
    return typer.BadParameter(f"{error}{hint}")
