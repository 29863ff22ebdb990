"""The toy's weeks as reports take them, and parts of pages found by their tags."""

from __future__ import annotations

from html.parser import HTMLParser

from pysched.department import level_names
from pysched.report.reported import reported
from pysched.report.week_view import WeekView, week_view
from tests.report.weeks import FIRST, SCENARIO, SECOND, WEEKS

LEVELS = level_names(SCENARIO.network.rules)
SHOWN = (
    reported(WEEKS[0], FIRST.record, FIRST.before),
    reported(WEEKS[1], SECOND.record, SECOND.before),
)
VOID = frozenset(("meta", "link", "br", "img", "hr", "input"))


def view_of(number: int) -> WeekView:
    """Return a week of toy as reports show it."""
    shown = SHOWN[number]
    costs, before = shown.costs, shown.before
    return week_view(SCENARIO.network, shown.week, shown.schedule, before, costs, LEVELS)


class Page(HTMLParser):
    """A page: its tags with attributes, and its text; tags must be closed as they were opened."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style"} & set(self._open) and data.strip():
            self.texts.append(" ".join(data.split()))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all tags of a name."""
        return [attributes for name, attributes in self.tags if name == tag]
