"""Each factor of trust, computed by hand."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.trust.factors import (
    Factors,
    Record,
    beta_mean,
    capped,
    collaboration,
    factors,
    rating,
    raw_score,
    reciprocity,
    reliability,
)
from pysched.trust.graph import MILLION, Edge
from pysched.trust.rules import TrustRules

RULES = TrustRules.recommended()
shares = st.none() | st.floats(0, 1)
amounts = st.integers(0, 10**9)


def edge(**what: int) -> Edge:
    """Return an edge with some evidence."""
    return Edge(5_000, **what)


def test_reliability_has_the_record_at_others_as_prior() -> None:
    """Two units repaid here, at others 3 repaid and 1 not: r = 4/6, (2 + 2 r) / (2 + 2)."""
    assert beta_mean(Record(3, 1)) == pytest.approx(4 / 6)
    assert reliability(Record(2, 0), Record(3, 1), RULES) == pytest.approx((2 + 8 / 6) / 4)


def test_reliability_of_own_record_alone() -> None:
    """Without others r is one half: 1 repaid, 3 not give 2 of 6."""
    assert reliability(Record(1, 3), Record(), RULES) == pytest.approx(2 / 6)


def test_others_warn_whom_they_cannot_recommend() -> None:
    """Who never lent to somebody takes over a bad record only."""
    assert reliability(Record(), Record(9, 0), RULES) is None
    assert reliability(Record(), Record(0, 2), RULES) == pytest.approx(1 / 4)


def test_one_lender_counts_at_most_three_units() -> None:
    """In proportion: of 6 repaid and 3 not a third each."""
    assert capped(Record(6, 3), RULES) == Record(pytest.approx(2), pytest.approx(1))
    assert capped(Record(2, 1), RULES) == Record(2, 1)


@pytest.mark.parametrize(("stars", "expected"), [(1, 0), (2, 0.25), (3, 0.5), (5, 1)])
def test_rating(stars: int, expected: float) -> None:
    """From 1 star to 5."""
    assert rating(edge(stars=stars), edge(), RULES) == expected


def test_praise_that_is_returned_counts_for_less() -> None:
    """5 for 5 is as 4, in the seed's profile as 5; 5 for 4, and 4 for 5, are what they are."""
    assert rating(edge(stars=5), edge(stars=5), RULES) == 0.75
    assert rating(edge(stars=5), edge(stars=5), TrustRules.seed()) == 1
    assert rating(edge(stars=5), edge(stars=4), RULES) == 1
    assert rating(edge(stars=4), edge(stars=5), RULES) == 0.75
    assert rating(edge(), edge(stars=5), RULES) is None


def test_collaboration() -> None:
    """One and a half duties together give 1 - 1/e; with less than one it is missing."""
    together = collaboration(edge(co_duties=1_500_000), RULES)
    assert together == pytest.approx(1 - exp(-1))
    assert collaboration(edge(co_duties=MILLION - 1), RULES) is None
    assert collaboration(edge(co_duties=MILLION), RULES) == pytest.approx(1 - exp(-2 / 3))


def test_reciprocity() -> None:
    """Six credits given for two got: 1 - 4/8; below a volume of 5 it is missing."""
    assert reciprocity(edge(given_cents=600), edge(given_cents=200), RULES) == 0.5
    assert reciprocity(edge(given_cents=250), edge(given_cents=250), RULES) == 1
    assert reciprocity(edge(given_cents=250), edge(given_cents=249), RULES) is None


def test_what_is_missing_has_no_weight() -> None:
    """A rating of 1 and reciprocity 0.5, weights 20 each, two units: 0.5 + 2/3 x 0.25."""
    found = Factors(None, 1.0, None, 0.5, units=2)
    assert raw_score(found, RULES) == round(10_000 * (0.5 + 2 / 3 * 0.25))


def test_all_four() -> None:
    """By the weights 45, 20, 15 and 20, with 3 units of loans and one each of the rest."""
    found = factors(
        edge(repaid=3 * MILLION, stars=4, co_duties=3 * MILLION, given_cents=900),
        edge(given_cents=300),
        Record(),
        RULES,
    )
    score = 0.45 * 4 / 5 + 0.2 * 0.75 + 0.15 * (1 - exp(-2)) + 0.2 * 0.5
    assert found.units == 6
    assert raw_score(found, RULES) == round(10_000 * (0.5 + 6 / 7 * (score - 0.5)))


def test_nothing_known_is_the_default() -> None:
    """One half."""
    assert raw_score(factors(edge(), edge(), Record(), RULES), RULES) == 5_000


@given(
    st.builds(
        Edge,
        score=st.integers(0, 10_000),
        repaid=amounts,
        defaulted=amounts,
        stars=st.none() | st.integers(1, 5),
        co_duties=amounts,
        given_cents=amounts,
    ),
    st.builds(Edge, score=st.just(0), given_cents=amounts),
    st.builds(Record, st.floats(0, 50), st.floats(0, 50)),
)
def test_factors_and_score_are_from_0_to_1(one: Edge, back: Edge, pooled: Record) -> None:
    """Whatever happened."""
    found = factors(one, back, pooled, RULES)
    parts = (found.reliability, found.rating, found.collaboration, found.reciprocity)
    assert all(part is None or 0 <= part <= 1 for part in parts)
    assert 0 <= raw_score(found, RULES) <= 10_000
