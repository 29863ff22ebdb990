"""The trust graph: a directed edge from each physician to each other, with score and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

import networkx as nx

from pysched.trust.rules import RECOMMENDED, TrustRules

if TYPE_CHECKING:
    TrustGraph: TypeAlias = "nx.DiGraph[str]"

Evidence = Literal["rating", "loan", "swap"]

ONE = 10_000
"""A score of 1 in ten-thousandths."""
MILLION = 1_000_000
_STORED, _SHOWN = Decimal("0.0001"), Decimal("0.01")


class UnknownPhysicianError(ValueError):
    """A name that is not of the trust graph."""


class NotOwnerError(ValueError):
    """Somebody wants to decide over a relationship that is not his."""


class CeilingError(ValueError):
    """An override that would not lower the lending terms."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What one physician has seen of another; all that is stored of the pair.

    Args:
        score: in ten-thousandths.
        repaid: good record as lender, in millionths of a unit, fading.
        defaulted: bad record as lender, weighted, in millionths of a unit, fading.
        stars: the last rating he gave, 1 to 5.
        co_duties: duties together in millionths, fading.
        given_cents: lent or worth of duties taken over, since ever.
        evidence: kinds of evidence there are.
        ceiling: the score above which the owner does not lend, None for no override.
    """

    score: int
    repaid: int = 0
    defaulted: int = 0
    stars: int | None = None
    co_duties: int = 0
    given_cents: int = 0
    evidence: frozenset[Evidence] = frozenset()
    ceiling: int | None = None


def score_of(value: str | Decimal) -> int:
    """Return a score from 0 to 1 in ten-thousandths.

    Raises:
        ValueError: it is no such number, or has more than four decimals.
    """
    if not isinstance(value, str | Decimal):
        raise ValueError(f"trust {value!r} is not a decimal")
    try:
        exact = Decimal(value) * ONE
    except ArithmeticError:
        raise ValueError(f"trust {value!r} is not a number") from None
    if not exact.is_finite() or not 0 <= exact <= ONE or exact != int(exact):
        raise ValueError(f"trust {value} is not from 0 to 1 with at most four decimals")
    return int(exact)


def stored(score: int) -> Decimal:
    """Return a score with the four decimals it is stored with."""
    return (Decimal(score) / ONE).quantize(_STORED)


def shown(score: int) -> Decimal:
    """Return a score with the two decimals it is shown with, rounded down.

    So 0.8999, which is not yet very high, is not shown as 0.90.
    """
    return (Decimal(score) / ONE).quantize(_SHOWN, rounding=ROUND_DOWN)


def new_graph(physicians: Iterable[str], rules: TrustRules = RECOMMENDED) -> TrustGraph:
    """Return the graph of physicians who know nothing of each other yet."""
    names = sorted(set(physicians))
    edges = {(i, j): Edge(rules.default_score) for i in names for j in names if i != j}
    return graph_of(names, edges, None)


def graph_of(
    physicians: Iterable[str], edges: Mapping[tuple[str, str], Edge], week: date | None
) -> TrustGraph:
    """Return a graph nobody can change, of physicians and edges as stored.

    Args:
        physicians: all of them.
        edges: (from, to) -> what one has seen of the other.
        week: Monday of the last update, None before the first.
    """
    graph: TrustGraph = nx.DiGraph(week=week)
    graph.add_nodes_from(sorted(physicians))
    for (i, j), edge in sorted(edges.items(), key=lambda item: item[0]):
        graph.add_edge(i, j, edge=edge, score=edge.score)
    nx.freeze(graph)
    return graph


def last_week(graph: TrustGraph) -> date | None:
    """Return the Monday of the last update, None before the first."""
    week: date | None = graph.graph["week"]
    return week


def edge_between(graph: TrustGraph, i: str, j: str) -> Edge:
    """Return what i has seen of j.

    Raises:
        UnknownPhysicianError: one of them is not in the graph, or they are one.
    """
    refuse_strangers(graph, (i, j))
    if i == j:
        raise UnknownPhysicianError(f"{i} has no trust in himself")
    edge: Edge = graph.edges[i, j]["edge"]
    return edge


def edges_of(graph: TrustGraph) -> dict[tuple[str, str], Edge]:
    """Return all edges, to be stored or changed."""
    return {(i, j): data["edge"] for i, j, data in graph.edges(data=True)}


def refuse_strangers(graph: TrustGraph, physicians: Iterable[str]) -> None:
    """Raise unless all are in the graph.

    Raises:
        UnknownPhysicianError: names the first who is not.
    """
    for physician in physicians:
        if physician not in graph:
            raise UnknownPhysicianError(f"{physician} is no physician of this network")


def admit(graph: TrustGraph, physician: str, rules: TrustRules = RECOMMENDED) -> TrustGraph:
    """Return the graph with somebody new in it, whom all give the default score.

    Raises:
        ValueError: he is there already.
    """
    if physician in graph:
        raise ValueError(f"{physician} is in the trust graph already")
    edges = edges_of(graph)
    for other in graph:
        edges[physician, other] = edges[other, physician] = Edge(rules.default_score)
    return graph_of([*graph, physician], edges, last_week(graph))


def dismiss(graph: TrustGraph, physician: str) -> TrustGraph:
    """Return the graph without somebody who left.

    Raises:
        UnknownPhysicianError: he is not there.
    """
    refuse_strangers(graph, [physician])
    kept = {pair: edge for pair, edge in edges_of(graph).items() if physician not in pair}
    return graph_of([p for p in graph if p != physician], kept, last_week(graph))


def with_ceiling(
    graph: TrustGraph, caller: str, lender: str, borrower: str, ceiling: int | None
) -> TrustGraph:
    """Return the graph where a lender lends as if the score were at most `ceiling`.

    Args:
        graph: before.
        caller: who asks for it.
        lender: whose lending it is.
        borrower: towards whom.
        ceiling: in ten-thousandths, None takes the override back.

    Raises:
        UnknownPhysicianError: one of them is not in the graph.
        NotOwnerError: the caller is not the lender.
        CeilingError: it would not lower the score, which is how far he may go.
    """
    edge = edge_between(graph, lender, borrower)
    refuse_others(caller, lender, borrower)
    if ceiling is not None and not 0 <= ceiling <= edge.score:
        raise CeilingError(
            f"override {stored(ceiling)} of {lender} towards {borrower} does not lower the terms:"
            f" the score is {stored(edge.score)}"
        )
    edges = edges_of(graph) | {(lender, borrower): replace(edge, ceiling=ceiling)}
    return graph_of(graph, edges, last_week(graph))


def refuse_others(caller: str, owner: str, other: str) -> None:
    """Raise unless the caller owns the relationship, also before a rating is taken.

    Raises:
        NotOwnerError: it is about third persons.
    """
    if caller != owner:
        raise NotOwnerError(f"{caller} cannot decide what {owner} thinks of {other}")


def lending_score(graph: TrustGraph, lender: str, borrower: str) -> int:
    """Return the score at which a lender lends: his own, or lower where he said so."""
    edge = edge_between(graph, lender, borrower)
    return edge.score if edge.ceiling is None else min(edge.score, edge.ceiling)


def density(graph: TrustGraph, rules: TrustRules = RECOMMENDED) -> float:
    """Return the share of ordered pairs with trust that rests on evidence.

    Without the second condition the default score would make every network dense on day one.
    """
    edges = edges_of(graph).values()
    dense = sum(bool(edge.evidence) and edge.score >= rules.dense_score for edge in edges)
    return dense / len(edges) if edges else 0.0
