"""Who may be away together: the oracles against networkx, brute force and solved weeks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from pysched.conflicts import Claim, Conflict, ConflictRules, day_matching, resolve, week_oracle
from pysched.conflicts.canonical import canonical
from pysched.conflicts.feasibility import core_of
from pysched.conflicts.granting import Contest, Grants, decide, safe_rows
from pysched.conflicts.joint import joint_oracle, oracle_of
from pysched.conflicts.oracles import DayGraph, DayMatching, Seats
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Absence, Agreement, Assignment, Network, State, Week, profile_rules
from pysched.solver import Options, solve
from tests.conflicts.worlds import (
    MONDAY,
    conflict,
    days,
    feasible_sets,
    largest_matching,
    people,
    random_graph,
    random_matching,
    seats,
    state,
)


def toy() -> tuple[Network, Week]:
    """The first week of the toy."""
    scenario = read_scenario(find_scenario("toy"))
    return scenario.network, next(iter(weeks_of(scenario)))


def test_a_matching_is_that_of_networkx() -> None:
    """Somebody may be away exactly if the largest matching stays as large without him."""
    rng = Random(1)
    for _ in range(300):
        graph = random_graph(rng, 6)
        whole = largest_matching(graph, frozenset())
        assert graph.filled == whole
        for size in range(4):
            for away in combinations(people(6), size):
                expected = largest_matching(graph, frozenset(away)) == whole
                expected = expected and not graph.bound & set(away)
                assert graph.spares(away) == expected


def test_sets_that_may_be_away_are_a_matroid() -> None:
    """Smaller sets are allowed too, and a smaller set can be enlarged from a larger one."""
    rng = Random(2)
    for _ in range(100):
        family = set(feasible_sets(random_matching(rng, 5), people(5)))
        for one in family:
            assert all(one - {name} in family for name in one)
            for other in family:
                if len(one) < len(other):
                    assert any(one | {name} in family for name in other - one)


def test_greedy_by_priority_is_the_best_choice() -> None:
    """On 1,000 random days: no set that may be away is worth more (greedy on matroids, Edmonds)."""
    rng = Random(3)
    for _ in range(1000):
        names = people(6)
        oracle = random_matching(rng, 6)
        worth = {name: rng.randint(1, 99) for name in names}
        order = sorted(names, key=lambda name: (-worth[name], name))
        wants = dict.fromkeys(names, (MONDAY,))
        taken = decide(Contest("C", wants), order, Grants(oracle))
        best = max(sum(worth[n] for n in chosen) for chosen in feasible_sets(oracle, names))
        assert sum(worth[name] for name in taken) == best


def test_what_is_not_contested_is_in_every_largest_set() -> None:
    """By brute force over all sets."""
    rng = Random(4)
    contested = 0
    for _ in range(200):
        names = people(5)
        oracle = random_matching(rng, 5)
        family = feasible_sets(oracle, names)
        most = max(map(len, family))
        largest = [chosen for chosen in family if len(chosen) == most]
        expected = frozenset.intersection(*largest)
        found = {name for name, _ in safe_rows(conflict(names), oracle)}
        assert found == expected
        contested += len(expected) < most
    assert contested > 50


def test_a_core_has_nothing_needless() -> None:
    """What is left excludes one another, and with one less it does not."""
    rng = Random(5)
    cores = 0
    for _ in range(200):
        oracle = random_matching(rng, 6)
        away = {MONDAY: frozenset(rng.sample(people(6), 4))}
        if oracle.feasible(away):
            continue
        core = core_of(oracle, away)
        names = frozenset(name for name, _ in core)
        assert not oracle.feasible({MONDAY: names})
        assert all(oracle.feasible({MONDAY: names - {name}}) for name in names)
        cores += len(core) > 1
    assert cores > 30


def test_an_oracle_is_made_again_from_its_description() -> None:
    """It answers the same; what is not known is refused."""
    rng = Random(6)
    network, week = toy()
    joint = joint_oracle(network, week, State())
    for oracle in (random_matching(rng, 4, days(2)), seats(2, days(2)), joint.week):
        again = oracle_of(json.loads(canonical(oracle.description)))
        assert again == oracle
    again = oracle_of(json.loads(canonical(joint.description)))
    assert (type(again), again.description) == (type(joint), joint.description)
    asked = [{day: frozenset({who})} for day in week.days for who in sorted(network.physicians)]
    answers = [joint.feasible(away) for away in asked]
    assert [again.feasible(away) for away in asked] == answers
    assert set(answers) == {False, True}
    with pytest.raises(ValueError, match="of no known sort"):
        oracle_of({"dice": {}})
    with pytest.raises(ValueError, match="is no matching of days"):
        oracle_of({"joint": {"days": {"seats": {}}, "week": {"seats": {}}}})
    body = dict(joint.week.description)
    with pytest.raises(ValueError, match="other encodings"):
        oracle_of(body | {"encodings": "0"})


def test_a_day_knows_skills_absences_agreements_and_rest() -> None:
    """A real week: who may do what, by every reason there is."""
    network, week = toy()
    day = week.monday
    every = day_matching(network, replace(week, absences=()), State()).graphs[day].able
    who = sorted(every)[0]
    assert all((p, task) in network.skills for p, tasks in every.items() for task in tasks)

    absent = replace(week, absences=(Absence(who, day, day, "leave"),))
    assert who not in day_matching(network, absent, State()).graphs[day].able

    agreed = replace(network, agreements=(Agreement(who, "free_weekday", "mon"),))
    assert who not in day_matching(agreed, week, State()).graphs[day].able

    night = frozenset({Assignment(day - timedelta(days=1), "night", who)})
    tired = day_matching(network, replace(week, absences=()), State(tail=night)).graphs[day].able
    assert "night" not in tired.get(who, ())
    pinned = replace(week, pins=frozenset({Assignment(day, every[who][0], who)}))
    graph = day_matching(network, pinned, State()).graphs[day]
    assert graph.bound == {who}
    assert not graph.spares([who])
    assert not any(every[who][0] in tasks for tasks in graph.able.values())


def test_a_rest_after_a_late_duty_is_kept() -> None:
    """Who worked to the morning has no duty that starts before he is rested."""
    network, week = toy()
    task = replace(network.tasks["night"], kind="on_site")
    network = replace(network, tasks={**network.tasks, "night": task})
    who = sorted(p for p, t in network.skills if t == "night")[0]
    night = frozenset({Assignment(week.monday - timedelta(days=1), "night", who)})
    rested = day_matching(network, week, State()).graphs[week.monday].able[who]
    tired = day_matching(network, week, State(tail=night)).graphs[week.monday].able.get(who, ())
    assert set(rested) - set(tired) >= {"night"}
    assert "ward" not in tired


def test_nobody_may_be_away_on_a_day_that_is_not_known() -> None:
    """Neither by seats nor by a matching; who asks for nobody asks for nothing."""
    for oracle in (Seats({}), DayMatching({})):
        assert not oracle.feasible({MONDAY: frozenset({"P1"})})
        assert oracle.feasible({})


def left_open(network: Network, week: Week, away: frozenset[tuple[str, date]]) -> int:
    """Return how many duties the solver leaves open with days off granted."""
    open_only = {("coverage", "essential"): 1, ("coverage", "other"): 1}
    rules = replace(profile_rules("recommended"), weights=dict.fromkeys(open_only, (1, 6)))
    leave = tuple(Absence(physician, day, day, "leave") for physician, day in away)
    alone = replace(week, absences=week.absences + leave)
    result = solve(replace(network, rules=rules), alone, State(), Options(None, 100_000, 1, 1))
    assert result.schedule is not None
    return len(week.duties) - len(result.schedule.assignments)


def test_linked_days_agree_with_the_solver() -> None:
    """On the toy, for every pair and triple of days off: nothing more is left open, or no."""
    network, week = toy()
    # A night before an absence ends within it, which a day off allows: none here.
    network = replace(network, skills=frozenset(s for s in network.skills if s[1] != "night"))
    week = replace(week, duties=tuple(d for d in week.duties if d.task != "night"))
    oracle = week_oracle(network, [(week, State())])
    program = oracle.program(week.monday)
    least = left_open(network, week, frozenset())
    assert len(program.open) == least
    rng = Random(7)
    rows = [(p, day) for p in sorted(network.physicians) for day in week.days[:5]]
    answers = set()
    for _ in range(40):
        away = frozenset(rng.sample(rows, rng.randint(1, 5)))
        expected = left_open(network, week, away) == least
        found = oracle.feasible(
            {day: frozenset(p for p, other in away if other == day) for _, day in away}
        )
        assert found == expected
        answers.add(found)
    assert answers == {True, False}


def test_a_week_names_what_excludes_what() -> None:
    """clingo's core is a part of the days off asked for, and is itself impossible."""
    network, week = toy()
    program = week_oracle(network, [(week, State())]).program(week.monday)
    asked = [(physician, week.days[0]) for physician in sorted(network.physicians)]
    assert not program.feasible(asked)
    core = program.core
    assert set(core) <= set(asked)
    assert not program.feasible(core)
    assert program.feasible([])
    assert program.core == ()


def test_days_off_granted_before_stay() -> None:
    """They are part of every question; who has a fixed duty cannot be off."""
    network, week = toy()
    day = week.days[0]
    rows = [(p, day) for p in sorted(network.physicians)]
    program = week_oracle(network, [(week, State())]).program(week.monday)
    possible = [row for row in rows if program.feasible([row])]
    pairs = [pair for pair in combinations(possible, 2) if not program.feasible(pair)]
    assert pairs != []
    first, second = pairs[0]
    later = replace(week, granted=frozenset({first}))
    assert not week_oracle(network, [(later, State())]).feasible({day: frozenset({second[0]})})

    duty = next(d for d in week.duties if d.day == day and (first[0], d.task) in network.skills)
    pinned = replace(week, pins=frozenset({Assignment(day, duty.task, first[0])}))
    assert not week_oracle(network, [(pinned, State())]).feasible({day: frozenset({first[0]})})


def test_a_week_is_contested_as_a_whole_or_not_at_all() -> None:
    """Days of a week depend on one another: all claims hold together, or all are contested."""
    network, week = toy()
    oracle = week_oracle(network, [(week, State())])
    sunday = week.days[6]
    names = sorted(network.physicians)
    calm = Conflict("C", "day_off", (sunday,), tuple(Claim(n, (sunday,)) for n in names))
    assert safe_rows(calm, oracle) == {(name, sunday) for name in names}
    both = (week.days[0], sunday)
    tight = Conflict("C", "day_off", both, tuple(Claim(n, both) for n in names))
    assert safe_rows(tight, oracle) == frozenset()


def test_granted_days_are_kept_by_the_next_schedule() -> None:
    """What a decision grants by the oracle of the week costs the schedule nothing."""
    network, week = toy()
    oracle = week_oracle(network, [(week, State())])
    names = sorted(network.physicians)
    broken = []
    for day in week.days[:5]:
        case = Conflict("C", "day_off", (day,), tuple(Claim(n, (day,)) for n in names))
        decision = resolve("wheel", case, state(names, oracle), str(day), ConflictRules())
        granted = frozenset((name, day) for name in decision.grants)
        assert 0 < len(granted) < len(names)
        result = solve(
            network, replace(week, granted=granted), State(), Options(None, 100_000, 1, 1)
        )
        broken += [cost for cost in result.costs if cost.rule == "granted_leave"]
        open_duties = len(week.duties) - len(list(result.schedule or ()))
        assert open_duties == len(oracle.program(week.monday).open)
    assert broken == []


def test_a_graph_is_described_in_order() -> None:
    """Whatever the order it was made in."""
    one = DayGraph({"B": ("T2", "T1"), "A": ("T1",)})
    other = DayGraph({"A": ("T1",), "B": ("T1", "T2")})
    described = [str(DayMatching({MONDAY: graph}).description) for graph in (one, other)]
    assert described[0] == described[1]
