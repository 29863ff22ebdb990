"""The bank beside a run: what it says of the week to come, and its week-end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date

from pysched.bank.close import WorkedWeek
from pysched.bank.correction import Correction
from pysched.bank.next_week import with_equalization
from pysched.bank.profile import BankProfile, bank_profile
from pysched.bank.versions import Agreed
from pysched.bank.week_end import week_name
from pysched.conflicts import ConflictRules, conflict_rules
from pysched.department.database import existing
from pysched.department.told import Told, told_of
from pysched.department.worked import published
from pysched.fairness.equalize import equalize
from pysched.instance import InstanceError, Problem, Scenario
from pysched.model import Network, Schedule, Week
from pysched.store import BankStore, ConflictStore, Database, StoredWeek, StoreError

LOWEST = 1
"""Weight of a wish that was refused."""


def bank_of(scenario: Scenario) -> BankProfile:
    """Return the numbers of the bank that a scenario asks for, the recommended ones by default.

    Raises:
        InstanceError: there is no such profile or key, or a number does not fit.
    """
    others = ("profile", "conflicts")
    asked = {key: value for key, value in scenario.bank.items() if key not in others}
    try:
        return bank_profile(_profile_of(scenario), asked)
    except ValueError as error:
        raise _unknown(error) from error


def conflict_rules_of(scenario: Scenario) -> ConflictRules:
    """Return the numbers of conflicts that a scenario asks for, by its profile of the bank.

    Raises:
        InstanceError: there is no such profile or key, or a number does not fit.
    """
    asked = scenario.bank.get("conflicts", {})
    try:
        if not isinstance(asked, Mapping):
            raise ValueError(f"bank.conflicts {asked!r} is no mapping of keys")
        return conflict_rules(_profile_of(scenario), asked)
    except ValueError as error:
        raise _unknown(error) from error


def _profile_of(scenario: Scenario) -> str:
    return str(scenario.bank.get("profile", "recommended"))


def _unknown(error: ValueError) -> InstanceError:
    expected = "numbers that the bank knows"
    return InstanceError([Problem("network.yaml", None, "bank", str(error), expected)])


def weeks_of_bank(
    scenario: Scenario, weeks: Iterable[Week], url: str, *, as_told: bool = False
) -> list[Week]:
    """Return weeks with what a bank says of their sacrifice duties, as they were planned with it.

    Args:
        scenario: its network and its numbers of the bank.
        weeks: of it.
        url: of the database with the bank.
        as_told: whether they are to be as they were settled where they were published.

    Raises:
        StoreError: it is not there or not up to date.
    """
    with closing(existing(url)) as database:
        bank = WeekEnds(database, scenario.network, bank_of(scenario))
        known = [bank.prepared(week) for week in weeks]
        if not as_told:
            return known
        told = [told_of(scenario.network, week, database) for week in known]
    return [week if row is None else row.standing for week, row in zip(known, told, strict=True)]


class WeekEnds:
    """The bank of a network in a database.

    Args:
        database: of the runs as well.
        network: under the rules in force.
        profile: the numbers of the bank.
    """

    def __init__(self, database: Database, network: Network, profile: BankProfile) -> None:
        """Use a database."""
        self.network = network
        self.profile = profile
        self.store = BankStore(database, profile)
        self.conflicts = ConflictStore(database, profile)

    def before(self, weeks: Sequence[Week]) -> str:
        """Return the digest of the profile and of what the bank knew before the first of weeks."""
        known = self.store.record_before(weeks[0].monday) if weeks else None
        return hashlib.sha256(f"{self.profile!r}\n{known}".encode()).hexdigest()

    def refuse_closed(self, weeks: Sequence[Week]) -> None:
        """Raise if the bank has closed a week that is still to be planned, or a later one.

        Raises:
            StoreError: it has; a bank knows each week once.
        """
        closed = self.store.ledger.closed_week()
        for week in weeks[:1]:
            if closed is not None and week_name(week.monday) <= closed:
                url = self.store.database.url
                raise StoreError(
                    f"the bank of database {url} closed {closed} for another run; "
                    f"the week of {week.monday} needs another database"
                )

    def prepared(self, week: Week) -> Week:
        """Return a week with the days off decided on, and what the burdens so far say.

        A claim that was refused stays as a wish of the lowest weight.
        """
        week = self._with_decisions(week)
        burdens = [row.burden for row in self.store.kept() if row.monday < week.monday]
        snapshot = equalize(burdens, week.monday, self.profile.equalization)
        return with_equalization(
            self.network, week, snapshot.deviations, snapshot.active, self.profile
        )

    def _with_decisions(self, week: Week) -> Week:
        granted, refused = self.conflicts.decided(week.monday)
        requests = tuple(
            replace(r, weight=LOWEST)
            if r.kind == "day_off" and (r.physician, r.day) in refused
            else r
            for r in week.requests
        )
        return replace(week, granted=week.granted | granted, requests=requests)

    def close(
        self,
        run: str,
        stored: StoredWeek,
        week: Week,
        schedule: Schedule,
        told: Told | None = None,
    ) -> None:
        """Add a settled week to a run, and do the bank's week-end with it.

        Args:
            run: its key.
            stored: the week as the run keeps it.
            week: as it was planned.
            schedule: as it was worked.
            told: what its stored versions say; None if it was worked as planned.

        Raises:
            WeekTakenError: another process or run did so.
            StoreError: the database cannot be used.
        """
        if told is None:
            worked = WorkedWeek(week, schedule, (published(week, schedule),))
        else:
            worked = WorkedWeek(told.week, schedule, told.versions)
        self.store.close(run, stored, self.network, worked)

    def correct(
        self, week: Week, schedule: Schedule, day: date, agreed: Sequence[Agreed] = ()
    ) -> Correction:
        """Correct a closed week that was worked otherwise than planned.

        Changes are told by its stored versions, if it has any, else by those of its close.

        Args:
            week: one of the scenario's.
            schedule: as it was really worked.
            day: of the correction.
            agreed: changes that all concerned consented to.

        Raises:
            StoreError: the week is not closed, or the database cannot be used.
            ValueError: the schedule is of another week, or somebody is unknown.
        """
        week = self._with_decisions(week)
        told = told_of(self.network, week, self.store.database)
        known, versions = (week, ()) if told is None else (told.week, told.versions)
        worked = WorkedWeek(known, schedule, versions, tuple(agreed))
        return self.store.correct(self.network, worked, day)
