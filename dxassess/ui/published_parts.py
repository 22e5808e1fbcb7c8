"""What was published of other companies: who stands beside this one and why, every figure, and the warning that belongs to them."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.benchmark import Beside, groups_for, in_order
from dxassess.catalogue.model import Benchmarks, Edition, PublishedAverage
from dxassess.figures import averages, published
from dxassess.figures.published import PublishedRow
from dxassess.text import Words
from dxassess.ui.components import block, chart, chart_heading, html_table
from dxassess.ui.context import Here
from dxassess.usecases.result import Result


def card_line(words: Words, found: Result, beside: Beside) -> str:
    """The published figure below a large number: whom it is about, from when, of how many."""
    average = beside.average
    return words(
        "result.published",
        group=group_title(words, found, average),
        by=words("common.comma").join(averages.said_by(average, words)),
        current=words.number(average.current_mean),
        target=words.number(average.target_mean),
    )


def group_title(words: Words, found: Result, average: PublishedAverage | None) -> str:
    """Whom a published figure is about; nothing without one."""
    if average is None or found.benchmarks is None:
        return ""
    return words.of(next(group for group in found.benchmarks.groups if group.id == average.group))


def sources(words: Words, found: Result) -> None:
    """Who published the averages on the chart and where they were read, each source once."""
    known = [average.published for average in found.averages if average.published]
    lines = dict.fromkeys(
        words(
            "result.published_below",
            group=group_title(words, found, each),
            by=words("common.comma").join(averages.said_by(each, words)),
            source=each.source,
        )
        for each in known
    )
    if lines:
        block("\n".join(lines), "quiet")


@st.fragment
def published_note(here: Here, found: Result) -> None:
    """Which group was chosen and why, every published figure with n, year and source, and the warning; drawn once it is opened."""
    words, benchmarks = here.words, found.benchmarks
    if benchmarks is None or here.organisation is None:
        return
    edition = found.standings.edition
    unfolded = st.expander(words("result.published_note"), key="published-note", on_change="rerun")
    if not unfolded.open:
        return
    with unfolded:
        block(words.of(benchmarks.warning))
        _chosen(words, found, benchmarks, here.organisation.size)
        _drawn(words, found, benchmarks)
        block(words("result.published_why"))
        st.html(_table(words, edition, benchmarks))


def _chosen(words: Words, found: Result, benchmarks: Benchmarks, size: str) -> None:
    """Which group the size of the organisation picks, and for which averages another had to stand in."""
    titles = {group.id: words.of(group) for group in benchmarks.groups}
    wanted = groups_for(benchmarks, size)[0]
    said = [
        words("result.published_chosen", size=words(f"rounds.sizes.{size}"), group=titles[wanted]),
        *(
            words(
                "result.published_stands_in",
                title=words.of(average.today.title),
                wanted=titles[average.beside.wanted],
                group=titles[average.beside.average.group],
            )
            for average in found.averages
            if average.beside and average.beside.stands_in
        ),
    ]
    block("\n".join(said))
    if benchmarks.basis:
        block(words.of(benchmarks.basis), "quiet")


def _drawn(words: Words, found: Result, benchmarks: Benchmarks) -> None:
    """The figures of the first average, one beside the other."""
    first = found.averages[0]
    titles = {group.id: words.of(group) for group in benchmarks.groups}
    rows = [
        PublishedRow(each, titles[each.group], each is first.published)
        for each in in_order(benchmarks, first.today.id)
    ]
    chart_heading(
        words("result.published_drawn", title=words.of(first.today.title)), words("result.published_apart")
    )
    scale = found.standings.edition.scale
    chart(published.draw(rows, first.today.value, scale, words), "published", published.describe(rows, words))


def _table(words: Words, edition: Edition, benchmarks: Benchmarks) -> str:
    groups = {group.id: words.of(group) for group in benchmarks.groups}
    heads = ("year", "group", "average", "n", "current", "target", "source")
    rows = [
        (
            str(row.year),
            groups[row.group],
            words.of(edition.sections[row.of].title),
            words.number(row.n, 0),
            words.number(row.current_mean),
            words.number(row.target_mean),
            row.source,
        )
        for row in benchmarks.averages
    ]
    return html_table([words(f"result.published_{head}") for head in heads], rows, numbers=(3, 4, 5))
