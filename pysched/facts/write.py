"""From network, week and state to the facts of one week, as a base or as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import gcd

from clorm import FactBase

from pysched.facts import week_words as v
from pysched.facts.network import network_facts
from pysched.facts.week import day_index, state_facts, week_facts
from pysched.model import Network, Schedule, State, Week


def facts_of(network: Network, week: Week, state: State) -> FactBase:
    """Return all facts of a week; their text with asp/week.lp is a whole program."""
    facts = FactBase(network_facts(network))
    facts.add(week_facts(network, week, state))
    facts.add(state_facts(network, week, state))
    return facts


def facts_text(network: Network, week: Week, state: State) -> str:
    """Return constants and facts as a text that clingo reads, the same for the same input."""
    facts = facts_of(network, week, state).asp_str(sorted=True)
    return f"% Week of {week.monday}\n{constants_text(network)}{facts}"


def constants_text(network: Network) -> str:
    """Return the limits of the rules as a text that clingo reads, a line each."""
    constants = _constants(network).items()
    return "".join(f"#const {name} = {value}. [override]\n" for name, value in constants)


def known_text(week: Week, known: Sequence[Schedule], allowed: Mapping[int, int]) -> str:
    """Return the facts that ask for another schedule than those known already.

    Args:
        week: of the schedules.
        known: schedules that the other one is to differ from.
        allowed: level -> what the other one may cost at most there.
    """
    facts = FactBase(
        v.Known(number, row.physician, row.task, day_index(week, row.day))
        for number, schedule in enumerate(known)
        for row in schedule
    )
    facts.add(v.Allowed(level, cost) for level, cost in allowed.items())
    return "\n" + facts.asp_str(sorted=True)


def _constants(network: Network) -> dict[str, int]:
    limits = network.rules.limits
    credited = (task.credited_minutes for task in network.tasks.values())
    return {
        "rest_minutes": 60 * limits.rest_hours,
        "near_minutes": max(60 * limits.rest_hours, *network.travel.values(), 0),
        "span_minutes": 60 * limits.span_hours,
        "max_nights": limits.max_nights,
        "days_in_a_row": limits.days_in_a_row,
        "spread_block": 60 * limits.spread_block_hours,
        "unit": gcd(*credited) or 1,
    }
