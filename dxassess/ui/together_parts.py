"""Recognition over the rounds: whether the company grows together; and the mark of a round one person filled in."""

from __future__ import annotations

from collections.abc import Iterable

from dxassess.assessment.meeting import RecognitionPoint
from dxassess.assessment.model import Round
from dxassess.figures import together as figure
from dxassess.ui.components import block, chart, chart_heading, round_label
from dxassess.ui.context import Here
from dxassess.usecases.together import single_voter, single_voters, together


def over_rounds(here: Here) -> None:
    """The difference of two people round by round, once two closed rounds of an edition have votes."""
    assert here.store
    words = here.words
    found = together(here.app, here.store)
    bars = (
        ()
        if found is None
        else tuple(_bar(point, n) for point, n in zip(found.points, found.people, strict=True))
    )
    if not bars[1:]:
        return
    said = figure.headline(bars, words)
    chart_heading(words("recognition.together"), said, words("recognition.together_lead"))
    chart(figure.draw(bars, words, ""), "together", figure.describe(bars, words))
    if found and found.others:
        block(words("recognition.together_others", n=len(found.others)), "quiet")


def _bar(point: RecognitionPoint, people: int) -> figure.TogetherBar:
    found = point.summary
    if found is None:
        return figure.TogetherBar(point.round, None, None, 0, 0, people)
    return figure.TogetherBar(point.round, found.mean, found.due_to_roles, found.n, found.m, people)


def alone_among(here: Here, rounds: Iterable[Round]) -> None:
    """Names those of several rounds in which one person alone voted, where their numbers stand beside the others'."""
    assert here.store
    single = single_voters(here.app, here.store, rounds)
    if single:
        titles = here.words("common.comma").join(round_label(here.words, held) for held in single)
        block(here.words("raters.single_rounds", titles=titles), "hint")


def alone(here: Here) -> None:
    """A round in which one person voted says so, wherever its numbers are shown."""
    if here.store and here.round and single_voter(here.app, here.store, here.round):
        block(here.words("raters.single_round"), "hint")
