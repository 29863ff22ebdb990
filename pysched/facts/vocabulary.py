"""The predicates of asp/instance.lp and asp/show.lp as clorm classes; nobody else names them."""

from __future__ import annotations

from clorm import ConstantStr, Predicate, Raw


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


class Duty(Predicate, name="duty"):
    """A duty of the week: task, day 0-6, minutes of start and end since Monday 00:00."""

    task: str
    day: int
    start: int
    end: int


class Past(Predicate, name="past"):
    """A duty of last week, its day and minutes negative, and who had it."""

    physician: str
    task: str
    day: int
    start: int
    end: int


class Absent(Predicate, name="absent"):
    """An absence over minutes [start, end)."""

    physician: str
    start: int
    end: int


class Present(Predicate, name="present"):
    """He is absent no minute of the day."""

    physician: str
    day: int


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


class HoursLimit(Predicate, name="hours_limit"):
    """The most minutes he may work in the week."""

    physician: str
    minutes: int


class Target(Predicate, name="target"):
    """The hours he should work in the week."""

    physician: str
    hours: int


class MonthToDate(Predicate, name="month_to_date"):
    """Worked minus target minutes of the month before this, its last, week."""

    physician: str
    minutes: int


class Balance(Predicate, name="balance"):
    """Worked minus target minutes of the horizon before this week."""

    physician: str
    minutes: int


class Reference(Predicate, name="reference"):
    """The group's mean balance at the end of the week pro rata to his hours, in hours."""

    physician: str
    hours: int


class Load(Predicate, name="load"):
    """Past load, less the fair share where so normalised, in thousandths."""

    physician: str
    category: str
    thousandths: int


class Streak(Predicate, name="streak"):
    """In how many last weeks in a row he had the task."""

    physician: str
    task: str
    weeks: int


class Fixed(Predicate, name="fixed"):
    """A pinned or already worked assignment; it stays."""

    physician: str
    task: str
    day: int


class PublishedWeek(Predicate, name="published_week"):
    """The week was published before."""


class Published(Predicate, name="published"):
    """An assignment of the published schedule."""

    physician: str
    task: str
    day: int


class Soon(Predicate, name="soon"):
    """A duty that starts within 24 hours."""

    task: str
    day: int


class MajorHoliday(Predicate, name="major_holiday"):
    """A day that is a major public holiday."""

    day: int


class PairOf(Predicate, name="pair"):
    """Two physicians who like or avoid each other."""

    kind: ConstantStr
    physician: str
    other: str


class Geography(Predicate, name="geography"):
    """Two tasks that one physician should not have on one day."""

    task: str
    then_task: str


class WishOff(Predicate, name="wish_off"):
    """A wish for a day off, and its importance."""

    physician: str
    day: int
    importance: int


class WishShiftOff(Predicate, name="wish_shift_off"):
    """A wish for a shift off, and its importance."""

    physician: str
    day: int
    shift: ConstantStr
    importance: int


class WishAvoid(Predicate, name="wish_avoid"):
    """A wish to avoid a task this week, and its importance."""

    physician: str
    task: str
    importance: int


class WishPrefer(Predicate, name="wish_prefer"):
    """A wish to have a task this week, and its importance."""

    physician: str
    task: str
    importance: int


class Granted(Predicate, name="granted"):
    """A day off granted by a resolution."""

    physician: str
    day: int


class Sacrifice(Predicate, name="sacrifice"):
    """A sacrifice duty."""

    task: str
    day: int


class OverLimit(Predicate, name="over_limit"):
    """A physician over the equalization hard limit."""

    physician: str


class Unavoidable(Predicate, name="unavoidable"):
    """Sacrifice duties that those under the limit could not take."""

    duties: int


class Equalization(Predicate, name="equalization"):
    """Units that a sacrifice duty given to him costs."""

    physician: str
    task: str
    day: int
    units: int


class Weight(Predicate, name="weight"):
    """Weight and level of a grade of a rule; no row, no effect."""

    rule: ConstantStr
    grade: ConstantStr
    weight: int
    level: int


class Bodies(Predicate, name="bodies"):
    """Of the duties running at a minute, at most so many can be held by different physicians."""

    minute: int
    duties: int


class Assign(Predicate, name="assign"):
    """Output: a physician fills the duty of a task on a day."""

    physician: str
    duty: tuple[str, int]


class CostAtom(Predicate, name="cost"):
    """Output: units of a soft rule and their culprit."""

    rule: ConstantStr
    grade: ConstantStr
    culprit: Raw
    units: int


class Violated(Predicate, name="violated"):
    """Output: a breach of a hard rule; shown only where it lies among fixed assignments."""

    rule: ConstantStr
    culprit: Raw
