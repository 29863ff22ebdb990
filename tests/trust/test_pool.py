"""Trust towards the pool where some lend to each other in a circle."""

from __future__ import annotations

from pysched.trust import Edge, TrustRules, edges_of, graph_of, new_graph, pool_score
from pysched.trust.circles import circles_of, small_circles
from pysched.trust.graph import MILLION

NAMES = [f"P{number}" for number in range(1, 10)]
RING = (("P1", "P2"), ("P2", "P3"), ("P3", "P1"))
GOOD = Edge(9_000, repaid=3 * MILLION)
SOME = Edge(6_000)
RULES = TrustRules.recommended()


def edges_with(*pairs: tuple[str, str], good: Edge = GOOD) -> dict[tuple[str, str], Edge]:
    """Return edges of a score of 0.6, but of 0.9 with a good record for some pairs."""
    return dict.fromkeys(edges_of(new_graph(NAMES)), SOME) | dict.fromkeys(pairs, good)


def test_who_is_on_a_circle() -> None:
    """All pairs of it, not those that only lead to it; with less of a record there is none."""
    edges = edges_with(*RING, ("P4", "P1"), ("P5", "P6"), ("P6", "P5"))
    assert circles_of(edges, RULES) == [frozenset(RING), frozenset({("P5", "P6"), ("P6", "P5")})]
    less = edges_with(*RING, good=Edge(9_000, repaid=3 * MILLION - 1))
    assert circles_of(less, RULES) == []


def test_a_circle_is_small_up_to_a_third_of_all() -> None:
    """Of 9 three are one, of 8 they are not: 37.5 % is above 34."""
    ring = frozenset({"P1", "P2", "P3"})
    assert small_circles(edges_with(*RING), 9, RULES) == dict.fromkeys(sorted(ring), ring)
    assert small_circles(edges_with(*RING), 8, RULES) == {}
    assert small_circles(edges_with(*RING), 9, TrustRules.seed()) == {}


def test_what_a_circle_thinks_of_its_own_counts_as_the_least() -> None:
    """Of P1's eight scores three are 0.9; those of P2 and P3 are no help, that of P4 is one."""
    scores = [5_000, 5_500, 6_000, 6_500, 7_000]
    others = {(f"P{n}", "P1"): Edge(score) for n, score in enumerate(scores, 5)}
    edges = edges_with(*RING) | {("P2", "P1"): Edge(9_000), ("P4", "P1"): GOOD} | others
    graph = graph_of(NAMES, edges, None)
    assert pool_score(graph, "P1", TrustRules.seed()) == 6_500
    assert pool_score(graph, "P1") == 5_500
