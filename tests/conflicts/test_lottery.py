"""The weighted lottery: its frequencies, its weights, and that nobody can turn it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import log

import pytest
from scipy.stats import chisquare

from pysched.conflicts import Conflict, ConflictError, ConflictRules, Standing
from pysched.conflicts.draw import draw, follows, key_of, lots, seed_of, uniform_of
from pysched.conflicts.lottery import Lottery, weight_of
from pysched.conflicts.sealed import commitment_of, joint_seed
from tests.conflicts.worlds import MONDAY, conflict, days, people, seats, state

RULES = ConflictRules()
DRAWS = 20_000


def test_who_comes_first_has_the_frequency_of_his_weight() -> None:
    """Efraimidis and Spirakis 2006: P(first) = w / W; chi-square over 20,000 draws, p > 0.001."""
    weights = {"A": Fraction(1), "B": Fraction(2), "C": Fraction(3), "D": Fraction(4)}
    firsts = dict.fromkeys(weights, 0)
    seconds = dict.fromkeys(weights, 0)
    for number in range(DRAWS):
        first, second, *_ = draw(f"seed {number}", "C1", weights)
        firsts[first] += 1
        seconds[second] += 1
    total = sum(weights.values())
    expected = [float(DRAWS * weights[name] / total) for name in weights]
    assert chisquare(list(firsts.values()), expected).pvalue > 0.001
    # P(second) = sum over who was first of his chance times w / (W - his weight).
    for name, own in weights.items():
        chance = sum(
            (w / total * own / (total - w) for other, w in weights.items() if other != name),
            Fraction(0),
        )
        assert abs(seconds[name] / DRAWS - float(chance)) < 0.012


def test_lots_are_even() -> None:
    """All six orders of three are equally likely: chi-square, p > 0.001."""
    counts = dict.fromkeys(permutations("ABC"), 0)
    for number in range(3_000):
        counts[lots(f"{number}", "ties", "ABC")] += 1  # type: ignore[index]
    assert chisquare(list(counts.values())).pvalue > 0.001


def test_the_order_of_entry_does_not_matter() -> None:
    """Claims in any order give the same decision."""
    rules = Lottery(RULES)
    whole = conflict(people(5), days(3))
    known = state(people(5), seats(2, days(3)))
    first = rules.resolve(whole, known, "s")
    for order in list(permutations(whole.claims))[::7]:
        mixed = Conflict("C1", "day_off", tuple(reversed(whole.days)), order)
        assert rules.resolve(mixed, known, "s") == first


def test_who_leaves_changes_nobody_elses_place() -> None:
    """The others keep their order, as each has a number of his own."""
    weights = dict.fromkeys(people(6), Fraction(1))
    order = draw("s", "C1", weights)
    for gone in order:
        rest = {name: weight for name, weight in weights.items() if name != gone}
        assert draw("s", "C1", rest) == tuple(name for name in order if name != gone)


def test_numbers_are_within_0_and_1_and_keys_exact() -> None:
    """53 bits and a half; a key is the same in digits on every machine."""
    numbers = [uniform_of("s", f"{number}") for number in range(2_000)]
    assert 0 < min(numbers) < max(numbers) < 1
    assert abs(sum(numbers) / 2_000 - Decimal("0.5")) < Decimal("0.02")
    key = key_of("s", "C1|A", Fraction(2))
    assert key == Decimal("0.12205105288338564141")
    assert abs(float(key) + log(uniform_of("s", "C1|A")) / 2) < 1e-15


@pytest.mark.parametrize(
    ("standing", "weight"),
    [
        (Standing("A"), Fraction(1)),
        (Standing("A", available_cents=5_000), Fraction(3, 2)),
        (Standing("A", available_cents=50_000), Fraction(2)),
        (Standing("A", available_cents=-20_000), Fraction(1, 2)),
        (Standing("A", seniority_years=Decimal("10")), Fraction(3, 2)),
        (Standing("A", seniority_years=Decimal("45")), Fraction(2)),
        (Standing("A", wins=2), Fraction(16, 25)),
    ],
)
def test_a_weight_is_the_product_of_the_proposal(standing: Standing, weight: Fraction) -> None:
    """Each factor alone; credits and years within limits, so that none is negative."""
    assert weight_of(standing, Fraction(1), 0, RULES) == weight


def test_an_urgency_counts_and_costs_a_token() -> None:
    """With a token for it; without one it is no urgency. Nobody pays where nothing is contested."""
    names = people(2)
    urgent = conflict(names, urgency="high")
    for tokens, weight in ((1, "4"), (0, "2")):
        known = state(names, seats(1), tokens=tokens)
        decision = Lottery(RULES).resolve(urgent, known, "s")
        (contest,) = decision.proof["contests"].values()  # type: ignore[union-attr]
        assert set(contest.values()) == {weight}
        assert decision.tokens == (dict.fromkeys(names, 1) if tokens else {})
    calm = Lottery(RULES).resolve(urgent, state(names, seats(2), tokens=1), "s")
    assert (calm.tokens, calm.mechanism, calm.moved) == ({}, "none", ())


def test_wins_in_a_conflict_count_for_its_next_days() -> None:
    """Who won on one day weighs less on the next."""
    names = people(3)
    decision = Lottery(RULES).resolve(
        conflict(names, days(3)), state(names, seats(1, days(3))), "s"
    )
    contests = list(decision.proof["contests"].values())  # type: ignore[union-attr]
    assert [sorted(contest.values()).count("8/5") for contest in contests][:2] == [0, 1]


def test_who_is_owed_comes_first() -> None:
    """Mandatory compensation goes before any draw."""
    names = people(4)
    known = state(names, seats(1))
    members = {**known.members, "P03": replace(known.members["P03"], due=True)}
    known = replace(known, members=members)
    for number in range(20):
        assert list(Lottery(RULES).resolve(conflict(names), known, f"{number}").grants) == ["P03"]


def test_seeds_follow_one_another() -> None:
    """Each is the hash of the next, and none can be told from those before."""
    chain = [seed_of("secret", 5, number) for number in range(6)]
    assert all(follows(chain[number + 1], chain[number]) for number in range(5))
    assert not follows(chain[3], chain[1])
    with pytest.raises(ConflictError, match="seed 6 is not from 0 to 5"):
        seed_of("secret", 5, 6)


def test_all_who_reveal_make_the_seed() -> None:
    """Any nonce changes it; one held back counts by its commitment; without any it is given."""
    names = people(3)
    plain = conflict(names)
    assert joint_seed("s", plain) == "s"
    sealed = replace(
        plain,
        claims=tuple(
            replace(c, commitment=commitment_of("C1", c.physician, 0, f"n{c.physician}"))
            for c in plain.claims
        ),
    )
    shown = replace(
        sealed, claims=tuple(replace(c, nonce=f"n{c.physician}") for c in sealed.claims)
    )
    held = replace(shown, claims=(replace(shown.claims[0], nonce=None), *shown.claims[1:]))
    forged = replace(shown, claims=(replace(shown.claims[0], nonce="x"), *shown.claims[1:]))
    seeds = {joint_seed("s", case) for case in (sealed, shown, held)}
    assert len(seeds) == 3
    assert joint_seed("s", forged) == joint_seed("s", held)
    decision = Lottery(RULES).resolve(held, state(names, seats(1)), "s")
    assert decision.tokens == {"P00": 1}
    assert decision.proof["not revealed"] == ["P00"]
    assert decision.proof["joint seed"] == joint_seed("s", held)


def test_a_draw_names_the_day() -> None:
    """Days of one conflict are drawn apart."""
    names = people(14)
    decision = Lottery(RULES).resolve(
        conflict(names, days(2)), state(names, seats(7, days(2))), "s"
    )
    both = [name for name, got in decision.grants.items() if len(got) == 2]
    assert 0 < len(both) < 7
    assert all(day >= MONDAY for got in decision.grants.values() for day in got)
