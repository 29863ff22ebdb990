"""Writes what the study found: CSV files, figures, and the tables into the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from . import figures, tables
from .rows import Kept, read_csv, write_csv
from .sweep import CAPS, RECOMMENDED

TABLE = re.compile(r"(<!-- ([a-z ]+) -->\n)(?:\|.*\n)*")
EVERY_WEEKS = 4


def write_all(main: Sequence[Kept], swept: Sequence[Kept], results: Path, report: Path) -> None:
    """Write the results folder and the tables of the report.

    Args:
        main: both profiles, all seeds.
        swept: the recommended profile with one thing changed at a time.
        results: folder of CSV files and figures.
        report: Markdown with a comment before each table; what follows it is replaced.
    """
    results.mkdir(parents=True, exist_ok=True)
    write_csv(results / "seeds.csv", [_flat(kept) for kept in main])
    write_csv(results / "kinds.csv", [row for kept in main for row in _kinds(kept)])
    write_csv(results / "weeks.csv", _weeks(main))
    write_csv(results / "sweep.csv", [_flat(kept) for kept in swept])
    _draw(main, swept, results)
    if report.exists():
        report.write_text(with_tables(report.read_text(), results))


def tables_of(results: Path) -> dict[str, list[str]]:
    """Return the tables of the report by name, made from the CSV files alone."""
    seeds, swept = read_csv(results / "seeds.csv"), read_csv(results / "sweep.csv")
    return {
        "metrics": tables.metrics(seeds),
        "years": tables.growth(seeds),
        "kinds": tables.kinds(read_csv(results / "kinds.csv")),
        "ranges": tables.ranges(swept),
    }


def with_tables(text: str, results: Path) -> str:
    """Return a report with its tables as they are now; a name without a table is an error.

    Raises:
        KeyError: a comment names no table.
    """
    found = tables_of(results)
    return TABLE.sub(lambda match: match[1] + "\n".join(found[match[2]]) + "\n", text)


def _flat(kept: Kept) -> dict[str, object]:
    return {"setting": kept["setting"], "seed": kept["seed"], **kept["measures"]}


def _kinds(kept: Kept) -> list[dict[str, object]]:
    head = {"setting": kept["setting"], "seed": kept["seed"]}
    return [{**head, "kind": kind, **row} for kind, row in kept["kinds"].items()]


def _weeks(main: Sequence[Kept]) -> list[dict[str, object]]:
    """Return every fourth week's numbers of each seed."""
    rows = []
    for kept in main:
        curves = kept["curves"]
        for week in range(EVERY_WEEKS, len(curves["price"]) + 1, EVERY_WEEKS):
            head = {"setting": kept["setting"], "seed": kept["seed"], "week": week}
            rows.append({**head, **{key: values[week - 1] for key, values in curves.items()}})
    return rows


def _draw(main: Sequence[Kept], swept: Sequence[Kept], results: Path) -> None:
    names = dict.fromkeys(kept["setting"] for kept in main)
    curves = {name: _curves_of(main, name) for name in names}
    for key, figure in figures.over_time(curves).items():
        figures.save(figure, results / f"{key.replace('_', '-')}.png")
    caps = {
        key: {
            str(cap): [k["measures"][key] for k in swept if k["setting"] == _name_of(cap)]
            for cap in CAPS
        }
        for key in ("utilisation", "gini_balances", "satisfaction")
    }
    if all(numbers for by_cap in caps.values() for numbers in by_cap.values()):
        figures.save(figures.across(caps, "cap, credits"), results / "caps.png")


def _name_of(cap: int) -> str:
    return "recommended" if cap == RECOMMENDED else f"cap {cap}"


def _curves_of(main: Sequence[Kept], name: str) -> dict[str, list[list[float]]]:
    mine = [kept["curves"] for kept in main if kept["setting"] == name]
    return {key: [curves[key] for curves in mine] for key in figures.TITLES}
