"""Editions from a person's own workbooks: read, shown, revised, written; and the shipped edition checked against an official file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dxassess.catalogue.compare import Mismatch, mismatches
from dxassess.catalogue.compose import About, composed
from dxassess.catalogue.folder import is_reserved
from dxassess.catalogue.form import FIELDS, Choices, Understood
from dxassess.catalogue.likeness import Proposal, proposals
from dxassess.catalogue.model import Crosswalk, Edition
from dxassess.catalogue.revise import Difference, differences, revised, same_words, with_numbers_kept
from dxassess.catalogue.values import IDENT
from dxassess.catalogue.write import write_edition
from dxassess.errors import Problem, reason_of
from dxassess.errors.form import (
    FormIdMissing,
    FormIdOff,
    FormIdShipped,
    FormNotUnderstood,
    FormNotWritten,
    FormSeenOtherwise,
    FormTitleMissing,
)
from dxassess.exchange.cells import shown
from dxassess.exchange.form_columns import letter_of
from dxassess.exchange.form_reader import understand
from dxassess.exchange.form_sheet import Sheet, clean
from dxassess.exchange.workbook.reader import MAX_BYTES, read_workbooks
from dxassess.exchange.workbook.values import Upload, Workbook
from dxassess.text import Words
from dxassess.usecases.application import Application
from dxassess.usecases.shelf import Shelf

__all__ = [
    "FIELDS",
    "MAX_BYTES",
    "SCALES",
    "About",
    "Choices",
    "Plan",
    "Understood",
    "Upload",
    "Workbook",
    "compared",
    "counterparts",
    "difference_words",
    "first_rows",
    "lender",
    "note_words",
    "opened",
    "planned",
    "shelf_of",
    "understood",
    "written",
]

SCALES = ((0, 5), (0, 4), (0, 3), (1, 5), (1, 4), (0, 10))
"""What a scale may be where a form has none."""
ROWS_SHOWN, COLUMNS_SHOWN = 12, 8
LONGEST_ID = 30
LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written: the edition, what stands there now (None: it is new), and what differs.

    `words_differ`: people would be asked something else, so the revision rises; `differs`: there is anything to write at all.
    """

    edition: Edition
    before: Edition | None
    differences: tuple[Difference, ...]
    found: Understood

    @property
    def words_differ(self) -> bool:
        return self.before is None or not same_words(self.edition, self.before)

    @property
    def differs(self) -> bool:
        return self.before is None or self.words_differ or _crosswalks(self.edition) != _crosswalks(self.before)  # fmt: skip


def shelf_of(app: Application) -> Shelf:
    """The editions of the running program, which see at once what is imported."""
    return (
        app.editions if isinstance(app.editions, Shelf) else Shelf(app.editions, app.settings.own_catalogues)
    )


def opened(file: Upload) -> Workbook:
    """The workbook in a file, read by a process of its own. Raises FormNotUnderstood with the reason it is none."""
    (read,) = read_workbooks([Upload(shown(file.name), file.content)])
    if isinstance(read, Problem):
        raise FormNotUnderstood([read], file=read.file)
    return read


def understood(workbook: Workbook, choices: Choices | None = None) -> Understood:
    """What was understood of a workbook; its `problems` say what keeps it from being imported."""
    return understand(workbook, choices)


@dataclass(frozen=True, slots=True)
class FirstRows:
    """How a sheet begins: the letters of its first columns, and the first rows that hold anything, with what stands there."""

    name: str
    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def first_rows(workbook: Workbook) -> tuple[FirstRows, ...]:
    """The visible sheets that hold anything, for a person to say where their headings are."""
    found: list[FirstRows] = []
    for sheet in (Sheet(grid) for grid in workbook.grids if not grid.hidden):
        rows = dict(list(sheet.rows.items())[:ROWS_SHOWN])
        columns = sorted({column for held in rows.values() for column in held})[:COLUMNS_SHOWN]
        cells = tuple((row, tuple(shown(sheet.own(row, column)) for column in columns)) for row in rows)
        if rows:
            found.append(FirstRows(sheet.name, tuple(map(letter_of, columns)), cells))
    return tuple(found)


def planned(
    shelf: Shelf,
    found: Understood,
    about: About,
    like: Edition,
    crosswalk: Mapping[str, Sequence[Crosswalk]] | None = None,
) -> Plan:
    """What importing a workbook would write. `crosswalk`: accepted counterparts by code; None keeps those there are.

    Raises FormNotUnderstood with everything that must be mended, FormIdMissing, FormIdOff, FormIdShipped, FormTitleMissing.
    """
    if found.problems:
        raise FormNotUnderstood(found.problems, file=found.file)
    about = _sound(shelf, about)
    before = shelf.own.get(about.id)
    found = with_numbers_kept(found, before) if before else found
    edition = composed(found, about, like)
    edition = revised(edition, before) if before else edition
    if crosswalk is not None:
        edition = _with(edition, crosswalk)
    return Plan(edition, before, differences(before, edition) if before else (), found)


def written(shelf: Shelf, plan: Plan) -> Edition:
    """Write what was planned, and have it at hand at once. Nothing is written where nothing differs.

    Raises FormSeenOtherwise when the edition has changed since, FormNotWritten when the folder cannot be written.
    """
    before = shelf.own.get(plan.edition.id)
    if before != plan.before:
        raise FormSeenOtherwise(edition=plan.edition.id)
    if before is not None and not plan.differs:
        return before
    assert shelf.folder
    try:
        write_edition(plan.edition, shelf.folder)
    except OSError as error:
        raise FormNotWritten(folder=str(shelf.folder), reason=reason_of(error)) from None
    shelf.reload()
    return shelf[plan.edition.id]


def counterparts(shelf: Shelf, edition: Edition, among: Sequence[str] = ()) -> tuple[Proposal, ...]:
    """Proposed counterparts in the editions `among` (all shipped ones when empty) that are on a shelf."""
    others = [each for known, each in shelf.shipped.items() if not among or known in among]
    return proposals(edition, others)


def compared(shelf: Shelf, edition: str, found: Understood) -> tuple[Mismatch, ...]:
    """What differs between a shipped edition and a workbook. Raises FormNotUnderstood when the workbook is none of a form."""
    if not found.items:
        raise FormNotUnderstood(found.problems, file=found.file)
    return mismatches(shelf[edition], found)


def lender(shelf: Shelf) -> Edition:
    """The shipped edition that lends its roles and reasons to imported ones: the official one, else the first."""
    return min(shelf.shipped.values(), key=lambda each: (each.head.status == "own", each.id))


def note_words(words: Words, code: str, values: Mapping[str, object]) -> str:
    """A note on a workbook as a sentence; the fields of columns by their names."""
    told = dict(values)
    if "field" in told:
        told["field"] = words(f"form.field_{told['field']}")
    return words.told(Problem(f"form.note_{code}", "", values=told))


def difference_words(words: Words, each: Difference) -> tuple[str, str]:
    """Then and now of a difference, fit for a table."""
    if each.what != "kind":
        return each.before or "–", each.after or "–"
    names = {"key": "scored"}
    before, after = (words(f"catalogues.kind_{names.get(kind, kind)}") for kind in (each.before, each.after))
    return before, after


def _crosswalks(edition: Edition) -> dict[str, tuple[Crosswalk, ...]]:
    return {known: each.crosswalk for known, each in edition.indicators.items() if each.crosswalk}


def _with(edition: Edition, crosswalk: Mapping[str, Sequence[Crosswalk]]) -> Edition:
    update = {
        known: each.model_copy(update={"crosswalk": tuple(crosswalk.get(each.code, ()))})
        for known, each in edition.indicators.items()
    }
    return Edition(head=edition.head, indicators=update)


def _sound(shelf: Shelf, about: About) -> About:
    name, title = about.id.strip(), " ".join(clean(about.title).split())
    if not name:
        raise FormIdMissing
    if name in shelf.shipped:
        raise FormIdShipped(edition=name)
    if not re.match(IDENT, name) or len(name) > LONGEST_ID or "." in name or is_reserved(name):
        raise FormIdOff(edition=shown(name))
    if not title or len(title) > LONGEST_TITLE:
        raise FormTitleMissing
    return replace(about, id=name, title=title, title_en=" ".join(clean(about.title_en).split())[:LONGEST_TITLE])  # fmt: skip
