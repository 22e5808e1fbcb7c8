"""Published cases: what other companies did and what came of it, as published. A peer of the editions, not a part of one.

`cases.yaml` beside the editions' folders, optional. `fits` names the indicators (by id, of any edition) a case may help with;
which ones is this project's own reading and not the source's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field

from dxassess.catalogue.fields import fill
from dxassess.catalogue.folder import option_ids_once
from dxassess.catalogue.model import Bilingual, Edition
from dxassess.catalogue.values import Ident, Value
from dxassess.errors import Problem
from dxassess.yamlfile import read_yaml

CASES = "cases.yaml"


class Case(Value):
    """One case as it was published: who, in which task, how it was before, what was done, with which effect."""

    id: Ident
    company: Bilingual
    size: Bilingual | None = None
    task: Bilingual
    before: Bilingual
    done: Bilingual
    effect: Bilingual
    source: Bilingual
    fits: tuple[Ident, ...] = Field(min_length=1)


class Cases(Value):
    """The whole file. `notice` says whose figures these are; it is shown beside every case."""

    notice: Bilingual
    cases: tuple[Case, ...] = Field(min_length=1)


def read_cases(folder: Path, editions: Mapping[str, Edition]) -> tuple[Cases | None, list[Problem]]:
    """The cases beside the editions of a folder, None where there are none, with everything that is wrong with the file."""
    path = folder / CASES
    if not path.is_file():
        return None, []
    document, problems = read_yaml(path, str(path))
    sheet, found = fill(Cases, document, str(path), path.stem) if document else (None, problems)
    if sheet is None:
        return None, found
    known = {indicator for edition in editions.values() for indicator in edition.indicators}
    strays = [
        sheet.problem("case_fits_nothing", "cases", number, "fits", place, id=indicator)
        for number, case in enumerate(sheet.value.cases)
        for place, indicator in enumerate(case.fits)
        if indicator not in known
    ]
    twice = option_ids_once(sheet, ("cases",), [case.id for case in sheet.value.cases])
    problems = [*found, *strays, *twice]
    return (None, problems) if problems else (sheet.value, [])


def cases_for(cases: Cases | None, indicators: Iterable[str]) -> tuple[Case, ...]:
    """The cases that may help with one of these indicators (ids), in the order of the file."""
    wanted = set(indicators)
    return tuple(case for case in cases.cases if wanted.intersection(case.fits)) if cases else ()
