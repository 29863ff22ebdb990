"""Correction of a past week: what is taken back, and what is awarded anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pysched.bank.amount import credits_of
from pysched.bank.valuation import Award

REVISION = "|correction "


@dataclass(frozen=True, slots=True)
class Reversal:
    """An award to be taken back by the mirror of its transaction.

    Args:
        key: natural key of the reversal; what is reversed once stays so.
        reverses: key of the award.
        award: as it was posted.
        sentence: what is taken back from whom, and why.
    """

    key: str
    reverses: str
    award: Award
    sentence: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction posts: first the reversals, then the awards; `stood` awards were there."""

    reversals: tuple[Reversal, ...]
    awards: tuple[Award, ...]
    stood: int = 0


def correct(old: Iterable[Award], new: Iterable[Award], revision: int) -> Correction:
    """Return what turns the awards of a week as posted into those that should have been.

    Awards that pay the same from the same account for the same duty stay. What replaces a reversed
    award has a key of its own, as the key of the reversed one is used up.

    Args:
        old: awards that stand: posted and not reversed.
        new: awards of the week as it was really worked, under their natural keys.
        revision: number of this correction of the week, 1 for the first.

    Raises:
        ValueError: the revision is not positive.
    """
    if revision < 1:
        raise ValueError(f"revision {revision} of a week is not positive")
    standing = {natural_key(award): award for award in old}
    wanted = {award.key: award for award in new}
    kept = {k for k, a in wanted.items() if k in standing and _same(standing[k], a)}
    reversals = [_reversal(a) for k, a in sorted(standing.items()) if k not in kept]
    awards = [
        replace(a, key=f"{k}{REVISION}{revision}")
        for k, a in sorted(wanted.items())
        if k not in kept
    ]
    return Correction(tuple(reversals), tuple(awards), len(standing))


def natural_key(award: Award) -> str:
    """Return the key of an award without the mark of a correction."""
    return award.key.split(REVISION)[0]


def _same(a: Award, b: Award) -> bool:
    return (a.cents, a.debtor) == (b.cents, b.debtor)


def _reversal(award: Award) -> Reversal:
    amount = credits_of(award.cents)
    text = f"{amount} credits of {award.physician} for {award.day} are reversed: "
    text += "the week was worked otherwise than settled."
    return Reversal(f"reverse|{award.key}", award.key, award, text)
