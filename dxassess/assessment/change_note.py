"""What changed since last time, as facts: no sentence without a number behind it, and no cause claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.assessment.action import Action
from dxassess.assessment.model import Event, Round
from dxassess.assessment.movement import Movement, Why
from dxassess.assessment.scoring import NodeScore, Scores, exact, value_of
from dxassess.assessment.walk import below, known
from dxassess.catalogue.model import Edition, Indicator

PICKS = 3


@dataclass(frozen=True, slots=True)
class Value:
    """Where the node stands now, and where it stood; `before` is None without an earlier round to lay beside it. `why_not`: why the
    two are not subtracted or taken apart."""

    before: NodeScore | None
    after: NodeScore
    change: Fraction | None
    why_not: Why | None = None


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """The change over the `n` indicators that have a level in both rounds, of which `moved` changed theirs."""

    change: Fraction
    n: int
    moved: int


@dataclass(frozen=True, slots=True)
class WithinNoise:
    """Of the indicators that moved, how many did so within the noise of who answered; of `judged` it can be told."""

    within: int
    judged: int


@dataclass(frozen=True, slots=True)
class Largest:
    """The indicators whose levels rose (or fell) most, largest first; `tied` further ones moved as far as the last of them."""

    rose: bool
    moved: tuple[tuple[Indicator, Fraction], ...]
    tied: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How many indicators have a level that had none (`came`), and none that had one (`left`), with what both did to the value."""

    came: tuple[Indicator, ...]
    left: tuple[Indicator, ...]
    change: Fraction


@dataclass(frozen=True, slots=True)
class Target:
    """How far it is to the target over the `n` of `m` indicators that have a level and a target; 0 or less where it is reached."""

    target: Fraction
    missing: Fraction
    n: int
    m: int


@dataclass(frozen=True, slots=True)
class KeysAtLowest:
    """Key questions that stand at the lowest level."""

    level: Fraction
    keys: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Actions done after the day of the earlier round, up to the day of the later one."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """A round that was opened again after it was closed: how many times, and the newest time with its reason."""

    held: Round
    times: int
    newest: Event


Fact = Value | LikeForLike | WithinNoise | Largest | Answered | Target | KeysAtLowest | Finished | Reopened


@dataclass(frozen=True, slots=True)
class Told:
    """A round as the note tells of it: edition, scores of today and of the targets."""

    held: Round
    edition: Edition
    today: Scores
    targets: Scores


def change_note(
    now: Told,
    node: str,
    found: Movement | None,
    actions: Iterable[Action],
    reopened: Sequence[Reopened],
    noise: WithinNoise | None = None,
) -> tuple[Fact, ...]:
    """What can be said of `node` in a round: `found` is its way from the round before, None without one.

    `actions`: those done between the two days (`account.done_between`). `noise`: what is known of it, None where nothing is. A node without value has only what does not need one.
    """
    score = now.today[node]
    facts: list[Fact | None] = []
    if score.value is not None:
        way = (found.before, score, found.change, found.why_not) if found else (None, score, None)
        facts.append(Value(*way))
    if found is not None and found.alike is not None:
        facts.append(LikeForLike(found.alike.change, found.alike.n, found.alike.n - found.alike.still))
        facts += [noise, _largest(found, rose=True), _largest(found, rose=False), _answered(found)]
    done = tuple(actions)
    facts += [_target(now, node), _keys(now), Finished(done) if done else None, *reopened]
    return tuple(fact for fact in facts if fact is not None)


def _largest(found: Movement, *, rose: bool) -> Largest | None:
    moved = [
        (one.indicator, one.by)
        for part in found.of("moved")
        for one in part.inputs
        if one.by is not None and (one.by > 0) is rose
    ]
    if not moved:
        return None
    ranked = sorted(moved, key=lambda each: -abs(each[1]))
    kept = ranked[:PICKS]
    return Largest(rose, tuple(kept), sum(change == kept[-1][1] for _, change in ranked[PICKS:]))


def _answered(found: Movement) -> Answered | None:
    came, left = ("answered", "applicable", "added"), ("not_applicable", "unanswered")
    into = tuple(one.indicator for part in found.parts if part.kind in came for one in part.inputs)
    out = tuple(one.indicator for part in found.parts if part.kind in left for one in part.inputs)
    changes = (part.change for part in found.parts if part.kind in (*came, *left))
    return Answered(into, out, sum(changes, Fraction())) if into or out else None


def _target(now: Told, node: str) -> Target | None:
    levels: dict[str, Fraction] = {}
    targets: dict[str, Fraction] = {}
    for one in below(now.edition, node):
        level, target = now.today[one].value, now.targets[one].value
        if level is not None and target is not None:
            levels[one], targets[one] = level, target
    if not levels:
        return None
    today, aim = (known(value_of(now.edition, node, each)) for each in (levels, targets))
    return Target(aim, aim - today, len(levels), now.today[node].counts.m)


def _keys(now: Told) -> KeysAtLowest | None:
    lowest = exact(now.edition.scale.values[0])
    keys = tuple(
        item for item in now.edition.scored if item.kind == "key" and now.today[item.id].value == lowest
    )
    return KeysAtLowest(lowest, keys) if keys and now.edition.has_subs else None
