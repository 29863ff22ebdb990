"""The picture of trust: well-formed, an arrow each exception, a number each pair with evidence."""

import xml.etree.ElementTree as ET
from datetime import date

from pysched.report import trust_svg
from pysched.report.trust import LINES
from pysched.trust import Edge, edges_of, graph_of, new_graph

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("<ada>", "ben", "cora", "dan")
SEEN = frozenset({"rating"})
EDGES = edges_of(new_graph(NAMES)) | {
    ("<ada>", "ben"): Edge(9_000, evidence=SEEN),
    ("ben", "cora"): Edge(7_777, evidence=SEEN),
    ("cora", "ben"): Edge(4_999, evidence=SEEN),
    ("cora", "dan"): Edge(1_234, evidence=SEEN),
    ("dan", "cora"): Edge(5_000, evidence=SEEN),
    ("dan", "ben"): Edge(5_500, evidence=SEEN),
}
GRAPH = graph_of(NAMES, EDGES, date(2024, 1, 1))


def nodes(svg: str, kind: str) -> list[ET.Element]:
    """Return the elements of a kind."""
    return list(ET.fromstring(svg).iter(f"{SVG}{kind}"))  # noqa: S314


def texts(svg: str) -> list[str]:
    """Return the texts of a picture."""
    return [node.text or "" for node in nodes(svg, "text")]


def test_the_legend_counts_pairs_and_says_what_is_not_drawn() -> None:
    """Of six pairs with evidence two are at medium, the commonest level."""
    found = texts(trust_svg("Trust", GRAPH))
    legend = ["very high: 1", "high: 1", "medium: 2, not drawn", "low: 1", "minimal: 1"]
    assert found[2:7] == legend
    assert found[:2] == ["Trust", "Pairs with evidence, density 0.33; arrows go to who is trusted"]


def test_an_arrow_has_the_line_of_its_level() -> None:
    """Four exceptions: a line and a head each, beside the lines of the legend."""
    paths = nodes(trust_svg("Trust", GRAPH), "path")
    dashes = [path.get("stroke-dasharray") for path in paths if path.get("fill") == "none"]
    assert dashes == [None, None, "7 4", "1.5 4"]
    assert len(paths) == len(LINES) + 2 * 4


def test_scores_are_rounded_down() -> None:
    """Pairs without evidence have none; the pool's level may be lowered by defaults."""
    found = texts(trust_svg("Trust", GRAPH, {"dan": "minimal"}))
    assert [text for text in found if text.isdigit()] == ["90", "77", "49", "12", "55", "50"]
    assert found[-4:] == ["0.50 medium", "0.55 medium", "0.50 medium", "0.50 minimal"]


def test_names_cannot_break_the_picture() -> None:
    """What means something in SVG is escaped."""
    assert "<ada>" in texts(trust_svg("A & B", GRAPH))


def test_few_physicians_have_a_picture_too() -> None:
    """Also one alone, whom nobody can trust."""
    found = texts(trust_svg("Trust", new_graph(["ada"])))
    assert "Pairs with evidence, nobody to trust; arrows go to who is trusted" in found
    assert "0.50 medium" in found
    assert trust_svg("T", new_graph("ab")) == trust_svg("T", new_graph("ab"))
