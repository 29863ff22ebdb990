"""The facts of a network and its rules: the same every week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from clorm import Predicate

from pysched.facts import network_words as v
from pysched.model import Agreement, Network, Task
from pysched.model.network import AFTERNOON_STARTS, WEEKDAYS


def network_facts(network: Network) -> Iterator[Predicate]:
    """Return who and what there is, and the weights of the rules in force."""
    yield from _people(network)
    yield from _pairs(network)
    yield from _places(network)
    for task in network.tasks.values():
        yield from _task(task)
    for agreement in network.agreements:
        yield _agreement(agreement)
    for (rule, grade), (weight, level) in network.rules.weights.items():
        yield v.Weight(rule, grade, weight, level)


def _people(network: Network) -> Iterator[Predicate]:
    for person in network.physicians.values():
        yield v.Physician(person.id)
        yield v.Status(person.id, person.status)
        if person.seniority_years < 1:
            yield v.FirstYear(person.id)
        if person.style is not None:
            yield v.Style(person.id, person.style)
        if person.mentor is not None and person.status == "resident":
            yield v.Mentor(person.id, person.mentor)


def _pairs(network: Network) -> Iterator[Predicate]:
    for pair in network.pairs:
        yield v.PairOf(pair.kind, *sorted((pair.physician, pair.other)))
    for physician, task in network.skills:
        yield v.Skill(physician, task)
        suitability = network.suitability.get((physician, task), 100)
        if suitability < 100:
            yield v.Suitability(physician, task, suitability)
    for rule in network.geography:
        yield v.Geography(rule.task, rule.then_task)


def _places(network: Network) -> Iterator[Predicate]:
    for hospital in network.hospitals.values():
        if hospital.main:
            yield v.Main(hospital.id)
    for (a, b), minutes in network.travel.items():
        yield v.Travel(a, b, minutes)
    for category in network.categories.values():
        yield v.Category(category.id, category.grade)
        if not category.wanted:
            yield v.Unwanted(category.id)


def _task(task: Task) -> Iterator[Predicate]:
    yield v.Task(task.id, task.kind, task.category, task.hospital)
    yield v.Credited(task.id, task.credited_minutes)
    yield v.Half(task.id, task.half_day)
    yield v.Shift(task.id, _shift(task))
    if task.essential:
        yield v.Essential(task.id)
    if task.start < AFTERNOON_STARTS:
        yield v.Early(task.id)


def _shift(task: Task) -> str:
    if time(6) <= task.start < AFTERNOON_STARTS:
        return "morning"
    return "afternoon" if AFTERNOON_STARTS <= task.start < time(20) else "night"


def _agreement(agreement: Agreement) -> Predicate:
    physician, value = agreement.physician, agreement.value
    if agreement.kind == "free_weekday":
        return v.FreeDay(physician, WEEKDAYS.index(value))
    if agreement.kind == "no_nights":
        return v.NoNights(physician)
    if agreement.kind == "not_at_hospital":
        return v.NotAt(physician, value)
    return v.MaxPerWeek(physician, value, agreement.limit)
