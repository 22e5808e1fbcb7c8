"""The parts of the result page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.explanation import Explanation, Part
from dxassess.assessment.model import Answer, Round, State
from dxassess.assessment.scoring import NodeScore, highest
from dxassess.catalogue.model import Benchmarks, Edition
from dxassess.figures import averages, dumbbell, radar
from dxassess.text import Words
from dxassess.ui.components import block, chart, html_table, plain, subheading
from dxassess.ui.context import Here, page_at
from dxassess.usecases.result import Average, Result


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
            value=words.number(target.value, 1),
            n_of_m=words.n_of_m(target.counts.n, target.counts.m),
        ),
        words("result.change", value=words.signed(average.change))
        if average.change is not None
        else words("result.no_last"),
    ]
    if average.published:
        published = average.published
        lines.append(
            words(
                "result.published",
                year=published.year,
                current=words.number(published.current_mean),
                target=words.number(published.target_mean),
                n=words.number(published.n, 0),
                source=published.site,
            )
        )
    top = words.level(highest(edition, found.standings.today, node.id))
    return (
        f'<div class="dx-figure"><div class="name">{plain(words("result.average", title=words.of(node.title)))}</div>'
        f'<div class="big">{words.number(node.value, 1)}<small>/ {top}</small></div>'
        + "".join(f'<div class="small">{plain(line)}</div>' for line in lines)
        + "</div>"
    )


def distances(words: Words, found: Result) -> None:
    """How far it is to the named lines, such as 先行企業."""
    for line, missing in found.distances:
        if missing is None:
            continue
        node = found.standings.today[line.of]
        reached = missing <= 0
        whole = node.counts.n == node.counts.m
        key = ("result.reached" if whole else "result.reached_part") if reached else "result.distance"
        block(
            words(
                key,
                title=words.of(line.title),
                line=words.level(line.at_least),
                value=words.number(node.value if reached else missing, 2),
                n_of_m=words.n_of_m(node.counts.n, node.counts.m),
            ),
            "distance",
        )


def averages_chart(words: Words, found: Result) -> None:
    """The averages on the scale, with their marks."""
    subheading(words("result.averages"))
    rows = [
        averages.AverageRow(
            words.of(average.today.title),
            average.today.value,
            average.target.value,
            average.last.value if average.last else None,
            average.published,
            average.today.counts.n,
            average.today.counts.m,
        )
        for average in found.averages
    ]
    scale = found.standings.edition.scale
    chart(averages.draw(rows, scale, words), "averages", averages.describe(rows, scale, words))


def groups_chart(words: Words, found: Result) -> None:
    """The radar over the groups."""
    subheading(words("result.groups"))
    today, targets = found.standings.today, found.standings.targets
    groups = [
        radar.RadarGroup(
            group_label(words, found.standings.edition, group.id),
            today[group.id].value,
            targets[group.id].value,
        )
        for group in found.standings.edition.groups
    ]
    scale = found.standings.edition.scale
    chart(radar.draw(groups, scale, words), "radar", radar.describe(groups, scale, words))


def group_label(words: Words, edition: Edition, group_id: str) -> str:
    """Title of the group, after the number of its key question where it has one and no more."""
    group = edition.sections[group_id]
    keys = [code for code in group.codes() if edition.by_code[code].kind == "key"]
    return " ".join([*(keys if len(keys) == 1 else ()), words.of(group.title)])


def items_chart(words: Words, found: Result) -> None:
    """Every item from current to target."""
    subheading(words("result.items"))
    edition, last = found.standings.edition, found.last
    rows = [
        dumbbell.DumbbellRow(
            item.code,
            words.of(item.title),
            found.standings.today[item.id].value,
            found.standings.targets[item.id].value,
            last.today[item.id].value if last and item.id in last.today else None,
            found.standings.answers.get(item.id, Answer(item.id)).state,
            item.kind == "key",
            group_label(words, edition, edition.group_of[item.id].id),
        )
        for item in edition.scored
    ]
    chart(dumbbell.draw(rows, edition.scale, words), "items", dumbbell.describe(rows, edition.scale, words))


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
        f'<li><span class="value">{words.number(node.value, 1)}</span><span class="dx-code">{plain(node.code or "")}</span>'
        f"{plain(words.of(node.title))}</li>"
        for node in nodes
    )
    st.html(f'<p class="dx-quiet">{plain(title)}</p><ul class="dx-list">{lines}</ul>')


def published_note(words: Words, found: Result) -> None:
    """Every published average of the edition with n, year and source, and the warning that belongs to them."""
    benchmarks = found.standings.edition.benchmarks
    if benchmarks:
        with st.expander(words("result.published_note")):
            block(words.of(benchmarks.warning))
            block(words("result.published_why"))
            st.html(_published_table(words, found.standings.edition, benchmarks))


def _published_table(words: Words, edition: Edition, benchmarks: Benchmarks) -> str:
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


def onward(here: Here, held: Round) -> None:
    """Where to go from the result: back to the answers of an open round, on to the trend from a closed one."""
    page, key = ("progress", "result.go_progress") if held.closed else ("answering", "rounds.go_answer")
    st.page_link(page_at(page), label=here.words(key), query_params=here.link(round=held.id))


def explain_button(here: Here, found: Result, of: str) -> None:
    """Opens the making of any number of this figure."""
    if st.button(here.words("result.explain"), key=f"explain-{of}"):
        nodes = {
            "averages": list(found.standings.edition.head.averages),
            "groups": list(found.standings.edition.head.groups),
            "items": [item.id for item in found.standings.edition.scored],
        }[of]
        st.dialog(here.words("result.explain"), width="large")(_explain)(here, found, nodes)


def _explain(here: Here, found: Result, nodes: list[str]) -> None:
    words, today = here.words, found.standings.today
    node = st.selectbox(
        words("result.explain_pick"), nodes, format_func=lambda known: _node_label(words, today[known])
    )
    which = st.segmented_control(
        words("result.explain_which"),
        ["current", "target"],
        default="current",
        required=True,
        format_func=lambda known: words(f"result.explain_{known}"),
    )
    explanation(words, found.standings.edition, found.explain(node, targets=which == "target"))


def _node_label(words: Words, node: NodeScore) -> str:
    return f"{node.code} {words.of(node.title)}" if node.code else words.of(node.title)


def explanation(words: Words, edition: Edition, made: Explanation) -> None:
    """The formula with its numbers, the parts, what was left out and why, edition and revision."""
    block(_formula(words, made))
    if made.value is not None:
        block(
            words(
                "result.rounding",
                exact=made.value,
                short=words.number(made.value, 1),
                long=words.number(made.value),
                edition=words.of(edition.head.title),
                revision=edition.revision,
            ),
            "quiet",
        )
    if made.parts:
        st.html(_parts_table(words, made.parts))
    if made.formula != "levels":
        subheading(words("result.left_out"))
        if made.left_out:
            st.html(_left_out_table(words, made.left_out))
        else:
            block(words("result.left_out_none"), "quiet")


def _formula(words: Words, made: Explanation) -> str:
    if made.value is None:
        return words("result.formula_none")
    return words(
        f"result.formula_{made.formula}",
        parts=len(made.parts),
        total=words.number(made.total),
        weights=words.number(made.weights, 0 if made.weights.denominator == 1 else 2),
        value=words.number(made.value),
    )


def _parts_table(words: Words, parts: Sequence[Part]) -> str:
    rows = [
        (
            _part_label(words, part),
            words.number(part.value),
            words.number(part.weight, 0 if part.weight.denominator == 1 else 2),
        )
        for part in parts
    ]
    heads = [words("result.column_item"), words("result.column_value"), words("result.column_weight")]
    return html_table(heads, rows, numbers=(1, 2))


def _left_out_table(words: Words, parts: Sequence[Part]) -> str:
    rows = [(_part_label(words, part), _why(words, part.state)) for part in parts]
    return html_table([words("result.column_item"), words("result.column_why")], rows)


def _part_label(words: Words, part: Part) -> str:
    return f"{part.code or ''} {words.of(part.title)}".strip()


def _why(words: Words, state: State) -> str:
    return words(f"answering.state_{state}")
