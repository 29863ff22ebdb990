"""Writes the report: tables by name, figures, rows, and the tables of the text between markers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from pysched.bench import curves, figures, tables
from pysched.bench.compare import contradictions, current
from pysched.bench.rows import Row, RowsError, read
from pysched.bench.suite import Suite, SuiteFile
from pysched.bench.tables import engines_in, sizes_in

Tables = dict[str, list[str]]
_SHOWN = re.compile(r"<!-- (?P<name>.+?) -->\n(?:\|.*\n)*")


def write_report(file: SuiteFile, out: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """Write the report of all rows that there are and yield the files written.

    Rows are looked for in `out`, then where a report was written before.

    Args:
        file: the suites, and where the report goes; beside the rows if it does not say.
        out: folder of the rows.
        say: takes a line for people.

    Raises:
        RowsError: there are no rows, or a file is not one of rows.
    """
    beside = file.path.parent
    folder = beside / file.report.folder if file.report else out / "report"
    rows = {suite.name: _rows(suite, out, folder) for suite in file.suites}
    if not any(rows.values()):
        raise RowsError(f"{out}: no rows of {', '.join(rows)} yet; first: pysched bench")
    folder.mkdir(parents=True, exist_ok=True)
    for fault in (fault for mine in rows.values() for fault in contradictions(mine)):
        say(f"contradiction: {fault}")
    yield from _copied(file.suites, out, folder)
    named = all_tables(file.suites, rows)
    text = "\n".join(f"## {name}\n\n" + "\n".join(lines) + "\n" for name, lines in named.items())
    (folder / "tables.md").write_text(text)
    yield folder / "tables.md"
    if find_spec("matplotlib") is None:
        say("no figures: they need matplotlib")
    else:
        yield from _write_figures(file.suites, rows, folder)
    if file.report and (beside / file.report.text).is_file():
        yield _refresh(beside / file.report.text, named, say)


def all_tables(suites: Sequence[Suite], rows: Mapping[str, Sequence[Row]]) -> Tables:
    """Return every table by its name, suite after suite."""
    named: Tables = {}
    for suite in suites:
        for title, mine in _by_limit(suite, rows[suite.name]):
            engines = engines_in(mine, suite.engines)
            kinds: dict[str, tables.Table] = {"runs": tables.runs, "cost by level": tables.costs}
            if len(engines) > 1:
                kinds["won and lost"] = tables.duels
                kinds["against the best of the others"] = tables.against_best
            kinds |= {"cost over time": tables.over_time, "proven": tables.proven}
            kinds["gaps, first week, memory"] = tables.gaps
            if suite.rules == "weighted":
                kinds["the one number"] = tables.one_number
            named |= {f"{title}: {kind}": make(mine, engines) for kind, make in kinds.items()}
    everything = [row for mine in rows.values() for row in mine]
    return named | {"settings": tables.tunings(everything)}


def insert_tables(text: str, named: Tables) -> tuple[str, list[str]]:
    """Return a text with the table of each marker's name below it, and the names without one.

    A marker is a comment, `<!-- name -->`, on a line of its own.
    """
    unknown: list[str] = []

    def fresh(shown: re.Match[str]) -> str:
        name = shown["name"]
        if name not in named:
            unknown.append(name)
            return shown[0]
        return "\n".join([f"<!-- {name} -->", *named[name]]) + "\n"

    return _SHOWN.sub(fresh, text), unknown


def _rows(suite: Suite, out: Path, folder: Path) -> list[Row]:
    name = f"{suite.name}.csv"
    return current(read(out / name) or read(folder / name))


def _by_limit(suite: Suite, rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    limits = sorted({float(row["limit"]) for row in rows})
    for limit in limits:
        title = suite.name if len(limits) == 1 else f"{suite.name}, {limit:g} s"
        mine = [row for row in rows if float(row["limit"]) == limit]
        if engines_in(mine, suite.engines):
            yield title, [row for row in mine if row["engine"] in suite.engines]


def _copied(suites: Sequence[Suite], out: Path, folder: Path) -> Iterator[Path]:
    for suite in suites:
        source, target = out / f"{suite.name}.csv", folder / f"{suite.name}.csv"
        if source.is_file() and source.resolve() != target.resolve():
            shutil.copyfile(source, target)
            yield target


def _write_figures(
    suites: Sequence[Suite], rows: Mapping[str, Sequence[Row]], folder: Path
) -> Iterator[Path]:
    for suite in suites:
        for title, mine in _by_limit(suite, rows[suite.name]):
            yield from _suite_figures(
                suite, title.replace(", ", "-").replace(" ", ""), mine, folder
            )
    for rules in ("paper", "recommended", "weighted"):
        same = [s for s in suites if s.rules == rules]
        yield from _scale_figures(rules, same, [r for s in same for r in rows[s.name]], folder)


def _suite_figures(suite: Suite, title: str, rows: Sequence[Row], folder: Path) -> Iterator[Path]:
    engines = engines_in(rows, suite.engines)
    panels = curves.anytime(rows, engines)
    drawn = {"anytime": figures.draw_anytime(panels, suite.engines)}
    if costs := curves.cost_profiles(rows, engines):
        label = "cost / best known"
        drawn["profiles"] = figures.draw_profiles(costs, suite.engines, label)
    if times := curves.time_profiles(rows, engines):
        name = "time until as good as the worst in the end"
        drawn["times"] = figures.draw_profiles({name: times}, suite.engines, "time / fastest")
    for kind, figure in drawn.items():
        path = folder / f"{title}-{kind}.png"
        figures.save(figure, path)
        yield path


def _scale_figures(
    rules: str, suites: Sequence[Suite], rows: Sequence[Row], folder: Path
) -> Iterator[Path]:
    """Draw curves over sizes for each time limit at which several sizes were run."""
    order = list(dict.fromkeys(name for suite in suites for name in suite.engines))
    for limit in sorted({row["limit"] for row in rows}, key=float):
        mine = [row for row in rows if row["limit"] == limit and row["scenario"] != "ferrara"]
        sizes = sizes_in(mine)
        if len(sizes) > 1:
            panels = curves.over_sizes(mine, engines_in(mine, order))
            figure = figures.draw_sizes(panels, order, sizes)
            path = folder / f"scale-{rules}-{limit}s.png"
            figures.save(figure, path)
            yield path


def _refresh(text: Path, named: Tables, say: Callable[[str], None]) -> Path:
    fresh, unknown = insert_tables(text.read_text(), named)
    text.write_text(fresh)
    if unknown:
        say(f"{text}: left as they are, for want of rows: {', '.join(unknown)}")
    return text
