"""The command check: a schedule against every rule, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pysched.check import Report
from pysched.check import check as check_schedule
from pysched.cli.arguments import (
    Folder,
    Format,
    FormatOption,
    ProfileName,
    RulesOption,
    StateOption,
    WithoutOption,
    names_of,
    read_folder,
    starting_state,
    under_policy,
    weeks_from,
)
from pysched.cli.printing import print_json, print_table, print_text
from pysched.department import level_names
from pysched.instance import Scenario
from pysched.instance.schedule_file import ScheduleFile, ScheduleRecord, read_schedule_file
from pysched.model import State, Week
from pysched.planner import after
from pysched.report import costs_table

ScheduleArgument = Annotated[
    Path, typer.Argument(metavar="SCHEDULE", help="schedule.json or schedule.csv; CSV may hold "
                                                  "several weeks.")
]


def check(
    folder: Folder,
    schedule: ScheduleArgument,
    state: StateOption = None,
    rules: RulesOption = None,
    without: WithoutOption = "",
    format_: FormatOption = Format.TABLE,
) -> None:
    """Check a schedule against every hard rule and compute its cost, without the solver.

    Exits with 1 if a rule is broken. The state is taken from state.json beside the schedule.
    Example: pysched check ferrara out/2023-05-29/schedule.json
    """
