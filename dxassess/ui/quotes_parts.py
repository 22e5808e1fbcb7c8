"""What people wrote beside their votes, as quotes: on the board those of the highest and the lowest level."""

from __future__ import annotations

from collections.abc import Sequence

from dxassess.assessment.voting import Comment
from dxassess.text import Words
from dxassess.ui.components import plain
from dxassess.ui.recognition_parts import role_label
from dxassess.usecases.board import Board, Focus

QUOTES = 2


def quotes(words: Words, found: Board, focus: Focus) -> str:
    """What those wrote who gave the highest and the lowest level; in an anonymous round what was written, unsigned."""
    if focus.high or focus.low:
        sides = (("high", focus.high), ("low", focus.low))
        return (
            f'<div class="dx-quotes">{"".join(_side(words, found, name, said) for name, said in sides)}</div>'
        )
    if focus.said:
        return f'<div class="dx-quotes">{_side(words, found, "said", focus.said)}</div>'
    return ""


def _side(words: Words, found: Board, name: str, said: Sequence[Comment]) -> str:
    lines = "".join(_quote(words, found, each) for each in said[:QUOTES])
    more = _more(words, found, said[QUOTES:])
    none = "" if said else f'<p class="dx-quiet">{plain(words("board.wrote_nothing"))}</p>'
    return f"<section><h3>{plain(words(f'board.wrote_{name}'))}</h3>{lines}{none}{more}</section>"


def _more(words: Words, found: Board, said: Sequence[Comment]) -> str:
    if not said:
        return ""
    lines = "".join(_quote(words, found, each) for each in said)
    return f'<details class="dx-more"><summary>{plain(words("board.more", n=len(said)))}</summary>{lines}</details>'


def _quote(words: Words, found: Board, each: Comment) -> str:
    level = "" if each.level is None else f"<b>{plain(words.level(each.level))}</b>"
    said = f"<q>{plain(each.comment)}</q>" if each.comment else ""
    evidence = (
        f'<span class="evidence">{plain(words("board.evidence_was", evidence=each.evidence))}</span>'
        if each.evidence
        else ""
    )
    return f"<blockquote>{level}{said}{evidence}<cite>{plain(_who(words, found, each))}</cite></blockquote>"


def _who(words: Words, found: Board, each: Comment) -> str:
    assert found.views
    role = role_label(words, found.views.names, each.role) if each.role else ""
    return words("workshop.invite.of_person", name=each.name, role=role) if each.name else role
