"""A toy week in which days off contend, with a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pysched.department.conflicts import Conflicts
from pysched.instance import Scenario, weeks_of
from pysched.model import Request, Week
from tests.bank.making import earned
from tests.department.long_toy import SCENARIO

PEOPLE = ("anna", "bruno", "carla", "dario")
HOLIDAY = date(2024, 4, 25)
"""A Thursday with two duties, which all four can do."""
SATURDAY = date(2024, 4, 27)
"""A day with one duty, which three of them can do."""
WEDNESDAY = date(2024, 4, 24)
WISHES = {HOLIDAY: PEOPLE, SATURDAY: ("anna", "carla", "dario"), WEDNESDAY: ("bruno",)}
ENDOWED = 2_000
LAST_SEED = "the end of the chain"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2024, 4, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def move(self, hours: float) -> None:
        """Let time pass."""
        self.now += timedelta(hours=hours)


def wishing(wishes: Mapping[date, Iterable[str]]) -> Scenario:
    """Return the toy with these wishes for days off and no others."""
    requests = tuple(
        Request(name, day, "day_off", "", 5) for day, names in wishes.items() for name in names
    )
    return replace(SCENARIO, requests=requests)


def week_of(scenario: Scenario, day: date = HOLIDAY) -> Week:
    """Return the week of a day."""
    return next(week for week in weeks_of(scenario) if day in week.days)


@dataclass
class World:
    """Conflicts of a toy in a database.

    Args:
        url: of the database.
        scenario: with wishes.
        clock: of the conflicts.
    """

    url: str
    scenario: Scenario
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        """Open it, and give everybody credits."""
        self.conflicts = self.again()
        self.week = week_of(self.scenario)
        self.ledger = self.conflicts.store.ledger
        self.ledger.post_all(earned(name, ENDOWED, date(2024, 3, 1)) for name in PEOPLE)

    @property
    def real_url(self) -> str:
        """The URL with all that opens the database."""
        url = self.conflicts.store.database.engine.url
        return url.render_as_string(hide_password=False)

    def again(self) -> Conflicts:
        """Open the database once more, as after a restart."""
        return Conflicts(self.scenario, self.url, clock=self.clock, secret=lambda: LAST_SEED)

    def decided(self) -> None:
        """Open all conflicts and decide them once their time is over."""
        self.conflicts.resolve(self.week)
        self.clock.move(73)
        self.conflicts.resolve(self.week)

    def sealed(self, name: str, bids: Mapping[str, int]) -> None:
        """Seal bids, let time pass, and open them."""
        for who, cents in bids.items():
            self.conflicts.bid(name, who, cents, nonce_of(who))
        self.clock.move(49)
        for who, cents in bids.items():
            self.conflicts.reveal(name, who, cents, nonce_of(who))

    def auctioned(self, bids: Mapping[str, int]) -> str:
        """Decide the holiday by auction; return the id of its conflict."""
        rows = {one.row.day: one.row for one in self.conflicts.resolve(self.week)}
        name = rows[HOLIDAY].id
        self.sealed(name, bids)
        self.clock.move(24)
        self.conflicts.resolve(self.week)
        return name


def nonce_of(who: str) -> str:
    """Return the secret of a bidder."""
    return f"{who}'s secret, which is long enough"


def by_day(world: World) -> dict[date, Any]:
    """Return the outcome of the conflicts by day."""
    return {one.row.day: one for one in world.conflicts.resolve(world.week)}
