"""Emergencies on real databases: drawn once, kept, replayed, and paid to who really worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pysched.bank.profile import bank_profile
from pysched.conflicts import ConflictError
from pysched.department import StoreError, WeekEnds
from pysched.department.conflict_views import decision_in, explain, replay_stored
from pysched.department.covering import Covered, Place, cover
from pysched.explain.replacement import takers_of
from pysched.instance import weeks_of
from pysched.model import Absence, Assignment, Schedule, State, Week
from pysched.store import Repository
from pysched.store.dump import dump
from tests.department.conflict_world import World, wishing
from tests.department.long_toy import KEY, NETWORK, stored_week

MONDAY, THURSDAY = date(2024, 4, 15), date(2024, 4, 18)
WARD = ("ward", THURSDAY)
ROWS = (
    ("guard", 0, "bruno"),
    ("night", 0, "dario"),
    ("ward", 0, "carla"),
    ("ward", 3, "carla"),
    ("guard", 3, "bruno"),
    ("ward", 5, "carla"),
)
EARLY, LATE = (datetime(2024, 4, day, 12, tzinfo=UTC) for day in (16, 17))


@pytest.fixture
def world(url: str) -> Iterator[World]:
    """The toy without wishes; two databases."""
    world = World(url, wishing({}))
    yield world
    world.conflicts.__exit__()


def place(world: World, *absent: str, holder: str = "carla") -> Place:
    """Return the first week as published, some absent on Thursday, whose ward is a holder's."""
    first = next(week for week in _weeks(world) if week.monday == MONDAY)
    rows = {Assignment(first.days[day], task, who) for task, day, who in ROWS}
    rows -= {Assignment(THURSDAY, "ward", "carla")}
    rows |= {Assignment(THURSDAY, "ward", holder)}
    sick = tuple(Absence(name, THURSDAY, THURSDAY, "sick") for name in absent)
    week = replace(first, absences=(*first.absences, *sick), requests=())
    return Place(NETWORK, week, State(), Schedule(MONDAY, frozenset(rows)))


def _weeks(world: World) -> list[Week]:
    return list(weeks_of(world.scenario))


def covered(world: World, *volunteers: str, asked: datetime = EARLY) -> Covered:
    """Cover Thursday's ward, whose holder is sick."""
    return cover(world.conflicts, place(world, "carla"), WARD, asked, volunteers)


def close(world: World, schedule: Schedule) -> WeekEnds:
    """Close the first week, worked by a schedule that differs from the one published."""
    database = world.conflicts.store.database
    repository = Repository(world.real_url)
    repository.begin_run(KEY, "toy", "{}")
    bank, week = WeekEnds(database, NETWORK, bank_profile()), place(world).week
    bank.close(KEY, stored_week(week), week, place(world).schedule)
    bank.correct(week, schedule, date(2024, 4, 22))
    repository.close()
    return bank


def earned(bank: WeekEnds, who: str) -> dict[str, int]:
    """Return rule -> cents of what Thursday's ward earns somebody and stands."""
    rows = bank.store.ledger.stored().rows
    gone = {row.reverses for row in rows}
    return {
        row.key.split("|")[1]: sum(p.cents for p in row.postings if p.cents > 0)
        for row in rows
        if row.key.startswith("earn|")
        and f"|{who}|{THURSDAY}|ward" in row.key
        and row.key not in gone
    }


def test_who_may_take_it_is_drawn_once(world: World) -> None:
    """Among those whom the hard rules allow; the same again changes no row."""
    here = place(world, "carla")
    open_ = takers_of(here.network, here.week, here.state, here.schedule, WARD)
    one = covered(world)
    assert (open_.holder, open_.is_there) == ("carla", False)
    assert one.physician in open_.names
    assert one.outcome.status == "decided"
    assert one.decision.bonus_cents == {one.physician: 300}
    before = list(dump(world.conflicts.store.database))
    again = covered(world, "anna", asked=LATE)
    assert (again.outcome.status, again.decision) == ("before", one.decision)
    assert list(dump(world.conflicts.store.database)) == before


def test_it_is_found_again_byte_for_byte(world: World) -> None:
    """By its seed, fixed before, and from the inputs alone; and it is explained."""
    one = covered(world, asked=LATE)
    other = world.again()
    row = decision_in(other.store, one.outcome.row.id)
    assert replay_stored(other.store, row).findings == ()
    assert row.number == 1
    told = " ".join(explain(row))
    assert "ward@2024-04-18, which was carla's, was asked for 18.0 h before" in told
    assert "earns a bonus of 6.00 credits" in told
    other.__exit__()


def test_volunteers_come_first_and_must_be_able(world: World) -> None:
    """Bruno has no skill for the ward; of those who can, who offers works."""
    with pytest.raises(ConflictError, match="skill: bruno"):
        covered(world, "bruno")
    assert covered(world, "anna").physician == "anna"


def test_what_is_not_open_is_not_covered(world: World) -> None:
    """Its holder is there; or nobody else may work."""
    with pytest.raises(ConflictError, match="is not open: carla has it and is there"):
        cover(world.conflicts, place(world), WARD, EARLY)
    with pytest.raises(ConflictError, match="nobody may take ward@2024-04-18"):
        cover(world.conflicts, place(world, "carla", "anna", "dario"), WARD, EARLY)


def test_who_was_drawn_may_fall_out_too(world: World) -> None:
    """Then another decision is made; the first one stays."""
    first = covered(world)
    second = cover(
        world.conflicts,
        place(world, "carla", first.physician, holder=first.physician),
        WARD,
        LATE,
    )
    assert second.physician not in ("carla", first.physician)
    names = [row.id for row in world.conflicts.store.conflicts()]
    assert names == ["2024-04-18.c1", "2024-04-18.c2"]


def test_coverage_is_no_day_off(world: World) -> None:
    """Nobody is off by it, nor has won anything."""
    one = covered(world)
    granted, refused = world.conflicts.store.decided(MONDAY)
    assert (granted, refused) == (frozenset(), frozenset())
    seen = world.conflicts.store.seen(one.outcome.row, NETWORK.physicians)
    assert not seen.wins()


def test_the_bonus_is_paid_once_in_the_place_of_the_award(world: World) -> None:
    """To who worked it, by the time he was asked; not for a day off lost besides."""
    one = covered(world, "anna", asked=EARLY)
    bank = close(world, place(world, holder="anna").schedule)
    assert earned(bank, "anna") == {"cover": 300}
    assert earned(bank, "carla").get("cover") is None
    head = bank.store.ledger.head()
    bank.correct(place(world).week, place(world, holder="anna").schedule, date(2024, 4, 22))
    assert bank.store.ledger.head() == head
    assert bank.store.ledger.verify() is None
    assert one.physician == "anna"


def test_who_did_not_work_has_no_bonus(world: World) -> None:
    """It was dario in the end: he has what a change earns, and no more."""
    covered(world, "anna")
    bank = close(world, place(world, holder="dario").schedule)
    assert earned(bank, "anna") == {}
    assert "cover" not in earned(bank, "dario")


def test_a_database_that_is_closed_for_the_week_takes_an_emergency(world: World) -> None:
    """Weeks are closed as planned; what came up is paid when they are corrected."""
    bank = close(world, place(world).schedule)
    covered(world, "anna", asked=LATE)
    bank.correct(place(world).week, place(world, holder="anna").schedule, date(2024, 4, 22))
    assert earned(bank, "anna") == {"cover": 600}
    with pytest.raises(StoreError, match="is closed"):
        world.conflicts.resolve(place(world).week)
