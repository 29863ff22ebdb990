"""The graph: scores as stored and shown, who comes and goes, overrides, median and density."""

from datetime import date
from decimal import Decimal

import networkx as nx
import pytest

from pysched.trust import (
    CeilingError,
    Edge,
    NotOwnerError,
    Rating,
    UnknownPhysicianError,
    admit,
    density,
    dismiss,
    edge_between,
    edges_of,
    graph_of,
    last_week,
    lending_score,
    new_graph,
    pool_score,
    score_of,
    shown,
    stored,
    update,
    with_ceiling,
)

WEEK = date(2024, 1, 1)
NAMES = ("ada", "ben", "cora", "dan")
GRAPH = new_graph(NAMES)


@pytest.mark.parametrize(
    ("score", "four", "two"),
    [(8_999, "0.8999", "0.89"), (9_000, "0.9000", "0.90"), (10_000, "1.0000", "1.00")],
)
def test_scores_have_four_decimals_and_show_two(score: int, four: str, two: str) -> None:
    """Rounded down, so that what is not yet very high does not look it."""
    assert (four, two) == (str(stored(score)), str(shown(score)))
    assert score_of(four) == score_of(Decimal(four)) == score


@pytest.mark.parametrize("value", [0.9, "0.90001", "1.1", "-0.1", "NaN", "Infinity", "high", 1])
def test_what_is_no_score(value: object) -> None:
    """It is named."""
    with pytest.raises(ValueError, match="trust"):
        score_of(value)


def test_a_new_graph_knows_nothing() -> None:
    """All pairs have the default, none has evidence."""
    assert {Edge(5_000)} == set(edges_of(GRAPH).values())
    assert len(edges_of(GRAPH)) == 12
    assert last_week(GRAPH) is None
    assert density(GRAPH) == 0


def test_a_graph_is_not_changed_in_place() -> None:
    """It is frozen."""
    with pytest.raises(nx.NetworkXError):
        GRAPH.remove_node("ada")


def test_a_graph_is_its_edges() -> None:
    """So it can be stored and read back."""
    graph = update(GRAPH, [Rating(WEEK, "ada", "ben", 5)], WEEK)
    again = graph_of(NAMES, edges_of(graph), last_week(graph))
    assert edges_of(again) == edges_of(graph)
    assert (list(again), last_week(again)) == (list(NAMES), WEEK)


def test_coming_and_going() -> None:
    """A new one starts from the default, and who leaves takes nothing of others along."""
    graph = admit(update(GRAPH, [Rating(WEEK, "ada", "ben", 5)], WEEK), "eve")
    assert edge_between(graph, "eve", "ada") == edge_between(graph, "ada", "eve") == Edge(5_000)
    left = dismiss(graph, "eve")
    assert edge_between(left, "ada", "ben").score == 5_200
    with pytest.raises(UnknownPhysicianError, match="eve"):
        edge_between(left, "ada", "eve")
    with pytest.raises(ValueError, match="ada is in"):
        admit(graph, "ada")
    with pytest.raises(UnknownPhysicianError, match="zoe"):
        dismiss(graph, "zoe")
    with pytest.raises(UnknownPhysicianError, match="himself"):
        edge_between(graph, "ada", "ada")


def test_an_owner_may_only_lower_his_terms() -> None:
    """Up to his score, and back again; the score itself stays."""
    lowered = with_ceiling(GRAPH, "ada", "ada", "ben", 3_000)
    assert lending_score(lowered, "ada", "ben") == 3_000
    assert edge_between(lowered, "ada", "ben").score == 5_000
    assert lending_score(with_ceiling(lowered, "ada", "ada", "ben", None), "ada", "ben") == 5_000
    with pytest.raises(CeilingError, match=r"0\.5001"):
        with_ceiling(GRAPH, "ada", "ada", "ben", 5_001)
    with pytest.raises(NotOwnerError, match="cora cannot decide what ada thinks of ben"):
        with_ceiling(GRAPH, "cora", "ada", "ben", 3_000)


def test_an_override_outlives_the_week() -> None:
    """It lowers the terms until it is taken back."""
    graph = update(with_ceiling(GRAPH, "ada", "ada", "ben", 2_000), [], WEEK)
    assert lending_score(graph, "ada", "ben") == 2_000


def test_the_score_towards_the_pool_is_the_median() -> None:
    """Of three incoming scores the middle one, of two the lower one."""
    edges = edges_of(GRAPH) | {
        ("ada", "dan"): Edge(9_900),
        ("ben", "dan"): Edge(6_100),
        ("cora", "dan"): Edge(4_000),
    }
    graph = graph_of(NAMES, edges, None)
    assert pool_score(graph, "dan") == 6_100
    assert pool_score(dismiss(graph, "ada"), "dan") == 4_000
    assert pool_score(new_graph(["ada"]), "ada") == 5_000


def test_density_wants_trust_and_evidence() -> None:
    """Of three rated pairs one is below one half."""
    edges = edges_of(GRAPH) | {
        ("ada", "dan"): Edge(9_900, evidence=frozenset({"rating"})),
        ("ben", "dan"): Edge(5_000, evidence=frozenset({"swap"})),
        ("cora", "dan"): Edge(4_999, evidence=frozenset({"loan"})),
        ("dan", "ada"): Edge(9_900),
    }
    assert density(graph_of(NAMES, edges, None)) == 2 / 12
    assert density(new_graph([])) == 0
