"""Equalization: how far everybody's burden of the rolling window is from his fair target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pysched.fairness.equalization_rules import EqualizationRules
from pysched.fairness.metrics import cv, gini, relative_spread, signed_gini
from pysched.fairness.targets import NOBODY, targets


@dataclass(frozen=True)
class WeekBurden:
    """What one worked week adds to the burdens: all that equalization has to keep of it.

    Args:
        monday: the week.
        burdens: physician -> cents of sacrifices at full value.
        volumes: skill class (who may do it, had all been present) -> cents of sacrifices.
        active: physician -> full-time equivalent times the fraction of days present.
        minted_cents: credits that the pool paid for them.
        most: physician -> cents that he could have borne at most; no limit where absent.
    """

    monday: date
    burdens: Mapping[str, int] = field(default_factory=dict)
    volumes: Mapping[frozenset[str], int] = field(default_factory=dict)
    active: Mapping[str, float] = field(default_factory=dict)
    minted_cents: int = 0
    most: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """A physician's burden B, fair target x, deviation D = B - x and mean activity a."""

    burden_cents: int
    target_cents: int
    active: float

    @property
    def deviation_cents(self) -> int:
        """How much more than his target he bore."""
        return self.burden_cents - self.target_cents

    @property
    def ratio(self) -> float | None:
        """The burden over the target, None without a target."""
        return self.burden_cents / self.target_cents if self.target_cents else None


@dataclass(frozen=True)
class Equalization:
    """A snapshot of the burdens at a week-end.

    Args:
        end: the first day after the window.
        positions: physician -> his position; the deviations add up to 0.
        gini, cv: of burdens per full-time equivalent, B / a.
        floor_gini, floor_cv: the same of the most even burdens that skills allow; no schedule can
            have less (weighted by a; without weights where all a are equal).
        signed_gini: of the deviations; `spread` their root mean square over the mean target.
        most_cents: the largest distance from a target.
    """

    end: date
    positions: Mapping[str, Position]
    gini: float
    cv: float
    floor_gini: float
    floor_cv: float
    signed_gini: float
    spread: float
    most_cents: int

    @property
    def deviations(self) -> dict[str, int]:
        """Physician -> deviation in cents."""
        return {name: p.deviation_cents for name, p in self.positions.items()}

    @property
    def active(self) -> dict[str, float]:
        """Physician -> mean full-time equivalent times active fraction."""
        return {name: p.active for name, p in self.positions.items()}


def window_of(weeks: Iterable[WeekBurden], end: date, rules: EqualizationRules) -> list[WeekBurden]:
    """Return the weeks of the rolling window, which is half-open: `end` is no longer in it.

    Raises:
        ValueError: the end is no Monday.
    """
    if end.weekday() != 0:
        raise ValueError(f"a window of weeks cannot end on {end}, which is no Monday")
    start = end - timedelta(weeks=rules.window_weeks)
    return sorted((w for w in weeks if start <= w.monday < end), key=lambda w: w.monday)


def equalize(weeks: Iterable[WeekBurden], end: date, rules: EqualizationRules) -> Equalization:
    """Return where everybody stands at the end of the rolling window.

    Args:
        weeks: of any time, once each; those outside of the window are left out.
        end: a Monday, the first day after the window.
        rules: the window and the target.
    """
    window = window_of(weeks, end, rules)
    burdens: Counter[str] = Counter()
    volumes: Counter[frozenset[str]] = Counter()
    activity: dict[str, float] = {}
    weeks_of: Counter[str] = Counter()
    for week in window:
        burdens.update(week.burdens)
        volumes.update(week.volumes)
        for name, active in week.active.items():
            activity[name] = activity.get(name, 0.0) + active
            weeks_of[name] += active > NOBODY
    for name in (*burdens, *(name for members in volumes for name in members)):
        activity.setdefault(name, 0.0)
    most = _most(window, activity)
    fair = targets(volumes, activity, rules.target, most)
    egalitarian = rules.target == "egalitarian"
    even = fair if egalitarian else targets(volumes, activity, "egalitarian", most)
    length = max(1, len(window))
    positions = {
        name: Position(burdens[name], fair[name], activity[name] / length)
        for name in sorted(activity)
    }
    least = min(rules.least_weeks, len(window) // 2)
    counted = [name for name in positions if activity[name] > NOBODY and weeks_of[name] >= least]
    return _measured(end, positions, even, counted)


def _most(window: Iterable[WeekBurden], names: Iterable[str]) -> dict[str, int]:
    """Return what each could have borne at most, for those of whom all weeks say it."""
    weeks = list(window)
    return {
        name: sum(week.most.get(name, 0) for week in weeks)
        for name in names
        if all(name in week.most or not week.active.get(name) for week in weeks)
    }


def _measured(
    end: date, positions: Mapping[str, Position], even: Mapping[str, int], counted: list[str]
) -> Equalization:
    """Return the snapshot, measured over those who were there long enough to be compared."""
    rows = [positions[name] for name in counted]
    per_fte = [row.burden_cents / row.active for row in rows]
    floor = [even[name] / positions[name].active for name in counted]
    deviations = [float(p.deviation_cents) for p in positions.values()]
    return Equalization(
        end=end,
        positions=positions,
        gini=gini(per_fte),
        cv=cv(per_fte),
        floor_gini=gini(floor),
        floor_cv=cv(floor),
        signed_gini=signed_gini(deviations),
        spread=relative_spread(deviations, [float(p.target_cents) for p in positions.values()]),
        most_cents=max((abs(p.deviation_cents) for p in positions.values()), default=0),
    )
