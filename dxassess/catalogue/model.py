"""What is asked: frozen values of an edition. Built by `catalogue.load` from YAML, or from the text a round stored.

Everything a person reads is a `Bilingual`. Order lives in `Edition` alone. No field of the catalogue holds an answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator

from dxassess.catalogue.benchmarks import Benchmarks, PublishedAverage
from dxassess.catalogue.values import (
    Bilingual,
    Code,
    Ident,
    Language,
    Line,
    Number,
    Option,
    Short,
    Step,
    Value,
    Weight,
)

__all__ = [
    "Aggregate",
    "Benchmarks",
    "Bilingual",
    "Crosswalk",
    "Edition",
    "EditionHead",
    "Gate",
    "Indicator",
    "Language",
    "Level",
    "Measure",
    "Option",
    "Over",
    "PublishedAverage",
    "Role",
    "Scale",
    "ScaleLevel",
    "Section",
    "Suggestion",
    "Threshold",
    "Wording",
    "edition_from_text",
]

Level = Number
Aggregate = Literal["mean", "weighted_mean", "sum", "min"]
Over = Literal["children", "items"]


class Role(Option):
    """From where people answer. `stands`: it leads the company or does the work; on no side when left out."""

    stands: Literal["executive", "field"] | None = None


class Gate(Option):
    """A question between two levels; passing it suggests `level`. `needs: all`: every condition is ticked too."""

    level: Step
    needs: Literal["any", "all"]


class Suggestion(Value):
    """How ticked conditions suggest a level: `any_condition` once one is ticked, then gate after gate."""

    any_condition: Step
    gates: tuple[Gate, ...] = ()


class ScaleLevel(Value):
    """One step of the scale: its number, its name (short for charts), and in plain words what it stands for."""

    value: Step
    name: Bilingual
    short: Short | None = None
    character: Bilingual | None = None


class Scale(Value):
    """An ordered list of numbers. `described: indicators` asks each indicator for its own text per level."""

    described: Literal["indicators", "scale"] = "indicators"
    names: Literal["official", "own"] = "own"
    levels: tuple[ScaleLevel, ...] = Field(min_length=1, max_length=101)

    @cached_property
    def values(self) -> tuple[Level, ...]:
        """The numbers of the scale, ascending."""
        return tuple(level.value for level in self.levels)

    def position(self, value: Level) -> int:
        """Place of `value` on the scale, from 0. ValueError when it is none of the scale's values."""
        return self.values.index(value)


class Measure(Value):
    """What a quantitative indicator counts: a unit and a direction, or a choice (best first)."""

    unit: Bilingual
    better: Literal["lower", "higher", "neither"]
    decimals: int = Field(default=0, ge=0, le=4)
    choices: tuple[Option, ...] = ()


class Wording(Value):
    """Whose words these are. What is `own` is marked on screen and in every export."""

    title: Literal["official", "own"]
    question: Literal["official", "own"]
    guidance: Literal["official", "own"] = "own"
    levels: Literal["official", "own"] | None = None
    measure: Literal["official", "own"] | None = None


class Crosswalk(Value):
    """How this indicator relates to one of another edition, and why."""

    to: Ident
    relation: Literal["same", "broader", "narrower", "overlaps"]
    levels: Literal["same", "changed"]
    basis: Literal["own", "official"]
    reason: Bilingual


class Indicator(Value):
    """One indicator, as its file describes it."""

    id: Ident
    code: Code
    kind: Literal["key", "sub", "quantitative"]
    parent: Ident | None = None
    wording: Wording
    name_checked: bool = True
    title: Bilingual
    question: Bilingual
    guidance: Bilingual | None = None
    conditions: tuple[Option, ...] = ()
    levels: dict[Step, Bilingual] = Field(default_factory=dict)
    measure: Measure | None = None
    evidence: tuple[Bilingual, ...] = ()
    actions: tuple[Bilingual, ...] = ()
    respondents: tuple[Ident, ...] = ()
    weight: Weight = 1
    crosswalk: tuple[Crosswalk, ...] = ()
    withdrawn: bool = False

    @field_validator("levels")
    @classmethod
    def _ascending(cls, levels: dict[Level, Bilingual]) -> dict[Level, Bilingual]:
        return dict(sorted(levels.items()))


class Section(Value):
    """A node of the tree: either further sections or indicators (by code), never both.

    `over: items` aggregates all indicators below with their own weights, `over: children` the nodes just below.
    `short` stands in charts, where the title is too long.
    """

    id: Ident
    title: Bilingual
    short: Short | None = None
    aggregate: Aggregate = "mean"
    over: Over = "children"
    weight: Weight = 1
    sections: tuple[Section, ...] = ()
    items: tuple[Code, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and every one below it, parents first."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def codes(self) -> Iterator[str]:
        """Codes of all indicators below, in order."""
        for section in self.walk():
            yield from section.items


class Threshold(Value):
    """A named line of a node's value, such as 先行企業: the mean of all current levels is at least 3."""

    id: Ident
    title: Bilingual
    of: Ident
    at_least: Step
    source: Line


class EditionHead(Value):
    """`edition.yaml`: everything about an edition but its indicators."""

    id: Ident
    title: Bilingual
    short: Bilingual
    status: Literal["current", "superseded", "own"]
    revision: int = Field(ge=1)
    published: Line | None = None
    source: Bilingual
    notice: Bilingual
    scale: Scale
    roles: tuple[Role, ...] = Field(min_length=1)
    not_applicable: tuple[Option, ...] = Field(min_length=1)
    suggestion: Suggestion | None = None
    tree: Section
    groups: tuple[Ident, ...] = Field(min_length=1)
    averages: tuple[Ident, ...] = Field(min_length=1)
    thresholds: tuple[Threshold, ...] = ()
    measures: tuple[Section, ...] = ()


class Edition(Value):
    """An edition with all its indicators: the one value the rest of the program is given."""

    head: EditionHead
    indicators: dict[str, Indicator]
    benchmarks: Benchmarks | None = None

    @field_validator("indicators")
    @classmethod
    def _sorted(cls, indicators: dict[str, Indicator]) -> dict[str, Indicator]:
        return dict(sorted(indicators.items()))

    @property
    def id(self) -> str:
        return self.head.id

    @property
    def revision(self) -> int:
        return self.head.revision

    @property
    def scale(self) -> Scale:
        return self.head.scale

    @cached_property
    def scored(self) -> tuple[Indicator, ...]:
        """The indicators that carry a level, in the order of the tree."""
        return tuple(self.by_code[code] for code in self.head.tree.codes())

    @cached_property
    def measured(self) -> tuple[Indicator, ...]:
        """The quantitative indicators, in the order of `measures`."""
        return tuple(self.by_code[code] for section in self.head.measures for code in section.codes())

    @cached_property
    def has_subs(self) -> bool:
        """Do subs stand below key questions? Where none do, being a key question says nothing of an indicator."""
        return any(indicator.kind == "sub" for indicator in self.scored)

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Indicators by the number printed on the form."""
        return {indicator.code: indicator for indicator in self.indicators.values()}

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """Every section of the tree by its id, parents first."""
        return {section.id: section for section in self.head.tree.walk()}

    @cached_property
    def groups(self) -> tuple[Section, ...]:
        """The sections people answer one at a time and the radar draws."""
        return tuple(self.sections[group] for group in self.head.groups)

    @cached_property
    def group_of(self) -> Mapping[str, Section]:
        """The group of each scored indicator, by indicator id."""
        return {self.by_code[code].id: group for group in self.groups for code in group.codes()}

    @cached_property
    def text(self) -> str:
        """Canonical JSON of everything people see; what a round stores and can be rebuilt from. No crosswalk: nobody saw it."""
        unseen = {"indicators": {"__all__": {"crosswalk"}}}
        seen = self.model_dump(mode="json", exclude_defaults=True, exclude=unseen)
        return json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        """SHA-256 of `text`, 64 hex digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def edition_from_text(text: str) -> Edition:
    """The edition that `Edition.text` was made from. Raises pydantic's ValidationError when it is not such a text."""
    return Edition.model_validate_json(text)
