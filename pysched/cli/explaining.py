"""The commands explain and why: what keeps a duty open, and what an assignment is there for."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from pysched.cli.arguments import (
    Folder,
    Format,
    FormatOption,
    ProfileName,
    StateOption,
    names_of,
    parse_day,
    read_folder,
    starting_state,
    under_policy,
    weeks_from,
)
from pysched.cli.interrupt import say_stopped, stop_on_signals
from pysched.cli.known import KnownBankOption, known_to_bank
from pysched.cli.printing import print_json, print_text
from pysched.cli.progress import ProgressLine
from pysched.cli.source import (
    DATABASE,
    ScheduleArgument,
    VersionsOption,
    is_version,
    read_source,
)
from pysched.explain.cause_words import day_words, duty_words
from pysched.explain.causes import Explanation
from pysched.explain.contrast import Effort, contrast
from pysched.explain.explained import contrast_data, contrast_lines, reason_data, reason_lines
from pysched.explain.questions import broken_leaves, check_duty, check_physician, open_duties
from pysched.explain.reasons import Reason, why_open, why_pins, why_worked
from pysched.explain.service import serve_most
from pysched.instance import Scenario
from pysched.instance.schedule_file import read_schedule_file
from pysched.instance.weeks import monday_of
from pysched.model import DutyKey, Network, Schedule, State, Week
from pysched.solver.core import UndecidedError

SECONDS = 10.0
KEPT = "what is known so far is said"


class Case(NamedTuple):
    """A week with a schedule, and what it is judged by."""

    network: Network
    week: Week
    state: State
    schedule: Schedule


Seconds = Annotated[
    float,
    typer.Option("--time-limit", metavar="SECONDS", min=0.5, max=1e6, help="Seconds an answer."),
]
AnyDay = Annotated[
    date | None,
    typer.Option(
        "--week",
        metavar="YYYY-MM-DD",
        parser=parse_day,
        help="Any day of the week; else the schedule's first.",
        show_default=False,
    ),
]
DutyText = Annotated[
    str | None,
    typer.Option("--duty", metavar="TASK@DAY", help="Only why this duty is open."),
]
LeaveText = Annotated[
    str | None,
    typer.Option("--leave", metavar="PHYSICIAN@DAY", help="Only why this day is not free."),
]
OptionalSchedule = Annotated[
    str | None,
    typer.Argument(
        metavar="SCHEDULE",
        help="A schedule.json, CSV or version as in check; else the most that can be served.",
    ),
]


def explain(
    folder: Folder,
    schedule: OptionalSchedule = None,
    week: AnyDay = None,
    duty: DutyText = None,
    leave: LeaveText = None,
    state: StateOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    time_limit: Seconds = SECONDS,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say why duties are open, granted days off broken and pins at odds, and what would help.

    Each answer is a set of causes of which none can be left out, first with all else as it is in
    the schedule, then whatever else changes; and the cheapest change that would be enough, proven.
    Why somebody is absent is never said.
    Example: pysched explain ferrara out/2023-05-29/schedule.json --duty T15@2023-06-03
    """
    case = _case(folder, schedule, week, state, database, bank, time_limit)
    rows: list[object] = []
    line = ProgressLine(1, {})
    with stop_on_signals(KEPT) as stop:
        answers = _answers(case, duty, leave, (time_limit, stop))
        while not stop.is_set():
            with line.showing(f"answer {len(rows) + 1}, {case.week.monday}"):
                found = next(answers, None)
            if found is None:
                break
            if format_ is Format.TABLE:
                print_text("\n".join(reason_lines(case.network, *found)))
            rows.append(reason_data(case.network, *found))
    say_stopped(stop, "what was not decided by then is not answered")
    if format_ is Format.JSON:
        print_json({"monday": str(case.week.monday), "answers": rows})
    elif not rows and not stop.is_set():
        print_text("nothing to explain: every duty is served, no granted day off and no pin broken")


def why(
    folder: Folder,
    schedule: ScheduleArgument,
    physician: Annotated[str, typer.Argument(metavar="PHYSICIAN", help="Who.")],
    duty: Annotated[str, typer.Argument(metavar="TASK@DAY", help="Which duty.")],
    not_: Annotated[bool, typer.Option("--not", help="Why he has it not.")] = False,
    state: StateOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    time_limit: Seconds = SECONDS,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="Random seed.")] = 1,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say what it would cost if a physician had not a duty that he has, or had one he has not.

    The week is solved again without the assignment (with --not: with it), from the schedule and
    with as few other changes as can be; the difference is the answer.
    Example: pysched why ferrara out/2023-05-29/schedule.json P3 T15@2023-06-03
    """
    key = _at(duty, "TASK@DAY", "DUTY")
    case = _case(folder, schedule, key[1], state, database, bank, time_limit)
    held = any((row.physician, row.duty) == (physician, key) for row in case.schedule)
    try:
        check_physician(case.network, physician)
        check_duty(case.week, key)
        if held is not_:
            state_of_it, other = ("has", "without") if held else ("has not", "with")
            raise ValueError(f"{physician} {state_of_it} {duty}: ask {other} --not")
        line = ProgressLine(1, {})
        with stop_on_signals(KEPT) as stop, line.showing(f"with and without, {case.week.monday}"):
            answer = contrast(*case, physician, key, Effort(time_limit, seed, stop=stop))
        say_stopped(stop, "this is the best answer found")
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if format_ is Format.JSON:
        print_json(contrast_data(case.network, answer))
    else:
        print_text("\n".join(contrast_lines(case.network, answer)))


def _case(
    folder: str,
    name: str | None,
    day: date | None,
    state: Path | None,
    database: str,
    bank: str | None,
    seconds: float,
) -> Case:
    """Return the week that is asked about, with its schedule or the most that can be served."""
    if name is not None and is_version(name):
        source = read_source(folder, name, day, database, bank=bank)
        return Case(*source.amended(), source.state, source.schedule)
    scenario = read_folder(folder)
    if name is None:
        if day is None:
            raise typer.BadParameter("say which week, or give a schedule", param_hint="--week")
        (week,) = known_to_bank(scenario, weeks_from(scenario, day, 1, "--week"), bank)
        before = starting_state(scenario, week, state)
        served = _served(scenario.network, week, before, seconds)
        return Case(scenario.network, week, before, served)
    return _of_file(scenario, Path(name), day, state, bank, database)


def _of_file(
    scenario: Scenario,
    file: Path,
    day: date | None,
    state: Path | None,
    bank: str | None,
    database: str,
) -> Case:
    """Return the week of a file that is asked about, under the rules that the file names."""
    found = read_schedule_file(file, scenario.network)
    if found.record is not None:
        without = names_of(",".join(found.record.without))
        scenario = under_policy(scenario, ProfileName(found.record.rules), without)
    monday = found.schedules[0].monday if day is None else monday_of(day)
    chosen = next((part for part in found.schedules if part.monday == monday), None)
    if chosen is None:
        raise typer.BadParameter(f"{file} has no schedule of the week of {monday}")
    (week,) = known_to_bank(
        scenario, weeks_from(scenario, monday, 1, "SCHEDULE"), bank, found, database
    )
    beside = file.with_name("state.json")
    before = starting_state(scenario, week, beside if not state and beside.is_file() else state)
    return Case(scenario.network, week, before, chosen)


def _served(network: Network, week: Week, state: State, seconds: float) -> Schedule:
    """Return the most that can be served, sought for as long as the two answers about a duty.

    Raises:
        Exit: with 11, the time was over first.
    """
    try:
        return serve_most(network, week, state, time_limit_seconds=2 * seconds)
    except UndecidedError as error:
        text = f"week of {week.monday}: what can be served was not decided in time; give a schedule"
        print(text, file=sys.stderr)
        raise typer.Exit(11) from error


def _answers(
    case: Case, duty: str | None, leave: str | None, limits: tuple[float, threading.Event]
) -> Iterator[tuple[str, Reason | Explanation]]:
    """Yield what is asked about, as a name, with its answer, one after the other."""
    seconds, stop = limits
    duties: tuple[DutyKey, ...] = open_duties(case.week, case.schedule)
    leaves = broken_leaves(case.week, case.schedule)
    if duty is not None or leave is not None:
        duties = () if duty is None else (_at(duty, "TASK@DAY", "--duty"),)
        leaves = () if leave is None else (_at(leave, "PHYSICIAN@DAY", "--leave"),)
    try:
        for key in duties:
            yield duty_words(key), why_open(*case, key, time_limit_seconds=seconds, stop=stop)
        for free in leaves:
            name = f"{free[0]} off on {day_words(free[1])}"
            yield name, why_worked(*case, free, time_limit_seconds=seconds, stop=stop)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if case.week.fixed and duty is None and leave is None:
        place = case.network, case.week, case.state
        pins = why_pins(*place, time_limit_seconds=seconds, stop=stop)
        if pins.causes:
            yield "the pins", pins


def _at(text: str, form: str, option: str) -> tuple[str, date]:
    """Return name and day of a text such as T15@2023-06-03.

    Raises:
        BadParameter: it is none.
    """
    name, _, day = text.partition("@")
    try:
        return name, date.fromisoformat(day)
    except ValueError as error:
        example = f"{text!r} is not written {form}, such as T15@2023-06-03"
        raise typer.BadParameter(example, param_hint=option) from error
