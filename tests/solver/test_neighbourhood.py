"""What is freed where a search need not repeat an earlier one: groups, costs, relaxations."""

import random

from clingo import Function, Number, String, Symbol

from pysched.solver.neighbourhood import Neighbourhoods

WARD, CLINIC = "ward", "clinic"
PEOPLE = ("ann", "bob", "cat", "dan", "eve")
ATOMS = [
    Function("assign", [String(who), String(task), Number(day)])
    for who in PEOPLE
    for task in (WARD, CLINIC)
    for day in range(7)
]


def features(symbol: Symbol) -> dict[str, object]:
    """Return who and when."""
    return {"who": symbol.arguments[0].string, "day": symbol.arguments[2].number}


def groups(symbol: Symbol) -> dict[str, object]:
    """Return the hospital: one for each task."""
    return {"hospital": f"hospital of {symbol.arguments[1].string}"}


def draws(
    guides: tuple[frozenset[Symbol], ...] = (),
    assigned: frozenset[Symbol] = frozenset(),
    costs: tuple[Symbol, ...] = (),
    rich: bool = True,
) -> list[frozenset[Symbol]]:
    """Return 300 draws."""
    made = Neighbourhoods(ATOMS, features, random.Random(3), groups if rich else None)
    return [made.draw(assigned, guides, costs) for _ in range(300)]


def test_a_group_is_freed_whole() -> None:
    """All assignments of a hospital, and only where groups are known."""
    ward = frozenset(symbol for symbol in ATOMS if symbol.arguments[1].string == WARD)
    assert ward in draws()
    assert ward not in draws(rich=False)


def test_what_costs_is_freed_with_all_that_it_names() -> None:
    """The cost names a physician deep in its culprit; his assignments are freed."""
    culprit = Function("", [String("cat"), Function("", [String("x"), Number(2)])])
    cost = Function("cost", [Function("wishes"), Function("day_off"), culprit, Number(1)])
    hers = frozenset(symbol for symbol in ATOMS if symbol.arguments[0].string == "cat")
    assert hers in draws(costs=(cost,))


def test_some_are_freed_at_random() -> None:
    """A set that is no product of features is among the draws."""
    assert any(
        len(freed)
        < len({features(s)["who"] for s in freed}) * len({features(s)["day"] for s in freed})
        for freed in draws()
    )
    whole = [{tuple(features(s).values()) for s in freed} for freed in draws(rich=False)]
    for freed in whole:
        assert len(freed) == len({who for who, _ in freed}) * len({day for _, day in freed})


def test_a_relaxation_leaves_only_what_it_or_the_best_does() -> None:
    """Some draws are held to both, for each relaxation; without one none is."""
    one, other, assigned = frozenset(ATOMS[:9]), frozenset(ATOMS[9:20]), frozenset(ATOMS[30:40])
    drawn = [freed for freed in draws((one, other), assigned) if freed]
    for likely in (one, other):
        held = [freed for freed in drawn if freed <= likely | assigned]
        assert len(held) > 20
        assert any(freed & likely and freed & assigned for freed in held)
    assert not any(freed <= one | assigned for freed in draws((), assigned, rich=False))
