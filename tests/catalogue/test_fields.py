"""Whatever stands in a field, the answer is a value or a sentence of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.catalogue.fields import fill, is_invisible, shortened, spoken
from dxassess.catalogue.model import Benchmarks, EditionHead, Indicator
from dxassess.catalogue.values import Value
from dxassess.text import LANGUAGES, Words
from dxassess.yamlfile import Document, Place, read_yaml

TINY = Path(__file__).parents[1] / "data" / "tiny"
MODELS: dict[str, type[Value]] = {
    "1.yaml": Indicator,
    "q-pace.yaml": Indicator,
    "edition.yaml": EditionHead,
    "benchmarks.yaml": Benchmarks,
}
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 0.5, -2.5, 10**15, "", " ", "甲", "A b", "x" * 2001, "\0", [], [1], {}, {"ja": 1}, {0: "x"}, [[]], {"x": {}}
)  # fmt: skip


def document(name: str) -> Document:
    read, problems = read_yaml(TINY / name)
    assert read is not None, problems
    return read


def spoiled(data: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[place[0]] = spoiled(data[place[0]], place[1:], value)
    return copy


@pytest.mark.parametrize("name", MODELS)
def test_any_odd_value_at_any_place_is_met_with_a_sentence_of_our_own(name: str) -> None:
    sound = document(name)
    for place in sound.lines:
        for odd in ODD:
            _, problems = fill(
                MODELS[name], Document(spoiled(sound.data, place, odd), sound.lines), name, "1"
            )
            for problem in problems:
                assert problem.code != "field_not_understood", (place, odd, problem)
                for language in LANGUAGES:
                    assert Words(language).problem(problem).endswith((".", "。"))


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    )
)
def test_any_content_is_met_with_problems_never_with_an_exception(data: Any) -> None:
    sheet, problems = fill(Indicator, Document(data, {(): 1}), "x.yaml", "x")

    assert sheet is None
    assert problems


def test_a_problem_names_the_line_of_the_field_and_a_missing_one_the_line_of_its_parent() -> None:
    sound = document("1.yaml")
    lines = sound.lines

    _, problems = fill(
        Indicator, Document(spoiled(sound.data, ("levels", 2), {"ja": "甲です。"}), lines), "1.yaml", "1"
    )

    assert [(p.code, p.line, p.values["field"]) for p in problems] == [
        ("field_missing", lines["levels", 2], "levels.2.en")
    ]


def test_one_field_is_named_once_even_where_two_kinds_of_number_would_do() -> None:
    sound = document("1.yaml")
    data = {**sound.data, "weight": "3"}

    _, problems = fill(Indicator, Document(data, {**sound.lines, ("weight",): 99}), "1.yaml", "1")

    assert [(problem.code, problem.line) for problem in problems] == [("field_not_number", 99)]


def test_entries_of_lists_are_counted_from_one_and_levels_are_named() -> None:
    sound = document("1.yaml")

    assert spoken(("conditions", 1, "ja"), sound) == "conditions[2].ja"
    assert spoken(("levels", 3, "ja"), sound) == "levels.3.ja"
    assert spoken(("colour", "x"), sound) == "colour.x"


def test_a_value_is_shown_as_the_file_has_it_and_cut_when_long() -> None:
    assert [shortened(value) for value in (None, True, 3, 0.5, "甲", [1], {"a": 1})] == [
        "null", "true", "3", "0.5", "甲", "…", "…"
    ]  # fmt: skip
    assert shortened("x" * 41) == "x" * 39 + "…"
    assert shortened("x" * 40) == "x" * 40


@pytest.mark.parametrize("code", [0x00, 0x07, 0x7F, 0x85, 0xAD, 0x200B, 0x200D, 0x202E, 0x2028, 0xFEFF])
def test_characters_nobody_sees_are_found(code: int) -> None:
    assert is_invisible(chr(code))


@pytest.mark.parametrize("character", ["a", "あ", "　", " ", "\n", "\t", "…", "𠮷", "é", "①"])
def test_characters_people_see_pass(character: str) -> None:
    assert not is_invisible(character)
