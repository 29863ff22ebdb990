"""Pages: self-contained HTML without a script, for the screen, for A4 and for who listens."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pysched.report.kinds import LOOKS
from pysched.report.wording import day_words


def page(template: str, paper: str, **content: Any) -> str:
    """Return a page as HTML text.

    Args:
        template: name of a file in templates/, without its ending.
        paper: landscape or portrait.
        content: what the template shows; text in it is escaped.
    """
    return _environment().get_template(f"{template}.html.j2").render(paper=paper, **content)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pysched.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["day_words"] = day_words
    environment.globals["looks"] = LOOKS
    return environment
