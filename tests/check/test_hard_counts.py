"""Nights, hours and agreements on a number of duties: what is counted over the week."""

from decimal import Decimal

import pytest

from pysched.model import Agreement, Limits, Network, profile_rules

from .builders import broken, checked, network, physician

ONE_NIGHT = network(rules=profile_rules("recommended", limits=Limits(max_nights=1)))
ONE_GUARD = network(agreements=(Agreement("ann", "max_per_week", "guard", 1),))
ONE_DUTY_LONG = network(
    rules=profile_rules("recommended", limits=Limits(maximum_hours=Decimal("6.0")))
)
CASES = [
    ("nights", ONE_NIGHT, "night", "ann"),
    ("agreement", ONE_GUARD, "guard", "ann, max_per_week, guard"),
    ("hours", ONE_DUTY_LONG, "ward", "ann"),
]


@pytest.mark.parametrize(("rule", "net", "task", "culprit"), CASES)
@pytest.mark.parametrize(
    ("days", "fixed", "accepted"),
    [
        ("0", "", []),
        ("0 2", "", [False]),
        ("0 2", "0", [False]),
        ("0 2", "0 2", [True]),
        ("0 2 4", "0 2", [False, True]),
    ],
)
def test_a_limit_of_one_duty(
    rule: str, net: Network, task: str, culprit: str, days: str, fixed: str, accepted: list[bool]
) -> None:
    """Pins beyond it are accepted; what is added beyond the pins is not."""
    pins = f"ann {task} {fixed}" if fixed else ""
    report = checked(f"ann {task} {days}", fixed=pins, net=net)
    assert broken(rule, report) == [(culprit, answer) for answer in accepted]


def test_what_does_not_count_may_be_added_to_pins_beyond_a_limit() -> None:
    """An on-call duty at home has no credited minutes, a ward is no night nor a guard."""
    report = checked("ann ward 0 2, ann ring 4", fixed="ann ward 0 2", net=ONE_DUTY_LONG)
    assert broken("hours", report) == [("ann", True)]
    report = checked("ann night 0 2, ann ward 4", fixed="ann night 0 2", net=ONE_NIGHT)
    assert broken("nights", report) == [("ann", True)]


def test_three_nights_a_week_and_no_more() -> None:
    """On-call nights count too; last week's and the guard do not."""
    assert broken("nights", checked("ann night 0 2, ann call 4, ann guard 5")) == []
    assert broken("nights", checked("ann night 0 2, ann call 4", tail="ann night -3 -5")) == []
    assert broken("nights", checked("ann night 0 2, ann call 4 6")) == [("ann", False)]


def test_the_maximum_of_48_hours_is_reached_exactly() -> None:
    """Four nights of 12 hours; the dusk is the hour too many."""
    assert broken("hours", checked("ann night 0 2 4 6")) == []
    assert broken("hours", checked("ann night 0 2 4 6, ann dusk 1")) == [("ann", False)]


@pytest.mark.parametrize(("hours", "breaches"), [(19, []), (18, [("ann", False)])])
def test_part_time_has_its_part_of_the_maximum(
    hours: int, breaches: list[tuple[str, bool]]
) -> None:
    """Two nights are 24 h: 48 x 19 / 38 = 24, 48 x 18 / 38 = 22.7."""
    net = network([physician("ann", hours=hours)])
    assert broken("hours", checked("ann night 0 2", net=net)) == breaches


def test_an_agreed_number_binds_only_who_agreed() -> None:
    """Bob has two guards, ann one and a ward."""
    assert (
        broken("agreement", checked("ann guard 0, ann ward 1, bob guard 1 2", net=ONE_GUARD)) == []
    )
