"""The page across editions: seen from either side, said in words, and what to look at before there is anything to cross."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dxassess.ui.context import application
from tests.ui.conftest import Visit
from tests.usecases.conftest import new_house
from tests.usecases.crossing import hold, write_later

DAYS = [date(2025, 5, 1), date(2025, 11, 1), date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1)]


@pytest.fixture
def beside(folder):
    """An organisation in a program with two editions."""
    write_later(folder / "indicators")
    return new_house(application())


@pytest.fixture
def moved(beside):
    """Three rounds of the tiny edition, two of the later one."""
    for day, level in zip(DAYS, (1, 2, 2), strict=False):
        hold(beside, "tiny", {"1": level, "2": level}, day)
    hold(beside, "later", {"1": 1, "1-1": 2}, DAYS[3])
    hold(beside, "later", {"1": 2, "2": 3}, DAYS[4])
    return beside


def figures(visit):
    return [json.loads(element.proto.spec) for element in visit.at.get("plotly_chart")]


def names(house, words):
    return {known: words.of(each.head.short) for known, each in house.app.editions.items()}


def test_without_an_organisation_the_page_teaches(folder, words):
    assert words("editions.empty") in Visit("editions", lang=words.language).text


def test_with_rounds_of_one_edition_the_page_teaches_and_shows_the_crosswalk_both_ways(beside, words):
    hold(beside, "tiny", {"1": 1}, DAYS[0])
    called = names(beside, words)
    visit = Visit("editions", lang=words.language)
    assert words("editions.empty") in visit.text
    assert words("editions.table.lead", here=called["tiny"], there=called["later"]) in visit.text
    assert words("editions.relation.narrower") in visit.text
    visit.fill("from-tiny", "later")
    assert visit.address["edition"] == "later"
    assert words("editions.table.lead", here=called["later"], there=called["tiny"]) in visit.text
    assert words("editions.relation.broader") in visit.text
    assert words("rounds.title") in visit.press(words("editions.empty_button")).text


def test_the_rounds_are_seen_from_both_editions(moved, words):
    called = names(moved, words)
    visit = Visit("editions", lang=words.language)
    assert (
        words(
            "editions.headline", here=called["later"], there=called["tiny"], m=4, solid=0, bridged=2, broken=2
        )
        in visit.text
    )
    people = figures(visit)[:2]
    assert people[0]["data"][-1]["y"] == [None, None, None, 1, 2]
    assert [trace["y"] for trace in people[0]["data"][1:-1]] == [[1, 2, 2], [None] * 3]
    assert people[0]["data"][0]["x"] == [0, 1, 2]
    assert words("editions.figure.none") in json.dumps(people[1], ensure_ascii=False).replace("<br>", " ")
    assert words("editions.averages_lead") in visit.text

    visit.fill("from-later", "tiny")
    assert (
        words(
            "editions.headline", here=called["tiny"], there=called["later"], m=4, solid=0, bridged=3, broken=1
        )
        in visit.text
    )
    assert figures(visit)[0]["data"][-1]["y"] == [1, 2, 2, None, None]


def test_the_levels_of_related_items_and_the_reasons_stand_in_tables(moved, words):
    visit = Visit("editions", lang=words.language)
    comma = words("common.comma")
    steps = comma.join(
        words(
            "editions.level_at",
            quarter=words("common.short_quarter", year=year, quarter=quarter),
            level=level,
        )
        for year, quarter, level in (("25", 1, 1), ("25", 3, 2), ("25", 4, 2))
    )
    title = words.of(moved.app.editions["tiny"].by_code["1"].title)
    related = words("editions.related", code="1", title=title, relation=words("editions.relation.overlaps"))
    assert words("editions.related_cell", related=related, steps=steps) in visit.text
    assert ("1はtiny.1と重なります。" if words.language == "ja" else "1 overlaps tiny.1.") in visit.text


def test_no_average_crosses_from_one_edition_to_the_other(moved):
    spec = figures(Visit("editions"))
    later, tiny = spec[2], spec[3]
    assert [len(trace["y"]) for trace in later["data"]] == [2] * 6
    assert [len(trace["y"]) for trace in tiny["data"]] == [3] * 6


def test_what_is_not_shown_is_named(moved, words):
    silent = hold(moved, "later", {}, date(2026, 9, 1))
    part = hold(moved, "tiny", {"1": 1}, date(2026, 10, 1), section="people")
    text = Visit("editions", lang=words.language).text
    assert words("editions.silent", titles=silent.title) in text
    assert words("editions.narrow", titles=part.title) in text


def test_progress_leads_here_from_the_rounds_it_leaves_out(moved, words):
    visit = Visit("progress", lang=words.language)
    assert words("progress.go_editions") in visit.labels("page_link")
