"""Writes what the study of burdens found: a row a week, tables, figures."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from pysched.bench.tables import table

from .measures import Measured

WAYS = ("without", "with")
Network = Mapping[str, Sequence[Measured]]
"""Way -> the measures of its weeks."""

LINES: dict[str, dict[str, Any]] = {
    "without": {"color": "0.0", "linestyle": ":"},
    "with": {"color": "0.0", "linestyle": "-"},
}
mpl.rcParams.update({"font.size": 9, "axes.grid": True, "grid.color": "0.9", "savefig.dpi": 90})


def write_all(years: Mapping[str, Network], results: Path) -> str:
    """Write the results folder; return its tables as one text.

    Args:
        years: name of a network -> its two ways, over the same weeks.
        results: the folder.
    """
    results.mkdir(parents=True, exist_ok=True)
    _write_weeks(years, results / "weeks.csv")
    lines = ["## At the end", "", *at_the_end(years), "", "## Cost of a week", "", *costs(years)]
    lines += ["", "## What was borne", "", *borne(years)]
    text = "\n".join(lines) + "\n"
    (results / "tables.md").write_text(text)
    _save(_over_time(years), results / "cv.png")
    _save(_service(years), results / "service.png")
    return text


def at_the_end(years: Mapping[str, Network]) -> list[str]:
    """Return how even the burdens of the whole horizon are, and what would be the most even."""
    rows = []
    for name, ways in years.items():
        for way in WAYS:
            last = ways[way][-1]
            row = [name, str(len(ways[way])), way, f"{last.cv:.3f}", f"{last.floors.capped:.3f}"]
            row += [
                f"{last.excess:.3f}",
                f"{last.floors.by_week:.3f}",
                f"{last.floors.by_skill:.3f}",
            ]
            rows.append([*row, f"{last.gini:.3f}", f"{last.most_cents / 100:.0f}"])
    head = ["network", "weeks", "bank", "CV", "floor", "excess", "by week", "by skill", "Gini"]
    return table([*head, "largest deviation, credits"], rows)


def costs(years: Mapping[str, Network]) -> list[str]:
    """Return duties not covered and mean costs by level, without the rules of the bank."""
    rows = []
    for name, ways in years.items():
        for way in WAYS:
            weeks = ways[way]
            missing = [sum(week.uncovered[n] for week in weeks) for n in (0, 1)]
            means = [
                f"{fmean(week.cost[level] for week in weeks):.1f}" for level in range(6, 0, -1)
            ]
            bank = sum((Counter(week.bank_cost) for week in weeks), Counter[int]())
            debt = f"{bank[5] / len(weeks):.1f}"
            rows.append([name, way, str(missing[0]), str(missing[1]), *means, debt])
    head = ["network", "bank", "essential duties open", "other duties open", "6 coverage"]
    head += ["5 service", "4 double booking", "3 hours", "2 rules", "1 fairness", "debt limit"]
    return table(head, rows)


def borne(years: Mapping[str, Network]) -> list[str]:
    """Return the credits of a week by kind of sacrifice, and the time of the searches."""
    rows = []
    for name, ways in years.items():
        for way in WAYS:
            weeks = ways[way]
            cents = sum((Counter(week.cents) for week in weeks), Counter[str]())
            kinds = [cents[kind] / 100 / len(weeks) for kind in ("weekend", "holiday", "role")]
            seconds = fmean(week.cpu_seconds for week in weeks)
            credits = [f"{number:.1f}" for number in [*kinds, sum(kinds)]]
            rows.append([name, way, *credits, f"{seconds:.1f}"])
    head = ["network", "bank", "weekends", "holidays", "undesirable duties", "credits a week"]
    return table([*head, "CPU seconds a week"], rows)


def _over_time(years: Mapping[str, Network]) -> Figure:
    figure, panels = _panels(len(years))
    for axes, (name, ways) in zip(panels, years.items(), strict=True):
        for way in WAYS:
            weeks = range(1, len(ways[way]) + 1)
            cvs = [week.cv for week in ways[way]]
            floors = [week.floors.capped for week in ways[way]]
            axes.plot(weeks, cvs, label=f"CV {way} the bank", **LINES[way])
            axes.plot(weeks, floors, label=f"floor {way}", **{**LINES[way], "color": "0.6"})
        axes.set(title=name, xlabel="week", ylabel="CV of burden per FTE to date")
        axes.set_ylim(bottom=0)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


def _service(years: Mapping[str, Network]) -> Figure:
    figure, panels = _panels(len(years))
    for axes, (name, ways) in zip(panels, years.items(), strict=True):
        for way in WAYS:
            total, sums = 0, []
            for week in ways[way]:
                total += week.service
                sums.append(total)
            axes.plot(range(1, len(sums) + 1), sums, label=f"{way} the bank", **LINES[way])
        axes.set(title=name, xlabel="week", ylabel="service cost to date")
        axes.set_ylim(bottom=0)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


def _panels(number: int) -> tuple[Figure, list[mpl.axes.Axes]]:
    figure = Figure(figsize=(4.4 * number, 3.4), layout="constrained")
    return figure, list(figure.subplots(1, number, squeeze=False).flat)


def _save(figure: Figure, file: Path) -> None:
    figure.savefig(file, metadata={"Software": None})


def _write_weeks(years: Mapping[str, Network], file: Path) -> None:
    """Write one row a network, way and week."""
    rows = [
        {"network": name, "bank": way, "week": number, **_numbers(week)}
        for name, ways in years.items()
        for way in WAYS
        for number, week in enumerate(ways[way], 1)
    ]
    with file.open("w", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _numbers(week: Measured) -> dict[str, str | int]:
    found: dict[str, str | int] = {
        "monday": week.monday,
        "cv": f"{week.cv:.4f}",
        "floor": f"{week.floors.capped:.4f}",
        "excess": f"{week.excess:.4f}",
        "floor_by_week": f"{week.floors.by_week:.4f}",
        "floor_by_skill": f"{week.floors.by_skill:.4f}",
        "gini": f"{week.gini:.4f}",
        "most_cents": week.most_cents,
        "open_essential": week.uncovered[0],
        "open_other": week.uncovered[1],
    }
    found |= {f"level_{level}": week.cost[level] for level in range(6, 0, -1)}
    debt = week.bank_cost.get(5, 0)
    found |= {"debt_limit": debt, "equalization": sum(week.bank_cost.values()) - debt}
    return found | {
        f"{kind}_cents": week.cents.get(kind, 0) for kind in ("weekend", "holiday", "role")
    }
