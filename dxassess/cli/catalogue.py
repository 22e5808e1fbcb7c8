"""`dxassess catalogue import` and `dxassess catalogue verify`: a workbook becomes an edition, or is laid beside a shipped one."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxassess.cli.usage import Group, words
from dxassess.errors import Problem, reason_of
from dxassess.errors.form import FormChoiceOff, FormNotUnderstood
from dxassess.settings import from_environment

if TYPE_CHECKING:
    from dxassess.catalogue.form import Field
    from dxassess.catalogue.model import Crosswalk
    from dxassess.usecases.catalogues import Choices, Plan, Understood, Upload, Workbook
    from dxassess.usecases.shelf import Shelf

DIFFERS = 1
CHECKED_AGAINST = "dx2019"
SHOWN = 5


@click.group("catalogue", cls=Group)
def catalogue() -> None:
    """Editions from workbooks."""


_form = click.argument("form", type=click.Path(path_type=Path))
_sheet = click.option("--sheet", "sheets", multiple=True)
_column = click.option("--column", "columns", multiple=True)
_headings = click.option("--headings", "headings", multiple=True)


@catalogue.command("import")
@_form
@click.option("--id", "name", default="")
@click.option("--title", default="")
@click.option("--title-en", default="")
@click.option("--official", is_flag=True)
@_sheet
@_column
@_headings
@click.option("--number", "numbers", multiple=True)
@click.option("--scale", default="")
@click.option("--without-hidden", is_flag=True)
@click.option("--crosswalk", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True)
@click.option("--yes", is_flag=True)
def import_(
    form: Path,
    name: str,
    title: str,
    title_en: str,
    official: bool,
    sheets: Sequence[str],
    columns: Sequence[str],
    headings: Sequence[str],
    numbers: Sequence[str],
    scale: str,
    without_hidden: bool,
    crosswalk: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Read a self-diagnosis workbook by its headings and keep it as an edition of one's own."""
    from dxassess.usecases import catalogues as use

    shelf, workbook = _shelf(), _opened(form)
    choices = _choices(workbook, sheets, columns, headings, numbers, scale, without_hidden=without_hidden)
    found = use.understood(workbook, choices)
    _echo(_report(found))
    before = shelf.own.get(name)
    known = before.head.title.ja if before else found.title
    about = use.About(
        name or _asked("id", "", yes=yes), title or _asked("title", known, yes=yes), title_en, official
    )
    plan = use.planned(shelf, found, about, use.lender(shelf))
    if crosswalk is not None:
        pairs = _crosswalk(shelf, plan, crosswalk, dry_run=dry_run)
        plan = use.planned(shelf, found, about, use.lender(shelf), pairs)
    _echo(_changes(plan))
    if not plan.differs:
        return
    if dry_run or not (yes or _agreed()):
        click.echo(words()("cli.import_not_written"))
        return
    edition = use.written(shelf, plan)
    click.echo(words()("cli.import_written", id=edition.id, revision=edition.revision, folder=str(shelf.folder)))  # fmt: skip


@catalogue.command()
@_form
@_sheet
@_column
@_headings
def verify(form: Path, sheets: Sequence[str], columns: Sequence[str], headings: Sequence[str]) -> None:
    """Compare numbers and names of the shipped 2019 edition with an official file; exit code 1 when something differs."""
    from dxassess.usecases import catalogues as use

    shelf, workbook = _shelf(), _opened(form)
    found = use.understood(workbook, _choices(workbook, sheets, columns, headings))
    wrong = use.compared(shelf, CHECKED_AGAINST, found)
    for each in wrong:
        said = words()(f"form.what_{each.what}")
        row = words()("cli.verify_row", row=each.row) if each.row else ""
        click.echo(words()("cli.verify_line", code=each.code or "–", what=said, shipped=each.shipped or "–", file=each.file or "–", row=row))  # fmt: skip
    edition = shelf[CHECKED_AGAINST]
    scored, measured = len(edition.scored), len(edition.measured)
    if not wrong:
        click.echo(words()("cli.verify_same", scored=scored, measured=measured))
        return
    click.echo(words()("cli.verify_differs", n=len(wrong), scored=scored, measured=measured))
    raise SystemExit(DIFFERS)


def _shelf() -> Shelf:
    from dxassess.catalogue.load import load_catalogues
    from dxassess.usecases.shelf import Shelf

    settings = from_environment()
    shelf = Shelf(load_catalogues(settings.catalogues), settings.own_catalogues)
    for problem in shelf.problems:
        click.echo(words().problem(problem), err=True)
    return shelf


def _opened(form: Path) -> Workbook:
    from dxassess.usecases import catalogues as use

    return use.opened(_file(form))


def _file(path: Path) -> Upload:
    """A file to be read. FormNotUnderstood when it cannot be, or is too large to be looked at."""
    from dxassess.usecases.catalogues import MAX_BYTES, Upload

    try:
        if path.stat().st_size > MAX_BYTES:
            values: dict[str, object] = {"megabytes": MAX_BYTES // 1_000_000}
            raise FormNotUnderstood([Problem("workbook.too_large", path.name, values=values)], file=path.name)
        return Upload(path.name, path.read_bytes())
    except (OSError, ValueError) as error:
        problem = Problem("file_unreadable", str(path), 0, {"reason": reason_of(error)})
        raise FormNotUnderstood([problem], file=path.name) from None


def _choices(
    workbook: Workbook,
    sheets: Sequence[str],
    columns: Sequence[str],
    headings: Sequence[str],
    numbers: Sequence[str] = (),
    scale: str = "",
    *,
    without_hidden: bool = False,
) -> Choices:
    """`[SHEET!]E=question`, `[SHEET!]5`, `[SHEET!]12=4-1`, `0-4`. Without a sheet all that are read are meant."""
    from dxassess.usecases.catalogues import FIELDS, Choices

    names = sheets or [grid.name for grid in workbook.grids]
    fields: dict[str, Field | None] = {"none": None, **{field: field for field in FIELDS}}
    found: dict[tuple[str, str], Field | None] = {}
    for sheet, letter, field in _split(columns, r"[A-Za-z]{1,3}", names, "E=question"):
        if field not in fields:
            raise FormChoiceOff(choice=field, allowed=list(fields))
        found[(sheet, letter.upper())] = fields[field]
    rows = [f"{each}=heads" for each in headings]
    return Choices(
        columns=found,
        numbers={
            (sheet, int(row)): code for sheet, row, code in _split(numbers, r"[0-9]{1,5}", names, "12=4-1")
        },
        heads={sheet: int(row) for sheet, row, _ in _split(rows, r"[0-9]{1,5}", names, "5")},
        sheets=tuple(sheets),
        without_hidden=without_hidden,
        scale=_scale(scale),
    )


def _scale(said: str) -> tuple[int, int] | None:
    ends = re.fullmatch(r"([0-9]{1,2})[-–~〜]([0-9]{1,2})", said)
    if said and not (ends and 0 < int(ends[2]) - int(ends[1]) <= 10):
        raise FormChoiceOff(choice=said, allowed="0-5")
    return (int(ends[1]), int(ends[2])) if ends else None


def _split(given: Iterable[str], left: str, sheets: Sequence[str], like: str) -> Iterable[tuple[str, str, str]]:  # fmt: skip
    for each in given:
        found = re.fullmatch(rf"(?:(.*)!)?({left})\s*=\s*(\S+)", each.strip())
        if found is None:
            raise FormChoiceOff(choice=each.removesuffix("=heads"), allowed=like)
        for sheet in [found[1]] if found[1] else sheets:
            yield sheet, found[2], found[3]


def _asked(key: str, known: str, *, yes: bool) -> str:
    """What is not said on the command line, asked where somebody sits before it."""
    if yes or not sys.stdin.isatty():
        return known
    return str(click.prompt(words()(f"cli.import_{key}"), default=known or None))


def _agreed() -> bool:
    if not sys.stdin.isatty():
        click.echo(words()("cli.import_needs_yes"), err=True)
        return False
    return str(click.prompt(words()("cli.import_agree"), default="n")).strip().lower() in ("y", "yes", "はい")


def _crosswalk(
    shelf: Shelf, plan: Plan, path: Path, *, dry_run: bool
) -> Mapping[str, Sequence[Crosswalk]] | None:
    """What somebody accepted in a file; where there is none yet, the proposals are written into it."""
    from dxassess.usecases import catalogues as use
    from dxassess.usecases.counterparts import accepted, proposed_table

    if path.exists():
        return accepted(plan.edition, shelf, path.name, _file(path).content, words())
    proposed = use.counterparts(shelf, plan.edition)
    if not dry_run:
        path.write_bytes(proposed_table(plan.edition, proposed, words()))
        click.echo(words()("cli.import_proposed", n=len(proposed), file=str(path)))
    return None


def _report(found: Understood) -> Iterable[str]:
    from dxassess.usecases import catalogues as use

    say = words()
    yield say("cli.import_found", file=found.file, scored=len(found.scored), measured=len(found.measured))
    for table in found.tables:
        yield say("cli.import_table", sheet=table.sheet, row=table.last)
        for column in table.columns:
            if column.heading or column.field:
                yield say("cli.import_column", letter=column.letter, heading=column.heading or "–", field=say(f"form.field_{column.field or 'none'}"))  # fmt: skip
    for item in found.items[:SHOWN]:
        yield say("cli.import_item", code=item.code, title=item.title.ja, path=" / ".join(item.path) or "–")
    if len(found.items) > SHOWN:
        yield say("cli.import_more", n=len(found.items) - SHOWN)
    for note in found.notes:
        yield "! " + use.note_words(say, note.code, note.values)
    for left in found.left:
        yield say("cli.import_left", sheet=left.sheet, row=left.row, text=left.text, why=say(f"form.left_{left.why}"))  # fmt: skip


def _changes(plan: Plan) -> Iterable[str]:
    from dxassess.usecases import catalogues as use

    say = words()
    edition = plan.edition
    if plan.before is None:
        yield say("cli.import_new", id=edition.id, title=say.of(edition.head.title))
    elif not plan.differs:
        yield say("cli.import_same", id=edition.id, revision=edition.revision)
    elif not plan.words_differ:
        yield say("cli.import_crosswalk_only", id=edition.id, revision=edition.revision)
    else:
        yield say("cli.import_revision", id=edition.id, revision=edition.revision, n=len(plan.differences))
    for each in plan.differences:
        before, after = use.difference_words(say, each)
        what = say(f"form.what_{each.what}")
        yield say("cli.import_difference", code=each.code or "–", what=what, before=before, after=after)


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
