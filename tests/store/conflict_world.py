"""Claims, bids and a clock to test the store of conflicts with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pysched.conflicts.sealed import commitment_of
from pysched.store import ConflictStore
from pysched.store.conflict_opening import Opening

MONDAY, DAY = date(2024, 4, 22), date(2024, 4, 25)
OTHER = date(2024, 4, 26)
HOURS = timedelta(hours=1)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        """Begin on some morning."""
        self.now = datetime(2024, 4, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


def opening(day: date, *names: str) -> Opening:
    """Return claims of some on a day."""
    claims = dict.fromkeys(names or ("A", "B"), (day,))
    return Opening("holiday", MONDAY, day, claims, dict.fromkeys(claims, 5))


def names_of(store: ConflictStore) -> list[str]:
    """Return the ids of the open conflicts."""
    return [row.id for row in store.conflicts(MONDAY) if row.status == "open"]


def sealed(store: ConflictStore, name: str, who: str, cents: int, hold: int | None = None) -> None:
    """Commit to a bid."""
    commitment = commitment_of(name, who, cents, "nonce")
    store.commit(name, who, commitment, cents if hold is None else hold)
