"""Memory, rotation, variety and equalization, from hand-written facts; quartiles by hand."""

import pytest

from .solving import Costs, costs, derived, plain, rows

CATEGORIES = 'category("guard", major). category("care", minor).'


def loads(*values: int) -> str:
    """Return guard loads of physicians a, b, c, ..."""
    named = zip("abcdefghi", values, strict=False)
    return CATEGORIES + "".join(f'load("{name}", "guard", {value}).' for name, value in named)


def classes(facts: str) -> str:
    """Return the classes of a, b, c, ... in the category guard, as digits."""
    atoms = derived("fairness/memory", facts + "weight(memory, major, 6, 1).")
    found = [plain(argument) for s in atoms if s.match("class", 3) for argument in s.arguments]
    digits = dict(zip(found[::3], found[2::3], strict=True))
    return "".join(str(digits[name]) for name in sorted(digits, key=str))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0, 0, 0, 0), "0000"),
        ((1000, 1000, 1000), "000"),
        ((7,), "0"),
        ((0, 1), "03"),
        ((0, 1, 2), "013"),
        ((0, 1000, 2000, 3000), "0123"),
        ((3000, 0, 2000, 1000), "3021"),
        ((0, 1, 2, 3, 4), "00123"),
        ((-3, -1, 1, 3), "0123"),
        ((0, 0, 0, 4), "0003"),
        ((0, 0, 1, 1), "0022"),
        ((0, 1, 1, 1), "0111"),
        ((0, 0, 1, 2), "0023"),
        ((0, 0, 0, 0, 1), "00003"),
        ((1, 2, 2, 3, 3, 3), "000222"),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8), "000112233"),
    ],
)
def test_quartiles_of_the_past(values: tuple[int, ...], expected: str) -> None:
    """Quartiles lie at places (n-1)/4, (n-1)/2, 3(n-1)/4, by linear interpolation.

    0 0 0 0: all 0. 0 1: 1/4, 1/2, 3/4. 0 1 2: 1/2, 1, 3/2. 0-3: 3/4, 3/2, 9/4, in thousands or
    about zero alike. 0-4: 1, 2, 3 themselves, which are not exceeded. 0 0 0 4: 0, 0, 1.
    0 0 1 1: 0, 1/2, 1. 0 1 1 1: 3/4, 1, 1. 0 0 1 2: 0, 1/2, 5/4. 0 0 0 0 1: 0, 0, 0.
    1 2 2 3 3 3: 2, 5/2, 3, and only the threes exceed two of them. 0-8: 2, 4, 6.
    """
    assert classes(loads(*values)) == expected


def test_classes_are_each_categorys() -> None:
    """The care of a and b does not touch their guards."""
    care = 'load("a", "care", 9). load("b", "care", 0).'
    atoms = derived("fairness/memory", loads(0, 1) + care)
    found = {tuple(map(plain, s.arguments)) for s in atoms if s.match("class", 3)}
    assert found == {("a", "guard", 0), ("b", "guard", 3), ("a", "care", 3), ("b", "care", 0)}


def test_an_assignment_costs_its_class() -> None:
    """Classes 1 to 3 of b, c and d pay for each duty of the category, class 0 nothing."""
    text = ",".join(f"{who} guard {day} 14:00-20:00" for day, who in enumerate("acdb"))
    expected: Costs = {
        ("major", ("b", ("guard", 3))): 1,
        ("major", ("c", ("guard", 1))): 2,
        ("major", ("d", ("guard", 2))): 3,
        ("major", ("d", ("call", 4))): 3,
    }
    call = rows("d call 4 20:00-08:00")
    other = rows("d ward 5 08:00-14:00, - guard 6 14:00-20:00, d guard -1 14:00-20:00")
    assert costs("memory", loads(0, 1, 2, 3) + rows(text) + call + other) == expected


def test_a_minor_category_has_its_own_grade() -> None:
    """Loads 0 and 1 give b class 3."""
    facts = CATEGORIES + 'load("a", "care", 0). load("b", "care", 1).'
    assert costs("memory", facts + rows("b ward 0 08:00-14:00")) == {
        ("minor", ("b", ("ward", 0))): 3
    }


def test_the_first_week_has_no_memory() -> None:
    """All loads are 0, or the physician has none in the category."""
    facts = rows("a guard 0 14:00-20:00, b guard 1 14:00-20:00, z guard 2 14:00-20:00")
    assert costs("memory", loads(0, 0) + facts) == {}


def guards(who: str, *days: int) -> str:
    """Return guards of one physician, who may take them on any day."""
    may = f'may("{who}", ("guard", 0..6)).'
    return CATEGORIES + may + rows(",".join(f"{who} guard {day} 14:00-20:00" for day in days))


@pytest.mark.parametrize("number", range(6))
def test_the_nth_duty_of_a_task(number: int) -> None:
    """The J-th costs J - 1: n of them n(n-1)/2, on whichever days."""
    found = costs("rotation", guards("ann", *range(6, 6 - number, -1)))
    assert found == {("major", ("ann", "guard", j)): j - 1 for j in range(2, number + 1)}


def test_rotation_is_of_one_task_and_physician() -> None:
    """A guard and a call, of one category, a guard of last week and one of bob's are no second."""
    other = 'may("ann", ("call", 0..6)). may("bob", ("guard", 0..6)).'
    text = "ann call 2 20:00-08:00, ann guard -1 14:00-20:00, bob guard 1 14:00-20:00"
    assert costs("rotation", guards("ann", 0) + other + rows(text)) == {}


def test_rotation_of_a_minor_category() -> None:
    """Two visits; two wards are wanted."""
    text = "ann {0} 0 08:00-14:00, ann {0} 3 08:00-14:00"
    minor: Costs = {("minor", ("ann", "visit", 2)): 1}
    assert costs("rotation", CATEGORIES + rows(text.format("visit"))) == minor
    assert costs("rotation", CATEGORIES + rows(text.format("ward"))) == {}


@pytest.mark.parametrize(("weeks", "cost"), [(0, 0), (1, 1), (3, 3), (4, 4), (5, 4), (30, 4)])
def test_a_task_had_in_each_of_the_last_weeks(weeks: int, cost: int) -> None:
    """As many units as weeks, four at most."""
    facts = f'streak("ann", "guard", {weeks}).' + rows("ann guard 0 14:00-20:00")
    assert costs("variety", facts) == ({("week", ("ann", ("guard", 0))): cost} if cost else {})


def test_variety_of_each_duty() -> None:
    """Two guards pay twice; another's, another task and wards do not."""
    streaks = 'streak("ann", "guard", 2). streak("ann", "ward", 2).'
    text = "ann guard 0 14:00-20:00, ann guard 3 14:00-20:00, bob guard 1 14:00-20:00"
    more = "ann visit 1 08:00-14:00, ann ward 2 08:00-14:00, ann guard -1 14:00-20:00"
    expected: Costs = {("week", ("ann", ("guard", day))): 2 for day in (0, 3)}
    assert costs("variety", streaks + rows(text) + rows(more)) == expected


SPREAD = 'equalization("ann", "guard", 0, 17). equalization("bob", "guard", 0, 0).'


def test_a_sacrifice_costs_what_was_computed() -> None:
    """17 for ann, nothing for bob, nor for anyone on another day."""
    culprit = ("ann", ("guard", 0))
    found = costs("equalization", SPREAD + rows("ann guard 0 14:00-20:00"))
    assert found == {("sacrifice", culprit): 17}
    others = rows("bob guard 0 14:00-20:00, ann guard 1 14:00-20:00")
    assert costs("equalization", SPREAD + others) == {}


WEEKEND = 'sacrifice_day(5..6, 5). equalization_day("ann", 5, 17). equalization_day("bob", 5, -9).'


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("ann guard 5 14:00-20:00, ann guard 6 14:00-20:00", {"ann": 17, "bob": 9}),
        ("ann guard 6 14:00-20:00, bob guard 5 14:00-20:00", {"ann": 17}),
        ("bob guard 5 14:00-20:00, bob ward 6 08:00-14:00", {}),
        ("ann guard 4 14:00-20:00, cat guard 5 14:00-20:00", {"bob": 9}),
    ],
)
def test_a_weekend_costs_once(days: str, expected: dict[str, int]) -> None:
    """17 for ann's, of one day or two; it costs 9 if bob, who is behind, has none."""
    found = costs("equalization", WEEKEND + rows(days))
    assert found == {("day", (who, 5)): units for who, units in expected.items()}


def test_without_equalization_no_cost() -> None:
    """No facts, no atoms."""
    assert costs("equalization", rows("ann guard 0 14:00-20:00")) == {}
