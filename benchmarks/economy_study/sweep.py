"""The settings of the study: both profiles, and one number after the other changed."""

from __future__ import annotations

from collections.abc import Iterator

from .setting import Kind, Setting

CAPS = (100, 200, 300, 320, 350, 400)
RECOMMENDED = 320
NEAR = ("cap 300", "cap 350", "cap 400")
"""They are close to the recommended cap; more seeds tell them apart."""
MORE, LITERAL = 8, 8
"""How many times more, and the most seeds of the seed profile, which is far from its bands."""


def main_jobs(weeks: int, seeds: int) -> list[tuple[Setting, int]]:
    """Return the recommended profile with so many seeds, the seed profile with up to eight."""
    mine, literal = main_settings(weeks)
    jobs = [(mine, seed + 1) for seed in range(seeds)]
    return [*jobs, *((literal, seed + 1) for seed in range(min(seeds, LITERAL)))]


def sweep_jobs(weeks: int, seeds: int, few: int) -> list[tuple[Setting, int]]:
    """Return the sweep with a few seeds, eight times as many near the recommended cap.

    Args:
        weeks: of each run.
        seeds: of the recommended profile, which is part of it.
        few: of the other settings.
    """
    often = dict.fromkeys(NEAR, MORE * few) | {"recommended": seeds}
    return [(s, seed + 1) for s in sweep(weeks) for seed in range(often.get(s.name, few))]


def main_settings(weeks: int) -> tuple[Setting, ...]:
    """Return the two profiles as they are."""
    return Setting(weeks=weeks), Setting("seed", profile="seed", weeks=weeks)


def sweep(weeks: int) -> tuple[Setting, ...]:
    """Return the recommended profile with one thing changed at a time."""
    found = [*_ledger(weeks), *_auctions(weeks), *_values(weeks), *_people(weeks)]
    return (Setting(weeks=weeks), *found)


def _ledger(weeks: int) -> Iterator[Setting]:
    for cap in (cap for cap in CAPS if cap != RECOMMENDED):
        yield Setting(f"cap {cap}", bank={"ledger": {"cap_cents": 100 * cap}}, weeks=weeks)
    for expiry in (26, None):
        name = "no expiry" if expiry is None else f"expiry {expiry} weeks"
        yield Setting(name, bank={"ledger": {"expiry_weeks": expiry}}, weeks=weeks)
    neither = {"cap_cents": None, "expiry_weeks": None}
    yield Setting("neither cap nor expiry", bank={"ledger": neither}, weeks=weeks)
    yield Setting("overdraft 0", limit_cents=0, weeks=weeks)


def _auctions(weeks: int) -> Iterator[Setting]:
    for price in ("first", "cavallo"):
        yield Setting(f"price {price}", conflicts={"price": price}, weeks=weeks)
    for to in ("losers", "group", "pool"):
        yield Setting(f"distribution {to}", conflicts={"distribution": to}, weeks=weeks)
    yield Setting("minimum bid 25", conflicts={"least_bid_cents": 2_500}, weeks=weeks)
    yield Setting("vacation always auctioned", conflicts={"margin_percent": 100}, weeks=weeks)
    yield Setting("all by wheel", mechanism="wheel", weeks=weeks)


def _values(weeks: int) -> Iterator[Setting]:
    yield Setting("top-up gross", bank={"values": {"topup": "gross"}}, weeks=weeks)
    yield Setting("target mean", bank={"equalization": {"target": "mean"}}, weeks=weeks)


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
