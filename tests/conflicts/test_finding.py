"""Finding: what is free, what is impossible, what is a conflict and of which kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import permutations
from random import Random

from pysched.conflicts import Claim, Conflict, DayMatching, Oracle, Seats
from pysched.conflicts.finding import Wished, days_by_physician, find_conflicts, wishes_of
from pysched.conflicts.granting import Grants
from pysched.model import Absence, Request, Week
from tests.conflicts.worlds import MONDAY, days, random_graph

WEEK = Week(MONDAY, "Europe/Rome", ())
ONE, TWO, THREE, FOUR = days(4)


def found(seats: Mapping[date, int], wished: Mapping[str, tuple[date, ...]], week: Week = WEEK):  # type: ignore[no-untyped-def]
    """Return what wishes come to with so many seats."""
    return find_conflicts(week, Seats(seats), wished)


def test_wishes_leave_out_absences_and_granted_days() -> None:
    """And what is no wish for a day off."""
    week = Week(
        MONDAY,
        "Europe/Rome",
        (),
        absences=(Absence("A", ONE, ONE, "leave"),),
        requests=(
            Request("A", ONE, "day_off", "", 5),
            Request("A", TWO, "day_off", "", 5),
            Request("B", TWO, "day_off", "", 5),
            Request("C", TWO, "avoid_task", "T", 5),
        ),
        granted=frozenset({("B", TWO)}),
    )
    assert wishes_of(week) == {"A": (TWO,)}


def test_what_fits_is_free_and_what_never_fits_is_impossible() -> None:
    """Without a conflict."""
    sorted_ = found({ONE: 2, TWO: 0}, {"A": (ONE, TWO), "B": (ONE,)})
    assert sorted_.free == (Wished((ONE,), "A"), Wished((ONE,), "B"))
    assert sorted_.impossible == (Wished((TWO,), "A"),)
    assert sorted_.contested == ()


def test_each_contested_day_is_a_conflict_and_a_holiday_says_so() -> None:
    """Days do not touch where nothing links them."""
    week = Week(MONDAY, "Europe/Rome", (), holidays=frozenset({TWO}))
    wished = {"A": (ONE, TWO), "B": (ONE, TWO), "C": (FOUR,)}
    sorted_ = found({ONE: 1, TWO: 1, FOUR: 1}, wished, week)
    assert [(g.kind, g.days) for g in sorted_.contested] == [
        ("day_off", (ONE,)),
        ("holiday", (TWO,)),
    ]
    assert sorted_.free == (Wished((FOUR,), "C"),)


def test_a_block_links_its_days() -> None:
    """Three days in a row are asked for as a whole; two are not."""
    sorted_ = found(dict.fromkeys(days(4), 1), {"A": days(3), "B": (ONE,), "C": (THREE, FOUR)})
    (group,) = sorted_.contested
    assert (group.kind, group.days) == ("vacation", days(3))
    assert group.whole == frozenset({"A"})
    assert group.claims == {"A": days(3), "B": (ONE,), "C": (THREE,)}
    assert sorted_.free == (Wished((FOUR,), "C"),)


def test_beside_a_block_each_claims_one_thing() -> None:
    """C wishes two of the linked days: the second is looked at once the block is decided."""
    wished = {"A": days(3), "B": (ONE,), "C": (ONE, THREE)}
    sorted_ = found(dict.fromkeys(days(4), 1), wished)
    (group,) = sorted_.contested
    assert group.claims == {"A": days(3), "B": (ONE,), "C": (ONE,)}
    assert sorted_.later == (Wished((THREE,), "C"),)
    claims = tuple(Claim(p, d, whole=p in group.whole) for p, d in group.claims.items())
    assert Conflict("C1", group.kind, group.days, claims).claimants == ("A", "B", "C")


def test_a_claim_that_nobody_displaces_is_free_of_the_conflict() -> None:
    """Exactly those are free that every order of the others leaves their day."""
    random_, seen = Random(3), 0
    for _ in range(60):
        graph = random_graph(random_, 5)
        oracle = DayMatching({MONDAY: graph})
        wished = dict.fromkeys(graph.able, (MONDAY,))
        sorted_ = find_conflicts(WEEK, oracle, wished)
        claims = {w.physician for g in sorted_.contested for w in g.wishes}
        possible = sorted(set(wished) - {w.physician for w in sorted_.impossible})
        always = {name for name in possible if never_left_out(oracle, possible, name)}
        assert {w.physician for w in sorted_.free} == always
        assert claims == set(possible) - always
        seen += bool(claims and always)
    assert seen > 5


def never_left_out(oracle: Oracle, names: list[str], name: str) -> bool:
    """Return whether a claimant is granted in every order of priority."""
    for order in permutations(names):
        grants = Grants(oracle)
        for one in order:
            if grants.allows([(one, MONDAY)]):
                grants.add([(one, MONDAY)])
        if name not in grants.away.get(MONDAY, frozenset()):
            return False
    return True


def test_days_of_one_physician_are_put_together() -> None:
    """In order, each once."""
    wishes = [Wished((TWO,), "A"), Wished((ONE,), "A"), Wished((ONE, TWO, THREE), "B")]
    assert days_by_physician(wishes) == {"A": (ONE, TWO), "B": days(3)}
