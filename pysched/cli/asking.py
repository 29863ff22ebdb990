"""The commands that ask about a week without changing it: alternatives and whatif."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pysched.cli.amending import (
    AbsentOption,
    CloseOption,
    NewOption,
    PresentOption,
    WeightOption,
    amendment_of,
)
from pysched.cli.arguments import (
    TIME_LIMIT_RANGE,
    Folder,
    Format,
    FormatOption,
    SeedOption,
    StateOption,
    ThreadsOption,
    options_of,
)
from pysched.cli.differing import difference_json, schedule_text
from pysched.cli.interrupt import say_stopped, stop_on_signals
from pysched.cli.known import KnownBankOption
from pysched.cli.printing import print_json, print_table, print_text
from pysched.cli.progress import ProgressLine
from pysched.cli.refusing import one_line
from pysched.cli.source import DATABASE, ScheduleArgument, VersionsOption, WeekOfOption, read_source
from pysched.department import level_names
from pysched.explain.alternatives import Alternative, likeness_level
from pysched.explain.alternatives import alternatives as search_alternatives
from pysched.explain.sentences import duty_word
from pysched.explain.whatif import WhatIf, what_if
from pysched.model import Network, Week
from pysched.report import write_text
from pysched.report.repairs import (
    alternatives_tables,
    levels_difference_table,
    physicians_table,
    totals_table,
)

SECONDS = 10.0
SEARCHED = (
    "before: the week as it is, searched from the schedule given; pysched check costs that one"
)
NO_CHANGE = "say what changes: --absent, --present, --close, --new or --weight"

SecondsOption = Annotated[
    float,
    typer.Option(
        "--time-limit", metavar="SECONDS", help=f"Seconds for each search, {TIME_LIMIT_RANGE}."
    ),
]

CountOption = Annotated[int, typer.Option("--count", "-k", min=1, max=20, help="How many.")]
SlackOption = Annotated[
    float, typer.Option(min=0, max=1000, metavar="PERCENT", help="What each level may cost more.")
]
FolderOption = Annotated[
    Path | None, typer.Option("--out", "-o", help="Folder for the schedules, as CSV.")
]


def alternatives(
    folder: Folder,
    schedule: ScheduleArgument,
    count: CountOption = 3,
    slack: SlackOption = 10.0,
    time_limit: SecondsOption = SECONDS,
    seed: SeedOption = 1,
    threads: ThreadsOption = 2,
    out: FolderOption = None,
    state: StateOption = None,
    week: WeekOfOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Find other schedules about as good as one, and print them side by side by rule.

    No level costs more than the slack allows; assignments, and who bears the unwanted duties,
    differ as much as was found in the time.
    Example: pysched alternatives ferrara out/2023-05-29/schedule.json --count 2 --slack 5
    """
    options = options_of(time_limit, None, seed, threads)
    source = read_source(folder, schedule, week, database, state=state, bank=bank)
    network, known = source.amended()
    place = network, known, source.state, source.schedule
    names = level_names(network.rules)
    line = ProgressLine(1, names | {likeness_level(network.rules): "in common"})
    with stop_on_signals() as stop, one_line(), line.showing(f"alternatives, {known.monday}"):
        found = list(search_alternatives(*place, count, slack, options, stop, line.improved))
    say_stopped(stop)
    if out is not None:
        _write(out, network, known, found)
    if format_ is Format.JSON:
        print_json([_alternative_json(row) for row in found])
        return
    for table in alternatives_tables(network, source.schedule, found, level_names(network.rules)):
        print_table(table)
    if len(found) < count:
        print_text(f"{len(found)} of {count}: nothing else within {slack:g} % in the time")


def whatif(
    folder: Folder,
    schedule: ScheduleArgument,
    absent: AbsentOption = None,
    present: PresentOption = None,
    close: CloseOption = None,
    new: NewOption = None,
    weight: WeightOption = None,
    time_limit: SecondsOption = SECONDS,
    seed: SeedOption = 1,
    threads: ThreadsOption = 2,
    state: StateOption = None,
    week: WeekOfOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say what a week would be like with other absences, duties or weights; nothing is stored.

    The week is searched as it is and as it would be, each as long, from the schedule on.
    Example: pysched whatif ferrara out/2023-05-29/schedule.json --absent P1@2023-05-31
    """
    options = options_of(time_limit, None, seed, threads)
    amendment = amendment_of(absent, present, close, new, weight)
    if not amendment:
        raise typer.BadParameter(NO_CHANGE)
    source = read_source(folder, schedule, week, database, state=state, bank=bank)
    network, known = source.amended()
    line = ProgressLine(1, level_names(network.rules))
    place = network, known, source.state, amendment, options, source.schedule
    with (
        stop_on_signals() as stop,
        one_line(),
        line.showing(f"as it is and would be, {known.monday}"),
    ):
        found = what_if(*place, stop, line.improved)
    say_stopped(stop)
    _print_what_if(network, found, format_)


def _print_what_if(network: Network, found: WhatIf, format_: Format) -> None:
    if format_ is Format.JSON:
        print_json(_what_if_json(found))
        return
    difference = found.difference
    names = level_names(network.rules)
    print_table(levels_difference_table(difference, names))
    print_text(SEARCHED)
    print_table(totals_table(difference))
    print_table(physicians_table(difference))
    print_text(f"duties with other physicians: {len(difference.duties)}")
    proven = ", ".join(f"{level} {names[level]}" for level in found.proven if level in names)
    text = "elsewhere a part of the difference may be that of the searches"
    print_text(f"proven on both sides: {proven or 'no level'}; {text}")


def _write(folder: Path, network: Network, week: Week, found: list[Alternative]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, row in enumerate(found, 1):
        path = folder / f"alternative_{number}.csv"
        write_text(path, schedule_text(network, week, row.schedule))
        print(f"schedule: {path}", file=sys.stderr)


def _alternative_json(row: Alternative) -> dict[str, Any]:
    return {
        "nearest": row.nearest,
        "shifted": row.shifted,
        "cost": {str(level): cost for level, cost in row.report.by_level.items()},
        "by_rule": {
            f"{rule}/{grade}": cost for (rule, grade), cost in row.report.by_rule.items() if cost
        },
        "assignments": [
            {"duty": duty_word(a.duty), "physician": a.physician} for a in row.schedule
        ],
        "difference": difference_json(row.difference),
    }


def _what_if_json(found: WhatIf) -> dict[str, Any]:
    return {
        "status": {
            "before": found.results[0].status,
            "after": found.results[1].status,
        },
        "proven": list(found.proven),
        "difference": difference_json(found.difference),
    }
