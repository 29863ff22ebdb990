"""The input predicates of questions as clorm classes; `asp/explain/vocabulary.lp` has them all."""

from __future__ import annotations

from clorm import Predicate


class Pin(Predicate, name="pin"):
    """A pinned assignment, which may be laid aside."""

    physician: str
    task: str
    day: int


class Worked(Predicate, name="worked"):
    """An assignment already worked."""

    physician: str
    task: str
    day: int


class Tail(Predicate, name="tail"):
    """An assignment of last week: day and minutes negative."""

    physician: str
    task: str
    day: int
    start: int
    end: int


class OpenSkill(Predicate, name="open_skill"):
    """A task whose skill may be among the causes."""

    task: str


class Needed(Predicate, name="needed"):
    """A duty to be served besides the one asked about."""

    task: str
    day: int


class Given(Predicate, name="given"):
    """An assignment of the schedule asked about."""

    physician: str
    task: str
    day: int


class Asked(Predicate, name="asked"):
    """The duty asked about: to be served."""

    task: str
    day: int


class AskedOff(Predicate, name="asked_off"):
    """The day asked about: to be free."""

    physician: str
    day: int


class AskedFor(Predicate, name="asked_for"):
    """The assignment asked about: to be made."""

    physician: str
    task: str
    day: int


class AskedAway(Predicate, name="asked_away"):
    """The assignment asked about: not to be made."""

    physician: str
    task: str
    day: int


class Reach(Predicate, name="reach"):
    """The most duties that a week solved again may change."""

    duties: int


class AskedPins(Predicate, name="asked_pins"):
    """Pins are asked about: their breaches count."""
