"""Answers as lines to be read and as data: what `explain` and `why` print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from pysched.explain.cause import Cause
from pysched.explain.cause_words import cause_sentences, change_sentence
from pysched.explain.causes import Explanation
from pysched.explain.contrast import Contrast
from pysched.explain.contrast_words import (
    consequence_sentences,
    proof_sentence,
    standing_sentences,
    verdict_sentence,
)
from pysched.explain.correction import Correction
from pysched.explain.reasons import Reason
from pysched.explain.sentences import duty_word
from pysched.model import DutyKey, Network, Schedule

UNDECIDED = "not decided: the time was over first"


def reason_lines(network: Network, name: str, answer: Reason | Explanation) -> list[str]:
    """Return an answer of `explain` in lines; `name` says what was asked about."""
    if isinstance(answer, Explanation):
        causes = _explained(network, answer, "because")
        return [f"{name}: not possible", *causes, *_corrected(answer)]
    here, whole = answer.here, answer.whole
    lines = [f"{name}: {_standing_of(answer)}"]
    lines += _explained(network, here, "as the schedule stands")
    if whole.causes and set(map(frozenset, whole.causes)) != set(map(frozenset, here.causes)):
        lines += _explained(network, whole, "whatever else changes")
    if whole.is_possible:
        lines.append("  no hard rule is against it if others change; softer ones weigh against it")
    return [*lines, *_corrected(whole)]


def reason_data(network: Network, name: str, answer: Reason | Explanation) -> dict[str, Any]:
    """Return an answer of `explain` as data for JSON."""
    if isinstance(answer, Explanation):
        return {"about": name, "whole": _explanation_data(network, answer)}
    return {
        "about": name,
        "here": _explanation_data(network, answer.here),
        "whole": _explanation_data(network, answer.whole),
    }


def contrast_lines(network: Network, contrast: Contrast) -> list[str]:
    """Return an answer of `why` in lines."""
    who = contrast.assignment.physician
    lines = [verdict_sentence(contrast), f"  ({proof_sentence(contrast)})"]
    if contrast.difference is not None:
        lines += _items("what would change", consequence_sentences(contrast.difference, who))
    if contrast.explanation is not None:
        lines += _explained(network, contrast.explanation, "because")
        lines += _corrected(contrast.explanation)
    if contrast.verdict == "impossible" and contrast.held:
        lines.append("  it is pinned, or was worked already")
    if contrast.improvement is not None:
        sentences = consequence_sentences(contrast.improvement, who)
        lines += _items("compared with the schedule after what improves it anyway", sentences)
    return lines + _items("the memory", tuple(standing_sentences(contrast)))


def contrast_data(network: Network, contrast: Contrast) -> dict[str, Any]:
    """Return an answer of `why` as data for JSON."""
    row, who = contrast.assignment, contrast.assignment.physician
    difference, improvement = contrast.difference, contrast.improvement
    why = contrast.explanation
    return {
        "physician": who,
        "duty": duty_word(row.duty),
        "held": contrast.held,
        "verdict": contrast.verdict,
        "sentence": verdict_sentence(contrast),
        "proof": proof_sentence(contrast),
        "reach": contrast.reach,
        "moved": list(contrast.moved),
        "by_level": {} if difference is None else _keyed(difference.by_level),
        "consequences": [] if difference is None else [*consequence_sentences(difference, who)],
        "improvement": [] if improvement is None else [*consequence_sentences(improvement, who)],
        "explanation": None if why is None else _explanation_data(network, why),
        "memory": [
            {name: _plain(value) for name, value in asdict(standing).items()}
            for standing in contrast.standings.values()
        ],
        "schedule": _rows(contrast.schedule),
    }


def _standing_of(answer: Reason) -> str:
    """Say in a few words what came out."""
    if answer.here.is_possible:
        return "possible as the schedule stands"
    if answer.whole.is_possible:
        return "possible if others change"
    if not answer.whole.decided and not answer.whole.causes:
        return UNDECIDED
    return "not possible"


def _explained(network: Network, explanation: Explanation, heading: str) -> list[str]:
    asked, lines = _asked(explanation), []
    for number, causes in enumerate(explanation.causes):
        title = heading if number == 0 else f"{heading}, another set of causes"
        if not explanation.minimal[number]:
            title += " (perhaps fewer are enough: that was not decided)"
        lines += _items(title, _texts(network, causes, asked))
    return lines


def _asked(explanation: Explanation) -> DutyKey | None:
    """Return the one duty that a question comes down to, None if there are several."""
    question = explanation.question
    if question.assignment is not None:
        return question.assignment[1:]
    if question.duty is None and question.given and len(question.needed) == 1:
        return next(iter(question.needed))
    return question.duty


def _texts(network: Network, causes: Sequence[Cause], asked: DutyKey | None) -> tuple[str, ...]:
    return tuple(each.text for each in cause_sentences(causes, network.physicians, asked))


def _corrected(explanation: Explanation) -> list[str]:
    correction = explanation.correction
    if correction is not None:
        title = f"cheapest change that is enough, proven (cost {correction.cost})"
        return _items(title, tuple(change_sentence(change) for change in correction.changes))
    if explanation.is_possible:
        return []
    return [f"  {'no change that may be made is enough' if explanation.decided else UNDECIDED}"]


def _items(title: str, sentences: tuple[str, ...]) -> list[str]:
    return [f"  {title}:", *(f"    - {text}" for text in sentences)]


def _explanation_data(network: Network, explanation: Explanation) -> dict[str, Any]:
    asked, correction = _asked(explanation), explanation.correction
    return {
        "possible": explanation.is_possible,
        "decided": explanation.decided,
        "causes": [
            {
                "minimal": is_minimal,
                "sentences": list(_texts(network, causes, asked)),
                "causes": [_cause_data(cause) for cause in causes],
            }
            for causes, is_minimal in zip(explanation.causes, explanation.minimal, strict=True)
        ],
        "correction": None if correction is None else _correction_data(correction),
        "schedule": _rows(explanation.schedule),
    }


def _cause_data(cause: Cause) -> dict[str, Any]:
    """Return the fields of a cause that say something."""
    empty = Cause(cause.kind)
    fields = asdict(cause)
    return {
        name: _plain(value)
        for name, value in fields.items()
        if name == "kind" or value != getattr(empty, name)
    }


def _correction_data(correction: Correction) -> dict[str, Any]:
    changes = [
        {
            "grade": change.grade,
            "physician": change.switch.physician,
            "task": change.switch.task,
            "day": _plain(change.switch.day),
            "units": change.units,
            "cost": change.cost,
            "sentence": change_sentence(change),
        }
        for change in correction.changes
    ]
    return {"cost": correction.cost, "changes": changes, "schedule": _rows(correction.schedule)}


def _rows(schedule: Schedule | None) -> list[dict[str, str]] | None:
    if schedule is None:
        return None
    return [{"day": str(a.day), "task": a.task, "physician": a.physician} for a in schedule]


def _keyed(levels: Mapping[int, int]) -> dict[str, int]:
    return {str(level): units for level, units in levels.items()}


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it: days and fractions as text, no day as nothing."""
    if isinstance(value, date):
        return None if value == date.min else str(value)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, int | str | None) else str(value)
