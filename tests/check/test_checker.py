"""The report: what is weighed, added up and accepted, and on what the checker depends."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pysched.model import GROUPS, WEIGHTS, Cost, Request, profile_rules

from .builders import broken, checked, day, network

PACKAGE = Path(__file__).parents[2] / "pysched" / "check"


def test_costs_carry_weight_and_level_and_add_up() -> None:
    """Open guard 1 x 1 on level 6, two open wards 2 x 100 + continuity 60 on level 5."""
    report = checked("", opened="guard 0, ward 0 1")
    assert Cost("coverage", "other", "ward@2023-06-05", 1, 100, 5) in report.costs
    assert (report.by_level[6], report.by_level[5], report.by_level[4]) == (1, 260, 0)
    assert (report.by_rule["coverage", "other"], report.units["coverage", "other"]) == (200, 2)


def test_all_levels_and_grades_are_there() -> None:
    """A merged profile still names the six levels of the groups, and an own level besides."""
    rules = profile_rules("weighted", levels={"coverage": 9})
    report = checked("ann ward 0", net=network(rules=rules))
    assert set(report.by_level) == {9, *GROUPS.values()}
    assert report.by_level[3] == 0
    assert set(report.by_rule) == set(report.units) == set(WEIGHTS)


def test_levels_and_rules_tell_the_same_total() -> None:
    """In one sum or by level, nothing is lost."""
    wish = (Request("ann", day(0), "day_off", "", 3),)
    report = checked("ann guard 0 1 2, bob call 3, bob ward 4", opened="ward 5", requests=wish)
    total = sum(cost.total for cost in report.costs)
    assert sum(report.by_level.values()) == sum(report.by_rule.values()) == total > 0
    assert all(cost.units > 0 for cost in report.costs)


@pytest.mark.parametrize("rule", ["coverage", "minimum_hours", "rotation"])
def test_a_rule_that_is_switched_off_costs_nothing(rule: str) -> None:
    """It is not even named."""
    rows = "ann guard 0 1"
    assert rule in {cost.rule for cost in checked(rows, opened="ward 0").costs}
    net = network(rules=profile_rules("recommended").without(rule))
    report = checked(rows, opened="ward 0", net=net)
    assert rule not in {cost.rule for cost in report.costs} | {name for name, _ in report.by_rule}


def test_two_wishes_with_one_culprit_are_one_cost() -> None:
    """Weights 2 and 3 for the same day off: 5 units."""
    wishes = tuple(Request("ann", day(0), "day_off", "", weight) for weight in (2, 3))
    report = checked("ann ward 0", requests=wishes)
    assert Cost("wishes", "day_off", "ann, 2023-06-05", 5, 1, 1) in report.costs


def test_a_schedule_is_ok_if_all_its_breaches_are_accepted() -> None:
    """The pinned nights on two days are accepted, the third is not."""
    assert checked("ann night 0, bob night 1").ok
    assert checked("ann night 0 1", fixed="ann night 0 1").ok
    report = checked("ann night 0 1 2", fixed="ann night 0 1")
    assert not report.ok
    assert [accepted for _, accepted in broken("nights", report)] == [True, False]


def imported(path: Path) -> Iterator[str]:
    """Yield the modules a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_the_checker_knows_only_the_model(path: Path) -> None:
    """Neither facts nor solver nor any library: whatever is wrong there is seen here."""
    own = ("pysched.model", "pysched.check")
    foreign = [
        name
        for name in imported(path)
        if not name.startswith(own) and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert foreign == []
