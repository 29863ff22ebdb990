"""Tables: lines of weeks under their headings, totals by level and rule."""

import pytest
from rich.console import Console
from rich.table import Table

from pysched.check import Breach
from pysched.department import level_names
from pysched.instance.schedule_file import ScheduleRecord
from pysched.model import Cost, profile_rules
from pysched.report import breaches_table, by_rule, levels_table, week_heading, week_line
from tests.report.weeks import RECORDS

NAMES = level_names(profile_rules("recommended"))


def test_levels_are_named_after_what_they_compare() -> None:
    """The weighted profile has the sum of four groups at the lowest."""
    assert list(NAMES.items())[:3] == [(6, "coverage"), (5, "service"), (4, "double booking")]
    weighted = level_names(profile_rules("weighted"))
    assert weighted == {
        6: "coverage",
        5: "service",
        1: "double booking + hours + rules + fairness",
    }


def test_lines_stand_under_their_heading() -> None:
    """Each column ends where its heading does, for long names of levels too."""
    for names in (NAMES, {6: "coverage", 1: "double booking + hours + rules + fairness"}):
        heading = week_heading(names, 100).splitlines()
        line = week_line(RECORDS[0], names, "ok", 100)
        assert len({len(row.partition("  check")[0]) for row in heading[2:]}) == 1
        first = heading[0].index("level 6") + len("level 6")
        assert line[:first].endswith(" 0%")
        assert heading[2][:first].endswith(" coverage")
        assert line.index("  ok") == heading[2].index("  check")


@pytest.mark.parametrize("width", [80, 100, 200])
def test_lines_are_no_longer_than_the_terminal(width: int) -> None:
    """For costs of many digits and the longest note, too."""
    record = RECORDS[0]
    levels = [row.model_copy(update={"cost": 123_456, "gap": 0.5}) for row in record.levels]
    large = record.model_copy(update={"levels": levels})
    lines = [*week_heading(NAMES, width).splitlines(), week_line(large, NAMES, "stopped", width)]
    assert max(map(len, lines)) <= min(width, 100)
    assert ("123456*" in lines[-1]) == (width == 80)


def test_a_table_of_accepted_breaches_calls_nothing_broken() -> None:
    """One that is not accepted does; a duty filled twice is said in words."""
    accepted = Breach("duty", "guard@2024-04-15, anna, carla", accepted=True)
    broken = Breach("skill", "bruno, ward@2024-04-15", accepted=False)
    texts = [text_of(breaches_table(rows)) for rows in ([accepted], [accepted, broken])]
    assert ["Broken rules" in text for text in texts] == [False, True]
    assert all("two physicians on one duty" in text for text in texts)


def text_of(table: Table) -> str:
    """Return a table as text."""
    console = Console(width=100)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def rendered(records: list[ScheduleRecord]) -> str:
    """Return the table by level as text."""
    return text_of(levels_table(records))


def test_levels_are_summed_over_weeks() -> None:
    """Costs, bounds, and in how many of them the cost is proven."""
    rows = {row.split("│")[1].strip(): row for row in rendered(RECORDS).splitlines() if "│" in row}
    cells = [cell.strip() for cell in rows["3"].split("│")[2:-1]]
    hours = [row for record in RECORDS for row in record.levels if row.level == 3]
    assert cells[:3] == ["hours", str(sum(r.cost for r in hours)), str(sum(r.bound for r in hours))]
    assert cells[-1] == f"{sum(r.cost == r.bound for r in hours)}/2"


def test_rules_are_summed_over_weeks() -> None:
    """Units of a rule and grade; how many weeks have any."""
    one = Cost("wishes", "day_off", "a", 3, 2, 1)
    other = Cost("wishes", "day_off", "b", 4, 2, 1)
    high = Cost("coverage", "essential", "c", 1, 1, 6)
    rows = by_rule([[one, other], [one, high], []])
    assert [(row.rule, row.units, row.cost, row.weeks) for row in rows] == [
        ("coverage", 1, 1, 1),
        ("wishes", 10, 20, 2),
    ]
