"""A large problem is searched part by part, and what is found is judged by the whole program."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Collection
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from clingo.symbol import Symbol, parse_term

from pysched.check import check
from pysched.model import Schedule
from pysched.solver import Options, Parts, Problem, Result, decompose, engine, parts, search, solve
from pysched.solver.budget import Budget
from pysched.solver.incumbent import Incumbent
from pysched.solver.parts import Cut, Part
from pysched.solver.solve import Extras, problem_of

from .weeks import generated_world

PROGRAM = "from solver.test_parts import communities_of_a_week; print(communities_of_a_week())"
SIZE = 400
"""Of a part here, a third of a week of 14 physicians."""


def split(symbol: Symbol) -> tuple[str, int]:
    """Return owner and target of assign(Owner, Target)."""
    owner, target = symbol.arguments
    return owner.string, target.number


def two_groups() -> dict[int, frozenset[str]]:
    """Return who may take what: two groups of four with ten targets each, and one that all may."""
    people = [[f"{group}{n}" for n in range(4)] for group in "ab"]
    takers = {n: frozenset(people[n // 10]) for n in range(20)}
    return takers | {20: frozenset(people[0][:2] + people[1])}


def nothing(owners: object, targets: object) -> str:
    """Return no facts."""
    return ""


def cut_of(takers: dict[int, frozenset[str]]) -> Cut:
    """Return the cut of a problem."""
    return Cut(Parts(takers, split, nothing), random.Random(1))


def test_communities_have_everybody_and_everything_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a target is where most of those are who may take it."""
    monkeypatch.setattr(parts, "PART_SIZE", 30)
    found = cut_of(two_groups()).communities()
    owners = sorted(name for part in found for name in part.owners)
    assert owners == sorted(set().union(*two_groups().values()))
    assert sorted(target for part in found for target in part.targets) == list(range(21))
    assert {frozenset(name[0] for name in part.owners) for part in found} == {
        frozenset("a"),
        frozenset("b"),
    }
    assert next(part for part in found if 20 in part.targets).owners >= {"b0"}


def test_small_communities_are_joined() -> None:
    """None is much smaller than a part."""
    assert [len(part.owners) for part in cut_of(two_groups()).communities()] == [8]


@pytest.mark.parametrize("seed", range(20))
def test_a_part_has_what_nobody_else_holds(seed: int) -> None:
    """And nothing that none of its owners may take."""
    takers = two_groups()
    rng = random.Random(seed)
    held = {n: rng.choice(sorted(names)) for n, names in takers.items() if rng.random() < 0.7}
    assigned = [parse_term(f'assign("{name}",{n})') for n, name in held.items()]
    part = Cut(Parts(takers, split, nothing), rng).draw(assigned, 40)
    assert 1 <= len(part.owners) < 8
    for target, names in takers.items():
        free = target not in held or held[target] in part.owners
        assert (target in part.targets) == (free and not names.isdisjoint(part.owners))


def test_who_holds_a_target_together_is_in_a_part_together() -> None:
    """As those whom one duty is pinned to."""
    takers = two_groups() | {20: frozenset({"a0", "b0"})}
    assigned = [parse_term(f'assign("{name}",20)') for name in ("a0", "b0")]
    for seed in range(20):
        part = Cut(Parts(takers, split, nothing), random.Random(seed)).draw(assigned, 20)
        assert ("a0" in part.owners) == ("b0" in part.owners) == (20 in part.targets)


def test_a_part_may_begin_with_whom_a_cost_names() -> None:
    """Every other time."""
    cut = cut_of(two_groups())
    cost = parse_term('cost(rest,day,("a3",2),1)')
    with_a3 = sum("a3" in cut.draw([], 1, [cost]).owners for _ in range(400))
    assert 200 <= with_a3 < 290


TASKS = """
{ assign(P, T) : may(P, T) } 1 :- target(T).
:- may(P, _), 3 < #count { T : assign(P, T) }.
#minimize { 1@2,T : target(T), not assign(_, T) }.
#minimize { (T * 7 + N * 5) \\ 11 @1,T : assign(P, T), rank(P, N) }.
"""


def tasks_of(owners: Collection[str], targets: Collection[int]) -> str:
    """Return the facts of some owners and targets."""
    takers = two_groups()
    pairs = [(p, t) for p, t in product(sorted(owners), sorted(targets)) if p in takers[t]]
    return "".join(
        [f'rank("{p}",{ord(p[0]) + int(p[1])}). ' for p in sorted(owners)]
        + [f"target({t}). " for t in sorted(targets)]
        + [f'may("{p}",{t}). ' for p, t in pairs]
    )


def tasks(folder: Path, cut: bool) -> Problem:
    """Return a problem of two groups of owners, to be cut or not."""
    file = folder / "tasks.lp"
    file.write_text(TASKS)
    takers = two_groups()
    people = sorted(set().union(*takers.values()))
    return Problem(
        (file,),
        tasks_of(people, takers),
        lambda symbol: {"owner": symbol.arguments[0], "target": symbol.arguments[1]},
        parts=Parts(takers, split, tasks_of) if cut else None,
    )


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many owners each part has that is searched."""
    sizes: list[int] = []
    own = decompose.Decomposition._searched

    def spied(
        self: decompose.Decomposition, part: Part, *rest: Any, **more: Any
    ) -> frozenset[Symbol]:
        sizes.append(len(part.owners))
        return own(self, part, *rest, **more)

    monkeypatch.setattr(decompose.Decomposition, "_searched", spied)
    return sizes


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small problems count as large."""
    monkeypatch.setattr(engine, "MANY", 20)


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("size", [20, 40])
@pytest.mark.parametrize("huge", [30, 10_000])
def test_the_optimum_is_that_of_the_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    searched: list[int],
    threads: int,
    size: int,
    huge: int,
) -> None:
    """However it is cut: the last parts are the whole."""
    monkeypatch.setattr(parts, "PART_SIZE", size)
    monkeypatch.setattr(decompose, "PART_SIZE", size)
    monkeypatch.setattr(decompose, "GROW", 2.0)
    monkeypatch.setattr(engine, "HUGE", huge)
    options = Options(20, None, 1, threads)
    plain = search(tasks(tmp_path, cut=False), options)
    assert searched == []
    found = search(tasks(tmp_path, cut=True), options)
    assert searched
    assert plain.optimal
    assert found.optimal
    assert found.costs() == plain.costs()


def test_a_problem_without_parts_is_not_decomposed(tmp_path: Path) -> None:
    """The engine does not ask for it."""
    problem = tasks(tmp_path, cut=False)
    with pytest.raises(ValueError, match="the problem has no parts"):
        decompose.Decomposition(problem, Incumbent({}, 0.0), Budget(None, 1), Options(1))


def week_in_parts(
    monkeypatch: pytest.MonkeyPatch, options: Options, many: int, start: Schedule | None = None
) -> Result:
    """Solve a week of 14 physicians as if it were large."""
    monkeypatch.setattr(parts, "LARGE", SIZE)
    for module in (parts, decompose):
        monkeypatch.setattr(module, "PART_SIZE", SIZE)
    monkeypatch.setattr(engine, "MANY", many)
    monkeypatch.setattr(engine, "HUGE", many)
    world = generated_world(14)
    return solve(world.network, world.week, world.state, options, start=start)


@pytest.mark.parametrize("many", [SIZE, 10_000])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_week_in_parts_breaks_no_rule(
    monkeypatch: pytest.MonkeyPatch, searched: list[int], threads: int, many: int
) -> None:
    """And costs what the checker says; no thread is left."""
    before = threading.active_count()
    options = Options(4, None, 1, 2) if threads == 2 else Options(None, 20_000, 1, 1)
    result = week_in_parts(monkeypatch, options, many)
    world = generated_world(14)
    assert searched
    assert max(searched) < 14
    assert result.schedule is not None
    report = check(world.network, world.week, world.state, result.schedule)
    assert not report.breaches
    assert result.cost == {level: report.by_level[level] for level in result.cost}
    assert all(result.bound[level] <= result.cost[level] for level in result.cost)
    assert threading.active_count() <= before


def test_one_thread_repeats_itself_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a seed and a conflict limit."""
    one, other = (week_in_parts(monkeypatch, Options(None, 12_000, 3, 1), SIZE) for _ in range(2))
    assert one.schedule is not None
    assert one.schedule == other.schedule
    assert one.cost == other.cost


def communities_of_a_week() -> str:
    """Return who is with whom at the begin, and what is theirs."""
    world = generated_world(56)
    whole = problem_of(world.network, world.week, world.state, None, Extras())
    assert whole.parts is not None
    found = Cut(whole.parts, random.Random(1)).communities()
    return repr([(sorted(part.owners), sorted(part.targets)) for part in found])


@pytest.mark.parametrize("hashes", ["0", "4711"])
def test_communities_are_the_same_in_other_processes(hashes: str) -> None:
    """Sets of strings in another order change nothing."""
    tests = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={
            **os.environ,
            "PYTHONHASHSEED": hashes,
            "PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)]),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert communities_of_a_week() == done.stdout.strip()
    assert communities_of_a_week().count("'P1'") == 1


def test_an_earlier_schedule_is_begun_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the parts would begin with: nothing gets worse."""
    first = week_in_parts(monkeypatch, Options(None, 20_000, 1, 1), SIZE)
    again = week_in_parts(monkeypatch, Options(2.0, None, 2, 2), SIZE, first.schedule)
    assert list(again.cost.values()) <= list(first.cost.values())


@pytest.mark.parametrize("conflicts", [300, 3_000])
def test_few_conflicts_are_enough_for_a_schedule(
    monkeypatch: pytest.MonkeyPatch, conflicts: int
) -> None:
    """Some of them are left after the begin in parts, whatever it comes to."""
    assert week_in_parts(monkeypatch, Options(None, conflicts, 1, 1), SIZE).schedule is not None


def test_a_short_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the search is by then."""
    for seconds in (0.05, 0.3, 0.6):
        result = week_in_parts(monkeypatch, Options(seconds, None, 1, 2), SIZE)
        assert result.seconds < seconds + 1.0
    assert week_in_parts(monkeypatch, Options(2.0, None, 1, 2), SIZE).schedule is not None


def test_a_week_of_112_is_complete() -> None:
    """With the limits as they are, in some 15 s: no essential duty is open, no rule is broken."""
    world = generated_world(112)
    result = solve(world.network, world.week, world.state, Options(None, 40_000, 1, 1))
    assert result.schedule is not None
    report = check(world.network, world.week, world.state, result.schedule)
    assert not report.breaches
    assert result.cost == {level: report.by_level[level] for level in result.cost}
    assert result.cost[6] == 0
    assert result.cost[5] <= result.bound[5] + 100
