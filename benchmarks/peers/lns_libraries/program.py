"""The program the libraries search: this program's encodings and a week's facts, as one text."""

from __future__ import annotations

import re

from pysched.bench.engine import Job
from pysched.facts import facts_text
from pysched.solver.program import asp_folder

NEIGHBOURHOODS = """
#show assign/2.
:- spare(_).
"""
"""They destroy atoms that are shown: assignments, and no costs. A spare unit would count as one."""


def program_text(job: Job) -> str:
    """Return a job as one program; the libraries read no files that a file includes."""
    folder = asp_folder()
    names = re.findall(r'^#include "(.+)"\.$', (folder / "week.lp").read_text(), re.MULTILINE)
    encodings = [(folder / name).read_text() for name in names if name != "show.lp"]
    facts = facts_text(job.network, job.week, job.state)
    return "\n".join([*encodings, facts, NEIGHBOURHOODS])
