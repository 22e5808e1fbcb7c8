"""What people wrote beside their votes, as quotes: on the board those of the highest and the lowest level."""

from __future__ import annotations

from collections.abc import Sequence

from dxassess.assessment.voting import Comment
from dxassess.text import Words
from dxassess.ui.components import plain
from dxassess.ui.recognition_parts import role_label
from dxassess.usecases.board import Focus
from dxassess.usecases.roles import RoleChoice

QUOTES = 2


def quotes(words: Words, names: Sequence[RoleChoice], focus: Focus) -> str:
    """What those wrote who gave the highest and the lowest level; in an anonymous round what was written, unsigned."""
    if focus.high or focus.low:
        sides = (("high", focus.high), ("low", focus.low))
        return (
            f'<div class="dx-quotes">{"".join(_side(words, names, name, said) for name, said in sides)}</div>'
        )
    if focus.said:
        return f'<div class="dx-quotes">{_side(words, names, "said", focus.said)}</div>'
    return ""


def _side(words: Words, names: Sequence[RoleChoice], name: str, said: Sequence[Comment]) -> str:
    none = "" if said else f'<p class="dx-quiet">{plain(words("board.wrote_nothing"))}</p>'
    return (
        f"<section><h3>{plain(words(f'board.wrote_{name}'))}</h3>{some(words, names, said)}{none}</section>"
    )


def some(words: Words, names: Sequence[RoleChoice], said: Sequence[Comment]) -> str:
    """The first quotes, and the others folded away."""
    first, rest = said[:QUOTES], said[QUOTES:]
    lines = "".join(quote(words, names, each) for each in first)
    if not rest:
        return lines
    more = "".join(quote(words, names, each) for each in rest)
    folded = plain(words("board.more", n=len(rest)))
    return f'{lines}<details class="dx-more"><summary>{folded}</summary>{more}</details>'


def quote(words: Words, names: Sequence[RoleChoice], each: Comment) -> str:
    """One person's comment and evidence beside the level they gave, signed as far as the round allows."""
    level = "" if each.level is None else f"<b>{plain(words.level(each.level))}</b>"
    said = f"<q>{plain(each.comment)}</q>" if each.comment else ""
    evidence = (
        f'<span class="evidence">{plain(words("board.evidence_was", evidence=each.evidence))}</span>'
        if each.evidence
        else ""
    )
    role = role_label(words, names, each.role) if each.role else ""
    who = words("workshop.invite.of_person", name=each.name, role=role) if each.name else role
    return f"<blockquote>{level}{said}{evidence}<cite>{plain(who)}</cite></blockquote>"
