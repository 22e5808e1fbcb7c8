"""Ballots as files: what each is called, and all of them in one zip."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from itertools import chain, count

from dxassess.exchange.workbook.values import Upload
from dxassess.exchange.workbook.writing import cell_text

LONGEST = 60
"""Characters; with the ending a file of that name can lie in any folder."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f�\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
_FIXED = (1980, 1, 1, 0, 0, 0)


def file_name(*parts: str) -> str:
    """What a file made of these words is called: no character a system refuses or nobody sees, `.xlsx` at its end."""
    plain = (_NOT_IN_NAMES.sub("", cell_text(part).replace("\n", " ")).strip(" .") for part in parts)
    return "_".join(part for part in plain if part)[:LONGEST].strip(" .") + ".xlsx"


def distinct(files: Iterable[Upload]) -> list[Upload]:
    """The files, each under a name of its own: a later one of the same name becomes `name (2).xlsx`."""
    taken: set[str] = set()
    named: list[Upload] = []
    for file in files:
        stem, dot, ending = file.name.rpartition(".") if "." in file.name else (file.name, "", "")
        names = chain([file.name], (f"{stem} ({number}){dot}{ending}" for number in count(2)))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        named.append(Upload(name, file.content))
    return named


def bundled(files: Iterable[Upload]) -> bytes:
    """The files in one zip, in their order. The same files are the same bytes."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name, _FIXED), file.content)
    return raw.getvalue()
