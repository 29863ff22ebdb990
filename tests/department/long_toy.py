"""The toy scenario over as many weeks as wanted, worked by turns, without a search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from pysched.bank.profile import bank_profile
from pysched.department import WeekEnds
from pysched.facts.hours import candidates
from pysched.instance import find_scenario, read_scenario, weeks_of
from pysched.model import Assignment, Schedule, Week
from pysched.store import Repository, StoredWeek

SCENARIO = read_scenario(find_scenario("toy"))
NETWORK = SCENARIO.network
KEY = "a" * 64


def weeks(count: int) -> list[Week]:
    """Return so many weeks from the first of the toy on."""
    last = SCENARIO.first_day + timedelta(weeks=count, days=-1)
    return list(weeks_of(replace(SCENARIO, last_day=last)))


def by_turns(week: Week, number: int) -> Schedule:
    """Return a schedule in which those who may take a duty take turns."""
    rows = []
    for place, (duty, names) in enumerate(sorted(candidates(NETWORK, week).items())):
        if names:
            who = sorted(names)[(place + number) % len(names)]
            rows.append(Assignment(duty.day, duty.task, who))
    return Schedule(week.monday, frozenset(rows))


def stored_week(week: Week) -> StoredWeek:
    """Return the row of a week; its texts only have to be told from others."""
    return StoredWeek(week.monday, f"before {week.monday}", "{}", f"after {week.monday}")


def close_all(url: str, count: int) -> Iterator[Week]:
    """Close the weeks that are not closed yet, and yield each once it is."""
    repository = Repository(url)
    repository.begin_run(KEY, "toy", "{}")
    bank = WeekEnds(repository.database, NETWORK, bank_profile())
    done = {row.monday for row in repository.weeks(KEY)}
    for number, week in enumerate(weeks(count)):
        if week.monday not in done:
            bank.close(KEY, stored_week(week), week, by_turns(week, number))
            yield week
    repository.close()
