"""Reads sentences of causes back into rules and facts, knowing nothing but the sentences."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pysched.model import DutyKey

from .naming import Key

MONTHS = list(month_name)[1:]
WEEKDAYS = list(day_name)
HELD = {"has": "given", "is pinned to": "pin", "worked": "worked", "had": "tail"}
DAY = rf"(?:{'|'.join(WEEKDAYS)}) \d+ (?:{'|'.join(MONTHS)})"
NAMES = r"\S+(?:, \S+)*(?: (?:and|or) \S+)?"
DUTIES = rf"{NAMES} on {DAY}(?:; {NAMES} on {DAY})*"


@dataclass(frozen=True)
class Read:
    """What a sentence says: rules and facts, what is said of them, and pairs of duties apart."""

    keys: frozenset[Key] = frozenset()
    said: frozenset[tuple[object, ...]] = frozenset()
    apart: frozenset[tuple[str, str, DutyKey, DutyKey]] = frozenset()


@dataclass(frozen=True)
class Reader:
    """Reads sentences about a week."""

    monday: date
    asked: DutyKey | None

    def read(self, sentence: str) -> Read:
        """Return what a sentence says.

        Raises:
            ValueError: it says nothing that is known here.
        """
        for pattern, take in self._forms():
            if match := re.fullmatch(pattern, sentence):
                return take(*match.groups())
        raise ValueError(f"not understood: {sentence}")

    def _forms(self):
        held = "|".join(HELD)
        return (
            (rf"only ({NAMES}) may do (\S+)", self._skill),
            (r"nobody has the skill for (\S+)", lambda task: self._skill("", task)),
            (rf"({NAMES}) (?:is|are) absent on ({DAY})", self._absent),
            (rf"({NAMES}) (?:is|are) absent from ({DAY}) to ({DAY})", self._absent),
            (rf"({NAMES}) (?:has|have) (\w+)s free by agreement", self._free),
            (rf"({NAMES}) (?:does|do) no nights by agreement", self._each("no_nights")),
            (rf"({NAMES}) (?:does|do) not work at (\S+) by agreement", self._each("not_at")),
            (rf"({NAMES}) may have at most (\d+) of (\S+) a week by agreement", self._at_most),
            (rf"(\S+) ({held}) ({DUTIES}), which excludes (\S+) \((\w+)\)", self._excludes),
            (rf"(\S+) ({held}) ({DUTIES})", self._held),
            (rf"({NAMES}) cannot have two of ({DUTIES}) \((\w+)\)", self._two_of),
            (rf"({NAMES}) cannot have three duties at once \((overlap)\)", self._three),
            (rf"({NAMES}) cannot have (\S+ on {DAY}) with ({DUTIES}) \((\w+)\)", self._beside),
            (rf"({NAMES}) would pass (\d+) nights in the week", self._limit("nights_a_week")),
            (rf"({NAMES}) would pass (\d+) days in a row", self._limit("days")),
            (rf"({NAMES}) would pass ([\d:]+) hours", self._limit("hours")),
            (rf"({NAMES}) (?:has|have) been granted ({DAY}) off", self._granted),
            (rf"({DUTIES}) must be served too(?:, by ({NAMES}))?", self._needed),
            (r"a duty is for one physician", lambda: Read(frozenset({("one_physician",)}))),
        )

    def day(self, text: str) -> date:
        """Return the day that words name, in or around the week."""
        weekday, number, month = text.split()
        days = (self.monday + timedelta(days=n) for n in range(-14, 15))
        found = [d for d in days if (d.day, MONTHS[d.month - 1]) == (int(number), month)]
        assert [WEEKDAYS[d.weekday()] for d in found] == [weekday]
        return found[0]

    def duties(self, text: str) -> list[DutyKey]:
        """Return the duties that words name."""
        return [
            (task, self.day(day))
            for part in text.split("; ")
            for names, _, day in [part.rpartition(" on ")]
            for task in split(names)
        ]

    def _skill(self, names: str, task: str) -> Read:
        return Read(frozenset({("skill", task)}), frozenset({("skilled", task, *split(names))}))

    def _absent(self, names: str, first: str, last: str | None = None) -> Read:
        start, end = self.day(first), self.day(last or first)
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        return Read(frozenset(("absence", who, day) for who in split(names) for day in days))

    def _free(self, names: str, weekday: str) -> Read:
        number = WEEKDAYS.index(weekday)
        return Read(frozenset(("free_day", who, number) for who in split(names)))

    def _each(self, kind: str):
        return lambda names, *value: Read(frozenset((kind, who, *value) for who in split(names)))

    def _at_most(self, names: str, limit: str, category: str) -> Read:
        keys = frozenset(("max_per_week", who, category) for who in split(names))
        return Read(keys, frozenset(("at most", *key, int(limit)) for key in keys))

    def _held(self, who: str, how: str, duties: str) -> Read:
        return Read(frozenset((HELD[how], who, *duty) for duty in self.duties(duties)))

    def _excludes(self, who: str, how: str, duty: str, task: str, rule: str) -> Read:
        (held,) = self.duties(duty)
        keys = frozenset({(HELD[how], who, *held), (rule, who)})
        assert self.asked is not None
        assert self.asked[0] == task
        return Read(keys, apart=frozenset({(rule, who, held, self.asked)}))

    def _two_of(self, names: str, duties: str, rule: str) -> Read:
        found = self.duties(duties)
        pairs = [(a, b) for n, a in enumerate(found) for b in found[n + 1 :]]
        return self._pairs(names, rule, pairs)

    def _beside(self, names: str, one: str, others: str, rule: str) -> Read:
        (first,) = self.duties(one)
        return self._pairs(names, rule, [(first, other) for other in self.duties(others)])

    def _pairs(self, names: str, rule: str, pairs: list[tuple[DutyKey, DutyKey]]) -> Read:
        keys = frozenset((rule, who) for who in split(names))
        return Read(keys, apart=frozenset((*key, *pair) for key in keys for pair in pairs))

    def _three(self, names: str, rule: str) -> Read:
        return Read(frozenset((rule, who) for who in split(names)))

    def _limit(self, kind: str):
        def take(names: str, limit: str) -> Read:
            hours, _, minutes = limit.partition(":")
            number = int(hours) if kind != "hours" else 60 * int(hours) + int(minutes or 0)
            keys = frozenset((kind, who) for who in split(names))
            return Read(keys, frozenset(("limit", *key, number) for key in keys))

        return take

    def _granted(self, names: str, day: str) -> Read:
        return Read(frozenset(("granted", who, self.day(day)) for who in split(names)))

    def _needed(self, duties: str, names: str | None) -> Read:
        keys = frozenset(("needed", *duty) for duty in self.duties(duties))
        able = split(names) if names else ()
        said = frozenset(("skilled", key[1], *able) for key in keys if able)
        return Read(keys, said)


def split(names: str) -> tuple[str, ...]:
    """Return the names of a list in words."""
    return tuple(name for name in re.split(r", | and | or ", names) if name)


def read_all(reader: Reader, sentences: Iterator[str]) -> Read:
    """Return what all sentences say together."""
    parts = [reader.read(sentence) for sentence in sentences]
    return Read(
        frozenset().union(*(part.keys for part in parts)),
        frozenset().union(*(part.said for part in parts)),
        frozenset().union(*(part.apart for part in parts)),
    )
