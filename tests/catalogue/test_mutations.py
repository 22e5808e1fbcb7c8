"""Every key and entry of a sound edition, taken away, renamed, doubled or retyped: refused in sentences, or still sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from dxassess.catalogue.load import check
from dxassess.errors import Problem
from dxassess.text import LANGUAGES, Words
from dxassess.yamlfile import Place, read_yaml

TINY = Path(__file__).parents[1] / "data" / "tiny"
FILES = ("edition.yaml", "benchmarks.yaml", "1-1.yaml", "q-pace.yaml")
OPTIONAL = {
    "edition.yaml": {
        "described",
        "names",
        "character",
        "suggestion",
        "gates",
        "aggregate",
        "over",
        "thresholds",
    },
    "benchmarks.yaml": {"n", "current_mean", "current_median", "target_mean", "target_median"},
    "1-1.yaml": {"guidance", "conditions", "evidence", "actions", "respondents"},
    "q-pace.yaml": {"guidance", "choices", "respondents"},
}
MAY_BE_NOTHING = {"guidance", "character", "suggestion"}
Mutation = Callable[[Any, Any], None]


def take_away(parent: Any, key: Any) -> None:
    del parent[key]


def rename(parent: Any, key: Any) -> None:
    entries = list(parent.items())
    parent.clear()
    parent.update({f"{name}_" if name == key else name: value for name, value in entries})


def put(value: Any) -> Mutation:
    def change(parent: Any, key: Any) -> None:
        parent[key] = value

    return change


WRONG: dict[str, Mutation] = {
    "true": put(True),
    "a word": put("Un expected"),
    "a number": put(-7.25),
    "nothing": put(None),
    "a list": put([[]]),
    "fields": put({"x": {}}),
}


def data(name: str) -> Any:
    document, problems = read_yaml(TINY / name)
    assert document is not None, problems
    return document.data


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield (*place, key)
        yield from places(inner, (*place, key))


def changed(name: str, place: Place, mutation: Mutation) -> Any:
    whole = deepcopy(data(name))
    parent = whole
    for step in place[:-1]:
        parent = parent[step]
    mutation(parent, place[-1])
    return whole


def written(value: Any) -> str:
    """A value as YAML in brackets, keys that are numbers left numbers."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(inner) for inner in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "null" if value is None else str(value).lower()


def _key(key: object) -> str:
    return f'"{key}"' if isinstance(key, str) else str(key)


def problems_with(tiny: Path, name: str, value: Any) -> list[Problem]:
    """What is wrong once the file says `value`; each problem is told in both languages, in one line, of a file that is there."""
    (tiny / name).write_text(written(value) + "\n", encoding="utf-8")
    _, problems = check(tiny)
    for problem in problems:
        assert Path(problem.file).is_file()
        assert problem.line >= 1
        for language in LANGUAGES:
            sentence = Words(language).problem(problem)
            assert sentence.isprintable() or "\u3000" in sentence, sentence
            assert sentence.endswith((".", "。")), sentence
    return problems


@pytest.mark.parametrize("name", FILES)
def test_the_file_as_it_is_written_here_is_sound(name: str, tiny: Path) -> None:
    assert problems_with(tiny, name, data(name)) == []


@pytest.mark.parametrize("name", FILES)
def test_a_key_taken_away_is_missed_unless_it_is_optional(name: str, tiny: Path) -> None:
    for place in places(data(name)):
        problems = problems_with(tiny, name, changed(name, place, take_away))
        if isinstance(place[-1], str) and place[-1] not in OPTIONAL[name]:
            assert problems, place


@pytest.mark.parametrize("name", FILES)
def test_a_key_renamed_is_not_known(name: str, tiny: Path) -> None:
    for place in places(data(name)):
        if not isinstance(place[-1], int):
            assert "field_unknown" in {
                problem.code for problem in problems_with(tiny, name, changed(name, place, rename))
            }, place


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", FILES)
def test_a_group_of_fields_or_a_list_is_nothing_else(name: str, wrong: str, tiny: Path) -> None:
    for place in places(data(name)):
        whole = data(name)
        for step in place:
            whole = whole[step]
        if isinstance(whole, dict | list) and not (wrong == "nothing" and place[-1] in MAY_BE_NOTHING):
            assert problems_with(tiny, name, changed(name, place, WRONG[wrong])), place
