"""The cases of a suite: weeks with the state and the complete schedule that engines start from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pysched.bench.suite import Source, SuiteError
from pysched.instance import Scenario, find_scenario, read_scenario, weeks_of
from pysched.instance.generate import generate, write_scenario
from pysched.instance.policy import with_policy
from pysched.instance.records import read_file, state_from_json, state_to_json
from pysched.model import Assignment, Network, Schedule, State, Week
from pysched.model.rules import Profile
from pysched.planner import initial_state, roll
from pysched.settle import apply, settle
from pysched.solver import Conflicts, Options
from pysched.solver.search import PROOF_SHARE

PROOF_CONFLICTS = 2_000
"""For 28 physicians, and with the square of the number of more; without a whole week from this
part of the search the other one fills duties one by one."""
IMPROVEMENT_CONFLICTS = 8_000
CUT, PART_CONFLICTS = 56, 500
"""Of more physicians than that a search begins in parts: so many conflicts a physician."""


@dataclass(frozen=True)
class Case:
    """A week, the state it is solved from, and a complete schedule of it.

    `digest` is equal for equal input: rows of the same name and another digest do not compare.
    """

    name: str
    scenario: str
    network: Network
    week: Week
    state: State
    start: Schedule
    digest: str


def first_options(physicians: int) -> Options:
    """Return how states are made, and the complete schedules that some engines are given.

    One thread and conflicts alone, so that it repeats itself.
    """
    if physicians > CUT:
        return Options(None, PART_CONFLICTS * physicians, 1, 1)
    proof = int(PROOF_CONFLICTS * max(1.0, physicians / 28) ** 2)
    # The search divides its limit; what it would improve with beyond ours is cut off.
    return Options(None, int(proof / PROOF_SHARE), 1, 1, Conflicts(proof + IMPROVEMENT_CONFLICTS))


def cases_of(source: Source, rules: Profile, root: Path, folder: Path) -> Iterator[Case]:
    """Yield the cases of a source; what had to be solved for them is kept in a folder.

    Args:
        source: which weeks of which scenario.
        rules: profile that all is solved under.
        root: what the path of a scenario is relative to.
        folder: for generated scenarios, states and schedules; another call finds them there.

    Raises:
        InstanceError: a scenario, or what is kept of it, is wrong.
        SuiteError: it has too few weeks, or no schedule was found for one of them.
    """
    place = _place(source, root, folder)
    scenario = read_scenario(place)
    scenario = replace(scenario, network=with_policy(scenario.network, rules, ()))
    weeks = weeks_of(scenario)
    numbers = source.numbers
    if max(numbers) > len(weeks):
        raise SuiteError(f"{source.name}: week {max(numbers)} of {len(weeks)}")
    kept = folder / "states" / f"{source.name}-{rules}"
    text = _text_of(place)
    state = initial_state(scenario)
    for number, week in enumerate(weeks[: max(numbers)], 1):
        file = kept / f"{week.monday}.json"
        if not file.is_file():
            _solve(scenario, week, state, file)
        state, start = _read(file, scenario.network, week.monday)
        if number in numbers:
            digest = hashlib.sha256((text + rules + read_file(file)).encode()).hexdigest()[:12]
            name = f"{source.name} {week.monday}"
            yield Case(name, source.name, scenario.network, week, state, start, digest)
        state = apply(state, settle(scenario.network, week, start))


def _place(source: Source, root: Path, folder: Path) -> Path:
    if source.physicians is None:
        name = str(source.scenario)
        return root / name if (root / name / "network.yaml").is_file() else find_scenario(name)
    place = folder / "networks" / source.name
    if not (place / "network.yaml").is_file():
        write_scenario(generate(source.physicians, source.weeks, source.seed), place)
    return place


def _text_of(place: Path) -> str:
    """Return what is read of a scenario."""
    files = sorted([*place.glob("*.yaml"), *place.glob("*.csv")])
    return "\n".join(f"{file.name}\n{read_file(file)}" for file in files)


def _solve(scenario: Scenario, week: Week, state: State, file: Path) -> None:
    """Solve a week by a setting that repeats itself, and keep the state and the schedule."""
    options = first_options(len(scenario.network.physicians))
    step = next(roll(scenario.network, [week], state, options), None)
    if step is None or step.result.schedule is None:
        name = f"{scenario.network.name} {week.monday}"
        raise SuiteError(f"{name}: no schedule in {options.conflict_limit} conflicts")
    rows = [[str(row.day), row.task, row.physician] for row in step.result.schedule]
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part")
    beside.write_text(json.dumps({"state": state_to_json(state), "start": rows}) + "\n")
    beside.replace(file)


def _read(file: Path, network: Network, monday: date) -> tuple[State, Schedule]:
    data = json.loads(read_file(file))
    rows = frozenset(Assignment(date.fromisoformat(d), task, p) for d, task, p in data["start"])
    return state_from_json(data["state"], str(file), network), Schedule(monday, rows)
