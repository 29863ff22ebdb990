"""Which sacrifices a worked week holds.

A duty can be several at once. Of what is lost by its day (holiday, weekend) only the greater
counts, of what is lost by a change (day off, changed duty) only the day off; an undesirable role
is lost besides.
"""

from __future__ import annotations

from collections.abc import Iterator

from pysched.bank.case import Case
from pysched.bank.changes import changes_of
from pysched.bank.days import days_of
from pysched.bank.roles import roles_of
from pysched.bank.sacrifice import Sacrifice


def sacrifices_of(case: Case) -> tuple[Sacrifice, ...]:
    """Return the sacrifices of a worked week, by physician, day, kind and duty."""
    return tuple(sorted(_found(case), key=lambda s: (s.physician, s.day, s.kind, s.duty)))


def _found(case: Case) -> Iterator[Sacrifice]:
    for physician, duties in case.people():
        yield from days_of(case, physician, duties)
        yield from changes_of(case, physician, duties)
    yield from roles_of(case)
