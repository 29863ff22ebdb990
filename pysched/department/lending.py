"""Loans between physicians, made and repaid, each in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pysched.bank.lending import Ask, Loan, RepaymentError, lend, repay
from pysched.bank.transaction import person
from pysched.department.open_bank import OpenBank
from pysched.store import Writer, dealings


class Lending(OpenBank):
    """Loans in the bank of a database."""

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
        request: dict[str, str | int] = {"what": "loan", "lender": lender, "borrower": borrower}
        request |= {"cents": cents}
        asked = Ask("", lender, borrower, cents, day)

        def work(writer: Writer) -> Loan:
            self._refuse_strangers_of(writer, lender, borrower)
            name = dealings.once(writer, key, request, lambda: self._make(writer, asked))
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

    def _make(self, writer: Writer, asked: Ask) -> str:
        """Make a loan and return its id."""
        self._refuse_closed(writer, asked.day)
        graph, loans = dealings.graph_and_loans(writer.connection, self.profile)
        ask = replace(asked, id=dealings.next_loan(loans))
        has = max(0, writer.book({person(ask.lender)}).balance(person(ask.lender)))
        lent = lend(ask, graph, loans, has, self.profile.lending, self.profile.trust)
        writer.post_all(lent.transactions)
        dealings.save_loan(writer.connection, lent.loan)
        return ask.id
