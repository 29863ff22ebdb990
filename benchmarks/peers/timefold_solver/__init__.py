"""The weekly problem for Timefold: constraint streams and local search on a Java machine.

Like the other peers it was written from the description of the rules and knows the nouns of the
model alone. Timefold proves nothing, so there are no bounds. `domain` and whatever imports it can
be imported only after `machine.start`, since their classes are translated at once.
"""

from .engine import run

__all__ = ["run"]
