"""Published cases: read beside the editions, each fitting indicators there are; whatever is wrong is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassess.catalogue.cases import cases_for, read_cases
from dxassess.catalogue.load import check, load_catalogues

SHIPPED = Path(__file__).parents[2] / "indicators"
NAMES = {"ニトリホールディングス", "ソロン（不動産、佐賀）", "ぺんてる", "イオンアイビス", "中野建設"}
FIGURES = {
    "nitori": ("46,000",),
    "solon": ("2023",),
    "pentel": ("3分の1", "70%"),
    "aeon-ibis": ("数週間",),
    "nakano": ("90%", "1,500", "30%"),
}
ONE = """
notice: {ja: "公表されたものです。", en: "As published."}
cases:
  - id: one
    company: {ja: "架空の会社", en: "A fictional company"}
    task: {ja: "経費", en: "Expenses"}
    before: {ja: "前", en: "before"}
    done: {ja: "した", en: "done"}
    effect: {ja: "減った", en: "less"}
    source: {ja: "出典", en: "source"}
    fits: [tiny.1]
"""


@pytest.fixture
def beside(tiny):
    """Writes the cases beside the tiny edition and reads them."""

    def read(text):
        (tiny.parent / "cases.yaml").write_text(text, encoding="utf-8")
        return read_cases(tiny.parent, load_catalogues(tiny.parent))

    return read


def test_the_shipped_cases_are_those_that_were_published_each_with_its_figures_and_source():
    cases, problems = read_cases(SHIPPED, load_catalogues(SHIPPED))
    assert problems == []
    assert {case.company.ja for case in cases.cases} == NAMES
    for case in cases.cases:
        assert all(figure in case.effect.ja for figure in FIGURES[case.id]), case.id
        assert "intra-mart" in case.source.ja
        assert "2023" in case.source.ja
        assert {indicator.split(".")[0] for indicator in case.fits} == {"backoffice", "dx2019"}


def test_cases_are_found_by_the_indicators_they_fit(beside):
    cases, problems = beside(ONE)
    assert problems == []
    assert [case.id for case in cases_for(cases, ["tiny.1", "tiny.2"])] == ["one"]
    assert cases_for(cases, ["tiny.2"]) == ()
    assert cases_for(None, ["tiny.1"]) == ()


def test_without_the_file_there_are_none_and_the_file_makes_no_edition(tiny, beside):
    assert read_cases(tiny.parent, {}) == (None, [])
    beside(ONE)
    assert sorted(check(tiny.parent)[0]) == ["tiny"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (ONE.replace("tiny.1", "tiny.9"), "case_fits_nothing", 11),
        (ONE.replace('    effect: {ja: "減った", en: "less"}\n', ""), "field_missing", 4),
        (ONE + ONE.split("cases:\n")[1], "option_twice", 12),
        ("", "file_empty", 0),
        ("a: [", "yaml_bracket_open", 2),
    ],
)
def test_what_is_wrong_is_named_with_its_line(beside, text, code, line):
    cases, problems = beside(text)
    assert cases is None
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
