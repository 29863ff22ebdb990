"""How the kinds of task look in every report: a letter, words and a colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pysched.model.network import Kind


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a kind; the letter alone tells it, so that no colour is needed.

    Args:
        letter: one capital.
        words: the kind in words.
        colour: of the background under black text, as RRGGBB; light enough for a contrast of 7.
    """

    letter: str
    words: str
    colour: str


LOOKS: Mapping[Kind, Look] = MappingProxyType(
    {
        "ward": Look("W", "ward", "D5E8D4"),
        "on_site": Look("G", "guard on site", "CFE2F3"),
        "on_call": Look("H", "on call from home", "FFF2CC"),
        "surgery": Look("S", "surgery", "F8D5D0"),
        "clinic": Look("C", "clinic", "E4DAF0"),
    }
)
"""The looks by kind."""
