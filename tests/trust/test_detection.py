"""What is told for review, and what is not."""

from datetime import date, timedelta

from pysched.trust import Edge, LoanEvent, edges_of, findings, graph_of, new_graph
from pysched.trust.detection import high_ranks, loan_rings, rating_cliques

WEEK = date(2024, 6, 3)
NAMES = tuple("abcdefgh")
RATED = frozenset({"rating"})


def lent(pairs: list[str], weeks: int, kind: str = "lent") -> list[LoanEvent]:
    """Return loans of pairs, one a week."""
    return [
        LoanEvent(WEEK - timedelta(weeks=n), *pair, kind, 500)
        for pair in pairs
        for n in range(weeks)
    ]


def test_a_ring_is_told() -> None:
    """From its first name on, with how often."""
    found = loan_rings(lent(["bc", "ca", "ab"], 4), WEEK)
    assert [finding.physicians for finding in found] == [("a", "b", "c")]
    assert found[0].sentence == (
        "a -> b -> c -> a: each lent to the next in at least 4 weeks since 2023-12-04."
    )


def test_two_who_lend_to_each_other_are_a_ring() -> None:
    """The shortest there is."""
    assert [f.physicians for f in loan_rings(lent(["ab", "ba"], 3), WEEK)] == [("a", "b")]


def test_what_is_no_ring() -> None:
    """A chain, few loans, long ago, and repayments alone."""
    ring = ["ab", "bc", "ca"]
    assert loan_rings(lent(["ab", "bc", "cd"], 9), WEEK) == []
    assert loan_rings(lent(ring, 2), WEEK) == []
    assert loan_rings(lent(ring, 9), WEEK + timedelta(weeks=40)) == []
    assert loan_rings(lent(ring, 9, "repaid"), WEEK) == []


def rated(stars: dict[str, int], rest: int) -> dict[tuple[str, str], Edge]:
    """Return the edges of all who rated each other, most of them the same."""
    graph = new_graph(NAMES)
    return {
        (i, j): Edge(5_000, stars=stars.get(i + j, rest), evidence=RATED)
        for i, j in edges_of(graph)
    }


CLIQUE = dict.fromkeys(["ab", "ba", "ac", "ca", "bc", "cb"], 5)


def test_a_clique_that_others_see_lower() -> None:
    """It is told with both means."""
    found = rating_cliques(graph_of(NAMES, rated(CLIQUE, 3), WEEK))
    assert [finding.physicians for finding in found] == [("a", "b", "c")]
    assert found[0].sentence == (
        "a, b, c all rate each other 5, the others 3.0 on average, and are rated 3.0 by them."
    )


def test_a_clique_that_nobody_else_rates() -> None:
    """It is told too."""
    edges = edges_of(new_graph(NAMES)) | {
        (pair[0], pair[1]): Edge(5_000, stars=5) for pair in CLIQUE
    }
    (found,) = rating_cliques(graph_of(NAMES, edges, WEEK))
    assert found.sentence == (
        "a, b, c all rate each other 5, nobody else, and are rated by nobody else."
    )


def test_friends_whom_all_like_are_none() -> None:
    """Neither are two who like each other."""
    assert rating_cliques(graph_of(NAMES, rated(CLIQUE, 4), WEEK)) == []
    assert rating_cliques(graph_of(NAMES, rated({"ab": 5, "ba": 5}, 3), WEEK)) == []


def test_the_rank_of_a_clique_stands_out() -> None:
    """Three who trust each other wholly and nobody else, among eight."""
    edges = {
        pair: Edge(5_600 if pair[0] > "c" else 3_000, evidence=RATED)
        for pair in edges_of(new_graph(NAMES))
    }
    even = graph_of(NAMES, dict.fromkeys(edges, Edge(5_600, evidence=RATED)), WEEK)
    edges |= {(pair[0], pair[1]): Edge(10_000, evidence=RATED) for pair in CLIQUE}
    assert high_ranks(even) == []
    found = high_ranks(graph_of(NAMES, edges, WEEK))
    assert [finding.physicians for finding in found] == [("a",), ("b",), ("c",)]
    assert "times the median" in found[0].sentence


def test_all_findings_together() -> None:
    """A new network has none; ranks wait until there is evidence."""
    assert findings(new_graph(NAMES), [], WEEK) == []
    one = graph_of(NAMES, edges_of(new_graph(NAMES)) | {("a", "b"): Edge(9_000)}, WEEK)
    assert findings(one, [], WEEK) == []
    assert [f.kind for f in findings(one, lent(["ab", "ba"], 3), WEEK)] == ["ring"]
