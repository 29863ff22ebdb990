"""Who works with whom, and whom the house spares: facts about two physicians at a time."""

from __future__ import annotations

from collections.abc import Iterator

from .facts import Person, Spared, Team, Work
from .known import Known


def teams(known: Known, people: dict[str, Person]) -> Iterator[Team]:
    """Yield the pairs whose meetings cost, and those who should meet once in the week."""
    # A pair has no first and second: listed both ways it is still one.
    pairs = {(p.kind, *sorted((p.physician, p.other))) for p in known.network.pairs}
    mentored = {
        ("mentor", p.id, p.mentor)
        for p in known.network.physicians.values()
        if p.status == "resident" and p.mentor is not None
    }
    for kind, one, other in sorted(pairs | mentored):
        weight = known.weight("team", kind)
        if kind == "avoid":
            yield Team(people[one], people[other], weight, 0)
        elif _both_present(known, one, other):
            yield Team(people[one], people[other], 0, weight)


def spared(known: Known, people: dict[str, Person], works: list[Work]) -> Iterator[Spared]:
    """Yield the unwanted duties with each able and present member in his first year."""
    first_year = [p.id for p in known.network.physicians.values() if p.seniority_years < 1]
    for duty, work in zip(known.week.duties, works, strict=True):
        for name in sorted(first_year):
            present = known.week.is_present(name, duty.day)
            if work.unwanted is not None and present and name in known.may[duty]:
                yield Spared(work, people[name])


def _both_present(known: Known, one: str, other: str) -> bool:
    week = known.week
    return any(week.is_present(one, day) and week.is_present(other, day) for day in week.days)
