"""Score sheets of several rounds side by side: values, targets, and the parts of every change."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.catalogue.model import Edition
from dxassess.exchange.roundsheets import as_json, as_lines, held, node_of
from dxassess.exchange.scoresheet import parse_sheet
from dxassess.text import Words


@pytest.fixture(params=["ja", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param)


@pytest.fixture
def round_of(tiny: Edition) -> Callable:
    def build(name: str, rows: str, edition: Edition = tiny, columns: str = "indicator,current,target"):
        return held(name, edition, parse_sheet(f"{columns}\n{rows}".encode(), edition, name))

    return build


def exact(found) -> str | None:
    return found["exact"]


def test_each_round_has_its_values_and_targets_reached(round_of) -> None:
    first = round_of("Q1", "1,2,3\n1-1,3,3\n2,1,2\n2-1,?,\n")
    (told,) = as_json([first], ["all", "people"])["rounds"]
    values = {node["id"]: (exact(node["current"]), exact(node["target"])) for node in told["nodes"]}
    assert values["all"] == ("2", "8/3")
    assert told["targets_reached"] == {"all": {"n": 1, "m": 3}, "people": {"n": 1, "m": 2}}
    assert (told["name"], told["respondents"], told["edition"]["id"], told["scale"]) == (
        "Q1",
        1,
        "tiny",
        [0, 1, 2, 3],
    )


def test_the_parts_of_every_pair_add_up_exactly(round_of) -> None:
    rounds = [
        round_of("Q1", "1,1,\n1-1,2,\n2,3,\n"),
        round_of("Q2", "1,2,\n1-1,-,\n2,3,\n2-1,0,\n"),
        round_of("Q3", "1,2,\n1-1,3,\n2,3,\n2-1,0,\n"),
    ]
    first, second = as_json(rounds, ["all"])["pairs"]
    assert [(part["kind"], exact(part["change"])) for part in first["parts"]] == [
        ("not_applicable", "0"),
        ("moved", "1/2"),
        ("answered", "-5/6"),
    ]
    assert (exact(first["sum"]), exact(first["change"])) == ("-1/3", "-1/3")
    assert {key: first["like_for_like"][key] for key in ("n", "unchanged")} == {"n": 2, "unchanged": 1}
    assert (exact(first["like_for_like"]["before"]), exact(first["like_for_like"]["after"])) == ("2", "5/2")
    assert first["who_answered"]["told_by"] == "voice"
    assert [(part["kind"], part["items"][0]["reason"]) for part in second["parts"]] == [
        ("applicable", "not_applicable")
    ]
    for pair in (first, second):
        assert sum(Fraction(exact(part["change"])) for part in pair["parts"]) == Fraction(
            exact(pair["change"])
        )


def test_several_respondents_are_matched_by_name_and_by_role(round_of) -> None:
    columns = "indicator,current,target,respondent,role"
    before = round_of("a", "1,1,,Sato,management\n1,3,,Abe,it\n", columns=columns)
    after = round_of("b", "1,2,,SATO,management\n", columns=columns)
    others = round_of("c", "1,3,,Kato,management\n1,3,,Ito,it\n", columns=columns)
    person, role = as_json([before, after, others], ["all"])["pairs"]
    assert {key: person["who_answered"][key] for key in ("told_by", "respondents_in_both")} == {
        "told_by": "person",
        "respondents_in_both": 1,
    }
    assert [(part["kind"], exact(part["change"])) for part in person["parts"]] == [
        ("moved", "1"),
        ("who", "-1"),
    ]
    assert exact(person["parts"][1]["items"][0]["effect"]) == "-1"
    assert role["who_answered"]["told_by"] == "role"


def test_a_sheet_of_one_voice_beside_one_of_many_says_that_it_cannot_be_told(round_of, words: Words) -> None:
    one = round_of("a", "1,1,\n")
    many = round_of("b", "1,2,,Sato,it\n", columns="indicator,current,target,respondent,role")
    (pair,) = as_json([one, many], ["all"])["pairs"]
    assert (pair["who_answered"]["told_by"], pair["who_answered"]["cannot_be_told_for"]) == (None, ["1"])
    assert words("score.who_untold", change="±0.000", n=0) in "\n".join(as_lines([one, many], ["all"], words))


def test_other_scales_are_not_subtracted_and_missing_values_are_said(
    round_of, tiny: Edition, words: Words
) -> None:
    levels = tuple(level for level in tiny.scale.levels if level.value != 3)
    head = tiny.head.model_copy(update={"scale": tiny.scale.model_copy(update={"levels": levels})})
    shorter = Edition.model_validate(tiny.model_copy(update={"head": head}).model_dump())
    first, second, empty = (
        round_of("a", "1,1,\n"),
        round_of("b", "1,2,\n", shorter),
        round_of("c", "1,,\n", shorter),
    )
    scale, none = as_json([first, second, empty], ["all"])["pairs"]
    assert (
        scale["cannot_be_taken_apart"],
        exact(scale["change"]),
        scale["parts"],
        scale["like_for_like"],
        scale["who_answered"],
    ) == ("scale", None, [], None, None)
    assert none["cannot_be_taken_apart"] == "after"
    lines = "\n".join(as_lines([first, second, empty], ["all"], words))
    assert words("movement.why_not_scale") in lines
    assert words("movement.why_not_after") in lines


def test_a_node_one_edition_does_not_have_is_a_dash(round_of, tiny: Edition, words: Words) -> None:
    from dxassess.catalogue.narrow import narrowed

    part = round_of("b", "1,2,\n", narrowed(tiny, "people"))
    whole = round_of("a", "1,1,\n")
    lines = as_lines([part, whole], ["all"], words)
    assert lines[2].split()[:2] == ["b", "–"]
    (pair,) = as_json([part, whole], ["all"])["pairs"]
    assert (pair["cannot_be_taken_apart"], pair["values"]["before"]) == ("node", None)
    assert words("movement.why_not_node") in lines[-1]
    assert words("movement.why_not_node_after") in as_lines([whole, part], ["all"], words)[-1]
    (first, _) = as_json([part, whole], ["all"])["rounds"]
    assert first["targets_reached"] == {}


def test_people_read_the_same_with_three_decimals(round_of, words: Words) -> None:
    rounds = [round_of("Q1", "1,1,3\n1-1,2,\n2,2,\n"), round_of("Q2", "1,2,2\n1-1,2,\n")]
    lines = as_lines(rounds, ["all", "tiny.1"], words)
    text = "\n".join(lines)
    assert "1.667" in text
    assert words("score.pair", before="Q1", after="Q2") in lines
    assert text.count(words("movement.start")) == 2
    assert words("score.alike", n=2, before="1.500", after="2.000", change="+0.500") in text
    assert words("score.reached_n", n=1, m=1) in text
    assert words("score.who_voice", change="", n="") in text


def test_a_node_is_found_by_its_id_or_its_number(tiny: Edition) -> None:
    assert [node_of(tiny, name) for name in ("all", "1-1", "tiny.2", "q-days", "x")] == [
        "all",
        "tiny.1-1",
        "tiny.2",
        None,
        None,
    ]


def test_the_column_of_changes_adds_up_as_printed(round_of, words: Words) -> None:
    """4/3 → 1 → 2/3 (two steps of −1/3 at 3 decimals: −0.333 each, while 1.333 → 0.667 are −0.666)."""
    rounds = [round_of("Q1", "1,1,\n1-1,1,\n2,2,\n"), round_of("Q2", "1,0,\n1-1,0,\n2,2,\n")]
    lines = as_lines(rounds, ["all"], words)
    start = next(place for place, line in enumerate(lines) if words("movement.start") in line)
    printed = [line.replace("−", "-").split() for line in lines[start : start + 4]]
    changes = [Decimal(row[-2]) for row in printed[1:]]
    assert sum(changes[:2]) == changes[2] == Decimal(printed[3][-1]) - Decimal(printed[0][-1])
