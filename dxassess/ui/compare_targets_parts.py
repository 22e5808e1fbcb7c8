"""Targets reached and missed, and the actions finished between the rounds."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.comparison import Comparison, Finished
from dxassess.assessment.targets import Aim, Outcome
from dxassess.text import Words
from dxassess.ui.compare_parts import item_name, signed
from dxassess.ui.components import block, chart_heading, html_table, plain, subheading
from dxassess.usecases.comparison import Beside

AIM_COLUMNS = ("item", "outcome", "now", "target", "since", "due")
ACTION_COLUMNS = ("action", "day", "items")
SHOWN: tuple[Outcome, ...] = ("reached", "missed", "not_due", "no_day", "no_level")
REST: tuple[Outcome, ...] = ("no_target", "not_applicable")


def reached(words: Words, found: Beside) -> None:
    """How many targets of earlier rounds were reached; every item with one in exactly one count; the list below."""
    if not found.aimed:
        subheading(words("compare.targets"))
        block(words("compare.targets_none"), "quiet")
        return
    sentence = words(
        "compare.targets_see", m=found.aimed, reached=len(found.outcomes["reached"]), newly=found.newly
    )
    chart_heading(words("compare.targets"), sentence, words("compare.targets_lead"))
    st.html('<div class="dx-outcomes">' + "".join(_count(words, found, each) for each in SHOWN) + "</div>")
    _rest(words, found)
    heads = [words(f"compare.aim_column_{name}") for name in AIM_COLUMNS]
    rows = [_aim(words, aim) for each in SHOWN for aim in found.outcomes[each]]
    with st.expander(words("progress.as_table")):
        st.html(html_table(heads, rows, card=0))


def _count(words: Words, found: Beside, outcome: Outcome) -> str:
    n = len(found.outcomes[outcome])
    name, of = words(f"compare.outcome_{outcome}"), words("compare.outcome_n", n=n, m=found.aimed)
    return f'<div class="dx-outcome"><b>{n}</b><span>{plain(name)}</span><small>{plain(of)}</small></div>'


def _rest(words: Words, found: Beside) -> None:
    """The items that are in none of the counts, as they have no target."""
    rest = {each: len(found.outcomes[each]) for each in REST}
    if any(rest.values()):
        block(words("compare.targets_rest", m=len(found.aims), **rest), "quiet")


def _aim(words: Words, aim: Aim) -> list[str]:
    target = words.level(aim.target)
    if aim.lowered is not None:
        target = words("compare.lowered", target=target, before=words.level(aim.lowered))
    return [
        item_name(words, aim.line.item),
        words(f"compare.outcome_{aim.outcome}"),
        words.level(aim.line.at[-1].level),
        target,
        words.quarter(aim.since.quarter) if aim.since else words.level(None),
        words.date(aim.due) if aim.due else words.level(None),
    ]


def finished(words: Words, found: Beside, compared: Comparison) -> None:
    """Actions finished between the first and the last round, and whether their items moved. No cause is claimed."""
    days = {
        "first": words.date(compared.rounds[0].held_on),
        "last": words.date(compared.rounds[-1].held_on),
    }
    if not found.finished:
        subheading(words("compare.actions"))
        block(words("compare.actions_none", **days), "quiet")
        return
    chart_heading(words("compare.actions"), words("compare.actions_see", n=len(found.finished), **days))
    block(words("compare.actions_care"), "quiet")
    heads = [words(f"compare.action_column_{name}") for name in ACTION_COLUMNS]
    st.html(html_table(heads, [_action(words, each) for each in found.finished], card=0))


def _action(words: Words, each: Finished) -> list[str]:
    moved = words("common.comma").join(
        words("compare.action_item", code=line.item.code, change=signed(words, line.change))
        for line in each.lines
    )
    return [each.action.title, words.date(each.day), moved or words("compare.action_no_items")]
