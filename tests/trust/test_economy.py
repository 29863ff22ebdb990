"""Three years of a made-up department: whom trust finds, and when."""

import pytest

from pysched.bank.standing import terms_with_pool
from pysched.trust import density, edges_of, findings, pool_score
from tests.trust.economy import DEFAULTER, PHYSICIANS, Economy

THREE_YEARS, QUARTER = 156, 13
SEEDS = (1, 2, 3)
LOW = {"low", "minimal"}
seeds = pytest.mark.parametrize("seed", SEEDS)


@seeds
def test_good_behaviour_is_trusted(seed: int) -> None:
    """After three years most pairs are above 0.7 and all are towards the pool, nobody at 1."""
    *_, (_, graph, _) = Economy(seed).weeks(THREE_YEARS)
    scores = [edge.score for edge in edges_of(graph).values()]
    assert sum(score > 7_000 for score in scores) > len(scores) / 2
    assert min(pool_score(graph, physician) for physician in PHYSICIANS) > 7_000
    assert max(scores) < 9_500


@seeds
def test_who_repays_every_second_loan_falls(seed: int) -> None:
    """To low or less at each default, for months in all, and far below all others."""
    economy, levels = Economy(seed, defaulter=DEFAULTER), []
    for week, graph, events in economy.weeks(THREE_YEARS):
        level = terms_with_pool(graph, economy.loans, DEFAULTER, week).level
        if any(getattr(event, "kind", "") == "defaulted" for event in events):
            levels = levels or [level]
            assert level in LOW
        if levels:
            levels.append(level)
    assert sum(level in LOW for level in levels) > 26
    others = [pool_score(graph, p) for p in PHYSICIANS if p != DEFAULTER]
    assert pool_score(graph, DEFAULTER) < min(others) - 1_000


@seeds
def test_a_quarter_with_ratings_makes_the_network_dense(seed: int) -> None:
    """Each rates one colleague a week; nothing else happens."""
    economy = Economy(seed, ratings_a_week=14, loans_a_week=0, swaps_a_week=0)
    *_, (_, graph, _) = economy.weeks(QUARTER)
    assert density(graph) > 0.5


@seeds
def test_a_quarter_with_swaps_makes_the_network_dense(seed: int) -> None:
    """Each exchanges 1.2 duties a week; nobody rates or lends."""
    economy = Economy(seed, ratings_a_week=0, loans_a_week=0, swaps_a_week=17)
    *_, (_, graph, _) = economy.weeks(QUARTER)
    assert density(graph) > 0.5


@seeds
def test_an_honest_department_has_no_findings(seed: int) -> None:
    """Reviewed each quarter."""
    economy = Economy(seed)
    found = [
        findings(graph, economy.history, week)
        for number, (week, graph, _) in enumerate(economy.weeks(THREE_YEARS))
        if number % QUARTER == 0
    ]
    assert [finding for each in found for finding in each] == []


def test_a_seed_is_a_history() -> None:
    """The same again."""
    one, two = (list(Economy(7).weeks(5)) for _ in range(2))
    assert [edges_of(graph) for _, graph, _ in one] == [edges_of(graph) for _, graph, _ in two]
