"""The settings of the study: both profiles, and one number after the other changed."""

from __future__ import annotations

from collections.abc import Iterator

from .setting import Kind, Setting

CAPS = (100, 200, 300, 400, 600)


def main_settings(weeks: int) -> tuple[Setting, ...]:
    """Return the two profiles as they are."""
    return Setting(weeks=weeks), Setting("seed", profile="seed", weeks=weeks)


def sweep(weeks: int) -> tuple[Setting, ...]:
    """Return the recommended profile with one thing changed at a time."""
    found = [*_ledger(weeks), *_auctions(weeks), *_values(weeks), *_people(weeks)]
    return (Setting(weeks=weeks), *found)


def _ledger(weeks: int) -> Iterator[Setting]:
    for cap in CAPS:
        yield Setting(f"cap {cap}", bank={"ledger": {"cap_cents": 100 * cap}}, weeks=weeks)
    yield Setting("no cap", bank={"ledger": {"cap_cents": None}}, weeks=weeks)
    for expiry in (26, 104, None):
        name = "no expiry" if expiry is None else f"expiry {expiry} weeks"
        yield Setting(name, bank={"ledger": {"expiry_weeks": expiry}}, weeks=weeks)
    neither = {"cap_cents": None, "expiry_weeks": None}
    yield Setting("neither cap nor expiry", bank={"ledger": neither}, weeks=weeks)
    for points in (50, 100):
        name = f"decay {points / 100:g} % a week"
        yield Setting(name, bank={"ledger": {"decay_basis_points": points}}, weeks=weeks)
    for limit in (0, 100):
        yield Setting(f"overdraft {limit}", limit_cents=100 * limit, weeks=weeks)


def _auctions(weeks: int) -> Iterator[Setting]:
    for price in ("first", "cavallo"):
        yield Setting(f"price {price}", conflicts={"price": price}, weeks=weeks)
    for to in ("losers", "group", "pool"):
        yield Setting(f"distribution {to}", conflicts={"distribution": to}, weeks=weeks)
    for bid in (0, 10, 25):
        conflicts = {"least_bid_cents": 100 * bid}
        yield Setting(f"minimum bid {bid}", conflicts=conflicts, weeks=weeks)
    yield Setting("vacation margin 0", conflicts={"margin_percent": 0}, weeks=weeks)
    for mechanism in ("wheel", "lottery", "auction"):
        yield Setting(f"all by {mechanism}", mechanism=mechanism, weeks=weeks)


def _values(weeks: int) -> Iterator[Setting]:
    yield Setting("top-up gross", bank={"values": {"topup": "gross"}}, weeks=weeks)
    yield Setting("roles gross", bank={"values": {"basis": "gross"}}, weeks=weeks)
    yield Setting("target mean", bank={"equalization": {"target": "mean"}}, weeks=weeks)
    for limit in (80, 160):
        equalization = {"limit_cents": 100 * limit}
        yield Setting(f"hard limit {limit}", bank={"equalization": equalization}, weeks=weeks)


def _people(weeks: int) -> Iterator[Setting]:
    crowds: dict[str, tuple[tuple[Kind, int], ...]] = {
        "all pacing": (),
        "6 of 14 hoarding": (("hoarding", 6),),
        "3 of 14 inactive": (("inactive", 3),),
        "6 of 14 shading": (("shading", 6),),
        "6 of 14 colluding": (("colluding", 6),),
    }
    for name, kinds in crowds.items():
        yield Setting(name, kinds=kinds, weeks=weeks)
