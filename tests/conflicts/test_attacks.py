"""Attacks on the mechanisms, by the numbers they have in the design; one test each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from pysched.bank.amount import split
from pysched.conflicts import Conflict, ConflictError, ConflictRules, turns_of
from pysched.conflicts.auction import Auction
from pysched.conflicts.draw import follows, seed_of
from pysched.conflicts.lottery import Lottery
from pysched.conflicts.paying import paid_in, paying_of
from pysched.conflicts.sealed import LateError, Timetable, commitment_of, joint_seed, opened
from pysched.conflicts.wheel import Wheel, WheelEvent
from tests.conflicts.test_auction import UNIFORM, best_deviations
from tests.conflicts.worlds import MONDAY, auction_of, conflict, people, seats, state

BOT = "P99"
CONTESTS = 120


def values(rng: Random, names: tuple[str, ...]) -> dict[str, int]:
    """Return what a day is worth to each, in cents; mostly little, now and then much."""
    return {name: round(100 * rng.expovariate(1 / 8)) for name in names}


def mean_gain(rules: ConflictRules, enters: bool) -> float:
    """Return the mean cents that one without any interest in the day has of a contest.

    He bids the least where he enters, and of those refused a random half work, he never.
    """
    rng = Random(1)
    total = 0
    for number in range(CONTESTS):
        names = people(7)
        bids = {name: min(worth, 5_000) for name, worth in values(rng, names).items()}
        case = auction_of(bids | ({BOT: 1} if enters else {}), eligible=(BOT,))
        decision = Auction(rules).resolve(case, state((*names, BOT), seats(3)), f"{number}")
        refused = [name for name in names if name not in decision.grants]
        worked = {(name, MONDAY) for name in refused if rng.random() < 0.5}
        total -= paid_in(decision).get(BOT, 0)
        total += paying_of(case, decision, worked, ()).shares.get(f"person:{BOT}", 0)
    return total / CONTESTS


@pytest.mark.parametrize(
    ("price", "distribution"), [("uniform", "on_duty"), ("uniform", "group"), ("cavallo", "pool")]
)
def test_attack_1_entry_farming(price: str, distribution: str) -> None:
    """One who enters for its own sake has no more than if he had stayed away, to a cent."""
    rules = ConflictRules(price=price, distribution=distribution)  # type: ignore[arg-type]
    assert mean_gain(rules, enters=True) - mean_gain(rules, enters=False) < 1
    literal = ConflictRules.seed()
    assert mean_gain(literal, enters=True) - mean_gain(literal, enters=False) > 300


def test_attack_2_shading() -> None:
    """The best answer to any bids is the truth: nothing below it gains, by a tenth of a credit."""
    assert max(best_deviations(UNIFORM, 1_000, 7)) < 10


def test_attack_3_price_pumping() -> None:
    """To bid too much by any factor, so that losers get more, costs who does it, on the whole."""
    for distribution in ("on_duty", "losers"):
        rules = ConflictRules(price="uniform", distribution=distribution)  # type: ignore[arg-type]
        gains = {}
        for percent in (100, 125, 150, 200, 300):
            rng = Random(3)
            total = 0
            for number in range(CONTESTS):
                names = people(7)
                worth = values(rng, names)
                bids = worth | {"P00": worth["P00"] * percent // 100}
                bids = {name: min(bid, 9_000) for name, bid in bids.items()}
                known = state(names, seats(3))
                case = auction_of(bids)
                decision = Auction(rules).resolve(case, known, f"{number}")
                refused = [name for name in names if name not in decision.grants]
                worked = {(name, MONDAY) for name in refused[: len(refused) // 2 + 1]}
                total += worth["P00"] if "P00" in decision.grants else 0
                total -= paid_in(decision).get("P00", 0)
                total += paying_of(case, decision, worked, ()).shares.get("person:P00", 0)
            gains[percent] = total / CONTESTS
        assert max(gains.values()) - gains[100] < 10


def test_attack_4_bids_over_budget() -> None:
    """No mechanism decides on more than there is; the ledger's part is tested with the bank."""
    case = auction_of({"P00": 501, "P01": 100})
    known = state(people(2), seats(1), available_cents=500)
    for mechanism in (Auction(), Lottery(), Wheel()):
        with pytest.raises(ConflictError, match="P00 bids 501 cents in all, of 500 available"):
            mechanism.resolve(case, known, "s")
    poor = state(people(2), seats(1), available_cents=-500)
    with pytest.raises(ConflictError, match="of 0 available"):
        Auction().resolve(case, poor, "s")


def test_attack_5_bids_after_the_others() -> None:
    """A commitment after the close is refused, and a bid is the one committed to or none."""
    opens = datetime(2026, 1, 1, 12)
    table = Timetable(opens, opens + timedelta(days=2), opens + timedelta(days=3))
    table.check("open", opens)
    table.check("reveal", opens + timedelta(days=2))
    for late in (
        opens + timedelta(days=2),
        opens + timedelta(days=9),
        opens - timedelta(seconds=1),
    ):
        with pytest.raises(LateError, match="when the phase is"):
            table.check("open", late)
    with pytest.raises(ConflictError, match="not in order"):
        Timetable(opens, opens, opens)

    names = people(2)
    case = auction_of(dict(zip(names, (700, 400), strict=True)))
    seals = [commitment_of("C1", c.physician, c.bid_cents, "n") for c in case.claims]
    claims = [replace(c, commitment=s, nonce="n") for c, s in zip(case.claims, seals, strict=True)]
    sniped = replace(claims[1], bid_cents=701)
    found, hidden = opened(replace(case, claims=(claims[0], sniped)))
    assert (hidden, found.claim_of("P01").bid_cents) == (("P01",), 0)
    decision = Auction().resolve(
        replace(case, claims=(claims[0], sniped)), state(names, seats(1)), "s"
    )
    assert list(decision.grants) == ["P00"]
    # Another's commitment is of no use: it binds his name.
    copied = replace(claims[1], commitment=seals[0], bid_cents=700)
    assert opened(replace(case, claims=(claims[0], copied)))[1] == ("P01",)


def test_attack_6_seed_grinding() -> None:
    """A seed is fixed by the one published before; the last to reveal can only hold back.

    Holding back leads to one seed that he could not choose, and costs a token.
    """
    chain = [seed_of("secret", 20, number) for number in range(21)]
    names = people(3)
    known = state(names, seats(1))
    outcomes = [Lottery().resolve(conflict(names), known, seed) for seed in chain]
    for seed, before, decision in zip(chain[1:], chain, outcomes[1:], strict=False):
        assert follows(seed, before)
        assert Lottery().resolve(conflict(names), known, decision.seed) == decision
    ground = next(
        f"{n}"
        for n in range(99)
        if "P00" in Lottery().resolve(conflict(names), known, f"{n}").grants
    )
    assert not any(follows(ground, seed) for seed in chain)

    whole = conflict(names)
    claims = tuple(
        replace(c, commitment=commitment_of("C1", c.physician, 0, f"n {c.physician}"))
        for c in whole.claims
    )
    revealed = tuple(replace(c, nonce=f"n {c.physician}") for c in claims)
    last = [
        replace(whole, claims=(replace(revealed[0], nonce=nonce), *revealed[1:]))
        for nonce in (None, "other 1", "other 2", "other 3")
    ]
    assert len({joint_seed("s", case) for case in last}) == 1
    assert joint_seed("s", last[0]) != joint_seed("s", replace(whole, claims=revealed))
    assert Lottery().resolve(last[0], known, "s").tokens == {"P00": 1}


def test_attack_7_urgency_inflation() -> None:
    """Who always cries has two claims of weight; then his chance is as everybody's."""
    names = people(2)
    whole = conflict(names)
    cries = replace(whole, claims=(replace(whole.claims[0], urgency="high"), whole.claims[1]))
    known = state(names, seats(1))
    tokens = ConflictRules().tokens_a_quarter
    weights = []
    for number in range(5):
        left = {**known.members, "P00": replace(known.members["P00"], tokens=tokens)}
        decision = Lottery().resolve(cries, replace(known, members=left), f"{number}")
        tokens -= decision.tokens.get("P00", 0)
        (contest,) = decision.proof["contests"].values()  # type: ignore[union-attr]
        weights.append(contest["P00"] == contest["P01"])
    assert weights == [False, False, True, True, True]


def test_attack_8_saving_ones_place() -> None:
    """Who claims nothing all year is first on the wheel of days off; holidays have their own."""
    names = people(3)
    events = [
        WheelEvent(number, "day_off", "win", (names[1 + number % 2],)) for number in range(10)
    ]
    holidays = [WheelEvent(0, "holiday", "win", (names[0],))]
    wheels = {"day_off": turns_of(events), "holiday": turns_of(holidays)}
    known = replace(state(names, seats(1)), wheels=wheels)
    day_off = Wheel().resolve(conflict(names), known, "s")
    holiday = Wheel().resolve(conflict(names, kind="holiday"), known, "s")
    assert day_off.order[0] == names[0]
    assert holiday.order[-1] == names[0]


def test_attack_20_rounding_theft() -> None:
    """Nobody has more than one odd cent of a division, and no cent is made or lost."""
    for cents in range(1, 2_000):
        shares = split(cents, dict.fromkeys(people(7), 1))
        assert sum(shares.values()) == cents
        assert max(shares.values()) - min(shares.values()) <= 1
    case = Conflict("C1", "holiday", (MONDAY,), auction_of(dict.fromkeys(people(7), 333)).claims)
    losers = Auction(ConflictRules(distribution="losers"))
    decision = losers.resolve(case, state(people(7), seats(3)), "s")
    into = sum(p.cents for p in decision.payments if p.payer.startswith("person:"))
    out = sum(p.cents for p in decision.payments if p.payer.startswith("escrow:"))
    assert into == out == 999
