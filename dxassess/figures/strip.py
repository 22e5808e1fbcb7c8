"""Votes by role over the level texts: a row per level, a column per role, a mark per vote. HTML, because the texts break.

Filled marks are votes as they stand; hollow ones, after a second vote, stood there before. The board shows it on a projector,
the decision record prints it. What the names used here look like stands in `ui/style.css`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dxassess.assessment.columns import Column
from dxassess.catalogue.model import Level
from dxassess.figures.roles import role_marks
from dxassess.figures.style import INK, PAPER, RoleMark, level_colours
from dxassess.text import Words

MANY = 12
"""Above this many votes of one role on one level, a mark and their number stand for all."""


@dataclass(frozen=True, slots=True)
class StripLevel:
    """A level with its name and, for this indicator, its text."""

    level: Level
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One indicator. `agreed` is the level of this round, `last` that of the round before; None where there is none."""

    levels: tuple[StripLevel, ...]
    columns: tuple[Column, ...]
    agreed: Level | None = None
    last: Level | None = None


def draw(found: Strip, labels: Mapping[str, str], words: Words) -> str:
    """The table of one indicator. `labels`: every role of the round in its order, so that a role looks the same on every item.

    Without a vote the level texts stand alone, and what will stand beside them is said.
    """
    marks = role_marks(list(labels))
    colours = level_colours(len(found.levels))
    rows = "".join(_row(found, place, colour, labels, marks, words) for place, colour in enumerate(colours))
    again = " again" if any(column.before is not None for column in found.columns) else ""
    empty = "" if found.columns else f'<p class="dx-strip-empty">{escape(words("figure.strip.empty"))}</p>'
    return (
        f'<div class="dx-scroll"><table class="dx-strip{again}"><caption>{escape(describe(found, labels, words))}</caption>'
        f'<colgroup><col class="level"><col class="text"></colgroup>'
        f"{_head(found, labels, marks, words)}<tbody>{rows}</tbody>{_foot(found, words)}</table></div>{empty}"
    )


def describe(found: Strip, labels: Mapping[str, str], words: Words) -> str:
    """The votes in sentences, one role after the other."""
    if not found.columns:
        return words("figure.strip.empty")
    return " ".join(
        words(
            "figure.strip.said",
            role=labels[column.role],
            votes=words("common.comma").join(_votes(found, column, words)) or words("figure.strip.none"),
        )
        for column in found.columns
    )


def mark(role: RoleMark, *, hollow: bool = False) -> str:
    """A role's mark in its colour and shape."""
    was = " dx-was" if hollow else ""
    return f'<i class="dx-mark dx-{role.symbol}{was}" style="color:{role.colour}"></i>'


def _head(found: Strip, labels: Mapping[str, str], marks: Mapping[str, RoleMark], words: Words) -> str:
    heads = "".join(
        f'<th scope="col">{mark(marks[column.role])}<span>{escape(labels[column.role])}</span>'
        f"<b>{escape(_mean(column, words))}</b></th>"
        for column in found.columns
    )
    again = any(column.before is not None for column in found.columns)
    key = words("figure.strip.key_again" if again else "figure.strip.key") if found.columns else ""
    return f'<thead><tr><td colspan="2">{escape(key)}</td>{heads}</tr></thead>'


def _mean(column: Column, words: Words) -> str:
    mean = words.number(column.mean, 1)
    if column.mean_before is None:
        return mean
    return words("figure.strip.moved", before=words.number(column.mean_before, 1), now=mean)


def _row(
    found: Strip,
    place: int,
    colour: str,
    labels: Mapping[str, str],
    marks: Mapping[str, RoleMark],
    words: Words,
) -> str:
    own = found.levels[place]
    names = [name for name, level in (("agreed", found.agreed), ("last", found.last)) if level == own.level]
    tags = "".join(
        f'<span class="dx-strip-{name}">{escape(words(f"figure.strip.{name}"))}</span>' for name in names
    )
    ink = PAPER if 2 * place >= len(found.levels) else INK
    cells = "".join(
        _cell(column, place, labels[column.role], marks[column.role], words) for column in found.columns
    )
    return (
        f'<tr class="{" ".join(names)}"><th scope="row" style="background:{colour};color:{ink}">{escape(words.level(own.level))}</th>'
        f'<td class="text">{tags}<b>{escape(own.name)}</b>{escape(own.text)}</td>{cells}</tr>'
    )


def _cell(column: Column, place: int, label: str, own: RoleMark, words: Words) -> str:
    now, left = column.now[place], column.left[place]
    said = words("figure.strip.cell", role=label, n=now)
    return (
        f'<td title="{escape(said)}">{_marks(own, now)}{_marks(own, left, hollow=True)}</td>'
        if now or left
        else "<td></td>"
    )


def _marks(own: RoleMark, n: int, *, hollow: bool = False) -> str:
    if n > MANY:
        return f'<span class="dx-sum">{mark(own, hollow=hollow)}×{n}</span>'
    return mark(own, hollow=hollow) * n


def _foot(found: Strip, words: Words) -> str:
    """Who gave no level, never drawn like level 0."""
    lines = (
        ("cannot_say", "?", [column.cannot_say for column in found.columns]),
        ("not_applicable", "–", [column.not_applicable for column in found.columns]),
    )
    rows = "".join(
        f'<tr><th scope="row">{sign}</th><td class="text">{escape(words(f"figure.mark.{name}"))}</td>'
        f"{''.join(f'<td>{n or str()}</td>' for n in numbers)}</tr>"
        for name, sign, numbers in lines
        if any(numbers)
    )
    return f"<tfoot>{rows}</tfoot>" if rows else ""


def _votes(found: Strip, column: Column, words: Words) -> Sequence[str]:
    return [
        words("figure.strip.votes", level=words.level(own.level), n=n)
        for own, n in zip(found.levels, column.now, strict=True)
        if n
    ]
