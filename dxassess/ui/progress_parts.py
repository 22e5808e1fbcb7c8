"""The parts of the progress page."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.progress import Point, change
from dxassess.figures import small_multiples, trend
from dxassess.figures.timeline import Lines
from dxassess.text import Words
from dxassess.ui.components import block, chart, plain, subheading
from dxassess.ui.result_parts import group_label
from dxassess.usecases.progress import Progress


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
    chart(small_multiples.draw(lines, scale, words), "groups", small_multiples.describe(lines, scale, words))


def keys_chart(words: Words, found: Progress) -> None:
    """A small panel per key question."""
    keys = [item for item in found.edition.scored if item.kind == "key"]
    if not keys:
        return
    subheading(words("progress.keys"))
    lines: Lines = [(f"{item.code} {words.of(item.title)}", found.lines.get(item.id, ())) for item in keys]
    scale = found.edition.scale
    chart(small_multiples.draw(lines, scale, words), "keys", small_multiples.describe(lines, scale, words))


def rounds_table(words: Words, found: Progress) -> None:
    """The averages as numbers, each with what it stands on."""
    nodes = found.edition.head.averages
    heads = "".join(
        f"<th class=number>{plain(words.of(found.edition.sections[node].title))}</th>" for node in nodes
    )
    rows = "".join(
        f"<tr><td>{plain(words.quarter(held.quarter))}<br><span class=dx-quiet>{plain(held.title)}</span></td>"
        + "".join(_cell(words, found.lines[node][place]) for node in nodes)
        + "</tr>"
        for place, held in enumerate(found.rounds)
    )
    with st.expander(words("progress.as_table")):
        st.html(
            f'<table class="dx-table"><tr><th>{plain(words("home.column_round"))}</th>{heads}</tr>{rows}</table>'
        )


def _cell(words: Words, point: Point) -> str:
    target = words(
        "result.target",
        value=words.number(point.target),
        n_of_m=words.n_of_m(point.target_counts.n, point.target_counts.m),
    )
    return (
        f"<td class=number>{words.number(point.value)}<br><span class=dx-quiet>{plain(words.n_of_m(point.counts.n, point.counts.m))}"
        f"<br>{plain(target)}</span></td>"
    )
