"""The commands that search: demo, solve and run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pysched.cli.arguments import (
    TIME_LIMIT_RANGE,
    ConflictLimitOption,
    Folder,
    Format,
    FormatOption,
    FromOption,
    OutOption,
    RulesOption,
    SeedOption,
    StateOption,
    StrictPinsOption,
    ThreadsOption,
    TimeLimitOption,
    WeekOption,
    WeeksOption,
    WithoutOption,
    names_of,
    options_of,
    read_folder,
    starting_state,
    under_policy,
    weeks_from,
)
from pysched.cli.interrupt import stop_on_signals
from pysched.cli.printing import print_table, print_text, refuse_faults
from pysched.cli.progress import ProgressLine
from pysched.cli.rolling import roll_weeks, write_reports
from pysched.cli.standing import tell_published
from pysched.department import Order, bank_of, level_names, plan_week, refuse_clashing_pins
from pysched.report import levels_table, write_week

OUT = Path("out")
DEMO_SECONDS = 8.0

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="sqlite:///FILE or FILE for settled weeks; else pysched.sqlite in the folder --out.",
    ),
]

BankOption = Annotated[
    bool,
    typer.Option(
        "--bank",
        help="Pay for sacrifices at each week's end, and even them out in the weeks to come.",
    ),
]


def demo(
    weeks: WeeksOption = None,
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit", metavar="SECONDS", help=f"Seconds a week, {TIME_LIMIT_RANGE}."
        ),
    ] = DEMO_SECONDS,
    seed: SeedOption = 1,
    threads: ThreadsOption = 2,
    rules: RulesOption = None,
    without: WithoutOption = "",
    out: OutOption = OUT,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Plan the 14 weeks of the hospital network of Ferrara, one after another.

    Takes about two minutes. Example: pysched demo --weeks 3
    """
    run(
        "ferrara",
        weeks=weeks,
        time_limit=time_limit,
        seed=seed,
        threads=threads,
        rules=rules,
        without=without,
        out=out,
        format_=format_,
    )


def run(
    folder: Folder,
    first: FromOption = None,
    weeks: WeeksOption = None,
    database: DatabaseOption = None,
    rules: RulesOption = None,
    without: WithoutOption = "",
    time_limit: TimeLimitOption = None,
    conflict_limit: ConflictLimitOption = None,
    seed: SeedOption = 1,
    threads: ThreadsOption = 2,
    strict_pins: StrictPinsOption = False,
    bank: BankOption = False,
    out: OutOption = OUT,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Plan week after week, each from the state that the one before hands on.

    Each week is stored once settled; the same command again goes on after the last one.
    Example: pysched run ferrara --weeks 4 --time-limit 20
    """
    options = options_of(time_limit, conflict_limit, seed, threads)
    off = names_of(without)
    scenario = under_policy(read_folder(folder), rules, off)
    chosen = weeks_from(scenario, first, weeks, "--from")
    state = starting_state(scenario, chosen[0], None, hint=False)
    profile = bank_of(scenario) if bank else None
    order = Order(scenario, chosen, state, options, off, strict_pins, profile)
    roll_weeks(order, folder, out, _url(database, out), format_)


def solve(
    folder: Folder,
    week: WeekOption,
    state: StateOption = None,
    rules: RulesOption = None,
    without: WithoutOption = "",
    time_limit: TimeLimitOption = None,
    conflict_limit: ConflictLimitOption = None,
    seed: SeedOption = 1,
    threads: ThreadsOption = 2,
    strict_pins: StrictPinsOption = False,
    out: OutOption = OUT,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Plan one week and write its files.

    Example: pysched solve ferrara --week 2023-05-29 --time-limit 20
    """
    options = options_of(time_limit, conflict_limit, seed, threads)
    off = names_of(without)
    scenario = under_policy(read_folder(folder), rules, off)
    chosen = weeks_from(scenario, week, 1, "--week")
    before = starting_state(scenario, chosen[0], state)
    order = Order(scenario, chosen, before, options, off, strict_pins)
    _solve(order, folder, out, format_)


def _solve(order: Order, folder: str, out: Path, format_: Format) -> None:
    (week,) = order.weeks
    if order.strict_pins:
        refuse_clashing_pins(order.scenario, order.weeks, order.state)
    out.mkdir(parents=True, exist_ok=True)
    tell_published(order.scenario, week, out, folder)
    line = ProgressLine(1, level_names(order.network.rules))
    with stop_on_signals() as stop:
        with line.week(1, week.monday):
            planned = plan_week(order, week, order.state, line.improved, stop)
        place = write_week(out, planned.record, planned.before, planned.after)
    write_reports(place, order, week, planned)
    record = planned.record
    if format_ is Format.JSON:
        print_text(record.to_json().rstrip())
    else:
        print_table(levels_table([record]))
        uncovered = record.uncovered
        print_text(
            f"{record.search.status} after {record.search.seconds:.1f} s; "
            f"open duties: {uncovered.essential} essential, {uncovered.other} other"
        )
        print_text(f"files: {place}; check them: pysched check {folder} {place}/schedule.json")
    if record.search.interrupted:
        print("stopped early; this is the best schedule found", file=sys.stderr)
    refuse_faults(planned)


def _url(database: str | None, out: Path) -> str:
    if database is None:
        return f"sqlite:///{out / 'pysched.sqlite'}"
    return database if ":" in database else f"sqlite:///{database}"
