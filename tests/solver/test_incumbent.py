"""The best so far, its bounds, and what may be freed next."""

import random

from clingo import Function, Number, Symbol

from pysched.solver.incumbent import Incumbent
from pysched.solver.neighbourhood import Neighbourhoods

ATOMS = [Function("a", [Number(day), Number(who)]) for day in range(7) for who in range(5)]


def offered(incumbent: Incumbent, *cost: int) -> bool:
    """Offer a model of two levels."""
    return incumbent.offer((2, 1), cost, (), frozenset())


def features(symbol: Symbol) -> dict[str, object]:
    """Return day and physician."""
    day, who = symbol.arguments
    return {"day": day.number, "who": who.number}


def test_only_what_is_better_is_taken() -> None:
    """Higher levels first."""
    incumbent = Incumbent({}, 0.0)
    assert offered(incumbent, 1, 9)
    assert not offered(incumbent, 1, 9)
    assert not offered(incumbent, 2, 0)
    assert offered(incumbent, 1, 8)
    assert offered(incumbent, 0, 20)
    assert [found.cost for found in incumbent.trace] == [(1, 9), (1, 8), (0, 20)]


def test_a_bound_counts_at_its_last_level() -> None:
    """The levels above it are proven; below a level that is open only the forced part is known."""
    incumbent = Incumbent({2: 1, 1: 3}, 0.0)
    offered(incumbent, 4, 9)
    assert incumbent.bounds() == {2: 1, 1: 3}
    incumbent.raise_bound((2,))
    assert incumbent.bounds() == {2: 2, 1: 3}
    incumbent.raise_bound((4, 5))
    assert incumbent.bounds() == {2: 4, 1: 5}
    assert set(incumbent.proven_seconds) == {2}
    offered(incumbent, 4, 5)
    assert set(incumbent.proven_seconds) == {2, 1}


def test_a_bound_never_falls() -> None:
    """A search that starts anew knows less than the one before."""
    incumbent = Incumbent({}, 0.0)
    offered(incumbent, 4, 9)
    incumbent.raise_bound((4, 5))
    incumbent.raise_bound((3,))
    assert incumbent.bounds() == {2: 4, 1: 5}


def test_closing_proves_the_best_or_that_there_is_none() -> None:
    """An empty search space is infeasible."""
    incumbent, empty = Incumbent({}, 0.0), Incumbent({}, 0.0)
    offered(incumbent, 4, 9)
    incumbent.close()
    empty.close()
    assert (incumbent.optimal, incumbent.infeasible) == (True, False)
    assert (empty.optimal, empty.infeasible) == (False, True)
    assert incumbent.bounds() == {2: 4, 1: 9}
    assert empty.bounds() == {}


def test_draws_repeat_with_their_seed() -> None:
    """Whatever the order in which the candidates are given."""
    one = Neighbourhoods(ATOMS, features, random.Random(5))
    other = Neighbourhoods(ATOMS[::-1], features, random.Random(5))
    assert [one.draw() for _ in range(50)] == [other.draw() for _ in range(50)]


def test_a_draw_frees_whole_days_or_physicians() -> None:
    """What is freed is the product of the values drawn, and never nothing."""
    neighbourhoods = Neighbourhoods(ATOMS, features, random.Random(5))
    for _ in range(200):
        freed = {tuple(features(symbol).values()) for symbol in neighbourhoods.draw()}
        days, people = {day for day, _ in freed}, {who for _, who in freed}
        assert len(freed) == len(days) * len(people) > 0
        neighbourhoods.learn(improved=False, exhausted=True)


def test_exhausted_draws_grow_until_all_is_free() -> None:
    """So that a small week is proven in the end."""
    neighbourhoods = Neighbourhoods(ATOMS, features, random.Random(5))
    sizes = []
    for _ in range(400):
        sizes.append(len(neighbourhoods.draw()))
        neighbourhoods.learn(improved=False, exhausted=True)
    assert sizes[-1] == len(ATOMS)


def test_draws_that_are_not_exhausted_shrink() -> None:
    """Down to one day or one physician, the least that can be freed."""
    neighbourhoods = Neighbourhoods(ATOMS, features, random.Random(5))
    for _ in range(400):
        neighbourhoods.draw()
        neighbourhoods.learn(improved=False, exhausted=False)
    assert max(len(neighbourhoods.draw()) for _ in range(20)) <= 7
