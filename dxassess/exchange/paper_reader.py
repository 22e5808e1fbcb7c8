"""Reading paper ballots back, up to all of a round at once: the ballots that can be taken, and everything wrong with the others.

A ballot with a problem is left out whole; the others are offered. Whose a ballot is, its code says (`paper_code`); what is not
understood is refused by file and cell, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dxassess.assessment.model import Answer, Ballot, Respondent
from dxassess.assessment.paper import PaperBallot
from dxassess.catalogue.model import Edition
from dxassess.errors import Problem
from dxassess.exchange.cells import shown
from dxassess.exchange.paper_code import PaperCode, code_of, is_code
from dxassess.exchange.paper_files import distinct
from dxassess.exchange.paper_rows import Rows
from dxassess.exchange.paper_table import NotThere, table_of
from dxassess.exchange.workbook.reader import read_workbooks
from dxassess.exchange.workbook.values import Upload, Workbook, address

__all__ = ["Expected", "Upload", "read_ballots", "without_values"]

Untaken = Literal["tag_unknown", "tag_ended", "tag_used", "other_round"]
"""Why a tag is nobody's now: never given out here, taken back or given out anew, already used on a device. As `paper.<code>`."""
HIDDEN = "…"
_TELLING = ("paper.reason_missing", "paper.reason_without", "paper.target_without")
"""Problems that tell whether somebody answered that an item does not apply."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Which ballots are taken now. `whose`: the person a tag was given to, or why it is nobody's.

    `asked`: the ids of the indicators the open vote asks, None for all.
    """

    organisation: str
    round: str
    vote: Ballot
    whose: Callable[[str], Respondent | Untaken]
    asked: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A ballot whose person is known. `answers` is None when something in it is not understood."""

    workbook: Workbook
    respondent: Respondent
    answers: Mapping[str, Answer] | None


def read_ballots(
    files: Sequence[Upload], edition: Edition, expected: Expected
) -> tuple[list[PaperBallot], list[Problem]]:
    """The ballots in `files` that can be taken, and every problem of the others; both in the order of the files.

    Problems quote what stands in a cell; `without_values` takes that out. Two ballots of one person are both refused.
    """
    named = distinct(Upload(shown(file.name), file.content) for file in files)
    found: list[_Found] = []
    problems: list[Problem] = []
    for read in read_workbooks(named):
        if isinstance(read, Problem):
            problems.append(read)
        else:
            _read(read, edition, expected, found, problems)
    twice = _twice(found)
    refused = {problem.file for problem in twice}
    order = [file.name for file in named]
    problems = sorted([*problems, *twice], key=lambda problem: order.index(problem.file))
    return [_paper(each, expected) for each in found if each.workbook.file not in refused and each.answers is not None], problems  # fmt: skip


def without_values(problem: Problem) -> Problem:
    """The problem without what somebody wrote into a cell: until the reveal that may be a vote, or tell of one."""
    if problem.code in _TELLING:
        return Problem("paper.row_open", problem.file, cell=problem.cell)
    if "found" not in problem.values:
        return problem
    return replace(problem, values={**problem.values, "found": HIDDEN})


def _read(
    workbook: Workbook, edition: Edition, expected: Expected, found: list[_Found], problems: list[Problem]
) -> None:
    """Read one workbook into `found`, its problems into `problems`."""
    try:
        person = _person(workbook, edition, expected)
    except NotThere as missing:
        problems.append(missing.problem(workbook.file))
        return
    answers: Mapping[str, Answer] | None = None
    try:
        rows = Rows(edition, table_of(workbook), workbook.file, expected.asked)
        answers = rows.answers()
        problems += rows.problems
        answers = None if rows.problems else answers
    except NotThere as missing:
        problems.append(missing.problem(workbook.file))
    found.append(_Found(workbook, person, answers))


def _person(workbook: Workbook, edition: Edition, expected: Expected) -> Respondent:
    """Whose ballot it is. Raises NotThere where it is another one's, or its code is gone."""
    code = _code(workbook)
    wanted = (
        ("other_organisation", code.organisation, expected.organisation),
        ("other_round", code.round, expected.round),
        ("other_edition", code.edition, edition.hash),
        ("other_vote", code.vote, expected.vote),
    )
    for problem, said, mine in wanted:
        if said != mine:
            raise NotThere(problem)
    person = expected.whose(code.tag)
    if isinstance(person, str):
        raise NotThere(person)
    return person


def _code(workbook: Workbook) -> PaperCode:
    """The one code in a workbook. Raises NotThere."""
    lines = {
        value.strip(): address(place)
        for grid in workbook.grids
        for place, value in grid.cells.items()
        if isinstance(value, str) and is_code(value)
    }
    if not lines:
        raise NotThere("code_missing")
    if len(lines) > 1:
        raise NotThere("two_codes", max(lines.values()))
    ((line, cell),) = lines.items()
    code = code_of(line)
    if code is None:
        raise NotThere("code_damaged", cell)
    return code


def _twice(found: Sequence[_Found]) -> list[Problem]:
    """A problem for each ballot of a person who has several."""
    files: dict[str, list[str]] = {}
    for each in found:
        files.setdefault(each.respondent.id, []).append(each.workbook.file)
    return [
        Problem("paper.twice", file, values={"others": [other for other in same if other != file]})
        for same in files.values()
        if len(same) > 1
        for file in same
    ]


def _paper(found: _Found, expected: Expected) -> PaperBallot:
    book = found.workbook
    return PaperBallot(
        book.file, book.digest, expected.round, expected.vote, found.respondent, found.answers or {}
    )
