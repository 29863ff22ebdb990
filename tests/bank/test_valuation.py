"""The seed's table, each line by a case computed by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from pysched.bank.valuation import Award
from pysched.bank.value_rules import ValueRules
from pysched.bank.versions import Version
from pysched.model import Absence, Schedule
from tests.bank.builders import (
    GROSS,
    NET,
    NO_ROLES,
    awarded,
    case,
    day,
    found,
    request,
    utc,
    version,
)

REPUBLIC = date(2023, 5, 29)
"""Its Friday, 2 June 2023, is a public holiday; its weekend a long one."""
EASTER = date(2023, 4, 3)
"""The Monday after it is Easter Monday."""
ASSUMPTION = date(2023, 8, 14)
"""Its Tuesday is a major holiday."""
APRIL = date(2023, 4, 24)
"""Its Tuesday is a public holiday; the Monday after is Labour Day."""
LIBERATION = date(2021, 4, 19)
"""Its Sunday, 25 April 2021, is a public holiday."""


@pytest.mark.parametrize(
    ("monday", "worked", "expected"),
    [
        (REPUBLIC, "ann ward 4", [("ann", 4, "holiday", 1000, 1000)]),
        (ASSUMPTION, "ann ward 1", [("ann", 1, "holiday", 2000, 2000)]),
        (REPUBLIC, "ann ward 4, ann guard 4", [("ann", 4, "holiday", 1000, 1000)]),
        (ASSUMPTION, "ann ward 0 2 3 4", []),
        (ASSUMPTION, "ann ward 5", [("ann", 5, "weekend", 500, 500)]),
        (ASSUMPTION, "ann ward 5 6", [("ann", 5, "weekend", 500, 500)]),
        (ASSUMPTION, "ann night 4", []),
        (REPUBLIC, "ann ward 6", [("ann", 6, "weekend", 750, 750)]),
        (APRIL, "ann ward 5", [("ann", 5, "weekend", 750, 750)]),
        (EASTER, "ann ward 5", [("ann", 5, "weekend", 750, 750)]),
        (LIBERATION, "ann ward 6", [("ann", 6, "holiday", 1000, 1000)]),
        (
            LIBERATION,
            "ann ward 5 6",
            [("ann", 5, "weekend", 500, 500), ("ann", 6, "holiday", 1000, 1000)],
        ),
    ],
)
def test_days(monday: date, worked: str, expected: list[object]) -> None:
    """Holidays once a date, a weekend once, and never both for one date; a night is its day's."""
    assert found(worked, monday=monday) == expected


def test_a_day_is_half_a_weekend() -> None:
    """Of 7.50, 3.75 a day."""
    rules = replace(NO_ROLES, unit="day")
    halves = [("ann", 5, "weekend", 375, 375), ("ann", 6, "weekend", 375, 375)]
    assert found("ann ward 5 6, ann guard 5", monday=REPUBLIC, rules=rules) == halves


def test_roles() -> None:
    """Each guard and night on working days; the percentage of its category."""
    two = [("ann", 1, "role", 200, 200), ("bob", 2, "role", 200, 200)]
    assert found("ann guard 1, bob night 2, cat ward 3", rules=GROSS) == two
    dear = replace(GROSS, role_percents={"guard": 150})
    assert found("ann guard 1", rules=dear) == [("ann", 1, "role", 300, 300)]
    chosen = replace(GROSS, roles=("care",))
    assert found("ann guard 1, ann ward 2", rules=chosen) == [("ann", 2, "role", 200, 200)]


def test_a_role_is_lost_besides_the_day() -> None:
    """A guard on Saturday is a weekend and a guard."""
    rows = [("ann", 5, "role", 200, 200), ("ann", 5, "weekend", 500, 500)]
    assert found("ann guard 5", rules=GROSS) == rows


def test_roles_above_the_share() -> None:
    """Four full-time physicians, five guards: a share of 1.25. Ann's second pays 0.75 of 2."""
    rules = replace(GROSS, basis="excess")
    rows = found("ann guard 0 1 2, bob guard 3, cat guard 4", rules=rules)
    paid = [("ann", 0, 0), ("ann", 1, 150), ("ann", 2, 200), ("bob", 3, 0), ("cat", 4, 0)]
    assert [(who, on, cents) for who, on, _, _, cents in rows] == paid
    assert {cents for *_, cents, _ in rows} == {200}


def test_the_share_is_by_contract() -> None:
    """With Bob at half time 3 guards fall 6/7 to each of the others and 3/7 to him."""
    people = {**NET.physicians, "bob": replace(NET.physicians["bob"], weekly_hours=19)}
    rules = replace(GROSS, basis="excess")
    rows = found("bob guard 0 1, ann guard 2", net=replace(NET, physicians=people), rules=rules)
    assert [row[4] for row in rows] == [round(200 / 7), round(200 * 4 / 7), 200]


def test_compensation_of_an_auction_is_taken_off_a_holiday() -> None:
    """Net: 10 less 6 is paid, 10 recorded; gross pays 10; 12 leaves nothing to pay."""
    net = replace(NO_ROLES, topup="net")
    for rules, received, expected in ((net, 600, [400]), (NO_ROLES, 600, [1000]), (net, 1200, [])):
        compensation = {("ann", date(2023, 6, 2)): received}
        awards = awarded("ann ward 4", compensation=compensation, monday=REPUBLIC, rules=rules)
        assert [award.cents for award in awards] == expected
        assert {award.value_cents for award in awards} <= {1000}


def test_compensation_of_another_day_or_for_a_weekend_is_left() -> None:
    """It is for the date of the auction, and tops up holidays only."""
    net = replace(NO_ROLES, topup="net")
    compensation = {("ann", date(2023, 6, 3)): 600}
    awards = awarded("ann ward 4 5", compensation=compensation, monday=REPUBLIC, rules=net)
    assert [(award.kind, award.cents) for award in awards] == [("holiday", 1000), ("weekend", 750)]


def test_who_asked_pays() -> None:
    """Bob covers Ann's Saturday on his free weekend: she owes him the weekend and the day off."""
    cover = request("ann>bob ward 5", "ann")
    awards = awarded("bob ward 5", version("ann ward 5, bob ward 0"), agreed=(cover,))
    assert [(a.kind, a.cents, a.debtor) for a in awards] == [
        ("sdo", 300, "person:ann"),
        ("weekend", 500, "person:ann"),
    ]
    assert {a.beneficiaries for a in awards} == {("ann",)}


def test_who_asked_earns_nothing_but_it_is_recorded() -> None:
    """A swap of Saturday and Sunday that Ann asked for: Bob is paid by her, she by nobody."""
    swap = request("ann>bob ward 5, bob>ann ward 6", "ann", kind="swap")
    rows = found("bob ward 5, ann ward 6", version("ann ward 5, bob ward 6"), agreed=(swap,))
    assert rows == [
        ("ann", 6, "weekend", 500, 0),
        ("bob", 5, "sdo", 300, 300),
        ("bob", 5, "weekend", 500, 500),
    ]


def test_voluntary_duties_are_no_sacrifice() -> None:
    """Paid otherwise, or a day off given up at one's own request."""
    extra = request(">ann guard 5", "ann", kind="voluntary")
    assert found("ann guard 5", version("ann ward 0"), agreed=(extra,), rules=GROSS) == []


def test_a_duty_that_comes_back_is_as_if_it_had_never_gone() -> None:
    """The pool pays for Ann's own Saturday, whoever had it meanwhile."""
    there = request("ann>bob ward 5", "ann", "2023-05-25 12:00")
    back = request("bob>ann ward 5", "bob", "2023-05-26 12:00", name="r2")
    awards = awarded("ann ward 5", version("ann ward 5"), agreed=(there, back))
    assert [(a.physician, a.cents, a.debtor) for a in awards] == [("ann", 500, "pool:mint")]


def test_of_several_requests_the_last_one_gave_the_duty() -> None:
    """Ann asked Bob, Bob asked Cat: Bob owes Cat."""
    first = request("ann>bob ward 5", "ann", "2023-05-25 12:00")
    second = request("bob>cat ward 5", "bob", "2023-05-26 12:00", name="r2")
    awards = awarded("cat ward 5", version("ann ward 5, cat ward 0"), agreed=(second, first))
    assert {(a.physician, a.debtor) for a in awards} == {("cat", "person:bob")}


def test_beneficiaries_were_off_able_and_present() -> None:
    """Bob works, Cat cannot, Dan is away or off."""
    lacking = replace(NET, skills=NET.skills - {("cat", "ward")})
    for absences, expected in (((), ("dan",)), ((Absence("dan", day(5), day(5), "sick"),), ())):
        awards = awarded("ann ward 5, bob guard 5", net=lacking, absences=absences)
        assert awards[0].beneficiaries == expected


def read(award: Award) -> tuple[str, str, str, str]:
    """Return name, amount, date and reason as the sentence says them."""
    said = re.fullmatch(
        r"(.+?) earns (\d+\.\d\d) credits for (\d{4}-\d\d-\d\d): (.+)\.", award.sentence
    )
    assert said is not None
    return said[1], said[2], said[3], said[4]


def test_every_award_explains_itself() -> None:
    """Name, amount, date and reason can be read back from the sentence."""
    cover = request("ann>bob ward 2", "ann", "2023-06-06 20:00")
    awards = awarded(
        "bob ward 2, cat guard 5, dan clinic 1",
        version("ann ward 2, bob ward 0, dan visit 1"),
        agreed=(cover,),
        rules=GROSS,
    )
    assert [read(award) for award in awards] == [
        (
            "bob",
            "6.00",
            "2023-06-07",
            "ward on a scheduled day off, told less than 24 h before, paid by ann, who asked",
        ),
        ("cat", "2.00", "2023-06-10", "guard of the undesirable category guard, worth 2.00"),
        ("cat", "6.00", "2023-06-10", "guard on a scheduled day off, told less than 24 h before"),
        ("cat", "5.00", "2023-06-10", "guard on a weekend"),
        (
            "dan",
            "2.00",
            "2023-06-06",
            "clinic changed once published (same day), told less than 24 h before",
        ),
    ]
    assert all(award.metadata["sentence"] == award.sentence for award in awards)
    assert {award.metadata["week"] for award in awards} == {"2023-06-05"}


def test_the_sentence_says_what_was_taken_off() -> None:
    """10 less 6."""
    net = replace(NO_ROLES, topup="net")
    compensation = {("ann", date(2023, 6, 2)): 600}
    award = awarded("ann ward 4", compensation=compensation, monday=REPUBLIC, rules=net)[0]
    assert read(award) == (
        "ann",
        "4.00",
        "2023-06-02",
        "ward on a public holiday, 6.00 received in the auction taken off",
    )
    assert award.key == "earn|holiday|ann|2023-06-02|ward"


def test_what_makes_no_sense_is_refused() -> None:
    """By name and value."""
    with pytest.raises(ValueError, match="'eve' is no physician of the network small"):
        case("eve ward 2")
    with pytest.raises(ValueError, match="version v1 is not of the week 2023-06-05"):
        case("ann ward 2", version("ann ward 2", monday=REPUBLIC))
    local = utc("2023-05-20 12:00").astimezone(timezone(timedelta(hours=2)))
    with pytest.raises(ValueError, match=r"version v: 2023-05-20T14:00:00\+02:00 is not in UTC"):
        Version("v", local, Schedule(day(0), frozenset()))
    with pytest.raises(ValueError, match=r"version v: .* is not in UTC"):
        Version("v", datetime(2023, 5, 20), Schedule(day(0), frozenset()))
    with pytest.raises(ValueError, match="unknown category 'moon' in the roles"):
        found("ann guard 2", rules=replace(GROSS, roles=("moon",)))
    with pytest.raises(ValueError, match="role_percents guard: 300 is not in 50-200"):
        ValueRules(role_percents={"guard": 300})
