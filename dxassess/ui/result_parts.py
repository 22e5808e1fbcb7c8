"""The parts of the result page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.model import Answer, Round
from dxassess.assessment.scoring import NodeScore, highest, reach
from dxassess.catalogue.model import Aggregate, Edition, Indicator
from dxassess.figures import averages, dumbbell, radar
from dxassess.figures.bars import Group
from dxassess.text import Words
from dxassess.ui.components import (
    block,
    chart,
    chart_heading,
    distinct,
    plain,
    since_words,
    subheading,
)
from dxassess.ui.context import Here, page_at
from dxassess.ui.published_parts import card_line, group_title, sources
from dxassess.usecases.result import Average, Result

MOST_ITEMS = 200
"""How many items one chart shows; more take a browser many seconds."""


def large_numbers(words: Words, found: Result) -> None:
    """The averages as large numbers: n of m, target, since last time, and what was published."""
    st.html(
        '<div class="dx-figures">'
        + "".join(_large(words, found, average) for average in found.averages)
        + "</div>"
    )


def _large(words: Words, found: Result, average: Average) -> str:
    edition, node, target = found.standings.edition, average.today, average.target
    lines = [
        words.n_of_m(node.counts.n, node.counts.m),
        words(
            "result.target",
            value=words.number(target.value),
            n_of_m=words.n_of_m(target.counts.n, target.counts.m),
        ),
        since_words(words, average.since),
    ]
    if average.beside:
        lines.append(card_line(words, found, average.beside))
    top = words.level(highest(edition, found.standings.today, node.id))
    return (
        f'<div class="dx-figure"><div class="name">{plain(_called(words, node))}</div>'
        f'<div class="big">{words.number(node.value)}<small>/ {top}</small></div>'
        + "".join(f'<div class="small">{plain(line)}</div>' for line in lines)
        + "</div>"
    )


def _called(words: Words, node: NodeScore) -> str:
    """What a number is: the mean, the sum or the minimum of a section."""
    return words(
        "result.average", title=words.of(node.title), aggregate=aggregate_word(words, node.aggregate)
    )


def aggregate_word(words: Words, aggregate: Aggregate | None) -> str:
    """`平均`, `合計`, `最小`: what is made of the values of a section."""
    return words(f"figure.aggregate.{aggregate or 'mean'}")


def only_means(edition: Edition) -> bool:
    """Is every value the edition shows as a result a mean?"""
    kinds = {edition.sections[node].aggregate for node in edition.head.averages}
    return kinds <= {"mean", "weighted_mean"}


def distances(words: Words, found: Result) -> None:
    """How far it is to the named lines, such as 先行企業."""
    for line, missing in found.distances:
        if missing is None:
            continue
        node = found.standings.today[line.of]
        reached = missing <= 0
        whole = node.counts.n == node.counts.m
        if reached:
            key = "result.reached" if whole else "result.reached_part"
        else:
            key = "result.distance" if whole else "result.distance_part"
        block(
            words(
                key,
                title=words.of(line.title),
                aggregate=aggregate_word(words, node.aggregate),
                line=words.level(line.at_least),
                value=words.number(node.value) if reached else words.to_go(missing),
                n_of_m=words.n_of_m(node.counts.n, node.counts.m),
            ),
            "distance",
        )


def averages_chart(words: Words, found: Result) -> None:
    """The averages on the scale, with their marks, and below it where the published ones were read."""
    rows = [
        averages.AverageRow(
            words.of(average.today.title),
            average.today.value,
            average.target.value,
            average.last.value if average.last else None,
            average.published,
            average.today.counts.n,
            average.today.counts.m,
            group_title(words, found, average.published),
            aggregate=average.today.aggregate or "mean",
        )
        for average in found.averages
    ]
    scale = found.standings.edition.scale
    title = words("result.averages" if only_means(found.standings.edition) else "result.values")
    chart_heading(title, averages.headline(rows, words))
    top = reach(found.standings.edition, found.standings.edition.head.averages)
    chart(averages.draw(rows, scale, words, "", top), "averages", averages.describe(rows, scale, words))
    sources(words, found)


def groups_chart(words: Words, found: Result) -> None:
    """The radar over the groups."""
    today, targets = found.standings.today, found.standings.targets
    groups = [
        Group(
            chart_label(words, found.standings.edition, group.id),
            today[group.id].value,
            targets[group.id].value,
        )
        for group in found.standings.edition.groups
    ]
    scale = found.standings.edition.scale
    chart_heading(words("result.groups"), radar.headline(groups, words))
    top = reach(found.standings.edition, found.standings.edition.head.groups)
    chart(radar.draw(groups, scale, words, "", top), "radar", radar.describe(groups, scale, words))


def group_label(words: Words, edition: Edition, group_id: str) -> str:
    """Title of the group, after the number of its key question where it has one and no more."""
    return " ".join([*_number(edition, group_id), words.of(edition.sections[group_id].title)])


def chart_label(words: Words, edition: Edition, group_id: str) -> str:
    """`group_label` for narrow places: with the short title, where the edition gives one."""
    group = edition.sections[group_id]
    return " ".join([*_number(edition, group_id), words.of(group.short or group.title)])


def key_label(words: Words, edition: Edition, item: Indicator) -> str:
    """Number and name of a key question for narrow places: that of its group where both bear the same name."""
    group = edition.group_of[item.id]
    same = group.title == item.title
    return f"{item.code} {words.of(group.short or group.title if same else item.title)}"


def _number(edition: Edition, group_id: str) -> list[str]:
    """The number of the group's key question, where it has one and no more."""
    codes = edition.sections[group_id].codes()
    keys = [code for code in codes if edition.by_code[code].kind == "key"]
    return keys if len(keys) == 1 else []


def items_chart(words: Words, found: Result) -> None:
    """Every item from current to target; of an edition with very many, those of the group that is picked."""
    edition = found.standings.edition
    if len(edition.scored) <= MOST_ITEMS:
        rows = _item_rows(words, found, edition.scored)
        chart_heading(words("result.items"), dumbbell.headline(rows, words))
    else:
        chart_heading(words("result.items"), "", words("result.items_many", m=len(edition.scored)))
        items = _items_of_group(words, edition)
        rows = _item_rows(words, found, items[:MOST_ITEMS])
        if len(items) > len(rows):
            block(words("result.items_first", n=len(rows), m=len(items)), "quiet")
        block(dumbbell.headline(rows, words), "see")
    chart(
        dumbbell.draw(rows, edition.scale, words, ""), "items", dumbbell.describe(rows, edition.scale, words)
    )


def _items_of_group(words: Words, edition: Edition) -> Sequence[Indicator]:
    labels = distinct({group.id: chart_label(words, edition, group.id) for group in edition.groups})
    picked = st.selectbox(words("result.items_group"), list(labels), format_func=lambda known: labels[known])
    return [edition.by_code[code] for code in edition.sections[picked].codes()]


def _item_rows(words: Words, found: Result, items: Sequence[Indicator]) -> list[dumbbell.DumbbellRow]:
    edition, last = found.standings.edition, found.last
    groups = {group: chart_label(words, edition, group) for group in edition.head.groups}
    return [
        dumbbell.DumbbellRow(
            item.code,
            words.of(item.title),
            found.standings.today[item.id].value,
            found.standings.targets[item.id].value,
            last.today[item.id].value if last and item.id in last.today else None,
            found.standings.answers.get(item.id, Answer(item.id)).state,
            edition.has_subs and item.kind == "key",
            groups[edition.group_of[item.id].id],
        )
        for item in items
    ]


def strong_and_weak(words: Words, found: Result) -> None:
    """The strongest and the weakest items, side by side."""
    subheading(words("result.strong_weak"), words("result.ties"))
    if not (found.strongest or found.weakest):
        block(words("result.all_equal"), "quiet")
        return
    left, right = st.columns(2, gap="large")
    with left:
        _ranked(words, words("result.strongest"), found.strongest)
    with right:
        _ranked(words, words("result.weakest"), found.weakest)


def _ranked(words: Words, title: str, nodes: Sequence[NodeScore]) -> None:
    """A short list of items with their levels."""
    lines = "".join(
        f'<li><span class="value">{words.level(node.value)}</span><span class="dx-code">{plain(node.code or "")}</span>'
        f"{plain(words.of(node.title))}</li>"
        for node in nodes
    )
    st.html(f'<p class="dx-quiet">{plain(title)}</p><ul class="dx-list">{lines}</ul>')


def onward(here: Here, held: Round) -> None:
    """Where to go from the result: back to the answers of an open round, on to the trend from a closed one."""
    page, key = ("progress", "result.go_progress") if held.closed else ("answering", "rounds.go_answer")
    st.page_link(page_at(page), label=here.words(key), query_params=here.link(round=held.id))
