"""The bank in a database: week-ends and corrections, each wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from pysched.bank.close import BankState, Close, WorkedWeek, close_week
from pysched.bank.correction import Correction
from pysched.bank.kept import KeptWeek, kept_of, past_of
from pysched.bank.ledger import RefusedError
from pysched.bank.profile import BankProfile
from pysched.bank.week_end import week_name
from pysched.model import Network
from pysched.store import bank_rows
from pysched.store.bank_correction import apply_correction
from pysched.store.bank_rows import equalization_rows, sacrifice_rows
from pysched.store.conflict_covering import bonuses_of
from pysched.store.conflict_seen import read_granted
from pysched.store.conflict_settle import settle_conflicts
from pysched.store.database import Database
from pysched.store.engine import StoreError
from pysched.store.ledger_rows import read_book
from pysched.store.ledger_store import LedgerStore, utc_now
from pysched.store.loan_rows import events_of, loan_row, read_loans
from pysched.store.pending import end_at_close
from pysched.store.repository import StoredWeek, WeekTakenError, has_week, insert_week
from pysched.store.social import (
    EqualizationRow,
    equalizations,
    save_equalization,
    save_loans,
    save_sacrifices,
)
from pysched.store.writer import WeekClosedError, Writer


class BankStore:
    """The bank of a department.

    Args:
        database: where it is.
        profile: its numbers.
        clock: gives the time, with a time zone, that rows are recorded at.
    """

    def __init__(
        self,
        database: Database,
        profile: BankProfile,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Use a database."""
        self.database = database
        self.profile = profile
        self.ledger = LedgerStore(database, profile.ledger, clock)
        self._clock = clock

    def kept(self) -> list[KeptWeek]:
        """Return the closed weeks in order, each as last corrected."""
        return self.database.read(bank_rows.read_kept)

    def equalizations(self) -> list[EqualizationRow]:
        """Return where all stood at the end of each week."""
        return self.database.read(equalizations)

    def record_before(self, monday: date) -> str | None:
        """Return the text of the last week closed before a week; None if none was."""
        return self.database.read(lambda c: bank_rows.record_before(c, monday))

    def state(self, physicians: Collection[str]) -> BankState:
        """Return what the bank knows after the last week closed.

        Args:
            physicians: who are in the graph of trust even if nothing is stored of them.
        """

        def read(connection: Connection) -> BankState:
            return read_state(connection, self.profile, physicians, None)

        return self.database.read(read)

    def close(self, run: str, stored: StoredWeek, network: Network, worked: WorkedWeek) -> None:
        """Add a settled week to a run and do the bank's week-end, in one transaction.

        The very same again changes nothing.

        Args:
            run: its key.
            stored: the week as the run keeps it.
            network: physicians, tasks, categories, calendar.
            worked: the week as it was worked.

        Raises:
            WeekTakenError: the run has that week already, or another run closed it.
            StoreError: the bank closed a later week, a rule forbids a transaction, or the database
                cannot be used.
        """
        name = week_name(stored.monday)

        def settle(writer: Writer) -> None:
            connection = writer.connection
            if not writer.begin_close(name):
                if has_week(connection, run, stored):
                    return
                raise WeekTakenError(
                    f"database {self.database.url}: another run closed {name} meanwhile; the same "
                    "command again goes on from there, if that run was of the same input"
                )
            _refuse_other_grants(connection, worked, self.database.url)
            insert_week(connection, run, stored)
            apply_close(writer, self.profile, run, network, worked, self._clock())

        try:
            self.ledger.write(settle)
        except WeekClosedError as error:
            raise StoreError(f"database {self.database.url}: {error}") from error
        except RefusedError as error:
            raise StoreError(f"week-end {name}: {error}") from error

    def correct(self, network: Network, worked: WorkedWeek, day: date) -> Correction:
        """Correct a closed week: take back what was awarded wrongly and award anew.

        The very same again changes nothing. Weeks closed since stay as they were planned; where all
        stand is reckoned anew.

        Args:
            network: physicians, tasks, categories, calendar.
            worked: the week as it was really worked; without versions those of its close hold.
            day: of the correction.

        Raises:
            StoreError: the week is not closed, a rule forbids it, or the database cannot be used.
        """
        monday = worked.week.monday

        def work(writer: Writer) -> Correction:
            kept = bank_rows.read_kept(writer.connection)
            before = next((row for row in kept if row.monday == monday), None)
            if before is None:
                raise StoreError(f"database {self.database.url}: week {monday} is not closed")
            return apply_correction(writer, self.profile, network, worked, before, kept, day)

        try:
            return self.ledger.write(work)
        except RefusedError as error:
            raise StoreError(f"correction of week {monday}: {error}") from error


def read_state(
    connection: Connection, profile: BankProfile, physicians: Collection[str], monday: date | None
) -> BankState:
    """Return what the bank knows before a week, or after the last one closed if that is None."""
    kept = bank_rows.read_kept(connection)
    last = kept[-1].monday if kept else None
    end = monday or (last + timedelta(days=7) if last else date.min)
    return BankState(
        book=read_book(connection, profile.ledger),
        graph=bank_rows.read_graph(connection, physicians, last, profile.trust),
        loans=read_loans(connection),
        past=past_of(kept, end),
    )


def apply_close(
    writer: Writer,
    profile: BankProfile,
    run: str,
    network: Network,
    worked: WorkedWeek,
    now: datetime,
) -> Close:
    """Settle the conflicts of a week, compute its close and write all of it.

    Args:
        writer: in a transaction, which has begun the close.
        profile: the numbers.
        run: key of the run whose week it is.
        network: physicians, tasks, categories, calendar.
        worked: the week.
        now: with a time zone.
    """
    connection, monday = writer.connection, worked.week.monday
    end_at_close(writer, profile.ledger, worked.sunday)
    received = settle_conflicts(writer, network, worked, profile.values)
    state = read_state(connection, profile, network.physicians.keys(), monday)
    bonuses = bonuses_of(connection, monday)
    past = replace(state.past, compensation=received, bonuses=bonuses)
    state = replace(state, past=past)
    events = events_of(connection, monday, state.loans)
    worked = replace(worked, events=(*worked.events, *events))
    close = close_week(network, worked, state, profile)
    writer.post_all(close.transactions)
    held = state.book.limits
    writer.set_limits({a: cents for a, cents in close.limits.items() if held.get(a) != cents})
    old = {loan.id: loan for loan in state.loans}
    changed = [loan for loan in close.loans if old.get(loan.id) != loan]
    save_loans(connection, map(loan_row, changed))
    bank_rows.save_graph(connection, close.week, state.graph, close.graph, now)
    save_sacrifices(connection, sacrifice_rows(close.settlement.sacrifices))
    save_equalization(connection, equalization_rows(close.week, close.settlement.equalization))
    bank_rows.insert_kept(connection, run, kept_of(close, profile.equalization), worked, profile)
    writer.anchor(f"close of {close.week}")
    return close


def _refuse_other_grants(connection: Connection, worked: WorkedWeek, url: str) -> None:
    """Raise if days off were granted after a week was planned, which its schedule knows not."""
    granted = read_granted(connection, worked.week.monday)
    if granted != worked.week.granted:
        raise StoreError(
            f"database {url}: days off of the week of {worked.week.monday} were decided while it "
            "was planned; the same command again plans it with them"
        )
