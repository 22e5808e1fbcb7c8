"""The parts of the answering page around the widgets: progress, the way through the form, question, guidance, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import streamlit as st

from dxassess.assessment.model import State
from dxassess.catalogue.model import Edition, Indicator, Section
from dxassess.figures.lettering import clipped
from dxassess.text import Words
from dxassess.ui.answer_form import AnswerForm
from dxassess.ui.components import block, distinct, notice, plain, round_label
from dxassess.ui.context import Here, page_at
from dxassess.ui.keeping import Kept, tell_next_run
from dxassess.ui.trouble import refused
from dxassess.ui.visit import visit
from dxassess.usecases.answering import Questionnaire
from dxassess.usecases.overview import open_codes, shortened

_SIGNS = {State.OPEN: "○", State.CANNOT_SAY: "?", State.NOT_APPLICABLE: "–"}


def item_of_address(asked: Questionnaire) -> Indicator:
    """The item the address names; else the first open one, which the address names from now on."""
    wanted = st.query_params.get("item")
    scored = asked.edition.scored
    named = next((item for item in scored if item.code == wanted), None)
    if named:
        return named
    chosen = next((item for item in scored if not asked.is_done(item)), scored[0])
    st.query_params["item"] = chosen.code
    return chosen


def with_kept(asked: Questionnaire, kept: Kept) -> Questionnaire:
    """The questionnaire with what was just kept."""
    if kept.recorded is None:
        return asked
    return replace(asked, recorded={**asked.recorded, kept.recorded.answer.indicator: kept.recorded})


def progress_line(here: Here, asked: Questionnaire, kept: Kept) -> None:
    """n of m, the bar, and whether what was picked is kept."""
    scored = asked.edition.scored
    done = asked.done(scored)
    share = here.words.number(asked.percent, 0)
    st.html(
        f'<div class="dx-saved">{plain(round_label(here.words, asked.held))}　<b>{plain(here.words.n_of_m(done, len(scored)))}</b>'
        f'　<span role="status">{plain(_saved(here, asked, kept))}</span></div>'
        f'<div class="dx-bar" aria-hidden="true"><span style="width:{share}%"></span></div>{_missing(here, asked)}'
    )


def closed_way(here: Here) -> None:
    """In a closed round: why nothing can be picked, and where to go instead."""
    words = here.words
    block(words("answering.closed_why"), "hint")
    with st.container(horizontal=True, key="closed-way"):
        st.page_link(page_at("result"), label=words("rounds.see_result"), query_params=here.link())
        st.page_link(page_at("rounds"), label=words("answering.go_rounds"), query_params=here.link())


def _missing(here: Here, asked: Questionnaire) -> str:
    left = open_codes(asked)
    if not left or asked.held.closed:
        return ""
    return f'<div class="dx-quiet">{plain(here.words("answering.missing", count=len(left), codes=shortened(left)))}</div>'


def _saved(here: Here, asked: Questionnaire, kept: Kept) -> str:
    if kept.error:
        return here.words("answering.not_saved")
    if asked.held.closed:
        return here.words("answering.closed")
    newest = asked.newest
    if newest is None:
        return here.words("answering.saves_itself")
    return here.words("answering.saved", time=here.clock(newest.recorded))


def navigation(here: Here, asked: Questionnaire, item: Indicator) -> str | None:
    """Groups and the items of this group; the code of an item picked here."""
    group = asked.edition.group_of[item.id]
    codes = list(group.codes())
    _follow_address(item, group.id)
    groups = {found.id: found for found in asked.edition.groups}
    names = distinct(
        {known: _group_name(here.words, asked.edition, found) for known, found in groups.items()}
    )
    group_labels = {known: _group_label(names[known], asked, found) for known, found in groups.items()}
    picked_group = _choice(here.words, "group", group_labels, group.id)
    picked_item = _choice(
        here.words, "item", {code: _item_label(here.words, asked, code) for code in codes}, item.code
    )
    if picked_group not in (None, group.id):
        inside = [asked.edition.by_code[code] for code in groups[str(picked_group)].codes()]
        return next((found for found in inside if not asked.is_done(found)), inside[0]).code
    return picked_item if picked_item not in (None, item.code) else None


def _follow_address(item: Indicator, group: str) -> None:
    memory = visit()
    if memory.item != item.code:
        memory.item = item.code
        for key, value in (("way-group", group), ("way-item", item.code)):
            if key in st.session_state:
                st.session_state[key] = value


def _choice(words: Words, name: str, labels: Mapping[str, str], chosen: str) -> str | None:
    key = f"way-{name}"
    fresh = key not in st.session_state
    return st.segmented_control(
        words(f"answering.way_{name}"),
        list(labels),
        default=chosen if fresh else None,
        format_func=lambda code: labels.get(code, code),
        key=key,
    )


def _group_name(words: Words, edition: Edition, group: Section) -> str:
    """Number of the group's key question where it has one and no more, else its title."""
    keys = [code for code in group.codes() if edition.by_code[code].kind == "key"]
    return keys[0] if len(keys) == 1 else clipped(words.of(group.title), 12)


def _group_label(name: str, asked: Questionnaire, group: Section) -> str:
    """The name of a group, which no other bears, and how much of it is answered."""
    items = tuple(asked.edition.by_code[code] for code in group.codes())
    return f"**{notice(name)}**\u2002{asked.done(items)}/{len(items)}"


def _item_label(words: Words, asked: Questionnaire, code: str) -> str:
    item = asked.edition.by_code[code]
    answer = asked.answer(item)
    sign = words.level(answer.level) if answer.level is not None else _SIGNS[answer.state]
    return f"{notice(code)}  ·  {sign}"


def question(here: Here, asked: Questionnaire, item: Indicator) -> None:
    """Number, name and question, whose words they are, and what the conditions below are for."""
    words = here.words
    kind = [words(f"answering.kind_{item.kind}")] if asked.edition.has_subs else []
    tags = [*kind, _whose_words(words, item)]
    group = asked.edition.group_of[item.id]
    below = f'<p class="dx-quiet">{plain(words("answering.conditions"))}</p>' if item.conditions else ""
    st.html(
        f'<p class="dx-quiet">{plain(words.of(group.title))}</p>'
        f'<p class="dx-item-title"><span class="dx-code">{plain(item.code)}</span>{plain(words.of(item.title))}'
        f"<span class=dx-tags>{''.join(f'<span class=dx-tag>{plain(tag)}</span>' for tag in tags)}</span></p>"
        f'<p class="dx-question">{plain(words.of(item.question))}</p>{below}'
    )


def _whose_words(words: Words, item: Indicator) -> str:
    if item.wording.question == "official":
        return words("answering.wording_official")
    return words("answering.wording_own" if item.wording.title == "official" else "answering.wording_all_own")


def guidance(here: Here, asked: Questionnaire, item: Indicator) -> None:
    """Last time, and what the indicator has of plain words, evidence and next steps; folds away.

    One piece of HTML: what is unfolded stays so when a click draws the page again, and costs that click next to nothing.
    """
    words = here.words
    parts = [_last_time(words, asked, item)]
    about = f"<p>{plain(words.of(item.guidance))}</p>" if item.guidance else ""
    if not item.name_checked:
        about += f'<p class="dx-quiet">{plain(words("answering.name_unchecked"))}</p>'
    if about:
        parts.append(_folding(words("answering.guidance"), about, " open"))
    if item.evidence:
        parts.append(_folding(words("answering.evidence_examples"), _listed(map(words.of, item.evidence))))
    if item.actions:
        parts.append(_folding(words("answering.next_steps"), _listed(map(words.of, item.actions))))
    st.html(f'<div class="dx-guidance">{"".join(parts)}</div>')


def _last_time(words: Words, asked: Questionnaire, item: Indicator) -> str:
    if asked.damaged:
        return f'<p class="dx-hint">{plain(words("rounds.damaged", title=asked.damaged.title))}</p>'
    last = asked.last.get(item.id)
    if last is None:
        return ""
    level = _level_words(words, last.level, last.state)
    said = words("answering.last_was", level=level, evidence=last.evidence or "–")
    return f'<p class="dx-hint dx-last">{plain(said)}</p>'


def _folding(title: str, body: str, state: str = "") -> str:
    return f'<details class="dx-fold"{state}><summary>{plain(title)}</summary>{body}</details>'


def _level_words(words: Words, level: object, state: State) -> str:
    return words.level(level) if isinstance(level, int | float) else words(f"answering.state_{state}")


def _listed(lines: Iterable[str]) -> str:
    return '<ul class="dx-list">' + "".join(f"<li>{plain(line)}</li>" for line in lines) + "</ul>"


def remarks(hints: list[str]) -> None:
    """Gentle hints, where the eye is after a pick."""
    if hints:
        st.html("".join(f'<p class="dx-hint">{plain(line)}</p>' for line in hints))


def footer(here: Here, asked: Questionnaire, item: Indicator, kept: Kept) -> str | None:
    """What could not be kept, the way on, and whether the last pick is kept: always in sight. The code of the item to go to."""
    open_item = asked.next_open(item)
    with st.container(horizontal=True, key="answering-foot"):
        if kept.error:
            refused(here.words, kept.error)
        chosen = _way_on(here, asked, item, open_item)
        if kept.may_be_tried_again:
            st.button(here.words("answering.save_again"), key="save-again")
        if not asked.held.closed:
            look = "dx-kept dx-unkept" if kept.error else "dx-kept"
            st.html(f'<div class="{look}" aria-hidden="true">{plain(_saved(here, asked, kept))}</div>')
    if open_item is None and not asked.held.closed:
        block(here.words("answering.all_done"), "hint")
        for page, label in _after_all(here, asked)[1:]:
            st.page_link(page_at(page), label=label, query_params=here.link())
    return chosen.code if chosen else None


def _way_on(
    here: Here, asked: Questionnaire, item: Indicator, open_item: Indicator | None
) -> Indicator | None:
    before, behind = asked.neighbours(item)
    back = st.button(here.words("answering.back"), disabled=before is None, key="go-back")
    ahead = st.button(here.words("answering.next"), disabled=behind is None, key="go-next")
    jump = False
    if open_item is not None:
        jump = st.button(here.words("answering.next_open"), type="primary", key="go-open")
    elif not asked.held.closed:
        page, label = _after_all(here, asked)[0]
        if st.button(label, type="primary", key="go-on"):
            st.switch_page(page_at(page), query_params=here.link())
    return before if back else behind if ahead else open_item if jump else None


def _after_all(here: Here, asked: Questionnaire) -> list[tuple[str, str]]:
    """Where to go once every item is answered, the next step first: page and label."""
    closing = ("rounds", here.words("answering.go_close"))
    return (
        [("measures", here.words("answering.go_measures")), closing]
        if asked.edition.head.measures
        else [closing]
    )


def shows_other(form: AnswerForm, asked: Questionnaire, item: Indicator, kept: Kept) -> bool:
    """A kept change made another widget of the form out of date (a reason clears the level)."""
    if kept.recorded is None:
        return False
    answer = asked.answer(item)
    return (form.picked["reason"] is not None) != (answer.reason is not None) or (
        form.picked["level"] is not None and answer.state is State.NOT_APPLICABLE
    )


def tell_at_once(item: Indicator, kept: Kept) -> None:
    """A click that only drawing told of was kept, or refused: draw again what stands above it.

    What may be tried again is tried by that run, with the pick still on screen.
    """
    if kept.error and not kept.may_be_tried_again:
        tell_next_run(item, kept)
    if kept.error or kept.recorded:
        st.rerun()


def must_show_stored(item: Indicator) -> bool:
    """Whether the run before asked for this item to be drawn from the store."""
    memory = visit()
    asked, memory.stored = memory.stored, None
    return asked == item.code


def go(item: Indicator, code: str | None, kept: Kept, again: bool) -> None:
    """Go to another item, or draw this one again from the store. What could not be kept stays on screen."""
    if kept.is_stale:
        tell_next_run(item, kept)
        st.rerun()
    if code is not None and kept.error is None:
        st.query_params["item"] = code
        st.rerun()
    if again:
        visit().stored = item.code
        st.rerun()
