"""The levels of the scale as a form explains them beside its items: `レベル0 | 未着手 | …`, below each other or side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dxassess.catalogue.form import Step
from dxassess.exchange.form_headings import level_of, meaning
from dxassess.exchange.form_sheet import Sheet

LEAST = 3
_ABOUT = ("level_number", "level_list", "level_text")


def legend_of(sheet: Sheet, taken: Sequence[range]) -> tuple[Step, ...]:
    """The longest such list of a sheet outside the rows in `taken`; empty when there is none."""
    rows = [row for row in sheet.rows if not any(row in span for span in taken)]
    found = [*_downward(sheet, rows), *_across(sheet, rows)]
    named = [steps for steps in found if len(steps) >= LEAST and all(step.name for step in steps)]
    return max(named, key=len, default=())


def _downward(sheet: Sheet, rows: Sequence[int]) -> Iterator[tuple[Step, ...]]:
    columns = sorted({column for row in rows for column in sheet.rows[row]})
    for column in columns:
        steps: list[Step] = []
        for row in rows:
            found = level_of(sheet.own(row, column)) if sheet.own(row, column) else None
            if found is None or (steps and found[0] != steps[-1].value + 1):
                yield tuple(steps)
                steps = []
            if found is not None and (steps or found[0] <= 1) and _is_about(sheet, row, column, bool(steps)):
                beside = [
                    text for other in sheet.rows[row] if other > column and (text := sheet.own(row, other))
                ]
                steps.append(_step(*found, beside))
        yield tuple(steps)


def _across(sheet: Sheet, rows: Sequence[int]) -> Iterator[tuple[Step, ...]]:
    for row in rows:
        steps: list[Step] = []
        for column in sheet.rows[row]:
            found = level_of(sheet.own(row, column))
            if found is None or (steps and found[0] != steps[-1].value + 1):
                yield tuple(steps)
                steps = []
            if found is not None and (steps or found[0] <= 1) and _is_worded(sheet.own(row, column)):
                below = [text for other in (row + 1, row + 2) if (text := sheet.own(other, column))]
                steps.append(_step(*found, below))
        yield tuple(steps)


def _is_worded(text: str) -> bool:
    """Whether a level calls itself one: a bare number may be anything."""
    return not text.strip()[:1].isdigit()


def _is_about(sheet: Sheet, row: int, column: int, goes_on: bool) -> bool:
    """Whether a level calls itself one, follows one that does, or stands below a heading that says so."""
    if goes_on or _is_worded(sheet.own(row, column)):
        return True
    above = meaning(sheet.own(row - 1, column))
    return above is not None and above.field in _ABOUT


def _step(value: int, name: str, beside: Sequence[str]) -> Step:
    texts = [*([name] if name else []), *(text for text, _ in groupby(beside))]
    return Step(value, " ".join(texts[0].split()) if texts else "", texts[1] if len(texts) > 1 else "")
