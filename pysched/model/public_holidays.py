"""Public holidays: which days a calendar has free, and which of them are major."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays

from pysched.model.network import Calendar


def public_holidays(calendar: Calendar, days: Iterable[date]) -> frozenset[date]:
    """Return the public holidays among some days."""
    return frozenset(day for day in days if day in _of_year(calendar, day.year))


def major_holidays(calendar: Calendar, days: Iterable[date]) -> frozenset[date]:
    """Return the major holidays among some days; they are public holidays too."""
    return frozenset(
        day for day in days if calendar.major & _of_year(calendar, day.year).get(day, frozenset())
    )


@lru_cache(maxsize=256)
def names_of_year(country: str, subdivision: str | None, year: int) -> dict[date, frozenset[str]]:
    """Return public holidays with their names in the country's language and as MM-DD.

    The language is named, as without it the package takes that of the machine.
    """
    language = holidays.country_holidays(country).default_language
    found = holidays.country_holidays(country, subdivision, years=year, language=language)
    return {day: frozenset([*found.get_list(day), f"{day:%m-%d}"]) for day in found}


def _of_year(calendar: Calendar, year: int) -> dict[date, frozenset[str]]:
    return names_of_year(calendar.country, calendar.subdivision, year)
