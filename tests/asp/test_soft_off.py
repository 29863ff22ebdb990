"""A soft rule without a weight derives no cost; each rule by the smallest case that costs."""

import pytest

from pysched.model import WEIGHTS

from .solving import costs, rows

GUARD = rows("ann guard 0 14:00-20:00")
WARD = rows("ann ward 0 08:00-14:00")
OPEN = rows("- ward 0 08:00-14:00")
TWO = rows("ann guard 0 14:00-20:00, ann guard 2 14:00-20:00")
MAJOR = 'category("guard", major).'
HOURS = 'target("ann", 1). hours_limit("ann", 600). credited("ward", 360).'

CASES = {
    ("coverage", "essential"): OPEN + 'essential("ward").',
    ("coverage", "other"): OPEN,
    ("granted_leave", "day"): WARD + 'granted("ann", 0).',
    ("debt_limit", "sacrifice"): GUARD
    + 'sacrifice("guard", 0). over_limit("ann"). unavoidable(0).',
    ("continuity", "ward"): OPEN,
    ("stability", "later"): OPEN + 'published_week. published("ann", "ward", 0).',
    ("stability", "soon"): OPEN + 'published_week. published("ann", "ward", 0). soon("ward", 0).',
    ("overlap", "main"): rows("ann ward 0 08:00-14:00, ann visit 0 08:00-14:00"),
    ("overlap", "elsewhere"): rows("ann far 0 08:00-14:00, ann farther 0 08:00-14:00"),
    ("minimum_hours", "hour"): 'target("ann", 1). hours_limit("ann", 600).',
    ("month_hours", "hour"): 'target("ann", 1). hours_limit("ann", 600). month_to_date("ann", 0).',
    ("maximum_overtime", "hour"): HOURS + WARD,
    ("ward_six", "ward"): OPEN,
    ("morning_after_on_call", "day"): WARD + 'early("ward").' + rows("ann call -1 20:00-08:00"),
    ("geography", "pair"): WARD + 'geography("ward", "far").' + rows("ann far 0 08:00-14:00"),
    ("house_rules", "senior_holiday"): WARD + 'status("ann", senior). major_holiday(0).',
    ("house_rules", "resident_weekend"): 'status("ann", resident).'
    + rows("ann guard -1 14:00-20:00, ann guard 5 14:00-20:00"),
    ("house_rules", "first_year"): 'first_year("bob"). unwanted("guard"). present("bob", 0).'
    'skill("bob", "guard"). may("bob", ("guard", 0)).' + GUARD,
    ("wishes", "day_off"): WARD + 'wish_off("ann", 0, 1).',
    ("wishes", "shift_off"): WARD + 'wish_shift_off("ann", 0, morning, 1). shift("ward", morning).',
    ("wishes", "avoid_task"): WARD + 'wish_avoid("ann", "ward", 1).',
    ("wishes", "prefer_task"): OPEN + 'wish_prefer("ann", "ward", 1). may("ann", ("ward", 0)).',
    ("suitability", "tenth"): WARD + 'suitability("ann", "ward", 50).',
    ("team", "avoid"): WARD + 'pair(avoid, "ann", "bob").' + rows("bob visit 0 08:00-14:00"),
    ("team", "like"): 'pair(like, "ann", "bob"). present("ann", 0). present("bob", 0).',
    ("team", "mentor"): 'mentor("ann", "bob"). present("ann", 0). present("bob", 0).',
    ("workload_style", "steady"): 'style("ann", steady). credited("ward", 481).' + WARD,
    ("workload_style", "intense"): 'style("ann", intense). credited("guard", 1).' + TWO,
    ("hours_spread", "block"): HOURS + WARD + 'balance("ann", 0). reference("ann", 0).',
    ("memory", "major"): MAJOR + 'load("ann", "guard", 1). load("bob", "guard", 0).' + GUARD,
    ("memory", "minor"): 'category("care", minor). load("ann", "care", 1). load("bob", "care", 0).'
    + WARD,
    ("rotation", "major"): MAJOR + TWO,
    ("rotation", "minor"): 'category("care", minor).'
    + rows("ann visit 0 08:00-14:00, ann visit 1 08:00-14:00"),
    ("variety", "week"): GUARD + 'streak("ann", "guard", 1).',
    ("equalization", "sacrifice"): GUARD + 'equalization("ann", "guard", 0, 1).',
    ("equalization", "day"): GUARD + 'sacrifice_day(0, 0). equalization_day("ann", 0, 1).',
}


def test_there_is_a_case_for_every_grade() -> None:
    """The cases are those of the model."""
    assert CASES.keys() == WEIGHTS.keys()


@pytest.mark.parametrize(("rule", "grade"), CASES)
def test_a_grade_costs_only_where_it_has_a_weight(rule: str, grade: str) -> None:
    """The case costs with the rule's weights, of this grade; without them it derives nothing."""
    assert {found for found, _ in costs(rule, CASES[rule, grade])} == {grade}
    assert costs(rule, CASES[rule, grade], False) == {}


@pytest.mark.parametrize("rule", sorted({rule for rule, _ in WEIGHTS}))
def test_without_facts_a_rule_costs_nothing(rule: str) -> None:
    """An empty week is free."""
    assert costs(rule, "") == {}
