"""What physicians do between weeks: transfers, loans and ratings, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Self

from pysched.bank.lending import Ask, FrozenError, Loan, RepaymentError, is_frozen, lend, repay
from pysched.bank.pending import (
    PendingTransfer,
    Step,
    accept,
    expiry_of,
    open_transfer,
    withdraw,
)
from pysched.bank.transaction import person
from pysched.bank.week_end import week_name
from pysched.department.accounts import UnknownPhysicianError
from pysched.department.database import existing
from pysched.store import BankStore, Writer, dealings
from pysched.trust import Rating, refuse_others


class DayClosedError(ValueError):
    """A day of a week that the bank has closed."""


def utc_now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


class Dealings:
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

    def propose(
        self, payer: str, payee: str, cents: int, day: date, key: str | None = None
    ) -> PendingTransfer:
        """Propose a transfer as its payer; the amount is held until it is answered.

        Raises:
            RefusedError: it is none, he has too little, or the key was used for something else.
            FrozenError: he has a loan overdue.
            UnknownPhysicianError: the bank does not know one of them.
            DayClosedError: the day's week is closed.
        """
        return self._open(payer, payee, payer, cents, day, key)

    def ask(
        self, payee: str, payer: str, cents: int, day: date, key: str | None = None
    ) -> PendingTransfer:
        """Ask for a transfer as its payee; nothing is held. Raises as `propose` does."""
        return self._open(payer, payee, payee, cents, day, key)

    def accept(self, caller: str, number: int, day: date) -> PendingTransfer:
        """Accept a transfer that waits for one's answer: the credits go over.

        Raises:
            RefusedError: it is not his to accept, no longer open, or the payer has too little.
            FrozenError: the payer has a loan overdue.
            DayClosedError: the day's week is closed.
        """

        def work(writer: Writer) -> PendingTransfer:
            pending = dealings.pending_transfer(writer.connection, number)
            if pending.status == "open":
                self._refuse_closed(writer, day)
                self._refuse_frozen(writer, pending.payer, pending.cents, day)
            return _save(writer, accept(pending, caller, day, writer.book()))

        return self._store.ledger.write(work)

    def withdraw(self, caller: str, number: int, day: date) -> PendingTransfer:
        """Take a transfer back, or decline one; what it held is the payer's again.

        Raises:
            RefusedError: the caller is none of the two, or it ended otherwise.
            DayClosedError: the day's week is closed.
        """

        def work(writer: Writer) -> PendingTransfer:
            pending = dealings.pending_transfer(writer.connection, number)
            if pending.status == "open":
                self._refuse_closed(writer, day)
            return _save(writer, withdraw(pending, caller, day))

        return self._store.ledger.write(work)

    def expire(self, day: date) -> list[PendingTransfer]:
        """End all transfers whose last day is over, as each week's end does too.

        Raises:
            DayClosedError: the day's week is closed.
        """

        def work(writer: Writer) -> list[PendingTransfer]:
            self._refuse_closed(writer, day)
            return dealings.end_overdue(writer, day)

        return self._store.ledger.write(work)

    def transfers(self, physician: str, only_open: bool = True) -> list[PendingTransfer]:
        """Return the transfers that a physician pays or gets, by number.

        Raises:
            UnknownPhysicianError: the bank does not know him.
        """
        known = self._database.read(dealings.known_physicians)
        self._refuse_strangers(known, physician)
        return self._database.read(lambda c: dealings.pending_transfers(c, physician, only_open))

    def lend(
        self, lender: str, borrower: str, cents: int, day: date, key: str | None = None
    ) -> Loan:
        """Lend credits, at the terms of the lender's trust in the borrower.

        Raises:
            LoanRefusedError: not above 0, or beyond a limit; FrozenError: somebody is overdue.
            UnknownPhysicianError: the bank does not know one of them, or they are one.
            KeyReuseError: the key was used for something else.
            DayClosedError: the day's week is closed.
        """
        request: dict[str, str | int] = {
            "what": "loan",
            "lender": lender,
            "borrower": borrower,
            "cents": cents,
        }

        def make(writer: Writer) -> str:
            self._refuse_closed(writer, day)
            graph, loans = dealings.graph_and_loans(writer.connection, self.profile)
            name = dealings.next_loan(loans)
            has = max(0, writer.book().balance(person(lender)))
            lent = lend(
                Ask(name, lender, borrower, cents, day), graph, loans, has, self.profile.lending
            )
            writer.post_all(lent.transactions)
            dealings.save_loan(writer.connection, lent.loan)
            return name

        def work(writer: Writer) -> Loan:
            self._refuse_strangers_of(writer, lender, borrower)
            name = dealings.once(writer, key, request, lambda: make(writer))
            return dealings.loan_of(writer.connection, name)

        return self._store.ledger.write(work)

    def repay(
        self, borrower: str, loan: str, cents: int | None, day: date, key: str | None = None
    ) -> Loan:
        """Repay a loan as its borrower, wholly if no amount is given; return it as it stands.

        Raises:
            RepaymentError: it is not his, or the amount is none or more than is owed.
            RefusedError: he has too little, or the key was used for something else.
            DayClosedError: the day's week is closed.
        """
        asked = "all" if cents is None else cents
        request = {"what": "repay", "borrower": borrower, "loan": loan, "cents": asked}

        def pay(writer: Writer) -> str:
            self._refuse_closed(writer, day)
            before = dealings.loan_of(writer.connection, loan)
            if before.borrower != borrower:
                raise RepaymentError(f"loan {loan} is owed by {before.borrower}, not {borrower}")
            amount = before.owed_cents if cents is None else cents
            number = dealings.payments_of(writer.connection, loan) + 1
            paid = repay(
                before, amount, day, f"repay|{loan}|payment {number}", self.profile.lending
            )
            dealings.post_payment(writer, paid)
            return loan

        def work(writer: Writer) -> Loan:
            name = dealings.once(writer, key, request, lambda: pay(writer))
            return dealings.loan_of(writer.connection, name)

        return self._store.ledger.write(work)

    def loans(self, physician: str, only_open: bool = True) -> list[Loan]:
        """Return the loans that a physician gave or took.

        Raises:
            UnknownPhysicianError: the bank does not know him.
        """
        self._refuse_strangers(self._database.read(dealings.known_physicians), physician)
        rows = self._database.read(dealings.read_loans)
        mine = (loan for loan in rows if physician in (loan.lender, loan.borrower))
        return [loan for loan in mine if loan.owed_cents or not only_open]

    def rate(self, caller: str, rater: str, rated: str, stars: int, day: date) -> Rating:
        """Rate a colleague with 1 to 5 stars; a later rating of the same day replaces it.

        Raises:
            NotOwnerError: the caller is not who rates.
            UnknownPhysicianError: the bank does not know one of them.
            ValueError: the stars are not 1 to 5, or it is himself.
            DayClosedError: the day's week is closed.
        """

        def work(writer: Writer) -> Rating:
            self._refuse_strangers_of(writer, rater, rated)
            refuse_others(caller, rater, rated)
            rating = Rating(day - timedelta(days=day.weekday()), rater, rated, stars)
            self._refuse_closed(writer, day)
            dealings.save_rating(writer.connection, rater, rated, day, stars)
            return rating

        return self._store.ledger.write(work)

    def _open(
        self, payer: str, payee: str, asker: str, cents: int, day: date, key: str | None
    ) -> PendingTransfer:
        request: dict[str, str | int] = {"what": "transfer", "payer": payer, "payee": payee}
        request |= {"asker": asker, "cents": cents}

        def make(writer: Writer) -> int:
            self._refuse_closed(writer, day)
            if asker == payer:
                self._refuse_frozen(writer, payer, cents, day)
            number = dealings.next_number(writer.connection)
            until = expiry_of(day, self.profile.ledger)
            pending = PendingTransfer(number, payer, payee, asker, cents, day, until)
            return _save(writer, open_transfer(pending, writer.book())).number

        def work(writer: Writer) -> PendingTransfer:
            self._refuse_strangers_of(writer, payer, payee)
            number = dealings.once(writer, key, request, lambda: make(writer))
            return dealings.pending_transfer(writer.connection, number)

        return self._store.ledger.write(work)

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


def _save(writer: Writer, step: Step) -> PendingTransfer:
    pending, posted = step
    writer.post_all(posted)
    dealings.save_pending(writer.connection, pending)
    return pending
