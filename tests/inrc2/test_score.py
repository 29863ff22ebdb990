"""The scorer: cases by hand, and agreement with a second scorer where one is given."""

import importlib.util
import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.inrc2.model import Assignment, Past, hand_on
from benchmarks.inrc2.read import read_instance
from benchmarks.inrc2.score import score, score_end, score_week

from .cases import FRESH, no_demand, read_case, row, scenario_of

DATA = os.environ.get("PYSCHED_INRC2_DATA")
TOOLS = os.environ.get("PYSCHED_INRC2_TOOLS")
RULES = {
    "coverage": "S1",
    "same shift": "S2shift",
    "work": "S2work",
    "off": "S3",
    "wishes": "S4",
    "whole weekend": "S5",
    "total": "S6",
    "weekends": "S7",
}
HARD = {"single": "H1", "minimum": "H2", "succession": "H3", "skill": "H4"}


@pytest.mark.parametrize(
    ("days", "past", "expected"),
    [
        ("EE-----", FRESH, {"off": 2}),
        ("E--EE--", FRESH, {"work": 1, "same shift": 1}),
        ("EN--NN-", Past(off=2), {"same shift": 2, "whole weekend": 1}),
        ("EEEEE--", Past(last="Early", same=1, work=1), {"work": 1, "same shift": 1}),
        (
            "--EE--E",
            Past(last="Early", same=1, work=1),
            {"work": 1, "same shift": 1, "whole weekend": 1},
        ),
        ("EEEEE--", Past(last="Early", same=9, work=9), {"work": 5, "same shift": 5}),
        ("EE--EE-", Past(off=1), {"off": 1, "whole weekend": 1}),
        ("-EE--NN", Past(off=3), {"off": 1}),
        ("EE---E-", FRESH, {"work": 1, "same shift": 1, "whole weekend": 1}),
        ("NN--NNN", FRESH, {}),
        ("NNNN--E", FRESH, {"same shift": 1, "whole weekend": 1}),
    ],
)
def test_runs_of_days(tmp_path: Path, days: str, past: Past, expected: dict[str, int]) -> None:
    """Too few days are charged when a run ends, too many when they are worked."""
    scenario = scenario_of("Bea", read_case(tmp_path))
    found = score_week(scenario, {"Bea": past}, no_demand(), row("Bea", days))
    assert {rule: units for rule, units in found.soft.items() if units} == expected
    assert found.violated == 0


def test_each_hard_rule_is_counted(tmp_path: Path) -> None:
    """A schedule that breaks each of them in its own way."""
    instance = read_case(tmp_path)
    schedule = [
        Assignment("Cy", 1, "Early", "Aid"),
        Assignment("Bea", 2, "Early", "Head"),
        Assignment("Ann", 2, "Early", "Aid"),
        Assignment("Ann", 2, "Early", "Head"),
    ]
    found = score_week(instance.scenario, instance.history, instance.weeks[0], schedule)
    assert found.hard == {"succession": 1, "skill": 1, "single": 1, "minimum": 1}
    assert found.soft["wishes"] == 1
    assert found.soft["coverage"] == 1 + 0 + 1 + 2 + 2 + 1 + 1


def test_counters_are_charged_at_the_end(tmp_path: Path) -> None:
    """Assignments beyond both limits, and weekends."""
    scenario = read_case(tmp_path).scenario
    history = {"Ann": Past(11, 2), "Bea": Past(4, 0), "Cy": Past(5, 1)}
    assert score_end(scenario, history).soft == {"total": 1 + 2, "weekends": 1}


def test_history_is_handed_on(tmp_path: Path) -> None:
    """Counts go on over the weekend."""
    history = {"Bea": Past(3, 1, "Night", 1, 2, 0)}
    assert hand_on(history, row("Bea", "N--EENN")) == {"Bea": Past(8, 2, "Night", 2, 4, 0)}
    assert hand_on(history, row("Bea", "NNNNNNN")) == {"Bea": Past(10, 2, "Night", 8, 9, 0)}
    assert hand_on(history, []) == {"Bea": Past(3, 1, None, 0, 0, 7)}


def second_scorer() -> Any:
    """Return the module that is held against ours."""
    file = Path(str(TOOLS)) / "inrc2_lib.py"
    spec = importlib.util.spec_from_file_location("second_scorer", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["second_scorer"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (DATA and TOOLS), reason="PYSCHED_INRC2_DATA and PYSCHED_INRC2_TOOLS")
@pytest.mark.parametrize("name", ["n030w4_1_6-2-9-1", "n050w4_0_7-2-7-2", "n080w4_2_4-3-3-3"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_second_scorer_agrees(name: str, seed: int) -> None:
    """On random schedules, which break and cost something by every rule."""
    rng = random.Random(seed)
    instance = read_instance(Path(str(DATA)), name)
    scenario, other = instance.scenario, second_scorer()
    schedules = [
        [
            Assignment(nurse, day, rng.choice([*scenario.shifts]), rng.choice(scenario.skills))
            for nurse in scenario.nurses
            for day in range(1, 8)
            for _ in range(rng.choice([0, 1, 1, 1, 2]) if rng.random() < 0.1 else rng.randint(0, 1))
        ]
        for _ in instance.weeks
    ]
    plain = [[(a.nurse, a.day - 1, a.shift, a.skill) for a in schedule] for schedule in schedules]
    hard, soft, total = other.score(*other.instance(str(DATA), name), plain)
    found = score(scenario, instance.history, instance.weeks, schedules)
    assert {HARD[rule]: units for rule, units in found.hard.items()} == hard
    assert found.cost == total
    assert {RULES[rule] for rule in found.soft} == set(soft)
