"""A week of the competition as facts for clingo, and its assignments read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from clingo.symbol import Symbol

from .automaton import OFF
from .model import ANY, Assignment, History, Past, Scenario, Week
from .prices import Prices
from .score import WEIGHTS

ENCODING = Path(__file__).parent / "week.lp"


def facts(scenario: Scenario, history: History, week: Week, prices: Prices) -> str:
    """Return all that `week.lp` reads."""
    return "\n".join(
        [
            *_rules(scenario),
            *_nurses(scenario, history),
            *_week(week),
            *_prices(prices),
        ]
    )


def read_assignments(symbols: Iterable[Symbol]) -> tuple[Assignment, ...]:
    """Return the assignments among the atoms of a model."""
    rows = (symbol.arguments for symbol in symbols if symbol.match("assign", 4))
    return tuple(sorted(Assignment(n.string, d.number, s.string, k.string) for n, d, s, k in rows))


def features(symbol: Symbol) -> Mapping[str, object]:
    """Return what neighbourhoods are made of."""
    nurse, day, shift, skill = symbol.arguments
    return {
        "nurse": nurse.string,
        "day": day.number,
        "shift": shift.string,
        "skill": skill.string,
    }


def _rules(scenario: Scenario) -> Iterator[str]:
    for shift in scenario.shifts:
        yield f"shift({_text(shift)}). weight({_text(shift)},{WEIGHTS['same shift']})."
    for first, then in sorted(scenario.forbidden):
        yield f"forbidden({_text(first)},{_text(then)})."
    for rule in ("coverage", "work", "off", "wishes"):
        yield f"weight({rule},{WEIGHTS[rule]})."
    yield f"weight(whole_weekend,{WEIGHTS['whole weekend']})."


def _nurses(scenario: Scenario, history: History) -> Iterator[str]:
    for name, nurse in scenario.nurses.items():
        text, contract = _text(name), scenario.contract(name)
        yield from (f"skill({text},{_text(skill)})." for skill in nurse.skills)
        yield f"limit({text},work,{contract.work.least},{contract.work.most})."
        yield f"limit({text},off,{contract.off.least},{contract.off.most})."
        for shift, allowed in scenario.shifts.items():
            yield f"limit({text},{_text(shift)},{allowed.least},{allowed.most})."
        if contract.whole_weekends:
            yield f"whole({text})."
        yield from _past(text, history[name])


def _past(text: str, past: Past) -> Iterator[str]:
    yield f"past({text},work,{past.work}). past({text},off,{past.off})."
    if past.last is not None:
        yield f"past({text},{_text(past.last)},{past.same})."


def _week(week: Week) -> Iterator[str]:
    for (shift, skill, day), (least, optimal) in week.demand.items():
        if optimal:
            yield f"demand({_text(shift)},{_text(skill)},{day},{least},{optimal})."
    for nurse, shift, day in sorted(week.wishes):
        kind = "work" if shift == ANY else _text(shift)
        yield f"wish({_text(nurse)},{kind},{day})."


def _prices(prices: Prices) -> Iterator[str]:
    for (nurse, count), price in prices.total.items():
        if price:
            yield f"total_price({_text(nurse)},{count},{price})."
    for nurse, price in prices.weekend.items():
        if price:
            yield f"weekend_price({_text(nurse)},{price})."
    for (nurse, kind), length in prices.cap.items():
        yield f"cap({_text(nurse)},{_kind(kind)},{length})."
    for (nurse, (kind, length, work)), price in prices.tail.items():
        yield f"tail_price({_text(nurse)},{_kind(kind)},{length},{work},{price})."


def _kind(kind: str) -> str:
    return "work" if kind == "work" else "off" if kind == OFF else _text(kind)


def _text(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)
