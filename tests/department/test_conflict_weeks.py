"""Conflicts at the end of their week: paid, broken, refunded, corrected; and in the schedule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from pysched.bank.profile import bank_profile
from pysched.check import check
from pysched.department import Accounts, Order, Run, StoreError, WeekEnds
from pysched.department.conflict_views import listed
from pysched.department.conflicts import Conflicts
from pysched.department.database import verify_database
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Absence, Assignment, Request, Schedule, State, Week
from pysched.solver import Options
from pysched.store import Repository
from tests.department.conflict_world import HOLIDAY, PEOPLE, World, wishing
from tests.department.long_toy import KEY, NETWORK, by_turns, stored_week

BIDS = {"anna": 500, "bruno": 700, "carla": 300}


@pytest.fixture
def world(url: str) -> Iterator[World]:
    """The holiday is won by anna and bruno, who pay 3.00 each; on each kind of database."""
    world = World(url, wishing({HOLIDAY: PEOPLE}))
    world.auctioned(BIDS)
    yield world
    world.conflicts.__exit__()


def bank_of(world: World) -> WeekEnds:
    """Return the week-ends of the world's database."""
    return WeekEnds(world.conflicts.store.database, NETWORK, bank_profile())


def worked_by(week: Week, on_holiday: Iterable[str]) -> Schedule:
    """Return a schedule by turns in which these fill the duties of the holiday."""
    rows = {row for row in by_turns(week, 0) if row.day != HOLIDAY}
    duties = [duty for duty in week.duties if duty.day == HOLIDAY]
    rows |= {Assignment(d.day, d.task, who) for d, who in zip(duties, on_holiday, strict=True)}
    return Schedule(week.monday, frozenset(rows))


def closed(world: World, on_holiday: Iterable[str]) -> tuple[WeekEnds, Week]:
    """Close the week, the holiday worked by some."""
    repository = Repository(world.real_url)
    repository.begin_run(KEY, "toy", "{}")
    bank = bank_of(world)
    week = bank.prepared(world.week)
    bank.close(KEY, stored_week(week), week, worked_by(week, on_holiday))
    repository.close()
    return bank, week


def of_conflict(bank: WeekEnds, kind: str) -> dict[str, int]:
    """Return account -> cents of what a kind of transaction moved."""
    moved: dict[str, int] = {}
    for row in bank.store.ledger.stored().rows:
        if row.kind == kind:
            for p in row.postings:
                moved[p.account] = moved.get(p.account, 0) + p.cents
    return moved


def test_a_decision_goes_into_the_week(world: World) -> None:
    """Winners are off by grant; the wish of those refused stays, with the lowest weight."""
    week = bank_of(world).prepared(world.week)
    assert week.granted == {("anna", HOLIDAY), ("bruno", HOLIDAY)}
    weights = {r.physician: r.weight for r in week.requests}
    assert weights == {"anna": 5, "bruno": 5, "carla": 1, "dario": 1}


def test_those_refused_who_work_are_paid_at_the_week_end(world: World) -> None:
    """6.00 to carla and dario, who worked; it is taken off what the holiday earns them."""
    bank, _ = closed(world, ("carla", "dario"))
    (name,) = [row.id for row in world.conflicts.store.conflicts()]
    settled = {"person:carla": 300, "person:dario": 300, f"escrow:{name}": -600}
    assert of_conflict(bank, "bid_settle") == settled
    assert world.conflicts.store.conflict(name).status == "settled"
    rows = bank.store.ledger.stored().rows
    earned = [row for row in rows if row.day == HOLIDAY and row.metadata.get("rule") == "holiday"]
    awards = {row.key.split("|")[2]: row for row in earned}
    paid = {who: row.postings[1].cents for who, row in awards.items()}
    assert paid == {"carla": 700, "dario": 700}
    for row in awards.values():
        assert "3.00 received in the auction taken off" in str(row.metadata["sentence"])
    assert sum(bank.store.ledger.balances().values()) == 0
    assert verify_database(world.real_url, []).finding is None


def test_a_broken_day_is_refunded_paid_and_shown(world: World) -> None:
    """Anna had to work all the same: her 3.00 come back, a day off is paid, an alert is raised."""
    bank, _ = closed(world, ("anna", "carla"))
    (name,) = [row.id for row in world.conflicts.store.conflicts()]
    keys = {row.key: row for row in bank.store.ledger.stored().rows}
    assert keys[f"bid_refund|{name}|anna"].postings[1].cents == 300
    assert of_conflict(bank, "bid_settle") == {"person:carla": 300, f"escrow:{name}": -300}
    (award,) = [row for key, row in keys.items() if key.startswith("earn|sdo|anna")]
    assert award.postings[1].cents == 300
    assert "on a day off that had been granted" in str(award.metadata["sentence"])
    alerts = {alert.kind: alert.sentence for alert in bank.store.kept()[-1].alerts}
    task = next(duty.task for duty in world.week.duties if duty.day == HOLIDAY)
    assert alerts["broken_grant"].startswith(f"anna had to work {task} on {HOLIDAY}, a day off ")
    with Accounts(world.real_url) as accounts:
        assert "broken_grant" in {alert.kind for alert in accounts.fairness().alerts}


def test_a_correction_knows_what_was_granted_and_paid(world: World) -> None:
    """It was anna who worked, not carla: a day off is paid; what the auction paid stays."""
    bank, week = closed(world, ("carla", "dario"))
    before = of_conflict(bank, "bid_settle")
    correction = bank.correct(world.week, worked_by(week, ("anna", "dario")), date(2024, 5, 6))
    assert f"earn|sdo|anna|{HOLIDAY}" in {
        "|".join(award.key.split("|")[:4]) for award in correction.awards
    }
    assert of_conflict(bank, "bid_settle") == before
    again = bank.correct(world.week, worked_by(week, ("carla", "dario")), date(2024, 5, 7))
    (holiday,) = [a for a in again.awards if (a.kind, a.physician) == ("holiday", "carla")]
    assert holiday.cents == 700
    assert "3.00 received in the auction taken off" in holiday.sentence
    assert bank.store.ledger.verify() is None


def test_what_was_never_decided_gives_all_back(url: str) -> None:
    """The week is over; nobody was granted anything by the conflict, and nobody pays."""
    world = World(url, wishing({HOLIDAY: PEOPLE}))
    name = world.conflicts.resolve(world.week)[0].row.id
    world.conflicts.bid(name, "anna", 700, "a nonce")
    bank, _ = closed(world, ("anna", "carla"))
    assert bank.store.ledger.balances()[f"escrow:{name}"] == 0
    assert world.conflicts.store.conflict(name).status == "settled"
    assert of_conflict(bank, "bid_release")["person:anna"] == 700
    world.conflicts.__exit__()


def test_a_week_planned_before_a_decision_is_planned_again(url: str) -> None:
    """Its close is refused, and nothing of it stays."""
    world = World(url, wishing({HOLIDAY: PEOPLE}))
    bank = bank_of(world)
    week = bank.prepared(world.week)
    world.auctioned(BIDS)
    Repository(world.real_url).begin_run(KEY, "toy", "{}")
    with pytest.raises(StoreError, match="were decided while it was planned"):
        bank.close(KEY, stored_week(week), week, worked_by(week, ("carla", "dario")))
    assert bank.store.ledger.closed_week() is None
    assert closed(world, ("carla", "dario"))[0].store.ledger.closed_week() == "2024-W17"
    world.conflicts.__exit__()


def test_a_later_absence_breaks_a_grant_in_the_solved_week(url: str) -> None:
    """Carla and dario fall ill: one of the winners is needed, and has his price back."""
    world = World(url, wishing({HOLIDAY: PEOPLE}))
    world.auctioned(BIDS)
    ill = tuple(Absence(who, HOLIDAY, HOLIDAY, "illness") for who in ("carla", "dario"))
    scenario = replace(world.scenario, absences=(*world.scenario.absences, *ill))
    week = next(w for w in weeks_of(scenario) if HOLIDAY in w.days)
    order = Order(scenario, (week,), State(), Options(None, 2_000, 1, 1), bank=bank_profile())
    with Run(order, world.real_url) as run:
        (planned,) = run.weeks()
    assert planned.faults == ()
    on_duty = {a.physician for a in planned.record.schedule.assignments if a.day == HOLIDAY}
    assert len(on_duty) == 1
    assert on_duty < {"anna", "bruno"}
    (broken,) = [cost for cost in planned.record.costs if cost.rule == "granted_leave"]
    assert (broken.level, broken.units) == (5, 1)
    bank = bank_of(world)
    balances = bank.store.ledger.balances()
    (name,) = [row.id for row in world.conflicts.store.conflicts()]
    assert balances[f"escrow:{name}"] == 0
    assert balances["pool:surplus"] == 300
    (row,) = [r for r in bank.store.ledger.stored().rows if r.key.startswith("bid_refund")]
    assert {row.key.split("|")[2]} == on_duty
    alerts = [alert for alert in bank.store.kept()[-1].alerts if alert.kind == "broken_grant"]
    assert {alert.who for alert in alerts} == on_duty
    world.conflicts.__exit__()


FESTA = date(2023, 6, 2)
"""A public holiday on which 12 of Ferrara's 14 physicians are needed."""


def test_claims_of_ferrara_are_granted_in_the_solved_week(url: str) -> None:
    """Claims, conflict, decision, grant, schedule: the independent checker finds all of it held."""
    ferrara = read_scenario(find_scenario("ferrara"))
    wishes = tuple(Request(f"P{n}", FESTA, "day_off", "", 5) for n in (1, 2, 3, 4, 9, 12))
    scenario = replace(ferrara, requests=wishes)
    week = weeks_of(scenario)[0]
    with Conflicts(scenario, url) as conflicts:
        found = listed(conflicts, week)
        assert [row.kind for row in found.rows] == ["holiday"]
        (one,) = conflicts.resolve(week, mechanism="wheel", early=True)
        real = conflicts.store.database.engine.url.render_as_string(hide_password=False)
    assert one.decision is not None
    winners = set(one.decision.grants)
    assert len(winners) == 2
    options = Options(None, 800, 1, 1)
    order = Order(scenario, (week,), State(), options, bank=bank_profile())
    with Run(order, real) as run:
        (planned,) = run.weeks()
    assert planned.faults == ()
    schedule = planned.record.schedule
    assert winners & {a.physician for a in schedule.assignments if a.day == FESTA} == set()
    granted = replace(week, granted=frozenset((name, FESTA) for name in winners))
    report = check(scenario.network, granted, State(), schedule)
    assert report.ok
    assert report.by_rule["granted_leave", "day"] == 0
    with Run(order, real) as run:
        (again,) = run.weeks()
    assert again.is_stored
    assert again.record == planned.record
