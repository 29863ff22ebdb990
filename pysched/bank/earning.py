"""Awards as transactions: from the mint, or from the one who asked as far as he can pay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pysched.bank.alerts import Alert
from pysched.bank.amount import credits_of
from pysched.bank.book import Book
from pysched.bank.ledger import InsufficientError, effect_of
from pysched.bank.ledger_rules import LedgerRules
from pysched.bank.transaction import Posting, Transaction, name_of, person
from pysched.bank.valuation import MINT, Award


@dataclass(frozen=True)
class Earned:
    """Awards as they are posted.

    Args:
        awards: with the account that really pays.
        transactions: one for each.
        book: after them.
        alerts: of those who could not pay what they asked for.
    """

    awards: tuple[Award, ...]
    transactions: tuple[Transaction, ...]
    book: Book
    alerts: tuple[Alert, ...]


def post_awards(awards: Iterable[Award], book: Book, rules: LedgerRules) -> Earned:
    """Return awards as transactions, posted one after another.

    Who asked for a duty pays for it; where he has too little, even with his overdraft, the pool
    pays, so that nobody works for nothing and no week-end is held up.

    Args:
        awards: not posted yet.
        book: before them.
        rules: of the ledger.
    """
    posted: list[Award] = []
    transactions: list[Transaction] = []
    alerts: list[Alert] = []
    for award in awards:
        transaction = award_transaction(award)
        try:
            effect = effect_of(book, transaction, rules.expiry(award.day))
        except InsufficientError:
            alerts.append(_unpaid(award))
            award = _by_the_pool(award)
            transaction = award_transaction(award)
            effect = effect_of(book, transaction, rules.expiry(award.day))
        book = book.after(effect)
        posted.append(award)
        transactions.append(transaction)
    return Earned(tuple(posted), tuple(transactions), book, tuple(alerts))


def award_transaction(award: Award) -> Transaction:
    """Return the transaction of an award, under its key."""
    return Transaction(
        kind="earn",
        key=award.key,
        day=award.day,
        postings=(
            Posting(award.debtor, "CR", -award.cents),
            Posting(person(award.physician), "CR", award.cents),
        ),
        metadata={
            **award.metadata,
            "type": award.kind,
            "value_cents": award.value_cents,
            "beneficiaries": list(award.beneficiaries),
        },
    )


def award_of(transaction: Transaction) -> Award:
    """Return the award that a transaction posted.

    Raises:
        ValueError: it is no award.
    """
    if transaction.kind != "earn":
        raise ValueError(f"{transaction.key} is of kind {transaction.kind}, no award")
    (payer,) = (p.account for p in transaction.postings if p.cents < 0)
    (payee,) = (p for p in transaction.postings if p.cents > 0)
    said = dict(transaction.metadata)
    value = said.pop("value_cents", payee.cents)
    names = said.pop("beneficiaries", [])
    said.pop("type", None)
    _, kind, physician, _, duty = transaction.key.split("|")[:5]
    return Award(
        physician=physician,
        day=transaction.day,
        kind=kind,  # type: ignore[arg-type]
        cents=payee.cents,
        value_cents=value if isinstance(value, int) else payee.cents,
        key=transaction.key,
        debtor=payer,
        beneficiaries=tuple(map(str, names)) if isinstance(names, list | tuple) else (),
        duty=duty,
        sentence=str(said.get("sentence", "")),
        metadata={key: str(text) for key, text in said.items()},
    )


def _by_the_pool(award: Award) -> Award:
    debtor = name_of(award.debtor)
    sentence = f"{award.sentence[:-1]}; the pool pays, as {debtor} has too little."
    return replace(
        award, debtor=MINT, sentence=sentence, metadata={**award.metadata, "sentence": sentence}
    )


def _unpaid(award: Award) -> Alert:
    debtor, cents = name_of(award.debtor), credits_of(award.cents)
    text = (
        f"{debtor} asked for {award.duty} on {award.day} and could not pay {cents}: the pool did."
    )
    return Alert("unpaid", debtor, text)
