"""Short words on the command line for what conflicts need: who is off, who gives whom what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

import typer

from pysched.bank.amount import AmountError, cents_of
from pysched.cli.arguments import parse_day
from pysched.conflicts.negotiation import Transfer


def pairs_of(
    texts: Iterable[str] | None, option: str, allowed: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the halves of WHO=WHAT.

    Args:
        texts: as written.
        option: what to call it.
        allowed: what may follow the sign; anything if empty.

    Raises:
        BadParameter: a text is not of that form.
    """
    for text in texts or ():
        who, sign, what = text.partition("=")
        if not (who and sign and what) or (allowed and what not in allowed):
            form = f"WHO={'|'.join(allowed)}" if allowed else "WHO=CREDITS, such as P4=5.00"
            raise typer.BadParameter(f"{text!r} is not {form}", param_hint=option)
        yield who, what


def days_off_of(
    texts: Iterable[str], claims: Mapping[str, tuple[date, ...]]
) -> dict[str, tuple[date, ...]]:
    """Return who is off on which days, from WHO for all that he claims or WHO@DAY for one day.

    Raises:
        BadParameter: a day is none.
    """
    days: dict[str, set[date]] = {}
    for text in (part for many in texts for part in many.split(",") if part):
        who, _, day = text.partition("@")
        chosen = [parse_day(day)] if day else claims.get(who, ())
        days.setdefault(who, set()).update(chosen)
    return {who: tuple(sorted(found)) for who, found in sorted(days.items())}


def transfers_of(texts: Iterable[str]) -> tuple[Transfer, ...]:
    """Return transfers from FROM:TO:CREDITS.

    Raises:
        BadParameter: a text is not of that form.
    """
    rows = []
    for text in texts:
        payer, _, rest = text.partition(":")
        payee, _, amount = rest.rpartition(":")
        try:
            rows.append(Transfer(payer, payee, cents_of(amount)))
        except AmountError as error:
            form = "FROM:TO:CREDITS, such as P4:P5:3.00"
            raise typer.BadParameter(f"{text!r} is not {form}", param_hint="--pay") from error
    return tuple(sorted(rows))
