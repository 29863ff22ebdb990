"""Facts of a week that is solved again, near to a given schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from clorm import FactBase, Predicate

from pysched.facts import question_words as v
from pysched.facts.week import day_index
from pysched.model import Assignment, Schedule, Week


@dataclass(frozen=True)
class Again:
    """What is forced or forbidden when a week is solved again.

    Args:
        served: (task, day) of a duty that has to be filled.
        made: an assignment that has to be made.
        away: assignments that must not be made.
        off: (physician, day) that has to be free.
        reach: how many duties may have other physicians than before, None for all.
    """

    served: tuple[str, date] | None = None
    made: Assignment | None = None
    away: frozenset[Assignment] = frozenset()
    off: tuple[str, date] | None = None
    reach: int | None = None


def again_text(week: Week, given: Schedule, again: Again) -> str:
    """Return the facts that ask for a week again, beside those of the week itself."""
    facts = FactBase(v.Given(a.physician, a.task, day_index(week, a.day)) for a in given)
    facts.add(_asked(week, again))
    return "\n" + facts.asp_str(sorted=True)


def _asked(week: Week, again: Again) -> Iterator[Predicate]:
    if again.served is not None:
        yield v.Asked(again.served[0], day_index(week, again.served[1]))
    if again.made is not None:
        made = again.made
        yield v.AskedFor(made.physician, made.task, day_index(week, made.day))
    for away in again.away:
        yield v.AskedAway(away.physician, away.task, day_index(week, away.day))
    if again.off is not None:
        yield v.AskedOff(again.off[0], day_index(week, again.off[1]))
    if again.reach is not None:
        yield v.Reach(again.reach)
