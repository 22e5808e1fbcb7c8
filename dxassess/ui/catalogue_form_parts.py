"""A workbook becomes an edition: what was understood, what a person decides about it, what would change, and the button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dxassess.catalogue.form import Field, Item, Table
from dxassess.errors import DxAssessError
from dxassess.text import Words
from dxassess.ui.catalogue_heads_parts import headings
from dxassess.ui.catalogue_pairs_parts import pairs
from dxassess.ui.components import block, distinct, html_table, notice, plain, subheading
from dxassess.ui.context import Here
from dxassess.ui.forms import kept, only_read, turn
from dxassess.ui.trouble import refused
from dxassess.usecases.catalogues import (
    FIELDS,
    SCALES,
    About,
    Choices,
    Plan,
    Understood,
    Upload,
    Workbook,
    difference_words,
    lender,
    note_words,
    opened,
    planned,
    understood,
    written,
)
from dxassess.usecases.shelf import Shelf

FIRST = 10
NUMBERS = 40


def bring_in(here: Here, shelf: Shelf) -> None:
    """From the file to the button; a file that was taken leaves an empty form behind."""
    words = here.words
    subheading(words("catalogues.import"), words("catalogues.import_why"))
    if (taken := st.session_state.pop("catalogue-taken", None)) is not None:
        block(words("catalogues.taken", **taken), "hint")
    given = st.file_uploader(words("catalogues.upload"), key=f"form-{turn('form')}")
    if given is None:
        return
    try:
        _given(here, shelf, Upload(given.name, given.getvalue()))
    except DxAssessError as error:
        refused(words, error)


def _given(here: Here, shelf: Shelf, file: Upload) -> None:
    words, key = here.words, f"{turn('form')}-{file.digest[:16]}"
    workbook = only_read(f"form-{key}", lambda: opened(file))
    first = understood(workbook, _chosen(key))
    if not first.tables:
        _without_table(words, workbook, first, key)
        return
    _summary(words, first)
    found = understood(workbook, _choices(words, first, key))
    _notes(words, found)
    _items(words, found, key)
    if found.problems:
        for problem in found.problems:
            block(words.told(problem), "hint")
        return
    about = _about(words, shelf, found, key)
    if not about.id or not about.title:
        block(words("catalogues.name_first"), "hint")
        return
    plan = planned(shelf, found, about, lender(shelf))
    _changes(words, plan)
    accepted = pairs(words, shelf, plan, key)
    _write(here, shelf, plan, planned(shelf, found, about, lender(shelf), accepted))


def _without_table(words: Words, workbook: Workbook, found: Understood, key: str) -> None:
    """No headings are known: why, and a person says where they stand."""
    for problem in found.problems:
        block(words.told(problem), "hint")
    heads = headings(words, workbook, key)
    if heads:
        st.session_state[f"choices-{key}"] = Choices(heads=heads)
        st.rerun()


def _summary(words: Words, found: Understood) -> None:
    subheading(words("catalogues.understood"))
    block(words("catalogues.counts", scored=len(found.scored), measured=len(found.measured), left=len(found.left)))  # fmt: skip
    steps = words("common.comma").join(
        words("catalogues.step", level=words.level(step.value), name=step.name) if step.name else words.level(step.value)
        for step in found.steps
    )  # fmt: skip
    block(words(f"catalogues.scale_{found.scale_from}", steps=steps), "quiet")


def _chosen(key: str) -> Choices:
    """What was chosen in the run before, so that what is read above the fields agrees with them."""
    known = st.session_state.get(f"choices-{key}")
    return known if isinstance(known, Choices) else Choices()


def _choices(words: Words, found: Understood, key: str) -> Choices:
    """The questions the sheet leaves open, as fields; the columns folded away."""
    before = _chosen(key)
    sheets = _sheets(words, found, key)
    hidden = before.without_hidden or any(item.hidden for item in found.items)
    without = hidden and st.checkbox(words("catalogues.without_hidden"), key=f"hidden-{key}")
    scale = _scale(words, key) if found.scale_from == "asked" else before.scale
    with st.expander(words("catalogues.columns"), expanded=not found.items, key=f"columns-{key}"):
        columns = {pair for table in found.tables for pair in _columns(words, table, key)}
    chosen = Choices(
        heads=before.heads,
        columns={**before.columns, **dict(columns)},
        numbers={**before.numbers, **_numbers(words, found, key)},
        sheets=sheets,
        without_hidden=bool(without),
        scale=scale,
    )
    st.session_state[f"choices-{key}"] = chosen
    return chosen


def _sheets(words: Words, found: Understood, key: str) -> tuple[str, ...]:
    if len(found.sheets) < 2:
        return ()
    used = list(dict.fromkeys(table.sheet for table in found.tables))
    picked = st.multiselect(words("catalogues.sheets"), found.sheets, default=used, format_func=notice, key=f"sheets-{key}")  # fmt: skip
    return tuple(picked) if list(picked) != used or len(used) < len(found.sheets) else ()


def _scale(words: Words, key: str) -> tuple[int, int]:
    picked = st.selectbox(
        words("catalogues.scale"),
        SCALES,
        format_func=lambda scale: words("catalogues.levels", low=scale[0], high=scale[1]),
        key=f"scale-{key}",
    )
    return picked[0], picked[1]


def _columns(words: Words, table: Table, key: str) -> list[tuple[tuple[str, str], Field | None]]:
    """A list per column; only what a person changed is a choice."""
    block(words("catalogues.table", sheet=table.sheet, row=table.last), "quiet")
    offered: dict[str, Field | None] = {"none": None, **{name: name for name in FIELDS if name != "level"}}
    changed: list[tuple[tuple[str, str], Field | None]] = []
    for column in table.columns:
        if column.field == "level" or not (column.heading or column.field):
            continue
        picked = st.selectbox(
            notice(words("catalogues.column", letter=column.letter, heading=column.heading)),
            list(offered),
            index=list(offered).index(column.field or "none"),
            format_func=lambda name: words(f"form.field_{name}"),
            key=f"column-{key}-{table.sheet}-{table.first}-{column.letter}",
        )
        if offered[picked] != column.field:
            changed.append(((table.sheet, column.letter), offered[picked]))
    return changed


def _numbers(words: Words, found: Understood, key: str) -> dict[tuple[str, int], str]:
    """The numbers that do not stand there as they are, to be confirmed or corrected."""
    doubtful = [item for item in found.items if item.numbering in ("restored", "repeated")][:NUMBERS]
    if not doubtful:
        return {}
    numbers: dict[tuple[str, int], str] = {}
    with st.expander(words("catalogues.numbers", n=len(doubtful)), expanded=True, key=f"numbers-{key}"):
        block(words("catalogues.numbers_why"), "quiet")
        for item in doubtful:
            typed = st.text_input(
                notice(words("catalogues.number", row=item.row, printed=item.printed, title=item.title.ja)),
                item.code,
                max_chars=64,
                key=f"number-{key}-{item.sheet}-{item.row}",
            )
            if typed and typed.strip() != item.code:
                numbers[(item.sheet, item.row)] = typed.strip()
    return numbers


def _notes(words: Words, found: Understood) -> None:
    """What should be known, and the rows that were not taken."""
    told = "".join(f"<li>{plain(note_words(words, note.code, note.values))}</li>" for note in found.notes)
    if told:
        subheading(words("catalogues.told"), words("catalogues.told_why"))
        st.html(f'<ul class="dx-list">{told}</ul>')
    if found.left:
        heads = [words(f"catalogues.left_{name}") for name in ("sheet", "row", "text", "why")]
        rows = [(each.sheet, words.number(each.row, 0), each.text, words(f"form.left_{each.why}")) for each in found.left]  # fmt: skip
        with st.expander(words("catalogues.left", n=len(rows))):
            st.html(html_table(heads, rows, numbers=(1,), card=2))


def _items(words: Words, found: Understood, key: str) -> None:
    """The first items as they would be asked; all of them on demand."""
    if not found.items:
        return
    everything = len(found.items) <= FIRST or st.toggle(words("catalogues.all_items", n=len(found.items)), key=f"all-{key}")  # fmt: skip
    shown = found.items if everything else found.items[:FIRST]
    heads = [words(f"catalogues.item_{name}") for name in ("number", "title", "question", "section", "kind", "levels", "row")]  # fmt: skip
    st.html(html_table(heads, [_item(words, item) for item in shown], numbers=(5, 6), card=1))


def _item(words: Words, item: Item) -> tuple[str, ...]:
    kind = "sub" if item.parent else item.kind
    return (
        item.code,
        item.title.ja,
        item.question.ja,
        words("catalogues.path").join(item.path),
        words(f"catalogues.kind_{kind}"),
        words.number(len(item.levels), 0) if item.kind == "scored" else "–",
        words.number(item.row, 0),
    )


def _about(words: Words, shelf: Shelf, found: Understood, key: str) -> About:
    """Which edition it becomes: a new one, or the next revision of one that was imported before."""
    subheading(words("catalogues.becomes"))
    titles = distinct({known: words.of(each.head.title) for known, each in shelf.own.items()})
    offered = ["", *shelf.own]
    picked = st.selectbox(
        words("catalogues.which"),
        offered,
        format_func=lambda known: titles[known] if known else words("catalogues.new"),
        key=f"which-{key}",
    )
    before = shelf.own.get(picked)
    name = picked or st.text_input(words("catalogues.id"), max_chars=30, help=words("catalogues.id_help"), key=f"id-{key}")  # fmt: skip
    title = st.text_input(words("catalogues.name"), before.head.title.ja if before else found.title, max_chars=100, key=f"title-{key}-{picked}")  # fmt: skip
    title_en = st.text_input(words("catalogues.name_en"), before.head.title.en if before else "", max_chars=100, key=f"title-en-{key}-{picked}")  # fmt: skip
    official = st.checkbox(words("catalogues.official"), before is not None and before.head.status != "own", key=f"official-{key}-{picked}")  # fmt: skip
    block(words("catalogues.official_why"), "quiet")
    return About(name.strip(), title.strip(), title_en.strip(), official)


def _changes(words: Words, plan: Plan) -> None:
    if plan.before is None:
        return
    if not plan.words_differ:
        block(words("catalogues.same", revision=plan.edition.revision), "hint")
        return
    block(words("catalogues.revision", revision=plan.edition.revision, n=len(plan.differences)), "hint")
    heads = [words(f"catalogues.change_{name}") for name in ("number", "what", "before", "after")]
    rows = [(each.code or "–", words(f"form.what_{each.what}"), *difference_words(words, each)) for each in plan.differences]  # fmt: skip
    if rows:
        st.html(html_table(heads, rows, card=0))


def _write(here: Here, shelf: Shelf, shown: Plan, plan: Plan) -> None:
    words = here.words
    if not plan.differs:
        return
    label = words("catalogues.write_new" if shown.before is None else "catalogues.write", revision=plan.edition.revision)  # fmt: skip
    if st.button(label, type="primary", key="write-catalogue"):
        edition = written(shelf, plan)
        taken: Mapping[str, Any] = {"title": words.of(edition.head.title), "revision": edition.revision}
        st.session_state["catalogue-taken"] = taken
        kept("form")
        st.rerun()
