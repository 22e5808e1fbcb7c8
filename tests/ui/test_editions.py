"""The page across editions: seen from either side, said in words, and what to look at before there is anything to cross."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from dxassess.ui.context import application
from tests.ui.conftest import Visit, end
from tests.usecases.conftest import House, flip_levels, new_house
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


def test_the_averages_of_an_own_edition_bear_its_badge(moved, words):
    assert Visit("editions", lang=words.language).text.count(words("common.own_indicators")) == 2


def test_what_is_not_shown_is_named(moved, words):
    silent = hold(moved, "later", {}, date(2026, 9, 1))
    part = hold(moved, "tiny", {"1": 1}, date(2026, 10, 1), section="people")
    text = Visit("editions", lang=words.language).text
    assert words("editions.silent", titles=silent.title) in text
    assert words("editions.narrow", titles=part.title) in text


def test_progress_leads_here_from_the_rounds_it_leaves_out(moved, words):
    visit = Visit("progress", lang=words.language)
    assert words("progress.go_editions") in visit.labels("page_link")


def test_the_other_language_keeps_the_edition_that_is_viewed(moved, words):
    visit = Visit("editions", lang=words.language, edition="tiny")
    other = "en" if words.language == "ja" else "ja"
    (link,) = (each.proto for each in visit.at.get("page_link") if f"lang={other}" in each.proto.query_string)
    assert "edition=tiny" in link.query_string


def test_a_published_relation_is_said_to_be_one(folder, words):
    path = write_later(folder / "indicators") / "2.yaml"
    path.write_text(path.read_text("utf-8").replace("basis: own", "basis: official"), "utf-8")
    house = new_house(application())
    hold(house, "tiny", {"1": 1}, DAYS[0])
    text = Visit("editions", lang=words.language).text
    assert words("editions.basis.own", n=2) in text
    assert words("editions.basis.official", n=1) in text


def test_rounds_of_revisions_stand_on_one_line_with_a_note(folder, words):
    house = new_house(application())
    hold(house, "tiny", {"1": 1}, DAYS[0])
    path = folder / "indicators" / "tiny" / "1.yaml"
    path.write_text(
        path.read_text("utf-8").replace("学びを一部で試しています。", "一部で学んでいます。"), "utf-8"
    )
    organisation = house.store.organisation.id
    end()
    house = House(application(), application().database.store(organisation))
    hold(house, "tiny", {"1": 2}, DAYS[1])
    visit = Visit("editions", lang=words.language)
    assert words("editions.reworded", n=1, m=4) in visit.text
    assert figures(visit)[0]["data"][-1]["y"] == [1, 2]


def test_rounds_on_another_scale_are_named_and_not_placed(folder, words):
    target = write_later(folder / "indicators", {"1": [("tiny.1", "overlaps")]})
    head = target / "edition.yaml"
    head.write_text(
        head.read_text("utf-8")
        .replace("value: 3,", "value: 4,")
        .replace("level: 3, needs", "level: 4, needs"),
        "utf-8",
    )
    for path in target.glob("[12]*.yaml"):
        path.write_text(path.read_text("utf-8").replace("\n  3:", "\n  4:"), "utf-8")
    house = new_house(application())
    old = hold(house, "tiny", {"1": 3}, DAYS[0])
    hold(house, "later", {"1": 4}, DAYS[1])
    visit = Visit("editions", lang=words.language)
    assert words("editions.rescaled_rounds", titles=old.title) in visit.text
    assert words("editions.figure.other_scale") in json.dumps(figures(visit)[0], ensure_ascii=False).replace(
        "<br>", "" if words.language == "ja" else " "
    )


def test_a_crosswalk_of_an_own_edition_that_points_to_nothing_is_named(folder, words, monkeypatch):
    (folder / "own").mkdir()
    write_later(folder / "own", {"1": [("tiny.9", "same"), ("tiny.1", "overlaps")]})
    monkeypatch.setenv("DXASSESS_OWN_CATALOGUES", str(folder / "own"))
    house = new_house(application())
    hold(house, "tiny", {"1": 1}, DAYS[0])
    pair = words("editions.stray_pair", code="1", to="tiny.9")
    assert words("editions.stray", pairs=pair) in Visit("editions", lang=words.language).text


def test_a_damaged_round_is_named_and_the_others_are_shown(moved, folder, words):
    first = moved.store.rounds()[0]
    end()
    flip_levels(folder / "dx.sqlite", first)
    visit = Visit("editions", lang=words.language)
    assert words("rounds.damaged", title=first.title) in visit.alerts[0]
    assert figures(visit)[0]["data"][-1]["y"] == [None, None, 1, 2]


def test_rounds_of_an_edition_that_was_taken_away_are_shown_as_they_were(moved, folder, words):
    organisation = moved.store.organisation.id
    end()
    shutil.rmtree(folder / "indicators" / "tiny")
    visit = Visit("editions", lang=words.language, org=organisation)
    assert words("editions.gone", edition=words.of(moved.app.editions["tiny"].head.short)) in visit.text
    assert figures(visit)[0]["data"][-1]["y"] == [None, None, None, 1, 2]
