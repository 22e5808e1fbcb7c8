"""Frameworks of every shape, made in code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from dxassess.assessment.model import FiscalQuarter, Round
from dxassess.catalogue.model import (
    Benchmarks,
    Bilingual,
    Edition,
    EditionHead,
    Indicator,
    Measure,
    Option,
    Role,
    Scale,
    ScaleLevel,
    Section,
    Suggestion,
    Threshold,
    Wording,
)


def _words(text: str) -> Bilingual:
    return Bilingual(ja=f"日本語 {text}", en=f"English {text}")


def _section(spec: Mapping[str, Any]) -> Section:
    return Section(
        id=spec["id"],
        title=_words(spec["id"]),
        aggregate=spec.get("aggregate", "mean"),
        over=spec.get("over", "children"),
        weight=spec.get("weight", 1),
        sections=tuple(_section(child) for child in spec.get("sections", ())),
        items=tuple(spec.get("items", ())),
    )


def _indicator(code: str, **values: Any) -> Indicator:
    return Indicator(
        id=f"t.{code}",
        code=code,
        kind=values.pop("kind", "key"),
        wording=Wording(title="own", question="own"),
        title=_words(code),
        question=_words(code),
        **values,
    )


def _edition(
    tree: Mapping[str, Any],
    *,
    weights: Mapping[str, float] | None = None,
    parents: Mapping[str, str] | None = None,
    scale: Iterable[float] = range(6),
    measures: Iterable[str] = (),
    suggestion: Suggestion | None = None,
    thresholds: tuple[Threshold, ...] = (),
    benchmarks: Benchmarks | None = None,
    conditions: Iterable[str] = (),
) -> Edition:
    """A framework from nested dicts; indicator `1` has the id `t.1`, `parents` names codes."""
    root = _section(tree)
    ticks = tuple(Option(id=condition, ja="条件", en="condition") for condition in conditions)
    indicators = {
        f"t.{code}": _indicator(
            code,
            weight=(weights or {}).get(code, 1),
            parent=f"t.{parents[code]}" if parents and code in parents else None,
            conditions=ticks,
        )
        for code in root.codes()
    }
    counted = Measure(unit=_words("days"), better="lower")
    indicators |= {f"t.{code}": _indicator(code, kind="quantitative", measure=counted) for code in measures}
    groups = (Section(id="counted", title=_words("counted"), items=tuple(measures)),) if measures else ()
    head = EditionHead(
        id="t",
        title=_words("framework"),
        short=_words("framework"),
        status="own",
        revision=1,
        source=_words("source"),
        notice=_words("notice"),
        scale=Scale(levels=tuple(ScaleLevel(value=value, name=_words(str(value))) for value in scale)),
        roles=(Role(id="management", ja="経営", en="Management"), Role(id="it", ja="IT部門", en="IT")),
        not_applicable=(Option(id="none", ja="該当なし", en="None"),),
        suggestion=suggestion,
        tree=root,
        groups=(root.id,),
        averages=(root.id,),
        thresholds=thresholds,
        measures=groups,
    )
    return Edition(head=head, indicators=indicators, benchmarks=benchmarks)


def _round(number: int, edition: str = "t") -> Round:
    return Round(
        id=f"{number:032x}",
        title=f"第{number}回",
        edition=edition,
        revision=1,
        edition_hash="0" * 64,
        held_on=date(2026, 4, 1),
        quarter=FiscalQuarter(2026, 1),
        closed=True,
        closed_at=datetime(2026, 4, 2, tzinfo=UTC),
    )


@pytest.fixture(scope="session")
def framework() -> Callable[..., Edition]:
    """`framework(tree, **more)` → Edition."""
    return _edition


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """`make.round(number)`, `make.words(text)`."""
    return SimpleNamespace(round=_round, words=_words)
