"""The rules of crosswalks: those of one file, and those between editions that lie in one folder. One function per rule.

A crosswalk to an edition that is not there is kept and says nothing: it may be installed elsewhere, or later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxassess.catalogue.fields import Sheet
from dxassess.catalogue.folder import Folder
from dxassess.catalogue.model import Crosswalk, Indicator, Scale
from dxassess.errors import Problem


def crosswalk_leads_elsewhere(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """A crosswalk names an indicator of another edition, each once."""
    seen: set[str] = set()
    for number, line in enumerate(sheet.value.crosswalk):
        if line.to.startswith(f"{folder.id}."):
            yield sheet.problem("crosswalk_own", "crosswalk", number, "to", to=line.to, edition=folder.id)
        elif "." not in line.to:
            yield sheet.problem("crosswalk_form", "crosswalk", number, "to", to=line.to)
        if line.to in seen:
            yield sheet.problem("crosswalk_twice", "crosswalk", number, "to", to=line.to)
        seen.add(line.to)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a crosswalk that leads into an edition which is there, and what is known of that edition's indicators."""

    sheet: Sheet[Indicator]
    number: int
    written: Crosswalk
    scales: tuple[Scale, Scale] | None
    into: Folder
    other: Sheet[Indicator] | None

    def problem(self, code: str, field: str, **values: object) -> Problem:
        """The problem `code` at a field of this line."""
        named = {"to": self.written.to, "edition": self.into.id, **values}
        return self.sheet.problem(code, "crosswalk", self.number, field, **named)


def indicator_exists(line: _Line) -> Iterator[Problem]:
    """The edition has the indicator; nothing is said where its file could not be read."""
    unread = {f"{line.into.id}.{stem.lower()}" for stem in line.into.unread}
    if line.other is None and line.written.to not in unread:
        yield line.problem("crosswalk_to_nothing", "to")


def both_carry_levels(line: _Line) -> Iterator[Problem]:
    """An indicator with levels relates to one with levels, a quantitative one to a quantitative one."""
    if line.other is not None:
        measured = [each.value.kind == "quantitative" for each in (line.sheet, line.other)]
        if measured[0] != measured[1]:
            yield line.problem("crosswalk_kinds", "to")


def written_on_one_side(line: _Line) -> Iterator[Problem]:
    """A pair is written in one of the two files; of two, the one named later is the second."""
    here = line.sheet.value.id
    back = line.other.value.crosswalk if line.other is not None else ()
    if line.other is not None and here > line.written.to and any(each.to == here for each in back):
        yield line.problem("crosswalk_both_sides", "to", first=line.other.file)


def levels_need_one_scale(line: _Line) -> Iterator[Problem]:
    """Levels are the same only where both editions have the same numbers on their scales."""
    if line.written.levels == "same" and line.scales is not None:
        ours, theirs = (scale.values for scale in line.scales)
        if ours != theirs:
            yield line.problem("crosswalk_scales", "levels", ours=list(ours), theirs=list(theirs))


def crosswalk_problems(folders: Sequence[Folder]) -> Iterator[Problem]:
    """Everything the rules find between the editions that were read together."""
    homes = {folder.id: folder for folder in folders}
    sheets = {sheet.value.id: sheet for folder in folders for sheet in folder.indicators}
    for folder in folders:
        for line in _lines(folder, homes, sheets):
            for rule in BETWEEN_EDITIONS:
                yield from rule(line)


def _lines(
    folder: Folder, homes: Mapping[str, Folder], sheets: Mapping[str, Sheet[Indicator]]
) -> Iterator[_Line]:
    for sheet in folder.indicators:
        for number, written in enumerate(sheet.value.crosswalk):
            into = _home(written.to, homes)
            if into is not None and into is not folder:
                scales = (
                    (folder.head.value.scale, into.head.value.scale) if folder.head and into.head else None
                )
                yield _Line(sheet, number, written, scales, into, sheets.get(written.to))


def _home(indicator: str, homes: Mapping[str, Folder]) -> Folder | None:
    """The edition an indicator's id belongs to: ids of editions may hold dots themselves, so the longest name counts."""
    names = [name for name in homes if indicator.startswith(f"{name}.")]
    return homes[max(names, key=len)] if names else None


OF_CROSSWALKS: tuple[Callable[[Sheet[Indicator], Folder], Iterator[Problem]], ...] = (
    crosswalk_leads_elsewhere,
)
BETWEEN_EDITIONS: tuple[Callable[[_Line], Iterator[Problem]], ...] = (
    indicator_exists,
    both_carry_levels,
    written_on_one_side,
    levels_need_one_scale,
)
