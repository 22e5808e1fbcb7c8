"""What keeps an understood workbook from being imported, and what a person should know or confirm before it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dxassess.catalogue.folder import is_reserved
from dxassess.catalogue.form import Choices, Item, Note, Table, Understood
from dxassess.errors import Problem
from dxassess.exchange.cells import few, shown
from dxassess.exchange.form_headings import range_of
from dxassess.exchange.form_sheet import is_japanese

MOST_ITEMS = 500
LONGEST_TEXT = 2_000
FILES = ("edition", "benchmarks", "form")
"""Files of a catalogue that are no indicators."""
_ASSESSES = re.compile(
    "設問|質問|問い|指標|診断|評価|成熟|レベル|段階|点検|チェック|アセスメント|現在|現状|目標|自己|要求事項|管理策|"
    "assess|question|maturity|level|current|target|rating|score|indicator|practice|requirement|control|capabilit|checklist|survey",
    re.IGNORECASE,
)
"""What a self-assessment says somewhere in its title, its sheets or its headings, and a list of costs or tasks does not."""
# With the id of an edition before it a number has 64 characters at most.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,32}", re.ASCII)


def problems_of(found: Understood, choices: Choices) -> list[Problem]:
    """Everything that must be mended first; nothing is imported as long as there is any."""
    problems = [*_numbers(found, choices), *_lengths(found)]
    if len(found.items) > MOST_ITEMS:
        problems.append(
            Problem("form.too_many", found.file, values={"n": len(found.items), "most": MOST_ITEMS})
        )
    named = choices.heads or choices.columns or choices.sheets
    if found.items and not named and found.scale_from == "asked" and not _ASSESSES.search(_words(found)):
        problems.append(Problem("form.no_assessment", found.file, values={"sheet": found.tables[0].sheet}))
    if found.items and not found.scored:
        problems.append(Problem("form.none_scored", found.file))
    return problems


def _words(found: Understood) -> str:
    """The title, the names of the sheets and the headings."""
    headings = [column.heading for table in found.tables for column in table.columns]
    return " ".join((found.title, *found.sheets, *headings))


def _numbers(found: Understood, choices: Choices) -> Iterator[Problem]:
    first: dict[str, Item] = {}
    for item in found.items:
        place = {"sheet": item.sheet, "row": item.row, "number": shown(item.code)}
        if not _CODE.fullmatch(item.code) or is_reserved(item.code) or item.code.lower() in FILES:
            yield Problem("form.number_off", found.file, values=place)
        other = first.setdefault(item.code.lower(), item)
        if other is not item:
            yield Problem("form.number_twice", found.file, values={**place, "first": other.row})


def _lengths(found: Understood) -> Iterator[Problem]:
    for item in found.items:
        texts = [item.title.ja, item.title.en, item.question.ja, item.question.en, item.guidance, item.unit, *item.levels.values(), *item.path]  # fmt: skip
        longest = max(map(len, texts))
        if longest > LONGEST_TEXT:
            values = {"sheet": item.sheet, "row": item.row, "length": longest, "limit": LONGEST_TEXT}
            yield Problem("form.text_too_long", found.file, values=values)


def notes_of(found: Understood, told: Sequence[Note]) -> list[Note]:
    """What should be known, the most important first; rows of one kind are named together."""
    notes = [*_about_numbers(found), *_about_columns(found), *_about_levels(found)]
    rows: dict[tuple[str, object], list[object]] = {}
    for each in told:
        rows.setdefault((each.code, each.values["sheet"]), []).append(each.values["row"])
    notes += [Note(code, {"sheet": sheet, "rows": few(places, 12)}) for (code, sheet), places in rows.items()]
    hidden = [item.row for item in found.items if item.hidden]
    if hidden:
        notes.append(Note("hidden_rows", {"n": len(hidden), "rows": few(hidden, 12)}))
    if any(item.parent for item in found.items):
        subs = sum(1 for item in found.items if item.parent)
        notes.append(Note("parts", {"keys": len(found.scored) - subs, "subs": subs}))
    return notes


def _about_numbers(found: Understood) -> Iterator[Note]:
    for item in found.items:
        if item.numbering in ("restored", "repeated"):
            values = {"sheet": item.sheet, "row": item.row, "printed": shown(item.printed), "code": item.code}
            yield Note(item.numbering, values)
    placed = [item for item in found.items if item.numbering == "placed"]
    if placed:
        yield Note(
            "placed", {"n": len(placed), "printed": shown(placed[-1].printed), "code": placed[-1].code}
        )
    counted = [item for item in found.items if item.numbering == "counted"]
    if counted:
        yield Note("counted", {"n": len(counted), "codes": few([item.code for item in counted], 8)})


def _about_columns(found: Understood) -> Iterator[Note]:
    for table in found.tables:
        often = Counter(column.field for column in table.columns if column.field not in ("level", "answer", "section", "running", None))  # fmt: skip
        for column in table.columns:
            values = {"sheet": table.sheet, "letter": column.letter, "heading": shown(column.heading)}
            if column.unsure and column.field != "level":
                yield Note("column_unsure", {**values, "field": column.field})
            elif column.field is None and column.heading:
                yield Note("column_unknown", values)
            if column.hidden and column.field not in (None, "answer"):
                yield Note("column_hidden", values)
        named = [column for column in table.columns if column.field == "level" and column.unsure]
        if named:
            letters, levels = [column.letter for column in named], [column.level for column in named]
            yield Note("levels_named", {"sheet": table.sheet, "letters": letters, "low": levels[0], "high": levels[-1]})  # fmt: skip
        for field, times in often.items():
            letters = [column.letter for column in table.columns if column.field == field]
            if times > 1 and not _is_bilingual(found, field):
                yield Note("column_twice", {"sheet": table.sheet, "letters": letters, "field": field})


def _is_bilingual(found: Understood, field: object) -> bool:
    texts = [item.title if field == "title" else item.question for item in found.items]
    return field in ("title", "question") and any(text.ja != text.en for text in texts)


def said_range(tables: Sequence[Table]) -> tuple[int, int] | None:
    """The levels the headings of the answers say there are, if they agree."""
    said = {range_of(column.heading) for table in tables for column in table.columns if column.field == "answer"}  # fmt: skip
    ranges = [each for each in said if each is not None]
    return ranges[0] if len(ranges) == 1 else None


def _about_levels(found: Understood) -> Iterator[Note]:
    if found.scale_from == "asked":
        ends = (found.steps[0].value, found.steps[-1].value)
        yield Note(
            "scale_said" if ends == said_range(found.tables) else "scale_asked",
            {"low": found.steps[0].value, "high": found.steps[-1].value},
        )
    described = [item for item in found.scored if item.levels]
    partly = [item.code for item in found.scored if len(item.levels) < len(found.steps)]
    if described and partly:
        yield Note("levels_partly", {"n": len(partly), "codes": few(partly, 8)})
    if found.items and not any(item.question.ja != item.question.en for item in found.items):
        language = "ja" if any(is_japanese(item.question.ja) for item in found.items) else "en"
        yield Note(f"one_language_{language}")
