"""The input predicates of a network as clorm classes; `asp/instance.lp` has them all."""

from __future__ import annotations

from clorm import ConstantStr, Predicate


class Physician(Predicate, name="physician"):
    """A physician of the network."""

    physician: str


class Status(Predicate, name="status"):
    """His status: senior, expert or resident."""

    physician: str
    status: ConstantStr


class FirstYear(Predicate, name="first_year"):
    """A member with less than a year of seniority."""

    physician: str


class Style(Predicate, name="style"):
    """The workload style he prefers."""

    physician: str
    style: ConstantStr


class Mentor(Predicate, name="mentor"):
    """A resident and his mentor."""

    physician: str
    mentor: str


class Main(Predicate, name="main"):
    """The main hospital."""

    hospital: str


class Travel(Predicate, name="travel"):
    """Minutes from one hospital to another, both directions given."""

    hospital: str
    other: str
    minutes: int


class Category(Predicate, name="category"):
    """A category and its grade."""

    category: str
    grade: ConstantStr


class Unwanted(Predicate, name="unwanted"):
    """A category nobody seeks."""

    category: str


class Task(Predicate, name="task"):
    """A task with its kind, category and hospital."""

    task: str
    kind: ConstantStr
    category: str
    hospital: str


class Credited(Predicate, name="credited"):
    """Minutes that a duty of the task counts as worked."""

    task: str
    minutes: int


class Essential(Predicate, name="essential"):
    """A task that must not be left open."""

    task: str


class Half(Predicate, name="half"):
    """The half-day of the task's duties."""

    task: str
    half: ConstantStr


class Shift(Predicate, name="shift"):
    """The shift, by the start of the task's duties, that a wish can name."""

    task: str
    shift: ConstantStr


class Early(Predicate, name="early"):
    """A task whose duties start before 14:00."""

    task: str


class Skill(Predicate, name="skill"):
    """He may do the task."""

    physician: str
    task: str


class Suitability(Predicate, name="suitability"):
    """How well he does it, where below 100."""

    physician: str
    task: str
    suitability: int


class FreeDay(Predicate, name="free_day"):
    """A day free by agreement."""

    physician: str
    day: int


class NoNights(Predicate, name="no_nights"):
    """No nights by agreement."""

    physician: str


class NotAt(Predicate, name="not_at"):
    """Not at this hospital by agreement."""

    physician: str
    hospital: str


class MaxPerWeek(Predicate, name="max_per_week"):
    """At most so many duties of a category a week by agreement."""

    physician: str
    category: str
    duties: int


class PairOf(Predicate, name="pair"):
    """Two physicians who like or avoid each other."""

    kind: ConstantStr
    physician: str
    other: str


class Geography(Predicate, name="geography"):
    """Two tasks that one physician should not have on one day."""

    task: str
    then_task: str


class Weight(Predicate, name="weight"):
    """Weight and level of a grade of a rule; no row, no effect."""

    rule: ConstantStr
    grade: ConstantStr
    weight: int
    level: int
