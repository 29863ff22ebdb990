"""What keeps a question about a schedule from being answered, or its answer kept, in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from pysched.cli.source import Source
from pysched.department.database import has_database
from pysched.department.versions import Versions
from pysched.explain.amendment import AmendmentError
from pysched.explain.repair import RepairError
from pysched.explain.replacement import ReplacementError
from pysched.explain.whatif import NothingFoundError
from pysched.report import InputError, refuse_inputs


@contextmanager
def one_line() -> Iterator[None]:
    """Say errors of explanation in one line.

    Raises:
        BadParameter: something is not there.
        Exit: it cannot be done.
    """
    try:
        yield
    except AmendmentError as error:
        raise typer.BadParameter(str(error)) from error
    except ReplacementError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error
    except RepairError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(20) from error
    except NothingFoundError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(20 if error.result.status == "infeasible" else 11) from error


def refuse_unkept(source: Source, out: Path | None = None) -> None:
    """Raise if a changed schedule could not be kept.

    Args:
        source: the schedule.
        out: file it is to be written to, if any.

    Raises:
        StoreError: the week is locked.
        BadParameter: it would be written over what the source was read from.
    """
    if has_database(source.url):
        with Versions(source.scenario, source.url) as versions:
            versions.refuse_locked(source.week.monday)
    try:
        if out is not None:
            refuse_inputs(out, source.files)
    except InputError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from error
