"""The parts of the page across editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.bridge import Counterpart, Crossing, Row
from dxassess.assessment.model import Round
from dxassess.assessment.scoring import reach
from dxassess.catalogue.crosswalk import Pair
from dxassess.catalogue.model import Edition, Indicator
from dxassess.figures import bridge as figure
from dxassess.figures import small_multiples
from dxassess.figures.stretches import stretches
from dxassess.figures.timeline import Lines
from dxassess.text import Words
from dxassess.ui.components import block, chart, distinct, html_table, plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.own_parts import own_badge
from dxassess.ui.result_parts import group_label
from dxassess.usecases.bridge import View


def edition_name(words: Words, edition: Edition) -> str:
    """The short name of an edition; that of an own arrangement says so itself."""
    return words.of(edition.head.short)


def chooser(here: Here, found: View) -> None:
    """From which edition it is seen; the choice goes into the address."""
    if len(found.choices) < 2:
        return
    names = distinct({each.id: edition_name(here.words, each) for each in found.choices})
    picked = st.segmented_control(
        here.words("editions.from"),
        list(names),
        default=found.edition.id,
        format_func=lambda known: names[known],
        key=f"from-{found.edition.id}",
    )
    if picked and picked != found.edition.id:
        st.query_params["edition"] = picked
        st.rerun()


def damaged(words: Words, found: View) -> None:
    """Rounds whose content no longer fits their hash: named, not shown as truth."""
    for held in found.damaged:
        said = words("rounds.damaged", title=held.title)
        st.html(f'<div class="dx-trouble" role="alert"><p>{plain(said)}</p></div>')


def headline(words: Words, found: View) -> None:
    """How many items go on, are bridged and break, for every edition there are rounds of; and whose words changed."""
    items = len(found.edition.scored)
    for way in found.crossed:
        said = words(
            "editions.headline",
            here=edition_name(words, way.here),
            there=edition_name(words, way.there),
            m=items,
            solid=len(way.solid),
            bridged=len(way.bridged),
            broken=len(way.broken),
        )
        block(said, "question")
    if found.reworded:
        block(words("editions.reworded", n=found.reworded, m=items), "quiet")


def panels(words: Words, found: View) -> None:
    """The items of one section: a panel each, the same as a table, and why they relate."""
    subheading(words("editions.items"), words("editions.key"))
    edition = found.edition
    sizes = {group.id: len(list(group.codes())) for group in edition.groups}
    labels = {known: group_label(words, edition, known) for known in sizes}
    named = distinct(
        {known: words("editions.section_named", title=labels[known], n=n) for known, n in sizes.items()}
    )
    picked = st.selectbox(
        words("editions.section"),
        list(named),
        format_func=lambda known: named[known],
        key=f"section-{edition.id}",
    )
    rows = [row for row in found.rows if edition.group_of[row.item.id].id == picked]
    _charts(words, found, rows)
    items = [row.item.id for row in rows]
    st.html(_rows_table(words, rows))
    _basis(words, [pair for way in found.crossed for pair in way.pairs if pair.here in items])
    _reasons(words, found.crossed, items)


def _charts(words: Words, found: View, rows: Sequence[Row]) -> None:
    runs = stretches([seen.edition for seen in found.rounds.shown], found.edition, words)
    left = iter(rows)
    for row in left:
        for place, each in zip(st.columns(2, gap="medium"), (row, next(left, None)), strict=True):
            if each is not None:
                with place:
                    drawn = figure.draw(each, runs, found.edition.scale, words)
                    chart(drawn, f"bridge-{each.item.id}", figure.describe(each, runs, words))


def _rows_table(words: Words, rows: Sequence[Row]) -> str:
    heads = [words(f"editions.column.{name}") for name in ("item", "own", "related")]
    return _table(heads, [_cells(words, row) for row in rows])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of sentences: on a phone every cell has the whole width."""
    return f'<div class="dx-long">{html_table(heads, rows, card=0)}</div>'


def _cells(words: Words, row: Row) -> tuple[str, str, str]:
    newest = row.newest
    own = words.level(None)
    if newest is not None:
        quarter = words.short_quarter(newest.round.quarter)
        own = words("editions.level_at", level=words.level(newest.value), quarter=quarter)
    related = "\n".join(_steps(words, steps) for steps in _by_item(row))
    return named(words, row.item), own, related or words("editions.nothing_related")


def _by_item(row: Row) -> list[list[tuple[Round, Counterpart]]]:
    """The related items of a row, each with its rounds and levels."""
    every = [(cell.round, each) for cell in row.cells for each in cell.counterparts]
    found: dict[str, list[tuple[Round, Counterpart]]] = {}
    for held, each in every:
        found.setdefault(each.item.id, []).append((held, each))
    return list(found.values())


def _steps(words: Words, steps: Sequence[tuple[Round, Counterpart]]) -> str:
    last = steps[-1][1]
    levels = words("common.comma").join(
        words(
            "editions.level_at",
            quarter=words.short_quarter(held.quarter),
            level=figure.level_said(each.value, each.state, words),
        )
        for held, each in steps
    )
    relation = words(f"editions.relation.{last.pair.relation}") if last.pair else words("editions.rescaled")
    return words("editions.related_cell", related=_related(words, last.item, relation), steps=levels)


def _related(words: Words, item: Indicator, relation: str) -> str:
    return words("editions.related", code=item.code, title=words.of(item.title), relation=relation)


def named(words: Words, item: Indicator) -> str:
    """Number and name of an item."""
    return words("editions.item_named", code=item.code, title=words.of(item.title))


def _basis(words: Words, pairs: Sequence[Pair]) -> None:
    """Whose judgement it is that these relate."""
    for basis, n in Counter(pair.basis for pair in pairs).items():
        block(words(f"editions.basis.{basis}", n=n), "quiet")


def _reasons(words: Words, ways: Sequence[Crossing], items: Sequence[str]) -> None:
    """Why these items relate to others, pair by pair."""
    rows = [row for way in ways for row in _pair_rows(words, way, items)]
    if rows:
        with st.expander(words("editions.reasons", n=len(rows))):
            heads = [words(f"editions.column.{name}") for name in ("item", "related", "relation", "reason")]
            st.html(_table(heads, rows))


def _pair_rows(words: Words, way: Crossing, items: Sequence[str]) -> list[tuple[str, str, str, str]]:
    return [
        (
            named(words, way.here.indicators[pair.here]),
            named(words, way.there.indicators[pair.there]),
            words(f"editions.relation.{pair.relation}"),
            words.of(pair.reason),
        )
        for pair in way.pairs
        if pair.here in items
    ]


def crosswalk(words: Words, found: View) -> None:
    """The crosswalk itself: every item of the viewed edition with what relates to it in another, and why."""
    subheading(words("editions.table.title"))
    if not found.crossings:
        block(words("editions.table.nothing", edition=edition_name(words, found.edition)), "hint")
    for way in found.crossings:
        here, there = edition_name(words, way.here), edition_name(words, way.there)
        block(words("editions.table.lead", here=here, there=there))
        _basis(words, way.pairs)
        heads = [words(f"editions.column.{name}") for name in ("item", "related")]
        rows = [(named(words, item), _all_related(words, way, item)) for item in way.here.scored]
        st.html(_table(heads, rows))
        only_there(words, way)
        _reasons(words, [way], [item.id for item in way.here.scored])


def _all_related(words: Words, way: Crossing, item: Indicator) -> str:
    found = [
        _related(words, way.there.indicators[pair.there], words(f"editions.relation.{pair.relation}"))
        for pair in way.pairs
        if pair.here == item.id
    ]
    return "\n".join(found) or words("editions.nothing_related")


def only_there(words: Words, way: Crossing) -> None:
    """Items of the other edition that nothing in the viewed one relates to: they have no panel here."""
    titles = words("common.comma").join(named(words, item) for item in way.only_there)
    if titles:
        there = edition_name(words, way.there)
        block(words("editions.only_there", there=there, n=len(way.only_there), titles=titles), "quiet")


def averages(here: Here, found: View) -> None:
    """The averages of every edition there are rounds of, each on its own."""
    words = here.words
    subheading(words("editions.averages"), words("editions.averages_lead"))
    if found.edition.id not in [edition.id for edition, _ in found.lines]:
        block(words("editions.averages_none", edition=edition_name(words, found.edition)), "quiet")
    for edition, drawn in found.lines:
        lines: Lines = [
            (words.of(edition.sections[node].title), points) for node, points in drawn.items() if points
        ]
        st.html(f'<p class="dx-see">{plain(edition_name(words, edition))}{own_badge(here, edition)}</p>')
        top = reach(edition, edition.head.averages)
        chart(
            small_multiples.draw(lines, edition.scale, words, "", top),
            f"averages-{edition.id}",
            small_multiples.describe(lines, edition.scale, words),
        )


def left_out(words: Words, found: View) -> None:
    """What is not shown, or not as usual, and why."""
    here, comma = edition_name(words, found.edition), words("common.comma")
    notes = [
        ("silent", found.silent),
        ("rescaled_rounds", found.rescaled),
        ("narrow", [seen.held for seen in found.rounds.narrow]),
        ("unrelated", [seen.held for seen in found.rounds.unrelated]),
    ]
    for note, rounds in notes:
        if rounds:
            titles = comma.join(held.title for held in rounds)
            block(words(f"editions.{note}", here=here, titles=titles), "hint")
    for edition in found.gone:
        block(words("editions.gone", edition=edition_name(words, edition)), "hint")
    if found.stray:
        told = comma.join(words("editions.stray_pair", code=item.code, to=to) for item, to in found.stray)
        block(words("editions.stray", pairs=told), "hint")
