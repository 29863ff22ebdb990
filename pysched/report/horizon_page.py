"""The page of a horizon: weeks, duties and hours by physician, and what it all cost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from pysched.explain.difference import bearers
from pysched.explain.grade_words import GRADE_WORDS
from pysched.model import Network
from pysched.report.boxes import boxes_figure
from pysched.report.drawing import Figure
from pysched.report.grids import Grid, hours_words
from pysched.report.measures import WeekMeasures, measure_week, spread_of
from pysched.report.pages import page
from pysched.report.reported import ReportedWeek, mondays_between
from pysched.report.wording import called, day_words

MOST_NAMED = 8
"""Of so many physicians the cost of a rule is named."""


def horizon_page(
    network: Network,
    weeks: Sequence[ReportedWeek],
    levels: Mapping[int, str],
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the page of some weeks as HTML text.

    Args:
        network: physicians, tasks and categories.
        weeks: at least one, in order.
        levels: what is compared at each level.
        links: Monday -> where the page of the week is.
    """
    measures = [measure_week(network, shown.week, shown.schedule) for shown in weeks]
    labels = [f"{measured.monday:%d.%m.}" for measured in measures]
    hours = [[balance / 60 for balance in m.balances.values()] for m in measures]
    return page(
        "horizon",
        "landscape",
        network=network,
        first=day_words(weeks[0].week.days[0]),
        last=f"{day_words(weeks[-1].week.days[-1])} {weeks[-1].week.days[-1].year}",
        facts=_facts(weeks, measures),
        missing=[str(day) for day in mondays_between(weeks)],
        weeks=_weeks(weeks, measures, levels, links or {}),
        counts=counts_grid(network, measures),
        spread=_spread(network, measures),
        balances=_balances(network, measures),
        hours=boxes_figure(
            labels, [("physicians", hours)], "Hours worked less target, by week", "hours", "balance"
        ),
        reasons=_reasons(network, weeks, levels),
        origin=weeks[-1].origin,
    )


def counts_grid(network: Network, measures: Sequence[WeekMeasures]) -> Grid:
    """Return duties by physician and category over some weeks."""
    head = ["Physician", *(name.replace("_", " ") for name in network.categories), "all"]
    rows = []
    for physician in network.physicians.values():
        counts = [
            sum(week.counts.get((physician.id, category), 0) for week in measures)
            for category in network.categories
        ]
        rows.append([physician.name, *map(str, counts), str(sum(counts))])
    return Grid("Duties over all weeks, by category", head, rows)


def _facts(
    weeks: Sequence[ReportedWeek], measures: Sequence[WeekMeasures]
) -> list[tuple[int, str]]:
    filled = sum(m.filled for m in measures)
    essential = sum(m.open_essential for m in measures)
    others = sum(m.duties for m in measures) - filled - essential
    unskilled = sum(len(m.unskilled) for m in measures)
    broken = sum(len(shown.broken) for shown in weeks)
    return [
        (len(weeks), called(len(weeks), "week")),
        (filled, f"{called(filled, 'duty')} filled"),
        (essential, f"essential {called(essential, 'duty')} open"),
        (others, f"other {called(others, 'duty')} open"),
        (unskilled, f"skill {called(unskilled, 'violation')}"),
        (broken, f"hard {called(broken, 'rule')} broken"),
    ]


def _weeks(
    weeks: Sequence[ReportedWeek],
    measures: Sequence[WeekMeasures],
    levels: Mapping[int, str],
    links: Mapping[str, str],
) -> Grid:
    order = sorted(levels, reverse=True)
    head = ["Week of", "Duties", "Open essential", "Open other", "Overlapping h"]
    head += [f"Cost: {levels[level]}" for level in order]
    rows = []
    for shown, measured in zip(weeks, measures, strict=True):
        costs: Counter[int] = Counter()
        for cost in shown.costs:
            costs[cost.level] += cost.units * cost.weight
        monday = str(measured.monday)
        named = _link(monday, links)
        opened = measured.duties - measured.filled
        cells = [named, str(measured.duties)]
        cells += [str(measured.open_essential), str(opened - measured.open_essential)]
        cells += [hours_words(measured.overlap_minutes)]
        rows.append([*cells, *(f"{costs[level]:,}" for level in order)])
    return Grid("Service and cost of each week; levels are compared from the left", head, rows)


def _spread(network: Network, measures: Sequence[WeekMeasures]) -> Figure:
    names = list(network.categories)
    groups = [[float(n) for n in spread_of(network, measures, c).counts.values()] for c in names]
    labels = [name.replace("_", " ") for name in names]
    title = "Duties over all weeks of those with the skill, by category"
    return boxes_figure(labels, [("physicians", groups)], title, "duties", "spread")


def _balances(network: Network, measures: Sequence[WeekMeasures]) -> Grid:
    head = ["Physician", *(f"{m.monday:%d.%m.}" for m in measures), "all"]
    rows = []
    for physician in network.physicians.values():
        balances = [m.balances[physician.id] for m in measures]
        cells = [hours_words(balance, signed=True) for balance in (*balances, sum(balances))]
        rows.append([physician.name, *cells])
    return Grid("Hours worked less target, by physician and week", head, rows)


def _reasons(network: Network, weeks: Sequence[ReportedWeek], levels: Mapping[int, str]) -> Grid:
    totals: dict[tuple[int, str, str], Counter[str]] = defaultdict(Counter)
    for shown in weeks:
        for cost in shown.costs:
            named = bearers(network, cost.culprit)
            whom = network.physicians[named[0]].name if named else ""
            totals[cost.level, cost.rule, cost.grade][whom] += cost.units * cost.weight
    rows = []
    for (level, rule, grade), costs in sorted(
        totals.items(), key=lambda item: (-item[0][0], -item[1].total())
    ):
        most = [(name, cost) for name, cost in costs.most_common() if name]
        whom = "; ".join(f"{name} {cost}" for name, cost in most[:MOST_NAMED])
        more = len(most) - MOST_NAMED
        whom += f"; {more} more" if more > 0 else ""
        name = levels.get(level, str(level))
        rows.append((GRADE_WORDS[rule, grade].reason, name, whom or "-", f"{costs.total():,}"))
    head = ("Why", "Compared", "Whom it cost most", "Cost")
    return Grid("Reasons for the cost of all weeks", head, rows, frozenset((0, 1, 2)))


def _link(monday: str, links: Mapping[str, str]) -> str:
    if monday not in links:
        return monday
    return Markup('<a href="{}">{}</a>').format(links[monday], monday)
