"""What several score sheets come to side by side: each round's values, and between neighbours why they moved.

For programs (`as_json`) and for people (`as_lines`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from dxassess.assessment.composition import named_voices
from dxassess.assessment.movement import KINDS, Input, Movement, Part, Side, below, movement
from dxassess.assessment.reached import Reached, reached
from dxassess.assessment.scoring import NodeScore, Scores, score
from dxassess.catalogue.model import Edition
from dxassess.exchange import scoresheet
from dxassess.exchange.scoresheet import Sheet, aligned, number, standing
from dxassess.figures.waterfall import item_name, label_of
from dxassess.text import Words
from dxassess.text.adding import printed_steps

PLACES = 3
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet as one round: its name, the edition it is read with, its scores of today and of the targets."""

    name: str
    edition: Edition
    sheet: Sheet
    side: Side
    targets: Scores

    def reached(self, node: str) -> Reached:
        """How many indicators below a node have come to their targets."""
        return reached(self.side.scores, self.targets, below(self.edition, node))


def held(name: str, edition: Edition, sheet: Sheet) -> Held:
    """A sheet as a round. Rows without a respondent's name throughout are one voice."""
    scores = score(edition, sheet.current_marks())
    votes = [
        (row.indicator, row.respondent, row.role, row.current)
        for row in sheet.rows
        if isinstance(row.current, int | float)
    ]
    voices = named_voices(votes) if any(sheet.respondents) else None
    return Held(name, edition, sheet, Side(edition, scores, voices), score(edition, sheet.target_marks()))


def node_of(edition: Edition, wanted: str) -> str | None:
    """The id of a section or a scored indicator, by id or by the number on the form; None where there is none."""
    if wanted in edition.sections:
        return wanted
    return next((item.id for item in edition.scored if wanted in (item.id, item.code)), None)


def as_json(rounds: Sequence[Held], nodes: Sequence[str]) -> dict[str, object]:
    """Every round with all its nodes, and for each of `nodes` the movement between neighbours; `exact` is the fraction."""
    return {
        "nodes": list(nodes),
        "rounds": [_round(one, nodes) for one in rounds],
        "pairs": [
            _pair(before, after, movement(before.side, after.side, node))
            for node in nodes
            for before, after in pairwise(rounds)
        ],
    }


def _round(one: Held, nodes: Sequence[str]) -> dict[str, object]:
    scored = scoresheet.as_json(one.edition, one.sheet)
    found = {node: one.reached(node) for node in nodes if node in one.side.scores}
    return {
        "name": one.name,
        **{key: scored[key] for key in ("edition", "scale", "respondents")},
        "targets_reached": {node: {"n": each.n, "m": each.m} for node, each in found.items()},
        "nodes": scored["nodes"],
    }


def _pair(before: Held, after: Held, made: Movement) -> dict[str, object]:
    alike = made.alike
    return {
        "node": made.node,
        "before": before.name,
        "after": after.name,
        "values": {"before": _standing(made.before), "after": _standing(made.after)},
        "change": number(made.change),
        "cannot_be_taken_apart": made.why_not,
        "parts": [_part(part) for part in made.parts],
        "sum": number(None if made.why_not else made.total(*KINDS)),
        "like_for_like": None
        if alike is None
        else {
            "before": number(alike.before),
            "after": number(alike.after),
            "change": number(alike.change),
            "n": alike.n,
            "unchanged": alike.still,
        },
        "who_answered": None
        if made.why_not
        else {
            "change": number(made.total("who")),
            "told_by": made.told_by,
            "respondents_in_both": made.both,
            "cannot_be_told_for": [item.code for item in made.untold],
        },
    }


def _standing(node: NodeScore | None) -> dict[str, object] | None:
    return None if node is None else standing(node)


def _part(part: Part) -> dict[str, object]:
    return {
        "kind": part.kind,
        "change": number(part.change),
        "before": number(part.before),
        "after": number(part.after),
        "items": [_input(one) for one in part.inputs],
    }


def _input(one: Input) -> dict[str, object]:
    return {
        "id": one.indicator.id,
        "code": one.indicator.code,
        "before": number(one.before),
        "after": number(one.after),
        "weight": number(one.weight),
        "reason": one.reason,
        "by": number(one.by),
        "effect": number(one.effect),
        "per_level": number(one.share),
    }


def as_lines(rounds: Sequence[Held], nodes: Sequence[str], words: Words) -> list[str]:
    """The same for the terminal, a block per node; steps are rounded to three decimals."""
    return [line for node in nodes for line in (*_block(rounds, node, words), "")][:-1]


def _block(rounds: Sequence[Held], node: str, words: Words) -> Iterator[str]:
    known = next(one.side.scores[node] for one in reversed(rounds) if node in one.side.scores)
    title = words.of(known.title)
    yield title if known.code is None else f"{known.code} {title}"
    heads = [words(f"score.{name}") for name in ("round", "current", "counts", "target", "counts", "reached")]
    yield from aligned([heads, *(_values(one, node, words) for one in rounds)])
    for before, after in pairwise(rounds):
        made = movement(before.side, after.side, node)
        yield ""
        yield words("score.pair", before=before.name, after=after.name)
        yield from (INDENT + line for line in _told(made, words))


def _values(one: Held, node: str, words: Words) -> list[str]:
    today, target = one.side.scores.get(node), one.targets.get(node)
    if today is None or target is None:
        return [one.name, *["–"] * 5]
    came = one.reached(node)
    return [
        one.name,
        words.number(today.value, PLACES),
        words.n_of_m(today.counts.n, today.counts.m),
        words.number(target.value, PLACES),
        words.n_of_m(target.counts.n, target.counts.m),
        words("score.reached_n", n=came.n, m=came.m),
    ]


def _told(made: Movement, words: Words) -> Iterator[str]:
    if made.why_not is not None:
        yield words(f"movement.why_not_{made.why_not}")
    then, now = (node.value if node else None for node in (made.before, made.after))
    if then is None or now is None or made.alike is None:
        return
    changes = _changes(then, *(part.after for part in made.parts), words=words)
    rows = [
        [label_of(part, words), change, words.number(part.after, PLACES)]
        for part, change in zip(made.parts, changes, strict=True)
    ]
    yield from aligned(
        [
            [words("movement.column_part"), words("movement.column_change"), words("movement.column_value")],
            [words("movement.start"), "", words.number(then, PLACES)],
            *rows,
            [words("movement.total"), *_changes(then, now, words=words), words.number(now, PLACES)],
        ]
    )
    yield words("movement.exactly", value=made.total(*KINDS))
    yield _alike(made, words)
    who = next((change for part, change in zip(made.parts, changes, strict=True) if part.kind == "who"), None)
    yield from _who(made, who or words.signed(Fraction(), PLACES), words)


def _changes(*values: Fraction, words: Words) -> list[str]:
    """From value to value as printed, so that the column adds up."""
    return [words.signed(change, PLACES) for change in printed_steps(values, PLACES)]


def _alike(made: Movement, words: Words) -> str:
    alike = made.alike
    assert alike is not None
    return words(
        "score.alike",
        n=alike.n,
        before=words.number(alike.before, PLACES),
        after=words.number(alike.after, PLACES),
        change=_changes(alike.before, alike.after, words=words)[0],
    )


def _who(made: Movement, change: str, words: Words) -> Iterator[str]:
    yield words(f"score.who_{made.told_by or 'untold'}", change=change, n=made.both)
    if made.untold:
        names = words("common.comma").join(item_name(item, words) for item in made.untold)
        yield words("score.untold", items=names)
