"""An edition as a folder of YAML: `edition.yaml` and one file per indicator. Written beside, checked, then moved into its place.

A folder that was to be replaced is moved away first; should the program end between the two moves, `mended` puts it back.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dxassess.catalogue.load import EDITION, load_edition
from dxassess.catalogue.model import Edition

_OLD, _NEW = ".old-", ".new-"


def write_edition(edition: Edition, folder: Path) -> Path:
    """Write `<folder>/<id>`, in the place of what is there; gives that folder. All of it or nothing.

    Raises CatalogueProblems when what was written would not be read as this edition, OSError when it cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f"{_NEW}{uuid.uuid4().hex}"
    made, place = beside / edition.id, folder / edition.id
    try:
        made.mkdir(parents=True)
        for name, text in files_of(edition).items():
            _write(made / name, text)
        if load_edition(made, edition.id) != edition:
            raise RuntimeError(f"{edition.id} would be read differently")
        _exchange(made, place, folder / f"{_OLD}{edition.id}")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return place


def mended(folder: Path) -> None:
    """Put back what an interrupted `write_edition` moved away, and clear what it left."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name.startswith(_OLD) and path.is_dir():
            place = folder / path.name.removeprefix(_OLD)
            if not place.exists():
                path.rename(place)


def files_of(edition: Edition) -> dict[str, str]:
    """The files of an edition by name."""
    files = {EDITION: _yaml(edition.head.model_dump(exclude_defaults=True))}
    for indicator in edition.indicators.values():
        files[f"{indicator.code}.yaml"] = _yaml(indicator.model_dump(exclude_defaults=True))
    return files


def _exchange(made: Path, place: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    made.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _yaml(data: Mapping[str, Any]) -> str:
    return "\n".join(_lines(data, 0)) + "\n"


def _lines(data: Mapping[Any, Any], depth: int) -> Iterator[str]:
    """Fields below each other; short groups of texts on a line of their own, as the shipped files have them."""
    indent = "  " * depth
    for key, value in data.items():
        if isinstance(value, Mapping) and not _is_flat(value):
            yield f"{indent}{key}:"
            yield from _lines(value, depth + 1)
        elif isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(each, Mapping) for each in value):  # fmt: skip
            yield f"{indent}{key}:"
            for each in value:
                inner = list(_lines(each, depth + 2))
                yield f"{indent}  - {inner[0].lstrip()}"
                yield from inner[1:]
        else:
            yield f"{indent}{key}: {_value(value)}"


def _is_flat(value: Mapping[Any, Any]) -> bool:
    return all(isinstance(each, str | int | float) for each in value.values()) and len(_value(value)) <= 100


def _value(value: Any) -> str:
    """A value in quotation marks JSON and YAML both know; numbers and true or false as they are."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)
