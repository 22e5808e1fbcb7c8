"""The page of the editions: a form of one's own is shown as it was understood, corrected, and becomes an edition a round can use."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from dxassess.text import Words
from dxassess.ui.context import application
from dxassess.ui.shell import PAGE_NAMES
from dxassess.usecases import close_round, start_round
from dxassess.usecases.catalogues import About, lender, planned, written
from dxassess.usecases.shelf import Shelf
from tests.exchange import workbooks
from tests.exchange.forms import GARDEN, book, levels_by_name, like_2019, put, read, saved, section_rows
from tests.ui.conftest import Visit

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GIVEN = saved(like_2019())


@pytest.fixture
def page(house, words) -> Visit:
    return Visit("catalogues", lang=words.language)


def give(visit: Visit, raw: bytes, name: str = "form.xlsx") -> Visit:
    visit.at.get("file_uploader")[0].set_value((name, raw, KIND))
    return visit.run()


def named(visit: Visit, words: Words, name: str = "niwa") -> Visit:
    return visit.fill(words("catalogues.id"), name).fill(words("catalogues.name"), "庭の診断")


def tick(visit: Visit, rows: dict[int, dict[str, object]]) -> Visit:
    states = visit.at._tree.get_widget_states()
    (grid,) = visit.at.dataframe
    state = states.widgets.add()
    state.id = grid.proto.id
    state.string_value = json.dumps({"edited_rows": rows, "added_rows": [], "deleted_rows": []})
    visit.at._run(states)
    return visit.run()


def test_a_form_is_shown_as_it_was_understood_and_becomes_an_edition(page, words):
    assert words("catalogues.at_hand") in page.text
    give(page, GIVEN)
    assert words("catalogues.counts", scored=6, measured=1, left=1) in page.text
    assert "土の状態を季節ごとに確かめ" in page.text
    assert words("catalogues.name_first") in page.text
    assert "write-catalogue" not in {button.key for button in page.at.button}
    named(page, words).press("write-catalogue")
    assert words("catalogues.taken", title="庭の診断", revision=1) in page.text
    assert "niwa" in application().editions
    assert "庭の診断" in " ".join(
        option for box in Visit("rounds", lang=words.language).at.selectbox for option in box.options
    )


def test_the_same_form_again_has_nothing_to_write_and_a_corrected_one_shows_what_differs(page, words):
    named(give(page, GIVEN), words).press("write-catalogue")
    give(page, GIVEN).fill(words("catalogues.which"), "niwa")
    assert words("catalogues.same", revision=1) in page.text
    assert "write-catalogue" not in {button.key for button in page.at.button}
    again = Visit("catalogues", lang=words.language)
    corrected = [
        *GARDEN[:6],
        (7, 4, "人の視点", "人", None, "引き継ぎ", "新しい人に教える仕組みがありますか。", "定性"),
    ]
    give(again, saved(like_2019(corrected))).fill(words("catalogues.which"), "niwa")
    assert words("catalogues.revision", revision=2, n=2) in again.text
    assert "引き継ぎ" in again.text
    again.press("write-catalogue")
    assert application().editions["niwa"].revision == 2


def test_an_id_of_a_shipped_edition_is_refused_beside_the_form(page, words):
    named(give(page, GIVEN), words, "tiny")
    assert words("error.FormIdShipped", edition="tiny") in page.alerts[0]
    assert "write-catalogue" not in {button.key for button in page.at.button}


def test_a_number_that_became_a_date_is_offered_for_confirmation(page, words):
    rows = [*GARDEN[:3], (4, datetime(2026, 3, 1), None, None, None, "当番", "当番がありますか。", "定性")]
    give(page, saved(like_2019(rows)))
    (field,) = [
        field for field in page.at.text_input if field.value == "3-1" and field.key.startswith("number-")
    ]
    page.fill(field.key, "3-9")
    assert "3-9" in page.text
    named(page, words).press("write-catalogue")
    assert "3-9" in application().editions["niwa"].by_code


def test_a_column_and_the_scale_are_chosen_by_a_person(page, words):
    give(page, GIVEN)
    column = next(
        box.key for box in page.at.selectbox if box.key.endswith("-C") and box.key.startswith("column-")
    )
    page.fill(column, "none").fill(words("catalogues.scale"), (0, 3))
    named(page, words).press("write-catalogue")
    edition = application().editions["niwa"]
    assert edition.scale.values == (0, 1, 2, 3)
    assert [section.title.ja for section in edition.head.tree.sections][:2] == ["土", "水"]


def test_headings_nobody_knows_are_named_row_by_row(page, words):
    made = book("表")
    put(made["表"], [["甲", "乙", "丙"], ["1", "水やり", "水をやりますか。"]])
    give(page, saved(made))
    assert words("catalogues.heads_why") in page.text
    page.fill(words("catalogues.heads_row"), 1)
    assert words("form.no_items") in page.text
    for letter, field in (("A", "number"), ("B", "title"), ("C", "question")):
        key = next(box.key for box in page.at.selectbox if box.key.startswith("column-") and box.key.endswith(f"-{letter}"))  # fmt: skip
        page.fill(key, field)
    named(page, words).press("write-catalogue")
    assert application().editions["niwa"].by_code["1"].title.ja == "水やり"


def test_counterparts_are_accepted_on_the_page(page, words, tiny):
    rows = [(1, 1, "人", None, None, tiny.by_code["1"].title.ja, "問いです。", "定性")]
    named(give(page, saved(like_2019(rows))), words)
    tick(page, {0: {"accept": True, "relation": "narrower"}})
    page.press("write-catalogue")
    (kept,) = application().editions["niwa"].by_code["1"].crosswalk
    assert (kept.to, kept.relation, kept.levels) == ("tiny.1", "narrower", "changed")


@pytest.mark.parametrize("raw", [b"hello", b"", workbooks.bomb()])
def test_a_file_that_is_no_form_is_refused_and_nothing_is_written(page, words, raw):
    give(page, raw)
    assert len(page.alerts) == 1
    assert list(application().editions) == ["tiny"]


def test_a_workbook_of_something_else_says_what_it_begins_with(page, words):
    made = book("x")
    put(made["x"], [["氏名", "電話"], ["佐藤", "1"]])
    give(page, saved(made))
    assert "氏名" in page.text
    assert "write-catalogue" not in {button.key for button in page.at.button}


def test_a_broken_edition_is_named_on_the_page(house, folder, words):
    (folder / "own" / "broken").mkdir(parents=True)
    (folder / "own" / "broken" / "edition.yaml").write_text("id: broken\n")
    visit = Visit("catalogues", lang=words.language)
    assert words("catalogues.left_out") in visit.text
    assert not visit.alerts


def test_texts_of_a_form_are_never_markup(page, words):
    rows = [
        (1, 1, "**a**", None, None, "<b>土</b>", "[x](http://example.com) $x$ <script>1</script>", "定性")
    ]
    give(page, saved(like_2019(rows)))
    assert "<b>土</b>" in page.text
    assert "<script>1</script>" in page.text


@pytest.mark.parametrize("made", [like_2019, levels_by_name, section_rows], ids=lambda made: made.__name__)
def test_a_round_with_an_imported_edition_runs_on_every_page(house, folder, words, made):
    shelf = Shelf(house.app.editions, folder / "own")
    edition = written(shelf, planned(shelf, read(made()), About("niwa", "庭の診断"), lender(shelf)))
    house = replace(house, app=replace(house.app, editions=shelf))
    previous = None
    for day, level in ((date(2026, 5, 1), 1), (date(2026, 8, 1), 2)):
        held = start_round(house.app, house.store, "niwa", f"回{level}", day, previous)
        for item in edition.scored:
            house.say(held, item.code, level)
        previous = close_round(house.store, held, "山田").id
    start_round(house.app, house.store, "niwa", "いまの回", date(2026, 11, 1), previous)
    for page in PAGE_NAMES:
        assert not Visit(page, lang=words.language).alerts, page
