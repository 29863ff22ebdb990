"""Attacks on what is earned: each tries to gain, and the bank pays nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from pysched.bank.correction import correct
from pysched.bank.settlement import Past
from pysched.bank.valuation import Award
from pysched.bank.value_rules import ValueRules
from pysched.bank.versions import Agreed, Move
from pysched.fairness.equalize import WeekBurden
from pysched.model import Request
from tests.bank.builders import (
    GROSS,
    MONDAY,
    NET,
    NO_ROLES,
    Numbers,
    awarded,
    case,
    day,
    found,
    request,
    settled,
    utc,
    version,
)


def wish(offset: int) -> Request:
    """Return Ann's wish for a day off."""
    return Request("ann", day(offset), "day_off", "", 3)


def test_attack_9_a_day_off_requested_to_be_sacrificed() -> None:
    """Ann asks for a day off and gives it away, of herself or to whoever asks: nothing."""
    before = version("ann ward 0, bob ward 2")
    own = request("bob>ann ward 2", "ann", kind="voluntary")
    assert found("ann ward 2", before, agreed=(own,), requests=(wish(2),)) == []
    asked = request("bob>ann ward 2", "bob")
    assert found("ann ward 2", before, agreed=(asked,), requests=(wish(2),)) == []
    assert found("ann ward 2", before, agreed=(asked,), granted=frozenset({("ann", day(2))})) == []
    # Without the wish it is a day off like any other, and so it is if nobody asked her.
    assert found("ann ward 2", before, agreed=(asked,)) == [("ann", 2, "sdo", 300, 300)]
    assert found("ann ward 2", before, requests=(wish(2),)) == [("ann", 2, "sdo", 600, 600)]


def test_attack_9_at_most_the_quota_of_days_off() -> None:
    """Free all week, called in on five days: two days off, the rest are changes."""
    rules = replace(NO_ROLES, sdo_quota=2)
    rows = found("ann ward 0 1 2 3 4", version("bob ward 0"), rules=rules)
    assert [row[2] for row in rows] == ["sdo", "sdo", "change", "change", "change"]


def test_attack_10_waiting_until_the_last_day_for_the_double() -> None:
    """The time of the request counts, not that of the version that shows it."""
    early = request("bob>ann ward 2", "bob", "2023-06-01 12:00")
    before, after = version("bob ward 2"), version("ann ward 2", "2023-06-07 05:00", "v2")
    rows = found("ann ward 2", before, after, agreed=(early,))
    assert rows == [("ann", 2, "sdo", 300, 300)]


def test_attack_10_repeated_late_pairs_are_flagged() -> None:
    """The third late request of Bob to Ann within a year is shown; the second is not."""
    late = request("bob>ann ward 2", "bob", "2023-06-07 05:00")
    looked_at = case("ann ward 2", version("bob ward 2"), agreed=(late,))
    for before, flagged in ((1, []), (2, ["bob,ann"])):
        past = Past(late_pairs={("bob", "ann"): before})
        alerts = settled(looked_at, past).alerts
        assert [a.who for a in alerts if a.kind == "late_pair"] == flagged


def test_attack_11_a_ring_that_swaps_weekends() -> None:
    """Ann and Bob swap their duties each week: the two have together what they had without."""
    without = awarded("ann ward 5, bob ward 6", version("ann ward 5, bob ward 6"))
    swap = request("ann>bob ward 5, bob>ann ward 6", "ann", kind="swap")
    ring = awarded("bob ward 5, ann ward 6", version("ann ward 5, bob ward 6"), agreed=(swap,))
    assert worth(without) == 1000
    assert worth(ring) == 0


def worth(awards: tuple[Award, ...]) -> int:
    """Return what awards add to the net worth of all physicians together."""
    paid = sum(a.cents for a in awards)
    return paid - sum(a.cents for a in awards if a.debtor.startswith("person:"))


PEOPLE = ("ann", "bob", "cat")
KEYS = tuple((task, day(n)) for n in range(7) for task in ("ward", "guard"))


@settings(max_examples=150, deadline=None)
@for_all(
    st.lists(st.sampled_from(PEOPLE), min_size=len(KEYS), max_size=len(KEYS)),
    st.lists(
        st.tuples(st.integers(0, len(KEYS) - 1), st.sampled_from(PEOPLE), st.booleans()),
        max_size=12,
    ),
    st.sampled_from([GROSS, ValueRules.recommended()]),
)
def test_attack_11_no_ring_gains_by_requests(
    owners: list[str], steps: list[tuple[int, str, bool]], rules: ValueRules
) -> None:
    """Whatever is asked and moved among them, together they are minted no more than without."""
    before = dict(zip(KEYS, owners, strict=True))
    now, agreed = dict(before), []
    for number, (place, taker, gives) in enumerate(steps):
        key = KEYS[place]
        if now[key] != taker:
            asker = now[key] if gives else taker
            at = utc("2023-05-25 12:00") + timedelta(minutes=number)
            moves = (Move(*key, now[key], taker),)
            agreed.append(Agreed(f"r{number:02}", "cover", asker, at, moves))
            now[key] = taker
    published = version(text(before))
    without = awarded(text(before), published, rules=rules)
    ring = awarded(text(now), published, agreed=tuple(agreed), rules=rules)
    assert worth(ring) <= worth(without)


def text(owners: dict[tuple[str, object], str]) -> str:
    """Return assignments as the builders read them."""
    rows = (f"{who} {task} {(on - MONDAY).days}" for (task, on), who in owners.items())  # type: ignore[operator]
    return ", ".join(rows)


def test_attack_19_a_week_settled_twice() -> None:
    """The keys are natural and unique: the second run asks for nothing new."""
    looked_at = case(
        "ann ward 5, ann guard 5 6, bob night 1, cat clinic 2",
        version("ann ward 5, bob ward 1, cat visit 2"),
        rules=GROSS,
    )
    first, second = settled(looked_at), settled(looked_at)
    keys = [award.key for award in first.awards]
    assert len(keys) == len(set(keys)) > 5
    assert first == second
    again = settled(looked_at, Past(weeks=(first.burden,)))
    assert again.equalization == first.equalization
    nothing = correct(first.awards, second.awards, 1)
    assert (nothing.reversals, nothing.awards) == ((), ())


def test_attack_24_all_roles_undesirable() -> None:
    """A longer list has another version, and what it mints is out of the band."""
    all_roles = replace(GROSS, roles=("care", "guard"))
    rows = "ann ward 0 1 2 3 4, bob ward 0, cat ward 1, dan ward 2"
    looked_at = case(rows, rules=all_roles)
    weeks = tuple(
        WeekBurden(MONDAY - timedelta(weeks=n), active=dict.fromkeys(NET.physicians, 1.0),
                   minted_cents=4000)
        for n in range(1, 53)
    )  # fmt: skip
    alerts = settled(looked_at, Past(weeks=weeks)).alerts
    assert [a.kind for a in alerts if a.kind == "minted"] == ["minted"]
    quiet = tuple(replace(week, minted_cents=1000) for week in weeks)
    calm = settled(looked_at, Past(weeks=quiet), Numbers(values=all_roles)).alerts
    assert [a.kind for a in calm if a.kind == "minted"] == []
    versions = {
        awarded("ann guard 1", rules=rules)[0].metadata["roles"]
        for rules in (GROSS, all_roles, replace(all_roles, role_percents={"care": 50}))
    }
    assert len(versions) == 3
