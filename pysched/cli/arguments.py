"""Arguments and options that commands share, and what is read by them."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pysched.instance import Scenario, find_scenario, read_scenario, weeks_of
from pysched.instance.policy import with_policy
from pysched.instance.records import read_state
from pysched.instance.weeks import monday_of
from pysched.model import WEIGHTS, State, Week
from pysched.planner import initial_state
from pysched.solver import Options

DEFAULT_SECONDS = 60.0
MOST_SECONDS = 1e7
"""A time limit is below it."""
TIME_LIMIT_RANGE = f"above 0 and below {MOST_SECONDS:,.0f}"


class Format(StrEnum):
    """How a command prints its results."""

    TABLE = "table"
    JSON = "json"


class ProfileName(StrEnum):
    """A policy by name."""

    PAPER = "paper"
    RECOMMENDED = "recommended"
    WEIGHTED = "weighted"


def parse_day(text: str) -> date:
    """Return the day of an option.

    Raises:
        BadParameter: the text is no day as YYYY-MM-DD.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        example = "write it as YYYY-MM-DD, such as 2024-04-15"
        raise typer.BadParameter(f"{text!r} is no day; {example}") from error


def parse_profile(text: str) -> ProfileName:
    """Return the profile of a name.

    Raises:
        BadParameter: there is none.
    """
    try:
        return ProfileName(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(ProfileName)}") from error


_SOFT = ", ".join(sorted({rule for rule, _ in WEIGHTS}))

Folder = Annotated[
    str,
    typer.Argument(metavar="FOLDER", help="Scenario folder, or the name of a shipped scenario."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print results.")]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="Folder for what is written.")]
StateOption = Annotated[
    Path | None,
    typer.Option(
        "--state", metavar="FILE", help="State to start from; else the worked past in history.csv."
    ),
]
TimeLimitOption = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help=f"Seconds a week, {TIME_LIMIT_RANGE}; "
        f"{DEFAULT_SECONDS:.0f}, or none with a conflict limit.",
        show_default=False,
    ),
]
ConflictLimitOption = Annotated[
    int | None,
    typer.Option(
        "--conflict-limit",
        metavar="N",
        min=1,
        help="Conflicts a week; with one thread the same input gives the same schedule.",
        show_default=False,
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Random seed.")]
ThreadsOption = Annotated[int, typer.Option("--threads", min=1, max=2, help="Threads.")]
RulesOption = Annotated[
    ProfileName | None,
    typer.Option(
        "--rules",
        metavar="PROFILE",
        parser=parse_profile,
        help=f"{', '.join(ProfileName)}; else the network's own.",
        show_default=False,
    ),
]
WithoutOption = Annotated[
    str,
    typer.Option(
        "--without",
        metavar="RULE,...",
        help=f"Soft rules to switch off: {_SOFT}.",
        show_default=False,
    ),
]
StrictPinsOption = Annotated[
    bool, typer.Option("--strict-pins", help="Take pins that clash for errors (exit code 20).")
]
WeekOption = Annotated[
    date,
    typer.Option(
        "--week",
        metavar="YYYY-MM-DD",
        parser=parse_day,
        help="Any day of the week.",
        show_default=False,
    ),
]
FromOption = Annotated[
    date | None,
    typer.Option(
        "--from",
        metavar="YYYY-MM-DD",
        parser=parse_day,
        help="Any day of the first week; else the horizon's first.",
        show_default=False,
    ),
]
WeeksOption = Annotated[
    int | None,
    typer.Option("--weeks", min=1, metavar="N", help="How many weeks; else all that follow."),
]


def read_folder(folder: str) -> Scenario:
    """Return the scenario of a folder; its warnings are counted on stderr.

    Raises:
        InstanceError: the folder holds no good scenario.
    """
    scenario = read_scenario(find_scenario(folder))
    if scenario.warnings:
        count = len(scenario.warnings)
        counted = "1 warning; to read it" if count == 1 else f"{count} warnings; to read them"
        print(f"{counted}: pysched validate {folder}", file=sys.stderr)
    return scenario


def under_policy(
    scenario: Scenario, rules: ProfileName | None, without: tuple[str, ...]
) -> Scenario:
    """Return the scenario under another policy.

    Raises:
        BadParameter: a rule to switch off is unknown.
    """
    profile = None if rules is None else rules.value
    try:
        network = with_policy(scenario.network, profile, without)  # type: ignore[arg-type]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--without") from error
    return replace(scenario, network=network)


def names_of(text: str) -> tuple[str, ...]:
    """Return the names in a list separated by commas, sorted, each once."""
    return tuple(sorted({name.strip() for name in text.split(",") if name.strip()}))


def weeks_from(
    scenario: Scenario, day: date | None, count: int | None, option: str
) -> tuple[Week, ...]:
    """Return so many weeks from that of a day on; all that follow if no count is given.

    Raises:
        BadParameter: the horizon has no such week.
    """
    weeks = weeks_of(scenario)
    first = scenario.first_day if day is None else monday_of(day)
    following = tuple(week for week in weeks if week.monday >= first)
    if not following or following[0].monday != first:
        known = f"{scenario.first_day} to {scenario.last_day}"
        raise typer.BadParameter(f"{day} is not in the horizon, {known}", param_hint=option)
    return following[:count]


def starting_state(scenario: Scenario, week: Week, file: Path | None, hint: bool = True) -> State:
    """Return the state of a file, or without one that of the worked past.

    Args:
        scenario: has the worked past.
        week: to be scheduled from the state.
        file: None for the worked past.
        hint: whether the command has the option --state to hint at.

    Raises:
        InstanceError: the file is wrong.
    """
    monday = week.monday
    if file is None:
        state = initial_state(scenario, monday)
    else:
        state = read_state(file, scenario.network, monday)
    if state.last_week is None and monday > scenario.first_day:
        place = Path("out", str(monday - timedelta(days=7)), "next_state.json")
        known = place if place.is_file() else "FILE"
        more = f"; for what the week before handed on: --state {known}" if hint else ""
        text = f"week of {monday}: no state, as if nothing was worked before{more}"
        print(text, file=sys.stderr)
    elif state.last_week is not None and state.last_week != monday - timedelta(days=7):
        print(f"week of {monday}: the state is of {state.last_week}, long before", file=sys.stderr)
    return state


def options_of(
    time_limit: float | None, conflict_limit: int | None, seed: int, threads: int
) -> Options:
    """Return the options of a search.

    Raises:
        BadParameter: a limit is out of range.
    """
    if time_limit is not None and not 0 < time_limit < MOST_SECONDS:
        text = f"{time_limit:g} is not a number of seconds {TIME_LIMIT_RANGE}"
        raise typer.BadParameter(text, param_hint="--time-limit")
    if time_limit is None and conflict_limit is None:
        time_limit = DEFAULT_SECONDS
    return Options(time_limit, conflict_limit, seed, threads)
