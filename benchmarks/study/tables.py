"""Tables of the study, in Markdown: medians over the seeds, their range in brackets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean, median

import numpy as np

from pysched.bench.tables import table

from .data import Rolled
from .states import OneWeek

Ways = Mapping[str, Sequence[Rolled]]


def evenness(ways: Ways) -> list[str]:
    """Return variances at the end of the horizon by category, major ones first, and their sum."""
    first = next(iter(ways.values()))[0]
    rows = []
    for category in [*first.major, *first.minor]:
        variances = {
            way: [float(np.var(one.weeks[-1].devs[category])) for one in rolls]
            for way, rolls in ways.items()
        }
        floor = median(one.floor[category] for one in ways["Q+J"])
        name = _words(category) + (" (minor)" if category in first.minor else "")
        rows.append([name, *_cells(variances), _ratio(variances), f"{floor:.2f}"])
    totals = {
        way: [sum(float(np.var(devs)) for devs in one.weeks[-1].devs.values()) for one in rolls]
        for way, rolls in ways.items()
    }
    rows.append(["sum", *_cells(totals), _ratio(totals), ""])
    return table(["counts less fair share", *ways, "Q+J / none", "floor of Q+J"], rows)


def farthest(ways: Ways) -> list[str]:
    """Return who is farthest from his fair share at the end, and his part of the variance."""
    rows = []
    for category in next(iter(ways.values()))[0].major:
        cells = []
        for rolls in ways.values():
            devs = rolls[0].weeks[-1].devs[category]
            squares = (devs - devs.mean()) ** 2
            part = squares / max(1e-9, float(squares.sum()))
            who = int(np.argmax(part))
            name = rolls[0].skilled[category][who]
            cells.append(f"{name} {devs[who]:+.0f} ({part[who]:.0%})")
        rows.append([_words(category), *cells])
    return table(["farthest, seed 1", *ways], rows)


def counts(ways: Ways) -> list[str]:
    """Return variance and range of plain counts at the end, by major category."""
    first = next(iter(ways.values()))[0]
    rows = []
    for category in first.major:
        variances = {
            way: [float(np.var(one.weeks[-1].counts[category])) for one in rolls]
            for way, rolls in ways.items()
        }
        ranges = {
            way: median(float(np.ptp(one.weeks[-1].counts[category])) for one in rolls)
            for way, rolls in ways.items()
        }
        floor = median(one.count_floor[category] for one in ways["Q+J"])
        spread = " / ".join(f"{number:g}" for number in ranges.values())
        rows.append([_words(category), *_cells(variances), f"{floor:.1f}", spread])
    return table(["plain counts", *ways, "floor of Q+J", f"range: {' / '.join(ways)}"], rows)


def weekly(ways: Ways) -> list[str]:
    """Return what happens within the weeks: variance per task, overlap, hours, violations."""
    measures: dict[str, Callable[[Rolled], float]] = {
        "weekly variance per task": lambda one: fmean(
            fmean(week.weekly_variance.values()) for week in one.weeks
        ),
        "overlapping half-hours a week": lambda one: fmean(w.overlap for w in one.weeks),
        "hours below target, a physician and week": lambda one: fmean(
            float(np.maximum(0, -week.above_target).mean()) for week in one.weeks
        ),
        "hours above target, the highest of a week": lambda one: fmean(
            float(week.above_target.max()) for week in one.weeks
        ),
        "standard deviation of balances at the end, h": lambda one: float(
            np.std(one.weeks[-1].balance)
        ),
        "skill violations": lambda one: sum(week.skill_violations for week in one.weeks),
    }
    rows = []
    for title, number in measures.items():
        values = {way: [number(one) for one in rolls] for way, rolls in ways.items()}
        rows.append([title, *_cells(values, 3 if "variance" in title else 1)])
    return table(["", *ways], rows)


def levels(ways: Ways) -> list[str]:
    """Return the mean cost of a week by level, highest first."""
    names = sorted(next(iter(ways.values()))[0].weeks[0].cost, reverse=True)
    rows = []
    for level in names:
        costs = {
            way: [fmean(week.cost[level] for week in one.weeks) for one in rolls]
            for way, rolls in ways.items()
        }
        rows.append([str(level), *_cells(costs)])
    return table(["level", *ways], rows)


def shares(ways: Ways) -> list[str]:
    """Return the same schedules against shares pro rata to contracts, and the least possible."""
    rows = []
    for category in next(iter(ways.values()))[0].major:
        old = {way: [one.pro_rata[category] for one in rolls] for way, rolls in ways.items()}
        floor = median(one.pro_rata_floor[category] for one in ways["Q+J"])
        rows.append([_words(category), *_cells(old), f"{floor:.1f}"])
    return table(["counts less pro rata share", *ways, "floor of Q+J"], rows)


def same_states(weeks: Mapping[str, Sequence[OneWeek]], major: Iterable[str]) -> list[str]:
    """Return what each way makes of a week, on average over the same states."""
    rows = []
    for category in major:
        means = [fmean(week.growth[category] for week in found) for found in weeks.values()]
        rows.append([f"growth of variance, {_words(category)}", *(f"{x:+.2f}" for x in means)])
    variances = [
        fmean(fmean(week.after.weekly_variance.values()) for week in found)
        for found in weeks.values()
    ]
    overlaps = [fmean(week.after.overlap for week in found) for found in weeks.values()]
    rows.append(["weekly variance per task", *(f"{x:.3f}" for x in variances)])
    rows.append(["overlapping half-hours", *(f"{x:.1f}" for x in overlaps)])
    return table([f"{len(next(iter(weeks.values())))} weeks", *weeks], rows)


def sensitivity(rolled: Sequence[Rolled]) -> list[str]:
    """Return one row a setting: the mean over the networks."""
    settings: dict[str, list[Rolled]] = {}
    for one in rolled:
        settings.setdefault(setting(one), []).append(one)
    rows = []
    for name, found in settings.items():
        numbers = [fmean(number(one) for one in found) for number in SENSITIVE.values()]
        rows.append([name, *(f"{x:.3f}" if x < 1 else f"{x:.1f}" for x in numbers)])
    return table(["setting", *SENSITIVE], rows)


def setting(one: Rolled) -> str:
    """Return in words what a roll of the sensitivity study changes."""
    way = one.roll.way
    if way.window is not None:
        return f"window of {way.window} weeks"
    if way.ratio is not None:
        return f"lambda = {way.ratio} wc"
    return "minutes" if way.measure == "minutes" else "default: 0.5 wc, all weeks, counts"


def major_variance(one: Rolled) -> float:
    """Return the sum over major categories of the variance of counts less fair shares."""
    return _mean_variance(one, major=True)


def _mean_variance(one: Rolled, *, major: bool) -> float:
    """Return the sum over categories of variances, on average over the second half of the weeks."""
    later = one.weeks[len(one.weeks) // 2 :]
    kept = [c for c in later[0].devs if (c in one.major) is major]
    return fmean(sum(float(np.var(week.devs[category])) for category in kept) for week in later)


SENSITIVE: dict[str, Callable[[Rolled], float]] = {
    "variances of major categories, second half": major_variance,
    "of minor categories": lambda one: _mean_variance(one, major=False),
    "weekly variance per task": lambda one: fmean(
        fmean(week.weekly_variance.values()) for week in one.weeks
    ),
    "cost of level 4 a week": lambda one: fmean(week.cost[4] for week in one.weeks),
    "cost of level 3 a week": lambda one: fmean(week.cost[3] for week in one.weeks),
    "cost of level 2 a week": lambda one: fmean(week.cost[2] for week in one.weeks),
}


def _cells(values: Mapping[str, Sequence[float]], digits: int = 1) -> list[str]:
    """Return the median of each way, with its range where there are several seeds."""
    cells = []
    for found in values.values():
        text = f"{median(found):.{digits}f}"
        several = f" ({min(found):.{digits}f}-{max(found):.{digits}f})" if max(found) else ""
        cells.append(text + (several if len(found) > 1 else ""))
    return cells


def _ratio(values: Mapping[str, Sequence[float]]) -> str:
    base = median(values["none"])
    return f"{median(values['Q+J']) / base:.2f}" if base else "-"


def _words(category: str) -> str:
    return category.replace("_", " ")
