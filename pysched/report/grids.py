"""Tables of pages: a caption, a head and rows of text, the first cell of each naming it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A table.

    Args:
        caption: what it shows and how to read it.
        head: names of the columns.
        rows: as long as the head.
        words: positions of columns that hold words; the others are numbers.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: frozenset[int] = frozenset((0,))

    def __post_init__(self) -> None:
        """Check that each row fits the head.

        Raises:
            ValueError: one does not.
        """
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(f"row {row!r} has {len(row)} cells, the head {len(self.head)}")

    def is_number(self, column: int) -> bool:
        """Return whether a column holds numbers."""
        return column not in self.words


def hours_words(minutes: float, signed: bool = False) -> str:
    """Return minutes as hours with at most one decimal; a true minus before what is owed."""
    hours = round(minutes / 60, 1) or 0.0  # Without the minus of -0.0.
    text = f"{hours:+g}" if signed and hours else f"{hours:g}"
    return text.replace("-", "\u2212")
