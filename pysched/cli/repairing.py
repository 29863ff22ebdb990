"""The command repair: the rest of a week again, with as few changes as possible."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pysched.bank.amount import credits_of
from pysched.cli.amending import (
    AbsentOption,
    ByOption,
    CloseOption,
    NewOption,
    NoteOption,
    NowOption,
    PresentOption,
    amendment_of,
)
from pysched.cli.arguments import (
    Folder,
    Format,
    FormatOption,
    SeedOption,
    StateOption,
    ThreadsOption,
    options_of,
)
from pysched.cli.differing import (
    FileOption,
    difference_json,
    earned_json,
    keep,
    print_difference,
)
from pysched.cli.interrupt import say_stopped, stop_on_signals
from pysched.cli.known import KnownBankOption
from pysched.cli.printing import print_json, print_text
from pysched.cli.progress import ProgressLine
from pysched.cli.refusing import one_line, refuse_unkept
from pysched.cli.source import (
    DATABASE,
    ScheduleArgument,
    Source,
    VersionsOption,
    WeekOfOption,
    moment,
    read_source,
)
from pysched.department import level_names
from pysched.explain.repair import Repair, changes_level
from pysched.explain.repair import repair as repair_week
from pysched.model import Network, Week

REPAIR_SECONDS = 20.0

SecondsOption = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", help="Seconds at most.")
]


def repair(
    folder: Folder,
    schedule: ScheduleArgument,
    absent: AbsentOption = None,
    present: PresentOption = None,
    close: CloseOption = None,
    new: NewOption = None,
    now: NowOption = None,
    time_limit: SecondsOption = REPAIR_SECONDS,
    seed: SeedOption = 1,
    threads: ThreadsOption = 1,
    by: ByOption = None,
    note: NoteOption = "",
    out: FileOption = None,
    state: StateOption = None,
    week: WeekOfOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Search the rest of a week again after something came up, with as few changes as possible.

    What has begun stays as it was worked. Coverage, service and hours come first, then the number
    of changed duties, then rules and fairness.
    Example: pysched repair ferrara out/2023-05-29/schedule.json
    --absent P1@2023-05-31..2023-06-01 --now 2023-05-30T18:00
    """
    options = options_of(time_limit, None, seed, threads)
    source = read_source(folder, schedule, week, database, state=state, bank=bank)
    refuse_unkept(source, out)
    source = source.with_amendment(amendment_of(absent, present, close, new))
    network, standing = source.under_way(moment(now, source.week))
    line = _line(network)
    place = network, standing, source.state, source.schedule
    with stop_on_signals() as stop, one_line(), line.week(1, standing.monday):
        found = repair_week(*place, options, line.improved, stop)
    say_stopped(stop)
    keep(source, network, standing, found.schedule, by, note, out)
    _print(source, network, standing, found, format_)


def _line(network: Network) -> ProgressLine:
    names = {2 * level: name for level, name in level_names(network.rules).items()}
    return ProgressLine(1, names | {changes_level(network.rules): "changed duties"})


def _print(source: Source, network: Network, week: Week, found: Repair, format_: Format) -> None:
    earnings = source.earnings(network, week)
    cents = earnings.of(found.schedule)
    if format_ is Format.JSON:
        print_json(_repair_json(found) | {"credits": earned_json(cents)})
        return
    print_difference(network, found.difference)
    print_text(_said_of(network, found))
    for name, amount in cents.items():
        print_text(f"credits of {name}: {credits_of(amount):+}")


def _said_of(network: Network, found: Repair) -> str:
    """Say how many duties change, and what is proven about it."""
    duties = "1 duty changes" if found.changes == 1 else f"{found.changes} duties change"
    if found.is_proven:
        return f"{duties}; proven: no schedule as good as this one before them changes fewer"
    names = level_names(network.rules)
    unproven = [
        f"{names.get(row.level, row.level)} {row.cost}, at least {row.bound}"
        for row in found.levels
        if row.cost != row.bound
    ]
    return f"{duties}, at least {found.fewest}; not proven in time: {', '.join(unproven) or '-'}"


def _repair_json(found: Repair) -> dict[str, Any]:
    return {
        "changes": found.changes,
        "fewest": found.fewest,
        "proven": found.is_proven,
        "seconds": round(found.result.seconds, 3),
        "levels": {str(row.level): {"cost": row.cost, "bound": row.bound} for row in found.levels},
        "difference": difference_json(found.difference),
    }
