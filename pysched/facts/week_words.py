"""The input predicates of a week and a state as clorm classes; `asp/instance.lp` has them all."""

from __future__ import annotations

from clorm import ConstantStr, Predicate


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


class Begun(Predicate, name="begun"):
    """A duty that has started."""

    task: str
    day: int


class MajorHoliday(Predicate, name="major_holiday"):
    """A day that is a major public holiday."""

    day: int


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


class Known(Predicate, name="known"):
    """An assignment of the n-th schedule that is known already."""

    number: int
    physician: str
    task: str
    day: int


class Allowed(Predicate, name="allowed"):
    """What a level of another schedule may cost at most."""

    level: int
    cost: int
