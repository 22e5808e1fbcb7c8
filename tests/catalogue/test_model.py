"""An edition can be stored as text and rebuilt from it, to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition, Indicator, edition_from_text

ROOT = Path(__file__).parents[2]


def halves(tiny: Path, spoil: Callable[[str, str, str], None]) -> Edition:
    """The tiny edition on a scale of halves, 0 to 1.5, with a weight of a tenth."""
    for old, new in (
        ("value: 1,", "value: 0.5,"),
        ("value: 2,", "value: 1.0,"),
        ("value: 3,", "value: 1.5,"),
    ):
        spoil("edition.yaml", old, new)
    spoil("edition.yaml", "any_condition: 1", "any_condition: 0.5")
    spoil("edition.yaml", "level: 2,", "level: 1,")
    spoil("edition.yaml", "level: 3,", "level: 1.5,")
    for name in ("1.yaml", "1-1.yaml", "2.yaml", "2-1.yaml"):
        spoil(name, "  1: {", "  0.5: {")
        spoil(name, "  2: {", "  1.0: {")
        spoil(name, "  3: {", "  1.5: {")
    spoil("2.yaml", "weight: 3", "weight: 0.1")
    spoil("edition.yaml", "at_least: 2", "at_least: 1")
    spoil("benchmarks.yaml", "target_mean: 2.5, target_median: 2.0", "target_mean: 1.25, target_median: 1.0")
    return load_edition(tiny)


def test_the_tiny_edition_survives_its_own_text(tiny: Path) -> None:
    edition = load_edition(tiny)

    again = edition_from_text(edition.text)

    assert again == edition
    assert again.hash == edition.hash
    assert list(again.indicators) == list(edition.indicators)


def test_an_edition_on_a_scale_of_halves_survives_its_own_text(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    edition = halves(tiny, spoil)

    again = edition_from_text(edition.text)

    assert again == edition
    assert again.hash == edition.hash
    assert list(again.indicators["tiny.1"].levels) == [0, 0.5, 1, 1.5]
    assert again.scale.values == (0, 0.5, 1, 1.5)
    assert Fraction(str(again.indicators["tiny.2"].weight)) == Fraction(1, 10)


def test_the_edition_of_2019_survives_its_own_text() -> None:
    edition = load_edition(ROOT / "indicators" / "dx2019")

    again = edition_from_text(edition.text)

    assert edition.benchmarks is not None
    kept = edition.benchmarks.model_copy(update={"comparable": (), "basis": None})
    seen = {known: item.model_copy(update={"crosswalk": ()}) for known, item in edition.indicators.items()}
    assert again == edition.model_copy(update={"benchmarks": kept, "indicators": seen})
    assert again.hash == edition.hash


def test_levels_come_in_the_order_of_the_scale_though_the_text_sorts_them_as_words() -> None:
    words = {"ja": "甲", "en": "A"}
    indicator = {
        "id": "x.1",
        "code": "1",
        "kind": "key",
        "wording": {"title": "own", "question": "own"},
        "title": words,
        "question": words,
        "levels": dict.fromkeys((10, 2, 0.5, 1.0), words),
    }

    built = Indicator.model_validate(indicator)

    assert list(built.levels) == [0.5, 1, 2, 10]
    assert [type(level) for level in built.levels] == [float, int, int, int]
    assert list(Indicator.model_validate_json(built.model_dump_json()).levels) == [0.5, 1, 2, 10]


def test_any_word_people_see_changes_the_hash(tiny: Path, spoil: Callable[[str, str, str], None]) -> None:
    before = load_edition(tiny).hash
    spoil("1.yaml", "学びを一部で試しています。", "学びを一部で試してみています。")

    assert load_edition(tiny).hash != before


def test_where_a_role_stands_is_part_of_the_hash_and_leaves_no_trace_where_it_is_not_said(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    silent = load_edition(tiny)
    spoil("edition.yaml", 'en: "Management"}', 'en: "Management", stands: executive}')
    told = load_edition(tiny)

    assert "stands" not in silent.text
    assert silent.text == told.text.replace(',"stands":"executive"', "")
    assert [role.stands for role in told.head.roles] == ["executive", None]


def test_the_order_and_comments_of_files_do_not_change_the_hash(tiny: Path) -> None:
    before = load_edition(tiny).hash
    lines = (tiny / "q-days.yaml").read_text(encoding="utf-8").splitlines()
    head, rest = lines[:3], lines[3:]
    (tiny / "q-days.yaml").write_text("\n".join(["# a remark", *rest, *head]), encoding="utf-8")

    assert load_edition(tiny).hash == before


def test_a_text_that_is_no_edition_is_refused() -> None:
    for text in ("", "{}", '{"head": {}, "indicators": {}}', "[1]"):
        with pytest.raises(ValidationError):
            edition_from_text(text)


def test_an_edition_cannot_be_changed(tiny: Path) -> None:
    edition = load_edition(tiny)

    with pytest.raises(ValidationError, match="frozen"):
        edition.head.title.ja = "別の題名"


def test_an_edition_finds_its_parts(tiny: Path) -> None:
    edition = load_edition(tiny)

    assert (edition.id, edition.revision) == ("tiny", 1)
    assert [indicator.code for indicator in edition.scored] == ["1", "1-1", "2", "2-1"]
    assert [indicator.code for indicator in edition.measured] == ["q-days", "q-pace"]
    assert [group.id for group in edition.groups] == ["people", "tools"]
    assert {indicator: group.id for indicator, group in edition.group_of.items()} == {
        "tiny.1": "people",
        "tiny.1-1": "people",
        "tiny.2": "tools",
        "tiny.2-1": "tools",
    }
    assert edition.scale.position(2) == 2
    assert edition.head.title["ja"] == "ちいさな診断"
    assert edition.head.title["en"] == "A tiny assessment"
    with pytest.raises(ValueError, match="not in tuple"):
        edition.scale.position(5)
