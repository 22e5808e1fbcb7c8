"""A day's record as a file: one line for each thing and field, what was recorded then and what is today."""

from __future__ import annotations

from collections.abc import Iterator

from dxassess.assessment.action import FIELDS
from dxassess.assessment.model import Answer
from dxassess.assessment.scoring import NodeScore
from dxassess.catalogue.model import Indicator
from dxassess.exchange.safe_csv import csv_of
from dxassess.text import Words
from dxassess.usecases.asof import ActionThen, AsOf, KpiThen, RoundThen
from dxassess.usecases.asof_words import (
    action_said,
    called,
    kpi_amount,
    level_said,
    state_said,
    target_said,
)

COLUMNS = ("part", "name", "what", "then", "now")

Said = tuple[str, str, str]
"""Of what, what was recorded then, what is today."""


def record_csv(found: AsOf, words: Words) -> bytes:
    """Everything that had been recorded by the end of the day, beside what is recorded of it today; spreadsheets compute nothing of it."""
    heads = [words(f"asof.csv_{name}") for name in COLUMNS]
    return csv_of(heads, _lines(found, words))


def _lines(found: AsOf, words: Words) -> Iterator[tuple[str, ...]]:
    for each in found.rounds:
        for said in (*_round(each, words), *_levels(each, words)):
            yield words("asof.rounds"), each.held.title, *said
    for kpi in found.kpis:
        for said in _kpi(kpi, words):
            yield words("asof.kpis"), kpi.then.kpi.name, *said
    rates = words.number(found.then.rate, 0), words.number(found.rate_now, 0)
    yield words("asof.kpis"), "", words("asof.csv_rate"), *rates
    for action in found.actions:
        for said in _action(found, action, words):
            yield words("asof.actions"), action.then.title, *said


def _round(each: RoundThen, words: Words) -> Iterator[Said]:
    then, now = each.held, each.now
    yield words("asof.csv_title"), then.title, now.title
    yield words("asof.column_held_on"), words.date(then.held_on), words.date(now.held_on)
    yield words("asof.csv_state"), state_said(then, words), state_said(now, words)
    edition = each.then.edition
    for node in edition.head.averages:
        values = _value(each.then.today[node], words), _value(each.today[node], words)
        yield words.of(edition.sections[node].title), *values


def _value(node: NodeScore, words: Words) -> str:
    n_of_m = words.n_of_m(node.counts.n, node.counts.m)
    return words("asof.average_alone", value=words.number(node.value), n_of_m=n_of_m)


def _levels(each: RoundThen, words: Words) -> Iterator[Said]:
    for item in each.then.edition.indicators.values():
        yield from _level(item, each.then.answers.get(item.id), each.answers.get(item.id), words)


def _level(item: Indicator, then: Answer | None, now: Answer | None, words: Words) -> Iterator[Said]:
    name = called(item, words)
    yield words("asof.csv_level", item=name), level_said(item, then, words), level_said(item, now, words)
    yield words("asof.csv_target", item=name), target_said(item, then, words), target_said(item, now, words)
    evidence = then.evidence if then else "", now.evidence if now else ""
    if any(evidence):
        yield words("asof.csv_evidence", item=name), *evidence


def _kpi(each: KpiThen, words: Words) -> Iterator[Said]:
    kpi, now, latest = each.then.kpi, each.now, each.then.latest
    yield words("asof.kpi_name"), kpi.name, now.name
    if latest:
        value = kpi_amount(kpi, latest.reading.amount, words)
        today = kpi_amount(now, each.corrected.amount, words) if each.corrected else value
        yield words("asof.csv_value", day=words.date(latest.reading.day)), value, today
    baselines = kpi_amount(kpi, kpi.baseline, words), kpi_amount(now, now.baseline, words)
    yield words("asof.kpi_baseline"), *baselines
    yield words("asof.kpi_target"), kpi_amount(kpi, kpi.target, words), kpi_amount(now, now.target, words)
    yield words("asof.kpi_owner"), kpi.owner, now.owner


def _action(found: AsOf, each: ActionThen, words: Words) -> Iterator[Said]:
    for name in FIELDS:
        then, now = (
            action_said(one, name, found.titles, found.editions, words) for one in (each.then, each.now)
        )
        yield words(f"action.column_{name}"), then, now
