"""The JSON Schema says what network.yaml may hold."""

from __future__ import annotations

from pysched.instance import scenario_schema


def test_every_mapping_with_fixed_keys_is_closed() -> None:
    """Unknown keys are errors in an editor as they are in the reader."""
    schema = scenario_schema()
    objects = [schema, *schema["$defs"].values()]
    assert {entry.get("additionalProperties") for entry in objects} == {False}


def test_sections_and_their_keys_are_named_as_in_the_file() -> None:
    """Travel is from one hospital to another, whatever Python calls it."""
    schema = scenario_schema()
    assert schema["required"] == [
        "name",
        "horizon",
        "hospitals",
        "categories",
        "tasks",
        "physicians",
        "skills",
    ]
    assert set(schema["$defs"]["TravelEntry"]["properties"]) == {"from", "to", "minutes"}


def test_numbers_have_their_bounds() -> None:
    """They are those of the reader's messages."""
    entries = scenario_schema()["$defs"]
    hours = entries["PhysicianEntry"]["properties"]["weekly_hours"]
    assert (hours["minimum"], hours["maximum"]) == (1, 60)
    credit = entries["TaskEntry"]["properties"]["credited_minutes"]
    assert (credit["type"], credit["maximum"]) == ("integer", 1440)
