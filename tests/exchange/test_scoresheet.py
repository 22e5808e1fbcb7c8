from __future__ import annotations

import json
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from unicodedata import east_asian_width

import pandas as pd
import pytest

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.exchange.scoresheet import Sheet, as_json, as_lines, parse_sheet
from dxassess.text import LANGUAGES, Language, Words

TINY = Path(__file__).parents[1] / "data" / "tiny"


@pytest.fixture(scope="module")
def tiny() -> Edition:
    return load_edition(TINY)


@pytest.fixture
def sheet(tiny: Edition) -> Callable[[str], Sheet]:
    return lambda text: parse_sheet(text.encode(), tiny, "a.csv")


FULL = "indicator,current,target,respondent\n1,1,3,a\n1,2,,b\n1-1,?,,a\n2,3,2,a\n2-1,-,,a\n"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def test_json_holds_every_node_in_tree_order_unrounded(tiny: Edition, sheet: Callable[[str], Sheet]) -> None:
    found = as_json(tiny, sheet(FULL))
    assert found["edition"] == {
        "id": "tiny",
        "revision": 1,
        "hash": tiny.hash,
        "title": {"ja": "ちいさな診断", "en": "A tiny assessment"},
        "notice": {"ja": "文言はすべて架空のものです。", "en": "All wording is fictional."},
    }
    assert [node["title_wording"] for node in found["nodes"][:3]] == [None, None, "own"]
    assert (found["scale"], found["respondents"], found["averages"]) == (
        [0, 1, 2, 3],
        2,
        ["all", "people", "tools"],
    )
    assert [node["id"] for node in found["nodes"]] == [
        "all",
        "people",
        "tiny.1",
        "tiny.1-1",
        "tools",
        "tiny.2",
        "tiny.2-1",
    ]
    assert found["nodes"][0] == {
        "id": "all",
        "code": None,
        "title": {"ja": "全指標", "en": "All indicators"},
        "title_wording": None,
        "kind": "section",
        "depth": 0,
        "parent": None,
        "aggregate": "mean",
        "weight": {"value": 1.0, "exact": "1"},
        "current": {
            "value": 2.25,
            "exact": "9/4",
            "n": 2,
            "m": 3,
            "cannot_say": 1,
            "not_applicable": 1,
            "not_answered": 0,
        },
        "target": {
            "value": 2.5,
            "exact": "5/2",
            "n": 2,
            "m": 3,
            "cannot_say": 0,
            "not_applicable": 1,
            "not_answered": 1,
        },
    }
    assert found["thresholds"] == [
        {
            "id": "leading",
            "of": "all",
            "at_least": 2,
            "missing": {"value": -0.25, "exact": "-1/4"},
            "reached": True,
        }
    ]


def test_json_has_nothing_where_nothing_was_answered(tiny: Edition, sheet: Callable[[str], Sheet]) -> None:
    found = json.loads(json.dumps(as_json(tiny, sheet("indicator,current\n")), allow_nan=False))
    assert {node["current"]["exact"] for node in found["nodes"]} == {None}
    assert {node["current"]["value"] for node in found["nodes"]} == {None}
    assert found["thresholds"][0]["missing"] == {"value": None, "exact": None}
    assert found["thresholds"][0]["reached"] is None
    assert found["respondents"] == 0


def test_a_third_travels_exactly_through_json(tiny: Edition, sheet: Callable[[str], Sheet]) -> None:
    found = json.loads(json.dumps(as_json(tiny, sheet("indicator,current\n1,1\n1-1,1\n2,2\n"))))
    assert found["nodes"][0]["current"]["exact"] == "4/3"
    assert Fraction(found["thresholds"][0]["missing"]["exact"]) == Fraction(2, 3)
    assert found["thresholds"][0]["reached"] is False


def test_a_random_sheet_of_many_raters_agrees_with_pandas(
    tiny: Edition, sheet: Callable[[str], Sheet]
) -> None:
    draw = random.Random(4)
    rows = [(item.code, draw.randint(0, 3), f"p{rater}") for item in tiny.scored for rater in range(30)]
    text = "indicator,current,respondent\n" + "".join(f"{code},{level},{who}\n" for code, level, who in rows)
    nodes = {node["id"]: node["current"] for node in as_json(tiny, sheet(text))["nodes"]}
    items = pd.DataFrame(rows, columns=["code", "level", "who"]).groupby("code")["level"].mean()
    assert {code: nodes[f"tiny.{code}"]["value"] for code in items.index} == pytest.approx(items.to_dict())
    assert nodes["all"]["value"] == pytest.approx(items.mean())
    assert nodes["tools"]["value"] == pytest.approx((3 * items["2"] + items["2-1"]) / 4)


def test_lines_are_a_table_rounded_for_print(tiny: Edition, sheet: Callable[[str], Sheet]) -> None:
    assert as_lines(tiny, sheet(FULL), Words("en")) == [
        "A tiny assessment (tiny, revision 1)",
        "Respondents: 2",
        "",
        "Node                Current  Stands on                   Target  Stands on",
        "All indicators         2.25  2 of 3 items                  2.50  2 of 3 items",
        "  People               1.50  1 of 2 items                  3.00  1 of 2 items",
        "    1 Learning         1.50                                3.00",
        "    1-1 Training          –  cannot say                       –  not answered",
        "  Tools                3.00  1 of 1 item: weighted mean    2.00  1 of 1 item: weighted mean",
        "    2 Tooling          3.00                                2.00",
        "    2-1 Inspection        –  not applicable                   –  not applicable",
        "",
        "Leading: All indicators is at 2 or more.",
        "Current: 0 not answered, 1 cannot say, 1 not applicable",
        "",
        "All wording is fictional.",
    ]


def test_full_width_characters_keep_the_columns_under_each_other(
    tiny: Edition, sheet: Callable[[str], Sheet]
) -> None:
    table = as_lines(tiny, sheet(FULL), Words("ja"))[3:11]
    ends = {
        _width(line[: line.index(value) + len(value)])
        for line, value in zip(table, ["現在", "2.25", "1.50"], strict=False)
    }
    assert len(ends) == 1
    assert table[4].startswith("    1-1 研修     –  ")


def test_targets_are_left_out_of_the_table_when_there_are_none(
    tiny: Edition, sheet: Callable[[str], Sheet]
) -> None:
    lines = as_lines(tiny, sheet("indicator,current\n1,1\n"), Words("en"))
    assert lines[3:5] == [
        "Node                Current  Stands on",
        "All indicators         1.00  1 of 4 items",
    ]
    assert lines[-4] == "Leading (All indicators at 2 or more): 1.00 to go."


def test_a_line_met_exactly_is_reached(tiny: Edition, sheet: Callable[[str], Sheet]) -> None:
    exactly = sheet("indicator,current\n1,1\n1-1,3\n")
    assert as_json(tiny, exactly)["thresholds"][0]["reached"] is True
    assert as_lines(tiny, exactly, Words("en"))[-4] == "Leading: All indicators is at 2 or more."


def test_a_line_missed_by_a_hair_is_not_zero_away(tiny: Edition, sheet: Callable[[str], Sheet]) -> None:
    rows = "".join(f"1,{1 if rater == 0 else 2},p{rater}\n" for rater in range(300))
    missed = sheet(f"indicator,current,respondent\n{rows}")
    for language, said in (("en", ": less than 0.01 to go."), ("ja", "まで、あと 0.01 未満 です。")):
        assert as_lines(tiny, missed, Words(language))[-4].endswith(said)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_nobody_can_be_measured_by_says_so(
    tiny: Edition, sheet: Callable[[str], Sheet], language: Language
) -> None:
    lines = as_lines(tiny, sheet("indicator,current\n"), Words(language))
    assert lines[-4].startswith("先行" if language == "ja" else "Leading")
    assert not any("0.00" in line for line in lines)


def test_a_combining_mark_takes_no_column(tiny: Edition, sheet: Callable[[str], Sheet]) -> None:
    head = tiny.head
    title = head.tree.title.model_copy(update={"en": "A\u0301ll\u200b"})
    edition = tiny.model_copy(
        update={"head": head.model_copy(update={"tree": head.tree.model_copy(update={"title": title})})}
    )
    plain, marked = (as_lines(each, sheet(FULL), Words("en"))[4] for each in (tiny, edition))
    assert marked.index("2.25") == plain.index("2.25") + 2
