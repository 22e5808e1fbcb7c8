"""A paper ballot that came back: what it says, and what that would change of what is stored. Values only.

Blank takes nothing away: what stands on paper is put in, what is left blank stays as it was. Until the reveal nobody may
read a vote, so whoever imports is shown a `PaperSummary`: which items are new, given before or blank, never a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dxassess.assessment.model import Answer, Ballot, Respondent, State
from dxassess.assessment.scoring import Mark, current_mark
from dxassess.catalogue.model import Edition, Indicator

Standing = Literal["new", "given", "same", "blank"]
Part = Literal["current", "target", "reason", "evidence", "comment"]
TEXT_LIMIT = 4_000
"""Characters of evidence or comment."""
STANDINGS: tuple[Standing, ...] = ("new", "given", "same", "blank")
PARTS: tuple[Part, ...] = ("current", "target", "reason", "evidence", "comment")


@dataclass(frozen=True, slots=True)
class PaperBallot:
    """A ballot as it came back. `digest` is the SHA-256 of the file; `answers` by indicator id, blank rows left out."""

    file: str
    digest: str
    round: str
    vote: Ballot
    respondent: Respondent
    answers: Mapping[str, Answer]

    def key(self, indicator: str, based_on: int | None) -> str:
        """What makes writing an answer a second time harmless: this file, this item, upon what stood (its sequence)."""
        return f"{self.digest}:{indicator}:{based_on}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an indicator, by its number, before and after. `current` is a level, cannot say or not applicable."""

    code: str
    part: Part
    before: Mark | str | None
    after: Mark | str | None


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """What importing a ballot would do, without saying what anybody voted. `codes`: the numbers of the items, in order.

    `given`: something was said of it on paper before, and whether that was the same is not told: with copies of a blank
    ballot one could try out levels until nothing changes. `same` is told of a file that is in already, and only as a whole.
    """

    file: str
    respondent: Respondent
    codes: Mapping[Standing, tuple[str, ...]]

    @property
    def changes(self) -> int:
        """How many items would be written."""
        return len(self.codes["new"]) + len(self.codes["given"])


@dataclass(frozen=True, slots=True)
class PaperDifferences:
    """What importing a ballot would do, value by value: for the person's own eyes, and for everybody after the reveal.

    `answers`: what the paper says of the items that would be written, in the order of the edition.
    """

    ballot: PaperBallot
    without_values: PaperSummary
    rows: tuple[Difference, ...]
    answers: tuple[Answer, ...]


def differences(
    edition: Edition, ballot: PaperBallot, stored: Mapping[str, Answer], is_in: bool = False
) -> PaperDifferences:
    """What a ballot would change of the same person's stored answers (by indicator id). `is_in`: this very file was taken in."""
    codes: dict[Standing, tuple[str, ...]] = dict.fromkeys(STANDINGS, ())
    rows: list[Difference] = []
    answers: list[Answer] = []
    for indicator in edition.scored:
        before, said = stored.get(indicator.id), ballot.answers.get(indicator.id)
        standing = _standing(before, said)
        codes[standing] += (indicator.code,)
        if said is not None and standing != "blank" and (before is None or amended(before, said) != before):
            rows += _rows(indicator, before or Answer(indicator.id), said)
            answers.append(said)
    if is_in and not answers:
        codes |= {"given": (), "same": codes["given"]}
    summary = PaperSummary(ballot.file, ballot.respondent, codes)
    return PaperDifferences(ballot, summary, tuple(rows), tuple(answers))


def amended(before: Answer, said: Answer) -> Answer:
    """What stands after the paper's answer is put in: its fields where it has any, else those from before."""
    whole = said if said.state is not State.OPEN else before
    return replace(
        before,
        state=whole.state,
        level=whole.level,
        reason=whole.reason,
        target=before.target if said.target is None else said.target,
        evidence=said.evidence or before.evidence,
        comment=said.comment or before.comment,
    )


def _standing(before: Answer | None, said: Answer | None) -> Standing:
    if said is None or said == Answer(said.indicator):
        return "blank"
    if before is None or before == Answer(before.indicator):
        return "new"
    return "given"


def _rows(indicator: Indicator, before: Answer, said: Answer) -> list[Difference]:
    after = amended(before, said)
    pairs = ((part, _field(before, part), _field(after, part)) for part in PARTS)
    return [Difference(indicator.code, part, old, new) for part, old, new in pairs if old != new]


def _field(answer: Answer, part: Part) -> Mark | str | None:
    if part == "current":
        return current_mark(answer)
    value: Mark | str | None = getattr(answer, part)
    return value
