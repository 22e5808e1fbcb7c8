"""This project's own framework for the back office: six departments by seven themes, every text complete in both languages."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition, Indicator
from dxassess.catalogue.narrow import sections_for_rounds

FOLDER = Path(__file__).parents[2] / "indicators" / "backoffice"
DEPARTMENTS = {
    "keiri": "経理",
    "jinji": "人事",
    "somu": "総務",
    "homu": "法務",
    "kobai": "購買",
    "joho": "情報システム",
}
THEMES = {
    1: ("紙とハンコ", "Paper and seals"),
    2: ("属人化", "Person-bound work"),
    3: ("自動化", "Automation"),
    4: ("既存システムとの連携", "Link with existing systems"),
    5: ("効果の測定", "Measuring the effect"),
    6: ("人手不足への備え", "Shortage of hands"),
    7: ("小さく始めて広げる", "Small start and widening"),
}
CODES = [f"{department}-{theme}" for department in range(1, 7) for theme in THEMES]
MEASURED = {
    "q-hours": "lower", "q-overtime": "lower", "q-cost-per-case": "lower", "q-people-able": "higher", "q-returned": "lower",
    "q-return-rate": "lower", "q-lead-time": "lower", "q-close-days": "lower", "q-automated": "higher", "q-paper": "lower",
    "q-seal": "lower",
}  # fmt: skip


@cache
def edition() -> Edition:
    return load_edition(FOLDER)


def indicator(code: str) -> Indicator:
    return edition().by_code[code]


def test_six_departments_have_seven_themes_each_and_rounds_of_their_own() -> None:
    assert {section.id: section.title.ja for section in edition().groups} == DEPARTMENTS
    assert [section.id for section in sections_for_rounds(edition())] == list(DEPARTMENTS)
    assert [item.code for item in edition().scored] == CODES
    assert {item.code: item.measure.better for item in edition().measured if item.measure} == MEASURED


def test_it_says_that_it_is_our_own_and_nothing_published_stands_beside_it() -> None:
    head = edition().head
    assert (head.status, head.scale.names) == ("own", "own")
    assert "独自" in head.title.ja
    assert "own" in head.title.en
    assert "METI" in head.notice.en
    assert (head.thresholds, edition().benchmarks) == ((), None)
    words = {word for item in edition().indicators.values() for word in item.wording.model_dump().values()}
    assert words <= {"own", None}


@pytest.mark.parametrize("code", CODES)
def test_an_indicator_is_complete(code: str) -> None:
    item = indicator(code)
    ja, en = THEMES[int(code[-1])]
    assert re.fullmatch(f"{ja}（.+）", item.title.ja)
    assert re.fullmatch(rf"{en} \(.+\)", item.title.en)
    assert item.kind == "key"
    assert item.guidance is not None
    assert 2 <= len(item.conditions) <= 3
    assert 2 <= len(item.evidence) <= 4
    assert 2 <= len(item.actions) <= 4
    assert "office" in item.respondents


@pytest.mark.parametrize("code", CODES)
def test_level_texts_are_six_different_full_sentences(code: str) -> None:
    levels = indicator(code).levels
    assert len({text.ja for text in levels.values()}) == len({text.en for text in levels.values()}) == 6
    for level, text in levels.items():
        assert re.search("(す|ません|した)。\\Z", text.ja), (level, text.ja)
        assert text.ja.count("。") == 1, (level, text.ja)
        assert len(text.ja) >= 20, (level, text.ja)
        assert re.search(r"\A[A-Z\"'“0-9].*\.\Z", text.en), (level, text.en)
        assert len(text.en.split()) >= 7, (level, text.en)
        assert not re.search(r"\byou(r)?\b", text.en), (level, text.en)
    assert not any(re.search("測っ|測り", levels[level].ja) for level in range(4))


@pytest.mark.parametrize("code", [*CODES, *MEASURED])
def test_evidence_and_next_steps_are_notes_not_sentences(code: str) -> None:
    for note in (*indicator(code).evidence, *indicator(code).actions):
        assert not note.ja.endswith(("。", "ます")), note.ja
        assert not note.en.endswith("."), note.en


def test_no_text_stands_twice() -> None:
    seen: dict[str, str] = {}
    for code in [*CODES, *MEASURED]:
        item = indicator(code)
        texts = (item.question, item.guidance, *item.levels.values(), *item.evidence, *item.actions)
        for said in (both[language] for both in texts if both for language in ("ja", "en")):
            assert seen.setdefault(said, code) == code, said


@pytest.mark.parametrize(("language", "run"), [("ja", 3), ("en", 6)])
def test_no_level_text_is_a_copy_of_one_of_another_indicator(language: str, run: int) -> None:
    known = [
        (item.code, said, {said[at : at + run] for at in range(len(said) - run)})
        for item in edition().scored
        for said in (text[language] for text in item.levels.values())  # type: ignore[index]
    ]
    for (one, said, some), (two, other, more) in combinations(known, 2):
        if one != two:
            assert len(some & more) < 0.4 * len(some | more), (one, said, two, other)
