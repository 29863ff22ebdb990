"""What the bank says of its physicians: balances, histories, statements and fairness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from pysched.bank.alerts import Alert, uneven
from pysched.bank.book import Book
from pysched.bank.kept import KeptWeek
from pysched.bank.loan import Loan
from pysched.bank.lots import Lot
from pysched.bank.statement import Entry, entries_of, net_by_other
from pysched.bank.transaction import PERSON, name_of, person
from pysched.department.database import existing
from pysched.fairness.equalize import Equalization, equalize
from pysched.fairness.trend import Forecast, Trend, forecast, trend_of
from pysched.store import BankStore, dealings
from pysched.trust import pool_score, shown

if TYPE_CHECKING:
    from pysched.trust.graph import TrustGraph

FORECAST_WEEKS = 12
_WEEK = timedelta(days=7)
Series = Mapping[str, Mapping[date, int]]
"""Physician -> week-end -> cents."""


class UnknownPhysicianError(ValueError):
    """Somebody whom the bank does not know."""


@dataclass(frozen=True)
class Balance:
    """Where a physician stands.

    Args:
        physician: who.
        balance_cents: his credits.
        limit_cents: how far below 0 they may fall.
        expires: when the next of them expire, and how many.
        owed_cents: what he owes for loans.
        trust: score towards the pool, as shown.
        deviation_cents: burden above his fair target.
    """

    physician: str
    balance_cents: int
    limit_cents: int
    expires: tuple[date, int] | None
    owed_cents: int
    trust: str
    deviation_cents: int


@dataclass(frozen=True)
class Statement:
    """The account of a physician.

    Args:
        balance: where he stands.
        net: other -> cents received from him less those given; adds up to the balance.
        lots: open ones, in the order they are used.
        loans: that he gave or took and that are owed.
        entries: of his account.
    """

    balance: Balance
    net: Mapping[str, int]
    lots: tuple[Lot, ...]
    loans: tuple[Loan, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Fairness:
    """Where all stand in equalization.

    Args:
        snapshot: after the last week closed.
        floor: physician -> burden per full-time equivalent of the most even burdens possible.
        trends: physician -> drift of his deviation, None while there is too little.
        forecasts: the same, some weeks ahead.
        uneven: alerts of the snapshot itself, which a correction changes.
        alerts: others of the last week-end, as it announced them.
    """

    snapshot: Equalization
    floor: Mapping[str, float]
    trends: Mapping[str, Trend | None]
    forecasts: Mapping[str, Forecast | None]
    uneven: tuple[Alert, ...]
    alerts: tuple[Alert, ...]


class Accounts:
    """The bank of a database, to be read.

    Args:
        url: of the database.

    Raises:
        StoreError: it is not there or not up to date.
    """

    def __init__(self, url: str) -> None:
        """Read the state of the bank."""
        self._database = existing(url)
        self.url = self._database.url
        self.profile = self._database.read(dealings.read_profile)
        self._store = BankStore(self._database, self.profile)
        state = self._store.state(())
        self.graph: TrustGraph = state.graph
        self.book: Book = state.book
        self.loans = state.loans
        self.kept: list[KeptWeek] = self._store.kept()
        held = {name_of(a) for a, _ in self.book.balances if a.startswith(PERSON)}
        self.physicians = sorted(held | set(self.graph))

    def __enter__(self) -> Self:
        """Use the bank."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database."""
        self._database.close()

    def balances(self) -> list[Balance]:
        """Return where each physician stands, by id."""
        deviations = self._snapshot().deviations
        return [self._balance(name, deviations.get(name, 0)) for name in self.physicians]

    def expired(self, day: date) -> dict[str, int]:
        """Return who holds credits that are past their day, which no week-end took yet: cents."""
        held = {
            name: sum(
                lot.left_cents
                for lot in self.book.open_lots(person(name))
                if lot.expires is not None and lot.expires <= day
            )
            for name in self.physicians
        }
        return {name: cents for name, cents in held.items() if cents}

    def history(self, physician: str) -> list[Entry]:
        """Return the lines of a physician's account, the oldest first.

        Raises:
            UnknownPhysicianError: the bank does not know him.
        """
        self._refuse_stranger(physician)
        return entries_of(self._store.ledger.history(person(physician)))

    def statement(self, physician: str) -> Statement:
        """Return the account of a physician.

        Raises:
            UnknownPhysicianError: the bank does not know him.
        """
        self._refuse_stranger(physician)
        moves = self._store.ledger.history(person(physician))
        return Statement(
            balance=self._balance(physician, self._snapshot().deviations.get(physician, 0)),
            net=net_by_other(moves),
            lots=tuple(self.book.open_lots(person(physician))),
            loans=tuple(
                loan
                for loan in self.loans
                if loan.owed_cents and physician in (loan.lender, loan.borrower)
            ),
            entries=tuple(entries_of(moves)),
        )

    def fairness(self) -> Fairness:
        """Return where all stand in equalization, and where they are heading."""
        snapshot = self._snapshot()
        series = {name: list(row.values()) for name, row in self.deviations().items()}
        credits = {name: [cents / 100 for cents in row] for name, row in series.items()}
        return Fairness(
            snapshot=snapshot,
            floor=_per_fte(self._snapshot(even=True), targets=True),
            trends={name: trend_of(row) for name, row in credits.items()},
            forecasts={
                name: forecast(row, FORECAST_WEEKS, seed=1) for name, row in credits.items()
            },
            uneven=tuple(uneven(snapshot, self.kept[-1].rules)) if self.kept else (),
            alerts=tuple(
                alert for row in self.kept[-1:] for alert in row.alerts if alert.kind != "uneven"
            ),
        )

    def per_fte(self) -> dict[str, float]:
        """Return physician -> burden per full-time equivalent in credits."""
        return _per_fte(self._snapshot(), targets=False)

    def deviations(self) -> dict[str, dict[date, int]]:
        """Return physician -> Sunday -> deviation in cents, as kept at each week-end."""
        series: dict[str, dict[date, int]] = {}
        for row in self._store.equalizations():
            day = date.fromisoformat(row.week) + _WEEK - timedelta(days=1)
            series.setdefault(row.physician, {})[day] = row.deviation_cents
        return series

    def balance_series(self) -> dict[str, dict[date, int]]:
        """Return physician -> Sunday -> balance in cents after that week's end."""
        sundays = [row.monday + _WEEK - timedelta(days=1) for row in self.kept]
        series = {}
        for name in self.physicians:
            entries = self.history(name)
            known = {_sunday(entry.day): entry.balance_cents for entry in entries}
            series[name] = _carried(known, sundays)
        return series

    def _snapshot(self, even: bool = False) -> Equalization:
        """Return where all stand, under the rules of the last week-end; `even` for the floor."""
        rules = self.kept[-1].rules if self.kept else self.profile.equalization
        rules = replace(rules, target="egalitarian") if even else rules
        end = self.kept[-1].monday + _WEEK if self.kept else date(1900, 1, 1)
        return equalize((row.burden for row in self.kept), end, rules)

    def _balance(self, physician: str, deviation_cents: int) -> Balance:
        account = person(physician)
        lots = [lot for lot in self.book.open_lots(account) if lot.expires is not None]
        first = min((lot.expires for lot in lots if lot.expires), default=None)
        cents = sum(lot.left_cents for lot in lots if lot.expires == first)
        owed = sum(loan.owed_cents for loan in self.loans if loan.borrower == physician)
        return Balance(
            physician,
            self.book.balance(account),
            self.book.limits.get(account, 0),
            None if first is None else (first, cents),
            owed,
            self._trust(physician),
            deviation_cents,
        )

    def _trust(self, physician: str) -> str:
        """Return the score towards the pool as it is shown."""
        if physician not in self.graph:
            return "-"
        return str(shown(pool_score(self.graph, physician, self.profile.trust)))

    def _refuse_stranger(self, physician: str) -> None:
        if physician not in self.physicians:
            raise UnknownPhysicianError(
                f"{physician!r} is no physician of the bank {self.url}; it has "
                f"{', '.join(self.physicians) or 'none'}"
            )


def _per_fte(snapshot: Equalization, targets: bool) -> dict[str, float]:
    return {
        name: (row.target_cents if targets else row.burden_cents) / 100 / row.active
        for name, row in snapshot.positions.items()
        if row.active > 0
    }


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _carried(known: Mapping[date, int], sundays: list[date]) -> dict[date, int]:
    """Return a value for each Sunday: the last one known, 0 before the first."""
    cents, series = 0, {}
    for day in sorted({*sundays, *known}):
        cents = known.get(day, cents)
        series[day] = cents
    return series
