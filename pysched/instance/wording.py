"""Rules as people call them."""

from __future__ import annotations


def rule_in_words(rule: str, culprit: str) -> str:
    """Return what to call a broken hard rule: its name, unless that says too little."""
    if rule != "duty":
        return rule
    # A duty that has several physicians is named before them, a physician before no duty at all.
    names_duty_first = "@" in culprit.partition(",")[0]
    return "two physicians on one duty" if names_duty_first else "no such duty"
