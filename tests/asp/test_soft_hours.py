"""Minimum, month, overtime, spread and style of hours; units counted by hand."""

import pytest

from .solving import costs, rows, units

TARGET = 'target("ann", 10). hours_limit("ann", 2880).'


def worked(minutes: int, who: str = "ann") -> str:
    """Return a duty that counts as so many worked minutes, and who has it."""
    task = f"job_{who}"
    facts = f'task("{task}", on_site, "care", "cona"). credited("{task}", {minutes}).'
    return facts + rows(f"{who} {task} 0 08:00-14:00")


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(660, 0), (600, 0), (599, 1), (541, 1), (540, 1), (539, 2), (1, 10), (0, 10)],
)
def test_started_hours_below_the_target(minutes: int, hours: int) -> None:
    """The target is 10 hours; 9 h 59 lack one started hour, 8 h 59 two."""
    found = costs("minimum_hours", TARGET + worked(minutes))
    assert found == {("hour", ("ann", number)): 1 for number in range(1, hours + 1)}


@pytest.mark.parametrize(("minutes", "hours"), [(600, 0), (550, 1), (500, 2), (0, 10)])
def test_hours_below_the_target_in_units(minutes: int, hours: int) -> None:
    """The same in units of 50 minutes, which do not divide the hour."""
    assert units("minimum_hours", TARGET + worked(minutes), unit=50) == hours


def test_duties_of_the_week_add_up() -> None:
    """Two calls of 5 hours each make the target; last week's and another's add nothing."""
    credited = 'credited("call", 300).'
    two = rows("ann call 0 20:00-08:00, ann call 2 20:00-08:00")
    assert units("minimum_hours", TARGET + credited + two) == 0
    others = rows("ann call 0 20:00-08:00, bob call 2 20:00-08:00, ann call -1 20:00-08:00")
    assert units("minimum_hours", TARGET + credited + others) == 5


@pytest.mark.parametrize(
    ("before", "minutes", "hours"),
    [
        (-120, 720, 0),
        (-120, 719, 1),
        (-120, 660, 1),
        (-120, 659, 2),
        (30, 570, 0),
        (30, 569, 1),
        (0, 0, 10),
        (1, 0, 10),
        (60, 0, 9),
        (600, 0, 0),
        (5000, 0, 0),
        (-3060, 0, 61),
    ],
)
def test_started_hours_below_the_month(before: int, minutes: int, hours: int) -> None:
    """To the 10 hours of this week comes what the month so far lacks or has beyond."""
    facts = TARGET + f'month_to_date("ann", {before}).' + worked(minutes)
    found = costs("month_hours", facts)
    assert found == {("hour", ("ann", number)): 1 for number in range(1, hours + 1)}


def test_the_month_is_judged_in_its_last_week() -> None:
    """No fact of the month, no cost; in units of 50 minutes 700 of 720 lack one hour."""
    assert costs("month_hours", TARGET + worked(0)) == {}
    month = TARGET + 'month_to_date("ann", -120).'
    assert units("month_hours", month + worked(700), unit=50) == 1
    assert units("month_hours", month + worked(750), unit=50) == 0


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, 0), (600, 0), (601, 1), (660, 1), (661, 2), (2880, 38)]
)
def test_started_hours_of_overtime(minutes: int, hours: int) -> None:
    """10 h 01 are one started hour above the target; 48 hours are 38."""
    found = costs("maximum_overtime", TARGET + worked(minutes))
    assert found == {("hour", number): 1 for number in range(1, hours + 1)}


@pytest.mark.parametrize(("minutes", "hours"), [(600, 0), (650, 1), (700, 2), (720, 2)])
def test_overtime_in_units(minutes: int, hours: int) -> None:
    """In units of 50, or of 10, minutes: 0, 50, 100 and 120 above the target."""
    unit = 10 if minutes % 50 else 50
    assert units("maximum_overtime", TARGET + worked(minutes), unit=unit) == hours


def test_the_largest_overtime_alone_costs() -> None:
    """Ann is 2 hours above, bob 3, cat below: 3."""
    others = "".join(f'target("{who}", 10). hours_limit("{who}", 2880).' for who in ("bob", "cat"))
    facts = TARGET + others + worked(720) + worked(780, "bob") + worked(60, "cat")
    assert units("maximum_overtime", facts) == 3


def test_a_target_above_the_limit() -> None:
    """No overtime is possible then."""
    facts = 'target("ann", 10). hours_limit("ann", 300).'
    assert costs("maximum_overtime", facts + worked(300)) == {}


def test_overtime_of_pins_beyond_the_limit() -> None:
    """Pinned hours may exceed the limit: 13 h 01 with a target of 10 and a limit of 12 are 4."""
    facts = 'target("ann", 10). hours_limit("ann", 720). fixed("ann", "job_ann", 0).'
    assert units("maximum_overtime", facts + worked(781)) == 4


def spread(balance: int, reference: int, minutes: int, limit: int = 2880) -> str:
    """Return ann's balance before, the group's reference in hours and her work, target 10 h."""
    facts = f'target("ann", 10). hours_limit("ann", {limit}). balance("ann", {balance}).'
    return facts + f'reference("ann", {reference}).' + worked(minutes)


@pytest.mark.parametrize(
    ("minutes", "blocks"),
    [(660, 0), (661, 1), (900, 1), (901, 2), (659, -1), (420, -1), (419, -2), (180, -2), (179, -3)],
)
def test_started_blocks_from_the_reference(minutes: int, blocks: int) -> None:
    """A balance of 60 min and a reference of 2 h: 11 h (660) of work are even, a block is 240."""
    found = costs("hours_spread", spread(60, 2, minutes))
    side = "above" if blocks > 0 else "below"
    numbers = range(1, abs(blocks) + 1)
    assert found == {("block", ("ann", side, number)): number for number in numbers}


@pytest.mark.parametrize(("minutes", "cost"), [(0, 1), (140, 1), (141, 3), (380, 3), (381, 6)])
def test_a_balance_above_before_any_work(minutes: int, cost: int) -> None:
    """700 before less 600 of target, reference 0: 100 above without work, 240 with 140."""
    assert units("hours_spread", spread(700, 0, minutes)) == cost


@pytest.mark.parametrize(("minutes", "cost"), [(0, 0), (1, 1), (240, 1), (241, 3)])
def test_even_without_work(minutes: int, cost: int) -> None:
    """600 before less 600 of target, reference 0."""
    assert units("hours_spread", spread(600, 0, minutes)) == cost


@pytest.mark.parametrize(("minutes", "cost"), [(300, 1), (299, 3), (0, 6)])
def test_a_balance_below_that_no_work_can_mend(minutes: int, cost: int) -> None:
    """540 of work would be even, 300 is the limit: 240, 241 and 540 below."""
    assert units("hours_spread", spread(60, 0, minutes, limit=300)) == cost


@pytest.mark.parametrize(("minutes", "cost"), [(650, 1), (700, 1), (900, 1), (950, 3), (400, 3)])
def test_spread_in_units(minutes: int, cost: int) -> None:
    """In units of 50 minutes; even at 660: 10 and 260 below, 40, 240 and 290 above."""
    assert units("hours_spread", spread(60, 2, minutes), unit=50) == cost


def test_the_last_block_within_the_limit() -> None:
    """901 minutes, the limit, are 241 above 660: the second block is started."""
    assert units("hours_spread", spread(60, 2, 901, limit=901)) == 3


def test_the_block_is_a_constant() -> None:
    """121 minutes above are two blocks of 2 hours."""
    assert units("hours_spread", spread(60, 2, 781), spread_block=120) == 3


def test_spread_of_pins_beyond_the_limit() -> None:
    """Pinned hours may exceed the limit of 720: 1141 minutes are 481 above 660, three blocks."""
    facts = spread(60, 2, 1141, limit=720) + 'fixed("ann", "job_ann", 0).'
    assert units("hours_spread", facts) == 6


STEADY = 'style("ann", steady). hours_limit("ann", 2880).'
INTENSE = 'style("ann", intense). hours_limit("ann", 2880).'


def test_days_above_eight_hours() -> None:
    """8 h are none, 8 h 01 are one, however it comes about; each day counts."""
    assert costs("workload_style", STEADY + worked(480)) == {}
    assert costs("workload_style", STEADY + worked(481)) == {("steady", ("ann", 0)): 1}
    two = 'credited("ward", 360). credited("call", 121).' + rows("ann ward 0 08:00-14:00")
    assert costs("workload_style", STEADY + two + rows("ann call 1 20:00-08:00")) == {}
    together = STEADY + two + rows("ann call 0 20:00-08:00") + worked(481, "bob")
    assert costs("workload_style", together) == {("steady", ("ann", 0)): 1}


def days(minutes: int, number: int) -> str:
    """Return so many wards of so many minutes."""
    text = ",".join(f"ann ward {day} 08:00-14:00" for day in range(number))
    return f'credited("ward", {minutes}).' + rows(text)


@pytest.mark.parametrize(
    ("minutes", "number", "beyond"),
    [
        (720, 1, 0),
        (360, 2, 1),
        (361, 2, 0),
        (240, 3, 2),
        (480, 3, 1),
        (1, 1, 0),
        (0, 1, 1),
        (100, 7, 6),
    ],
)
def test_days_beyond_twelve_hours_each(minutes: int, number: int, beyond: int) -> None:
    """2 x 361 minutes need two days, 2 x 360 and 7 x 100 one, 3 x 480 two, nothing none."""
    found = costs("workload_style", INTENSE + days(minutes, number))
    last = range(number - beyond + 1, number + 1)
    assert found == {("intense", ("ann", day)): 1 for day in last}


def test_a_day_on_call_is_no_working_day() -> None:
    """Its hours count where the task says so: 720 and a minute allow two days."""
    call = rows("ann call 2 20:00-08:00")
    assert costs("workload_style", INTENSE + days(360, 2) + call) == {("intense", ("ann", 2)): 1}
    assert costs("workload_style", INTENSE + days(360, 2) + call + 'credited("call", 1).') == {}


def test_intense_days_in_units() -> None:
    """In units of 50 minutes: 700 hours are one day's, 750 two days'."""
    assert units("workload_style", INTENSE + days(350, 2), unit=50) == 1
    assert units("workload_style", INTENSE + days(400, 2), unit=50) == 0


def test_no_style_no_cost() -> None:
    """Ann has no style; bob's steady load is as he likes it."""
    assert costs("workload_style", 'style("bob", steady).' + worked(700) + worked(480, "bob")) == {}
