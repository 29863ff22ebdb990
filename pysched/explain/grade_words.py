"""What each grade of each soft rule says when it costs, for reports and for contrasts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class GradeWords(NamedTuple):
    """The words of a grade of a rule.

    Args:
        reason: why it costs, as a sentence without its full stop.
        unit: what its units are, in the singular.
        each: what one unit is, where nothing else says what it is about.
    """

    reason: str
    unit: str
    each: str


GRADE_WORDS: Mapping[tuple[str, str], GradeWords] = MappingProxyType(
    {
        ("coverage", "essential"): GradeWords(
            "Nobody fills this essential duty", "duty", "essential duty left open"
        ),
        ("coverage", "other"): GradeWords("Nobody fills this duty", "duty", "duty left open"),
        ("granted_leave", "day"): GradeWords(
            "A day off that was granted has a duty", "day", "granted day off broken"
        ),
        ("debt_limit", "sacrifice"): GradeWords(
            "A sacrifice duty went to somebody over the limit of what was borne",
            "duty",
            "sacrifice duty over the debt limit",
        ),
        ("continuity", "ward"): GradeWords(
            "Nobody is in charge of the ward this week", "ward", "ward without continuity"
        ),
        ("stability", "later"): GradeWords(
            "Differs from the published schedule", "assignment", "published duty changed"
        ),
        ("stability", "soon"): GradeWords(
            "Differs from the published schedule within a day",
            "assignment",
            "published duty changed within a day",
        ),
        ("overlap", "main"): GradeWords(
            "Two duties at once at the main hospital",
            "half-hour",
            "half-hour of two duties at once at the main hospital",
        ),
        ("overlap", "elsewhere"): GradeWords(
            "Two duties at once", "half-hour", "half-hour of two duties at once elsewhere"
        ),
        ("minimum_hours", "hour"): GradeWords(
            "Works less than the target of the week", "hour", "hour below the target"
        ),
        ("month_hours", "hour"): GradeWords(
            "Worked less than the target of the month", "hour", "hour below the month's target"
        ),
        ("maximum_overtime", "hour"): GradeWords(
            "Has the most overtime of the week", "hour", "hour of the largest overtime"
        ),
        ("ward_six", "ward"): GradeWords(
            "Nobody has the ward on every day from Monday to Saturday",
            "ward",
            "ward with more than one physician from Monday to Saturday",
        ),
        ("morning_after_on_call", "day"): GradeWords(
            "Works on the morning after a night on call",
            "day",
            "morning of work after a night on call",
        ),
        ("geography", "pair"): GradeWords(
            "Two places that are far apart on one day", "pair", "tasks far apart on one day"
        ),
        ("house_rules", "senior_holiday"): GradeWords(
            "A senior has duty on a major holiday", "day", "senior on duty on a major holiday"
        ),
        ("house_rules", "resident_weekend"): GradeWords(
            "A resident has duty two weekends in a row",
            "weekend",
            "resident on duty two weekends running",
        ),
        ("house_rules", "first_year"): GradeWords(
            "An unwanted duty that somebody in the first year could have had",
            "duty",
            "unwanted duty that a first-year member was spared",
        ),
        ("wishes", "day_off"): GradeWords(
            "A wish for a day off is not met", "point", "wish for a day off not met"
        ),
        ("wishes", "shift_off"): GradeWords(
            "A wish for a part of a day off is not met", "point", "wish for a shift off not met"
        ),
        ("wishes", "avoid_task"): GradeWords(
            "A wish to be spared a task is not met", "point", "wish to avoid a task not met"
        ),
        ("wishes", "prefer_task"): GradeWords(
            "A wish for a task is not met", "point", "wish for a task not met"
        ),
        ("suitability", "tenth"): GradeWords(
            "Suits the task less than fully", "tenth", "tenth of suitability missing"
        ),
        ("team", "avoid"): GradeWords(
            "Two who would rather not meet work together",
            "half-day",
            "meeting of a pair that avoids it",
        ),
        ("team", "like"): GradeWords(
            "Two who like to work together do not meet", "pair", "pair without the meeting it likes"
        ),
        ("team", "mentor"): GradeWords(
            "A resident does not meet the mentor",
            "pair",
            "resident without a meeting with the mentor",
        ),
        ("workload_style", "steady"): GradeWords(
            "A long day for somebody who likes steady days",
            "hour",
            "long day against a steady style",
        ),
        ("workload_style", "intense"): GradeWords(
            "One more day for somebody who likes few long ones",
            "day",
            "day too many for an intense style",
        ),
        ("hours_spread", "block"): GradeWords(
            "The balance of hours is away from the group's",
            "block",
            "step away from the group's balance of hours",
        ),
        ("memory", "major"): GradeWords(
            "Has had more of this major category than most",
            "class",
            "class of past loads in a major category",
        ),
        ("memory", "minor"): GradeWords(
            "Has had more of this minor category than most",
            "class",
            "class of past loads in a minor category",
        ),
        ("rotation", "major"): GradeWords(
            "Has the same task of a major category again this week",
            "repetition",
            "repeat of a major task within the week",
        ),
        ("rotation", "minor"): GradeWords(
            "Has the same task of a minor category again this week",
            "repetition",
            "repeat of a minor task within the week",
        ),
        ("variety", "week"): GradeWords(
            "Had the same task in the weeks before too", "week", "week in a row with the same task"
        ),
        ("equalization", "sacrifice"): GradeWords(
            "Has borne more than the fair target so far", "unit", "unit of equalization"
        ),
        ("equalization", "day"): GradeWords(
            "Is further from the fair target by this weekend or holiday",
            "unit",
            "unit of equalization by a holiday or weekend",
        ),
    }
)
"""The words by rule and grade."""
