"""The ledger beside an oracle that keeps everything in dicts: all kinds, clock jumps, undoing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pysched.bank.audit import verify
from pysched.bank.chain import GENESIS, chain_hash
from pysched.bank.ledger import RefusedError, mirror
from pysched.bank.transaction import Posting, Transaction
from pysched.bank.week_end import week_end, week_name
from pysched.store import Database, LedgerStore, Writer
from tests.bank.making import earned, moved, owed
from tests.databases import new_database
from tests.store import oracle
from tests.store.drawn import CENTS, ESCROW_ACCOUNTS, ESCROWS, NAMES, NUMBERS, PAIRS, RULES
from tests.store.oracle import Oracle, Refused

VERIFY_EACH = 8
"""Steps from one replay of the whole ledger to the next; sums and hashes are looked at each."""
HOW = settings(max_examples=40, stateful_step_count=70, deadline=None, derandomize=True)
STEPS = 2000
ACCEPTED = 0.45
"""The least share of steps that must be taken, so that the runs are about something."""


class LedgerMachine(RuleBasedStateMachine):
    """Every step goes to the ledger and to the oracle; both take it or neither does."""

    counts: ClassVar[Counter[str]] = Counter()

    def __init__(self, open_database: Callable[[], Database]) -> None:
        """Start with an empty database."""
        super().__init__()
        self.today = date(2024, 1, 1)
        self.clock_hours = 0
        self.ledger = LedgerStore(open_database(), RULES, self.now)
        self.oracle = Oracle()
        self.number = self.chained = self.steps = 0
        for name in ("P1", "P2", "P3"):
            self.earn_some(name, 1500, 0)

    def now(self) -> datetime:
        """Return the time of a clock that may be set back."""
        midnight = datetime.combine(self.today, time(), UTC)
        return midnight + timedelta(hours=self.clock_hours)

    def teardown(self) -> None:
        """Replay all of it once more, and let go of the database."""
        assert self.ledger.verify() is None
        self.ledger.database.close()

    def key(self) -> str:
        """Return a key that was not used."""
        self.number += 1
        return f"key {self.number}"

    def post(self, asked: Transaction) -> None:
        """Post on both sides."""
        try:
            self.oracle.post(asked)
            expected = "taken"
        except Refused as refused:
            expected = "refused"
            note(f"{asked.kind} {asked.key}: {refused}")
        try:
            row = self.ledger.post(asked)
            assert row.key == asked.key
            found = "taken"
        except RefusedError:
            found = "refused"
        assert expected == found
        self.counts[f"{asked.kind} {found}"] += 1

    def pick(self, number: int, kinds: tuple[str, ...] = ()) -> Transaction | None:
        """Return a transaction of the past, of some kinds or any."""
        past = [m.transaction for m in self.oracle.memory.values()]
        chosen = [t for t in past if not kinds or t.kind in kinds]
        return chosen[number % len(chosen)] if chosen else None

    @rule(name=NAMES, cents=st.one_of(CENTS, st.just(2500)), duty=st.integers(1, 20))
    def earn(self, name: str, cents: int, duty: int) -> None:
        """An award; the same duty once."""
        self.earn_some(name, cents, duty)

    def earn_some(self, name: str, cents: int, duty: int) -> None:
        """Post an award."""
        more = f"|{self.key()}"
        self.post(earned(name, cents, self.today, duty=f"T{duty}", more=more))

    @rule(names=PAIRS, cents=CENTS)
    def earn_from(self, names: tuple[str, str], cents: int) -> None:
        """An award that a colleague pays."""
        name, debtor = names
        key = f"earn|change|{name}|{self.today}|{self.key()}"
        self.post(moved("earn", key, f"person:{debtor}", f"person:{name}", cents, self.today))

    @rule(name=NAMES, cents=CENTS)
    def spend(self, name: str, cents: int) -> None:
        """An expense."""
        kind, taker = "spend", "pool:surplus"
        self.post(moved(kind, self.key(), f"person:{name}", taker, cents, self.today))

    @rule(names=PAIRS, cents=CENTS)
    def transfer(self, names: tuple[str, str], cents: int) -> None:
        """A gift."""
        giver, taker = (f"person:{name}" for name in names)
        self.post(moved("transfer", self.key(), giver, taker, cents, self.today))

    @precondition(lambda self: self.oracle.heaps[ESCROW_ACCOUNTS[1]])
    @rule(name=NAMES, percent=st.integers(1, 110))
    def hand_over(self, name: str, percent: int) -> None:
        """What is held for a transfer goes to another, in part, wholly or more than that."""
        escrow = ESCROW_ACCOUNTS[1]
        cents = 1 + self.oracle.held(escrow) * percent // 100
        self.post(moved("transfer", self.key(), escrow, f"person:{name}", cents, self.today))

    @rule(names=st.permutations(["P1", "P2", "P3", "P4"]), cents=st.tuples(CENTS, CENTS))
    def reconcile(self, names: list[str], cents: tuple[int, int]) -> None:
        """Two pay two others."""
        first, second = cents
        parts = (-first, -second, (first + second) // 2, first + second - (first + second) // 2)
        postings = tuple(
            Posting(f"person:{name}", "CR", part) for name, part in zip(names, parts, strict=True)
        )
        self.post(Transaction("reconcile", self.key(), self.today, postings))

    @rule(name=NAMES, escrow=ESCROWS, cents=CENTS)
    def hold(self, name: str, escrow: str, cents: int) -> None:
        """A bid."""
        self.post(moved("bid_hold", self.key(), f"person:{name}", escrow, cents, self.today))

    @precondition(lambda self: any(self.oracle.heaps[escrow] for escrow in ESCROW_ACCOUNTS))
    @rule(number=NUMBERS, escrow=ESCROWS, percent=st.integers(1, 130))
    def release(self, number: int, escrow: str, percent: int) -> None:
        """A bid comes back, in part, wholly or more than that."""
        owners = sorted({heap.debtor for heap in self.oracle.heaps[escrow]} or {"person:P4"})
        owner = owners[number % len(owners)]
        cents = 1 + self.oracle.held(escrow, owner) * percent // 100
        self.post(moved("bid_release", self.key(), escrow, owner, cents, self.today))

    @precondition(lambda self: any(self.oracle.heaps[escrow] for escrow in ESCROW_ACCOUNTS))
    @rule(name=NAMES, escrow=ESCROWS, percent=st.integers(0, 100), all_of_it=st.booleans())
    def settle(self, name: str, escrow: str, percent: int, all_of_it: bool) -> None:
        """What is bid goes to a loser and to the pool."""
        total = self.oracle.balance[escrow, "CR"] - (not all_of_it)
        part = total * percent // 100
        takers = {f"person:{name}": part, "pool:surplus": total - part}
        postings = [Posting(account, "CR", c) for account, c in takers.items() if c > 0]
        if total > 0:
            postings.append(Posting(escrow, "CR", -total))
            self.post(Transaction("bid_settle", self.key(), self.today, tuple(postings)))

    @rule(names=PAIRS, cents=CENTS, back=st.booleans())
    def lend(self, names: tuple[str, str], cents: int, back: bool) -> None:
        """A loan, now and then given back at once."""
        name, other = names
        credits = {f"person:{name}": -cents, f"person:{other}": cents}
        self.post(owed("loan", self.key(), credits, self.today))
        if back:
            self.repay(-1, 0)

    @rule(number=NUMBERS, interest=st.integers(0, 20))
    def repay(self, number: int, interest: int) -> None:
        """A loan comes back, with or without interest."""
        loan = self.pick(number, ("loan",))
        if loan is None:
            return
        credits = {p.account: -p.cents for p in loan.postings if p.unit == "CR"}
        if interest:
            payer = min(credits, key=lambda account: credits[account])
            credits[payer] -= interest
            credits["pool:interest"] = interest
        self.post(owed("repay", self.key(), credits, self.today))

    @rule(names=PAIRS, to_lender=st.booleans(), cents=CENTS)
    def interest(self, names: tuple[str, str], to_lender: bool, cents: int) -> None:
        """Interest, paid in credits."""
        giver, lender = (f"person:{name}" for name in names)
        taker = lender if to_lender else "pool:interest"
        self.post(moved("interest", self.key(), giver, taker, cents, self.today))

    @rule(name=NAMES, cents=CENTS)
    def write_off(self, name: str, cents: int) -> None:
        """The pool takes a loss."""
        giver, taker = "pool:write_off", f"person:{name}"
        self.post(moved("write_off", self.key(), giver, taker, cents, self.today))

    @rule(number=NUMBERS)
    def undo(self, number: int) -> None:
        """Something is reversed, maybe once more."""
        original = self.pick(number)
        if original is not None:
            self.post(mirror(original, self.today))

    @rule(number=NUMBERS)
    def repeat(self, number: int) -> None:
        """The same again changes nothing."""
        again = self.pick(number)
        if again is not None:
            self.post(again)

    @rule(number=NUMBERS, cents=CENTS)
    def reuse(self, number: int, cents: int) -> None:
        """A key comes again with another body."""
        used = self.pick(number)
        if used is not None:
            self.post(moved("spend", used.key, "person:P1", "pool:surplus", cents, self.today))

    @rule(name=NAMES, cents=st.sampled_from([0, 500, 2500]))
    def limit(self, name: str, cents: int) -> None:
        """Trust changes how far a balance may fall."""
        self.ledger.set_limits({f"person:{name}": cents})
        self.oracle.limit[f"person:{name}"] = cents

    @rule(days=st.sampled_from([1, 7, 30, 70]), hours=st.integers(-100, 100))
    def jump(self, days: int, hours: int) -> None:
        """Time passes; the clock of the machine may go back."""
        self.today += timedelta(days=days)
        self.clock_hours = hours

    @rule()
    def close(self) -> None:
        """The week ends: expiry, decay, cap, reset."""
        self.today += timedelta(days=7 - self.today.weekday())
        sunday, done = self.today - timedelta(days=1), []

        def end(writer: Writer) -> None:
            done.extend(week_end(writer.book(), RULES, sunday))
            writer.post_all(done)

        assert self.ledger.close_week(week_name(sunday), end)
        assert not self.ledger.close_week(week_name(sunday), end)
        for step in done:
            self.oracle.post(step)
            self.counts[f"{step.kind} taken"] += 1
        for account, heaps in self.oracle.heaps.items():
            if account.startswith("person:"):
                assert sum(heap.cents for heap in heaps) <= oracle.CAP
                assert all(heap.expires >= self.today for heap in heaps)

    @invariant()
    def agrees(self) -> None:
        """Balances, lots, sums and the whole chain."""
        stored = self.ledger.stored()
        expected = {place: cents for place, cents in self.oracle.balance.items() if cents}
        assert {place: cents for place, cents in stored.balances.items() if cents} == expected
        lots: dict[str, list[tuple[str, int]]] = {}
        for lot in sorted(stored.lots, key=lambda lot: lot.order):
            if lot.left_cents:
                lots.setdefault(lot.account, []).append((lot.id, lot.left_cents))
        assert lots == self.oracle.contents()
        assert sum(stored.balances.values()) == 0
        assert len(stored.rows) == len(self.oracle.memory)
        hashes = [row.hash for row in stored.rows]
        assert [row.hash_before for row in stored.rows] == [GENESIS, *hashes][: len(hashes)]
        for row in stored.rows[self.chained :]:
            assert row.hash == chain_hash(row)
        self.chained = len(hashes)
        self.steps += 1
        if self.steps % VERIFY_EACH == 0:
            assert verify(stored) is None


def explore(open_database: Callable[[], Database]) -> None:
    """Run the machine and look at how much of it was accepted."""
    LedgerMachine.counts = counts = Counter()
    how = settings(HOW, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: LedgerMachine(open_database), settings=how)
    taken = {step: n for step, n in counts.items() if step.endswith("taken")}
    total, accepted = counts.total(), sum(taken.values()) / counts.total()
    print(f"{total} steps, {accepted:.0%} accepted: {dict(sorted(counts.items()))}")
    assert total >= STEPS
    assert accepted >= ACCEPTED
    assert len(taken) == 16


def test_the_ledger_does_what_the_oracle_does_on_sqlite(tmp_path: Path) -> None:
    """Step by step, in new files."""
    numbers = iter(range(10**6))
    explore(lambda: Database(f"sqlite:///{tmp_path / str(next(numbers))}.sqlite"))


def test_the_ledger_does_what_the_oracle_does_on_postgresql(postgresql: str) -> None:
    """Step by step, in new databases."""
    explore(lambda: Database(new_database(postgresql)))
