"""A self-diagnosis workbook, whatever its layout, as items: what was understood, what was not, and what a person should confirm.

Found by headings and content, never by cell addresses. Answers of a company are not read. See `form_table` for the columns,
`form_rows` for the rows, `form_numbers` for the numbers, `form_legend` for the levels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dxassess.catalogue.form import (
    Both,
    Choices,
    Item,
    Note,
    Numbering,
    ScaleFrom,
    Step,
    Table,
    Understood,
)
from dxassess.errors import Problem
from dxassess.exchange.cells import few
from dxassess.exchange.form_beside import side_by_side
from dxassess.exchange.form_checks import notes_of, problems_of, said_range
from dxassess.exchange.form_columns import is_assessment, place_of
from dxassess.exchange.form_headings import level_of
from dxassess.exchange.form_legend import legend_of
from dxassess.exchange.form_numbers import Placed, codes_of
from dxassess.exchange.form_parts import with_parts
from dxassess.exchange.form_rows import Found, Rows
from dxassess.exchange.form_sections import Stands, numbered_paths, numbers_of, places_of, shown_paths
from dxassess.exchange.form_sheet import Sheet
from dxassess.exchange.form_table import Head, head_at, heads, table
from dxassess.exchange.workbook.values import Workbook

DEFAULT_SCALE = (0, 5)
LONGEST_TITLE = 60
LONGEST_STEP = 500
"""Characters of what a legend says of a level."""
SAME = 0.7
"""Share of items by which a sheet repeats another."""


@dataclass(frozen=True, slots=True)
class Read:
    """A table with its rows."""

    sheet: Sheet
    table: Table
    rows: Rows
    last: int


def understand(workbook: Workbook, choices: Choices | None = None) -> Understood:
    """What a workbook holds, with what a person chose about it. Never raises; `problems` say what keeps it from being imported."""
    choices = choices or Choices()
    sheets = [Sheet(grid) for grid in workbook.grids]
    read = [each for sheet in sheets for each in _tables(sheet, choices)]
    used, notes = _used(read, choices)
    items = with_parts(_items(used, choices))
    legend = max((legend_of(sheet, _taken(sheet, read)) for sheet in sheets), key=len, default=())
    steps, origin = _scale(used, legend, choices)
    items = tuple(replace(item, levels=_on_scale(item, steps)) for item in items)
    left = tuple(row for each in used or read for row in each.rows.left)
    understood = Understood(
        file=workbook.file,
        digest=workbook.digest,
        title=_title(used, sheets),
        tables=tuple(replace(each.table, columns=each.rows.columns) for each in used),
        items=items,
        steps=steps,
        scale_from=origin,
        left=left,
        notes=(),
        sheets=tuple(dict.fromkeys(each.sheet.name for each in read)),
    )
    told = [Note(code, {"sheet": each.sheet.name, "row": row}) for each in used for code, row in each.rows.notes]  # fmt: skip
    problems = [
        *problems_of(understood, choices),
        *side_by_side([(each.sheet, each.table, each.last) for each in used], workbook.file, choices.columns),
    ] or _nothing(understood, sheets)
    return replace(understood, notes=(*notes, *notes_of(understood, told)), problems=tuple(problems))


def _tables(sheet: Sheet, choices: Choices) -> list[Read]:
    named = choices.heads.get(sheet.name)
    found = heads(sheet) if named is None else [head_at(sheet, named)]
    if not found:
        return []
    ends = [_end(sheet, head.first) for head in found[1:]] + [max(sheet.rows, default=0)]
    tables = [table(sheet, head, last, choices.columns) for head, last in zip(found, ends, strict=True)]
    return [
        Read(sheet, each, Rows(sheet, each, last, without_hidden=choices.without_hidden).read(), last)
        for head, each, last in zip(found, tables, ends, strict=True)
        if named is not None or (_asks(head, each) and not _is_legend(sheet, each, last))
    ]


def _asks(head: Head, found: Table) -> bool:
    """A list of tasks or of goods has names too; a form has questions, or says that somebody is to be assessed."""
    return "question" in head.fields or is_assessment(found)


def _end(sheet: Sheet, next_head: int) -> int:
    """The last row of a table before the next one: what stands alone just above its headings belongs to them."""
    row = next_head - 1
    while len(sheet.rows.get(row, ())) == 1:
        row -= 1
    return row


def _is_legend(sheet: Sheet, found: Table, last: int) -> bool:
    """A table whose rows are the levels, each once, explains the scale; so does one where every row is a level, whatever it asks."""
    fields = {column.field for column in found.columns}
    places = [place_of(column) for column in found.columns if column.field == "level_number"]
    if not places or fields & {"number", "running"}:
        return False
    rows = [row for row in sheet.rows if found.last < row <= last]
    levels = [each[0] for row in rows if (each := level_of(sheet.text(row, places[0])))]
    if len(levels) == len(set(levels)) and len(levels) >= 2:
        return True
    asks = [place_of(column) for column in found.columns if column.field == "question"]
    asked = [row for row in rows if any(sheet.own(row, place) for place in asks)]
    told = [row for row in asked if level_of(sheet.own(row, places[0]))]
    grouped = fields & {"title", "section", "section1", "section2", "section3"}
    return not grouped and len(told) >= 2 and len(told) * 10 >= len(asked) * 8


def _taken(sheet: Sheet, read: Sequence[Read]) -> list[range]:
    """The rows of a sheet that lie between the headings and the last item of a table."""
    return [
        range(each.table.first, max(item.last for item in each.rows.items) + 1)
        for each in read
        if each.sheet is sheet and each.rows.items
    ]


def _used(read: Sequence[Read], choices: Choices) -> tuple[list[Read], list[Note]]:
    """The tables that are imported: those of the sheets a person chose, else all but hidden ones and repetitions."""
    filled = [each for each in read if each.rows.items or each.sheet.name in choices.heads]
    if choices.sheets:
        return [each for each in filled if each.sheet.name in choices.sheets], []
    visible = [each for each in filled if not each.table.hidden]
    notes = []
    assessed = {each.sheet.name for each in visible if is_assessment(each.table)}
    others = {each.sheet.name: None for each in visible if assessed and each.sheet.name not in assessed}
    notes += [Note("sheet_other", {"sheet": name}) for name in others]
    visible = [each for each in visible if each.sheet.name not in others]
    for each in filled:
        if each.table.hidden:
            code = "sheet_hidden_left" if visible else "sheet_hidden_used"
            notes.append(Note(code, {"sheet": each.sheet.name}))
    used: list[Read] = []
    for each in visible or filled:
        other = next((kept for kept in used if _repeats(each, kept)), None)
        if other is None:
            used.append(each)
        else:
            notes.append(Note("sheet_same", {"sheet": each.sheet.name, "other": other.sheet.name}))
    return used, notes


def _repeats(one: Read, other: Read) -> bool:
    if one.sheet is other.sheet:
        return False
    known = {
        (item.number.code, text) for item in other.rows.items for text in (item.title.ja, item.question.ja)
    }
    again = sum(
        1
        for item in one.rows.items
        if {(item.number.code, item.title.ja), (item.number.code, item.question.ja)} & known
    )
    return again >= SAME * len(one.rows.items)


def _items(used: Sequence[Read], choices: Choices) -> list[Item]:
    found = [(each, item) for each in used for item in each.rows.items]
    stands = [Stands(read.sheet.name, item.path, item.kind) for read, item in found]
    paths = numbered_paths(stands)
    sections, places = numbers_of(paths), places_of(paths)
    has_numbers = any(item.number.printed for _, item in found)
    placed = [
        Placed(
            item.number,
            sections[path],
            "q" if item.kind == "quantitative" else "n" if has_numbers else "",
            places[path],
        )
        for (_, item), path in zip(found, paths, strict=True)
    ]
    codes = codes_of(placed)
    return [
        _item(read, item, path, code, numbering, choices)
        for (read, item), path, (code, numbering) in zip(found, shown_paths(stands), codes, strict=True)
    ]


def _item(
    read: Read, item: Found, path: tuple[str, ...], code: str, numbering: Numbering, choices: Choices
) -> Item:
    chosen = choices.numbers.get((read.sheet.name, item.row))
    return Item(
        sheet=read.sheet.name,
        row=item.row,
        code=chosen or code,
        printed=item.number.printed,
        numbering=numbering,
        kind=item.kind,
        part=item.part,
        parent="",
        title=Both(_line(item.title.ja), _line(item.title.en)),
        question=item.question,
        path=path,
        guidance=item.guidance,
        unit=_line(item.unit),
        levels=dict(item.levels),
        hidden=item.hidden,
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _scale(
    used: Sequence[Read], legend: tuple[Step, ...], choices: Choices
) -> tuple[tuple[Step, ...], ScaleFrom]:
    """The levels: of the columns or rows of the table, else of a legend, else as the person says."""
    headed = [column for each in used for column in each.table.columns if column.field == "level"]
    values = {column.level for column in headed if column.level is not None}
    inside = {level for each in used for item in each.rows.items for level in item.levels}
    origin: ScaleFrom = "columns" if values else "rows"
    values |= inside
    explained = {
        step.value: replace(step, name=_cut(step.name), character=_cut(step.character)) for step in legend
    }
    if len(values) >= 2:
        called = {
            level: names
            for each in used
            for level, said in each.rows.level_names.items()
            if len(said) == 1
            for names in said
        }
        names = called | {column.level: name for column in headed if column.level is not None and (name := _level_name(column.heading.rpartition(" / ")[2]))}  # fmt: skip
        return tuple(_step(value, names.get(value, ""), explained) for value in sorted(values)), origin
    if legend:
        return tuple(explained.values()), "legend"
    low, high = choices.scale or said_range([each.table for each in used]) or DEFAULT_SCALE
    return tuple(Step(value) for value in range(low, high + 1)), "asked"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_STEP else f"{text[: LONGEST_STEP - 1]}…"


def _level_name(heading: str) -> str:
    found = level_of(heading)
    return found[1] if found else heading


def _step(value: int | float, name: str, explained: Mapping[int | float, Step]) -> Step:
    known = explained.get(value, Step(value))
    return Step(value, name or known.name, known.character)


def _on_scale(item: Item, steps: Sequence[Step]) -> Mapping[int | float, str]:
    known = {step.value for step in steps}
    return {level: text for level, text in sorted(item.levels.items()) if level in known}


def _title(used: Sequence[Read], sheets: Sequence[Sheet]) -> str:
    """The first line above the first table, else the first of a sheet before it, that is no sentence."""
    if not used:
        return ""
    first = used[0]
    places = [(first.sheet, row) for row in first.sheet.rows if row < first.table.first]
    before = sheets[: sheets.index(first.sheet)]
    places += [(sheet, row) for sheet in before if not sheet.grid.hidden for row in sheet.rows]
    texts = (_line(sheet.own(row, sheet.rows[row][0])) for sheet, row in places)
    return next((text for text in texts if 2 <= len(text) <= LONGEST_TITLE and text[-1] not in "。.：:"), "")


def _nothing(understood: Understood, sheets: Sequence[Sheet]) -> list[Problem]:
    """Why nothing was found, with the first words of each sheet, so that a person sees which file this is."""
    if understood.items:
        return []
    if any(row.why == "formula" for row in understood.left):
        places = few([row.row for row in understood.left if row.why == "formula"], 12)
        values: dict[str, object] = {"sheet": understood.left[0].sheet, "rows": places}
        return [Problem("form.no_results", understood.file, values=values)]
    if understood.tables or understood.sheets:
        return [Problem("form.no_items", understood.file)]
    seen = few([sheet.own(row, columns[0]) for sheet in sheets for row, columns in list(sheet.rows.items())[:3]], 6)  # fmt: skip
    return [Problem("form.no_table", understood.file, values={"seen": [text[:30] for text in seen]})]
