"""Folders become editions, or all their problems."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dxassess.catalogue.load import check, load_catalogues, load_edition
from dxassess.errors import CatalogueProblems
from dxassess.text import LANGUAGES, Words

Spoil = Callable[[str, str, str], None]
TINY = Path(__file__).parents[1] / "data" / "tiny"

ITEM = """id: many.{n}
code: "{n}"
kind: key
wording: {{title: own, question: own, levels: own}}
title: {{ja: "項目{n}", en: "Item {n}"}}
question: {{ja: "どうですか。", en: "How is it?"}}
levels:
  0: {{ja: "ありません。", en: "None."}}
  1: {{ja: "あります。", en: "Some."}}
"""


def many(folder: Path, count: int) -> Path:
    """An edition of `count` indicators in one group, on a scale of 0 and 1."""
    place = folder / "many"
    place.mkdir()
    for n in range(1, count + 1):
        (place / f"{n}.yaml").write_text(ITEM.format(n=n), encoding="utf-8")
    codes = ", ".join(f'"{n}"' for n in range(1, count + 1))
    text = (TINY / "edition.yaml").read_text(encoding="utf-8")
    text = text[: text.index("scale:")] + (
        "scale:\n  levels:\n"
        '    - {value: 0, name: {ja: "無", en: "None"}}\n'
        '    - {value: 1, name: {ja: "有", en: "Some"}}\n'
        'roles: [{id: it, ja: "IT部門", en: "IT"}]\n'
        'not_applicable: [{id: none, ja: "該当なし", en: "None"}]\n'
        f'tree: {{id: all, title: {{ja: "全体", en: "All"}}, items: [{codes}]}}\n'
        "groups: [all]\naverages: [all]\n"
    )
    (place / "edition.yaml").write_text(text.replace("id: tiny", "id: many"), encoding="utf-8")
    return place


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in check(folder)[1]]


def test_a_sound_folder_becomes_an_edition(tiny: Path) -> None:
    edition = load_edition(tiny)

    assert edition.id == "tiny"
    assert edition.benchmarks is not None
    assert [average.current_mean for average in edition.benchmarks.averages] == [1.1, 1.25]


def test_an_edition_needs_no_benchmarks(tiny: Path) -> None:
    (tiny / "benchmarks.yaml").unlink()

    assert load_edition(tiny).benchmarks is None


def test_a_broken_folder_raises_all_its_problems_under_the_name_given(tiny: Path, spoil: Spoil) -> None:
    spoil("1.yaml", "kind: key", "kind: main")
    spoil("2.yaml", "weight: 3", "weight: 0")

    with pytest.raises(CatalogueProblems) as raised:
        load_edition(tiny, "indicators/tiny")

    assert [problem.file for problem in raised.value.problems] == [
        "indicators/tiny/1.yaml",
        "indicators/tiny/2.yaml",
    ]
    assert raised.value.values == {"count": 2, "folder": "indicators/tiny"}


def test_every_folder_with_an_edition_is_loaded(tiny: Path) -> None:
    many(tiny.parent, 1)
    (tiny.parent / "pictures").mkdir()
    (tiny.parent / "__pycache__").mkdir()

    assert sorted(load_catalogues(tiny.parent)) == ["many", "tiny"]


def test_a_sound_edition_is_found_beside_a_broken_one(tiny: Path, spoil: Spoil) -> None:
    many(tiny.parent, 1)
    spoil("1.yaml", "kind: key", "kind: main")

    editions, problems = check(tiny.parent)

    assert list(editions) == ["many"]
    assert [problem.code for problem in problems] == ["field_not_listed"]
    with pytest.raises(CatalogueProblems):
        load_catalogues(tiny.parent)


def test_the_problems_of_all_editions_come_at_once(tiny: Path, spoil: Spoil) -> None:
    (many(tiny.parent, 2) / "2.yaml").unlink()
    spoil("1.yaml", "kind: key", "kind: main")

    with pytest.raises(CatalogueProblems) as raised:
        load_catalogues(tiny.parent)

    assert {problem.code for problem in raised.value.problems} == {"item_unknown", "field_not_listed"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path / "nul\0"):
        editions, problems = check(folder)

        assert editions == {}
        assert problems[0].code in ("folder_missing", "folder_unreadable")
        assert problems[0].file == str(folder)


def test_a_file_in_place_of_a_folder_is_named(tiny: Path) -> None:
    assert codes(tiny / "1.yaml") == ["folder_unreadable"]
    with pytest.raises(CatalogueProblems):
        load_edition(tiny / "1.yaml")


def test_a_folder_without_editions_says_so(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["folder_without_editions"]


def test_indicators_without_an_edition_file_say_so(tiny: Path) -> None:
    (tiny / "edition.yaml").unlink()

    assert codes(tiny.parent) == ["edition_missing"]


def test_a_folder_of_indicators_named_itself_is_told_what_it_lacks(tiny: Path) -> None:
    (tiny / "edition.yaml").unlink()

    assert codes(tiny) == ["edition_missing"]


@pytest.mark.parametrize(
    "name", ["Tiny", "ti ny", "か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}", "nul", "t\nt"]
)
def test_a_folder_whose_name_can_be_no_id_is_renamed_not_its_files(tiny: Path, name: str) -> None:
    place = tiny.rename(tiny.parent / name)

    (problem,) = check(place)[1]

    assert (problem.code, problem.values["expected"]) == ("folder_name", "tiny")
    for language in LANGUAGES:
        assert "\n" not in Words(language).problem(problem).removeprefix(str(place))


def test_an_edition_without_indicators_says_so(tmp_path: Path) -> None:
    place = many(tmp_path, 1)
    (place / "1.yaml").unlink()

    assert "folder_without_indicators" in codes(place)


def test_a_form_and_things_that_are_no_yaml_are_left_alone(tiny: Path) -> None:
    (tiny / "form.yaml").write_text("sheet: x\n", encoding="utf-8")
    (tiny / "notes.txt").write_text("x", encoding="utf-8")
    (tiny / "._1.yaml").write_bytes(b"\0\1")

    assert codes(tiny) == []


def test_a_link_that_leaves_the_folder_is_not_followed(tiny: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: x\n", encoding="utf-8")
    (tiny / "3.yaml").symlink_to(secret)
    (tiny / "4.yaml").symlink_to("/dev/zero")
    (tiny / "5.yaml").symlink_to(tiny / "5.yaml")

    _, problems = check(tiny)

    found = {problem.file.split("/")[-1]: problem.code for problem in problems}
    assert found["3.yaml"] == found["4.yaml"] == "link_leaves_folder"
    assert "5.yaml" in found
    assert len(found) == 3


def test_a_link_to_an_edition_elsewhere_is_not_followed(tiny: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "tiny").symlink_to(tiny)

    assert codes(home) == ["link_leaves_folder"]


def test_a_pipe_does_not_keep_the_program_waiting(tiny: Path) -> None:
    os.mkfifo(tiny / "3.yaml")

    assert codes(tiny) == ["file_no_file"]


def test_a_folder_called_like_a_file_is_named(tiny: Path) -> None:
    (tiny / "3.yaml").mkdir()

    assert codes(tiny) == ["file_no_file"]


def test_a_file_name_that_is_no_text_is_named_readably(tiny: Path) -> None:
    name = os.fsdecode(b"\xff.yaml")
    shutil.copy(tiny / "1.yaml", tiny / name)

    _, problems = check(tiny)

    assert {problem.file.encode("utf-8").decode().split("/")[-1] for problem in problems} >= {"�.yaml"}


@pytest.mark.parametrize("name", ["a\nb.yaml", "\N{RIGHT-TO-LEFT OVERRIDE}1.yaml", "a\nb.yml"])
def test_a_file_name_with_unseen_characters_stays_on_one_line(tiny: Path, name: str) -> None:
    shutil.copy(tiny / "1.yaml", tiny / name)

    for problem in check(tiny)[1]:
        assert Words("en").problem(problem).isprintable()


def test_a_folder_some_computers_cannot_store_is_named(tiny: Path, spoil: Spoil) -> None:
    spoil("edition.yaml", "id: tiny\n", "id: con\n")
    for name in ("1", "1-1", "2", "2-1", "q-days", "q-pace"):
        text = (tiny / f"{name}.yaml").read_text(encoding="utf-8")
        (tiny / f"{name}.yaml").write_text(text.replace(": tiny.", ": con."), encoding="utf-8")
    tiny.rename(tiny.parent / "con")

    assert codes(tiny.parent / "con") == ["name_reserved"]


def test_text_is_composed_so_that_what_looks_equal_is_equal(tiny: Path, spoil: Spoil) -> None:
    spoil("1.yaml", '"学び"', '"か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}く"')

    assert load_edition(tiny).indicators["tiny.1"].title.ja == "がく"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tiny: Path) -> None:
    before = load_edition(tiny).hash
    for path in tiny.glob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert load_edition(tiny).hash == before


def test_one_indicator_on_a_scale_of_one_level_is_an_edition(tmp_path: Path) -> None:
    place = many(tmp_path, 1)
    for name, old in (
        ("1.yaml", '  1: {ja: "あります。", en: "Some."}\n'),
        ("edition.yaml", '    - {value: 1, name: {ja: "有", en: "Some"}}\n'),
    ):
        text = (place / name).read_text(encoding="utf-8")
        (place / name).write_text(text.replace(old, ""), encoding="utf-8")

    edition = load_edition(place)

    assert len(edition.scored) == 1
    assert edition.scale.values == (0,)


def test_a_scale_may_have_twenty_levels(tiny: Path, spoil: Spoil) -> None:
    levels = "".join(f'    - {{value: {n}, name: {{ja: "段{n}", en: "Step {n}"}}}}\n' for n in range(4, 20))
    spoil("edition.yaml", "roles:", f"{levels}roles:")
    spoil("edition.yaml", "described: indicators", "described: scale")
    for name in ("1.yaml", "1-1.yaml", "2.yaml", "2-1.yaml"):
        text = (tiny / name).read_text(encoding="utf-8")
        text = text[: text.index("levels:\n")] + text[text.index("evidence:") :]
        (tiny / name).write_text(text.replace(", levels: own", ""), encoding="utf-8")

    assert load_edition(tiny).scale.values == tuple(range(20))


def test_a_scale_of_more_than_a_hundred_and_one_levels_is_refused(tiny: Path, spoil: Spoil) -> None:
    levels = "".join(f'    - {{value: {n}, name: {{ja: "段{n}", en: "Step {n}"}}}}\n' for n in range(4, 102))
    spoil("edition.yaml", "roles:", f"{levels}roles:")

    (problem,) = check(tiny)[1]

    assert (problem.code, problem.values["field"], problem.values["limit"]) == (
        "list_too_long",
        "scale.levels",
        101,
    )


def test_five_thousand_indicators_load(tmp_path: Path) -> None:
    place = many(tmp_path, 5000)

    started = time.process_time()
    edition = load_edition(place)

    assert len(edition.scored) == 5000
    assert time.process_time() - started < 15


def test_every_problem_of_a_folder_has_a_sentence_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "1.yaml").write_text("", encoding="utf-8")
    _, problems = check(tmp_path)
    _, nowhere = check(tmp_path / "nowhere")

    for language in LANGUAGES:
        for problem in [*problems, *nowhere]:
            assert Words(language).problem(problem).endswith((".", "。"))
