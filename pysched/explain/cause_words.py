"""Causes and corrections in plain sentences, each said of typed causes and of nothing else.

The kind of an absence is known nowhere here, so nobody can read it in a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pysched.explain.cause import ORDER, PAIRED, Cause, Pair
from pysched.explain.correction import Change
from pysched.model import DutyKey

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
MOST_NAMED = 4
"""Up to so many of those who may serve a needed duty are named."""


FEW = 4
"""From so many physicians on a rule is said for all of them together, of all duties concerned."""


HELD: Mapping[str, str] = {
    "given": "has",
    "pin": "is pinned to",
    "worked": "worked",
    "tail": "had",
}
"""How it is said that somebody has a duty."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the causes that it says."""

    text: str
    causes: tuple[Cause, ...]


def cause_sentences(
    causes: Sequence[Cause], people: Iterable[str], asked: DutyKey | None = None
) -> tuple[Sentence, ...]:
    """Return causes in sentences; those that differ by physician alone share one.

    Args:
        causes: of one set.
        people: the physicians in the order in which they are named.
        asked: the duty asked about: what somebody has beside which he cannot have it is said so.
    """
    place = {physician: number for number, physician in enumerate(people)}
    ordered = sorted(causes, key=lambda c: (c.day, c.task, place.get(c.physician, -1)))
    excluding = {} if asked is None else _excluding(ordered, asked)
    said = {cause for pair in excluding.values() for cause in pair.causes}
    left = [cause for cause in ordered if cause not in said]
    return tuple(
        sentence
        for kind in ORDER
        for sentence in (
            *(excluding[c] for c in ordered if c.kind == kind and c in excluding),
            *_of_kind(kind, [cause for cause in left if cause.kind == kind]),
        )
    )


def _excluding(causes: list[Cause], asked: DutyKey) -> dict[Cause, Sentence]:
    """Return what somebody has with the one rule that keeps it from standing beside the asked."""
    found = {}
    for held in causes:
        rules = [c for c in causes if c.physician == held.physician and c.kind in PAIRED]
        beside = [c for c in rules if any(held.duty in pair for pair in c.pairs)]
        if held.kind in HELD and len(beside) == 1:
            rule = beside[0]
            alone = len(rule.pairs) == 1 and not rule.at_once
            if alone and set(rule.pairs[0]) == {held.duty, asked}:
                text = f"{_held(held)}, which excludes {asked[0]} ({rule.kind})"
                found[held] = Sentence(text, (held, rule))
    return found


def _held(cause: Cause) -> str:
    return f"{cause.physician} {HELD[cause.kind]} {duty_words(cause.duty)}"


def day_words(day: date) -> str:
    """Return a day as Saturday 3 June."""
    return f"{day:%A} {day.day} {day:%B}"


def duty_words(duty: DutyKey) -> str:
    """Return a duty as T15 on Saturday 3 June."""
    return f"{duty[0]} on {day_words(duty[1])}"


def duties_words(duties: Iterable[DutyKey], last: str = "and") -> str:
    """Return duties by day: T1 and T2 on Friday 2 June; T8 on Saturday 3 June."""
    days: dict[date, list[str]] = {}
    for task, day in sorted(duties, key=_in_time):
        days.setdefault(day, []).append(task)
    return "; ".join(f"{listed(tasks, last)} on {day_words(day)}" for day, tasks in days.items())


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list: P3, P9 and P14."""
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def change_sentence(change: Change) -> str:
    """Say one change, and what it costs."""
    return f"{_change(change)} ({change.cost})"


def _of_kind(kind: str, causes: list[Cause]) -> Iterator[Sentence]:
    if kind in PAIRED:
        yield from _kept_apart(kind, causes)
    elif kind == "needed":
        yield from _needed(causes)
    elif kind in HELD:
        for own in _grouped(causes, lambda c: c.physician).values():
            duties = duties_words(c.duty for c in own)
            yield Sentence(f"{own[0].physician} {HELD[kind]} {duties}", tuple(own))
    else:
        yield from _alike(causes)


def _alike(causes: list[Cause]) -> Iterator[Sentence]:
    """Say causes of one kind; those that differ by physician alone together."""
    for own in _grouped(causes, _without_physician).values():
        who = listed(c.physician for c in own)
        yield Sentence(_SAYING[own[0].kind](own[0], who, len(own) > 1), tuple(own))


def _without_physician(cause: Cause) -> tuple[object, ...]:
    return cause.task, cause.day, cause.last_day, cause.value, cause.limit


def _kept_apart(rule: str, causes: list[Cause]) -> Iterator[Sentence]:
    """Say a rule that keeps duties apart: by sets of which nobody has two, or duty by duty."""
    for own in _grouped(causes, lambda c: c.pairs if len(causes) < FEW else ()).values():
        who, left = listed(c.physician for c in own), {pair for c in own for pair in c.pairs}
        while left:
            text, said = _largest_part(left)
            left -= said
            yield Sentence(f"{who} cannot have {text} ({rule})", tuple(own))
    crowded = tuple(cause for cause in causes if cause.at_once)
    if crowded:
        names = listed(cause.physician for cause in crowded)
        yield Sentence(f"{names} cannot have three duties at once ({rule})", crowded)


def _largest_part(pairs: set[Pair]) -> tuple[str, set[Pair]]:
    """Return words for as many pairs as can be said at once, and these pairs."""
    beside: dict[DutyKey, set[DutyKey]] = defaultdict(set)
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    centre = max(sorted(beside, key=_in_time), key=lambda duty: len(beside[duty]))
    others = sorted(beside[centre], key=_in_time)
    group = [centre]
    for duty in others:
        if beside[duty].issuperset(group):
            group.append(duty)
    if len(group) > 2 and len(group) * (len(group) - 1) // 2 >= len(others):
        said = {(a, b) for a, b in pairs if a in group and b in group}
        return f"two of {duties_words(group)}", said
    said = {(a, b) for a, b in pairs if centre in (a, b)}
    return f"{duty_words(centre)} with {duties_words(others, 'or')}", said


def _in_time(duty: DutyKey) -> tuple[date, str]:
    return duty[1], duty[0]


def _needed(causes: list[Cause]) -> Iterator[Sentence]:
    for own in _grouped(causes, lambda c: (c.day, _few(c.among))).values():
        among = _few(own[0].among)
        by = f", by {listed(among, 'or')}" if among else ""
        text = f"{duties_words(c.duty for c in own)} must be served too{by}"
        yield Sentence(text, tuple(own))


def _few(among: tuple[str, ...]) -> tuple[str, ...]:
    return among if len(among) <= MOST_NAMED else ()


def _skill(cause: Cause, who: str, several: bool) -> str:
    if not cause.among:
        return f"nobody has the skill for {cause.task}"
    return f"only {listed(cause.among)} may do {cause.task}"


def _absence(cause: Cause, who: str, several: bool) -> str:
    when = f"on {day_words(cause.day)}"
    if cause.last_day > cause.day:
        when = f"from {day_words(cause.day)} to {day_words(cause.last_day)}"
    return f"{who} {'are' if several else 'is'} absent {when}"


def _free_day(cause: Cause, who: str, several: bool) -> str:
    weekday = WEEKDAYS[cause.day.weekday()]
    return f"{who} {'have' if several else 'has'} {weekday} free by agreement"


def _no_nights(cause: Cause, who: str, several: bool) -> str:
    return f"{who} {'do' if several else 'does'} no nights by agreement"


def _not_at(cause: Cause, who: str, several: bool) -> str:
    return f"{who} {'do' if several else 'does'} not work at {cause.value} by agreement"


def _max_per_week(cause: Cause, who: str, several: bool) -> str:
    return f"{who} may have at most {cause.limit} of {cause.value} a week by agreement"


def _one_physician(cause: Cause, who: str, several: bool) -> str:
    return "a duty is for one physician"


def _nights_a_week(cause: Cause, who: str, several: bool) -> str:
    return f"{who} would pass {cause.limit} nights in the week"


def _days(cause: Cause, who: str, several: bool) -> str:
    return f"{who} would pass {cause.limit} days in a row"


def _hours(cause: Cause, who: str, several: bool) -> str:
    return f"{who} would pass {hour_words(cause.limit)} hours"


def _granted(cause: Cause, who: str, several: bool) -> str:
    return f"{who} {'have' if several else 'has'} been granted {day_words(cause.day)} off"


_SAYING: Mapping[str, Callable[[Cause, str, bool], str]] = {
    "skill": _skill,
    "absence": _absence,
    "free_day": _free_day,
    "no_nights": _no_nights,
    "not_at": _not_at,
    "max_per_week": _max_per_week,
    "one_physician": _one_physician,
    "nights_a_week": _nights_a_week,
    "days": _days,
    "hours": _hours,
    "granted": _granted,
}


def hour_words(minutes: int) -> str:
    """Return minutes as hours and, where they are no whole hours, minutes: 48, or 36:07."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def _change(change: Change) -> str:
    switch, units = change.switch, change.units
    who = switch.physician
    match change.grade:
        case "absence":
            return f"ask {who} whether the absence on {day_words(switch.day)} can be moved"
        case "granted":
            return f"ask {who} to give {day_words(switch.day)} back"
        case "pin":
            return f"drop the pin of {who} to {duty_words((switch.task, switch.day))}"
        case "needed":
            return f"leave {duty_words((switch.task, switch.day))} open instead"
        case "agreement":
            return f"ask {who} to waive an agreement this week: {_AGREEMENTS[switch.kind]}"
        case "hour":
            return f"allow {who} {units} {'hour' if units == 1 else 'hours'} above the limit"
        case "night":
            return f"allow {who} {units} {'night' if units == 1 else 'nights'} above the limit"
        case _:
            return f"allow {who} {units} {'day' if units == 1 else 'days'} more in a row"


_AGREEMENTS: Mapping[str, str] = {
    "free_day": "the free weekday",
    "no_nights": "no nights",
    "not_at": "where not to work",
    "max_per_week": "how many duties of a category",
}


def _grouped(causes: list[Cause], key: Callable[[Cause], Hashable]) -> dict[Hashable, list[Cause]]:
    groups: dict[Hashable, list[Cause]] = {}
    for cause in causes:
        groups.setdefault(key(cause), []).append(cause)
    return groups
