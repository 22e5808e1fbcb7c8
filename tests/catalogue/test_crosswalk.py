"""How two editions relate: pairs from either side, and every rule with a small wrong folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dxassess.catalogue.crosswalk import pairs, whose
from dxassess.catalogue.load import check, load_edition
from dxassess.catalogue.model import Edition, edition_from_text
from dxassess.text import LANGUAGES, Words

Spoil = Callable[[str, str, str], None]


def line(to: str, relation: str = "overlaps", levels: str = "changed", reason: str = "似た問い") -> str:
    return f'  - {{to: {to}, relation: {relation}, levels: {levels}, basis: own, reason: {{ja: "{reason}", en: "alike"}}}}\n'


@pytest.fixture
def later(tiny: Path) -> Path:
    """A second edition beside the tiny one, `later`, with the same indicators."""
    folder = Path(shutil.copytree(tiny, tiny.parent / "later"))
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("tiny.", "later.").replace("id: tiny\n", "id: later\n"), encoding="utf-8"
        )
    return folder


def add(path: Path, *lines: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("crosswalk:\n" + "".join(lines))


def both(tiny: Path) -> tuple[Edition, Edition]:
    editions, problems = check(tiny.parent)
    assert problems == []
    return editions["tiny"], editions["later"]


def seen(found: tuple) -> list[tuple[str, str, str]]:
    return [(pair.here, pair.there, pair.relation) for pair in found]


def test_pairs_are_found_from_whichever_side_they_were_written_and_turn_with_the_direction(
    tiny: Path, later: Path
) -> None:
    add(tiny / "2.yaml", line("later.2-1", "narrower"), line("later.1", "broader"))
    add(later / "1.yaml", line("tiny.1", "same"))
    old, new = both(tiny)

    assert seen(pairs([old, new], old, new)) == [
        ("tiny.1", "later.1", "same"),
        ("tiny.2", "later.1", "broader"),
        ("tiny.2", "later.2-1", "narrower"),
    ]
    assert seen(pairs([old, new], new, old)) == [
        ("later.1", "tiny.1", "same"),
        ("later.1", "tiny.2", "narrower"),
        ("later.2-1", "tiny.2", "broader"),
    ]
    assert pairs([old, new], old, new)[1].flipped in pairs([old, new], new, old)


def test_the_crosswalk_of_today_serves_texts_that_were_stored_without_it(tiny: Path, later: Path) -> None:
    add(later / "1.yaml", line("tiny.1"))
    old, new = both(tiny)
    stored = edition_from_text(old.text)

    assert pairs([new], stored, edition_from_text(new.text)) == pairs([old, new], old, new)
    assert pairs([], old, new) == ()


def test_quantitative_indicators_may_be_related_and_are_no_pairs_of_levels(tiny: Path, later: Path) -> None:
    add(later / "q-days.yaml", line("tiny.q-days"))
    old, new = both(tiny)

    assert pairs([old, new], old, new) == ()


def test_a_pair_read_from_both_sides_counts_as_this_side_wrote_it(tiny: Path, later: Path) -> None:
    """As happens where the two editions come from different folders, between which no rule looks."""
    add(tiny / "1.yaml", line("later.1", "broader"))
    add(later / "1.yaml", line("tiny.1", "same"))
    old, new = load_edition(tiny), load_edition(later)

    assert seen(pairs([old, new], old, new)) == [("tiny.1", "later.1", "broader")]


def test_a_crosswalk_changes_neither_the_text_nor_the_hash_of_an_edition(tiny: Path, later: Path) -> None:
    before = load_edition(tiny)
    add(tiny / "1.yaml", line("later.1"))
    after = load_edition(tiny)

    assert after.by_code["1"].crosswalk
    assert (after.text, after.hash) == (before.text, before.hash)


def test_a_text_that_was_stored_with_a_crosswalk_can_still_be_read(tiny: Path) -> None:
    add(tiny / "1.yaml", line("later.1"))
    whole = load_edition(tiny)
    stored = whole.model_dump_json(exclude_defaults=True)

    assert edition_from_text(stored).by_code["1"].crosswalk == whole.by_code["1"].crosswalk


def test_a_crosswalk_to_an_edition_that_is_not_installed_is_kept(tiny: Path) -> None:
    add(tiny / "1.yaml", line("dgc9.1"))
    editions, problems = check(tiny.parent)

    assert problems == []
    assert editions["tiny"].by_code["1"].crosswalk[0].to == "dgc9.1"


@pytest.mark.parametrize(
    ("ours", "theirs", "code", "passage"),
    [
        ([line("tiny.1")], [], "crosswalk_own", "tiny.1,"),
        ([line("tiny.2")], [], "crosswalk_own", "tiny.2"),
        ([line("later1")], [], "crosswalk_form", "later1"),
        ([line("later.1"), line("later.1", "same")], [], "crosswalk_twice", "same"),
        ([line("later.9")], [], "crosswalk_to_nothing", "later.9"),
        ([line("later.q-days")], [], "crosswalk_kinds", "later.q-days"),
        ([line("later.1")], [line("tiny.1")], "crosswalk_both_sides", "later.1"),
    ],
)
def test_a_wrong_crosswalk_is_refused_with_its_line(
    tiny: Path, later: Path, ours: list[str], theirs: list[str], code: str, passage: str
) -> None:
    add(tiny / "1.yaml", *ours)
    if theirs:
        add(later / "1.yaml", *theirs)
    (problem,) = check(tiny.parent)[1]

    assert (problem.code, problem.file) == (code, f"{tiny}/1.yaml")
    assert passage in (tiny / "1.yaml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    for language in LANGUAGES:
        assert Words(language).problem(problem).startswith(f"{tiny}/1.yaml:{problem.line}")


def test_levels_are_the_same_only_on_one_scale(tiny: Path, later: Path, spoil: Spoil) -> None:
    add(later / "1.yaml", line("tiny.1", "same", "same"))
    assert check(tiny.parent)[1] == []

    spoil("edition.yaml", "value: 3,", "value: 4,")
    spoil("edition.yaml", "level: 3, needs", "level: 4, needs")
    for path in tiny.glob("[12]*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("\n  3:", "\n  4:"), encoding="utf-8")
    (problem,) = check(tiny.parent)[1]

    assert (problem.code, problem.file) == ("crosswalk_scales", f"{later}/1.yaml")
    assert problem.values["ours"] == [0, 1, 2, 3]


def test_nothing_is_said_of_an_indicator_or_an_edition_that_could_not_be_read(
    tiny: Path, later: Path
) -> None:
    add(tiny / "1.yaml", line("later.2", "same", "same"))
    (later / "2.yaml").write_text("id: [", encoding="utf-8")
    (later / "edition.yaml").write_text("id: [", encoding="utf-8")

    assert {problem.file for problem in check(tiny.parent)[1]} == {
        f"{later}/2.yaml",
        f"{later}/edition.yaml",
    }


def test_of_editions_whose_names_begin_alike_the_longer_one_is_meant(tiny: Path, later: Path) -> None:
    longer = Path(shutil.copytree(later, tiny.parent / "later.1"))
    for path in longer.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("later.", "later.1.").replace("id: later\n", "id: later.1\n"), encoding="utf-8"
        )
    add(tiny / "1.yaml", line("later.1.2-1"))

    assert check(tiny.parent)[1] == []


@pytest.mark.parametrize("written_in", ["tiny", "later"])
def test_an_own_edition_related_to_a_published_one_is_an_arrangement(
    tiny: Path, later: Path, spoil: Spoil, written_in: str
) -> None:
    old, new = both(tiny)
    assert [whose([old, new], each) for each in (old, new)] == ["indicators", "indicators"]
    other = {"tiny": "later", "later": "tiny"}[written_in]
    add(tiny.parent / written_in / "1.yaml", line(f"{other}.1"))
    old, new = both(tiny)
    assert whose([old, new], new) == "indicators"
    published = Edition(head=old.head.model_copy(update={"status": "current"}), indicators=old.indicators)
    assert whose([published, new], published) is None
    assert whose([published, new], new) == "arrangement"
