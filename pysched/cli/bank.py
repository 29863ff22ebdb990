"""The commands that read the bank: balance, history, statement and fairness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from pysched.bank.amount import credits_of
from pysched.bank.statement import Entry
from pysched.cli.arguments import Format, FormatOption
from pysched.cli.db import database_url
from pysched.cli.printing import print_json, print_table, print_text
from pysched.department import Accounts, UnknownPhysicianError
from pysched.department.accounts import Balance, Fairness, Statement
from pysched.report import trust_svg, write_text
from pysched.report.bank import (
    balances_table,
    entries_table,
    forecast_table,
    loans_table,
    lots_table,
    net_table,
)
from pysched.report.burden import (
    balances_svg,
    burden_table,
    deviations_svg,
    lorenz_svg,
    measures_table,
    trend_table,
)

DatabaseOption = Annotated[
    str,
    typer.Option("--db", metavar="URL", help="FILE, sqlite:///FILE or postgresql://..."),
]
PicturesOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Folder for pictures; none are drawn without it."),
]
PhysicianArgument = Annotated[str, typer.Argument(metavar="PHYSICIAN", help="Id of a physician.")]
DATABASE = "out/pysched.sqlite"


def balance(
    database: DatabaseOption = DATABASE,
    out: PicturesOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print what each physician has in the bank, and how far he is from his fair burden.

    Example: pysched balance --db out/pysched.sqlite
    """
    with Accounts(database_url(database)) as accounts:
        rows, expired = accounts.balances(), accounts.expired(date.today())
        title = f"Balances in credits, {_upto(accounts)}"
        files = _pictures(accounts, out, ("balances",))
    if format_ is Format.JSON:
        print_json([_balance_json(row) for row in rows])
        return
    print_table(balances_table(map(_balance_cells, rows), title))
    _tell_expired(expired)
    _tell_files(files)


def history(
    physician: PhysicianArgument,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print what came into an account and went out of it, each with its sentence.

    Example: pysched history anna --db out/pysched.sqlite
    """
    with Accounts(database_url(database)) as accounts:
        try:
            entries = accounts.history(physician)
        except UnknownPhysicianError as error:
            raise typer.BadParameter(str(error)) from error
    if format_ is Format.JSON:
        print_json([_entry_json(entry) for entry in entries])
        return
    print_table(entries_table(entries, f"History of {physician}"))


def statement(
    physician: PhysicianArgument,
    database: DatabaseOption = DATABASE,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print the account of a physician: balance, what expires when, loans, from whom it came.

    Example: pysched statement anna --db out/pysched.sqlite
    """
    with Accounts(database_url(database)) as accounts:
        try:
            found = accounts.statement(physician)
        except UnknownPhysicianError as error:
            raise typer.BadParameter(str(error)) from error
        expired = accounts.expired(date.today())
        title = f"Statement of {physician}, {_upto(accounts)}"
    if format_ is Format.JSON:
        print_json(_statement_json(found))
        return
    print_table(balances_table([_balance_cells(found.balance)], title))
    _tell_expired({name: cents for name, cents in expired.items() if name == physician})
    print_table(lots_table(found.lots))
    print_table(net_table(found.net))
    if found.loans:
        print_table(loans_table(found.loans))
    print_table(entries_table(found.entries, "Lines"))


def fairness(
    database: DatabaseOption = DATABASE,
    out: PicturesOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Print how even the burdens are: targets, deviations, Gini and CV with their floors, trends.

    Example: pysched fairness --db out/pysched.sqlite --out out
    """
    with Accounts(database_url(database)) as accounts:
        found, upto = accounts.fairness(), _upto(accounts)
        files = _pictures(accounts, out, ("deviations", "lorenz", "trust"))
    if format_ is Format.JSON:
        print_json(_fairness_json(found))
        return
    print_table(burden_table(found.snapshot, {}))
    print_table(measures_table(found.snapshot))
    if any(found.trends.values()):
        print_table(trend_table(found.trends))
        print_table(forecast_table(found.forecasts))
    for alert in found.uneven:
        print_text(f"alert: {alert.sentence}")
    for alert in found.alerts:
        print_text(f"alert {upto}: {alert.sentence}")
    _tell_files(files)


def _upto(accounts: Accounts) -> str:
    return f"after the week of {accounts.kept[-1].monday}" if accounts.kept else "no week closed"


def _pictures(accounts: Accounts, out: Path | None, names: tuple[str, ...]) -> list[Path]:
    """Write pictures by name into a folder and return their files."""
    if out is None or not accounts.kept:
        return []
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for name in names:
        path = out / f"{name}.svg"
        write_text(path, _picture(accounts, name))
        files.append(path)
    return files


def _picture(accounts: Accounts, name: str) -> str:
    match name:
        case "balances":
            return balances_svg(accounts.balance_series())
        case "deviations":
            return deviations_svg(accounts.deviations(), accounts.kept[-1].rules.limit_cents)
        case "lorenz":
            return lorenz_svg(accounts.per_fte(), accounts.fairness().floor)
        case _:
            return trust_svg(f"Trust {_upto(accounts)}", accounts.graph)


def _tell_files(files: list[Path]) -> None:
    if files:
        print_text(f"pictures: {', '.join(map(str, files))}")


def _tell_expired(expired: Mapping[str, int]) -> None:
    """Say what is past its day and yet there: week-ends take it, and none has come since."""
    if expired:
        told = ", ".join(f"{name} {credits_of(cents)}" for name, cents in expired.items())
        print_text(
            f"expired by today, taken by the next week-end and to be spent until then: {told}"
        )


def _balance_cells(row: Balance) -> tuple[str, ...]:
    day, cents = row.expires or ("-", None)
    return (
        row.physician,
        str(credits_of(row.balance_cents)),
        str(credits_of(row.limit_cents)),
        "-" if cents is None else str(credits_of(cents)),
        str(day),
        str(credits_of(row.owed_cents)),
        row.trust,
        f"{credits_of(row.deviation_cents):+}",
    )


def _balance_json(row: Balance) -> dict[str, Any]:
    day, cents = row.expires or (None, 0)
    return {
        "physician": row.physician,
        "balance": str(credits_of(row.balance_cents)),
        "limit": str(credits_of(row.limit_cents)),
        "expires": None if day is None else {"day": str(day), "credits": str(credits_of(cents))},
        "owed": str(credits_of(row.owed_cents)),
        "trust": row.trust,
        "deviation": str(credits_of(row.deviation_cents)),
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "day": str(entry.day),
        "kind": entry.kind,
        "credits": str(credits_of(entry.cents)),
        "balance": str(credits_of(entry.balance_cents)),
        "other": entry.other,
        "sentence": entry.sentence,
        "key": entry.key,
    }


def _statement_json(found: Statement) -> dict[str, Any]:
    return _balance_json(found.balance) | {
        "net": {name: str(credits_of(cents)) for name, cents in found.net.items()},
        "lots": [
            {
                "earned": str(lot.earned),
                "expires": None if lot.expires is None else str(lot.expires),
                "credits": str(credits_of(lot.left_cents)),
            }
            for lot in found.lots
        ],
        "loans": [
            {
                "lender": loan.lender,
                "borrower": loan.borrower,
                "due": str(loan.due),
                "owed": str(credits_of(loan.owed_cents)),
            }
            for loan in found.loans
        ],
        "lines": [_entry_json(entry) for entry in found.entries],
    }


def _fairness_json(found: Fairness) -> dict[str, Any]:
    snapshot = found.snapshot
    measures = ("gini", "cv", "floor_gini", "floor_cv", "signed_gini", "spread")
    return {
        "end": str(snapshot.end),
        "physicians": {
            name: {
                "burden": str(credits_of(row.burden_cents)),
                "target": str(credits_of(row.target_cents)),
                "deviation": str(credits_of(row.deviation_cents)),
                "active": round(row.active, 4),
            }
            for name, row in snapshot.positions.items()
        },
        "measures": {name: round(getattr(snapshot, name), 4) for name in measures},
        "largest_deviation": str(credits_of(snapshot.most_cents)),
        "trends": {name: row and asdict(row) for name, row in found.trends.items()},
        "forecasts": {name: row and asdict(row) for name, row in found.forecasts.items()},
        "alerts": [asdict(alert) for alert in (*found.uneven, *found.alerts)],
    }
