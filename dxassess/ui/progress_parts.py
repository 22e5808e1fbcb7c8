"""The parts of the progress page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess import tables
from dxassess.assessment.progress import Point, Shared, change, shared
from dxassess.assessment.scoring import reach
from dxassess.figures import pulses, small_multiples, trend
from dxassess.figures.timeline import Lines, breaks, unbroken
from dxassess.text import Words
from dxassess.ui.components import (
    block,
    chart,
    chart_heading,
    distinct,
    plain,
    round_labels,
    unfolding_tables,
)
from dxassess.ui.context import Here, page_at
from dxassess.ui.explanation_parts import explanation, node_title, targets_wanted
from dxassess.ui.result_parts import aggregate_word, chart_label, key_label, only_means
from dxassess.usecases.progress import Progress, explained


def damaged(words: Words, found: Progress) -> None:
    """Rounds whose content no longer fits their hash: named, not shown as truth."""
    for held in found.damaged:
        st.html(
            f'<div class="dx-trouble" role="alert"><p>{plain(words("rounds.damaged", title=held.title))}</p></div>'
        )


def scope(here: Here, found: Progress) -> None:
    """Which edition or department is shown, where there is more than one."""
    words = here.words
    if len(found.choices) < 2:
        return
    shown = next(held.id for held, edition in found.choices if edition is found.edition)
    titles = distinct({held.id: words.of(edition.head.short) for held, edition in found.choices})
    picked = st.selectbox(
        words("progress.scope"),
        list(titles),
        index=list(titles).index(shown),
        format_func=lambda known: titles[known],
        key=f"scope-{shown}",
    )
    if picked != shown:
        st.query_params["round"] = picked
        st.rerun()


def headline(words: Words, found: Progress) -> None:
    """Where the first average stands, and from where it came: since last time, and over the line as it is drawn."""
    section = found.edition.sections[found.edition.head.averages[0]]
    points = found.lines.get(section.id, ())
    if points:
        stands = words(
            "progress.headline",
            title=words.of(section.title),
            aggregate=aggregate_word(words, section.aggregate),
            value=words.number(points[-1].value),
        )
        moves = words("common.comma").join(_moves(words, found, points))
        block(words("progress.headline_moved", stands=stands, moves=moves) if moves else stands, "question")
    if len(points) == 1:
        block(words("progress.one_round"), "quiet")


def _moves(words: Words, found: Progress, points: Sequence[Point]) -> list[str]:
    """The way since last time, and since the first round; over the items answered in both where the line was broken in between."""
    if change(points) is None:
        return []
    line = unbroken(points)
    before, last = points[-2], points[-1]
    moves = [_move(words, _since(before, last), before, last)]
    opens = next(point for point in points if point.value is not None)
    if before in line[1:] and line[0] is opens:
        moves.append(_move(words, "first", opens, last))
    elif line[0] is not opens and opens is not before:
        alike = shared(
            found.edition, found.lines, found.edition.head.averages[0], opens.round.id, last.round.id
        )
        if alike:
            moves.append(_alike(words, "first_alike", opens, alike))
    return moves


def _since(before: Point, last: Point) -> str:
    """In which words the way since last time is told: other items may apply by now, more, fewer or as many."""
    if before.counts.m != last.counts.m:
        return "last_items"
    return "last_swapped" if last.others else "last"


def _alike(words: Words, key: str, opens: Point, alike: Shared) -> str:
    return words(
        f"progress.{key}",
        quarter=words.short_quarter(opens.round.quarter),
        n=alike.n,
        before=words.number(alike.before),
        after=words.number(alike.after),
        change=words.signed(alike.change),
    )


def breaks_note(here: Here, found: Progress) -> None:
    """For every place where the first average's line is broken: what it did over the items answered on both sides, and why."""
    words, section = here.words, found.edition.head.averages[0]
    for gap in breaks(found.lines.get(section, ()), found.rounds):
        alike = shared(found.edition, found.lines, section, gap.before.round.id, gap.after.round.id)
        if alike:
            said = _alike(words, "alike", gap.after, alike)
            was, now = gap.before.counts.m, gap.after.counts.m
            key = "progress.broken_swapped" if was == now else "progress.broken"
            block(words(key, was=was, now=now, said=said), "quiet")
            label = words("progress.broken_why", quarter=words.short_quarter(gap.after.round.quarter))
            st.page_link(page_at("movement"), label=label, query_params=here.link(round=gap.after.round.id))


def _move(words: Words, since: str, before: Point, after: Point) -> str:
    return words(
        f"progress.since_{since}",
        quarter=words.quarter(before.round.quarter),
        value=words.number(before.value),
        change=words.signed(change((before, after))),
        before=before.counts.m,
        after=after.counts.m,
    )


def averages_chart(words: Words, found: Progress) -> None:
    """The averages by quarter, targets as a line."""
    title = words("progress.averages" if only_means(found.edition) else "progress.values")
    chart_heading(title, "", words("progress.population"), words("progress.pointing"))
    averages = found.edition.head.averages
    lines: Lines = [
        (words.of(found.edition.sections[node].title), found.lines.get(node, ())) for node in averages
    ]
    scale = found.edition.scale
    top = reach(found.edition, averages)
    between = _between(found, lines, averages)
    figure = trend.draw(lines, scale, words, "", top=top, between=between)
    chart(figure, "trend", trend.describe(lines, scale, words, between))
    pulse_lines(words, found)


def groups_chart(words: Words, found: Progress) -> None:
    """A small panel per group."""
    lines: Lines = [
        (chart_label(words, found.edition, group.id), found.lines.get(group.id, ()))
        for group in found.edition.groups
    ]
    scale = found.edition.scale
    chart_heading(words("progress.groups"), _moved(words, lines) or small_multiples.headline(lines, words))
    top = reach(found.edition, found.edition.head.groups)
    groups = found.edition.head.groups
    between = _between(found, lines, groups)
    figure = small_multiples.draw(lines, scale, words, "", top, between)
    chart(figure, "groups", small_multiples.describe(lines, scale, words, between))


def _between(found: Progress, lines: Lines, nodes: Sequence[str]) -> Lines:
    """The points after pulses of each line; `nodes` are what the lines are of."""
    return [(label, found.pulses.get(node, ())) for (label, _), node in zip(lines, nodes, strict=True)]


def pulse_lines(words: Words, found: Progress) -> None:
    """Below the averages: of each pulse how much was measured, and how much is carried forward."""
    for point in found.pulses.get(found.edition.head.averages[0], ()):
        said = words(
            "progress.pulse",
            quarter=words.quarter(point.round.quarter),
            title=point.round.title,
            counted=pulses.counted(point, words),
            sources=pulses.sources(point, words) or "–",
        )
        block(said, "quiet")


def keys_chart(words: Words, found: Progress) -> None:
    """A small panel per key question."""
    keys = [item for item in found.edition.scored if item.kind == "key"]
    lines: Lines = [
        (
            key_label(words, found.edition, item),
            pulses.merged(found.lines.get(item.id, ()), found.pulses.get(item.id, ())),
        )
        for item in keys
    ]
    full: Lines = [
        (label, found.lines.get(item.id, ())) for (label, _), item in zip(lines, keys, strict=True)
    ]
    scale = found.edition.scale
    chart_heading(words("progress.keys"), _moved(words, full) or words("progress.keys_title"))
    figure = small_multiples.draw(lines, scale, words, "")
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


def explain_button(here: Here, found: Progress, of: str) -> None:
    """Opens the making of any point of this figure."""
    if st.button(here.words("result.explain"), key=f"explain-{of}"):
        nodes = {
            "averages": list(found.edition.head.averages),
            "groups": list(found.edition.head.groups),
            "keys": [item.id for item in found.edition.scored if item.kind == "key"],
        }[of]
        st.dialog(here.words("result.explain"), width="large")(_explain)(here, found, nodes)


def _explain(here: Here, found: Progress, nodes: list[str]) -> None:
    assert here.store
    words, edition = here.words, found.edition
    rounds = {held.id: held for held in reversed(found.rounds)}
    labels = round_labels(words, found.rounds)
    picked = st.selectbox(words("rounds.pick"), list(rounds), format_func=lambda known: labels[known])
    titles = distinct({known: node_title(words, edition, known) for known in nodes})
    node = st.selectbox(words("result.explain_pick"), nodes, format_func=lambda known: titles[known])
    made = explained(here.app, here.store, rounds[picked], node, targets=targets_wanted(words))
    explanation(words, edition, made)
