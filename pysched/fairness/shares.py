"""The fair share: how a week's work would be split if duties could be divided."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from pysched.facts.hours import candidates, target_hours
from pysched.model import Agreement, Duty, Limits, Network, Task, Week

ROUNDS = 100
TINY = 1e-9
Floats = NDArray[np.float64]


def fair_shares(
    network: Network, week: Week, covered: Collection[Duty]
) -> dict[tuple[str, Duty], float]:
    """Return what part of each covered duty is a physician's fair share.

    The parts are those of an even week whose duties can be divided. Each duty is shared out wholly
    over those who may take it (skill, presence, agreements). As far as all of it can hold, hours
    follow the week's targets, nobody has more than one of the duties that exclude each other by
    time, and at most the agreed number of a category. It starts from parts pro rata to weekly hours
    (the carpool rule of Fagin and Williams, 1983) and fits them in 100 rounds of iterative
    proportional fitting (Deming and Stephan, 1940; for inequalities Bregman, 1967). In a week too
    full for its people not all can hold, and the rounds end in a compromise; so their number is
    part of the definition.

    Args:
        network: who may do what, contracts, agreements, limits.
        week: absences and targets.
        covered: duties of the week that somebody filled.

    Returns:
        (physician, duty) -> part in (0, 1]; the parts of a duty add up to 1. A duty that nobody
        may take is left out.
    """
    split = _split(network, week, sorted(covered))
    if not split.duties:
        return {}
    parts = split.fitted()
    rows, columns = np.nonzero(parts)
    return {
        (split.names[p], split.duties[d]): float(parts[p, d])
        for p, d in zip(rows, columns, strict=True)
    }


@dataclass(frozen=True)
class _Split:
    """Physicians by duties, and what their parts have to add up to.

    Args:
        names: n physicians.
        duties: m duties that somebody may take.
        even: n x m parts, pro rata to weekly hours.
        minutes: m credited minutes.
        targets: n minutes, scaled to add up to all that is credited, at most what agreements leave.
        groups: which of the m duties, and the most that a physician may have of them together.
    """

    names: list[str]
    duties: list[Duty]
    even: Floats
    minutes: Floats
    targets: Floats
    groups: list[tuple[NDArray[np.bool_], Floats]]

    def fitted(self) -> Floats:
        """Return the parts after so many rounds of scaling, each ending with whole duties."""
        parts = self.even.copy()
        held = np.ones((len(self.groups), len(self.names)))
        for _ in range(ROUNDS):
            for n, (columns, most) in enumerate(self.groups):
                total = parts[:, columns].sum(axis=1)
                # A limit that no longer binds gives back what it took before, and no more.
                factor = np.clip(held[n] * most / np.maximum(total, TINY), TINY, 1.0)
                parts[:, columns] *= (factor / held[n])[:, None]
                held[n] = factor
            worked = parts @ self.minutes
            factor = np.where(worked > 0, self.targets / np.maximum(worked, TINY), 1.0)
            parts *= np.where(self.minutes > 0, factor[:, None], 1.0)
            parts = self._whole(parts)
        return parts

    def _whole(self, parts: Floats) -> Floats:
        """Return parts that add up to 1 a duty; one that nobody has hours for is split evenly."""
        total = parts.sum(axis=0)
        return np.where(total > 0, parts / np.where(total > 0, total, 1.0), self.even)


def _split(network: Network, week: Week, covered: list[Duty]) -> _Split:
    # Who was put on a duty by hand need not be one who may take it.
    able = candidates(network, replace(week, pins=frozenset(), worked=frozenset()))
    never = {(a.physician, a.value) for a in _limits(network) if a.limit == 0}
    able = {
        duty: [name for name in who if (name, network.tasks[duty.task].category) not in never]
        for duty, who in able.items()
    }
    duties = [duty for duty in covered if able[duty]]
    names = sorted(network.physicians)
    contracts = np.array([float(network.physicians[name].weekly_hours) for name in names])
    may = np.array([[name in able[duty] for duty in duties] for name in names], dtype=float)
    weights = may * contracts[:, None]
    minutes = np.array([float(network.tasks[duty.task].credited_minutes) for duty in duties])
    # Only who may do something that takes time can be held to a target.
    hours = np.array([float(target_hours(network, week, name)) for name in names])
    hours = np.where(weights @ minutes > 0, hours, 0.0)
    groups = [*_exclusive(network, duties, len(names)), *_agreed(network, duties, names)]
    most = _attainable(network, duties, names, may, minutes)
    targets = _filled(hours, most, float(minutes.sum()))
    return _Split(names, duties, weights / weights.sum(axis=0), minutes, targets, groups)


def _filled(hours: Floats, most: Floats, total: float) -> Floats:
    """Return a total shared out in proportion to hours, but to nobody more than his most."""
    full = np.zeros(len(hours), dtype=bool)
    while True:
        rest = np.where(full, 0.0, hours)
        scale = (total - most[full].sum()) / rest.sum() if rest.any() else 0.0
        targets = np.where(full, most, rest * scale)
        if not (targets > most).any():
            return targets
        full |= targets > most


def _limits(network: Network) -> list[Agreement]:
    """Return the agreements on at most so many duties of a category a week."""
    return [agreed for agreed in network.agreements if agreed.kind == "max_per_week"]


def _attainable(
    network: Network, duties: list[Duty], names: list[str], may: Floats, minutes: Floats
) -> Floats:
    """Return the most minutes that agreements leave each physician; no limit without any."""
    most = np.full(len(names), np.inf)
    for agreed in _limits(network):
        n = names.index(agreed.physician)
        inside = np.array([network.tasks[duty.task].category == agreed.value for duty in duties])
        longest = np.sort((may[n] * minutes)[inside])[::-1][: agreed.limit]
        most[n] = min(most[n], float((may[n] * minutes)[~inside].sum() + longest.sum()))
    return most


def _agreed(
    network: Network, duties: list[Duty], names: list[str]
) -> Iterator[tuple[NDArray[np.bool_], Floats]]:
    """Yield the duties of a category that somebody agreed to have at most so many of."""
    for agreed in _limits(network):
        columns = [network.tasks[duty.task].category == agreed.value for duty in duties]
        most = np.full(len(names), np.inf)
        most[names.index(agreed.physician)] = agreed.limit
        yield np.array(columns), most


def _exclusive(
    network: Network, duties: list[Duty], people: int
) -> Iterator[tuple[NDArray[np.bool_], Floats]]:
    """Yield the largest sets of duties of which nobody can have two, by time alone.

    Duties with the same times exclude the same others, so that only times are compared.
    """
    shapes = [_shape(network.tasks[duty.task], duty) for duty in duties]
    graph: nx.Graph[_Shape] = nx.Graph()
    graph.add_nodes_from(shapes)
    limits = network.rules.limits
    graph.add_edges_from(
        pair for pair in combinations(sorted(set(shapes)), 2) if _exclude(*pair, limits)
    )
    for clique in sorted(sorted(clique) for clique in nx.find_cliques(graph)):
        columns = np.array([shape in clique for shape in shapes])
        if columns.sum() > 1:
            yield columns, np.ones(people)


class _Shape(NamedTuple):
    """When a duty is, in minutes since Monday, and what rules about time hold for it."""

    start: int
    end: int
    day: date
    is_work: bool
    is_night: bool


def _shape(task: Task, duty: Duty) -> _Shape:
    return _Shape(duty.start, duty.end, duty.day, task.is_work, task.is_night)


def _exclude(a: _Shape, b: _Shape, limits: Limits) -> bool:
    """Return whether two duties, the first starting no later, overlap or break a hard rule."""
    if b.start < a.end or (a.is_night and b.is_night and b.day - a.day <= timedelta(days=1)):
        return True
    span = max(a.end, b.end) - a.start
    rested = span <= 60 * limits.span_hours or b.start - a.end >= 60 * limits.rest_hours
    return a.is_work and b.is_work and not rested
