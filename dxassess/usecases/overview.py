"""Home: the one next step, and what deserves attention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from dxassess.assessment.hints import hints
from dxassess.assessment.model import Round, State
from dxassess.assessment.progress import Since
from dxassess.assessment.rhythm import PlannedRound
from dxassess.assessment.scoring import NodeScore
from dxassess.assessment.voting import open_ballot
from dxassess.catalogue.model import Bilingual, Edition
from dxassess.catalogue.narrow import covers, is_pulse
from dxassess.errors import RoundDamaged
from dxassess.storage import Store
from dxassess.usecases.answering import Questionnaire, questionnaire
from dxassess.usecases.application import Application
from dxassess.usecases.result import Result, Standings, result, since_last, standings
from dxassess.usecases.rhythm import next_planned
from dxassess.usecases.rounds import NextStep, Standing, next_step, this_quarter, today

MANY_CODES = 8
ATTENTION = 3


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing worth a look: `home.attention_<code>`, its values, and the item it is about."""

    code: Literal["open", "weakest", "target", "untargeted", "evidence"]
    values: dict[str, object] = field(default_factory=dict)
    title: Bilingual | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its numbers; `found` is None where the round is damaged."""

    held: Round
    found: Standings | None

    @property
    def mean(self) -> NodeScore | None:
        """The first average of the edition."""
        return self.found.today[self.found.edition.head.averages[0]] if self.found else None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home page says of the running round, or of the last one; `planned` is the round planned next."""

    step: NextStep
    done: int
    items: int
    attention: tuple[Attention, ...]
    rounds: tuple[RoundLine, ...] = ()
    planned: PlannedRound | None = None

    @property
    def now(self) -> tuple[Round, Since] | None:
        """The newest full round whose first average has a value, beside the newest closed one before it that asked as much."""
        valued = [
            line
            for line in self.rounds
            if line.found and not is_pulse(line.found.edition) and line.mean and line.mean.value is not None
        ]
        if not valued:
            return None
        newest, *before = valued
        assert newest.found and newest.mean
        earlier = (line for line in before if line.held.closed and _asks_the_same(line, newest.found.edition))
        last = next((line.found for line in earlier), None)
        return newest.held, since_last(newest.found, last, newest.mean.id)

    @property
    def left(self) -> int:
        """Items still open."""
        return self.items - self.done


def _asks_the_same(line: RoundLine, edition: Edition) -> bool:
    """Whether a round asked all of what an edition does."""
    return line.found is not None and covers(line.found.edition, edition)


def overview(app: Application, store: Store, where: Standing) -> Overview:
    """Read the running round, or the last closed one; a damaged one stands among the rounds, and nothing is said of it."""
    lines = tuple(_line(app, store, known) for known in reversed(where.rounds))
    held = where.running or where.last_closed
    quarter = this_quarter(app, store)
    if held is None:
        return Overview(next_step(where, 0, 0, quarter), 0, 0, ())
    planned = next_planned(app, store)
    is_due = planned is not None and planned.day <= today(app, store)
    try:
        asked, found = questionnaire(store, held), result(app, store, held)
    except RoundDamaged:
        return Overview(next_step(where, 0, 0, quarter, is_due=is_due), 0, 0, (), lines, planned)
    done, items = asked.done(asked.edition.scored), len(asked.edition.scored)
    workshop = None if held.closed else store.workshop(held.id)
    attention = tuple(_attention(asked, found, is_voted_on=open_ballot(workshop) is not None))[:ATTENTION]
    step = next_step(where, done, items, quarter, workshop.phase if workshop else None, is_due=is_due)
    return Overview(step, done, items, attention, lines, planned)


def open_codes(asked: Questionnaire) -> tuple[str, ...]:
    """Codes of the scored items that are not done, in order."""
    return tuple(item.code for item in asked.edition.scored if not asked.is_done(item))


def shortened(codes: tuple[str, ...]) -> str:
    """At most eight codes, then an ellipsis."""
    return ", ".join(codes[:MANY_CODES]) + (" …" if len(codes) > MANY_CODES else "")


def _line(app: Application, store: Store, held: Round) -> RoundLine:
    try:
        return RoundLine(held, standings(app, store, held))
    except RoundDamaged:
        return RoundLine(held, None)


def _attention(asked: Questionnaire, found: Result, *, is_voted_on: bool) -> Iterator[Attention]:
    left = open_codes(asked)
    if left and not asked.held.closed and not is_voted_on:
        yield Attention("open", {"codes": shortened(left)}, item=left[0])
    furthest = _furthest(found)
    if furthest:
        today, target = furthest
        yield Attention(
            "target",
            {"code": today.code, "level": today.value, "target": target.value},
            today.title,
            today.code,
        )
    bare = _without_target(asked)
    if bare and not furthest and not asked.held.closed:
        yield Attention("untargeted", {"count": len(bare)}, item=bare[0])
    node = _lowest(found, furthest[0] if furthest else None)
    if node:
        yield Attention("weakest", {"code": node.code, "level": node.value}, node.title, node.code)
    bare = _without_evidence(asked)
    if bare:
        yield Attention("evidence", {"count": len(bare)}, item=bare[0])


def _furthest(found: Result) -> tuple[NodeScore, NodeScore] | None:
    today, targets = found.standings.today, found.standings.targets
    pairs = [
        (targets[item.id].value, today[item.id].value, item.id) for item in found.standings.edition.scored
    ]
    gaps = [(target - now, item) for target, now, item in pairs if target is not None and now is not None]
    largest = max(gaps, key=lambda pair: pair[0], default=None)
    return (today[largest[1]], targets[largest[1]]) if largest and largest[0] > 0 else None


def _lowest(found: Result, named: NodeScore | None) -> NodeScore | None:
    """An item at the lowest level, but not the one that is named already."""
    lowest = [node for node in found.weakest if node.value == found.weakest[0].value and node is not named]
    return lowest[0] if lowest else None


def _without_target(asked: Questionnaire) -> list[str]:
    answers = [(item.code, asked.answer(item)) for item in asked.edition.scored]
    return [code for code, answer in answers if answer.state is State.ANSWERED and answer.target is None]


def _without_evidence(asked: Questionnaire) -> list[str]:
    answers = {
        item.id: asked.answer(item)
        for item in asked.edition.scored
        if asked.answer(item).state is not State.OPEN
    }
    found = [hint.indicator for hint in hints(asked.edition, answers) if hint.code == "high_without_evidence"]
    return [asked.edition.indicators[item].code for item in found if item]
