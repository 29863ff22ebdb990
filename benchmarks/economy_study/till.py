"""The till: posts to the book by the ledger's rules, without hashes and without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from pysched.bank import Book, RefusedError, Transaction, effect_of, person
from pysched.bank.earning import post_awards
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import ESCROW
from pysched.bank.valuation import Award
from pysched.bank.week_end import week_end
from pysched.conflicts import Claim, Conflict, Decision
from pysched.conflicts.escrow import hold, release, settlement
from pysched.conflicts.paying import paid_in, paying_of


class Till:
    """A ledger in memory: every transaction passes `effect_of`, the rules of the stored ledger."""

    def __init__(self, rules: LedgerRules, names: Iterable[str], limit_cents: int) -> None:
        """Open it with empty accounts."""
        self.rules = rules
        self.book = Book(limits={person(name): limit_cents for name in names if limit_cents})
        self.posted, self.refused = Counter[str](), Counter[str]()

    def balance(self, name: str) -> int:
        """Return a physician's balance in cents."""
        return self.book.balance(person(name))

    def available(self, name: str) -> int:
        """Return what a physician may bid, his overdraft included."""
        return max(0, self.balance(name) + self.book.limits.get(person(name), 0))

    def hold(self, conflict: str, claim: Claim, day: date) -> bool:
        """Hold a bid; return whether the ledger takes it."""
        if not claim.hold_cents:
            return True
        transaction = hold(conflict, claim.physician, claim.hold_cents, day)
        try:
            self._post(transaction)
        except RefusedError:
            self.refused[transaction.kind] += 1
            return False
        return True

    def release(self, conflict: Conflict, decision: Decision, day: date) -> dict[str, int]:
        """Give back what a decision does not take; return what each pays, in cents."""
        paid = paid_in(decision)
        for claim in conflict.claims:
            cents = claim.hold_cents - paid.get(claim.physician, 0)
            if cents > 0:
                why = "the conflict is decided"
                self._post(release(conflict.id, claim.physician, cents, day, why))
        return paid

    def pay_out(
        self, conflict: Conflict, decision: Decision, at_work: Mapping[date, set[str]], day: date
    ) -> dict[tuple[str, date], int]:
        """Empty a conflict's escrow at the week's close; return (physician, day) -> cents.

        Days off that had to be worked are not paid back here.
        """
        worked = {(name, on) for on, names in at_work.items() for name in names}
        paying = paying_of(conflict, decision, worked, ())
        for transaction in settlement(conflict.id, paying, day):
            self._post(transaction)
        return dict(paying.compensation)

    def close(self, awards: Iterable[Award], sunday: date) -> None:
        """Post awards, then what the week's end takes."""
        earned = post_awards(awards, self.book, self.rules)
        self.posted["earn"] += len(earned.transactions)
        self.book = earned.book
        for transaction in week_end(self.book, self.rules, sunday):
            self._post(transaction)
        self._drop_empty()

    def _post(self, transaction: Transaction) -> None:
        expires = self.rules.expiry(transaction.day)
        self.book = self.book.after(effect_of(self.book, transaction, expires))
        self.posted[transaction.kind] += 1

    def _drop_empty(self) -> None:
        """Forget escrows that are settled, which would make every further posting slower.

        Raises:
            ValueError: one of them still holds something.
        """
        kept = {k: c for k, c in self.book.balances.items() if not k[0].startswith(ESCROW)}
        left = {k[0]: c for k, c in self.book.balances.items() if k[0].startswith(ESCROW) and c}
        if left:
            raise ValueError(f"escrows hold {left} after the week's close")
        lots = {a: rows for a, rows in self.book.lots.items() if not a.startswith(ESCROW)}
        self.book = replace(self.book, balances=kept, lots=lots)
