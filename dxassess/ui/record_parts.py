"""The parts of the decision record: one indicator, round by round, as it may be read and printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from dxassess.assessment.action import Action
from dxassess.assessment.columns import columns
from dxassess.assessment.decision import Decision
from dxassess.assessment.model import Answer, Recorded, State
from dxassess.catalogue.model import Edition, Indicator, Level
from dxassess.figures import strip
from dxassess.text import Words
from dxassess.ui.components import distinct, html_table, plain, round_label
from dxassess.ui.context import Here
from dxassess.ui.quotes_parts import some
from dxassess.ui.recognition_parts import role_label
from dxassess.ui.strip_levels import strip_levels
from dxassess.usecases.decisions import DecisionRecord, Recall
from dxassess.usecases.roles import RoleChoice

Roles = Sequence[RoleChoice]


def picked_item(here: Here, edition: Edition, decided: Collection[str]) -> Indicator:
    """The indicator the address names, else the first of those `decided` (ids), else the first; a choice goes into the address."""
    wanted = st.query_params.get("item")
    known = {item.code: item for item in edition.scored}
    first = next((item for item in edition.scored if item.id in decided), edition.scored[0])
    now = known.get(wanted or "", first)
    marked = here.words("record.decided")
    labels = distinct(
        {
            item.code: f"{item.code} {here.words.of(item.title)}{marked if item.id in decided else ''}"
            for item in edition.scored
        }
    )
    picked = st.selectbox(
        here.words("record.pick"),
        list(labels),
        index=list(known).index(now.code),
        format_func=lambda code: labels[code],
        key=f"record-{now.code}",
    )
    if picked != now.code:
        st.query_params["item"] = picked
        st.rerun()
    return now


def sheet(words: Words, found: DecisionRecord, roles: Roles, timezone: str) -> str:
    """The whole record as one piece of the page: what it is about, an overview, and every round, newest first."""
    item = found.indicator
    head = (
        f'<h2><span class="dx-code">{plain(item.code)}</span>{plain(words.of(item.title))}</h2>'
        f'<p class="dx-quiet">{plain(words.of(item.question))}</p>'
    )
    before: dict[str, Level | None] = {}
    last: Level | None = None
    for recall in found.rounds:
        before[recall.held.id] = last
        last = recall.agreed.answer.level if recall.agreed else None
    rounds = "".join(
        _round(words, found.edition, item, recall, roles, before[recall.held.id], timezone)
        for recall in reversed(found.rounds)
    )
    damaged = "".join(
        f'<p class="dx-hint">{plain(words("rounds.damaged", title=held.title))}</p>' for held in found.damaged
    )
    return f'<div class="dx-record">{head}{_overview(words, found)}{_actions(words, found)}{damaged}{rounds}</div>'


def _actions(words: Words, found: DecisionRecord) -> str:
    """What is done to raise the indicator, as it stands today."""
    if not found.actions:
        return ""
    lines = "".join(f"<li>{plain(action_line(words, action))}</li>" for action in found.actions)
    return f'<p class="dx-quiet"><b>{plain(words("record.actions"))}</b></p><ul class="dx-list">{lines}</ul>'


def action_line(words: Words, action: Action) -> str:
    """An action in one line: what, how far, by when."""
    day = action.finished or action.due
    status = words(f"action.status_{action.status}")
    return words(
        "record.action_dated" if day else "record.action",
        title=action.title,
        status=status,
        **({"day": words.date(day)} if day else {}),
    )


def _overview(words: Words, found: DecisionRecord) -> str:
    """Every round in a line: what was agreed, what was aimed at, how many voted."""
    heads = [words(f"record.column_{name}") for name in ("round", "agreed", "target", "dissent")]
    rows = [
        (
            round_label(words, recall.held),
            _standing(words, recall.agreed.answer if recall.agreed else None),
            words.level(recall.agreed.answer.target if recall.agreed else None),
            words.number(len(recall.decisions[-1].dissent), 0) if recall.decisions else "–",
        )
        for recall in found.rounds
    ]
    return html_table(heads, rows, numbers=(2, 3))


def _round(
    words: Words,
    edition: Edition,
    item: Indicator,
    recall: Recall,
    roles: Roles,
    last: Level | None,
    timezone: str,
) -> str:
    title = f"<h3>{plain(round_label(words, recall.held))}</h3>"
    parts = (
        _votes(words, edition, item, recall, roles, last),
        _agreed(words, recall, timezone),
        _said(words, recall, roles),
        _earlier(words, recall, timezone),
    )
    return f"<section>{title}{''.join(parts)}</section>"


def _votes(
    words: Words, edition: Edition, item: Indicator, recall: Recall, roles: Roles, last: Level | None
) -> str:
    if recall.secret:
        return f'<p class="dx-quiet">{plain(words("record.secret"))}</p>'
    if not recall.first and not recall.second:
        return f'<p class="dx-quiet">{plain(words("record.no_votes"))}</p>'
    side = columns(recall.first, recall.second, edition.scale, [role.id for role in roles])
    single = f'<p class="dx-hint">{plain(words("raters.single_item"))}</p>' if recall.voters == 1 else ""
    labels = {column.role: role_label(words, roles, column.role) for column in side}
    known = {role.id: words.of(role) for role in roles} | labels
    levels = strip_levels(words, edition, item)
    agreed = recall.agreed.answer.level if recall.agreed else None
    return f"{single}{strip.draw(strip.Strip(levels, side, agreed, last), known, words)}"


def _agreed(words: Words, recall: Recall, timezone: str) -> str:
    """What was agreed and the words beside it, as a list of names and values."""
    if recall.agreed is None:
        return f'<p class="dx-quiet">{plain(words("record.nothing_agreed"))}</p>'
    answer = recall.agreed.answer
    decision = recall.decisions[-1] if recall.decisions else None
    beside = decision if decision and decision.answer.sequence == recall.agreed.sequence else None
    return _list(
        words,
        {
            "agreed": _standing(words, answer),
            "target": words.level(answer.target),
            "evidence": answer.evidence,
            **(_words_of(words, beside) if beside else {}),
            "when": _when(words, recall.agreed, beside.by if beside else "", timezone),
        },
    )


def _words_of(words: Words, decision: Decision) -> Mapping[str, str]:
    dissent = "\n".join(words("board.dissent_line", who=each.who, why=each.why) for each in decision.dissent)
    return {"reason": decision.reason, "dissent": dissent, "idea": decision.idea}


def _when(words: Words, agreed: Recorded, by: str, timezone: str) -> str:
    when = words.moment(agreed.recorded, timezone)
    return f"{when}{words('board.by', name=by)}" if by else when


def _list(words: Words, lines: Mapping[str, str]) -> str:
    shown = "".join(
        f"<dt>{plain(words(f'record.column_{name}'))}</dt><dd>{plain(value)}</dd>"
        for name, value in lines.items()
        if value
    )
    return f'<dl class="dx-agreed">{shown}</dl>'


def _standing(words: Words, answer: Answer | None) -> str:
    if answer is None or answer.state is State.OPEN:
        return "–"
    return words.level(answer.level) if answer.level is not None else words(f"answering.state_{answer.state}")


def _said(words: Words, recall: Recall, roles: Roles) -> str:
    if not recall.comments:
        return ""
    return f'<div class="dx-quotes"><section><h3>{plain(words("board.wrote_said"))}</h3>{some(words, roles, recall.comments)}</section></div>'


def _earlier(words: Words, recall: Recall, timezone: str) -> str:
    """Earlier records of the same round, folded: nothing that was recorded is lost."""
    earlier = recall.decisions[:-1]
    if not earlier:
        return ""
    lines = "".join(f"<li>{plain(_version(words, each, timezone))}</li>" for each in reversed(earlier))
    folded = plain(words("record.earlier", n=len(earlier)))
    return f'<details class="dx-more"><summary>{folded}</summary><ul>{lines}</ul></details>'


def _version(words: Words, decision: Decision, timezone: str) -> str:
    return words(
        "record.version",
        when=words.moment(decision.recorded, timezone),
        by=words("board.by", name=decision.by) if decision.by else "",
        agreed=_standing(words, decision.answer.answer),
        reason=decision.reason or "–",
    )


def tools(words: Words) -> str:
    """The button that prints the record alone."""
    return f'<p class="dx-tools"><button type="button" class="dx-copy" data-print="dx-record">{plain(words("record.print"))}</button></p>'
