"""This project's own arrangement of the Digital Governance Code 3.0: seven topics, their criteria and desired directions."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition, Indicator

INDICATORS = Path(__file__).parents[2] / "indicators"
TOPICS = {
    "1": "経営ビジョン・ビジネスモデルの策定",
    "2": "DX戦略の策定",
    "3-1": "組織づくり",
    "3-2": "デジタル人材の育成・確保",
    "3-3": "ITシステム・サイバーセキュリティ",
    "4": "成果指標の設定・DX戦略の見直し",
    "5": "ステークホルダーとの対話",
}
DIRECTIONS = {"1": 6, "2": 6, "3-1": 5, "3-2": 5, "3-3": 5, "4": 3, "5": 4}
CODES = [
    code for topic, n in DIRECTIONS.items() for code in (topic, *(f"{topic}-{at + 1}" for at in range(n)))
]
BEYOND = re.compile("取引先|業界|地域|社外|自治体|会社|市場|仕入先|社会|海外|他社|同業|パートナー|顧客")


@cache
def edition(name: str = "dgc3") -> Edition:
    return load_edition(INDICATORS / name)


def indicator(code: str) -> Indicator:
    return edition().by_code[code]


def test_every_topic_of_the_code_has_its_criterion_and_the_directions_below_it() -> None:
    assert [item.code for item in edition().scored] == CODES
    assert len(CODES) == 41
    assert {section.id.removeprefix("p"): section.title.ja for section in edition().groups} == TOPICS
    for code in CODES:
        parent = next(
            (topic for topic in TOPICS if code.startswith(f"{topic}-") and code not in TOPICS), None
        )
        assert indicator(code).parent == (f"dgc3.{parent}" if parent else None), code
        assert indicator(code).kind == ("sub" if parent else "key")
    assert edition().measured == ()


def test_it_says_that_it_is_our_own_arrangement_and_not_the_edition_of_2026() -> None:
    head = edition().head
    assert (head.status, head.scale.names) == ("own", "own")
    assert "独自" in head.title.ja and "own" in head.title.en
    assert "独自" in head.short.ja and "own" in head.short.en
    assert "2024" in head.source.ja
    assert "2026" in head.notice.ja and "2026" in head.notice.en
    assert (head.thresholds, edition().benchmarks, head.averages) == ((), None, ("all",))
    assert {item.wording.levels for item in edition().indicators.values()} == {"own"}
    everything = edition().text
    assert "DX推進指標（2026" not in everything


@pytest.mark.parametrize("code", CODES)
def test_an_indicator_is_complete(code: str) -> None:
    item = indicator(code)
    assert item.guidance is not None
    assert 2 <= len(item.conditions) <= 4
    assert len(item.evidence) == len(item.actions) == 3
    assert set(item.respondents) <= {"management", "business", "dx", "it"}


@pytest.mark.parametrize("code", CODES)
def test_level_texts_are_six_full_sentences_inside_the_company_and_beyond_it_at_the_top(code: str) -> None:
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
    assert BEYOND.search(levels[5].ja), levels[5].ja


@pytest.mark.parametrize("code", CODES)
def test_evidence_and_next_steps_are_notes_not_sentences(code: str) -> None:
    for note in (*indicator(code).evidence, *indicator(code).actions):
        assert not note.ja.endswith(("。", "ます")), note.ja
        assert not note.en.endswith("."), note.en


def test_no_text_stands_twice_here_or_in_another_edition() -> None:
    seen: dict[str, str] = {}
    for name in ("dx2019", "backoffice", "dgc3"):
        for item in edition(name).indicators.values():
            texts = (item.question, item.guidance, *item.levels.values(), *item.evidence, *item.actions)
            for said in (both[language] for both in texts if both for language in ("ja", "en")):
                assert name != "dgc3" or seen.get(said, item.id) == item.id, said
                seen.setdefault(said, item.id)


@pytest.mark.parametrize(("language", "run"), [("ja", 3), ("en", 6)])
def test_no_level_text_is_a_copy_of_one_of_another_indicator(language: str, run: int) -> None:
    known = [
        (item.id, said, {said[at : at + run] for at in range(len(said) - run)})
        for item in edition().scored
        for said in (text[language] for text in item.levels.values())  # type: ignore[index]
    ]
    for (one, said, some), (two, other, more) in combinations(known, 2):
        if one != two:
            assert len(some & more) < 0.4 * len(some | more), (one, said, two, other)
