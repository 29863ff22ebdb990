"""Decisions found again from stored inputs: byte for byte, in another process, by anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
import rfc8785

from pysched.conflicts import (
    FOR_ALL,
    Claim,
    Conflict,
    ConflictRules,
    ConflictState,
    Oracle,
    Standing,
    canonical,
    conflict_json,
    conflict_of,
    decision_json,
    decision_of,
    replay,
    resolve,
    state_json,
    state_of,
    week_oracle,
)
from pysched.conflicts.joint import joint_oracle
from pysched.conflicts.sealed import commitment_of
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import State
from tests.conflicts.worlds import days, people, random_matching, seats

ROOT = Path(__file__).parents[2]
RULES = ConflictRules(chance_draws=2)

SCRIPT = """
import json, sys
from pysched.conflicts import *
for row in json.load(sys.stdin):
    rules = ConflictRules(**row["rules"])
    conflict, state = conflict_of(row["conflict"]), state_of(row["state"])
    decision = decision_of(row["decision"])
    print(canonical(decision_json(replay(decision, conflict, state, rules))).decode())
"""


def sealed(claim: Claim, number: int) -> Claim:
    """Return a claim that was committed to; one in three is not revealed."""
    nonce = f"nonce {number}"
    seal = commitment_of("C1", claim.physician, claim.bid_cents, nonce)
    return replace(claim, commitment=seal, nonce=nonce if number % 3 else None)


def case(
    seed: int, kind: str, oracle: Oracle, names: tuple[str, ...], dates: tuple[date, ...]
) -> tuple[Conflict, ConflictState]:
    """Return a conflict in which everything occurs that is stored."""
    rng = Random(seed)
    claims = []
    for number, name in enumerate(names):
        own = tuple(day for day in dates if rng.random() < 0.8) or dates[:1]
        points = {day: rng.randint(0, 20) for day in own} if rng.random() < 0.7 else {}
        urgency = rng.choice(("none", "some", "high"))
        claim = Claim(name, own, urgency, rng.randint(0, 900), points, objects=rng.random() < 0.3)  # type: ignore[arg-type]
        claims.append(sealed(claim, number) if rng.random() < 0.5 else claim)
    members = {
        name: Standing(
            name,
            rng.randint(6_000, 9_999),
            Decimal(rng.randint(0, 300)) / 10,
            rng.randint(0, 4),
            rng.randint(0, 2),
            rng.randint(-5_000, 5_000),
            Fraction(rng.randint(1, 10), 10),
            rng.randint(0, 2),
            rng.random() < 0.1,
        )
        for name in (*names, "Q1")
    }
    wheels = {"day_off": {name: (rng.randint(0, 3), rng.randint(0, 2)) for name in names[:3]}}
    conflict = Conflict("C1", kind, dates, tuple(claims), ("Q1",))  # type: ignore[arg-type]
    return conflict, ConflictState(oracle, members, wheels, 10_000)


def cases() -> list[tuple[str, Conflict, ConflictState]]:
    """Return a case for every mechanism and sort of oracle."""
    scenario = read_scenario(find_scenario("toy"))
    week = next(iter(weeks_of(scenario)))
    toy = tuple(sorted(scenario.network.physicians))
    dates = days(3)
    worlds: list[tuple[Oracle, tuple[str, ...], tuple[date, ...]]] = [
        (seats(2, dates), people(5), dates),
        (random_matching(Random(9), 6, dates), people(6), dates),
        (week_oracle(scenario.network, [(week, State())]), toy, week.days[:3]),
        (joint_oracle(scenario.network, week, State()), toy, week.days[:3]),
    ]
    found = []
    for number, (oracle, names, when) in enumerate(worlds):
        for name in (*FOR_ALL, "coverage"):
            kinds = ("holiday", "day_off", "vacation") if name == "hybrid" else ("holiday",)
            for kind in ("coverage",) if name == "coverage" else kinds:
                found.append((name, *case(number, kind, oracle, names, when)))
    return found


def test_all_is_found_again_in_another_process_and_after_a_restart() -> None:
    """From JSON alone, with other hashes of texts, every mechanism says the same bytes."""
    rows, expected = [], []
    for name, conflict, state in cases():
        decision = resolve(name, conflict, state, "seed of the week", RULES)
        expected.append(canonical(decision_json(decision)).decode())
        rows.append(
            {
                "conflict": conflict_json(conflict),
                "state": state_json(state),
                "rules": RULES.described(),
                "decision": decision_json(decision),
            }
        )
    stored = canonical(rows).decode()
    for hashing in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=stored,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hashing, "PYTHONPATH": str(ROOT)},
        )
        assert done.stdout.splitlines() == expected
    assert {json.loads(row)["mechanism"] for row in expected} >= {
        "lottery",
        "wheel",
        "auction",
        "nash",
        "seniority",
        "coverage",
        "round_robin",
    }


def test_what_is_stored_is_read_as_it_was() -> None:
    """Claims, states and decisions, there and back."""
    for name, conflict, state in cases()[:8]:
        assert conflict_of(json.loads(canonical(conflict_json(conflict)))) == conflict
        again = state_of(json.loads(canonical(state_json(state))))
        assert state_json(again) == state_json(state)
        decision = resolve(name, conflict, state, "s", RULES)
        assert decision_of(json.loads(canonical(decision_json(decision)))) == decision


@pytest.mark.parametrize("change", ["bid", "member", "oracle", "rules", "seed"])
def test_a_digest_covers_all_inputs(change: str) -> None:
    """With anything else it is another one, even where the outcome is the same."""
    _, conflict, state = cases()[0]
    rules, seed = RULES, "s"
    before = resolve("wheel", conflict, state, seed, rules).digest
    if change == "bid":
        first = conflict.claims[0]
        raised = replace(first, bid_cents=first.bid_cents + 1)
        conflict = replace(conflict, claims=(raised, *conflict.claims[1:]))
    elif change == "member":
        more = replace(state.members["Q1"], wins=9)
        state = replace(state, members={**state.members, "Q1": more})
    elif change == "oracle":
        state = replace(state, oracle=seats(3, conflict.days))
    elif change == "rules":
        rules = replace(rules, win_percent=79)
    else:
        seed = "t"
    assert resolve("wheel", conflict, state, seed, rules).digest != before
    assert len(before) == 64


def test_bytes_are_those_of_rfc_8785() -> None:
    """Whatever the letters; an oracle's description and a decision among them."""
    _, conflict, state = cases()[0]
    values = [conflict_json(conflict), state_json(state), {"b": 1, "a": '\x7f\u001f"\\\n', "": []}]
    values += [{"ü": "é", "\U0001f600": 1, "\ufb33": 2}]
    for value in values:
        plain = json.loads(canonical(value))
        assert canonical(value) == rfc8785.dumps(plain)


def test_a_changed_decision_is_found() -> None:
    """A replay from the stored inputs does not say what was made of it."""
    _, conflict, state = cases()[0]
    decision = resolve("hybrid", conflict, state, "s", RULES)
    forged = replace(decision, grants={"P00": conflict.days})
    assert replay(decision, conflict, state, RULES) == decision
    assert replay(forged, conflict, state, RULES) != forged
