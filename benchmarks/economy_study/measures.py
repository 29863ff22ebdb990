"""What is measured of a simulation: every metric of the proposal, with the band it must be in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pysched.fairness.metrics import gini, signed_gini

from .record import Floats, Record

YEAR, QUARTER = 52, 13


@dataclass(frozen=True)
class Band:
    """A metric with its band.

    Args:
        key: in files.
        title: in tables.
        least, most: the band; None where nothing is asked.
        source: who asks for it.
        digits: after the point.
        is_gate: whether it is one of those that a profile must hold.
    """

    key: str
    title: str
    least: float | None
    most: float | None
    source: str
    digits: int = 2
    is_gate: bool = False

    def holds(self, value: float) -> bool:
        """Return whether a value is in the band."""
        above = self.least is None or value >= self.least
        return above and (self.most is None or value <= self.most)

    @property
    def short(self) -> str:
        """Return the title without what explains it."""
        return self.title.split(",")[0].split(":")[0]

    @property
    def text(self) -> str:
        """Return the band in words, empty without one."""
        if self.least is None:
            return "" if self.most is None else f"< {self.most:g}"
        return f"> {self.least:g}" if self.most is None else f"{self.least:g} to {self.most:g}"


BANDS: tuple[Band, ...] = (
    Band("utilisation", "utilisation of credits, last year", 0.4, 0.6, "seed", is_gate=True),
    Band("gini_balances", "Gini of balances, mean of last year", None, 0.3, "seed", is_gate=True),
    Band("cv_excess", "CV of burdens above its floor", None, 0.05, "issue", 3, is_gate=True),
    Band(
        "price_growth",
        "growth of prices a year from year 4",
        -0.05,
        0.05,
        "issue",
        3,
        is_gate=True,
    ),
    Band("balance_growth", "growth of balances a year from year 4", -0.05, 0.05, "design", 3),
    Band("refused", "bids refused for lack of funds", None, 0.01, "issue", 4, is_gate=True),
    Band("success", "ledger transactions that succeed", 0.999, None, "seed", 5),
    Band("gini_burdens", "Gini of burdens per full-time year", None, 0.3, "seed", 3),
    Band("cv_burdens", "CV of burdens (sacrifice variance)", None, 0.2, "seed", 3),
    Band("satisfaction", "satisfaction: worth granted of worth asked for", 0.8, None, "seed"),
    Band("active", "active physicians, last quarter", 0.9, None, "seed"),
    Band("top_share", "largest share of all balances", None, 0.2, "design"),
    Band("slowest", "slowest resolution, s", None, 120, "seed"),
    Band("minted", "minted a person-year", 60, 450, "design", 0),
    Band("compensation", "compensation a person-year", None, None, "", 0),
    Band("spent", "spent a person-year", None, None, "", 0),
    Band("balance", "mean balance, last year", None, None, "", 0),
    Band("price", "mean price of a contested day, last year", None, None, "", 0),
    Band("paid_days", "contested days paid for, a year", None, None, "", 0),
    Band("satisfaction_gini", "Gini of satisfaction", None, None, "", 3),
    Band("holidays_granted", "satisfaction with contested days alone", None, None, ""),
    Band("cut", "bids cut to what is there", None, None, "", 3),
    Band("fallbacks", "resolutions that fell back", None, None, "", 3),
    Band("broken", "days granted that had to be worked", None, None, "", 3),
)


def measures_of(record: Record) -> dict[str, float]:
    """Return the metrics of a simulation, by key."""
    last, old = slice(-YEAR, None), slice(max(0, record.weeks - 3 * YEAR), -2 * YEAR)
    people = len(record.names)
    balances = record.balance[last]
    share = _ratio(record.granted[last].sum(axis=0), record.wanted[last].sum(axis=0))
    counts, mine = record.counts, record.wanted[last].sum(axis=0) > 0
    income = record.earned[last].sum() + record.compensation[last].sum()
    return {
        "utilisation": _share(record.spent[last].sum(), income),
        "gini_balances": float(np.mean([signed_gini(row) for row in balances.tolist()])),
        "cv_excess": float(record.cv[-1] - record.floor_cv[-1]),
        "price_growth": growth_of(mean_price(record, old), mean_price(record, last)),
        "balance_growth": growth_of(mean_balance(record, old), mean_balance(record, last)),
        "refused": _share(counts["refused"], counts["bids"]),
        "success": 1 - _share(counts["refused"], counts["transactions"]),
        "gini_burdens": float(record.gini[-1]),
        "cv_burdens": float(record.cv[-1]),
        "satisfaction": _share(record.granted[last].sum(), record.wanted[last].sum()),
        "active": float((record.acted[-QUARTER:].sum(axis=0) > 0).mean()),
        "top_share": float(np.mean([_share(row.max(), row.sum()) for row in balances])),
        "slowest": record.seconds,
        "minted": float(record.earned[last].sum() / people),
        "compensation": float(record.compensation[last].sum() / people),
        "spent": float(record.spent[last].sum() / people),
        "balance": mean_balance(record, last),
        "price": mean_price(record, last),
        "paid_days": float(sum(week >= record.weeks - YEAR for week, _ in record.prices)),
        "satisfaction_gini": gini(share[mine].tolist()),
        "holidays_granted": _share(
            record.holidays_granted[last].sum(), record.holidays_wanted[last].sum()
        ),
        "cut": _share(counts.get("cut", 0), counts["bids"]),
        "fallbacks": _share(counts.get("fallbacks", 0), counts["resolutions"]),
        "broken": _share(counts.get("broken_grants", 0), counts["granted_days"]),
    }


def growth_of(before: float, after: float) -> float:
    """Return the growth a year between means two years apart."""
    return math.sqrt(_share(after, before)) - 1


CURVES: Mapping[str, Callable[[Record, slice], float]] = {
    "price": lambda record, part: mean_price(record, part),
    "balance": lambda record, part: float(record.balance[part][-1].mean()),
    "utilisation": lambda record, part: _share(
        record.spent[part].sum(), record.earned[part].sum() + record.compensation[part].sum()
    ),
    "satisfaction": lambda record, part: _share(
        record.granted[part].sum(), record.wanted[part].sum()
    ),
    "gini_balances": lambda record, part: signed_gini(record.balance[part][-1].tolist()),
    "cv_excess": lambda record, part: float((record.cv - record.floor_cv)[part][-1]),
}
"""What is drawn over time: of the year up to a week, or of the week itself."""


def curves_of(record: Record) -> dict[str, list[float]]:
    """Return the curves of a simulation, one number a week; the first year is of what there is."""
    ends = range(1, record.weeks + 1)
    parts = [slice(max(0, end - YEAR), end) for end in ends]
    return {key: [number(record, part) for part in parts] for key, number in CURVES.items()}


def mean_price(record: Record, part: slice) -> float:
    """Return the mean price of contested days in some weeks, in credits; nan without any."""
    start, stop, _ = part.indices(record.weeks)
    paid = [price for week, price in record.prices if start <= week < stop]
    return float(np.mean(paid)) if paid else float("nan")


def mean_balance(record: Record, part: slice) -> float:
    """Return the mean balance in some weeks, in credits; nan without weeks."""
    return _share(record.balance[part].sum(), record.balance[part].size)


def by_kind(record: Record) -> dict[str, dict[str, float]]:
    """Return what became of each kind of physician in the last year: means a person."""
    last, found = slice(-YEAR, None), {}
    kinds: Sequence[str] = sorted(set(record.kinds))
    for kind in kinds:
        mine = [place for place, other in enumerate(record.kinds) if other == kind]
        found[kind] = {
            "balance": float(record.balance[last][:, mine].mean()),
            "earned": float(record.earned[last][:, mine].sum() / len(mine)),
            "compensation": float(record.compensation[last][:, mine].sum() / len(mine)),
            "spent": float(record.spent[last][:, mine].sum() / len(mine)),
            "satisfaction": _share(
                record.granted[last][:, mine].sum(), record.wanted[last][:, mine].sum()
            ),
            "holidays": _share(
                record.holidays_granted[last][:, mine].sum(),
                record.holidays_wanted[last][:, mine].sum(),
            ),
        }
    return found


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
