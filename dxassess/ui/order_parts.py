"""The order of the plan: one sentence, the weights, and every indicator with its terms and what its actions bring."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.priorities import Priority, Weights
from dxassess.catalogue.model import Indicator, Level
from dxassess.text import Words
from dxassess.ui.components import block, html_table, subheading
from dxassess.ui.context import Here
from dxassess.usecases.outlook import Outlook, still_to_go
from dxassess.usecases.planning import Plan, is_important

SHOWN = 10
STEPS = (0.0, 0.5, 1.0, 1.5, 2.0)
AS_IT_STANDS = 1.0
TERMS = ("gap", "importance", "recognition", "effort")
COLUMNS = ("rank", "item", "way", "gap", "importance", "recognition", "effort", "score")


def weights(here: Here) -> Weights:
    """The weights people move; for this visit only."""
    words = here.words
    with st.expander(words("plan.weights")):
        block(words("plan.weights_why"), "quiet")
        chosen = [
            st.segmented_control(
                words(f"plan.weight_{term}"),
                STEPS,
                default=AS_IT_STANDS,
                format_func=lambda step: words.number(step, 1),
                key=f"weight-{term}",
            )
            for term in TERMS
        ]
    return Weights(*(AS_IT_STANDS if step is None else step for step in chosen))


def headline(here: Here, found: Plan, ahead: Outlook) -> None:
    """In one sentence: where to begin, and where the actions that are planned or under way lead."""
    words, item = here.words, found.edition.indicators[found.order[0].terms.indicator]
    first = words("plan.begin_at", code=item.code, title=words.of(item.title))
    if ahead.actions:
        said = words(
            "plan.leads_to",
            n=ahead.actions,
            now=words.number(ahead.whole.now),
            then=words.number(ahead.whole.then),
            target=words.number(ahead.whole.target),
            items=ahead.items,
        )
    else:
        said = words(
            "plan.leads_nowhere",
            now=words.number(ahead.whole.now),
            target=words.number(ahead.whole.target),
            items=ahead.items,
        )
    block(words("plan.headline", first=first, said=said), "question")


def order(here: Here, found: Plan, ahead: Outlook) -> None:
    """The formula, how stable the order is, and the items with every term."""
    words = here.words
    subheading(words("plan.order"), words("plan.formula"))
    if found.is_tied:
        block(words("plan.tied", top=found.top), "hint")
    elif found.order[found.top :]:
        block(words("plan.stable", top=found.top, share=words.percent(found.stable)), "hint")
    if found.edition.has_subs:
        block(words("plan.needs_first"), "quiet")
    _table(here, found, ahead, found.order[:SHOWN])
    rest = found.order[SHOWN:]
    if rest:
        with st.expander(words("plan.rest", n=len(rest))):
            _table(here, found, ahead, rest)
    for why in ("no_level", "no_target"):
        codes = words("common.comma").join(item.code for item, reason in found.left_out if reason == why)
        if codes:
            block(words(f"plan.left_out_{why}", codes=codes), "quiet")


def _table(here: Here, found: Plan, ahead: Outlook, lines: Sequence[Priority]) -> None:
    heads = [here.words(f"plan.column_{name}") for name in COLUMNS]
    st.html(
        html_table(
            heads, [_row(here, found, ahead, line) for line in lines], numbers=(0, 3, 4, 5, 6, 7), card=1
        )
    )


def _row(here: Here, found: Plan, ahead: Outlook, line: Priority) -> tuple[str, ...]:
    words, terms = here.words, line.terms
    item, answer = found.edition.indicators[terms.indicator], found.answers[terms.indicator]
    name = f"{item.code} {words.of(item.title)}"
    if line.raised_by:
        above = found.edition.indicators[line.raised_by]
        name = f"{name}\n{words('plan.raised', code=above.code, title=words.of(above.title))}"
    way = f"{words.level(answer.level)} → {words.level(answer.target)}"
    said = found.said.get(item.id)
    if said and said.due:
        way = words("plan.way_by", way=way, day=words.date(said.due))
    return (
        words.number(line.rank, 0),
        name,
        f"{way}\n{_planned(words, ahead, item, answer.target)}",
        words.number(terms.target_gap, 1),
        _grade(words, terms.importance, is_said=is_important(found, item)),
        words.number(terms.recognition_gap) if item.id in found.apart else "–",
        _grade(words, terms.effort, is_said=said is not None and said.effort is not None),
        words.number(line.score),
    )


def _planned(words: Words, ahead: Outlook, item: Indicator, target: Level | None) -> str:
    """Where the actions that are planned or under way bring an item, or that there is none."""
    if item.id not in ahead.touched:
        return words("plan.no_action")
    then = ahead.levels[item.id]
    left = still_to_go(then, target)
    return words(
        "plan.with_actions" if left else "plan.with_actions_there",
        then=words.level(then),
        left=words.level(left),
    )


def _grade(words: Words, grade: int, *, is_said: bool) -> str:
    """A grade; in brackets where nobody has said it."""
    return words.number(grade, 0) if is_said else words("plan.unsaid", grade=words.number(grade, 0))
