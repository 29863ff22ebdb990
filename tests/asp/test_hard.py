"""The choice, skill, absence, agreements, hours and days in a row, from hand-written facts."""

import pytest

from .solving import TASKS, Term, breaches, derived, models, pinned, plain, rows

WARD = "ann ward 0 08:00-14:00"
CALL = "ann call 0 20:00-08:00"
DUTY = ("ann", ("ward", 0))


def schedules(facts: str) -> list[list[tuple[Term, ...]]]:
    """Return the assignments of all models of assign.lp and forbid.lp, sorted."""
    found = models(TASKS + facts, ["instance", "assign", "hard/forbid"])
    chosen = [[s for s in atoms if s.match("assign", 2)] for atoms in found]
    return sorted(sorted(tuple(map(plain, s.arguments)) for s in atoms) for atoms in chosen)


def test_a_duty_goes_to_one_of_the_skilled_or_to_nobody() -> None:
    """Two may, the third lacks the skill."""
    facts = rows("- ward 0 08:00-14:00") + 'skill("ann", "ward"). skill("bob", "ward").'
    assert schedules(facts + 'skill("cat", "visit").') == [
        [],
        [("ann", ("ward", 0))],
        [("bob", ("ward", 0))],
    ]


def test_a_fixed_duty_goes_to_those_it_is_fixed_to() -> None:
    """Skilled or not, one or two, and to nobody else."""
    facts = rows("- ward 0 08:00-14:00") + 'skill("ann", "ward").'
    assert schedules(facts + 'fixed("bob", "ward", 0).') == [[("bob", ("ward", 0))]]
    two = 'fixed("bob", "ward", 0). fixed("cat", "ward", 0).'
    assert schedules(facts + two) == [[("bob", ("ward", 0)), ("cat", ("ward", 0))]]


def test_nobody_is_fixed_to_a_duty_that_does_not_exist() -> None:
    """The ward has no duty on Tuesday."""
    facts = rows("- ward 0 08:00-14:00") + 'fixed("bob", "ward", 1).'
    assert schedules(facts) == [[]]


def test_what_breaks_a_rule_by_itself_is_barred() -> None:
    """Unless it is fixed."""
    facts = rows("- ward 0 08:00-14:00") + 'skill("ann", "ward"). skill("bob", "ward").'
    breach = 'breach(absence, "ann", ("ward", 0)).'
    assert schedules(facts + breach) == [[], [("bob", ("ward", 0))]]
    assert schedules(facts + breach + 'fixed("ann", "ward", 0).') == [[("ann", ("ward", 0))]]


def test_a_breach_is_forbidden_unless_accepted() -> None:
    """One breach that is not accepted leaves no schedule at all."""
    accepted = "violated(rest, a). accepted(rest, a)."
    assert schedules(accepted) == [[]]
    assert schedules(accepted + "violated(rest, b).") == []
    assert schedules(accepted + "violated(travel, a).") == []


def test_what_is_held_and_what_stays() -> None:
    """Last week's and pinned duties stay, if they exist; days of both weeks are worked."""
    facts = rows("ann ward -1 08:00-14:00, - ward 0 08:00-14:00, - visit 1 08:00-14:00")
    more = 'skill("ann", "visit"). :- not assign("ann", ("visit", 1)).'
    more += 'fixed("ann", "ward", 0). fixed("ann", "ward", 5).'
    (atoms,) = models(facts + more, ["instance", "assign"])
    found = {(s.name, plain(s.arguments[1])) for s in atoms if len(s.arguments) == 2}
    before, ward, visit = ("ward", -1), ("ward", 0), ("visit", 1)
    assert found == {
        ("skill", "visit"),
        *(("stays", duty) for duty in (before, ward)),
        *(("held", duty) for duty in (before, ward, visit)),
        *(("works", day) for day in (-1, 0, 1)),
        *((name, duty) for name in ("candidate", "may", "assign") for duty in (ward, visit)),
    }


def test_skill_is_broken_only_by_a_pin() -> None:
    """It is reported and accepted."""
    assert breaches("skill", pinned(WARD)) == {DUTY: True}
    assert breaches("skill", pinned(WARD) + 'skill("ann", "ward").') == {}
    assert breaches("skill", pinned(WARD) + 'skill("bob", "ward").') == {DUTY: True}


@pytest.mark.parametrize("minutes", ["0, 1440", "839, 900", "0, 481", "600, 601"])
def test_a_minute_of_absence(minutes: str) -> None:
    """The ward's duty is 480 to 840; an absence of someone else is no matter."""
    assert breaches("absence", rows(WARD) + f'absent("ann", {minutes}).') == {DUTY: False}
    assert breaches("absence", pinned(WARD) + f'absent("ann", {minutes}).') == {DUTY: True}
    assert breaches("absence", rows(WARD) + f'absent("bob", {minutes}).') == {}


@pytest.mark.parametrize("minutes", ["0, 480", "840, 1440"])
def test_an_absence_that_touches(minutes: str) -> None:
    """It ends as the duty starts, or starts as it ends."""
    assert breaches("absence", rows(WARD) + f'absent("ann", {minutes}).') == {}


def test_absence_holds_on_call_and_over_midnight() -> None:
    """Monday's call lasts until Tuesday 08:00."""
    culprit = ("ann", ("call", 0))
    assert breaches("absence", rows(CALL) + 'absent("ann", 1440, 2880).') == {culprit: False}
    assert breaches("absence", rows(CALL) + 'absent("ann", 1920, 2880).') == {}


def test_what_a_candidate_would_break_is_known_before_the_choice() -> None:
    """A breach is told of candidates alone, and violates nothing until one is assigned."""
    facts = rows("- ward 0 08:00-14:00") + 'candidate("ann", ("ward", 0)).'
    reasons = {
        "absence": 'absent("ann", 0, 1440). absent("bob", 0, 1440).',
        "agreement": 'free_day("ann", 0). free_day("bob", 0).',
    }
    for rule, reason in reasons.items():
        found = [str(s) for s in derived(f"hard/{rule}", facts + reason) if s.match("breach", 3)]
        assert found == [f'breach({rule},"ann",("ward",0))']
        assert breaches(rule, facts + reason) == {}


AGREED = [
    ('free_day("ann", 0).', WARD, ("ward", 0)),
    ('free_day("ann", 0).', CALL, ("call", 0)),
    ('no_nights("ann").', CALL, ("call", 0)),
    ('not_at("ann", "cona").', WARD, ("ward", 0)),
]

OUTSIDE = [
    ('free_day("ann", 1).', CALL),
    ('free_day("bob", 0).', WARD),
    ('no_nights("ann").', "ann guard 0 14:00-20:00"),
    ('no_nights("bob").', CALL),
    ('not_at("ann", "delta").', WARD),
    ('not_at("bob", "cona").', WARD),
]


@pytest.mark.parametrize(("agreement", "text", "duty"), AGREED)
def test_an_agreement_holds(agreement: str, text: str, duty: tuple[str, int]) -> None:
    """Free weekday, no nights, not at a hospital; a pin is accepted."""
    assert breaches("agreement", rows(text) + agreement) == {("ann", duty): False}
    assert breaches("agreement", pinned(text) + agreement) == {("ann", duty): True}


@pytest.mark.parametrize(("agreement", "text"), OUTSIDE)
def test_an_agreement_says_no_more(agreement: str, text: str) -> None:
    """A duty belongs to the day it starts; agreements are personal."""
    assert breaches("agreement", rows(text) + agreement) == {}


def guards(*days: int) -> str:
    """Return ann's guards, of six hours, as text for `rows`."""
    return ",".join(f"ann guard {day} 14:00-20:00" for day in days)


TWO_GUARDS = 'max_per_week("ann", "guard", 2).'


def test_the_agreed_number_of_duties() -> None:
    """Two are agreed; last week's, another category's and another's are not counted."""
    more = rows(f"{guards(-1)}, ann ward 2 08:00-14:00, bob call 3 20:00-08:00")
    assert breaches("agreement", TWO_GUARDS + rows(guards(0, 1)) + more) == {}
    three = TWO_GUARDS + rows(guards(0, 1)) + rows("ann call 2 20:00-08:00")
    assert breaches("agreement", three) == {("ann", "guard", 2): False}


def test_nothing_beside_more_pins_than_agreed() -> None:
    """Three pinned are accepted, a fourth is one more than they are."""
    pins = TWO_GUARDS + pinned(guards(0, 1, 2))
    assert breaches("agreement", pins) == {("ann", "guard", 2): True}
    found = breaches("agreement", pins + rows(guards(3)))
    assert found == {("ann", "guard", 2): True, ("ann", "guard", 3): False}
    two = TWO_GUARDS + pinned(guards(0, 1)) + rows(guards(2))
    assert breaches("agreement", two) == {("ann", "guard", 2): False}


CREDITED = 'credited("guard", 360). credited("call", 0). '
LIMIT = 'hours_limit("ann", 720).'


def test_the_limit_of_hours() -> None:
    """Two guards are the 12 hours; calls at home, last week's and another's count nothing."""
    others = rows(f"{guards(-1)}, ann call 3 20:00-08:00, bob guard 4 14:00-20:00")
    assert breaches("hours", CREDITED + LIMIT + rows(guards(0, 1)) + others) == {}
    assert breaches("hours", CREDITED + LIMIT + rows(guards(0, 1, 2))) == {("ann", 720): False}


@pytest.mark.parametrize(("keeps", "breaks", "unit"), [(735, 736, 1), (720, 750, 30)])
def test_the_limit_in_units(keeps: int, breaks: int, unit: int) -> None:
    """A limit of 735 minutes, also where credited times are multiples of 30."""
    facts = rows(guards(0)) + 'hours_limit("ann", 735).'
    assert breaches("hours", facts + f'credited("guard", {keeps}).', unit=unit) == {}
    found = breaches("hours", facts + f'credited("guard", {breaks}).', unit=unit)
    assert found == {("ann", 735): False}


def test_nothing_beside_more_pinned_hours_than_the_limit() -> None:
    """18 pinned hours of 12 are accepted; 24 are more than what was pinned."""
    pins = CREDITED + LIMIT + pinned(guards(0, 1, 2))
    assert breaches("hours", pins) == {("ann", 720): True}
    found = breaches("hours", pins + rows(guards(3)))
    assert found == {("ann", 720): True, ("ann", 1080): False}
    assert breaches("hours", pins + rows("ann call 3 20:00-08:00")) == {("ann", 720): True}
    two = CREDITED + LIMIT + pinned(guards(0, 1)) + rows(guards(2))
    assert breaches("hours", two) == {("ann", 720): False}


ANN = 'physician("ann").'


def test_seven_days_in_a_row() -> None:
    """Six are the most, on-call days included."""
    assert breaches("days", ANN + rows(guards(0, 1, 2, 3, 4, 5))) == {}
    assert breaches("days", ANN + rows(guards(0, 1, 2, 3, 5, 6))) == {}
    seven = rows(f"{guards(0, 1, 2, 3, 4, 5)}, ann call 6 20:00-08:00")
    assert breaches("days", ANN + seven) == {("ann", 0): False}


def test_days_in_a_row_over_the_week() -> None:
    """Six of last week leave no Monday; five and the Monday are six; eight are two sevens."""
    assert breaches("days", ANN + rows(guards(-6, -5, -4, -3, -2, -1))) == {}
    assert breaches("days", ANN + rows(guards(-5, -4, -3, -2, -1, 0))) == {}
    six = ANN + rows(guards(-6, -5, -4, -3, -2, -1))
    assert breaches("days", six + rows(guards(0))) == {("ann", -6): False}
    assert breaches("days", six + pinned(guards(0))) == {("ann", -6): True}
    found = breaches("days", six + pinned(guards(0)) + rows(guards(1)))
    assert found == {("ann", -6): True, ("ann", -5): False}


def test_a_pinned_duty_makes_its_day_stay() -> None:
    """A second duty on a pinned day adds no day."""
    facts = ANN + pinned(guards(0, 1, 2, 3, 4, 5, 6)) + rows("ann ward 6 08:00-14:00")
    assert breaches("days", facts) == {("ann", 0): True}


def test_days_in_a_row_is_a_constant() -> None:
    """With two in a row three break, at either end of the week."""
    assert breaches("days", ANN + rows(guards(-1, 0)), days_in_a_row=2) == {}
    over = breaches("days", ANN + rows(guards(-2, -1, 0, 4, 5, 6)), days_in_a_row=2)
    assert over == {("ann", -2): False, ("ann", 4): False}


def test_no_facts_no_breach() -> None:
    """A week without duties breaks nothing."""
    for rule in ("skill", "absence", "agreement", "hours", "days"):
        assert breaches(rule, "") == {}
