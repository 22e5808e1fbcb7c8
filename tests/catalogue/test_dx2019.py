"""The real catalogue of 2019, one case per file: official names and numbers, complete texts, nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Bilingual, Edition, Indicator, Section

FOLDER = Path(__file__).parents[2] / "indicators" / "dx2019"

SCORED = {
    "1": "ビジョンの共有",
    "2": "危機感とビジョン実現の必要性の共有",
    "3": "経営トップのコミットメント",
    "4": "マインドセット、企業文化",
    "4-1": "体制",
    "4-2": "KPI",
    "4-3": "評価",
    "4-4": "投資意思決定、予算配分",
    "5": "推進・サポート体制",
    "5-1": "推進体制",
    "5-2": "外部との連携",
    "6": "人材育成・確保",
    "6-1": "事業部門における人材",
    "6-2": "技術を支える人材",
    "6-3": "人材の融合",
    "7": "事業への落とし込み",
    "7-1": "戦略とロードマップ",
    "7-2": "バリューチェーンワイド",
    "7-3": "持続力",
    "8": "ビジョン実現の基盤としてのITシステムの構築",
    "8-1": "データ活用",
    "8-2": "スピード・アジリティ",
    "8-3": "全社最適",
    "8-4": "IT資産の分析・評価",
    "8-5": "廃棄",
    "8-6": "競争領域の特定",
    "8-7": "非競争領域の標準化・共通化",
    "8-8": "ロードマップ",
    "9": "ガバナンス・体制",
    "9-1": "体制",
    "9-2": "人材確保",
    "9-3": "事業部門のオーナーシップ",
    "9-4": "データ活用の人材連携",
    "9-5": "プライバシー、データセキュリティ",
    "9-6": "IT投資の評価",
}
CONDITIONS = {
    "1": 4, "2": 4, "3": 5, "4": 4, "4-1": 2, "4-2": 2, "4-3": 2, "4-4": 2, "5": 3, "5-1": 2, "5-2": 2, "6": 2,
    "6-1": 4, "6-2": 4, "6-3": 2, "7": 5, "7-1": 2, "7-2": 2, "7-3": 3, "8": 2, "8-1": 2, "8-2": 2, "8-3": 3, "8-4": 2,
    "8-5": 2, "8-6": 2, "8-7": 3, "8-8": 1, "9": 3, "9-1": 2, "9-2": 3, "9-3": 2, "9-4": 3, "9-5": 3, "9-6": 1,
}  # fmt: skip
CHECKED = {"2", "4", "4-1", "4-2", "4-3", "4-4", "6", "6-1", "7", "9-2", "9-4", "9-5"}
MEASURED = {
    "q-development-speed": ("製品開発スピード", "日", "lower"),
    "q-new-customers": ("新規顧客獲得割合", "%", "higher"),
    "q-spend-efficiency": ("支出プロセスにおける効率性", "%", "lower"),
    "q-forecast-cycle": ("フォーキャストサイクルタイム", "日", "lower"),
    "q-ccc": ("Cash Conversion Cycle", "日", "lower"),
    "q-closing-speed": ("決算処理スピード", "日", "lower"),
    "q-digital-share": ("企業全体に占めるデジタルサービスの割合", "%", "higher"),
    "q-digital-profit": ("デジタルサービス全体の利益", "円", "higher"),
    "q-digital-investment": ("デジタルサービスへの投資額", "円", "neither"),
    "q-digital-staff": ("デジタルサービスに従事している従業員数", "人", "neither"),
    "q-existing-customers": ("新サービスを利用する既存顧客の割合", "%", "higher"),
    "q-trials": ("DXのためのトライアルの数", "件", "higher"),
    "q-alliances": ("DXのための業務提携の数", "件", "higher"),
    "q-digitised-processes": ("業務プロセスのデジタル化率", "%", "higher"),
    "q-value-up-budget": ("ラン・ザ・ビジネス予算とバリューアップ予算の比率", "%", "higher"),
    "q-dx-staff-business": ("DX人材（事業）の数", "人", "higher"),
    "q-dx-staff-technical": ("DX人材（技術）の数", "人", "higher"),
    "q-training-budget": ("DX人材育成の研修予算", "円", "higher"),
    "q-data-freshness": ("経営が迅速に把握できるデータ鮮度", "", "lower"),
    "q-lead-time": ("サービス改善のリードタイム", "日", "lower"),
    "q-release-frequency": ("サービス改善の頻度", "回/月", "higher"),
    "q-agile-projects": ("アジャイルプロジェクトの数", "件", "higher"),
}
LEVEL_NAMES = {
    0: "未着手",
    1: "一部での散発的実施",
    2: "一部での戦略的実施",
    3: "全社戦略に基づく部門横断的推進",
    4: "全社戦略に基づく持続的実施",
    5: "グローバル市場におけるデジタル企業",
}
GATES = {
    1: ("戦略|全社の|会社として|会社の|全社と", "polic|strateg|company"),
    2: ("全社戦略", "strateg"),
    3: ("全社|部門|全体", "depart|company|unit"),
    4: ("測|達成率|比率|件数|度合い|突き合わせ|検証|数値目標", "measur|count|track|compar|figure|rate|check"),
    5: ("世界|海外|各国", "global|abroad|world|foreign|overseas"),
}
PUBLISHED = {
    (2019, "all", "all"): (248, 1.43), (2020, "all", "all"): (305, 1.60), (2020, "dx_certified", "all"): (33, 2.71),
    (2020, "not_certified", "all"): (None, 1.47), (2020, "submitted_2019_and_2020", "all"): (86, 1.95),
    (2021, "all", "all"): (486, 1.95), (2022, "all", "all"): (3956, 1.19), (2022, "large", "all"): (None, 2.04),
    (2023, "all", "all"): (4047, 1.26), (2023, "sme", "all"): (None, 1.14), (2023, "large", "all"): (None, 2.11),
    (2023, "size_big", "all"): (None, 2.57), (2023, "size_mid", "all"): (None, 1.55),
    (2023, "size_small", "all"): (None, 1.12), (2023, "submitted_before", "all"): (None, 2.22),
    (2023, "first_time", "all"): (None, 1.16), (2024, "all", "all"): (1349, 1.67),
    (2024, "all", "management"): (1349, 1.66), (2024, "all", "it"): (1349, 1.69),
}  # fmt: skip
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


@cache
def edition() -> Edition:
    return load_edition(FOLDER)


def indicator(code: str) -> Indicator:
    return edition().by_code[code]


def texts(of: Indicator) -> Iterator[tuple[str, Bilingual]]:
    """Every bilingual text of an indicator with the place it stands in."""
    yield "title", of.title
    yield "question", of.question
    if of.guidance is not None:
        yield "guidance", of.guidance
    yield from ((f"conditions {text.id}", text) for text in of.conditions)
    yield from ((f"levels {level}", text) for level, text in of.levels.items())
    yield from ((f"evidence {number}", text) for number, text in enumerate(of.evidence, start=1))
    yield from ((f"actions {number}", text) for number, text in enumerate(of.actions, start=1))
    if of.measure is not None:
        yield "unit", of.measure.unit
        yield from ((f"choices {text.id}", text) for text in of.measure.choices)


def sections(of: Section) -> dict[str, list[str]]:
    return {section.id: list(section.codes()) for section in of.walk()}


def test_the_edition_has_35_scored_and_22_measured_indicators_and_a_file_for_each() -> None:
    assert [item.code for item in edition().scored] == list(SCORED)
    assert [item.code for item in edition().measured] == list(MEASURED)
    files = {path.stem for path in FOLDER.glob("*.yaml")} - {"edition", "benchmarks", "form"}
    assert files == SCORED.keys() | MEASURED.keys()
    assert (len(SCORED), len(MEASURED)) == (35, 22)


def test_there_are_9_key_questions_and_26_subs_19_for_management_and_16_for_it() -> None:
    assert Counter(item.kind for item in edition().scored) == {"key": 9, "sub": 26}
    below = sections(edition().head.tree)
    assert len(below["management"]) == 19
    assert len(below["it"]) == 16
    assert below["all"] == below["management"] + below["it"]


def test_the_three_averages_bear_their_names() -> None:
    titles = {name: edition().sections[name].title.ja for name in edition().head.averages}

    assert titles == {"all": "全指標", "management": "経営視点", "it": "IT視点"}


def test_each_group_is_a_key_question_with_its_subs_under_the_key_questions_name() -> None:
    assert [group.id for group in edition().groups] == [f"g{n}" for n in range(1, 10)]
    for group in edition().groups:
        key, *subs = [indicator(code) for code in group.codes()]
        assert key.kind == "key"
        assert group.title == key.title
        assert [sub.parent for sub in subs] == [key.id] * len(subs)


def test_all_averages_are_means_of_items_without_extra_weight_for_keys() -> None:
    assert edition().head.averages == ("all", "management", "it")
    for section in edition().head.tree.walk():
        assert (section.aggregate, section.over, section.weight) == ("mean", "items", 1)
    assert {item.weight for item in edition().scored} == {1}


def test_the_scale_has_the_six_official_names() -> None:
    scale = edition().scale

    assert {level.value: level.name.ja for level in scale.levels} == LEVEL_NAMES
    assert (scale.names, scale.described) == ("official", "indicators")
    assert all(level.character is not None for level in scale.levels)


def test_a_leading_company_has_a_mean_of_three_over_all() -> None:
    (leading,) = edition().head.thresholds

    assert (leading.id, leading.title.ja, leading.of, leading.at_least) == ("leading", "先行企業", "all", 3)


def test_the_edition_says_that_it_is_superseded_and_whose_words_these_are() -> None:
    head = edition().head

    assert (head.status, head.published) == ("superseded", "2019-07-31")
    assert "独自" in head.notice.ja
    assert "own" in head.notice.en


def test_gates_suggest_strategy_then_cross_department_then_measured() -> None:
    suggestion = edition().head.suggestion

    assert suggestion is not None
    assert suggestion.any_condition == 1
    assert [(gate.id, gate.level, gate.needs) for gate in suggestion.gates] == [
        ("strategy", 2, "any"),
        ("across", 3, "all"),
        ("measured", 4, "all"),
    ]


def test_the_roles_are_management_business_dx_and_it() -> None:
    assert {role.id: role.ja for role in edition().head.roles} == {
        "management": "経営",
        "business": "事業部門",
        "dx": "DX部門",
        "it": "IT部門",
    }


def test_the_management_leads_and_the_departments_do_the_work() -> None:
    assert {role.id: role.stands for role in edition().head.roles} == {
        "management": "executive",
        "business": "field",
        "dx": "field",
        "it": "field",
    }


def test_published_averages_are_those_of_whole_viewpoints_with_their_source() -> None:
    benchmarks = edition().benchmarks

    assert benchmarks is not None
    assert {average.of for average in benchmarks.averages} == {"all", "management", "it"}
    latest = {a.of: a for a in benchmarks.averages if a.year == 2024}
    assert {of: (a.n, a.current_mean, a.target_mean) for of, a in latest.items()} == {
        "all": (1349, 1.67, 3.34),
        "management": (1349, 1.66, 3.35),
        "it": (1349, 1.69, 3.34),
    }
    assert {(a.year, a.group, a.of): (a.n, a.current_mean) for a in benchmarks.averages} == PUBLISHED
    assert all(average.source for average in benchmarks.averages)
    assert "1.95" in benchmarks.warning.ja
    assert "1.19" in benchmarks.warning.en


@pytest.mark.parametrize("code", SCORED)
def test_a_scored_indicator_is_complete(code: str) -> None:
    item = indicator(code)

    assert item.id == f"dx2019.{code}"
    assert item.title.ja == SCORED[code]
    assert item.kind == ("sub" if "-" in code else "key")
    assert item.parent == (f"dx2019.{code.split('-', maxsplit=1)[0]}" if "-" in code else None)
    assert item.name_checked == (code in CHECKED)
    assert item.wording.model_dump() == {
        "title": "official",
        "question": "own",
        "guidance": "own",
        "levels": "own",
        "measure": None,
    }
    assert item.guidance is not None
    assert [condition.id for condition in item.conditions] == list("abcde"[: CONDITIONS[code]])
    assert list(item.levels) == [0, 1, 2, 3, 4, 5]
    assert 2 <= len(item.evidence) <= 4
    assert 2 <= len(item.actions) <= 4
    roles = ("management",) if item.kind == "key" else ("management", "business", "dx", "it")
    assert item.respondents == roles


@pytest.mark.parametrize("code", SCORED)
def test_level_texts_are_six_different_full_sentences(code: str) -> None:
    levels = indicator(code).levels

    assert len({text.ja for text in levels.values()}) == 6
    assert len({text.en for text in levels.values()}) == 6
    for level, text in levels.items():
        assert re.search("(す|ません|した)。\\Z", text.ja), (level, text.ja)
        assert text.ja.count("。") == 1, (level, text.ja)
        assert len(text.ja) >= 20, (level, text.ja)
        assert re.search(r"\A[A-Z\"'“0-9]", text.en), (level, text.en)
        assert text.en.endswith("."), (level, text.en)
        assert len(text.en.split()) >= 7, (level, text.en)


@pytest.mark.parametrize("code", SCORED)
def test_the_three_gates_tell_the_levels_apart(code: str) -> None:
    """No company strategy at 1, one at 2; across departments at 3; measured at 4; in the world's markets at 5."""
    levels = indicator(code).levels
    for level, (ja, en) in GATES.items():
        assert re.search(ja, levels[level].ja), (level, levels[level].ja)
        assert re.search(en, levels[level].en), (level, levels[level].en)
    assert "全社戦略に" not in levels[1].ja
    assert not any(re.search("測っ|測り", levels[level].ja) for level in range(4))
    assert not any(re.search(r"\byou(r)?\b", text.en) for text in levels.values())


@pytest.mark.parametrize("code", [*SCORED, *MEASURED])
def test_evidence_and_next_steps_are_notes_not_sentences(code: str) -> None:
    for note in (*indicator(code).evidence, *indicator(code).actions):
        assert not note.ja.endswith(("。", "ます")), note.ja
        assert not note.en.endswith("."), note.en


@pytest.mark.parametrize(("language", "run"), [("ja", 3), ("en", 6)])
def test_no_level_text_is_a_copy_of_one_of_another_indicator(language: str, run: int) -> None:
    known = [
        (
            item.code,
            text[language],
            {text[language][at : at + run] for at in range(len(text[language]) - run)},
        )  # type: ignore[index]
        for item in edition().scored
        for text in item.levels.values()
    ]
    for (one, said, some), (two, other, more) in combinations(known, 2):
        if one != two:
            assert len(some & more) < 0.4 * len(some | more), (one, said, two, other)


@pytest.mark.parametrize("code", MEASURED)
def test_a_measured_indicator_is_complete(code: str) -> None:
    item = indicator(code)
    title, unit, better = MEASURED[code]

    assert item.title.ja == title
    assert (item.kind, item.parent, item.levels, item.conditions) == ("quantitative", None, {}, ())
    assert item.name_checked is False
    assert (item.wording.title, item.wording.question, item.wording.measure) == ("official", "own", "own")
    assert item.measure is not None
    assert item.measure.better == better
    assert unit in item.measure.unit.ja
    assert item.guidance is not None
    assert 2 <= len(item.evidence) <= 4
    assert 2 <= len(item.actions) <= 4
    assert item.respondents
    if code == "q-data-freshness":
        assert [choice.id for choice in item.measure.choices] == [
            "realtime",
            "daily",
            "weekly",
            "monthly",
            "longer",
        ]
    else:
        assert item.measure.choices == ()


@pytest.mark.parametrize("code", [*SCORED, *MEASURED])
def test_japanese_is_japanese_and_english_is_english(code: str) -> None:
    for place, text in texts(indicator(code)):
        if text.ja not in ("KPI", "Cash Conversion Cycle", "%", "％"):
            assert JAPANESE.search(text.ja), (place, text.ja)
        assert not JAPANESE.search(text.en), (place, text.en)


@pytest.mark.parametrize("code", [*SCORED, *MEASURED])
def test_questions_ask_and_nothing_blames_or_is_left_to_be_filled(code: str) -> None:
    item = indicator(code)

    assert item.question.ja.endswith("。")
    assert re.search("か。", item.question.ja) or item.kind == "quantitative"
    assert "?" in item.question.en or item.kind == "quantitative"
    for place, text in texts(item):
        assert not re.search("無効|不正|TODO|…", text.ja), (place, text.ja)
        assert not re.search(r"\b(invalid|TODO|TBD)\b|…", text.en), (place, text.en)
        assert text.ja == text.ja.strip()
        assert text.en == text.en.strip()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_stands_in_two_places(language: str) -> None:
    seen: dict[str, str] = {}
    for item in [*edition().scored, *edition().measured]:
        for place, text in texts(item):
            words = text[language]  # type: ignore[index]
            if place in ("title", "unit") or place.startswith("choices"):
                continue
            assert words not in seen, f"{item.code} {place} repeats {seen.get(words)}: {words}"
            seen[words] = f"{item.code} {place}"
    assert len(seen) > 700
