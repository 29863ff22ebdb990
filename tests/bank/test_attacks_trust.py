"""Attacks on trust and lending, one test each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pysched.bank.departure import depart
from pysched.bank.lending import Ask, Loan, LoanRefusedError, lend, outstanding, repay
from pysched.bank.loan import next_close
from pysched.bank.loan_week import settle_loans
from pysched.bank.standing import terms_with_pool
from pysched.trust import (
    Edge,
    Event,
    LoanEvent,
    NotOwnerError,
    Rating,
    TrustRules,
    UnknownPhysicianError,
    edge_between,
    edges_of,
    findings,
    graph_of,
    new_graph,
    pool_score,
    refuse_others,
    update,
    with_ceiling,
)
from tests.trust.economy import PHYSICIANS, START, Economy

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

RING = PHYSICIANS[:3]
YEAR = 52
SEEDS = range(1, 9)


History = list[tuple[date, list[Event]]]


@cache
def history(seed: int, loans_a_week: int) -> tuple[History, TrustGraph]:
    """Return a year of events and the graph that they lead to."""
    economy = Economy(seed, loans_a_week=loans_a_week, ratings_a_week=14)
    rows = list(economy.weeks(YEAR))
    return [(week, events) for week, _, events in rows], rows[-1][1]


def replayed(weeks: History) -> TrustGraph:
    """Return the graph that events lead to."""
    graph = new_graph(PHYSICIANS)
    for week, events in weeks:
        graph = update(graph, events, week)
    return graph


def rises(graph: TrustGraph, without: TrustGraph) -> list[int]:
    """Return by how much the attackers rise towards the pool."""
    return [pool_score(graph, p) - pool_score(without, p) for p in RING]


def seen_from_outside(graph: TrustGraph) -> dict[tuple[str, str], int]:
    """Return the scores that the others give the attackers."""
    edges = edges_of(graph)
    return {(i, j): edge.score for (i, j), edge in edges.items() if i not in RING and j in RING}


def ring_loans(week: date) -> list[LoanEvent]:
    """Return 5 credits lent and repaid from each of the ring to the next."""
    return [
        LoanEvent(week, lender, borrower, kind, 500)
        for lender, borrower in pairwise((*RING, RING[0]))
        for kind in ("lent", "repaid")
    ]


def with_ring(weeks: History) -> TrustGraph:
    """Return the graph where the attackers lend in a ring each week; it has to be told."""
    graph = replayed([(week, [*events, *ring_loans(week)]) for week, events in weeks])
    last = weeks[-1][0]
    loans = [loan for week, _ in weeks for loan in ring_loans(week)]
    assert ("ring", RING) in [
        (found.kind, found.physicians) for found in findings(graph, loans, last)
    ]
    return graph


def test_13_a_circle_of_loans_impresses_nobody_else() -> None:
    """Who did not lend to them himself sees them as before, and none of them rises in the median.

    What they think of each other counts as the least there, so that it can only fall.
    """
    found = []
    for seed in SEEDS:
        weeks, without = history(seed, 0)
        graph = with_ring(weeks)
        assert seen_from_outside(graph) == seen_from_outside(without)
        found += rises(graph, without)
    assert max(found) <= 0


def test_13_a_circle_of_loans_adds_nothing_to_an_honest_record() -> None:
    """Where others lend to them too, no median rises either, of any member."""
    found = []
    for seed in SEEDS:
        weeks, without = history(seed, 2)
        found += rises(with_ring(weeks), without)
    assert max(found) <= 0


def test_13_without_the_keys_a_circle_would_rise() -> None:
    """The seed has none of it: there some member does rise, which is what the keys are for."""
    rules, found = TrustRules.seed(), []
    for seed in SEEDS:
        weeks, without = history(seed, 0)
        graph = with_ring(weeks)
        found += [pool_score(graph, p, rules) - pool_score(without, p, rules) for p in RING]
    assert max(found) > 0


def test_13_a_circle_gains_no_more_by_larger_loans() -> None:
    """Good evidence of a pair is capped: 100 credits a week are worth what 3 are."""
    graphs = [
        update(new_graph(PHYSICIANS), [LoanEvent(START, *RING[:2], "repaid", cents)], START)
        for cents in (300, 10_000)
    ]
    assert edges_of(graphs[0]) == edges_of(graphs[1])


def in_clique(week: date, events: list[Event]) -> list[Event]:
    """Return the events of a week where the attackers give each other 5 stars and all others 1."""
    return [
        *(replace(e, stars=1) if isinstance(e, Rating) and e.rater in RING else e for e in events),
        *(Rating(week, i, j, 5) for i in RING for j in RING if i != j),
    ]


@pytest.mark.parametrize("loans_a_week", [0, 2])
@pytest.mark.parametrize("seed", SEEDS)
def test_14_a_clique_that_rates_itself_moves_its_median_little(
    seed: int, loans_a_week: int
) -> None:
    """No member by more than 0.05 after a year, with loans or without; and the clique is told."""
    weeks, without = history(seed, loans_a_week)
    graph = replayed([(week, in_clique(week, events)) for week, events in weeks])
    assert max(rises(graph, without)) <= 500
    told = [(finding.kind, finding.physicians) for finding in findings(graph, [], weeks[-1][0])]
    assert ("clique", RING) in told


def test_15_build_up_then_a_big_default() -> None:
    """A year of small loans in good order gains at most 100 credits, and costs the level.

    He takes all that he gets from everybody at the end and never pays again: whom he took it from
    trusts him no more, all trust him less, and he stays at low or below until he has paid.
    """
    graph, loans = _built_up()
    day = START + timedelta(weeks=YEAR)
    before = pool_score(graph, RING[0])
    for number, lender in enumerate(PHYSICIANS[1:]):
        cents = 10_000
        while cents:
            try:
                ask = Ask(f"big{number}", lender, RING[0], cents, day)
                loans.append(lend(ask, graph, loans, 10_000).loan)
                break
            except LoanRefusedError as refusal:
                cents = refusal.limit_cents
    taken = outstanding(loans, RING[0])
    assert 0 < taken <= 10_000
    for number in range(YEAR):
        week = day + timedelta(weeks=number)
        settled = settle_loans(loans, {}, next_close(week))
        loans = list(settled.loans)
        graph = update(graph, settled.events, week)
    assert outstanding(loans, RING[0]) == taken
    robbed = {loan.lender for loan in loans if loan.defaulted}
    assert max(edge_between(graph, lender, RING[0]).score for lender in robbed) < 5_000
    assert pool_score(graph, RING[0]) < before
    assert terms_with_pool(graph, loans, RING[0], week).level in {"low", "minimal"}
    with pytest.raises(LoanRefusedError):
        lend(Ask("more", PHYSICIANS[1], RING[0], 1, week), graph, loans, 10_000)


def _built_up() -> tuple[TrustGraph, list[Loan]]:
    """Return a year of small loans from all, each repaid in its week, with good ratings."""
    graph, loans = new_graph(PHYSICIANS), []
    for number in range(YEAR):
        week = START + timedelta(weeks=number)
        lender = PHYSICIANS[1 + number % 13]
        lent = lend(Ask(f"small{number}", lender, RING[0], 300, week), graph, loans, 300)
        paid = repay(lent.loan, lent.loan.owed_cents, week, f"repay|small{number}")
        loans.append(paid.loan)
        graph = update(graph, [lent.event, paid.event, Rating(week, lender, RING[0], 5)], week)
    return graph, loans


def test_16_a_leaver_with_debts_is_written_off() -> None:
    """All his loans and his overdraft go to the pool; every lender is made whole, the loss told."""
    edges = edges_of(new_graph(PHYSICIANS)) | {(p, "P14"): Edge(9_500) for p in PHYSICIANS[:13]}
    graph, loans = graph_of(PHYSICIANS, edges, None), []
    for number, lender in enumerate(PHYSICIANS[:4]):
        loans.append(lend(Ask(str(number), lender, "P14", 2_500, START), graph, loans, 2_500).loan)
    gone = depart("P14", -1_000, loans, START)
    assert outstanding(gone.loans, "P14") == 0
    assert gone.loss_cents == dict.fromkeys(PHYSICIANS[:4], 2_500)
    postings = [p for t in gone.transactions for p in t.postings]
    lost = sum(p.cents for p in postings if (p.account, p.unit) == ("pool:write_off", "CR"))
    assert lost == -11_000
    assert {t.kind for t in gone.transactions} == {"write_off"}
    assert gone.sentence.startswith("P14 leaves 100.00 credits of loans unpaid (lent by P01 25.00")
    assert "10.00 of overdraft" in gone.sentence


def test_17_nobody_but_the_physicians_is_in_the_graph() -> None:
    """An invented one neither rates nor is rated, borrows nor lends."""
    graph = new_graph(PHYSICIANS)
    for pair in (("P99", "P01"), ("P01", "P99")):
        with pytest.raises(UnknownPhysicianError, match="P99"):
            update(graph, [Rating(START, *pair, 5)], START)
        with pytest.raises(UnknownPhysicianError, match="P99"):
            lend(Ask("L", *pair, 100, START), graph, [], 100)
        with pytest.raises(UnknownPhysicianError, match="P99"):
            with_ceiling(graph, pair[0], *pair, 100)


def test_27_nobody_decides_for_third_persons() -> None:
    """Neither what P02 thinks of P03 nor how he lends to him; nor does one raise one's own."""
    graph = new_graph(PHYSICIANS)
    with pytest.raises(NotOwnerError, match="P01 cannot decide what P02 thinks of P03"):
        with_ceiling(graph, "P01", "P02", "P03", 1_000)
    with pytest.raises(NotOwnerError, match="P01 cannot decide what P02 thinks of P01"):
        with_ceiling(graph, "P01", "P02", "P01", None)
    with pytest.raises(NotOwnerError):
        refuse_others("P01", "P02", "P03")
    with pytest.raises(ValueError, match="does not lower"):
        with_ceiling(graph, "P01", "P01", "P02", 9_000)
