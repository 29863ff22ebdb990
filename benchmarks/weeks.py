"""Medians over the weeks of a run: time to the first complete week, to proof by level, gaps.

pysched demo && python benchmarks/weeks.py out
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

NEVER = float("inf")


def median(values: list[float]) -> str:
    """Return the median in seconds, a dash where at least half the weeks never got there."""
    middle = statistics.median(values)
    return "-" if middle == NEVER else f"{middle:.2f}"


def table(weeks: list[dict[str, Any]]) -> list[str]:
    """Return the lines of a Markdown table, one row a level."""
    first = [week["search"]["first_seconds"] for week in weeks]
    seconds = [week["search"]["seconds"] for week in weeks]
    lines = [
        f"{len(weeks)} weeks; first complete week after a median of {median(first)} s, "
        f"at most {max(first):.2f} s; {sum(seconds):.0f} s in all",
        "",
        "| level | cost | bound | forced | proven | median seconds to proof | median gap |",
        "|---|---|---|---|---|---|---|",
    ]
    for rows in zip(*(week["levels"] for week in weeks), strict=True):
        times = [NEVER if r["proven_seconds"] is None else r["proven_seconds"] for r in rows]
        sums = " | ".join(str(sum(r[key] for r in rows)) for key in ("cost", "bound", "forced"))
        proven = sum(r["cost"] == r["bound"] for r in rows)
        gap = statistics.median(r["gap"] for r in rows)
        name = f"{rows[0]['level']} {rows[0]['name']}"
        lines.append(f"| {name} | {sums} | {proven} | {median(times)} | {gap:.0%} |")
    return lines


def main() -> None:
    """Read the schedules of a folder and print the table."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
    files = sorted(folder.glob("*/schedule.json"))
    if not files:
        sys.exit(f"no */schedule.json in {folder}")
    print("\n".join(table([json.loads(file.read_text()) for file in files])))


if __name__ == "__main__":
    main()
