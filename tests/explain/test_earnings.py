"""Credits of a change are those of the bank: awards with it, less those without."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pysched.bank.profile import bank_profile
from pysched.bank.versions import Move, Version
from pysched.explain.chain import applied
from pysched.explain.earnings import Earnings
from pysched.explain.published import minute_of, under_way
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Assignment, Schedule

TOY = read_scenario(find_scenario("toy"))
WEEK = weeks_of(TOY)[0]
MONDAY = WEEK.monday
RULES = bank_profile().values
SCHEDULE = Schedule(
    MONDAY,
    frozenset(
        Assignment(MONDAY + timedelta(days=n), "guard", name)
        for n, name in ((0, "bruno"), (1, "anna"), (2, "anna"), (3, "carla"))
    ),
)
THURSDAY = MONDAY + timedelta(days=3)
GIVEN = applied(SCHEDULE, [Move("guard", THURSDAY, "carla", "anna")])


def earned(hours_before: int) -> dict[str, int]:
    """Return what is earned when the guard of Thursday, 14:00, is told so long before."""
    now = WEEK.midnight(THURSDAY) + (14 - hours_before) * 60
    week = under_way(WEEK, SCHEDULE, now)
    return dict(Earnings(TOY.network, week, SCHEDULE, RULES).of(GIVEN))


def test_a_lost_day_off_earns_and_twice_if_told_late() -> None:
    """As the rules of the bank have it: 3 credits, 6 less than a day before."""
    assert RULES.sdo_cents == earned(48)["anna"]
    assert RULES.sdo_cents * RULES.late_percent // 100 == earned(2)["anna"]


def test_no_change_earns_nothing() -> None:
    """Nobody is named."""
    week = under_way(WEEK, SCHEDULE, 0)
    assert Earnings(TOY.network, week, SCHEDULE, RULES).of(SCHEDULE) == {}


def test_what_an_earlier_version_took_is_not_earned_again() -> None:
    """Anna lost her Thursday by the second version; the third one gives her nothing for it."""
    week = under_way(WEEK, GIVEN, 2 * 24 * 60)
    weeks = [
        Version(n, WEEK.moment(-k), s) for n, k, s in (("1", 9000, SCHEDULE), ("2", 3000, GIVEN))
    ]
    assert Earnings(TOY.network, week, GIVEN, RULES, weeks).of(GIVEN) == {}
    back = Earnings(TOY.network, week, GIVEN, RULES, weeks).of(SCHEDULE)
    assert -RULES.sdo_cents == back["anna"]


def test_minutes_and_moments_agree() -> None:
    """Local times with and without their zone, and over a change of the clocks."""
    noon = datetime(2024, 4, 17, 12)
    assert minute_of(WEEK, noon) == (2 * 24 + 12) * 60
    zone = ZoneInfo(WEEK.timezone)
    assert minute_of(WEEK, noon) == minute_of(WEEK, noon.replace(tzinfo=zone))
    assert noon.replace(tzinfo=zone) == WEEK.moment(minute_of(WEEK, noon))
