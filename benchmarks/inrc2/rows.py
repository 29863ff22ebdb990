"""The rows of finished runs: kept one by one, so that an interrupted benchmark goes on."""

from __future__ import annotations

import csv
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path
from statistics import mean

from .published import Published
from .score import WEIGHTS, Score


@dataclass(frozen=True, slots=True)
class Row:
    """One run of an instance.

    Args:
        limit: seconds a week that it might take.
        longest: seconds that its longest week took.
        cost: of the horizon.
        hard: breaches of hard rules.
        weeks: cost of each week, the last with what is charged at the end.
        rules: cost by rule.
    """

    instance: str
    seed: int
    factor: float
    limit: float
    longest: float
    cost: int
    hard: int
    weeks: str
    rules: str
    versions: str

    @classmethod
    def of(
        cls,
        instance: str,
        seed: int,
        factor: float,
        limit: float,
        longest: float,
        score: Score,
        weeks: Sequence[int],
    ) -> Row:
        """Make the row of a run that has just ended."""
        rules = " ".join(f"{r.replace(' ', '_')}={score.soft[r] * w}" for r, w in WEIGHTS.items())
        versions = f"python {platform.python_version()}, clingo {version('clingo')}"
        return cls(
            instance,
            seed,
            factor,
            limit,
            round(longest, 1),
            score.cost,
            score.violated,
            " ".join(map(str, weeks)),
            rules,
            versions,
        )

    @property
    def key(self) -> tuple[str, int, float]:
        """What makes a run the same."""
        return self.instance, self.seed, self.factor


def read_rows(file: Path) -> list[Row]:
    """Read the rows kept so far, none if there is no file."""
    if not file.exists():
        return []
    with file.open(newline="", encoding="utf-8") as stream:
        return [
            Row(
                row["instance"],
                int(row["seed"]),
                float(row["factor"]),
                float(row["limit"]),
                float(row["longest"]),
                int(row["cost"]),
                int(row["hard"]),
                row["weeks"],
                row["rules"],
                row["versions"],
            )
            for row in csv.DictReader(stream)
        ]


def append(file: Path, row: Row) -> None:
    """Keep a row."""
    file.parent.mkdir(parents=True, exist_ok=True)
    is_new = not file.exists()
    with file.open("a", newline="", encoding="utf-8") as stream:
        names = [field.name for field in fields(Row)]
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(asdict(row))


def table(rows: Sequence[Row], published: Mapping[str, Published]) -> list[str]:
    """Return a Markdown table: the mean over seeds of each instance and time beside the published.

    Costs are compared in per cent of the finalists' mean and of the best dynamic cost.
    """
    lines = ["| instance | s/week | runs | cost | least | hard | finalists | best dynamic | over |"]
    lines.append("|---" * 9 + "|")
    for name, others in published.items():
        for factor in sorted({row.factor for row in rows if row.instance == name}):
            mine = [row for row in rows if row.instance == name and row.factor == factor]
            costs = [row.cost for row in mine]
            over = 100 * (mean(costs) / others.best_dynamic - 1)
            share = 100 * (mean(costs) / others.finalist_average - 1)
            hard = sum(row.hard for row in mine)
            lines.append(
                f"| {name} | {mine[0].limit:g} | {len(mine)} | {mean(costs):.0f} | {min(costs)} "
                f"| {hard} | {others.finalist_average:.0f} ({share:+.1f} %)"
                f" | {others.best_dynamic:.0f} | {over:+.1f} % |"
            )
    return lines
