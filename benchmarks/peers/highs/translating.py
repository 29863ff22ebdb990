"""The second process: builds the model of a week with CP-SAT's library and writes its rows.

Says that it is ready, then reads pickled weeks from the standard input and writes one pickled
matrix for each to the standard output, until there is no more input.
"""

from __future__ import annotations

import os
import pickle
import sys
from dataclasses import replace

import numpy as np
from ortools.sat.python.cp_model import LinearExpr, LinearExprT

from pysched.model import Network, State, Week

from ..cpsat.costs import SOFT_RULES, Key, build, by_level
from .matrix import Matrix, Stage
from .second import READY
from .translate import Translation

# Answers have the output to themselves: what a library prints goes to the errors.
_answers = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)


def matrix_of(network: Network, week: Week, state: State, *, merge: bool = True) -> Matrix:
    """Return the program of a week as the CP-SAT peer models it, the highest level first."""
    hard_alone = replace(network, rules=replace(network.rules, weights={}))
    program, _ = build(hard_alone, week, state)
    translation = Translation(program.model, merge=merge)
    parts: dict[Key, list[LinearExprT]] = {key: [] for key in network.rules.weights}
    stages = {}
    for level, rules in _rules_by_level(network).items():
        for rule in rules:
            for grade, amount in SOFT_RULES[rule](program):
                if (rule, grade) in parts:
                    parts[rule, grade].append(amount)
        translation.go_on()
        units: dict[Key, LinearExprT] = {k: LinearExpr.sum(terms) for k, terms in parts.items()}
        stages[level] = _stage(translation, by_level(network, units)[level])
    fillings = {
        (physician, duty.task, duty.day): translation.column[literal.index]
        for (physician, duty), literal in program.x.items()
    }
    fixed = [translation.column[program.x[key].index] for key in program.fixed]
    return translation.rows.matrix(fillings, fixed, stages)


def _rules_by_level(network: Network) -> dict[int, list[str]]:
    """Return by level, the highest first, the rules that charge it and no higher one."""
    highest: dict[str, int] = {}
    for (rule, _), (_, level) in network.rules.weights.items():
        highest[rule] = max(level, highest.get(rule, level))
    levels = sorted({level for _, level in network.rules.weights.values()}, reverse=True)
    return {level: [rule for rule in highest if highest[rule] == level] for level in levels}


def _stage(translation: Translation, cost: LinearExprT) -> Stage:
    """Return a level's sum in terms of columns, by having the model take it apart."""
    translation.model.minimize(cost)
    found = translation.model.proto.objective
    columns = np.array([translation.column[index] for index in found.vars], np.int32)
    coefficients = np.array(list(found.coeffs), np.float64)
    rows = translation.rows
    return Stage(columns, coefficients, float(found.offset), rows.width, rows.height)


def main() -> None:
    """Answer until the input ends."""
    _say(READY)
    while True:
        try:
            week = pickle.load(sys.stdin.buffer)  # noqa: S301  (from the process that started this)
        except EOFError:
            return
        _say(matrix_of(*week))


def _say(what: object) -> None:
    pickle.dump(what, _answers)
    _answers.flush()


if __name__ == "__main__":
    main()
