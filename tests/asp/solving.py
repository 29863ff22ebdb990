"""Runs encodings on hand-written facts, assignments among them, and reads what they derive."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from clingo import Control, MessageCode, Symbol, SymbolType

from pysched.model import WEIGHTS

ASP = Path(__file__).parents[2] / "asp"

Term: TypeAlias = "str | int | tuple[Term, ...]"
Costs: TypeAlias = dict[tuple[str, Term], int]

# What is said of an assignment once it is made; the choice itself is left to the facts.
ASSIGNED = """
assign(P, (T, Y)) :- fixed(P, T, Y).
candidate(P, D) :- assign(P, D).
may(P, D) :- assign(P, D).
stays(P, (T, Y)) :- fixed(P, T, Y).
stays(P, (T, Y)) :- past(P, T, Y, _, _).
held(P, D) :- assign(P, D).
held(P, (T, Y)) :- past(P, T, Y, _, _).
works(P, Y) :- held(P, (_, Y)).
covered(D) :- assign(_, D).
"""

TASKS = """
main("cona").
task("ward", ward, "care", "cona").       half("ward", morning).
task("clinic", clinic, "care", "cona").   half("clinic", morning).
task("visit", clinic, "care", "cona").    half("visit", morning).
task("surgery", surgery, "care", "cona"). half("surgery", morning).
task("guard", on_site, "guard", "cona").  half("guard", afternoon).
task("night", on_site, "guard", "cona").  half("night", night).
task("call", on_call, "guard", "cona").   half("call", night).
task("far", clinic, "care", "delta").     half("far", morning).
task("farther", clinic, "care", "delta"). half("farther", morning).
task("farcall", on_call, "care", "delta"). half("farcall", night).
"""

SKILLED = "skill(P, T) :- held(P, (T, _)).\n"
NEAR = {"hard/nights", "hard/overlap", "hard/rest", "hard/travel", "soft/overlap"}
HOURS = {"hard/hours", "soft/minimum_hours", "soft/month_hours"} | {
    f"soft/{rule}" for rule in ("maximum_overtime", "hours_spread", "workload_style")
}


def rows(text: str) -> str:
    """Return the facts of assignments written as "ann guard 0 14:00-20:00, - ward 0 08:00-14:00".

    A dash is a duty that nobody has; a negative day is one of last week.
    """
    return "\n".join(_row(part.split()) for part in text.split(",") if part.strip())


def pinned(text: str) -> str:
    """Return the facts of assignments that stay, written as for `rows`."""
    parts = [part.split() for part in text.split(",")]
    fixed = [f'fixed("{who}", "{task}", {day}).' for who, task, day, _ in parts]
    return "\n".join([rows(text), *fixed])


def models(program: str, files: Iterable[str], **constants: int) -> list[list[Symbol]]:
    """Return all models of encodings with a program; nothing in it may be undefined.

    But for atoms that nothing derives: files are loaded without those they usually stand among.
    """
    said: list[str] = []

    def hear(code: MessageCode, message: str) -> None:
        if code is MessageCode.OperationUndefined:
            said.append(message)

    consts = [f"--const={name}={value}" for name, value in constants.items()]
    control = Control(["--models=0", "--opt-mode=ignore", *consts], logger=hear)
    control.add(program)
    # The objective's spare units make no other schedule.
    control.add("#defined spare/1. :- spare(_).")
    for name in files:
        control.load(str(ASP / f"{name}.lp"))
    control.ground()
    found = []
    with control.solve(yield_=True) as handle:
        found = [list(model.symbols(atoms=True)) for model in handle]
    assert said == []
    return found


def derived(name: str, facts: str, **constants: int) -> list[Symbol]:
    """Return the atoms of the one model of an encoding, the helpers it needs and facts."""
    helpers = ["near"] * (name in NEAR) + ["hours"] * (name in HOURS)
    program = ASSIGNED + TASKS + facts + SKILLED * (name in NEAR)
    found = models(program, ["instance", *helpers, name], **constants)
    assert len(found) == 1
    return found[0]


def breaches(rule: str, facts: str, **constants: int) -> dict[Term, bool]:
    """Return culprit -> whether it is accepted, of each breach of one hard rule."""
    atoms = derived(f"hard/{rule}", facts, **constants)
    culprits = {
        predicate: {plain(s.arguments[1]) for s in atoms if s.match(predicate, 2)}
        for predicate in ("violated", "accepted")
    }
    assert {plain(s.arguments[0]) for s in atoms if s.match("violated", 2)} <= {rule}
    assert culprits["accepted"] <= culprits["violated"]
    return {culprit: culprit in culprits["accepted"] for culprit in culprits["violated"]}


def costs(rule: str, facts: str, weighed: bool = True, /, **constants: int) -> Costs:
    """Return (grade, culprit) -> units of one soft rule, all its grades being weighed or none."""
    folder = "soft" if (ASP / f"soft/{rule}.lp").exists() else "fairness"
    weights = [f"weight({r}, {grade}, 1, 1)." for r, grade in WEIGHTS if r == rule and weighed]
    return costs_among(derived(f"{folder}/{rule}", facts + "".join(weights), **constants), rule)


def costs_among(atoms: Iterable[Symbol], rule: str) -> Costs:
    """Return (grade, culprit) -> units of the cost atoms of one rule."""
    found: Costs = {}
    for _, grade, culprit, number in (s.arguments for s in atoms if is_cost(s, rule)):
        key = (grade.name, plain(culprit))
        found[key] = found.get(key, 0) + number.number
    return found


def units(rule: str, facts: str, **constants: int) -> int:
    """Return the sum of the units of one soft rule, its grades weighed."""
    return sum(costs(rule, facts, True, **constants).values())


def is_cost(symbol: Symbol, rule: str) -> bool:
    """Return whether an atom is a cost of a rule."""
    return symbol.match("cost", 4) and symbol.arguments[0].name == rule


def plain(symbol: Symbol) -> Term:
    """Return a symbol as strings, whole numbers and tuples of these."""
    if symbol.type is SymbolType.Number:
        return symbol.number
    if symbol.type is SymbolType.String:
        return symbol.string
    if not symbol.arguments:
        return symbol.name
    assert symbol.name == ""
    return tuple(plain(part) for part in symbol.arguments)


def _row(words: list[str]) -> str:
    who, task, day, hours = words
    start, end = (_minute(int(day), clock) for clock in hours.split("-"))
    end += 1440 if end <= start else 0
    if int(day) < 0:
        return f'past("{who}", "{task}", {day}, {start}, {end}).'
    duty = f'duty("{task}", {day}, {start}, {end}).'
    return duty if who == "-" else f'{duty} assign("{who}", ("{task}", {day})).'


def _minute(day: int, clock: str) -> int:
    hours, minutes = clock.split(":")
    return 1440 * day + 60 * int(hours) + int(minutes)
