"""The picture: well-formed, one row a physician, one column a week."""

import xml.etree.ElementTree as ET
from dataclasses import replace

from pysched.report import figure_svg
from tests.report.weeks import FIRST, SCENARIO, SECOND, WEEKS

ROWS = [(WEEKS[0], FIRST.record.schedule), (WEEKS[1], SECOND.record.schedule)]
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    """Return the texts of a picture."""
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def test_hours_and_duties_are_those_of_the_schedules() -> None:
    """Anna's targets are 38 hours and, with a public holiday, 32; there are 6 nights in all."""
    found = texts(figure_svg(SCENARIO.network, ROWS))
    assert found[0] == "toy, 2024-04-15 to 2024-04-28"
    assert {"04-15", "04-22", "sum", "on call night"} <= set(found)
    tasks = SCENARIO.network.tasks
    worked = [
        sum(tasks[a.task].credited_minutes for a in schedule.assignments if a.physician == "anna")
        for _, schedule in ROWS
    ]
    targets = (38, 32)
    start = found.index("Anna (38 h)")
    hours = [f"{w // 60 - target:+}" for w, target in zip(worked, targets, strict=True)]
    assert found[start + 1 : start + 3] == hours
    nights = [int(text) for text in found[-4:]]
    assert sum(nights) == 6


def test_names_cannot_break_the_picture() -> None:
    """What means something in SVG is escaped."""
    physicians = dict(SCENARIO.network.physicians)
    physicians["anna"] = replace(physicians["anna"], name="<A & B>")
    svg = figure_svg(replace(SCENARIO.network, physicians=physicians), ROWS)
    assert "<A & B> (38 h)" in texts(svg)


def test_a_picture_is_the_same_for_the_same_weeks() -> None:
    """It has no time or chance in it."""
    assert figure_svg(SCENARIO.network, ROWS) == figure_svg(SCENARIO.network, ROWS)
