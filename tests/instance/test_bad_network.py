"""Each kind of mistake in network.yaml is named with its row, field and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.instance.builders import TEXTS, bent, problems_of, write

# What is replaced by what; then row, field, value and a part of what was expected.
CASES = [
    ("name: small\n", "", (1, "name", "", "required")),
    ("name: small", "name: ''", (1, "name", "", "1 to 200 characters")),
    ("name: small", "name: [small]", (1, "name", "a list", "1 to 200 characters")),
    ("name: small", "colour: red\nname: small", (1, "colour", "colour", "a known key")),
    ("rules:", "rulez: {}\nrules:", (39, "rulez", "rulez", "'rules'")),
    ("name: small", "name: small\nname: large", (2, "name", "name", "line 1 has it too")),
    ("  T2:", "  T1: {}\n  T2:", (27, "tasks.T1", "T1", "line 16 has it too")),
    (
        "    kind: ward",
        "    kind: ward\n    kind: on_call",
        (19, "tasks.T1.kind", "kind", "line 18"),
    ),
    ("2023-05-29", "2023-05-30", (2, "horizon.first_day", "2023-05-30", "a Monday")),
    ("2023-06-11", "2023-06-10", (2, "horizon.last_day", "2023-06-10", "a Sunday")),
    ("2023-06-11", "2023-05-28", (2, "horizon.last_day", "2023-05-28", "after first_day")),
    ("2023-06-11", "2028-06-04", (2, "horizon.last_day", "2028-06-04", "five years")),
    ("2023-06-11", "2023-06-31", (2, "horizon.last_day", "2023-06-31", "calendar has")),
    ("2023-06-11", "1685318400", (2, "horizon.last_day", "1685318400", "YYYY-MM-DD")),
    ("2023-06-11", "9999-12-26", (2, "horizon.last_day", "9999-12-26", "a year from")),
    (
        "Europe/Rome",
        "Europe/Roma",
        (3, "calendar.timezone", "Europe/Roma", "mean 'Europe/Rome'"),
    ),
    ("Europe/Rome", "Europe", (3, "calendar.timezone", "Europe", "IANA")),
    ("Europe/Rome", "../Rome", (3, "calendar.timezone", "../Rome", "IANA")),
    ("country: IT", "country: XQ", (3, "calendar.country", "XQ", "country code")),
    ("division: FE", "division: XX", (3, "calendar.subdivision", "XX", "subdivision of IT")),
    ("[Pasqua,", "[Pascua,", (3, "calendar.major.0", "Pascua", "'Pasqua'")),
    ('"08-15"', '"08-16"', (3, "calendar.major.1", "08-16", "public holiday")),
    ("main: yes", "main: no", (4, "hospitals", "", "one hospital with main: yes")),
    ("main: no", "main: yes", (4, "hospitals", "cona, cento", "one hospital with main: yes")),
    ("main: yes", "main: maybe", (5, "hospitals.cona.main", "maybe", "yes or no")),
    ("minutes: 45", "minutes: 13:00", (9, "travel.0.minutes", "13:00", "from 0 to 1440")),
    ("minutes: 45", "minutes: -1", (9, "travel.0.minutes", "-1", "from 0 to 1440")),
    ("minutes: 45", "minutes: .nan", (9, "travel.0.minutes", ".nan", "from 0 to 1440")),
    ("minutes: 45", "minutes: 1e9", (9, "travel.0.minutes", "1e9", "from 0 to 1440")),
    ("to: cento", "to: centro", (9, "travel.0.to", "centro", "mean 'cento'")),
    (
        "  - {from: cento, to: delta, minutes: 80}\n",
        "",
        (8, "travel", "cento delta", "the minutes between"),
    ),
    (
        "to: delta, minutes: 80}\n",
        "to: delta, minutes: 80}\n  - {from: cona, to: cona, minutes: 1}\n",
        (12, "travel.3.to", "cona", "other than in from"),
    ),
    (
        "to: delta, minutes: 80}\n",
        "to: delta, minutes: 80}\n  - {from: delta, to: cento, minutes: 81}\n",
        (12, "travel.3", "delta cento", "see row 11"),
    ),
    ("grade: minor", "grade: small", (13, "categories.ward.grade", "small", "major, minor")),
    (
        "  night: {",
        "  n\u00ec: {grade: minor, wanted: no}\n  night: {",
        (14, "categories.n\u00ec", "n\u00ec", "letters, digits"),
    ),
    (
        "  night: {",
        "  ..: {grade: minor, wanted: no}\n  night: {",
        (14, "categories...", "..", "letters, digits"),
    ),
    (
        "  night: {",
        f"  {'n' * 41}: {{grade: minor, wanted: no}}\n  night: {{",
        (14, f"categories.{'n' * 41}", "n" * 41, "1 to 40"),
    ),
    ("kind: ward", "kind: wart", (18, "tasks.T1.kind", "wart", "did you mean 'ward'")),
    ("category: ward", "category: wards", (19, "tasks.T1.category", "wards", "mean 'ward'")),
    ("hospital: cona", "hospital: rome", (20, "tasks.T1.hospital", "rome", "a known hospital")),
    ("days: [mon, tue]", "days: [mon, 2]", (21, "tasks.T1.days.1", "2", "one of mon, tue")),
    ("days: [mon, tue]", "days: [mon, mon]", (21, "tasks.T1.days", "mon", "each weekday once")),
    ("days: [mon, tue]", "days: mon tue", (21, "tasks.T1.days", "mon tue", "a list")),
    ('start: "08:00"', "start: 8:00", (22, "tasks.T1.start", "8:00", "HH:MM")),
    ('end: "13:00"', 'end: "24:00"', (23, "tasks.T1.end", "24:00", "HH:MM")),
    ('end: "13:00"', 'end: "08:00"', (23, "tasks.T1.end", "08:00", "other than start")),
    (
        "credited_minutes: 300",
        "credited_minutes: inf",
        (24, "tasks.T1.credited_minutes", "inf", "from 0 to 1440"),
    ),
    ("    essential: yes\n", "", (16, "tasks.T1.essential", "", "required")),
    (
        "    essential: yes",
        "    vital: yes\n    essential: yes",
        (25, "tasks.T1.vital", "vital", "a known key"),
    ),
    (
        "public_holidays: skip",
        "public_holidays: never",
        (26, "tasks.T1.public_holidays", "never", "skip, as_usual, also"),
    ),
    ("status: senior", "status: chief", (32, "physicians.P1.status", "chief", "senior, expert")),
    ("hours: 38", "hours: NaN", (32, "physicians.P1.weekly_hours", "NaN", "from 1 to 60")),
    ("hours: 38", "hours: 0", (32, "physicians.P1.weekly_hours", "0", "from 1 to 60")),
    ("hours: 38", "hours: 380", (32, "physicians.P1.weekly_hours", "380", "from 1 to 60")),
    ("years: 24", "years: -3", (32, "physicians.P1.seniority_years", "-3", "from 0 to 70")),
    ("style: steady", "style: calm", (33, "physicians.P2.style", "calm", "steady, intense")),
    ("mentor: P1", "mentor: P9", (34, "physicians.P3.mentor", "P9", "a known physician")),
    ("mentor: P1", "mentor: P3", (34, "physicians.P3.mentor", "P3", "another physician")),
    ("  P2: [T1, T2]", "  P7: [T1, T2]", (37, "skills.P7", "P7", "a known physician")),
    ("  P2: [T1, T2]", "  P2: [T1, T9]", (37, "skills.P2.1", "T9", "a known task")),
    ("  P2: [T1, T2]", "  P2: [T1, T1]", (37, "skills.P2.1", "T1", "each task once")),
    ("nights: 2", "nights: 9", (40, "rules.limits.max_nights", "9", "from 0 to 7")),
    ("max_nights", "maxnights", (40, "rules.limits.maxnights", "maxnights", "'max_nights'")),
    ("major: 9", "major: -9", (41, "rules.weights.memory.major", "-9", "from 0 to 10000")),
    ("{memory:", "{memori:", (41, "rules.weights.memori", "memori", "mean 'memory'")),
    ("{like: 0}", "{major: 0}", (41, "rules.weights.team.major", "major", "avoid, like, mentor")),
    ("levels: {hours: 2}", "levels: {hour: 2}", (42, "rules.levels.hour", "hour", "'hours'")),
    ("hours: 2}", "hours: 0}", (42, "rules.levels.hours", "0", "from 1 to 100")),
    ("rules:", "rules:\n  profile: best", (40, "rules.profile", "best", "paper, recommended")),
    ("name: small", "name: *other", (1, "YAML", "*other", "aliases are not read")),
    ("name: small", "name: small\n---\nname: small", (2, "YAML", "---", "one document")),
    ("name: small", "name: " + "[" * 2000, (1, "YAML", None, "at most 12 levels")),
    ("name: small", "[a, b]: small", (1, "YAML", "", "a key that is text")),
    ("name: small", "name: 'small", (None, "YAML", "", "valid YAML")),
    ("name: small", "name: sm\x07ll", (None, "YAML", "", "valid YAML")),
    ("name: small", "name: sm\x00ll", (1, "encoding", "NUL byte", "UTF-8")),
]


@pytest.mark.parametrize(("old", "new", "said"), CASES)
def test_mistake_is_named(
    tmp_path: Path, old: str, new: str, said: tuple[int | None, str, str | None, str]
) -> None:
    """The one problem is at the row and field of the mistake, with its value."""
    row, name, value, expected = said
    texts = {"network.yaml": bent("network.yaml", old, new)["network.yaml"]}
    [problem] = problems_of(write(tmp_path, texts))
    assert (problem.file, problem.field) == ("network.yaml", name)
    assert row is None or problem.row == row
    assert value is None or problem.value == value
    assert expected in problem.expected


def test_the_scenario_before_it_is_bent_is_right(tmp_path: Path) -> None:
    """No case passes because of something else that is wrong."""
    assert problems_of(write(tmp_path, TEXTS)) == []


def test_mistakes_of_several_sections_are_all_listed(tmp_path: Path) -> None:
    """A section that is wrong by itself does not hide what is wrong between the others."""
    text = TEXTS["network.yaml"]
    for old, new in [
        ("2023-06-11", "2023-06-10"),
        ("mentor: P1", "mentor: P3"),
        ("[Pasqua,", "[Pascua,"),
        ("weekly_hours: 19", "weekly_hours: 190"),
        ("  - {from: cento, to: delta, minutes: 80}\n", ""),
        ("  P2: [T1, T2]", "  P2: [T1, T1]\n  P2: [T1]"),
    ]:
        text = text.replace(old, new, 1)
    fields = {problem.field for problem in problems_of(write(tmp_path, {"network.yaml": text}))}
    assert fields == {
        "horizon.last_day",
        "calendar.major.0",
        "physicians.P2.weekly_hours",
        "travel",
        "skills.P2",
        "skills.P2.1",
    }


@pytest.mark.parametrize("section", ["hospitals", "categories", "tasks", "physicians"])
def test_a_section_without_entries_is_refused(tmp_path: Path, section: str) -> None:
    """Each section that the others refer to has at least one entry."""
    text = "name: none\nhorizon: {first_day: 2023-05-29, last_day: 2023-06-11}\nskills: {}\n"
    others = {"hospitals", "categories", "tasks", "physicians"}
    text += "".join(f"{name}: {{}}\n" for name in sorted(others))
    problems = problems_of(write(tmp_path, {"network.yaml": text}))
    [problem] = [problem for problem in problems if problem.field == section]
    assert problem.expected == "at least one entry"


@pytest.mark.parametrize("text", ["# nothing\n", "- a\n- b\n", "just text\n", "tasks:\nskills:\n"])
def test_a_file_without_sections_is_refused(tmp_path: Path, text: str) -> None:
    """A list, a scalar or nothing at all is no network."""
    assert problems_of(write(tmp_path, {"network.yaml": text})) != []
