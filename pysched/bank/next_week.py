"""What the burdens so far say about the week to come: costs, limits, and what none can avoid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import networkx as nx

from pysched.bank.days import counted_days, day_cents
from pysched.bank.policy import Policy
from pysched.bank.roles import undesirable
from pysched.bank.value_rules import ValueRules
from pysched.bank.versions import Key
from pysched.facts.hours import candidates
from pysched.model import Duty, Network, Week

NEGLIGIBLE = Fraction(1, 20)
"""Activity below it counts as this much, so that no cost grows without bounds."""


def with_equalization(
    network: Network,
    week: Week,
    deviation: Mapping[str, int],
    fte: Mapping[str, float],
    policy: Policy,
) -> Week:
    """Return a week that knows what its sacrifice duties add to the spread of burdens.

    A sacrifice of value v borne by a physician with deviation D and activity a adds
    (2 D v + v^2) / a to the sum of D^2 / a. That many units, times the scale, are its cost with
    him. Source: drift-plus-penalty, Neely 2010. Sacrifices are those that the week-end will count:
    an undesirable duty each time, its costs shifted so that the cheapest physician costs nothing,
    and a holiday or a weekend once, of however many duties. A deviation counts up to the hard limit
    on either side, so that one who cannot be given enough does not outweigh all other rules with
    the others.

    Args:
        network: physicians, tasks and the calendar.
        week: to be scheduled.
        deviation: physician -> deviation in cents; 0 where absent.
        fte: physician -> full-time equivalent times active fraction; his contract where absent.
        policy: values, scale and hard limit.
    """
    values = duty_values(network, week, policy.values)
    limit = policy.equalization.limit_cents
    over = frozenset(n for n in network.physicians if deviation.get(n, 0) > limit)
    able = candidates(network, week)
    days = counted_days(week, policy.values)
    worth = {day: day_cents(network, week, day, policy.values) for day in days.values()}
    spread = _spread(network, deviation, fte, policy)
    return replace(
        week,
        sacrifices=frozenset(values),
        sacrifice_costs=_role_costs(network, able, policy.values, spread),
        sacrifice_days=days,
        day_costs=_day_costs(worth, days, able, spread),
        over_limit=over,
        unavoidable_sacrifices=unavoidable(network, week, values, over) if over else 0,
    )


@dataclass(frozen=True)
class _Spread:
    """What a sacrifice adds to the spread of burdens.

    Args:
        ahead: physician -> deviation in cents, up to the hard limit on either side.
        activity: physician -> full-time equivalent times active fraction.
        scale: units of cost for each credit squared a full-time equivalent.
    """

    ahead: Mapping[str, int]
    activity: Mapping[str, Fraction]
    scale: Fraction

    def units(self, physician: str, value: int) -> int:
        """Return (2 D v + v^2) / a in credits squared, scaled and rounded half even."""
        credits_squared = Fraction(value * (2 * self.ahead[physician] + value), 100 * 100)
        return round(self.scale * credits_squared / self.activity[physician])


def _spread(
    network: Network, deviation: Mapping[str, int], fte: Mapping[str, float], policy: Policy
) -> _Spread:
    limit = policy.equalization.limit_cents
    return _Spread(
        ahead={n: max(-limit, min(limit, deviation.get(n, 0))) for n in network.physicians},
        activity={n: _activity(network, fte, n) for n in network.physicians},
        scale=policy.equalization.cost_scale,
    )


def _role_costs(
    network: Network, able: Mapping[Duty, Sequence[str]], rules: ValueRules, spread: _Spread
) -> dict[tuple[str, str, date], int]:
    """Return (physician, task, day) -> units for who may take each undesirable duty."""
    roles = undesirable(network, rules)
    costs: dict[tuple[str, str, date], int] = {}
    for duty, names in able.items():
        cents = roles.get(network.tasks[duty.task].category, 0)
        if cents:
            units = {name: spread.units(name, cents) for name in names}
            least = min(units.values(), default=0)
            costs |= {(name, *duty.key): number - least for name, number in units.items()}
    return costs


def _day_costs(
    values: Mapping[date, int],
    days: Mapping[date, date],
    able: Mapping[Duty, Sequence[str]],
    spread: _Spread,
) -> dict[tuple[str, date], int]:
    """Return (physician, counted day) -> units for who may take some duty then."""
    could = {
        (name, days[duty.day]) for duty, names in able.items() if duty.day in days for name in names
    }
    return {(name, day): spread.units(name, values[day]) for name, day in sorted(could)}


def duty_values(network: Network, week: Week, rules: ValueRules) -> dict[Key, int]:
    """Return what each sacrifice duty of a week would be worth alone, in cents.

    A weekend counts in full for each of its duties, though somebody who has two earns it once.
    """
    roles = undesirable(network, rules)
    values = {
        duty.key: day_cents(network, week, duty.day, rules)
        + roles.get(network.tasks[duty.task].category, 0)
        for duty in week.duties
    }
    return {key: cents for key, cents in values.items() if cents > 0}


def unavoidable(
    network: Network, week: Week, sacrifices: Collection[Key], over: Collection[str]
) -> int:
    """Return how many sacrifice duties those under the limit cannot take, whatever is decided.

    By a largest matching of the duties of each day and half-day with who may take them, one each:
    nobody is asked to be at two duties at once. Rest and hours are left out. A duty that nobody at
    all may take is given to nobody and not counted.

    Args:
        network: tasks and physicians.
        week: with what is fixed in it.
        sacrifices: the keys of its sacrifice duties.
        over: physicians over the limit.
    """
    held = {a.duty: a.physician for a in sorted(week.fixed)}
    over_fixed = {a.duty for a in week.fixed if a.physician in over}
    groups: dict[tuple[date, str], list[tuple[Duty, list[str]]]] = defaultdict(list)
    able = {d: names for d, names in candidates(network, week).items() if names}
    able = {d: names for d, names in able.items() if d.key in sacrifices}
    for duty, names in able.items():
        if duty.key not in over_fixed:
            free = [held[duty.key]] if duty.key in held else [n for n in names if n not in over]
            groups[duty.day, network.tasks[duty.task].half_day].append((duty, free))
    taken = sum(_most_taken(rows) for rows in groups.values())
    return len(able) - taken


def _most_taken(rows: list[tuple[Duty, list[str]]]) -> int:
    graph: nx.Graph[object] = nx.Graph()
    duties = [duty.key for duty, _ in rows]
    graph.add_nodes_from(duties)
    graph.add_edges_from((duty.key, name) for duty, names in rows for name in names)
    return len(nx.bipartite.hopcroft_karp_matching(graph, duties)) // 2


def _activity(network: Network, fte: Mapping[str, float], physician: str) -> Fraction:
    person = network.physicians[physician]
    contract = Fraction(person.weekly_hours) / Fraction(network.rules.limits.full_time_hours)
    given = fte.get(physician, 0.0)
    return max(Fraction(given).limit_denominator(1000) if given > 0 else contract, NEGLIGIBLE)
