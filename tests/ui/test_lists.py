"""What people pick from a list: nothing in it reads like anything else, because a list knows a choice by its words."""

import json
from datetime import date

import pytest

from dxassess.text import Words
from dxassess.ui.components import distinct
from dxassess.ui.context import application
from dxassess.usecases import close_round
from tests.ui.conftest import Visit
from tests.usecases.conftest import new_house


def test_labels_that_are_alike_are_numbered_and_none_twice():
    assert distinct({1: "a", 2: "b", 3: "a", 4: "a (2)", 5: "a"}) == {
        1: "a",
        2: "b",
        3: "a (2)",
        4: "a (2) (2)",
        5: "a (3)",
    }


@pytest.fixture
def twins(house):
    """Three closed rounds of one quarter under one title, two of them on one day, told apart by their levels alone."""
    before = None
    for level, day in ((1, 4), (2, 5), (3, 5)):
        before = house.start(date(2026, 5, day), previous=before, title="診断")
        for code in ("1", "1-1", "2", "2-1"):
            house.say(before, code, level)
        before = close_round(house.store, before, "")
    return house


def test_rounds_of_one_title_and_quarter_are_told_apart_and_each_can_be_picked(twins):
    visit = Visit("result")
    (picker,) = [box for box in visit.at.selectbox if box.label == Words("ja")("rounds.pick")]
    assert len(set(picker.options)) == 3
    assert [option.rsplit(" ", 1)[-1] for option in picker.options] == ["(2)", "2026年5月5日", "2026年5月4日"]
    for option, mean in zip(picker.options, ("3.00", "2.00", "1.00"), strict=True):
        (picker,) = [box for box in visit.at.selectbox if box.label == Words("ja")("rounds.pick")]
        picker.set_value(picker.options[list(picker.options).index(option)])
        visit.at.run()
        assert f"全指標の平均は {mean}" in visit.text


def test_the_round_shown_as_last_time_can_be_any_of_them(twins):
    (picker,) = [box for box in Visit("rounds").at.selectbox if box.label == Words("ja")("rounds.previous")]
    assert len(set(picker.options)) == 4


def test_groups_of_one_name_are_told_apart(folder):
    path = folder / "indicators" / "tiny" / "edition.yaml"
    path.write_text(
        path.read_text("utf-8").replace('{ja: "道具", en: "Tools"}', '{ja: "人", en: "People"}'), "utf-8"
    )
    for name in ("1-1", "2-1"):
        item = path.with_name(f"{name}.yaml")
        lines = item.read_text("utf-8").replace("kind: sub", "kind: key").splitlines(keepends=True)
        item.write_text("".join(line for line in lines if not line.startswith("parent:")), "utf-8")
    house = new_house(application())
    house.start(date(2026, 5, 4))
    groups = Visit("answering").at.get("button_group")[0].options
    assert len({option.split("\u2002")[0] for option in groups}) == 2


def test_of_an_edition_with_very_many_items_the_chart_shows_a_group_at_a_time(told, words, monkeypatch):
    monkeypatch.setattr("dxassess.ui.result_parts.MOST_ITEMS", 1)
    visit = Visit("result", lang=words.language)
    (picker,) = [box for box in visit.at.selectbox if box.label == words("result.items_group")]
    assert words("result.items_first", n=1, m=2) in visit.text
    learning = words.of(told.app.editions["tiny"].by_code["1"].title)
    for group, shown in zip(picker.options, (True, False), strict=True):
        (picker,) = [box for box in visit.at.selectbox if box.label == words("result.items_group")]
        picker.set_value(group)
        visit.run()
        assert (learning in str(json.loads(visit.at.get("plotly_chart")[-1].proto.spec))) == shown
