"""Pictures and tables of burdens: what they say is what they were given."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from rich.console import Console
from rich.table import Table

from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.equalize import Equalization, WeekBurden, equalize
from pysched.fairness.trend import trend_of
from pysched.report.burden import (
    balances_svg,
    burden_table,
    deviations_svg,
    lorenz_svg,
    measures_table,
    trend_table,
)
from pysched.report.strips import Strips, strips_svg

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2023, 1, 2)
DAYS = [FIRST + timedelta(weeks=n) for n in range(10)]


def nodes(svg: str, kind: str) -> list[ET.Element]:
    """Return the elements of a kind in a picture."""
    return list(ET.fromstring(svg).iter(f"{SVG}{kind}"))  # noqa: S314


def texts(svg: str) -> list[str]:
    """Return the texts of a picture."""
    return [node.text or "" for node in nodes(svg, "text")]


def snapshot() -> Equalization:
    """Return Ann with 30 and Bob, at half time, with 10 of what both could do."""
    week = WeekBurden(
        FIRST,
        {"ann": 3000, "bob": 1000},
        {frozenset({"ann", "bob"}): 4000},
        {"ann": 1.0, "bob": 0.5},
    )
    return equalize([week], FIRST + timedelta(weeks=1), EqualizationRules.recommended())


def printed(table: Table) -> str:
    """Return a table as it is printed."""
    console = Console(width=110, file=io.StringIO(), record=True)
    console.print(table)
    return console.export_text()


def test_lorenz_curve() -> None:
    """Of 1 and 3 the lower half holds a quarter: a point at half of the width, a quarter up."""
    svg = lorenz_svg({"ann": 3.0, "bob": 1.0}, {"ann": 2.0, "bob": 2.0})
    assert "solid: as it is, Gini 0.500; dotted: the floor, Gini 0.000; dashed: even" in texts(svg)
    curves = [node.get("points") for node in nodes(svg, "polyline")]
    assert curves[-1] == "60.0,430.0 240.0,340.0 420.0,70.0"
    assert curves[-2] == "60.0,430.0 240.0,250.0 420.0,70.0"


def test_deviations() -> None:
    """A strip each, its last value at the right, the limit dashed where it is near."""
    series = {
        "<A & B>": {on: 100 * n for n, on in enumerate(DAYS)},
        "bob": {on: -100 * n for n, on in enumerate(DAYS[:5])},
    }
    svg = deviations_svg(series, 1000)
    found = texts(svg)
    assert found[0] == "Deviation over time, 2023-01-02 to 2023-03-06"
    assert found[1].endswith("all to one scale, -4 to 10")
    assert {"<A & B>", "+9.0", "bob", "-4.0"} <= set(found)
    dashed = [node for node in nodes(svg, "polyline") if node.get("stroke-dasharray")]
    assert len(dashed) == 2
    assert [node.get("fill") for node in nodes(svg, "polygon")] == ["#888", "#ddd"]
    far = deviations_svg(series, 4000)
    assert [node for node in nodes(far, "polyline") if node.get("stroke-dasharray")] == []


def test_balances() -> None:
    """The same strips without a limit; nothing at all is a picture too."""
    svg = balances_svg({"ann": dict.fromkeys(DAYS, 250)})
    assert {"ann", "+2.5"} <= set(texts(svg))
    assert texts(balances_svg({"ann": {}}))[0] == "Balances over time"


def test_a_series_has_a_value_for_each_time() -> None:
    """Else its name is said."""
    with pytest.raises(ValueError, match="'ann' has 1 values for 2 times"):
        strips_svg(Strips("t", "c", ["a", "b"], {"ann": [1.0]}))


def test_tables() -> None:
    """Of 40, Ann's share is 26.67 and Bob's 13.33; per full-time physician 30 and 20."""
    rows = printed(burden_table(snapshot(), {"ann": "Anna"})).splitlines()
    anna = next(row for row in rows if "Anna" in row).split("│")
    cells = ["Anna", "1.00", "30.00", "26.67", "+3.33", "1.12", "30.00"]
    assert [cell.strip() for cell in anna[1:-1]] == cells
    bob = next(row for row in rows if "bob" in row)
    assert {"0.50", "10.00", "13.33", "-3.33", "0.75", "20.00"} <= set(bob.split())
    measures = printed(measures_table(snapshot()))
    assert {"0.200", "0.000", "3.33", "1.000"} <= set(measures.split())


def test_trends() -> None:
    """One a week is four a block; without a trend dashes stand."""
    table = trend_table({"ann": trend_of([float(n) for n in range(41)]), "bob": None})
    found = printed(table)
    assert {"10", "+4.00", "+1.000"} <= set(found.split())
    bob = next(row for row in found.splitlines() if "bob" in row)
    assert bob.count("-") == 5
