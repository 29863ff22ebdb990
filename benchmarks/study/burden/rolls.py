"""Years with the bank on and without: solved week by week, each kept as soon as it is solved."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pysched import load
from pysched.bank.capacity import most_of
from pysched.bank.case import case_of
from pysched.bank.detection import sacrifices_of
from pysched.bank.next_week import with_equalization
from pysched.bank.profile import BankProfile, bank_profile
from pysched.bank.sacrifice import Sacrifice
from pysched.bank.settlement import burden_of
from pysched.bank.valuation import awards_of
from pysched.check import Report, check
from pysched.fairness.equalize import WeekBurden, equalize
from pysched.model import Network, Schedule, State, Week
from pysched.settle import apply, settle
from pysched.solver import Options, solve

from ..rolls import schedule_of

BANK = ("equalization", "debt_limit")
"""The rules by which the bank speaks to the schedule; `without` leaves them out."""


@dataclass(frozen=True)
class Year:
    """A horizon to be rolled.

    Args:
        scenario: its folder.
        bank: whether the rules of the bank are on.
        options: of each search.
        weeks: how many, None for all.
        equalization: numbers of the bank's equalization in place of the recommended ones.
        level: at which equalization is weighed, None for the recommended one.
    """

    scenario: Path
    bank: bool
    options: Options
    weeks: int | None = None
    equalization: Mapping[str, str] = field(default_factory=dict)
    level: int | None = None

    @property
    def way(self) -> str:
        """With the bank or without it, in words."""
        return "with" if self.bank else "without"

    @property
    def profile(self) -> BankProfile:
        """The numbers of the bank, by which burdens are valued both ways."""
        return bank_profile("recommended", {"equalization": self.equalization})

    def file(self, folder: Path) -> Path:
        """Return where its weeks are kept."""
        changed = "".join(f"-{k}{v}".replace("/", "_") for k, v in self.equalization.items())
        changed += "" if self.level is None else f"-level{self.level}"
        seed = f"seed{self.options.seed}"
        return folder / f"{self.scenario.name}-{self.way}-{seed}{changed}.jsonl"

    def network(self, network: Network) -> Network:
        """Return a network with the rules of this year."""
        if not self.bank:
            return replace(network, rules=network.rules.without(*BANK))
        weights = {
            key: (weight, self.level if self.level and key[0] == "equalization" else level)
            for key, (weight, level) in network.rules.weights.items()
        }
        return replace(network, rules=replace(network.rules, weights=weights))

    def header(self) -> dict[str, Any]:
        """Return what kept weeks are good for, and for nothing else."""
        files = sorted(self.scenario.glob("*.*"))
        return {
            "options": repr(self.options),
            "equalization": repr(self.profile.equalization) if self.bank else "",
            **({} if self.level is None else {"level": self.level}),
            "scenario": hashlib.sha256(b"\n".join(f.read_bytes() for f in files)).hexdigest()[:16],
        }


@dataclass(frozen=True)
class RolledWeek:
    """A week of a year: its schedule, the checker's report, its sacrifices and burdens.

    `before` is the state it was solved from; `most` what each could have borne at most, in cents,
    if the house let residents have any weekend.
    """

    network: Network
    week: Week
    before: State
    schedule: Schedule
    report: Report
    sacrifices: tuple[Sacrifice, ...]
    burden: WeekBurden
    most: Mapping[str, int]
    cpu_seconds: float


def rolled(year: Year, folder: Path, *, solving: bool = True) -> Iterator[RolledWeek]:
    """Yield the weeks of a year: those kept again, the rest solved and kept.

    Args:
        year: which.
        folder: of kept weeks.
        solving: whether missing weeks are solved; else the year ends with the last one kept.

    Raises:
        ValueError: no schedule was found, or the checker does not pass one or finds another cost.
    """
    network, weeks, state = load(year.scenario)
    network = year.network(network)
    kept = _kept(year, folder)
    if solving:
        _begin(year, folder, kept)
    burdens: list[WeekBurden] = []
    for number, week in enumerate(weeks[: year.weeks]):
        if number >= len(kept) and not solving:
            return
        known = prepared(network, week, burdens, year.profile) if year.bank else week
        row = kept[number] if number < len(kept) else _solved(year, network, known, state)
        done = _looked_at(year, network, known, state, row)
        if number >= len(kept):
            _keep(year, folder, row)
        burdens.append(done.burden)
        state = apply(state, settle(network, week, done.schedule))
        yield done


def prepared(network: Network, week: Week, burdens: list[WeekBurden], profile: BankProfile) -> Week:
    """Return a week with what the burdens so far say about its sacrifice duties."""
    snapshot = equalize(burdens, week.monday, profile.equalization)
    return with_equalization(network, week, snapshot.deviations, snapshot.active, profile)


def _solved(year: Year, network: Network, week: Week, state: State) -> dict[str, Any]:
    begun = time.process_time()
    result = solve(network, week, state, year.options)
    if result.schedule is None:
        raise ValueError(f"{year.scenario.name}: no schedule of {week.monday} within the limits")
    seconds = round(time.process_time() - begun, 2)
    rows = [[row.day.isoformat(), row.task, row.physician] for row in result.schedule]
    print(f"{year.scenario.name} {year.way} {week.monday} {seconds:5.1f} s", file=sys.stderr)
    return {
        "monday": week.monday.isoformat(),
        "cost": result.cost,
        "cpu_seconds": seconds,
        "assignments": rows,
    }


def _looked_at(
    year: Year, network: Network, week: Week, state: State, row: dict[str, Any]
) -> RolledWeek:
    schedule = schedule_of(row, week)
    report = check(network, week, state, schedule)
    said = {int(level): cost for level, cost in row["cost"].items() if cost}
    found = {level: cost for level, cost in report.by_level.items() if cost}
    if not report.ok or said != found:
        raise ValueError(
            f"{year.file(Path())} {week.monday}: costs {found}, kept {said}, {report.breaches}; "
            "a year kept from another version of the program has to be deleted"
        )
    case = case_of(network, week, (), (), schedule, year.profile.values)
    sacrifices = sacrifices_of(case)
    burden = burden_of(case, sacrifices, awards_of(case, sacrifices, {}))
    free = replace(case, network=replace(network, rules=network.rules.without("house_rules")))
    most = most_of(free, sacrifices)
    borne = sacrifices, burden, most
    return RolledWeek(network, week, state, schedule, report, *borne, row["cpu_seconds"])


def _kept(year: Year, folder: Path) -> list[dict[str, Any]]:
    """Return the kept weeks; a line that was cut short by an interruption is left out."""
    file = year.file(folder)
    lines = file.read_text().split("\n")[:-1] if file.exists() else []
    fitting = lines and json.loads(lines[0]) == year.header()
    return [json.loads(line) for line in lines[1:]] if fitting else []


def _begin(year: Year, folder: Path, kept: Sequence[Mapping[str, Any]]) -> None:
    """Write the header and the kept weeks, so that nothing else is before the next one."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row) + "\n" for row in (year.header(), *kept)]
    year.file(folder).write_text("".join(lines))


def _keep(year: Year, folder: Path, row: Mapping[str, Any]) -> None:
    with year.file(folder).open("a") as stream:
        stream.write(json.dumps(row) + "\n")
