"""The walk from a node's value in one round to its value in a later one, one reason after the other."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from dxassess.assessment.composition import By, Tallies, Voices, parted, people_in_both, tallies, told_by
from dxassess.assessment.explanation import state_of
from dxassess.assessment.model import State
from dxassess.assessment.parts import Input, Kind, Part, Reason, Side
from dxassess.assessment.scoring import exact, value_of
from dxassess.catalogue.model import Edition, Indicator

Levels = Mapping[str, Fraction]
_REASONS: Mapping[State, Reason] = {
    State.OPEN: "open",
    State.CANNOT_SAY: "cannot_say",
    State.NOT_APPLICABLE: "not_applicable",
}


def _levels(side: Side) -> dict[str, Fraction]:
    found = ((one.id, side.scores[one.id].value) for one in side.edition.scored)
    return {known: value for known, value in found if value is not None}


def below(edition: Edition, node: str) -> list[str]:
    """The ids of the indicators a node (a section or an indicator, by id) stands on, in the order of the form."""
    section = edition.sections.get(node)
    return [node] if section is None else [edition.by_code[code].id for code in section.codes()]


def _weighed(edition: Edition, node: str) -> frozenset[str]:
    """The indicators whose own weights count in a node."""
    section = edition.sections.get(node)
    if section is None:
        return frozenset()
    own = section.codes() if section.over == "items" else section.items
    counted = [edition.by_code[code].id for code in own] if section.aggregate == "weighted_mean" else []
    inner = section.sections if section.over == "children" else ()
    return frozenset(counted).union(*(_weighed(edition, child.id) for child in inner))


def known(value: Fraction | None) -> Fraction:
    """A value that is there."""
    assert value is not None
    return value


class Walk:
    """The way from the earlier value to the later, step by step; `value` is where it stands, on the levels in `levels`."""

    def __init__(self, first: Side, last: Side, node: str) -> None:
        self.first, self.last, self.node = first, last, node
        self.start, self.end = _levels(first), _levels(last)
        self.was, self.below = below(first.edition, node), below(last.edition, node)
        self.weighed = _weighed(first.edition, node) | _weighed(last.edition, node)
        self.kept = [one for one in self.below if one in self.start and one in self.end]
        self.levels = dict(self.start)
        self.value = known(first.scores[node].value)
        self.parts: list[Part] = []
        self.untold: list[Indicator] = []
        self.by: By | Literal["voice"] | None = "voice" if first.voices is last.voices is None else None
        self.both = 0
        self.parted: dict[str, int] = {}
        if first.voices is not None and last.voices is not None:
            self.by = told_by(first.voices, last.voices)
            self.both = len(first.voices.names & last.voices.names)

    def revise(self) -> None:
        """From the earlier edition to the later; what the later does not have under the node falls away."""
        touched: dict[str, Reason] = {}
        for one in dict.fromkeys((*self.was, *self.below)):
            reason = self._revised(one)
            if reason is not None and one in self.start:
                touched[one] = reason
        self.levels = {one: self.start[one] for one in self.below if one in self.start}
        self._step("revision", touched)

    def _revised(self, one: str) -> Reason | None:
        """What the revision did to an indicator."""
        if one not in self.below:
            return "gone"
        if one not in self.was:
            return "came"
        then, now = (exact(side.edition.indicators[one].weight) for side in (self.first, self.last))
        return None if one not in self.weighed or then == now else "weight"

    def take_out(self) -> None:
        """What applies no longer, then what has no level any more."""
        lost = {one: _reason(self.last, one) for one in self.levels if one not in self.end}
        gone, silent = _by_applying(lost)
        self._leave("not_applicable", gone)
        self._leave("unanswered", silent)

    def _leave(self, kind: Kind, own: Mapping[str, Reason]) -> None:
        self.levels = {one: level for one, level in self.levels.items() if one not in own}
        self._step(kind, own)

    def move(self) -> None:
        """Changed minds item by item, then who answered."""
        others: dict[str, Fraction] = {}
        for one in self.kept:
            minds, rest = self._split(one)
            if rest:
                others[one] = rest
            if minds:
                before = self.value
                moved = self._moved(one, self.start[one] + minds, minds)
                self.parts.append(Part("moved", before, self.value, (moved,)))
        before = self.value
        who = tuple(self._moved(one, self.end[one], rest) for one, rest in others.items())
        if who:
            self.parts.append(Part("who", before, self.value, who))

    def _split(self, one: str) -> tuple[Fraction, Fraction]:
        """(changed minds, who answered) of an indicator's change."""
        change = self.end[one] - self.start[one]
        if self.by == "voice":
            return change, Fraction()
        then, now = (self._tallies(side.voices, one) for side in (self.first, self.last))
        if then is not None and now is not None:
            self.parted[one] = people_in_both(then, now)
            return parted(then, now)
        if change:
            self.untold.append(self.last.edition.indicators[one])
        return change, Fraction()

    def _tallies(self, voices: Voices | None, one: str) -> Tallies | None:
        by = self.by
        return tallies(voices, by, one) if voices is not None and by in ("person", "role") else None

    def _moved(self, one: str, level: Fraction, by: Fraction) -> Input:
        """Give an indicator another level."""
        before = self.value
        self.levels[one] = level
        self._value_anew()
        return self._input(one, None, by, self.value - before)

    def bring_in(self) -> None:
        """What is answered anew, what applies again, and what the later revision asks for the first time."""
        asked = {one.id for one in self.first.edition.scored}
        came = [one for one in self.below if one in self.end and one not in self.start]
        again, anew = _by_applying({one: _reason(self.first, one) for one in came if one in asked})
        new: dict[str, Reason] = {one: "new" for one in came if one not in asked}
        self._enter("answered", anew)
        self._enter("applicable", again)
        self._enter("added", new)

    def _enter(self, kind: Kind, own: Mapping[str, Reason]) -> None:
        self.levels |= {one: self.end[one] for one in own}
        self._step(kind, own)

    def _step(self, kind: Kind, own: Mapping[str, Reason]) -> None:
        """Value the node anew; a step that touched nothing and moved nothing is none."""
        before = self.value
        self._value_anew()
        if own or before != self.value:
            inputs = tuple(self._input(one, reason) for one, reason in own.items())
            self.parts.append(Part(kind, before, self.value, inputs))

    def _value_anew(self) -> None:
        self.value = known(value_of(self.last.edition, self.node, self.levels))

    def _input(
        self, one: str, reason: Reason | None, by: Fraction | None = None, effect: Fraction | None = None
    ) -> Input:
        known = (self.first if reason == "gone" else self.last).edition.indicators[one]
        weight = exact(known.weight) if one in self.weighed else None
        told = self.by if self.by in ("person", "role") and one in self.parted and reason is None else None
        people = self.parted[one] if told == "person" else 0
        return Input(known, self.start.get(one), self.end.get(one), weight, reason, by, effect, told, people)


def _reason(side: Side, one: str) -> Reason:
    """Why an indicator the edition asks has no level."""
    if one in side.unseen:
        return "unseen"
    state = state_of(side.scores[one].counts)
    return _REASONS[state]


def _by_applying(reasons: Mapping[str, Reason]) -> tuple[dict[str, Reason], dict[str, Reason]]:
    """Those that do not apply, and the others."""
    none: dict[str, Reason] = {}
    others: dict[str, Reason] = {}
    for one, reason in reasons.items():
        (none if reason == "not_applicable" else others)[one] = reason
    return none, others
