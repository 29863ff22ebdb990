"""What looks like trust made up: findings for a person to review, never a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING, Literal

import networkx as nx

from pysched.trust.events import MOST_STARS, LoanEvent
from pysched.trust.graph import density, edges_of
from pysched.trust.rules import RECOMMENDED, TrustRules

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something to be reviewed.

    Args:
        kind: a rank out of proportion, a ring of loans, or a clique of ratings.
        physicians: whom it is about.
        sentence: what was seen.
    """

    kind: Literal["rank", "ring", "clique"]
    physicians: tuple[str, ...]
    sentence: str


def findings(
    graph: TrustGraph,
    loans: Iterable[LoanEvent],
    week: date,
    rules: TrustRules = RECOMMENDED,
) -> list[Finding]:
    """Return all that is to be reviewed.

    Args:
        graph: of trust.
        loans: loan events of at least the last weeks; only those that say `lent` count.
        week: the Monday of the review.
        rules: of trust.
    """
    return [
        *high_ranks(graph, rules),
        *loan_rings(loans, week, rules),
        *rating_cliques(graph, rules),
    ]


def high_ranks(graph: TrustGraph, rules: TrustRules = RECOMMENDED) -> list[Finding]:
    """Return those whose rank by trust above the default is far above the median rank.

    The rank is PageRank (Brin and Page, 1998); in it who is trusted by the trusted stands out,
    and with it a clique that trusts nobody else. Before enough pairs have evidence a rank says
    nothing.
    """
    excess: nx.DiGraph[str] = nx.DiGraph()
    excess.add_nodes_from(graph)
    for (i, j), edge in edges_of(graph).items():
        if edge.score > rules.default_score:
            excess.add_edge(i, j, weight=edge.score - rules.default_score)
    if density(graph, rules) * 100 < rules.rank_density_percent:
        return []
    ranks = nx.pagerank(excess, alpha=rules.damping_percent / 100)
    middle = median(ranks.values())
    return [
        Finding(
            "rank",
            (physician,),
            f"The trust rank of {physician} is {rank / middle:.1f} times the median of all.",
        )
        for physician, rank in sorted(ranks.items())
        if rank * 100 > rules.rank_percent * middle
    ]


def loan_rings(
    loans: Iterable[LoanEvent], week: date, rules: TrustRules = RECOMMENDED
) -> list[Finding]:
    """Return rings in which each lends to the next again and again, and the last to the first."""
    since = week - timedelta(weeks=rules.ring_weeks)
    weeks: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
    for loan in loans:
        if loan.kind == "lent" and since < loan.week <= week:
            weeks[loan.lender, loan.borrower].add(loan.week)
    often = {pair: len(when) for pair, when in weeks.items() if len(when) >= rules.ring_loans}
    ring_graph = nx.DiGraph(sorted(often))
    rings = sorted(
        map(_from_the_first, nx.simple_cycles(ring_graph, length_bound=rules.ring_length))
    )
    return [
        Finding(
            "ring",
            ring,
            f"{' -> '.join((*ring, ring[0]))}: each lent to the next in at least "
            f"{min(often[pair] for pair in pairwise((*ring, ring[0])))} weeks since {since}.",
        )
        for ring in rings
    ]


def _from_the_first(ring: list[str]) -> tuple[str, ...]:
    start = ring.index(min(ring))
    return (*ring[start:], *ring[:start])


def rating_cliques(graph: TrustGraph, rules: TrustRules = RECOMMENDED) -> list[Finding]:
    """Return those who all give each other the most stars, where that is far from the rest.

    Far from what the others give them, or from what they give the others.
    """
    stars = {pair: edge.stars for pair, edge in edges_of(graph).items() if edge.stars is not None}
    mutual = nx.Graph(
        sorted(
            (i, j)
            for (i, j), given in stars.items()
            if i < j and given == stars.get((j, i)) == MOST_STARS
        )
    )
    cliques = sorted(tuple(sorted(clique)) for clique in nx.find_cliques(mutual))
    found = []
    for clique in cliques:
        got = [n for (i, j), n in stars.items() if j in clique and i not in clique]
        given = [n for (i, j), n in stars.items() if i in clique and j not in clique]
        odd = not got or _is_far(got, rules) or _is_far(given, rules)
        if len(clique) >= rules.clique_members and odd:
            found.append(Finding("clique", clique, _clique_sentence(clique, given, got)))
    return found


def _is_far(stars: Collection[int], rules: TrustRules) -> bool:
    """Return whether a mean rating is far below the most stars."""
    return bool(stars) and fmean(stars) <= MOST_STARS - rules.clique_stars_tenths / 10


def _clique_sentence(clique: tuple[str, ...], given: Collection[int], got: Collection[int]) -> str:
    gives = f"the others {fmean(given):.1f} on average" if given else "nobody else"
    gets = f"are rated {fmean(got):.1f} by them" if got else "are rated by nobody else"
    return f"{', '.join(clique)} all rate each other {MOST_STARS}, {gives}, and {gets}."
