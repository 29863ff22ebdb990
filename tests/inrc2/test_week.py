"""The encoding of a week, held against the scorer."""

import random
import time
from pathlib import Path

import clingo
import pytest

from benchmarks.inrc2.automaton import Automaton
from benchmarks.inrc2.duo import best_of
from benchmarks.inrc2.facts import ENCODING, facts, read_assignments
from benchmarks.inrc2.model import Assignment, Past, Range, Week, hand_on
from benchmarks.inrc2.prices import Prices, look_ahead
from benchmarks.inrc2.read import Instance
from benchmarks.inrc2.relax import Guide, relax
from benchmarks.inrc2.score import score_end, score_week

from .cases import read_case


def solve(
    instance: Instance, history: dict[str, Past], prices: Prices, extra: str = ""
) -> tuple[tuple[Assignment, ...], int] | None:
    """Return the optimal schedule of the first week and its cost, None if there is none."""
    control = clingo.Control(["--opt-strategy=usc", "--warn=none"])
    control.load(str(ENCODING))
    control.add("base", [], facts(instance.scenario, history, instance.weeks[0], prices) + extra)
    control.ground([("base", [])])
    best = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            best = read_assignments(model.symbols(shown=True)), sum(model.cost)
    return best


def random_past(rng: random.Random) -> Past:
    """Return what a random week before may have left."""
    work = rng.randint(0, 6)
    if work == 0:
        return Past(rng.randint(0, 6), rng.randint(0, 2), None, 0, 0, rng.randint(1, 6))
    last = rng.choice(["Early", "Night"])
    return Past(rng.randint(0, 6), rng.randint(0, 2), last, rng.randint(1, work), work, 0)


@pytest.mark.parametrize("seed", range(12))
def test_a_schedule_costs_what_the_scorer_says(tmp_path: Path, seed: int) -> None:
    """Random schedules from random histories; those that break a hard rule are none."""
    rng = random.Random(seed)
    instance = read_case(tmp_path)
    nurses = instance.scenario.nurses
    history = {nurse: random_past(rng) for nurse in nurses}
    shifts = rng.choice([["Early"], ["Night"], ["Early", "Night"]])
    schedule = [
        Assignment(name, day, rng.choice(shifts), rng.choice(nurse.skills))
        for name, nurse in nurses.items()
        for day in range(1, 8)
        if rng.random() < 0.6 or (name == "Bea" and day < 4)
    ]
    atoms = [f'assign("{a.nurse}",{a.day},"{a.shift}","{a.skill}")' for a in schedule]
    fixed = "".join(f":- not {atom}." for atom in atoms)
    found = solve(
        instance,
        history,
        Prices(),
        f"{fixed} :- #count {{ N,D : assign(N,D,_,_) }} != {len(schedule)}.",
    )
    expected = score_week(instance.scenario, history, instance.weeks[0], schedule)
    assert (found is None) == (expected.violated > 0)
    if found is not None:
        assert found == (tuple(sorted(schedule)), expected.cost)


@pytest.mark.parametrize("seed", range(6))
def test_the_last_week_is_priced_by_what_its_end_charges(tmp_path: Path, seed: int) -> None:
    """Cost of counters but for a constant: what the same schedule costs at the end."""
    rng = random.Random(seed)
    instance = read_case(tmp_path)
    scenario = instance.scenario
    history = {nurse: random_past(rng) for nurse in scenario.nurses}
    prices = look_ahead(scenario, history, 1, instance.weeks, 1.0)
    for nurse, past in history.items():
        for count in range(8):
            after = {nurse: Past(past.assignments + count, past.weekends)}
            charged = score_end(scenario, after).cost
            before = score_end(scenario, {nurse: past}).cost
            assert charged - before == sum(prices.total[nurse, n + 1] for n in range(count))
        busy = score_end(scenario, {nurse: Past(past.assignments, past.weekends + 1)}).cost
        assert busy - score_end(scenario, {nurse: past}).cost == prices.weekend[nurse]
    assert not prices.tail


@pytest.mark.parametrize("seed", range(4))
def test_prices_are_charged(tmp_path: Path, seed: int) -> None:
    """What is minimised is the scorer's cost and the price of what the schedule takes."""
    rng = random.Random(seed)
    instance = read_case(tmp_path)
    scenario = instance.scenario
    history = {nurse: random_past(rng) for nurse in scenario.nurses}
    automata = {
        nurse: Automaton(scenario.contract(nurse), scenario.shifts, scenario.forbidden)
        for nurse in scenario.nurses
    }
    prices = Prices(
        {(nurse, n): rng.randint(-9, 9) for nurse in history for n in range(1, 8)},
        {nurse: rng.randint(0, 9) for nurse in history},
        {(nurse, tail): rng.randint(1, 9) for nurse in history for tail in automata[nurse].states},
        look_ahead(scenario, history, 0, instance.weeks[:1], 1.0).cap,
    )
    found = solve(instance, history, prices)
    assert found is not None
    expected = score_week(scenario, history, instance.weeks[0], found[0]).cost
    for nurse, past in hand_on(history, found[0]).items():
        count = past.assignments - history[nurse].assignments
        row = [prices.total[nurse, n] for n in range(1, 8)]
        expected += sum(max(0, price) for price in row[:count])
        expected += sum(max(0, -price) for price in row[count:])
        expected += prices.weekend[nurse] * (past.weekends - history[nurse].weekends)
        expected += prices.tail[nurse, automata[nurse].tail(past)]
    assert found[1] == expected


@pytest.mark.parametrize("seed", range(6))
def test_the_search_ends_at_the_optimum(tmp_path: Path, seed: int) -> None:
    """Between the relaxation's bound and what clingo alone proves optimal."""
    rng = random.Random(seed)
    instance = read_case(tmp_path)
    history = {nurse: random_past(rng) for nurse in instance.scenario.nurses}
    week = instance.weeks[0]
    prices = look_ahead(instance.scenario, history, 0, instance.weeks[:1], 1.0)
    optimum = solve(instance, history, prices)
    guide = relax(instance.scenario, history, week, prices, 1.0)
    text = facts(instance.scenario, history, week, prices)
    assert optimum is not None
    assert 0 < guide.bound <= optimum[1]
    assert best_of(text, guide, time.monotonic() + 4.0, seed).cost == (optimum[1],)


def test_a_week_without_a_schedule_is_an_error(tmp_path: Path) -> None:
    """More Heads than there are."""
    instance = read_case(tmp_path)
    week = Week(instance.weeks[0].demand | {("Early", "Head", 1): Range(2, 2)}, frozenset())
    text = facts(instance.scenario, instance.history, week, Prices())
    with pytest.raises(RuntimeError, match="no schedule"):
        best_of(text, Guide(), time.monotonic() + 5.0, 1)
