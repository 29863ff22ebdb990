"""A run: weeks settled one after another, each stored before the next begins."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from typing import Self

from pysched.department.bank import WeekEnds
from pysched.department.told import Told, take_week, told_of
from pysched.department.versions import Version, in_force, read_locks, read_versions
from pysched.department.week import Order, PlannedWeek, plan_week, refuse_clashing_pins
from pysched.instance import InstanceError
from pysched.instance.digest import scenario_digest
from pysched.instance.records import state_from_json, state_to_json
from pysched.instance.schedule_file import UNSEARCHED, record_from_json
from pysched.model import Schedule, State, Week
from pysched.solver import Progress
from pysched.solver.program import asp_folder
from pysched.store import Repository, StoredWeek, StoreError


class Run:
    """A run in a database; the same order finds its settled weeks again and goes on after them.

    An order is the same if scenario, rules, first week, state, options, encodings and version are,
    and what the bank knew before, where there is one. Without a bank, where a settled week was
    published otherwise since, the run goes on beside it: weeks before are kept, that week is taken
    as published, and those after follow from it.

    Args:
        order: what is to be planned.
        url: of the database, as SQLAlchemy has it.

    Raises:
        PinsError: pins clash, and the order is strict about it.
        StoreError: the database cannot be used.
    """

    def __init__(self, order: Order, url: str) -> None:
        """Open the database and look what is settled."""
        if order.strict_pins:
            refuse_clashing_pins(order.scenario, order.weeks, order.state)
        self.order = order
        self._repository = Repository(url)
        self.url = self._repository.url
        self._bank = None
        if order.bank is not None:
            self._bank = WeekEnds(self._repository.database, order.network, order.bank)
        known = None if self._bank is None else self._bank.before(order.weeks)
        self.key = run_key(order, known)
        name = order.network.name
        self.replaced: set[date] = set()
        self._stored = self._begun()
        former = {self.key}
        while self._bank is None and self._is_outdated():
            former.add(self.key)
        if self._bank is not None:
            self._bank.refuse_closed([w for w in order.weeks if w.monday not in self._stored])
        others = self._repository.other_runs(self.key, name)
        self.others = sum(key not in former for key, _ in others)

    def __enter__(self) -> Self:
        """Use the run."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database."""
        self._repository.close()

    @property
    def stored(self) -> int:
        """How many of the weeks asked for are settled already."""
        return sum(week.monday in self._stored for week in self.order.weeks)

    def versions(self) -> dict[date, Version]:
        """Return the version in force of each week asked for that was published, by Monday."""
        database, network = self._repository.database, self.order.network
        mondays = [week.monday for week in self.order.weeks]
        found = {monday: in_force(read_versions(database, network, monday)) for monday in mondays}
        return {monday: version for monday, version in found.items() if version is not None}

    def locked(self) -> dict[date, str]:
        """Return Monday -> who locked it when and why, of each locked week."""
        return read_locks(self._repository.database, self.order.network)

    def settled(self, week: Week) -> Schedule | None:
        """Return the schedule that a week is settled with already, None if it is not."""
        stored = self._stored.get(week.monday)
        return None if stored is None else self._read(stored, week).record.schedule

    def has_stored(self, monday: str, schedule: str) -> bool:
        """Return whether a schedule, as the text of a file, is that of a settled week of the run.

        Args:
            monday: of the week, as its folder is named.
            schedule: the text of its schedule.json.
        """
        return any(
            str(day) == monday and week.schedule == schedule for day, week in self._stored.items()
        )

    def weeks(
        self,
        on_improvement: Callable[[Progress], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[PlannedWeek]:
        """Yield week after week: from the database where settled, else planned and stored.

        A week that was published is not planned again: it is settled as its versions say it was
        worked, else as it was published last.

        Ends after a week that is not settled: its search was stopped, or its check failed.

        Raises:
            NoScheduleError: no schedule was found for a week.
            PinsError: pins clash, and the order is strict about it.
            StoreError: the database cannot be used, or another process works on the run.
        """
        state = self.order.state
        for week in self.order.weeks:
            if stop is not None and stop.is_set():
                return
            if week.monday in self._stored:
                planned = self._read(self._stored[week.monday], week)
                if planned.before != state:
                    raise StoreError(
                        f"database {self.url} was damaged: the week of {week.monday} does not "
                        "follow from the one before"
                    )
            else:
                planned = self._planned(week, state, on_improvement, stop)
            yield planned
            if not planned.is_settled:
                return
            state = planned.after

    def _begun(self) -> dict[date, StoredWeek]:
        """Make sure that the run is there and return its settled weeks by Monday."""
        self._repository.begin_run(self.key, self.order.network.name, _settings(self.order))
        return {week.monday: week for week in self._repository.weeks(self.key)}

    def _is_outdated(self) -> bool:
        """Go on beside the run from its first week that was published otherwise, if one was."""
        versions = self.versions()
        for week in self.order.weeks:
            version = versions.get(week.monday)
            if version is not None and self.settled(week) not in (None, version.schedule):
                kept = [row for monday, row in self._stored.items() if monday < week.monday]
                text = f"{self.key} {week.monday} {version.hash}"
                self.key = hashlib.sha256(text.encode()).hexdigest()
                self.replaced.add(week.monday)
                there = self._begun()
                for row in kept:
                    if row.monday not in there:
                        self._repository.add_week(self.key, row)
                self._stored = self._begun()
                return True
        return False

    def _planned(
        self,
        week: Week,
        state: State,
        on_improvement: Callable[[Progress], None] | None,
        stop: threading.Event | None,
    ) -> PlannedWeek:
        """Plan a week, or take it as published, and store it if it is settled."""
        known = week if self._bank is None else self._bank.prepared(week)
        told = self._told(known)
        if told is None:
            planned = plan_week(self.order, known, state, on_improvement, stop)
        else:
            planned = take_week(self.order, told, state)
        if planned.is_settled:
            self._add(known, planned, told)
        return planned

    def _told(self, week: Week) -> Told | None:
        return told_of(self.order.network, week, self._repository.database)

    def _add(self, week: Week, planned: PlannedWeek, told: Told | None) -> None:
        before, after = state_to_json(planned.before), state_to_json(planned.after)
        schedule = planned.record.to_json()
        stored = StoredWeek(week.monday, before, schedule, after)
        if self._bank is None:
            self._repository.add_week(self.key, stored)
        else:
            self._bank.close(self.key, stored, week, planned.record.schedule, told)

    def _read(self, stored: StoredWeek, week: Week) -> PlannedWeek:
        network, name = self.order.network, f"week of {week.monday}"
        try:
            record = record_from_json(stored.schedule, name, network)
            told = self._told(week) if record.search.status in UNSEARCHED else None
            return PlannedWeek(
                record=record,
                before=state_from_json(stored.state_before, name, network),
                after=state_from_json(stored.state_after, name, network),
                is_stored=True,
                week=None if told is None else told.week,
            )
        except InstanceError as error:
            raise StoreError(f"database {self.url} was damaged: {error}") from error


def run_key(order: Order, bank: str | None = None) -> str:
    """Return the SHA-256 of all that the schedules of a run depend on, how many weeks aside.

    Args:
        order: what is to be planned.
        bank: digest of what the bank knew before the first week; None without it.
    """
    parts = {
        "scenario": scenario_digest(order.scenario),
        "first": [str(week.monday) for week in order.weeks[:1]],
        "state": state_to_json(order.state),
        "settings": _settings(order),
        "strict": order.strict_pins,
        "encodings": encodings_digest(),
        "version": version("pysched"),
    }
    if bank is not None:
        parts["bank"] = bank
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def encodings_digest() -> str:
    """Return the SHA-256 of the encodings."""
    digest = hashlib.sha256()
    folder = asp_folder()
    for path in sorted(folder.rglob("*.lp")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _settings(order: Order) -> str:
    rules = {"rules": order.network.rules.profile, "without": sorted(order.without)}
    return json.dumps(rules | asdict(order.options), sort_keys=True)
