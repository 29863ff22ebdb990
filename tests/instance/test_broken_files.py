"""No byte of a file makes reading fail in any way but one."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pysched.instance import InstanceError, read_scenario, weeks_of
from tests.instance.builders import TEXTS, write


def check_broken(file: str, content: bytes) -> None:
    """Read the small scenario with other bytes in one file; let only InstanceError pass."""
    with TemporaryDirectory() as name:
        folder = write(Path(name), TEXTS)
        (folder / file).write_bytes(content)
        problems, weeks = [], 0
        try:
            weeks = len(weeks_of(read_scenario(folder)))
        except InstanceError as error:
            problems = error.problems
    assert weeks > 0 or problems
    assert all(problem.file and problem.field and problem.expected for problem in problems)


@pytest.mark.parametrize("file", sorted(TEXTS))
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_file_cut_off_at_any_byte_reads_or_is_refused(file: str, data: st.DataObject) -> None:
    """A copy may stop half way."""
    content = TEXTS[file].encode()
    check_broken(file, content[: data.draw(st.integers(0, len(content)))])


@pytest.mark.parametrize("file", ["network.yaml", "absences.csv", "requests.csv"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_file_with_other_bytes_in_it_reads_or_is_refused(file: str, data: st.DataObject) -> None:
    """A disk or a hand may slip."""
    content = TEXTS[file].encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(start + 8, len(content))))
    syntax = st.text(alphabet="{}[]:,\"'-?&*!|>%@`#~\n\t 019aé", max_size=6).map(str.encode)
    piece = data.draw(st.one_of(st.binary(max_size=6), syntax))
    check_broken(file, content[:start] + piece + content[end:])
