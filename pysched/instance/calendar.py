"""Public holidays and time zones: what the places of the world have, by name."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import holidays

from pysched.instance.fields import refusal, with_hint
from pysched.model.public_holidays import names_of_year

_SAMPLE_YEARS = range(2020, 2030)
"""Years whose public holidays say which ones a place has."""


def check_timezone(name: str) -> str:
    """Return the name of a time zone.

    Raises:
        PydanticCustomError: there is none of that name.
    """
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        known = frozenset(available_timezones())
        raise refusal(with_hint("an IANA time zone", name, known)) from error
    return name


def check_place(country: str, subdivision: str | None) -> None:
    """Check that the public holidays of a place are known.

    Raises:
        PydanticCustomError: they are not.
    """
    known = holidays.list_supported_countries()
    if country not in known:
        expected = with_hint("a country code such as IT", country, frozenset(known))
        raise refusal(expected, "country", country)
    if subdivision is not None and subdivision not in known[country]:
        expected = f"a subdivision of {country} that the holidays package knows"
        expected = with_hint(expected, subdivision, frozenset(known[country]))
        raise refusal(expected, "subdivision", subdivision)


def holiday_names(country: str, subdivision: str | None) -> frozenset[str]:
    """Return what a major holiday may be called there: local names and MM-DD."""
    found = [names_of_year(country, subdivision, year) for year in _SAMPLE_YEARS]
    return frozenset(name for year in found for names in year.values() for name in names)


def mondays(first_day: date, last_day: date) -> list[date]:
    """Return the Mondays from a first day, itself a Monday, to a last one."""
    return [first_day + timedelta(days=n) for n in range(0, (last_day - first_day).days + 1, 7)]


def clocks_change(timezone: str, day: date) -> bool:
    """Return whether the clocks are put forward or back in the course of a day."""
    zone = ZoneInfo(timezone)
    ends = (datetime.combine(day + timedelta(days=n), time(0), zone) for n in (0, 1))
    return len({end.utcoffset() for end in ends}) > 1
