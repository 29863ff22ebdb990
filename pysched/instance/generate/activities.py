"""What hospitals of a cluster do: the activities of which tasks are made, after Ferrara's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pysched.model import Category
from pysched.model.network import Kind

Reach = Literal["core", "common", "narrow", "sole"]
PublicHolidays = Literal["skip", "as_usual", "also"]

MON_FRI, MON_SAT, EVERY_DAY, WEEKEND = range(5), range(6), range(7), range(5, 7)

CATEGORIES = (
    Category("operating_room", "major", wanted=True),
    Category("outpatient_surgery", "major", wanted=True),
    Category("on_call_night", "major", wanted=False),
    Category("night_on_site", "major", wanted=False),
    Category("holiday", "minor", wanted=False),
    Category("on_site_day", "minor", wanted=False),
    Category("ward", "minor", wanted=False),
    Category("clinic", "minor", wanted=True),
)


@dataclass(frozen=True, slots=True)
class Activity:
    """A pattern of tasks.

    Args:
        label: what it is called.
        kind: of its tasks.
        category: of its tasks.
        site: position of its hospital in the cluster, 0 being the hub.
        hours: at which a duty starts and ends.
        reach: how many have the skill.
        days: weekdays of an essential task; those of others are drawn.
        public_holidays: what happens on them.
        least_size: physicians of the smallest cluster that has it.
    """

    label: str
    kind: Kind
    category: str
    site: int
    hours: tuple[int, int]
    reach: Reach = "common"
    days: range = range(0)
    public_holidays: PublicHolidays = "skip"
    least_size: int = 0

    @property
    def credited_hours(self) -> int:
        """Hours that a duty counts as worked: its length, none if on call at home."""
        return 0 if self.kind == "on_call" else (self.hours[1] - self.hours[0]) % 24


def _guard(
    label: str,
    category: str,
    site: int,
    hours: tuple[int, int],
    days: range = EVERY_DAY,
    least_size: int = 0,
) -> Activity:
    kind: Kind = "on_call" if label.startswith("On-call") else "on_site"
    holidays: PublicHolidays = "also" if category == "holiday" else "as_usual"
    return Activity(label, kind, category, site, hours, "core", days, holidays, least_size)


def _ward(label: str, site: int, least_size: int = 0) -> Activity:
    return Activity(label, "ward", "ward", site, (8, 11), "core", MON_SAT, "as_usual", least_size)


def _room(label: str, site: int, hours: tuple[int, int], reach: Reach = "common") -> Activity:
    return Activity(label, "surgery", "operating_room", site, hours, reach)


def _day_surgery(site: int, hours: tuple[int, int], reach: Reach = "common") -> Activity:
    return Activity("Outpatient surgery", "surgery", "outpatient_surgery", site, hours, reach)


def _clinic(label: str, site: int, hours: tuple[int, int], reach: Reach = "common") -> Activity:
    return Activity(f"Clinic, {label}", "clinic", "clinic", site, hours, reach)


ESSENTIAL = (
    _ward("Ward A", 0),
    _guard("On-site guard, morning", "on_site_day", 0, (8, 14)),
    _guard("On-site guard, afternoon", "on_site_day", 0, (14, 20)),
    _guard("On-call guard, night", "on_call_night", 0, (20, 8)),
    _guard("On-call guard, weekend day", "holiday", 0, (8, 20), WEEKEND),
    _guard("On-site guard, morning", "on_site_day", 1, (8, 13), MON_FRI, 8),
    _ward("Ward", 1, 8),
    _guard("On-site guard, night", "night_on_site", 0, (20, 8), least_size=11),
    _ward("Ward B", 0, 11),
    _guard("On-site guard, afternoon", "on_site_day", 2, (14, 17), MON_FRI, 12),
    _guard("On-call guard, night", "on_call_night", 1, (20, 8), least_size=13),
    _guard("On-call guard, weekend day", "holiday", 1, (8, 20), WEEKEND, 13),
)
"""Essential activities; larger clusters have more of them."""

ELECTIVE = (
    _room("Operating room 1, first surgeon", 0, (8, 13)),
    _clinic("general surgery", 0, (14, 18)),
    _clinic("breast", 0, (14, 17), "sole"),
    _room("Operating room 2, first surgeon", 0, (8, 13)),
    _clinic("general", 1, (8, 12)),
    _clinic("oncology", 0, (14, 17), "narrow"),
    _day_surgery(3, (8, 13)),
    _clinic("general", 3, (14, 18)),
    _clinic("stoma care", 0, (9, 13), "narrow"),
    _room("Operating room, afternoon list", 0, (14, 18)),
    _clinic("endoscopy", 0, (8, 12)),
    _clinic("vascular access", 0, (14, 17), "sole"),
    _room("Operating room, first surgeon", 1, (8, 13)),
    _clinic("general", 2, (14, 17)),
    _clinic("wound care", 2, (9, 12), "narrow"),
    _room("Operating room 1, second surgeon", 0, (8, 13)),
    _clinic("follow-up", 3, (8, 12)),
    _clinic("proctology", 0, (14, 17), "narrow"),
    _room("Operating room", 2, (8, 13)),
    _clinic("pre-admission", 0, (14, 17)),
    _clinic("bariatric", 0, (14, 17), "sole"),
    _day_surgery(0, (14, 18)),
    _clinic("dressing", 1, (9, 13)),
    _clinic("thyroid", 1, (14, 17), "narrow"),
    _room("Operating room, second surgeon", 1, (8, 13)),
    _clinic("follow-up", 2, (8, 12)),
    _clinic("varicose veins", 3, (14, 17), "narrow"),
    _day_surgery(2, (14, 18), "narrow"),
    _clinic("follow-up", 1, (14, 17)),
    _clinic("hernia", 0, (9, 13), "narrow"),
)
"""Elective activities, in the order in which a growing cluster gets them."""
