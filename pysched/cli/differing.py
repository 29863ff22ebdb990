"""How differences between schedules are printed, and what is done with a changed one."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pysched.bank.amount import credits_of
from pysched.cli.printing import print_table, print_text
from pysched.cli.source import Source
from pysched.department import level_names
from pysched.department.database import has_database
from pysched.department.versions import Version, Versions
from pysched.explain.difference import Difference, DutyChange
from pysched.explain.sentences import duty_word
from pysched.model import Network, Schedule, Week
from pysched.report import write_text
from pysched.report.repairs import (
    duties_table,
    levels_difference_table,
    physicians_table,
    rules_difference_table,
)


def as_csv(path: Path | None) -> Path | None:
    """Return a file that CSV is to be written to.

    Raises:
        BadParameter: what reads it would take it for JSON.
    """
    if path is not None and path.suffix.lower() == ".json":
        raise typer.BadParameter(f"{path} is written as CSV: name it so")
    return path


FileOption = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", metavar="FILE", help="Write the changed schedule, as CSV.", callback=as_csv
    ),
]


UNDER_WAY = (
    "both sides: by the week as it stands, with what came up and what telling a change costs"
)
"""What the costs of a changed schedule are those of; check and diff have others."""


def print_difference(network: Network, difference: Difference, judged: str = UNDER_WAY) -> None:
    """Print duties, physicians, rules and levels that differ, as far as any do.

    Args:
        network: under the rules in force.
        difference: of two schedules.
        judged: by what their costs are, in words.
    """
    if difference.duties:
        print_table(duties_table(difference))
    else:
        print_text("no duty changes")
    if difference.physicians:
        print_table(physicians_table(difference))
    if difference.costs:
        print_table(rules_difference_table(difference))
    print_table(levels_difference_table(difference, level_names(network.rules)))
    print_text(judged)
    for breach in difference.broken:
        words = "accepted" if breach.accepted else "BROKEN"
        print_text(f"{words}: {breach.rule}, {breach.culprit}")


def difference_json(difference: Difference) -> dict[str, Any]:
    """Return a difference as values that JSON knows."""
    return {
        "duties": [change_json(change) for change in difference.duties],
        "cost": {str(level): cost for level, cost in difference.by_level.items()},
        "by_rule": {f"{rule}/{grade}": cost for (rule, grade), cost in difference.by_rule.items()},
        "costs": [
            {
                "rule": cost.rule,
                "grade": cost.grade,
                "culprit": cost.culprit,
                "physicians": list(cost.physicians),
                "before": cost.before,
                "after": cost.after,
                "cost": cost.total,
                "level": cost.level,
            }
            for cost in difference.costs
        ],
        "physicians": {
            name: {
                "gained": [duty_word(duty) for duty in row.gained],
                "lost": [duty_word(duty) for duty in row.lost],
                "nights": row.nights,
                "minutes": row.minutes,
                "cost": sum(cost.total for cost in row.costs),
            }
            for name, row in difference.physicians.items()
        },
        "broken": [f"{breach.rule}: {breach.culprit}" for breach in difference.broken],
        "mended": [f"{breach.rule}: {breach.culprit}" for breach in difference.mended],
    }


def change_json(change: DutyChange) -> dict[str, Any]:
    """Return a changed duty as values that JSON knows."""
    return {
        "duty": duty_word(change.duty),
        "before": list(change.before),
        "after": list(change.after),
    }


def keep(
    source: Source,
    network: Network,
    week: Week,
    schedule: Schedule,
    by: str | None,
    note: str,
    out: Path | None,
) -> Version | None:
    """Write a changed schedule to a file and store it as a version, as far as that is asked for.

    Before it is printed: whoever reads that may go away meanwhile, as `head` does.

    Raises:
        StoreError: the week is locked, or the database cannot be used.
        OSError: the file cannot be written.
    """
    if out is not None:
        write_text(out, schedule_text(network, week, schedule))
        print(f"schedule: {out}", file=sys.stderr)
    if by is None:
        return None
    before = source.version
    version = Version(
        schedule=schedule,
        kind="published" if before is None else before.kind,
        author=by,
        made=datetime.now(UTC),
        state=source.state,
        note=note,
        profile=network.rules.profile,
        without=source.without,
        amendment=source.amendment,
    )
    with Versions(source.scenario, source.url) as versions:
        stored = versions.add(version)
    text = f"{stored.kind} as version {stored.number} of the week of {week.monday}, by {by}"
    print(text, file=sys.stderr)
    tell_closed(source)
    return stored


def tell_closed(source: Source) -> None:
    """Say on stderr how changes of a week are paid that the bank has closed, if it has."""
    monday = source.week.monday
    if has_database(source.url):
        with Versions(source.scenario, source.url) as versions:
            if versions.is_closed(monday):
                text = "what changes of it, and any bonus, is paid by pysched correct alone"
                print(f"the bank has closed the week of {monday}: {text}", file=sys.stderr)


def schedule_text(network: Network, week: Week, schedule: Schedule) -> str:
    """Return a schedule as CSV, the duties by time; what nobody fills has no physician."""
    fillers: dict[tuple[str, object], list[str]] = {}
    for row in schedule:
        fillers.setdefault(row.duty, []).append(row.physician)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("day", "start", "end", "hospital", "task", "physician"))
    for duty in week.duties:
        task = network.tasks[duty.task]
        times = f"{task.start:%H:%M}", f"{task.end:%H:%M}"
        for physician in fillers.get(duty.key, [""]):
            writer.writerow((duty.day, *times, task.hospital, duty.task, physician))
    return buffer.getvalue()


def earned_json(cents: Mapping[str, int]) -> dict[str, str]:
    """Return credits as text by physician."""
    return {name: str(credits_of(amount)) for name, amount in cents.items()}
