"""What answers say, read back from their sentences and given to the second model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from e2e.worlds import World

from pysched.explain.cause_words import cause_sentences
from pysched.explain.causes import Explanation
from pysched.model import DutyKey

from .naming import Key, duties_asked
from .reading import Read, Reader, read_all
from .second import Second


def said(world: World, answer: Explanation, asked: DutyKey | None) -> list[Read]:
    """Return what the sentences of each set of causes say, read back."""
    reader = Reader(world.week.monday, asked)
    people = world.network.physicians
    return [
        read_all(reader, [s.text for s in cause_sentences(causes, people, asked)])
        for causes in answer.causes
    ]


def second(world: World, answer: Explanation, read: Read) -> Second:
    """Return the second model of a question, with the pairs of duties that sentences name."""
    duties = duties_asked(world, answer.question)
    return Second(world, answer.question, lambda _: False, read.apart, duties)


def elements(world: World, keys: Iterable[Key]) -> list[frozenset[Key]]:
    """Return the names in what is laid aside as one: days of absence in a row together."""
    found, days = [], {}
    for key in sorted(keys, key=str):
        if key[0] != "absence":
            found.append(frozenset({key}))
            continue
        _, who, first = key
        while ("absence", who, first - timedelta(days=1)) in keys:
            first -= timedelta(days=1)
        days.setdefault((who, first), set()).add(key)
    return found + [frozenset(each) for each in days.values()]
