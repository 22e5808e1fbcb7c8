"""The sample company's story as told in `demo.yaml`: who takes part, and each indicator as it stood in each round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

from dxassess.assessment.decision import Dissent
from dxassess.assessment.model import Answer, Ballot, State
from dxassess.assessment.suggestion import GATE
from dxassess.catalogue.model import Edition, Indicator, Suggestion
from dxassess.yamlfile import read_yaml

Story = Mapping[str, Any]

_STATES = {"?": State.CANNOT_SAY, "-": State.NOT_APPLICABLE, "": State.OPEN}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the sample company, called by the post they hold."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of the story; `person` is None for the voice of the whole company."""

    person: Person | None
    ballot: Ballot
    answer: Answer


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One indicator in one round (1–5) of the story."""

    indicator: Indicator
    item: Story
    number: int

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def state(self) -> State:
        """Where the company's own answer stands."""
        return _STATES.get(self.item["levels"][self.number - 1], State.ANSWERED)

    @property
    def level(self) -> int | None:
        """The level the company agreed on, None when it agreed on none."""
        return self.item["levels"][self.number - 1] if self.state is State.ANSWERED else None

    @property
    def believed(self) -> int:
        """What votes gather around: the agreed level, or what people thought while there was none."""
        return self.item["believed"] if self.level is None else self.level

    @property
    def target(self) -> int | None:
        target: int | None = self._so_far("target")
        return target

    @property
    def evidence(self) -> str:
        return self._so_far("evidence") or ""

    def words(self, name: str) -> str:
        """What was said under `name` (comment, high, low, moved, idea) in this round alone; empty when nothing."""
        spoken: str = self.item.get(name, {}).get(self.number, "")
        return spoken

    @property
    def dissent(self) -> tuple[Dissent, ...]:
        """Who did not agree in this round, and why."""
        told = self.item.get("dissent", {}).get(self.number)
        return (Dissent(**told),) if told else ()

    def _so_far(self, name: str) -> Any:
        told = self.item[name]
        return next((told[earlier] for earlier in range(self.number, 0, -1) if earlier in told), None)


@cache
def story() -> Story:
    """`demo.yaml` as it stands. RuntimeError when it cannot be read."""
    document, problems = read_yaml(Path(__file__).with_name("demo.yaml"))
    if document is None:
        raise RuntimeError(problems)
    data: Story = document.data
    return data


def people() -> tuple[Person, ...]:
    """Everybody who votes, role by role."""
    return tuple(Person(role, name) for role, names in story()["people"].items() for name in names)


def chapter(edition: Edition, number: int) -> tuple[Told, ...]:
    """All scored indicators as they stood in round `number`."""
    return tuple(Told(edition.by_code[code], item, number) for code, item in story()["items"].items())


def agreed(told: Told, suggestion: Suggestion | None) -> Answer:
    """The company's own answer, with the conditions and gates that fit its level."""
    answer = Answer(told.indicator.id, told.state, comment=told.words("comment"))
    if told.state is State.NOT_APPLICABLE:
        return replace(answer, reason=story()["not_applicable"])
    answer = replace(answer, target=told.target, evidence=told.evidence)
    if told.level is None:
        return answer
    return replace(answer, level=told.level, conditions=_ticked(told, told.level, suggestion))


def _ticked(told: Told, level: int, suggestion: Suggestion | None) -> frozenset[str]:
    """The conditions and gates that fit a level: all conditions from level 3, a third fewer per level below."""
    order = list(told.item.get("ticked") or (condition.id for condition in told.indicator.conditions))
    conditions = order[: ceil(len(order) * min(level, 3) / 3)]
    gates = [gate for gate in suggestion.gates if gate.level <= level] if suggestion else []
    return frozenset([*conditions, *(GATE + gate.id for gate in gates)])


def share(*words: object) -> float:
    """A number from 0 up to 1 that follows from the words alone: what the story takes where it needs chance."""
    return int.from_bytes(sha256("|".join(map(str, words)).encode()).digest()[:4], "big") / 2**32
