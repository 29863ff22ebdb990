"""What the commands of conflicts share: arguments, and how a refusal is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from pysched.bank.amount import AmountError, cents_of
from pysched.bank.ledger import RefusedError
from pysched.cli.arguments import weeks_from
from pysched.cli.db import database_url
from pysched.conflicts import FOR_ALL, ConflictError
from pysched.department.conflicts import Conflicts
from pysched.instance import Scenario
from pysched.model import Week

DATABASE = "out/pysched.sqlite"


class Need(StrEnum):
    """How much a claim is needed."""

    NONE = "none"
    SOME = "some"
    HIGH = "high"


DatabaseOption = Annotated[
    str,
    typer.Option("--db", metavar="URL", help="FILE, sqlite:///FILE or postgresql://..."),
]
ConflictArgument = Annotated[
    str, typer.Argument(metavar="CONFLICT", help="Id of a conflict, such as 2023-06-02.1.")
]
MechanismOption = Annotated[
    str, typer.Option("--mechanism", metavar="NAME", help=f"One of {', '.join(FOR_ALL)}.")
]
PhysicianArgument = Annotated[str, typer.Argument(metavar="PHYSICIAN", help="Id of a physician.")]


@contextmanager
def opened(scenario: Scenario, database: str, write: bool = True) -> Iterator[Conflicts]:
    """Open the conflicts of a scenario; what they refuse is said in a line.

    Raises:
        Exit: a rule refuses what is done with them.
    """
    try:
        with Conflicts(scenario, database_url(database), write) as found:
            yield found
    except (ConflictError, RefusedError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from error


def week_of(scenario: Scenario, conflict: str) -> Week:
    """Return the week of a conflict by its id, which begins with its day.

    Raises:
        BadParameter: it does not, or the horizon has no such week.
    """
    try:
        day = date.fromisoformat(conflict[:10])
    except ValueError as error:
        text = f"{conflict!r} is no id of a conflict, such as 2023-06-02.1"
        raise typer.BadParameter(text, param_hint="CONFLICT") from error
    return weeks_from(scenario, day, 1, "CONFLICT")[0]


def cents_in(text: str) -> int:
    """Return an amount of an argument.

    Raises:
        BadParameter: it is none.
    """
    try:
        return cents_of(text)
    except AmountError as error:
        raise typer.BadParameter(str(error)) from error
