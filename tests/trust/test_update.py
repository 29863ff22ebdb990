"""The weekly update: fading, caps, steps, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.trust import (
    CoDuty,
    Edge,
    Event,
    LoanEvent,
    Rating,
    Swap,
    TrustRules,
    UnknownPhysicianError,
    edge_between,
    edges_of,
    graph_of,
    new_graph,
    update,
)
from pysched.trust.graph import MILLION
from pysched.trust.update import next_score, pooled_records

RULES = TrustRules.recommended()
WEEK = date(2024, 1, 1)
NEXT = WEEK + timedelta(weeks=1)
NAMES = ("ada", "ben", "cora", "dan")
GRAPH = new_graph(NAMES)
pairs = st.permutations(NAMES).map(lambda names: names[:2])
events = st.one_of(
    st.builds(lambda p, n: Rating(WEEK, *p, n), pairs, st.integers(1, 5)),
    st.builds(
        lambda p, kind, n: LoanEvent(WEEK, *p, kind, n),
        pairs,
        st.sampled_from(["lent", "repaid", "defaulted"]),
        st.integers(1, 20_000),
    ),
    st.builds(lambda p: CoDuty(WEEK, *p), pairs),
    st.builds(lambda p, n: Swap(WEEK, *p, n), pairs, st.integers(0, 2_000)),
)


def test_good_evidence_is_capped_by_pair_and_week() -> None:
    """Three repayments of 2 credits are one unit, not two; others have their own unit."""
    paid = [LoanEvent(WEEK, "ada", "ben", "repaid", 200)] * 3
    graph = update(GRAPH, [*paid, LoanEvent(WEEK, "cora", "ben", "repaid", 150)], WEEK)
    assert edge_between(graph, "ada", "ben").repaid == MILLION
    assert edge_between(graph, "cora", "ben").repaid == MILLION // 2


def test_a_default_counts_three_times_and_is_not_capped() -> None:
    """25 credits are 8 1/3 units, three times."""
    graph = update(GRAPH, [LoanEvent(WEEK, "ada", "ben", "defaulted", 2_500)], WEEK)
    assert edge_between(graph, "ada", "ben").defaulted == 3 * 8_333_333


def test_a_record_halves_in_two_years_and_duties_in_a_quarter() -> None:
    """104 and 13 weeks; what was given does not fade."""
    edges = edges_of(GRAPH) | {
        ("ada", "ben"): Edge(5_000, 2 * MILLION, 4 * MILLION, co_duties=MILLION, given_cents=700)
    }
    start = graph_of(NAMES, edges, WEEK)
    quarter = edge_between(update(start, [], WEEK + timedelta(weeks=13)), "ada", "ben")
    later = edge_between(update(start, [], WEEK + timedelta(weeks=104)), "ada", "ben")
    assert (quarter.co_duties, quarter.given_cents) == (MILLION // 2, 700)
    assert (later.repaid, later.defaulted) == (MILLION, 2 * MILLION)


def test_every_kind_of_event_leaves_its_mark() -> None:
    """A swap is evidence for both, a rating for the rater, duties together for neither."""
    happened: list[Event] = [
        Rating(WEEK, "ada", "ben", 4),
        Swap(WEEK, "ada", "cora", 500),
        CoDuty(WEEK, "ben", "cora", 2),
        LoanEvent(WEEK, "dan", "ada", "lent", 300),
    ]
    graph = update(GRAPH, happened, WEEK)
    assert {"rating"} == edge_between(graph, "ada", "ben").evidence
    assert (500, {"swap"}) == _given(graph, "ada", "cora")
    assert (0, {"swap"}) == _given(graph, "cora", "ada")
    assert (300, {"loan"}) == _given(graph, "dan", "ada")
    assert edge_between(graph, "ben", "cora").co_duties == 2 * MILLION
    assert edge_between(graph, "cora", "ben") == edge_between(graph, "ben", "cora")


def _given(graph: object, i: str, j: str) -> tuple[int, frozenset[str]]:
    edge = edge_between(graph, i, j)
    return edge.given_cents, edge.evidence


def test_a_score_moves_slowly() -> None:
    """By 15 % of the way, at most 0.06 down and 0.02 up."""
    assert next_score(5_000, 5_100, RULES) == 5_015
    assert next_score(5_000, 9_000, RULES) == 5_200
    assert next_score(5_000, 4_800, RULES) == 4_970
    assert next_score(5_000, 0, RULES) == 4_400


def test_a_rating_alone() -> None:
    """5 stars: half confidence, raw 0.75; the first step is 0.02, as 15 % would be 0.0375."""
    graph = update(GRAPH, [Rating(WEEK, "ada", "ben", 5)], WEEK)
    assert edge_between(graph, "ada", "ben").score == 5_200
    for number in range(1, 60):
        graph = update(graph, [], WEEK + timedelta(weeks=number))
    assert edge_between(graph, "ada", "ben").score == pytest.approx(7_500, abs=4)


def test_the_pooled_record_leaves_the_lender_out() -> None:
    """What ben owes ada is no news to ada; cora knows it, with at most three units."""
    edges = edges_of(GRAPH) | {("ada", "ben"): Edge(5_000, defaulted=9 * MILLION)}
    pooled = pooled_records(edges, RULES)
    assert pooled["ada", "ben"].units == 0
    assert pooled["cora", "ben"].defaulted == pytest.approx(3)


def test_what_goes_round_in_a_circle_recommends_nobody() -> None:
    """Three good units each from ada to ben and back; a bad record counts all the same."""
    good = Edge(5_000, repaid=3 * MILLION)
    chain = edges_of(GRAPH) | {("ada", "ben"): good}
    assert pooled_records(chain, RULES)["cora", "ben"].repaid == pytest.approx(3)
    circle = chain | {("ben", "ada"): Edge(5_000, repaid=3 * MILLION, defaulted=MILLION)}
    pooled = pooled_records(circle, RULES)
    assert pooled["cora", "ben"].units == 0
    assert pooled["cora", "ada"].repaid == 0
    assert pooled["cora", "ada"].defaulted == pytest.approx(3 / 4)


def test_all_hear_of_a_default() -> None:
    """The lender's score falls most, others' too, the lender's towards others does not."""
    graph = update(GRAPH, [LoanEvent(WEEK, "ada", "ben", "defaulted", 1_000)], WEEK)
    scores = [edge_between(graph, i, "ben").score for i in ("ada", "cora")]
    assert scores[0] < scores[1] < 5_000
    assert edge_between(graph, "ada", "cora").score == 5_000


def test_the_graph_given_is_left_as_it_was() -> None:
    """And the new one cannot be changed either."""
    before = edges_of(GRAPH)
    update(GRAPH, [Rating(WEEK, "ada", "ben", 5)], WEEK)
    assert edges_of(GRAPH) == before


@pytest.mark.parametrize("week", [WEEK, WEEK - timedelta(weeks=1), NEXT + timedelta(days=1)])
def test_a_week_is_a_monday_after_the_last(week: date) -> None:
    """The clock cannot be set back."""
    with pytest.raises(ValueError, match=str(week)):
        update(update(GRAPH, [], WEEK), [], week)


def test_an_event_of_another_week_is_refused() -> None:
    """It is named."""
    with pytest.raises(ValueError, match=r"rater='ada'.* is not of the week 2024-01-08"):
        update(GRAPH, [Rating(WEEK, "ada", "ben", 5)], NEXT)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rating(WEEK, "ada", "ben", 6),
        lambda: Rating(WEEK, "ada", "ben", 4.5),
        lambda: Rating(WEEK, "ada", "ada", 5),
        lambda: LoanEvent(WEEK, "ada", "ben", "lent", 0),
        lambda: LoanEvent(WEEK, "ada", "ben", "lent", 1.0),
        lambda: Swap(WEEK, "ada", "ben", -1),
    ],
)
def test_impossible_events_are_refused(make: object) -> None:
    """Also floats, and whoever rates himself."""
    with pytest.raises(ValueError, match=r"ada|ben|whole"):
        make()


def test_who_is_not_in_the_graph_is_refused() -> None:
    """By name."""
    with pytest.raises(UnknownPhysicianError, match="eve"):
        update(GRAPH, [Rating(WEEK, "ada", "eve", 5)], WEEK)


@given(st.lists(st.lists(events, max_size=6), min_size=1, max_size=6))
def test_scores_stay_from_0_to_1_and_keep_to_their_steps(weeks: list[list[Event]]) -> None:
    """Whatever happens, in whatever order."""
    graph, week = GRAPH, WEEK
    for happened in weeks:
        moved = [type(e)(week, *_rest(e)) for e in happened]
        after = update(graph, moved, week)
        for pair, edge in edges_of(after).items():
            step = edge.score - edges_of(graph)[pair].score
            assert 0 <= edge.score <= 10_000
            assert -600 <= step <= 200
        graph, week = after, week + timedelta(weeks=1)


def _rest(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in type(event).__slots__ if name != "week")


@given(st.lists(events, max_size=8))
def test_the_order_of_events_but_ratings_does_not_matter(happened: list[Event]) -> None:
    """The last rating of a pair holds."""
    others = [event for event in happened if not isinstance(event, Rating)]
    assert edges_of(update(GRAPH, others, WEEK)) == edges_of(update(GRAPH, others[::-1], WEEK))
