"""The commands put together, and the exit code of each way to end."""

from __future__ import annotations

import os
import sys
import threading
from enum import IntEnum
from importlib.metadata import version
from typing import Annotated

import typer

from pysched.bench.rows import RowsError
from pysched.bench.suite import SuiteError
from pysched.cli import (
    asking,
    bank,
    bench,
    books,
    checking,
    conflicts,
    correcting,
    db,
    dealings,
    explaining,
    facts,
    lending,
    planning,
    reconciling,
    repairing,
    replacing,
    reports,
    scenarios,
    versions,
)
from pysched.cli.printing import print_text
from pysched.department import NoScheduleError, PinsError, StoreError
from pysched.instance import InstanceError

commands = typer.Typer(
    name="pysched",
    epilog="Example: pysched demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    planning.demo,
    scenarios.validate,
    planning.solve,
    planning.run,
    checking.check,
    explaining.explain,
    explaining.why,
    facts.facts,
    scenarios.generate,
    scenarios.schema,
    reports.report,
    reports.service,
    books.export,
    bench.bench,
    bank.balance,
    bank.history,
    bank.statement,
    bank.fairness,
    lending.rate,
    correcting.correct,
    reconciling.reconcile,
    replacing.replace,
    replacing.swap,
    repairing.repair,
    versions.publish,
    versions.versions,
    versions.lock,
    versions.diff,
    asking.alternatives,
    asking.whatif,
):
    commands.command()(command)
commands.command("import")(books.import_)
commands.add_typer(db.db)
commands.add_typer(dealings.transfer)
commands.add_typer(lending.loan)
commands.add_typer(conflicts.conflicts)


def _print_version(asked: bool) -> None:
    if asked:
        print_text(f"pysched {version('pysched')}")
        raise typer.Exit


@commands.callback()
def _common(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Fair weekly schedules for the physicians of a network of hospitals."""


class Exit(IntEnum):
    """What the exit codes mean."""

    DONE = 0
    FAILED = 1
    TIME_OUT = 11
    INFEASIBLE = 20
    BAD_INSTANCE = 65
    ABORTED = 130


EXPECTED = (
    InstanceError,
    SuiteError,
    RowsError,
    PinsError,
    NoScheduleError,
    StoreError,
    OSError,
)
"""What ends a command with a message instead of a traceback."""


def app() -> None:
    """Run the command line and exit."""
    try:
        commands(prog_name="pysched")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else Exit.FAILED
    except EXPECTED as error:
        code, text = _ending(error)
        _tell(text)
    except KeyboardInterrupt:
        code = Exit.ABORTED
    else:
        code = Exit.DONE
    _leave(code)


def _ending(error: Exception) -> tuple[Exit, str]:
    """Return the exit code of an error, and what to say of it."""
    match error:
        case InstanceError() | SuiteError() | RowsError():
            return Exit.BAD_INSTANCE, str(error)
        case PinsError():
            return Exit.INFEASIBLE, str(error)
        case NoScheduleError():
            code = Exit.INFEASIBLE if error.status == "infeasible" else Exit.TIME_OUT
            return code, str(error)
        case BrokenPipeError():
            return Exit.FAILED, ""
        case OSError(filename=name, strerror=reason) if reason:
            return Exit.FAILED, reason if name is None else f"{name}: {reason}"
        case _:
            return Exit.FAILED, str(error)


def _tell(text: str) -> None:
    try:
        if text:
            print(text, file=sys.stderr, flush=True)
    except OSError:
        # Whoever read the messages has gone; the exit code still tells.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _leave(code: int) -> None:
    """Exit, without waiting for a grounding that cannot be interrupted."""
    try:
        sys.stdout.flush()
    except OSError as error:
        code, text = _ending(error)
        _tell(text)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if threading.active_count() > 1:
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
