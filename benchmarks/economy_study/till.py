"""The till: posts to the book by the ledger's rules, without hashes and without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from pysched.bank import Book, RefusedError, Transaction, effect_of, person
from pysched.bank.earning import post_awards
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import ESCROW, PERSON
from pysched.bank.valuation import Award
from pysched.bank.week_end import week_end
from pysched.conflicts import Claim, Conflict, Decision
from pysched.conflicts.escrow import hold, payouts, releases, settlement


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
        transaction = hold(conflict, claim, day)
        if transaction is None:
            return True
        try:
            self._post(transaction)
        except RefusedError:
            self.refused[transaction.kind] += 1
            return False
        return True

    def release(self, conflict: Conflict, decision: Decision, day: date) -> dict[str, int]:
        """Give back what a decision does not take; return what each pays, in cents."""
        for transaction in releases(conflict, decision, day):
            self._post(transaction)
        paid = Counter[str]()
        for row in decision.payments:
            if row.payer.startswith(PERSON):
                paid[row.payer.removeprefix(PERSON)] += row.cents
        return dict(paid)

    def pay_out(
        self, conflict: Conflict, decision: Decision, at_work: Mapping[date, set[str]], day: date
    ) -> dict[tuple[str, date], int]:
        """Empty a conflict's escrow at the week's close; return (physician, day) -> cents.

        What no single day was left pending for counts for the first day of the conflict.
        """
        refused = decision.refused(conflict)
        worked = {
            off: sorted(n for n, days in refused.items() if off in days and n in at_work[off])
            for off in decision.pending_cents
        }
        transaction = settlement(decision, worked, day)
        if transaction is not None:
            self._post(transaction)
        off = min(decision.pending_cents, default=conflict.days[0])
        parts = Counter[tuple[str, date]]()
        for row in payouts(decision, worked):
            if row.payee.startswith(PERSON):
                parts[row.payee.removeprefix(PERSON), off] += row.cents
        return dict(parts)

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
