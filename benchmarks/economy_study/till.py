"""The till: posts to the book by the ledger's rules, without hashes and without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from pysched.bank import Book, RefusedError, effect_of, person
from pysched.bank.amount import split
from pysched.bank.earning import post_awards
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import ESCROW, Kind, Posting, Transaction
from pysched.bank.valuation import Award
from pysched.bank.week_end import week_end
from pysched.conflicts import Conflict, Decision

SURPLUS = "pool:surplus"


class Till:
    """A ledger in memory: every transaction passes `effect_of`, the rules of the stored ledger."""

    def __init__(self, rules: LedgerRules, names: Iterable[str], limit_cents: int) -> None:
        """Open it with empty accounts."""
        self.rules = rules
        self.book = Book(limits={person(name): limit_cents for name in names if limit_cents})
        self.asked, self.refused = Counter[str](), Counter[str]()
        self.due: dict[str, dict[str, int]] = {}

    def balance(self, name: str) -> int:
        """Return a physician's balance in cents."""
        return self.book.balance(person(name))

    def available(self, name: str) -> int:
        """Return what a physician may bid, his overdraft included."""
        return max(0, self.balance(name) + self.book.limits.get(person(name), 0))

    def hold(self, conflict: str, name: str, cents: int, day: date) -> bool:
        """Hold a bid; return whether the ledger takes it."""
        return self._try("bid_hold", f"bid|{conflict}|{name}", day, person(name), ESCROW + conflict, cents)

    def decide(self, conflict: Conflict, decision: Decision, day: date) -> dict[str, int]:
        """Give back what a decision does not take; return what each pays, in cents.

        What is taken stays in the escrow until the week's close.
        """
        escrow = ESCROW + conflict.id
        paid: dict[str, int] = {}
        due: Counter[str] = Counter()
        for row in decision.payments:
            if row.payee == escrow:
                paid[row.payer.removeprefix("person:")] = row.cents
            else:
                due[row.payee] += row.cents
        for claim in conflict.claims:
            back = self._held(escrow, claim.physician) - paid.get(claim.physician, 0)
            if back:
                key = f"release|{conflict.id}|{claim.physician}"
                self._post("bid_release", key, day, {escrow: -back, person(claim.physician): back})
        self.due[conflict.id] = dict(due)
        return paid

    def pay_out(
        self, conflict: Conflict, decision: Decision, at_work: Mapping[date, set[str]], day: date
    ) -> dict[tuple[str, date], int]:
        """Empty a conflict's escrow at the week's close; return the compensations.

        What a day left pending goes in equal parts to those refused who worked it, else to the
        surplus. Returns (physician, day) -> cents; what is not of a day counts for the last one.
        """
        due, refused = Counter(self.due.pop(conflict.id)), decision.refused(conflict)
        parts: Counter[tuple[str, date]] = Counter()
        for account, cents in due.items():
            if account.startswith("person:"):
                parts[account.removeprefix("person:"), conflict.days[-1]] += cents
        for off, cents in decision.pending_cents.items():
            able = {n: 1 for n, days in refused.items() if off in days and n in at_work[off]}
            for name, part in (split(cents, able) if able else {}).items():
                due[person(name)] += part
                parts[name, off] += part
            if not able:
                due[SURPLUS] += cents
        total = sum(due.values())
        if total:
            gives = {ESCROW + conflict.id: -total, **{a: c for a, c in due.items() if c}}
            self._post("bid_settle", f"settle|{conflict.id}", day, gives)
        return {key: cents for key, cents in parts.items() if cents}

    def close(self, awards: Iterable[Award], sunday: date) -> None:
        """Post awards, then what the week's end takes."""
        earned = post_awards(awards, self.book, self.rules)
        self.asked["earn"] += len(earned.transactions)
        self.book = earned.book
        for transaction in week_end(self.book, self.rules, sunday):
            self._add(transaction)
        self._drop_empty()

    def _held(self, escrow: str, name: str) -> int:
        lots = self.book.lots.get(escrow, {}).values()
        return sum(lot.left_cents for lot in lots if lot.debtor == person(name))

    def _try(
        self, kind: Kind, key: str, day: date, payer: str, payee: str, cents: int
    ) -> bool:
        try:
            self._post(kind, key, day, {payer: -cents, payee: cents})
        except RefusedError:
            self.refused[kind] += 1
            return False
        return True

    def _post(self, kind: Kind, key: str, day: date, parts: Mapping[str, int]) -> None:
        postings = tuple(Posting(account, "CR", cents) for account, cents in parts.items())
        self._add(Transaction(kind, key, day, postings))

    def _add(self, transaction: Transaction) -> None:
        self.asked[transaction.kind] += 1
        expires = self.rules.expiry(transaction.day)
        self.book = self.book.after(effect_of(self.book, transaction, expires))

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
