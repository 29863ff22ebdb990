"""What is posted: transactions of balanced postings, and which accounts each kind may move."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias, get_args

from pysched.bank.amount import checked_cents

Unit = Literal["CR", "IOU"]
"""Credits, and what is owed."""

Kind = Literal[
    "earn",
    "spend",
    "transfer",
    "bid_hold",
    "bid_release",
    "bid_settle",
    "loan",
    "repay",
    "interest",
    "expire",
    "decay",
    "cap",
    "reset",
    "reverse",
    "reconcile",
    "write_off",
]

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

POOLS = ("mint", "expiry", "decay", "interest", "cap", "reset", "surplus", "write_off")
PERSON, ESCROW, POOL = "person:", "escrow:", "pool:"
HELD = "escrow:transfer-"
"""Beginning of the escrows that hold what is proposed to another."""
MOST_KEY, MOST_ACCOUNT, MOST_NAME = 200, 60, 50
"""The most letters of a key, of an account and of the name in it."""
MOST_INTEGER = 2**53 - 1
"""Beyond it RFC 8785 has no exact integers."""

_ACCOUNT = re.compile(r"(person:|escrow:)\S(.*\S)?|pool:(" + "|".join(POOLS) + ")")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class TransactionError(ValueError):
    """A transaction that no ledger may hold; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Posting:
    """So many cents into an account, or out of it if negative.

    Raises:
        ValueError: no such account or unit, or the amount is 0, no int or too large.
    """

    account: str
    unit: Unit
    cents: int

    def __post_init__(self) -> None:
        """Refuse what is no posting."""
        _check_text("account", self.account, MOST_ACCOUNT)
        if not _ACCOUNT.fullmatch(self.account):
            raise TransactionError(
                f"account {self.account!r} is no person:, escrow: or pool: known"
            )
        if len(name_of(self.account)) > MOST_NAME:
            raise TransactionError(f"account {self.account!r} has more than {MOST_NAME} letters")
        if self.unit not in get_args(Unit):
            raise TransactionError(f"unit {self.unit!r} is none of {', '.join(get_args(Unit))}")
        if checked_cents(self.cents) == 0:
            raise TransactionError(f"posting of 0 cents to {self.account}")


@dataclass(frozen=True)
class Transaction:
    """Postings that belong together; per unit their sum is 0.

    Args:
        kind: says which accounts may give and take.
        key: idempotency key; natural for what the system posts, such as `earn|holiday|P3|...`.
        day: the business day; lots that it opens count from it.
        postings: at least two, an account at most once in each unit.
        metadata: of JSON without floats; `lots` (lot id -> cents) names the lots to take from.
        reverses: key of the transaction that this one mirrors; for kind `reverse` alone.

    Raises:
        ValueError: any of this does not hold; the message names what and its value.
    """

    kind: Kind
    key: str
    day: date
    postings: tuple[Posting, ...]
    metadata: Mapping[str, Json] = field(default_factory=dict)
    reverses: str | None = None

    def __post_init__(self) -> None:
        """Refuse what is no transaction."""
        if self.kind not in get_args(Kind):
            raise TransactionError(f"kind {self.kind!r} is none of {', '.join(get_args(Kind))}")
        _check_text("key", self.key, MOST_KEY)
        if type(self.day) is not date:
            raise TransactionError(f"day {self.day!r} of {self.key} is no date")
        _check_json(self.metadata, f"metadata of {self.key}")
        if (self.kind == "reverse") != (self.reverses is not None):
            raise TransactionError(f"{self.key}: kind {self.kind} with reverses={self.reverses!r}")
        _check_balance(self)


def person(physician: str) -> str:
    """Return the account of a physician."""
    return PERSON + physician


def name_of(account: str) -> str:
    """Return the name in an account: the physician, the conflict or the pool's part."""
    return account.partition(":")[2]


def _check_balance(transaction: Transaction) -> None:
    places = [(p.account, p.unit) for p in transaction.postings]
    if len(places) < 2 or len(set(places)) < len(places):
        raise TransactionError(
            f"{transaction.key}: {len(places)} postings to {sorted(set(places))}; at least two, "
            "an account once in each unit"
        )
    for unit in get_args(Unit):
        total = sum(p.cents for p in transaction.postings if p.unit == unit)
        if total != 0:
            raise TransactionError(f"{transaction.key}: postings in {unit} sum to {total}, not 0")


def _check_text(what: str, text: object, most: int) -> None:
    if not isinstance(text, str) or not 0 < len(text) <= most or _UNPRINTABLE.search(text):
        raise TransactionError(f"{what} {text!r} is no printable text of 1 to {most} letters")


def _check_json(value: object, where: str) -> None:
    """Refuse what RFC 8785 and the databases do not keep exactly."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TransactionError(f"{where}: key {key!r} is no text")
            _check_value(key, where)
            _check_json(item, f"{where}, {key}")
    elif isinstance(value, list | tuple):
        for item in value:
            _check_json(item, where)
    else:
        _check_value(value, where)


def _check_value(value: object, where: str) -> None:
    if isinstance(value, str):
        if re.search(r"[\x00\ud800-\udfff]", value):
            raise TransactionError(f"{where}: {value!r} has letters that no database keeps")
    elif isinstance(value, int):
        if abs(value) > MOST_INTEGER:
            raise TransactionError(f"{where}: {value} is beyond 2^53 - 1; write a string")
    elif value is not None:
        raise TransactionError(f"{where}: {value!r} is a {type(value).__name__}, not exact JSON")
