"""The weekly update of trust: evidence fades, events add to it, scores follow slowly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pysched.trust.circles import circles_of
from pysched.trust.events import CoDuty, Event, LoanEvent, Rating, Swap, pair_of
from pysched.trust.factors import Record, capped, factors, raw_score, record_of
from pysched.trust.graph import (
    MILLION,
    Edge,
    Evidence,
    edges_of,
    graph_of,
    last_week,
    refuse_strangers,
)
from pysched.trust.rules import RECOMMENDED, TrustRules

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

Edges = dict[tuple[str, str], Edge]
_LOAN: frozenset[Evidence] = frozenset({"loan"})
_RATING: frozenset[Evidence] = frozenset({"rating"})
_SWAP: frozenset[Evidence] = frozenset({"swap"})


def update(
    graph: TrustGraph, events: Iterable[Event], week: date, rules: TrustRules = RECOMMENDED
) -> TrustGraph:
    """Return the graph after a week; the given one is left as it was.

    Args:
        graph: after the week before.
        events: of the week, in any order, except that the last rating of a pair holds.
        week: its Monday, after that of the last update.
        rules: of trust.

    Raises:
        UnknownPhysicianError: an event names somebody who is not in the graph.
        ValueError: the week is not a Monday after the last one, or an event is of another.
    """
    before = last_week(graph)
    if week.weekday() or (before is not None and week <= before):
        raise ValueError(f"week {week} is not a Monday after {before}, the last week of trust")
    happened = list(events)
    for event in happened:
        refuse_strangers(graph, pair_of(event))
        if event.week != week:
            raise ValueError(f"{event} is not of the week {week}")
    passed = 1 if before is None else (week - before).days // 7
    edges = _faded(edges_of(graph), passed, rules)
    _add_loans(edges, happened, rules)
    for event in happened:
        _add(edges, event)
    return graph_of(graph, _adjusted(edges, rules), week)


def pooled_records(
    edges: Mapping[tuple[str, str], Edge], rules: TrustRules
) -> dict[tuple[str, str], Record]:
    """Return (lender, borrower) -> the borrower's record at all other lenders.

    What goes round in a circle recommends nobody to those outside it: the good record of a pair
    that lends often and gets as many loans back by way of others does not count, the bad one does.
    """
    circular = _circular(edges, rules)
    parts = {
        pair: replace(part, repaid=0.0) if pair in circular else part
        for pair, edge in edges.items()
        for part in [capped(record_of(edge), rules)]
    }
    totals: defaultdict[str, Record] = defaultdict(Record)
    for (_, borrower), part in parts.items():
        if part.units:
            totals[borrower] += part
    return {pair: totals[pair[1]] - part for pair, part in parts.items()}


def _circular(edges: Mapping[tuple[str, str], Edge], rules: TrustRules) -> set[tuple[str, str]]:
    """Return the pairs with so good a record that lie on a circle of such pairs."""
    return {pair for circle in circles_of(edges, rules) for pair in circle}


def _faded(edges: Edges, weeks: int, rules: TrustRules) -> Edges:
    """Return the edges with what fades faded; amounts are whole millionths."""
    record = 0.5 ** (weeks / rules.record_half_life_weeks)
    duties = 0.5 ** (weeks / rules.duty_half_life_weeks)
    return {
        pair: replace(
            edge,
            repaid=round(edge.repaid * record),
            defaulted=round(edge.defaulted * record),
            co_duties=round(edge.co_duties * duties),
        )
        for pair, edge in edges.items()
    }


def _add_loans(edges: Edges, events: Iterable[Event], rules: TrustRules) -> None:
    """Add repayments, capped by pair and week, and defaults, which never are."""
    cents: Counter[tuple[str, str, str]] = Counter()
    for event in events:
        if isinstance(event, LoanEvent):
            cents[event.lender, event.borrower, event.kind] += event.cents
    for (lender, borrower, kind), amount in cents.items():
        edge, units = edges[lender, borrower], amount * MILLION // rules.unit_cents
        if kind == "repaid":
            good = min(units, rules.week_cap_units * MILLION)
            edge = replace(edge, repaid=edge.repaid + good)
        elif kind == "defaulted":
            edge = replace(edge, defaulted=edge.defaulted + rules.default_factor * units)
        else:
            edge = replace(edge, given_cents=edge.given_cents + amount)
        edges[lender, borrower] = replace(edge, evidence=edge.evidence | _LOAN)


def _add(edges: Edges, event: Event) -> None:
    """Add what is not about loans."""
    one, other = pair_of(event)
    there, back = edges[one, other], edges[other, one]
    match event:
        case Rating():
            evidence = there.evidence | _RATING
            edges[one, other] = replace(there, stars=event.stars, evidence=evidence)
        case CoDuty():
            more = event.count * MILLION
            edges[one, other] = replace(there, co_duties=there.co_duties + more)
            edges[other, one] = replace(back, co_duties=back.co_duties + more)
        case Swap():
            given = there.given_cents + event.cents
            evidence = there.evidence | _SWAP
            edges[one, other] = replace(there, given_cents=given, evidence=evidence)
            edges[other, one] = replace(back, evidence=back.evidence | _SWAP)


def _adjusted(edges: Edges, rules: TrustRules) -> Edges:
    """Return the edges with scores a step nearer to what their factors speak for."""
    pooled = pooled_records(edges, rules)
    return {
        (i, j): replace(
            edge,
            score=next_score(
                edge.score,
                raw_score(factors(edge, edges[j, i], pooled[i, j], rules), rules),
                rules,
            ),
        )
        for (i, j), edge in edges.items()
    }


def next_score(score: int, raw: int, rules: TrustRules) -> int:
    """Return a score after a week: part of the way to the raw one, quicker down than up."""
    step = round(rules.pull_percent * (raw - score) / 100)
    return score + max(-rules.most_fall, min(rules.most_rise, step))
