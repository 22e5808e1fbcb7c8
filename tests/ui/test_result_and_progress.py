"""Result and progress: numbers told one way, sums and minima by their names, where the value came from."""

import json
import re
from datetime import date

import pytest

from dxassess.assessment.model import FiscalQuarter, State
from dxassess.text import Words
from dxassess.ui.context import application
from dxassess.usecases import close_round, standing
from tests.ui.conftest import Visit
from tests.usecases.conftest import new_house

JA = Words("ja")
ONE_DECIMAL = re.compile(r"(?<![\d.])\d+\.\d(?![\d.])")


def charts(visit):
    """Everything written on the charts of a page."""
    specs = [json.loads(element.proto.spec) for element in visit.at.get("plotly_chart")]
    notes = [note["text"] for spec in specs for note in spec["layout"]["annotations"]]
    hovers = [
        text for spec in specs for trace in spec["data"] for text in trace.get("hovertext") or () if text
    ]
    return "\n".join([*notes, *hovers])


@pytest.fixture
def other(folder):
    """The tiny edition with a sum at its top and a minimum in `tools`, over two closed rounds."""
    path = folder / "indicators" / "tiny" / "edition.yaml"
    text = path.read_text("utf-8").replace(
        "aggregate: mean\n  over: items", "aggregate: sum\n  over: items", 1
    )
    path.write_text(text.replace("aggregate: weighted_mean", "aggregate: min"), "utf-8")
    house = new_house(application())
    first = house.hold({"1": 1, "1-1": 2, "2": 0, "2-1": 1}, date(2026, 5, 1))
    house.hold({"1": 2, "1-1": 2, "2": 1, "2-1": 1}, date(2026, 8, 1), previous=first)
    return house


@pytest.mark.parametrize("page", ["result", "progress"])
def test_a_number_has_the_same_decimals_wherever_it_stands_on_a_page(told, words, page):
    visit = Visit(page, lang=words.language)
    assert "1.50" in visit.text + charts(visit) or "3.00" in visit.text
    assert not ONE_DECIMAL.findall(visit.text)
    assert not ONE_DECIMAL.findall(charts(visit))


def test_on_the_result_a_sum_is_called_a_sum_and_a_minimum_a_minimum(other, words):
    visit = Visit("result", lang=words.language)
    edition = next(iter(other.app.editions.values()))
    for node, aggregate in (("all", "sum"), ("people", "mean"), ("tools", "min")):
        title, called = words.of(edition.sections[node].title), words(f"figure.aggregate.{aggregate}")
        assert words("result.average", title=title, aggregate=called) in visit.text
    assert words("result.values") in visit.text
    if words.language == "ja":
        assert "全指標の合計は 6.00" in visit.text
        assert "全指標の平均" not in visit.text + charts(visit)
        assert "先行（合計 2 以上）" in visit.text


def test_a_sum_is_drawn_on_an_axis_up_to_the_most_it_can_come_to(other):
    axis = {"result": "xaxis", "progress": "yaxis"}
    for page, name in axis.items():
        spec = json.loads(Visit(page).at.get("plotly_chart")[0].proto.spec)
        assert spec["layout"][name]["range"] == [0.0, 12.0]
        assert "なし" not in "".join(spec["layout"][name]["ticktext"])


def test_where_all_indicators_are_of_one_kind_nothing_is_called_a_key_question(folder, words):
    for path in (folder / "indicators" / "tiny").glob("*-1.yaml"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith("parent:"))
        path.write_text(text.replace("kind: sub", "kind: key"), "utf-8")
    house = new_house(application())
    first = house.hold({"1": 1, "1-1": 2, "2": 0, "2-1": 1}, date(2026, 5, 1))
    house.start(date(2026, 8, 1), previous=first)
    for page in ("answering", "result", "progress"):
        visit = Visit(page, lang=words.language)
        assert words("answering.kind_key") not in visit.text + charts(visit)
    assert len(Visit("progress").at.get("plotly_chart")) == 2


def test_on_the_progress_a_sum_is_called_a_sum(other, words):
    visit = Visit("progress", lang=words.language)
    called = words("figure.aggregate.sum")
    title = "全指標" if words.language == "ja" else "All indicators"
    assert words("progress.headline", title=title, aggregate=called, value="6.00") in visit.text
    assert words("progress.values") in visit.text
    assert "平均" not in visit.text + charts(visit)


def test_two_groups_are_bars_and_one_can_read_their_names(told, words):
    spec = json.loads(Visit("result", lang=words.language).at.get("plotly_chart")[1].proto.spec)
    assert spec["data"][0]["type"] == "bar"
    assert "polar" not in spec["layout"]


def test_the_published_source_stands_in_full_below_the_chart(told, words):
    by = words("common.comma").join(
        [
            words("figure.published_by", publisher="fictional", year=2024),
            words("figure.published_n", n="20"),
        ]
    )
    group = "全体" if words.language == "ja" else "All"
    note = words("result.published_below", group=group, by=by, source="fictional")
    assert note in Visit("result", lang=words.language).text


def test_progress_says_the_way_since_last_time_and_since_the_line_began_at_once(house):
    rounds = [({"1": 1, "1-1": 1, "2": 1, "2-1": 1}, 5), ({"1": 2, "1-1": 1, "2": 1, "2-1": 1}, 8)]
    before = None
    for levels, month in [*rounds, ({"1": 2, "1-1": 2, "2": 2, "2-1": 2}, 11)]:
        before = house.hold(levels, date(2026, month, 1), previous=before)
    assert (
        "全指標の平均は 2.00 です。前回（2026年度 第2四半期）の 1.25 から +0.75、最初の回（2026年度 第1四半期）の 1.00 から +1.00 です。"
        in Visit("progress").text
    )
    assert (
        "the mean is 2.00, +0.75 since last time (1.25, FY2026 Q2), +1.00 since the first round (1.00, FY2026 Q1)."
        in Visit("progress", lang="en").text
    )


def test_progress_names_a_change_of_the_items_that_apply(house):
    few = house.start(date(2026, 5, 1))
    for code in ("1", "1-1", "2"):
        house.say(few, code, 1)
    house.say(few, "2-1", reason="no-business")
    few = close_round(house.store, few, "")
    all_four = {"1": 2, "1-1": 2, "2": 2, "2-1": 2}
    second = house.hold(all_four, date(2026, 8, 1), previous=few)
    assert (
        "です。前回（2026年度 第1四半期、対象 3 項目。いまは 4 項目）の 1.00 から +1.00 です。"
        in Visit("progress").text
    )
    third = house.hold(all_four, date(2026, 11, 1), previous=second)
    house.hold(all_four, date(2027, 2, 1), previous=third)
    assert "最初の回（26年度Q1）と同じ 3 項目では 1.00 から +1.00 です" in Visit("progress").text


def test_rounds_closed_without_any_level_are_said_to_have_no_values(house, words):
    rounds = [house.start(date(2026, 5, 1)), house.start(date(2026, 8, 1))]
    for held in rounds:
        house.say(held, "1", state=State.CANNOT_SAY)
        close_round(house.store, held, "")
    visit = Visit("progress", lang=words.language)
    assert words("progress.closed.empty") in visit.text
    assert not visit.at.get("plotly_chart")
    assert not visit.open("home").at.get("plotly_chart")
    visit.open("result")
    assert words("result.closed.empty") in visit.text
    assert words("rounds.title") in visit.press(words("result.closed.empty_button")).text


def test_a_level_in_one_of_two_rounds_is_drawn(house, words):
    held = house.start(date(2026, 5, 1))
    house.say(held, "1", state=State.CANNOT_SAY)
    close_round(house.store, held, "")
    house.hold({"1": 2}, date(2026, 8, 1))
    assert len(Visit("progress", lang=words.language).at.get("plotly_chart")) == 3


def test_an_interim_result_leads_back_to_the_answers_above_its_numbers(told, words):
    visit = Visit("result", lang=words.language)
    ways = [link.proto.label for link in visit.at.main.get("page_link")]
    assert ways == [words("rounds.go_answer")] * 2
    visit.open("result", round=standing(told.store).last_closed.id)
    assert [link.proto.label for link in visit.at.main.get("page_link")] == [words("result.go_progress")]


@pytest.mark.parametrize("page", ["result", "progress"])
def test_a_group_is_called_the_same_in_its_figure_and_in_its_making(told, words, page):
    visit = Visit(page, lang=words.language).press("explain-groups")
    box = next(box for box in visit.at.selectbox if box.label == words("result.explain_pick"))
    drawn = charts(visit).replace("<br>", "")
    assert box.options[0][:2] == "1 "
    assert box.options[0] in drawn


def test_the_hint_at_the_pointer_can_be_hidden_from_those_without_one(told, words):
    bodies = "".join(element.proto.body for element in Visit("progress", lang=words.language).at.get("html"))
    assert f'<span class="dx-pointing"> {words("progress.pointing")}</span>' in bodies
    assert "@media (hover: none) { .dx-pointing { display: none; } }" in bodies


def test_progress_says_when_the_target_is_reached_or_why_that_cannot_be_said(house, words):
    for level, day in zip((0, 0, 1), (date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1)), strict=True):
        house.hold({"1": level}, day)
    visit = Visit("progress", lang=words.language)
    why = words("arrival.why_items", counts=words.n_of_m(1, 4))
    assert (
        words("arrival.headline", title=words.of(house.app.edition("tiny").sections["all"].title), said=why)
        in visit.text
    )


def test_the_page_says_which_published_group_the_size_picks_and_that_no_line_joins_them(told, words):
    visit = Visit("result", lang=words.language)
    group = "全体" if words.language == "ja" else "All"
    size = words(f"rounds.sizes.{told.store.organisation.size}")
    assert words("result.published_apart") not in visit.text
    visit.at.session_state["published-note"] = True
    visit.at.run()
    assert words("result.published_chosen", size=size, group=group) in visit.text
    assert words("result.published_apart") in visit.text


def test_where_the_line_is_broken_the_items_answered_on_both_sides_are_told_and_why(house, words):
    few = house.start(date(2026, 5, 1))
    for code, level in (("1", 2), ("1-1", 1), ("2", 1)):
        house.say(few, code, level)
    house.say(few, "2-1", state=State.NOT_APPLICABLE, reason="no-business")
    close_round(house.store, few, "山田")
    house.hold({"1": 1, "1-1": 1, "2": 1, "2-1": 3}, date(2026, 8, 1))
    quarter = "26年度Q2" if words.language == "ja" else "FY26 Q2"
    said = words("progress.alike", quarter=quarter, n=3, before="1.33", after="1.00", change="−0.33")
    text = Visit("progress", lang=words.language).text
    assert words("progress.broken", was=3, now=4, said=said) in text
    assert words("progress.broken_why", quarter=quarter) in text


def test_as_many_but_other_items_break_the_line_and_say_so(house, words):
    """Two rounds of three items each, not the same three."""
    for month, out in ((5, "2-1"), (8, "2")):
        held = house.start(date(2026, month, 1))
        for code in ("1", "1-1", "2", "2-1"):
            if code == out:
                house.say(held, code, state=State.NOT_APPLICABLE, reason="no-business")
            else:
                house.say(held, code, month - 5)
        close_round(house.store, held, "山田")
    visit = Visit("progress", lang=words.language)
    assert words("figure.break.swapped") in charts(visit)
    quarter = words.quarter(FiscalQuarter(2026, 2))
    assert (
        words("progress.broken_why", quarter=quarter) in visit.text
        or words("progress.broken_why", quarter=words.short_quarter(FiscalQuarter(2026, 2))) in visit.text
    )
