"""The parts of the progress page."""

from __future__ import annotations

import streamlit as st

from dxassess import tables
from dxassess.assessment.progress import change
from dxassess.catalogue.model import Edition
from dxassess.figures import small_multiples, trend
from dxassess.figures.timeline import Lines
from dxassess.text import Words
from dxassess.ui.components import block, chart, plain, round_label, subheading, unfolding_tables
from dxassess.ui.context import Here
from dxassess.ui.result_parts import explanation, group_label
from dxassess.usecases.progress import Progress, explained


def damaged(words: Words, found: Progress) -> None:
    """Rounds whose content no longer fits their hash: named, not shown as truth."""
    for held in found.damaged:
        st.html(
            f'<div class="dx-trouble" role="alert"><p>{plain(words("rounds.damaged", title=held.title))}</p></div>'
        )


def headline(words: Words, found: Progress) -> None:
    """What moved, in one sentence."""
    node = found.edition.head.averages[0]
    points = found.lines.get(node, ())
    moved = change(points)
    title = words.of(found.edition.sections[node].title)
    if moved is not None:
        before, after = points[-2], points[-1]
        block(
            words(
                "progress.headline_up",
                title=title,
                before=words.number(before.value),
                after=words.number(after.value),
                change=words.signed(moved),
            ),
            "question",
        )
    elif points:
        block(words("progress.headline_one", title=title, after=words.number(points[-1].value)), "question")
    if len(points) == 1:
        block(words("progress.one_round"), "quiet")


def averages_chart(words: Words, found: Progress) -> None:
    """The averages by quarter, targets as a line."""
    subheading(words("progress.averages"), words("progress.population"))
    lines: Lines = [
        (words.of(found.edition.sections[node].title), found.lines.get(node, ()))
        for node in found.edition.head.averages
    ]
    scale = found.edition.scale
    chart(trend.draw(lines, scale, words), "trend", trend.describe(lines, scale, words))


def groups_chart(words: Words, found: Progress) -> None:
    """A small panel per group."""
    subheading(words("progress.groups"))
    lines: Lines = [
        (group_label(words, found.edition, group.id), found.lines.get(group.id, ()))
        for group in found.edition.groups
    ]
    scale = found.edition.scale
    figure = small_multiples.draw(lines, scale, words, _moved(words, lines))
    chart(figure, "groups", small_multiples.describe(lines, scale, words))


def keys_chart(words: Words, found: Progress) -> None:
    """A small panel per key question."""
    keys = [item for item in found.edition.scored if item.kind == "key"]
    if not keys:
        return
    subheading(words("progress.keys"))
    lines: Lines = [(f"{item.code} {words.of(item.title)}", found.lines.get(item.id, ())) for item in keys]
    scale = found.edition.scale
    figure = small_multiples.draw(lines, scale, words, _moved(words, lines) or words("progress.keys_title"))
    chart(figure, "keys", small_multiples.describe(lines, scale, words))


def _moved(words: Words, lines: Lines) -> str | None:
    """How many lines went up, down, and stayed since last time; None where nothing can be compared."""
    known = [moved for moved in (change(points) for _, points in lines) if moved is not None]
    up, down = [moved for moved in known if moved > 0], [moved for moved in known if moved < 0]
    same = [moved for moved in known if moved == 0]
    return words("progress.moved", up=len(up), down=len(down), same=len(same)) if known else None


def rounds_table(words: Words, found: Progress) -> None:
    """The averages as numbers, each with what it stands on."""
    titles = found.edition.sections
    lines: Lines = [
        (words.of(titles[node].title), found.lines.get(node, ())) for node in found.edition.head.averages
    ]
    unfolding_tables((words("progress.as_table"), "trend-table", lambda: tables.trend(lines, words)))


def explain_button(here: Here, found: Progress) -> None:
    """Opens the making of any point of the lines."""
    if found.rounds and st.button(here.words("result.explain"), key="explain-progress"):
        st.dialog(here.words("result.explain"), width="large")(_explain)(here, found)


def _explain(here: Here, found: Progress) -> None:
    assert here.store
    words, edition = here.words, found.edition
    rounds = {held.id: held for held in reversed(found.rounds)}
    picked = st.selectbox(
        words("rounds.pick"), list(rounds), format_func=lambda known: round_label(words, rounds[known])
    )
    node = st.selectbox(
        words("result.explain_pick"),
        list(found.lines),
        format_func=lambda known: node_title(words, edition, known),
    )
    explanation(words, edition, explained(here.app, here.store, rounds[picked], node))


def node_title(words: Words, edition: Edition, node: str) -> str:
    """The words of a section, or number and name of an indicator."""
    section = edition.sections.get(node)
    if section:
        return words.of(section.title)
    item = edition.indicators[node]
    return f"{item.code} {words.of(item.title)}"
