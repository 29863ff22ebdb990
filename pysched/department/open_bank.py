"""The bank of a database, opened to be dealt with, and what it refuses to everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Self

from pysched.bank.lending import FrozenError, is_frozen
from pysched.bank.week_end import week_name
from pysched.department.accounts import UnknownPhysicianError
from pysched.department.database import existing
from pysched.store import BankStore, Writer, dealings, utc_now


class DayClosedError(ValueError):
    """A day of a week that the bank has closed."""


class OpenBank:
    """The bank of a database, to be dealt with; who calls is for the edges to make sure of.

    Every request may come with an idempotency key: the same again under its key changes nothing
    and is answered as before, whatever was killed in between.

    Args:
        url: of the database.
        clock: gives the time, with a time zone, that rows are recorded at.

    Raises:
        StoreError: it is not there or not up to date.
    """

    def __init__(self, url: str, clock: Callable[[], datetime] = utc_now) -> None:
        """Open the bank, under the numbers that its last week was closed with."""
        self._database = existing(url)
        self.url = self._database.url
        self.profile = self._database.read(dealings.read_profile)
        self._store = BankStore(self._database, self.profile, clock)

    def __enter__(self) -> Self:
        """Use the bank."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database."""
        self._database.close()

    def open_day(self, today: date) -> date:
        """Return today, or the first day that no closed week has, if that is later."""
        last = self._database.read(dealings.last_closed)
        return today if last is None else max(today, last + timedelta(days=7))

    def _refuse_closed(self, writer: Writer, day: date) -> None:
        closed = writer.closed_week
        if closed is not None and week_name(day) <= closed:
            raise DayClosedError(f"{day} is in {week_name(day)}; the bank has closed {closed}")

    def _refuse_frozen(self, writer: Writer, payer: str, cents: int, day: date) -> None:
        loans = dealings.read_loans(writer.connection)
        if is_frozen(loans, payer, day, self.profile.lending):
            raise FrozenError(f"{payer} has a loan overdue on {day}: he gives nothing", 0, cents)

    def _refuse_strangers_of(self, writer: Writer, *names: str) -> None:
        self._refuse_strangers(dealings.known_physicians(writer.connection), *names)

    def _refuse_strangers(self, known: set[str], *names: str) -> None:
        for name in names:
            if name not in known:
                raise UnknownPhysicianError(
                    f"{name!r} is no physician of the bank {self.url}; it has "
                    f"{', '.join(sorted(known)) or 'none'}"
                )
