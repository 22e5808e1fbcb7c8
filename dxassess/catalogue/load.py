"""From a folder of YAML to an `Edition`, or to every problem that keeps the folder from being one.

Three steps: the files (strict YAML), their fields (pydantic), the rules between them. All problems come at once.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

from dxassess.catalogue.cases import CASES
from dxassess.catalogue.fields import Sheet, V, fill
from dxassess.catalogue.folder import Folder
from dxassess.catalogue.model import Benchmarks, Edition, EditionHead, Indicator
from dxassess.catalogue.rules import problems_of
from dxassess.catalogue.rules_crosswalk import crosswalk_problems
from dxassess.errors import CatalogueProblems, Problem, printable, reason_of
from dxassess.yamlfile import read_yaml

EDITION, BENCHMARKS, FORM = "edition.yaml", "benchmarks.yaml", "form.yaml"
_MARKS_OF_AN_INDICATOR = frozenset(["id", "code", "kind"])


def load_edition(folder: Path, name: str | None = None) -> Edition:
    """The edition a folder describes; `name` is how the folder is called in problems (as given when left out).

    Raises CatalogueProblems with all problems of the folder, in the order of files and lines.
    """
    edition, problems, _ = _edition(folder, name or str(folder))
    if edition is None:
        raise CatalogueProblems(problems, folder=name or str(folder))
    return edition


def load_catalogues(folder: Path) -> dict[str, Edition]:
    """Every edition below `folder`, by id. Raises CatalogueProblems with the problems of all of them."""
    editions, problems = check(folder)
    if problems:
        raise CatalogueProblems(problems, folder=str(folder))
    return editions


def check(folder: Path) -> tuple[dict[str, Edition], list[Problem]]:
    """The editions that are sound, by id, and the problems of those that are not, or of what stands between them.

    `folder` is one edition's folder, or holds a folder per edition.
    """
    if _is_file(folder / EDITION) or _holds_yaml(folder):
        places, problems = [folder], list[Problem]()
    else:
        places, problems = _edition_folders(folder)
    editions: dict[str, Edition] = {}
    folders: list[Folder] = []
    for place in places:
        edition, found, read = _edition(place, str(place))
        problems += found
        folders.append(read)
        if edition is not None:
            editions[edition.id] = edition
    return editions, [*problems, *crosswalk_problems(folders)]


def _edition_folders(folder: Path) -> tuple[list[Path], list[Problem]]:
    paths, problems = _entries(folder, str(folder))
    places = [path for path in paths if path.is_dir() and _holds_yaml(path)]
    if not places and not problems:
        problems = [Problem("folder_without_editions", str(folder))]
    return places, problems


def _edition(folder: Path, name: str) -> tuple[Edition | None, list[Problem], Folder]:
    read, problems = _read(folder, name)
    problems += problems_of(read)
    if problems or read.head is None:
        return None, sorted(problems, key=lambda problem: (problem.file, problem.line)), read
    edition = Edition(
        head=read.head.value,
        indicators={sheet.value.id: sheet.value for sheet in read.indicators},
        benchmarks=read.benchmarks.value if read.benchmarks else None,
    )
    return edition, [], read


def _read(folder: Path, name: str) -> tuple[Folder, list[Problem]]:
    """Everything in the folder that can be read, and what is wrong with the rest."""
    paths, problems = _entries(folder, name)
    files = {
        unicodedata.normalize("NFC", path.name): path
        for path in paths
        if path.suffix.lower() in (".yaml", ".yml")
    }
    if paths and EDITION not in files:
        problems.append(Problem("edition_missing", name))
    head, found = _sheet(EditionHead, files.pop(EDITION, None), name)
    problems += found
    benchmarks, found = _sheet(Benchmarks, files.pop(BENCHMARKS, None), name)
    problems += found
    files.pop(FORM, None)
    if EDITION in {path.name for path in paths} and not files:
        problems.append(Problem("folder_without_indicators", name))
    indicators: list[Sheet[Indicator]] = []
    unread: set[str] = set()
    for path in files.values():
        sheet, found = _indicator(path, name)
        problems += found
        if sheet is None:
            unread.add(path.stem)
        else:
            indicators.append(sheet)
    identity = unicodedata.normalize("NFC", _target(folder).name)
    return Folder(identity, head, tuple(indicators), benchmarks, frozenset(unread)), problems


def _entries(folder: Path, name: str) -> tuple[list[Path], list[Problem]]:
    """What lies in a folder, by name, without hidden things and without links that lead out of it."""
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "__")))
        home = _target(folder)
    except (OSError, ValueError) as error:
        code = "folder_missing" if isinstance(error, FileNotFoundError) else "folder_unreadable"
        return [], [Problem(code, name, 0, {"reason": reason_of(error)})]
    outside = {path for path in paths if path.is_symlink() and not _target(path).is_relative_to(home)}
    problems = [Problem("link_leaves_folder", _called(path, name)) for path in sorted(outside)]
    return [path for path in paths if path not in outside], problems


def _target(link: Path) -> Path:
    """Where a link leads in the end; a link that leads to itself stays where it is."""
    return Path(os.path.realpath(link))


def _sheet(model: type[V], path: Path | None, name: str) -> tuple[Sheet[V] | None, list[Problem]]:
    if path is None:
        return None, []
    file = _called(path, name)
    document, problems = read_yaml(path, file)
    return fill(model, document, file, path.stem) if document else (None, problems)


def _indicator(path: Path, name: str) -> tuple[Sheet[Indicator] | None, list[Problem]]:
    file = _called(path, name)
    if path.name.lower() in (EDITION, BENCHMARKS):
        return None, [Problem("file_capitals", file, 0, {"expected": path.name.lower()})]
    if path.suffix != ".yaml":
        return None, [Problem("file_ending", file, 0, {"expected": printable(f"{path.stem}.yaml", 80)})]
    document, problems = read_yaml(path, file)
    if document is None:
        return None, problems
    if (
        isinstance(document.data, dict)
        and document.data
        and not _MARKS_OF_AN_INDICATOR & document.data.keys()
    ):
        return None, [Problem("file_stray", file)]
    return fill(Indicator, document, file, path.stem)


def _called(path: Path, name: str) -> str:
    """How a file is called in problems; bytes that are no text and line ends show as `�`."""
    called = os.fsencode(path.name).decode("utf-8", "replace")
    return f"{name}/{''.join(letter if letter.isprintable() else '�' for letter in called)}"


def _holds_yaml(folder: Path) -> bool:
    """Does a folder look like an edition's, be it without its `edition.yaml`? Cases stand beside the editions."""
    try:
        return any(path.name != CASES for path in folder.glob("*.yaml"))
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False
