"""What a score sheet comes to: the value of every node, for programs (`as_json`) and for people (`as_lines`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from fractions import Fraction

from dxassess.assessment.distance import distance
from dxassess.assessment.scoring import Counts, NodeScore, Scores, score
from dxassess.catalogue.model import Bilingual, Edition, Threshold
from dxassess.exchange.sheetreader import Row, Sheet, parse_sheet, read_sheet
from dxassess.text import Words

__all__ = [
    "Row",
    "Sheet",
    "aligned",
    "as_json",
    "as_lines",
    "number",
    "parse_sheet",
    "read_sheet",
    "standing",
]

INDENT = "  "
GAP = "  "


def as_json(edition: Edition, sheet: Sheet) -> dict[str, object]:
    """The values of every node in tree order, unrounded: `exact` is the fraction, `value` the nearest float."""
    scores, targets = _scores(edition, sheet)
    return {
        "edition": {
            "id": edition.id,
            "revision": edition.revision,
            "hash": edition.hash,
            "title": _both(edition.head.title),
            "notice": _both(edition.head.notice),
        },
        "scale": list(edition.scale.values),
        "respondents": len(sheet.respondents),
        "averages": list(edition.head.averages),
        "thresholds": [_threshold(threshold, scores) for threshold in edition.head.thresholds],
        "nodes": [_node(edition, node, targets[node.id]) for node in scores.values()],
    }


def as_lines(edition: Edition, sheet: Sheet, words: Words) -> list[str]:
    """The same as a table for the terminal, rounded for print; targets are shown when the sheet has any.

    Below it stands the edition's notice: which words are official and which are not.
    """
    scores, targets = _scores(edition, sheet)
    with_targets = any(node.value is not None for node in targets.values())
    table = [_headings(words), *(_cells(node, targets[node.id], words) for node in scores.values())]
    head = words(
        "score.edition", title=words.of(edition.head.title), id=edition.id, revision=edition.revision
    )
    voices = words("score.respondents", n=len(sheet.respondents))
    below = [_reached(threshold, scores, words) for threshold in edition.head.thresholds]
    width = len(table[0]) if with_targets else 3
    return [
        head,
        voices,
        "",
        *aligned([row[:width] for row in table]),
        "",
        *below,
        _summary(scores, edition, words),
        "",
        words.of(edition.head.notice),
    ]


def _scores(edition: Edition, sheet: Sheet) -> tuple[dict[str, NodeScore], dict[str, NodeScore]]:
    return score(edition, sheet.current_marks()), score(edition, sheet.target_marks())


def _both(text: Bilingual) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def _node(edition: Edition, current: NodeScore, target: NodeScore) -> dict[str, object]:
    indicator = edition.indicators.get(current.id)
    return {
        "id": current.id,
        "code": current.code,
        "title": _both(current.title),
        "title_wording": indicator.wording.title if indicator else None,
        "kind": current.kind,
        "depth": current.depth,
        "parent": current.parent,
        "aggregate": current.aggregate,
        "weight": number(current.weight),
        "current": standing(current),
        "target": standing(target),
    }


def standing(node: NodeScore) -> dict[str, object]:
    """A value with what it stands on."""
    counts = node.counts
    return {
        **number(node.value),
        "n": counts.n,
        "m": counts.m,
        "cannot_say": counts.cannot_say,
        "not_applicable": counts.not_applicable,
        "not_answered": counts.not_answered,
    }


def number(value: Fraction | None) -> dict[str, object]:
    """A number for programs: `exact` is the fraction, `value` the nearest float."""
    return {"value": None if value is None else float(value), "exact": None if value is None else str(value)}


def _threshold(threshold: Threshold, scores: Scores) -> dict[str, object]:
    missing = distance(threshold, scores)
    return {
        "id": threshold.id,
        "of": threshold.of,
        "at_least": threshold.at_least,
        "missing": number(missing),
        "reached": None if missing is None else missing <= 0,
    }


def _headings(words: Words) -> list[str]:
    counts = words("score.counts")
    return [words("score.node"), words("score.current"), counts, words("score.target"), counts]


def _cells(current: NodeScore, target: NodeScore, words: Words) -> list[str]:
    title = words.of(current.title)
    name = title if current.code is None else f"{current.code} {title}"
    cells = [INDENT * current.depth + name]
    for node in (current, target):
        cells += [words.number(node.value), _stands_on(node, words)]
    return cells


def _stands_on(node: NodeScore, words: Words) -> str:
    counts = node.counts
    if node.kind == "section":
        return _counted(node, words)
    if counts.n:
        return ""
    return words(f"score.{_absence(counts)}")


def _counted(node: NodeScore, words: Words) -> str:
    """How many items, and what is made of them where it is no plain mean."""
    counted = words.n_of_m(node.counts.n, node.counts.m)
    if node.aggregate == "mean":
        return counted
    return words("score.counted", counted=counted, aggregate=words(f"figure.aggregate.{node.aggregate}"))


def _absence(counts: Counts) -> str:
    if counts.not_applicable:
        return "not_applicable"
    return "cannot_say" if counts.cannot_say else "not_answered"


def _reached(threshold: Threshold, scores: Scores, words: Words) -> str:
    missing = distance(threshold, scores)
    values = {
        "title": words.of(threshold.title),
        "of": words.of(scores[threshold.of].title),
        "at_least": words.level(threshold.at_least),
    }
    if missing is None:
        return words("score.threshold_unknown", **values)
    if missing <= 0:
        return words("score.threshold_reached", **values)
    return words("score.threshold_missing", missing=words.to_go(missing), **values)


def _summary(scores: Scores, edition: Edition, words: Words) -> str:
    counts = scores[edition.head.tree.id].counts
    return words(
        "score.summary",
        not_answered=counts.not_answered,
        cannot_say=counts.cannot_say,
        not_applicable=counts.not_applicable,
    )


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their columns under each other: names and counts to the left, numbers (every other column) to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [GAP.join(_padded(cell, widths, place) for place, cell in enumerate(row)).rstrip() for row in rows]


def _padded(cell: str, widths: Sequence[int], place: int) -> str:
    blank = " " * (widths[place] - _width(cell))
    return blank + cell if place % 2 else cell + blank


def _width(text: str) -> int:
    """Columns a text takes in a terminal: full-width characters two, combining ones none."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
