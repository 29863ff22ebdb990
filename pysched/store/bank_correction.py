"""Corrections of closed weeks: reversals and new awards, in one transaction with the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from pysched.bank.bonus import Bonus
from pysched.bank.close import WorkedWeek
from pysched.bank.correction import Correction, Reversal, correct
from pysched.bank.earning import award_of, award_transaction, post_awards
from pysched.bank.kept import KeptWeek, kept_again, past_of
from pysched.bank.ledger import mirror
from pysched.bank.profile import BankProfile
from pysched.bank.settlement import BankSettlement, bank_settlement
from pysched.bank.transaction import Transaction
from pysched.bank.valuation import Award, Compensation
from pysched.bank.week_end import week_name
from pysched.fairness.equalize import equalize
from pysched.model import Network
from pysched.store import bank_rows
from pysched.store import ledger_tables as tables
from pysched.store.conflict_covering import bonuses_of
from pysched.store.conflict_settle import compensation_of
from pysched.store.ledger_rows import read_rows, transaction_of
from pysched.store.social import save_equalization, save_sacrifices, withdraw_sacrifices
from pysched.store.writer import Writer


def apply_correction(
    writer: Writer,
    profile: BankProfile,
    network: Network,
    worked: WorkedWeek,
    before: KeptWeek,
    kept: Sequence[KeptWeek],
    day: date,
) -> Correction:
    """Compute the correction of a closed week and write all of it.

    Args:
        writer: in a transaction.
        profile: the numbers.
        network: physicians, tasks, categories, calendar.
        worked: the week as it was really worked.
        before: the week as it was kept.
        kept: all closed weeks, in order.
        day: of the correction.

    Returns:
        What was posted; nothing if the week is as it was kept.
    """
    connection = writer.connection
    old = bank_rows.read_worked(connection, worked.week)
    worked = replace(worked, versions=worked.versions or old.versions)
    received = compensation_of(connection, before.monday)
    bonuses = bonuses_of(connection, before.monday)
    settlement = _settled(network, worked, kept, received, bonuses, profile)
    again = kept_again(settlement, before, profile.equalization)
    if (replace(again, revision=before.revision), worked) == (before, old):
        return Correction((), ())
    standing = standing_awards(connection, before.monday)
    correction = correct(standing, settlement.awards, again.revision)
    awards = _post(writer, correction, day)
    withdraw_sacrifices(connection, before.sacrifices)
    save_sacrifices(connection, bank_rows.sacrifice_rows(settlement.sacrifices))
    _keep(writer, again, worked, kept, profile)
    return replace(correction, awards=awards)


def _keep(
    writer: Writer,
    again: KeptWeek,
    worked: WorkedWeek,
    kept: Sequence[KeptWeek],
    profile: BankProfile,
) -> None:
    """Keep a corrected week, and where all stand with it after the last closed one."""
    connection = writer.connection
    run = bank_rows.run_of(connection, again.monday) or ""
    bank_rows.insert_kept(connection, run, again, worked, profile)
    rows = [again if row.monday == again.monday else row for row in kept]
    last = rows[-1].monday
    end = last + timedelta(days=7)
    snapshot = equalize((row.burden for row in rows), end, profile.equalization)
    save_equalization(connection, bank_rows.equalization_rows(week_name(last), snapshot))
    writer.anchor(f"correction {again.revision} of {week_name(again.monday)}")


def standing_awards(connection: Connection, monday: date) -> list[Award]:
    """Return the awards of a week that are posted and not reversed."""
    txn = tables.txn.c
    days = txn.day >= monday, txn.day < monday + timedelta(days=7)
    rows = read_rows(connection, (txn.kind == "earn") & days[0] & days[1])
    reversed_ = {row.reverses for row in read_rows(connection, txn.kind == "reverse")}
    return [award_of(transaction_of(row)) for row in rows if row.key not in reversed_]


def _settled(
    network: Network,
    worked: WorkedWeek,
    kept: Sequence[KeptWeek],
    received: Compensation,
    bonuses: tuple[Bonus, ...],
    profile: BankProfile,
) -> BankSettlement:
    week = worked.week
    past = replace(past_of(kept, week.monday), compensation=received, bonuses=bonuses)
    return bank_settlement(
        network, week, worked.versions, worked.schedule, worked.agreed, past, profile
    )


def _post(writer: Writer, correction: Correction, day: date) -> tuple[Award, ...]:
    """Post reversals and new awards; return these as they are paid."""
    writer.post_all(_mirrored(writer.connection, correction.reversals, day))
    earned = post_awards(correction.awards, writer.book(), writer.rules)
    writer.post_all(map(award_transaction, earned.awards))
    return earned.awards


def _mirrored(
    connection: Connection, reversals: Iterable[Reversal], day: date
) -> Iterable[Transaction]:
    for reversal in reversals:
        (row,) = read_rows(connection, tables.txn.c.key == reversal.reverses)
        yield mirror(transaction_of(row), day, {"sentence": reversal.sentence})
