"""Writing a week's schedule as the competition's solution file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from .model import DAYS, Assignment


def write_schedule(
    file: Path, scenario: str, number: int, schedule: Collection[Assignment]
) -> None:
    """Write the schedule of a week.

    Args:
        file: to be written; its folder exists.
        scenario: its name.
        number: of the week, from 0.
        schedule: its assignments, in any order.
    """
    head = ["SOLUTION", f"{number} {scenario}", "", f"ASSIGNMENTS = {len(schedule)}"]
    rows = [f"{a.nurse} {DAYS[a.day - 1]} {a.shift} {a.skill}" for a in sorted(schedule)]
    file.write_text("\n".join([*head, *rows]) + "\n")
