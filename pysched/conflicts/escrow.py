"""The postings of an auction: bids held in escrow, given back, and paid out to the last cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from pysched.bank.transaction import ESCROW, Posting, Transaction, person
from pysched.conflicts.conflict import Claim, Conflict, ConflictError
from pysched.conflicts.decision import Decision, Payment
from pysched.conflicts.pricing import equal_shares


def hold(conflict: str, claim: Claim, day: date) -> Transaction | None:
    """Return the transaction that puts what a claim may have to pay into escrow; None for no bid.

    The ledger refuses it where less is available, so that nobody bids the same credits twice.

    Args:
        conflict: its id.
        claim: with the bid. A sealed bid is held by what its owner states as its most.
        day: of the entry.
    """
    if not claim.hold_cents:
        return None
    key = f"bid|{conflict}|{claim.physician}"
    postings = _pair(person(claim.physician), escrow_of(conflict), claim.hold_cents)
    return Transaction("bid_hold", key, day, postings)


def escrow_of(conflict: str) -> str:
    """Return the account that the bids of a conflict are held in."""
    return ESCROW + conflict


def releases(conflict: Conflict, decision: Decision, day: date) -> tuple[Transaction, ...]:
    """Return what goes back to bidders at once: all that they hold beyond their price.

    Args:
        conflict: as entered, with the bids held.
        decision: of it.
        day: of the decision.
    """
    escrow = escrow_of(conflict.id)
    rows = []
    for claim in conflict.claims:
        paid = sum(
            p.cents
            for p in decision.payments
            if (p.payer, p.payee) == (person(claim.physician), escrow)
        )
        if paid > claim.hold_cents:
            raise ConflictError(
                f"conflict {conflict.id}: {claim.physician} pays {paid} cents and holds "
                f"{claim.hold_cents}"
            )
        if paid < claim.hold_cents:
            key = f"release|{conflict.id}|{claim.physician}"
            postings = _pair(escrow, person(claim.physician), claim.hold_cents - paid)
            rows.append(Transaction("bid_release", key, day, postings))
    return tuple(rows)


def payouts(decision: Decision, worked: Mapping[date, Collection[str]]) -> tuple[Payment, ...]:
    """Return all that goes out of an escrow, once it is known who worked.

    Args:
        decision: with what is pending.
        worked: pending day -> those refused who then did work; the pool is paid where nobody did.

    Raises:
        ConflictError: it is not known who worked on a pending day.
    """
    escrow = escrow_of(decision.conflict)
    rows = [payment for payment in decision.payments if payment.payer == escrow]
    for day, cents in decision.pending_cents.items():
        if day not in worked:
            raise ConflictError(f"conflict {decision.conflict}: nobody knows who worked on {day}")
        rows += equal_shares(escrow, cents, sorted(worked[day]))
    return tuple(rows)


def settlement(
    decision: Decision, worked: Mapping[date, Collection[str]], day: date
) -> Transaction | None:
    """Return the one transaction that empties an escrow after the releases; None if it is empty.

    Args:
        decision: of the conflict.
        worked: see `payouts`.
        day: of the settlement: at once, or the close of the week where something is pending.
    """
    total: Counter[str] = Counter()
    for payment in payouts(decision, worked):
        total[payment.payee] += payment.cents
    if not total:
        return None
    out = Posting(escrow_of(decision.conflict), "CR", -sum(total.values()))
    postings = (out, *(Posting(payee, "CR", total[payee]) for payee in sorted(total)))
    return Transaction("bid_settle", f"settle|{decision.conflict}", day, postings)


def _pair(payer: str, payee: str, cents: int) -> tuple[Posting, Posting]:
    return Posting(payer, "CR", -cents), Posting(payee, "CR", cents)
