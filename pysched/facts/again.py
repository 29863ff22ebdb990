"""Facts of a week that is solved again, near to a given schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clorm import FactBase, Predicate

from pysched.facts import question_words as v
from pysched.facts.week import day_index
from pysched.model import Assignment, Schedule, Week


@dataclass(frozen=True)
class Again:
    """What is forced or forbidden when a week is solved again.

    Args:
        made: an assignment that has to be made.
        away: assignments that must not be made.
        reach: how many duties may have other physicians than before, None for all.
    """

    made: Assignment | None = None
    away: frozenset[Assignment] = frozenset()
    reach: int | None = None


def again_text(week: Week, given: Schedule, again: Again) -> str:
    """Return the facts that ask for a week again, beside those of the week itself."""
    facts = FactBase(v.Given(a.physician, a.task, day_index(week, a.day)) for a in given)
    facts.add(_asked(week, again))
    return "\n" + facts.asp_str(sorted=True)


def _asked(week: Week, again: Again) -> Iterator[Predicate]:
    if again.made is not None:
        made = again.made
        yield v.AskedFor(made.physician, made.task, day_index(week, made.day))
    for away in again.away:
        yield v.AskedAway(away.physician, away.task, day_index(week, away.day))
    if again.reach is not None:
        yield v.Reach(again.reach)
