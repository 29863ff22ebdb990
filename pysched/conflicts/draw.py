"""Draws that anybody can repeat: keys by HMAC, and a hash chain of seeds."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from fractions import Fraction

from pysched.conflicts.conflict import ConflictError

_EXACT = Context(prec=20)
"""Logarithms of `decimal` are rounded correctly: the same digits on every machine."""
BITS = 53


def uniform_of(seed: str, what: str) -> Decimal:
    """Return a number in (0, 1): the first 53 bits of HMAC-SHA256(seed, what), and a half."""
    digest = hmac.digest(seed.encode(), what.encode(), "sha256")
    bits = int.from_bytes(digest[:8], "big") >> (64 - BITS)
    return _EXACT.divide(Decimal(2 * bits + 1), Decimal(2 ** (BITS + 1)))


def draw(seed: str, what: str, weights: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Return all in the order of a weighted draw without replacement, first drawn first.

    Each has the key -ln(u) / w, an exponential time of rate w, and the earliest comes first
    (Efraimidis and Spirakis 2006). u depends on seed, `what` and the physician alone: neither the
    order of entry nor who else takes part changes anybody's key.

    Args:
        seed: secret until nobody can enter any more.
        what: the occasion, such as the conflict and the day.
        weights: by physician, above 0.
    """
    keys = {name: key_of(seed, f"{what}|{name}", weights[name]) for name in weights}
    return tuple(sorted(keys, key=lambda name: (keys[name], name)))


def key_of(seed: str, what: str, weight: Fraction) -> Decimal:
    """Return the key by which a draw sorts; the least is first."""
    waited = _EXACT.minus(_EXACT.ln(uniform_of(seed, what)))
    return _EXACT.divide(
        _EXACT.multiply(waited, Decimal(weight.denominator)), Decimal(weight.numerator)
    )


def lots(seed: str, what: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return names in the order of an even draw, which settles ties."""
    return draw(seed, f"lots|{what}", dict.fromkeys(sorted(names), Fraction(1)))


def seed_of(secret: str, length: int, number: int) -> str:
    """Return a seed of the reverse hash chain s(k-1) = H(s(k)), s(length) = H(secret).

    s(0) is published beforehand; then s(1), s(2), ... are used in turn, and each shows by its hash
    that it was fixed from the beginning.

    Raises:
        ConflictError: the chain has no such number.
    """
    if not 0 <= number <= length:
        raise ConflictError(f"seed {number} is not from 0 to {length}, the length of the chain")
    seed = secret
    for _ in range(length - number + 1):
        seed = hashlib.sha256(seed.encode()).hexdigest()
    return seed


def follows(seed: str, before: str) -> bool:
    """Return whether a seed is the one that the chain had fixed after another."""
    return hashlib.sha256(seed.encode()).hexdigest() == before
