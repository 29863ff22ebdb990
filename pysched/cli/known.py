"""The option --bank of commands that look at a week that was planned with the bank."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from pysched.cli.db import database_url
from pysched.department import weeks_of_bank
from pysched.department.told import weeks_as_told
from pysched.instance import Scenario
from pysched.instance.schedule_file import UNSEARCHED, ScheduleFile
from pysched.model import Week

KnownBankOption = Annotated[
    str | None,
    typer.Option("--bank", metavar="URL", help="Database of the bank it was planned with."),
]


def known_to_bank(
    scenario: Scenario,
    weeks: Iterable[Week],
    bank: str | None,
    found: ScheduleFile | None = None,
    versions: str | None = None,
) -> list[Week]:
    """Return weeks with what a bank said of them when they were planned; as they are without one.

    Args:
        scenario: its network and its numbers of the bank.
        weeks: of it.
        bank: the database; None without a bank.
        found: the file with their schedules; one that a run took from the versions of its week is
            of the week as these have it.
        versions: database of the versions, where there is no bank.

    Raises:
        StoreError: the database is not there or not up to date.
    """
    record = None if found is None else found.record
    as_told = record is not None and record.search.status in UNSEARCHED
    if bank is None:
        if as_told and versions is not None:
            return weeks_as_told(scenario, weeks, database_url(versions))
        return list(weeks)
    return weeks_of_bank(scenario, weeks, database_url(bank), as_told=as_told)
