"""Grounding grows with the pairs of physicians and duties, not with their product."""

from __future__ import annotations

import time

from pysched.facts import facts_text
from pysched.instance import weeks_of
from pysched.instance.generate import generate
from pysched.model import State
from pysched.solver.program import Program, asp_folder

SECONDS = 3.0


def grounded(physicians: int) -> tuple[float, float]:
    """Return rules a pair and processor seconds of a generated week."""
    scenario = generate(physicians, 1, 1)
    text = facts_text(scenario.network, weeks_of(scenario)[0], State())
    started = time.process_time()
    program = Program([asp_folder() / "week.lp"], text, ["--warn=none"])
    seconds = time.process_time() - started
    program.configure(solve__solve_limit="0")
    program.control.solve()
    rules = program.control.statistics["problem"]["lp"]["rules"]
    return rules / len(program.literals), seconds


def test_rules_a_pair_are_the_same_from_28_to_112() -> None:
    """Within a fifth, and 112 physicians are grounded in three seconds."""
    small, _ = grounded(28)
    large, seconds = grounded(112)
    assert 0.8 < large / small < 1.2
    assert seconds < SECONDS
