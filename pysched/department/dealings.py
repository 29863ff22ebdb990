"""What physicians do between weeks: transfers and ratings, beside loans, one transaction each."""

from __future__ import annotations

from datetime import date

from pysched.bank.pending import (
    PendingTransfer,
    Step,
    accept,
    expiry_of,
    open_transfer,
    withdraw,
)
from pysched.bank.transaction import person
from pysched.department.lending import Lending
from pysched.instance.weeks import monday_of
from pysched.store import Writer, dealings
from pysched.trust import Rating, refuse_others


class Dealings(Lending):
    """What physicians deal with each other in the bank of a database."""

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
            return _save(writer, accept(pending, caller, day, writer.book({person(pending.payer)})))

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
            rating = Rating(monday_of(day), rater, rated, stars)
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
            return _save(writer, open_transfer(pending, writer.book({person(payer)}))).number

        def work(writer: Writer) -> PendingTransfer:
            self._refuse_strangers_of(writer, payer, payee)
            number = dealings.once(writer, key, request, lambda: make(writer))
            return dealings.pending_transfer(writer.connection, number)

        return self._store.ledger.write(work)


def _save(writer: Writer, step: Step) -> PendingTransfer:
    pending, posted = step
    writer.post_all(posted)
    dealings.save_pending(writer.connection, pending)
    return pending
