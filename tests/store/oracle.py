"""What a ledger should hold, kept in plain dicts and lists: the oracle of the state machine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from pysched.bank.lots import lot_id
from pysched.bank.transaction import Transaction

EXPIRY = timedelta(weeks=8)
CAP = 3000
DECAY_PERCENT = 1
RESET_WEEKS = 4
RESET_PERCENT = 10

KEEPS_EXPIRY = {"transfer", "loan", "repay", "bid_hold", "bid_release", "reconcile"}
MAY_OVERDRAW = {"spend", "bid_hold", "earn", "interest"}


class Refused(Exception):
    """The oracle would not take it."""


@dataclass
class Heap:
    """A lot."""

    id: str
    debtor: str
    cents: int
    earned: date
    expires: date

    @property
    def rank(self) -> tuple[date, date, str]:
        """Which goes first."""
        return (self.expires, self.earned, self.id)


@dataclass
class Memory:
    """What is remembered of a transaction, so that it can be undone."""

    transaction: Transaction
    made: list[Heap] = field(default_factory=list)
    taken: list[tuple[str, int, date, date, str]] = field(default_factory=list)
    undone: bool = False


class Oracle:
    """A ledger in memory."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.balance: dict[tuple[str, str], int] = defaultdict(int)
        self.heaps: dict[str, list[Heap]] = defaultdict(list)
        self.limit: dict[str, int] = defaultdict(int)
        self.memory: dict[str, Memory] = {}

    def post(self, asked: Transaction) -> None:
        """Take a transaction.

        Raises:
            Refused: it may not be.
        """
        if asked.key in self.memory:
            if self.memory[asked.key].transaction != asked:
                raise Refused("key")
            return
        original = self._original(asked)
        self._refuse(asked, original)
        memory = Memory(asked)
        pieces = self._take(asked, original, memory)
        for posting in asked.postings:
            self.balance[posting.account, posting.unit] += posting.cents
        for posting in asked.postings:
            if posting.unit == "CR" and posting.cents > 0 and not _is_pool(posting.account):
                self._give(asked, posting.account, posting.cents, pieces, original, memory)
        self.memory[asked.key] = memory
        if original is not None:
            original.undone = True

    def held(self, account: str, debtor: str | None = None) -> int:
        """Return what an account has in lots, of one debtor or of all."""
        return sum(h.cents for h in self.heaps[account] if debtor in (None, h.debtor))

    def contents(self) -> dict[str, list[tuple[str, int]]]:
        """Return the ids of open lots with what is left, in order, by account."""
        return {
            account: [(h.id, h.cents) for h in sorted(heaps, key=lambda h: h.rank)]
            for account, heaps in self.heaps.items()
            if heaps
        }

    def _original(self, asked: Transaction) -> Memory | None:
        if asked.reverses is None:
            return None
        original = self.memory.get(asked.reverses)
        if original is None or original.undone or original.transaction.kind == "reverse":
            raise Refused("original")
        return original

    def _refuse(self, asked: Transaction, original: Memory | None) -> None:
        head = asked.key.split("|")[:5]
        if asked.kind == "earn" and any(
            m.transaction.kind == "earn" and not m.undone and key.split("|")[:5] == head
            for key, m in self.memory.items()
        ):
            raise Refused("claim")
        for posting in asked.postings:
            account, after = posting.account, self.balance[posting.account, "CR"] + posting.cents
            if posting.unit == "IOU" or posting.cents > 0 or _is_pool(account):
                continue
            floor = -self.limit[account] if asked.kind in MAY_OVERDRAW else 0
            if account.startswith("escrow:"):
                self._refuse_escrow(asked, original, account, after, -posting.cents)
            elif asked.kind != "reverse" and after < floor:
                raise Refused("floor")

    def _refuse_escrow(
        self, asked: Transaction, original: Memory | None, account: str, after: int, cents: int
    ) -> None:
        if after < 0 or (asked.kind == "bid_settle" and after != 0):
            raise Refused("escrow")
        taker = next(p.account for p in asked.postings if p.cents > 0)
        if asked.kind == "bid_release" and self.held(account, taker) < cents:
            raise Refused("not his")
        if original is not None:
            made = {heap.id for heap in original.made}
            if sum(h.cents for h in self.heaps[account] if h.id in made) < cents:
                raise Refused("gone")

    def _take(
        self, asked: Transaction, original: Memory | None, memory: Memory
    ) -> list[tuple[int, date, date, str]]:
        pieces = []
        made = {heap.id for heap in original.made} if original else set()
        for posting in asked.postings:
            account, cents = posting.account, -posting.cents
            if posting.unit == "IOU" or cents < 0 or _is_pool(account):
                continue
            chosen = sorted(self.heaps[account], key=lambda h: (h.id not in made, h.rank))
            if asked.kind == "bid_release":
                taker = next(p.account for p in asked.postings if p.cents > 0)
                chosen = [h for h in chosen if h.debtor == taker]
            wanted = asked.metadata.get("lots")
            for heap in chosen:
                part = min(cents, heap.cents) if wanted is None else wanted.get(heap.id, 0)
                if part:
                    heap.cents -= part
                    cents -= part
                    pieces.append((part, heap.earned, heap.expires, account))
                    memory.taken.append((account, part, heap.earned, heap.expires, heap.debtor))
            if cents:
                pieces.append((cents, asked.day, asked.day + EXPIRY, account))
            self.heaps[account] = [h for h in self.heaps[account] if h.cents]
        return pieces

    def _give(
        self,
        asked: Transaction,
        account: str,
        cents: int,
        pieces: list[tuple[int, date, date, str]],
        original: Memory | None,
        memory: Memory,
    ) -> None:
        if asked.kind in KEEPS_EXPIRY:
            mine = _cut(pieces, cents)
        else:
            mine = [t[1:] for t in original.taken if t[0] == account] if original else []
            rest = cents - sum(piece[0] for piece in mine)
            giver = next(p.account for p in asked.postings if p.unit == "CR" and p.cents < 0)
            if rest:
                mine.append((rest, asked.day, asked.day + EXPIRY, giver))
        hole = max(0, cents - self.balance[account, "CR"])
        mine.sort(key=lambda piece: (piece[2], piece[1]), reverse=True)
        for number, (part, earned, expires, debtor) in enumerate(mine):
            filled = min(hole, part)
            hole -= filled
            heap = Heap(lot_id(asked.key, account, number), debtor, part - filled, earned, expires)
            memory.made.append(heap)
            if heap.cents:
                self.heaps[account].append(heap)


def _cut(pieces: list[tuple[int, date, date, str]], cents: int) -> list[tuple]:
    mine = []
    while cents:
        size, *rest = pieces.pop(0)
        part = min(size, cents)
        mine.append((part, *rest))
        cents -= part
        if part < size:
            pieces.insert(0, (size - part, *rest))
    return mine


def _is_pool(account: str) -> bool:
    return account.startswith("pool:")
