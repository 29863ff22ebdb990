"""The whole program: pins that break rules, and what is redundant in it."""

from collections import Counter

import pytest
from clingo import Symbol

from pysched.model import WEIGHTS

from .solving import TASKS, Costs, costs_among, models, pinned, plain, rows

WEIGHED = "".join(f"weight({rule}, {grade}, 1, 1)." for rule, grade in WEIGHTS)
PEOPLE = 'physician("ann"). physician("bob"). category("care", minor). category("guard", major).'
AWAY = 'absent("ann", 0, 10080).'


def weeks(facts: str, **constants: int) -> list[list[Symbol]]:
    """Return all schedules of a week, the worst included, by the whole program."""
    return models(TASKS + PEOPLE + WEIGHED + facts, ["week"], **constants)


def only_week(facts: str) -> list[Symbol]:
    """Return the only schedule of a week, all of which is pinned."""
    found = weeks(facts)
    assert len(found) == 1
    return found[0]


def violated(atoms: list[Symbol]) -> set[object]:
    """Return the names of the rules violated."""
    return {plain(s.arguments[0]) for s in atoms if s.match("violated", 2)}


BROKEN = [
    ("skill", "ann ward 0 08:00-14:00", ""),
    ("absence", "ann ward 0 08:00-14:00", AWAY),
    ("agreement", "ann ward 0 08:00-14:00", 'free_day("ann", 0).'),
    ("agreement", "ann ward 0 08:00-14:00", 'max_per_week("ann", "care", 0).'),
    ("hours", "ann ward 0 08:00-14:00", 'hours_limit("ann", 300). credited("ward", 360).'),
    ("overlap", "ann ward 0 08:00-14:00, ann far 0 08:00-14:00", ""),
    (
        "overlap",
        "ann ward 0 08:00-14:00, ann visit 0 08:00-14:00, ann clinic 0 08:00-14:00",
        "",
    ),
    ("rest", "ann guard 0 14:00-20:00, ann visit 1 06:00-12:00", ""),
    (
        "travel",
        "ann ward 0 08:00-14:00, ann far 0 14:00-18:00",
        'travel("cona", "delta", 60).',
    ),
    ("nights", "ann night 0 20:00-08:00, ann call 1 20:00-08:00", ""),
    ("days", ",".join(f"ann guard {day} 14:00-20:00" for day in range(7)), ""),
]


@pytest.mark.parametrize(("rule", "text", "facts"), BROKEN)
def test_a_week_whose_pins_break_a_rule_is_solved(rule: str, text: str, facts: str) -> None:
    """The breach is reported, and that rule alone."""
    tasks = {part.split()[1] for part in text.split(",")} if rule != "skill" else set()
    skills = "".join(f'skill("ann", "{task}").' for task in tasks)
    assert violated(only_week(pinned(text) + facts + skills)) == {rule}


def test_a_ward_pinned_to_someone_absent_is_his() -> None:
    """She has all open duties of the ward, if against the rule."""
    atoms = only_week(pinned("ann ward 0 08:00-14:00, ann ward 1 08:00-14:00") + AWAY)
    assert costs_among(atoms, "ward_six") == costs_among(atoms, "continuity") == {}


def test_rotation_counts_pins_of_someone_absent() -> None:
    """Her second guard costs one."""
    atoms = only_week(pinned("ann guard 0 14:00-20:00, ann guard 2 14:00-20:00") + AWAY)
    assert costs_among(atoms, "rotation") == {("major", ("ann", "guard", 2)): 1}


def test_a_preferred_task_pinned_to_someone_absent_is_had() -> None:
    """She might have had Tuesday's too, were it not bob's."""
    facts = 'wish_prefer("ann", "ward", 5). skill("ann", "ward"). absent("ann", 0, 1440).'
    text = "ann ward 0 08:00-14:00, bob ward 1 08:00-14:00"
    assert costs_among(only_week(facts + pinned(text)), "wishes") == {}


def test_overtime_where_pins_exceed_the_limit() -> None:
    """Ann: 15 hours, target 10, limit 12. Bob: 24 hours, target 20. The largest is ann's 5."""
    hours = 'target("ann", 10). hours_limit("ann", 720). target("bob", 20).'
    credited = 'hours_limit("bob", 2880). credited("ward", 900). credited("guard", 1440).'
    atoms = only_week(hours + credited + pinned("ann ward 0 08:00-14:00, bob guard 0 14:00-20:00"))
    five: Costs = {("hour", number): 1 for number in range(1, 6)}
    assert costs_among(atoms, "maximum_overtime") == five
    assert charges_differ(atoms) == {}


def test_a_duty_pinned_to_two_is_held_by_both() -> None:
    """Both work 10 of 10 hours, though the duty is one."""
    hours = "".join(f'target("{who}", 10). hours_limit("{who}", 2880).' for who in ("ann", "bob"))
    text = "ann ward 0 08:00-14:00, bob ward 0 08:00-14:00"
    atoms = only_week(hours + 'credited("ward", 600).' + pinned(text))
    assert costs_among(atoms, "minimum_hours") == costs_among(atoms, "maximum_overtime") == {}
    assert charges_differ(atoms) == {}


def charges_differ(atoms: list[Symbol]) -> dict[object, tuple[int, int]]:
    """Return (rule, grade) -> units that cost and units charged, where they differ."""
    sums: dict[str, Counter[object]] = {"cost": Counter(), "charge": Counter()}
    for name, count in sums.items():
        for rule, grade, _, number in (s.arguments for s in atoms if s.match(name, 4)):
            count[str(rule), str(grade)] += number.number
    cost, charge = sums.values()
    return {key: (cost[key], charge[key]) for key in cost | charge if cost[key] != charge[key]}


FREE = "- ward 0 08:00-14:00, - visit 0 12:00-13:00, - guard 2 14:00-20:00, - night 4 20:00-08:00"
SKILLS = "".join(
    f'skill("{who}", "{task}").'
    for who in ("ann", "bob")
    for task in ("ward", "visit", "guard", "night")
)
HOURS = 'hours_limit("ann", 2880). hours_limit("bob", 2880). credited("ward", 360).'
MORE_HOURS = 'credited("visit", 60). credited("guard", 360). credited("night", 720).'
TARGETS = [(0, 0), (10, 10), (25, 0), (5, 30), (40, 40)]


@pytest.mark.parametrize("unit", [1, 60])
@pytest.mark.parametrize(("ann", "bob"), TARGETS)
def test_all_schedules_are_there_and_charged_what_they_cost(ann: int, bob: int, unit: int) -> None:
    """Each of four duties is ann's, bob's or nobody's: 81, whatever is only there for proofs."""
    facts = f'target("ann", {ann}). target("bob", {bob}).' + HOURS + MORE_HOURS + SKILLS
    found = weeks(facts + rows(FREE), unit=unit)
    assert len(found) == 81
    assert [charges_differ(atoms) for atoms in found if charges_differ(atoms)] == []
