"""Every page, empty and filled, in both languages; and what a click does."""

import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from dxassess.assessment.model import State
from dxassess.errors import RoundClosed
from dxassess.text import Words
from dxassess.ui.components import round_label
from dxassess.ui.context import application
from dxassess.ui.shell import PAGE_NAMES
from dxassess.usecases import close_round, reopen_round, standing
from dxassess.usecases.rounds import reopenings, today
from tests.ui.conftest import Visit
from tests.usecases.conftest import new_house

OTHER_ID = "0" * 32
JA = Words("ja")


def stored(house, held, code="1"):
    found = {record.answer.indicator: record.answer for record in house.store.answers(held.id)}
    return found.get(f"tiny.{code}")


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_without_an_organisation_every_page_says_what_to_do_first(folder, words, page):
    visit = Visit(page, lang=words.language)
    assert not visit.alerts
    if page == "home":
        assert words("home.welcome") in visit.text
        assert visit.at.button[0].label == words("home.create")
    elif page != "about":
        assert words("home.empty_title") in visit.text
        assert words("home.empty_button") in visit.text
    if page in ("measures", "result", "progress", "recognition"):
        assert words(f"{page}.empty") in visit.text
        assert words("home.welcome") in visit.press(words("home.empty_button")).text


@pytest.mark.parametrize("page", ["answering", "measures", "result", "progress"])
def test_without_a_round_every_page_says_what_it_will_show_and_leads_to_the_start(house, words, page):
    visit = Visit(page, lang=words.language)
    assert words(f"{page}.empty_title") in visit.text
    visit.press(words(f"{page}.empty_button"))
    assert words("rounds.new") in visit.text
    assert visit.address["lang"] == words.language


def test_a_round_without_a_level_has_no_result_yet(started, words):
    visit = Visit("result", lang=words.language)
    assert words("result.empty_title") in visit.text
    visit.press(words("result.empty_button"))
    assert visit.address["item"] == "1"


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_every_page_is_filled_in_both_languages(told, words, page):
    visit = Visit(page, lang=words.language)
    assert not visit.alerts
    assert words(f"{page}.title") in visit.text or page == "home"
    other = Words("en" if words.language == "ja" else "ja")
    assert f"{other(f'{page}.title')}\n" not in visit.text
    assert "甲社" in visit.text


def test_a_newcomer_creates_an_organisation_and_starts_the_first_round(folder):
    visit = Visit()
    visit.at.text_input[0].set_value("  丙社 ")
    visit.press("始める")
    assert visit.address["org"] == application().database.organisations()[0].id
    assert "丙社" in visit.text
    visit.press("start-round")
    assert visit.address["item"] == "1"
    assert len(standing(application().database.store(visit.address["org"])).rounds) == 1


@pytest.mark.parametrize("name", ["", "   ", "甲社", "甲\x00社"])
def test_a_name_that_cannot_be_taken_is_said_beside_the_form_which_keeps_it(house, words, name):
    visit = Visit("rounds", lang=words.language)
    field = next(field for field in visit.at.text_input if field.form_id == "organisation-new")
    field.set_value(name)
    next(button for button in visit.at.button if button.form_id == "organisation-new").click()
    visit.run()
    assert len(visit.alerts) == 1
    assert [field.value for field in visit.at.text_input if field.form_id == "organisation-new"] == [name]
    assert len(application().database.organisations()) == 1


def test_the_first_form_says_what_is_missing_and_keeps_what_was_filled_in(folder, words):
    visit = Visit(lang=words.language).press(words("home.create"))
    assert words("error.OrganisationNameMissing") in visit.alerts[0]
    assert words("home.welcome") in visit.text
    assert words("common.trouble") not in visit.text


def test_a_picked_level_is_in_the_store_at_once_and_the_page_says_so(started):
    house, held = started
    visit = Visit("answering")
    assert "選ぶとすぐに保存されます" in visit.text
    visit.fill("level-1", 2)
    assert (stored(house, held).level, stored(house, held).state) == (2, State.ANSWERED)
    assert "● 保存しました" in visit.text
    assert "4 項目中 1 項目" in visit.text


def test_text_target_and_conditions_are_kept_and_a_reload_shows_them(started):
    house, held = started
    visit = Visit("answering")
    visit.fill("evidence-1", "規程 第3条").fill("comment-1", "<b>議論</b>").fill("cond-a-1", True).fill(
        "target-1", 3
    )
    answer = stored(house, held)
    assert (answer.evidence, answer.comment, answer.conditions, answer.target) == (
        "規程 第3条",
        "<b>議論</b>",
        {"a"},
        3,
    )
    again = Visit("answering", item="1")
    names = ("evidence-1", "comment-1", "cond-a-1", "cond-b-1", "target-1", "level-1")
    assert [again.shown(name) for name in names] == ["規程 第3条", "<b>議論</b>", True, False, 3, None]


def test_looking_keeps_nothing(told):
    before = {held.id: told.store.answers(held.id) for held in standing(told.store).rounds}
    for page in PAGE_NAMES:
        Visit(page).run()
    assert {held.id: told.store.answers(held.id) for held in standing(told.store).rounds} == before


def test_text_typed_in_another_form_of_the_same_letters_is_kept_once(started):
    house, held = started
    visit = Visit("answering").fill("evidence-1", unicodedata.normalize("NFD", "ガイド\r\nライン "))
    visit.run().run()
    assert stored(house, held).evidence == "ガイド\nライン"
    assert len(house.store.history(held.id, "tiny.1")) == 1


def test_ticked_conditions_suggest_a_level_and_do_not_set_it(started, words):
    house, held = started
    visit = Visit("answering", lang=words.language).fill("cond-a-1", True)
    assert words("answering.suggested", level="1") in visit.text
    visit.fill("cond-gate.strategy-1", True)
    assert words("answering.suggested", level="2") in visit.text
    assert visit.shown("level-1") is None
    assert stored(house, held).level is None
    visit.fill("cond-a-1", False).fill("cond-gate.strategy-1", False)
    assert words("answering.suggested", level="2") not in visit.text


def test_cannot_say_is_a_state_of_its_own(started):
    house, held = started
    visit = Visit("answering").fill("level-1", 2).fill("level-1", "cannot_say")
    assert (stored(house, held).state, stored(house, held).level) == (State.CANNOT_SAY, None)
    assert "4 項目中 1 項目" in visit.text
    visit.fill("level-1", 0)
    assert (stored(house, held).state, stored(house, held).level) == (State.ANSWERED, 0)


def test_a_reason_clears_the_level_and_a_level_clears_the_reason(started):
    house, held = started
    visit = Visit("answering").fill("level-1", 2).fill("reason-1", "no-business")
    assert (stored(house, held).state, stored(house, held).reason) == (State.NOT_APPLICABLE, "no-business")
    assert visit.shown("level-1") is None
    visit.fill("level-1", 3)
    assert (stored(house, held).state, stored(house, held).level) == (State.ANSWERED, 3)
    assert visit.shown("reason-1") is None


def test_a_reason_taken_back_leaves_the_item_open(started):
    house, held = started
    visit = Visit("answering").fill("reason-1", "no-business").fill("reason-1", None)
    assert stored(house, held).state is State.OPEN
    assert "4 項目中 0 項目" in visit.text


def test_last_time_is_shown_beside_and_nothing_is_taken_over(told):
    held = standing(told.store).running
    visit = Visit("answering", item="1-1")
    assert "前回：2" in visit.text
    assert any("前回" in option for option in visit.at.radio[0].options)
    assert visit.shown("level-1-1") is None
    assert stored(told, held, "1-1") is None


def test_hints_are_gentle_and_block_nothing(started, words):
    house, held = started
    visit = Visit("answering", lang=words.language).fill("level-1", 3)
    assert words("hint.high_without_evidence", level="3") in visit.text
    assert not visit.alerts
    assert stored(house, held).level == 3


def test_a_closed_round_can_be_read_and_not_changed(house, words):
    closed = house.hold({"1": 2})
    visit = Visit("answering", lang=words.language, round=closed.id, item="1")
    assert words("answering.closed") in visit.text
    assert visit.shown("level-1") == 2
    widgets = [*visit.at.radio, *visit.at.checkbox, *visit.at.text_area, *visit.at.selectbox]
    assert [widget.key for widget in widgets if not widget.disabled] == []
    measures = Visit("measures", round=closed.id)
    assert all(field.disabled for field in measures.at.text_input if field.key != "seen")


@pytest.mark.parametrize("tab", ["answering", "measures"])
def test_a_click_into_a_round_that_was_closed_meanwhile_is_refused_with_a_sentence(started, words, tab):
    house, held = started
    visit = Visit(tab, lang=words.language)
    closed = close_round(house.store, held, "山田")
    visit.fill("level-1" if tab == "answering" else "amount-q-days", 2 if tab == "answering" else "3")
    assert house.store.answers(held.id) == ()
    when = closed.closed_at.astimezone(ZoneInfo("Asia/Tokyo"))
    refusal = RoundClosed(title=closed.title, by=closed.closed_by, when=when)
    assert words.error(refusal) in visit.text
    assert words.error(refusal) not in Visit(tab, lang=words.language).text


def test_a_deep_link_opens_its_item_and_an_unknown_one_the_first_open_item(started):
    house, held = started
    house.say(held, "1", 1)
    assert "点検は行われていますか。" in Visit("answering", item="2-1").text
    visit = Visit("answering", item="99")
    assert visit.address["item"] == "1-1"


def test_the_way_through_the_form(started):
    house, held = started
    house.say(held, "1-1", 1)
    visit = Visit("answering", item="1")
    assert visit.press("go-next").address["item"] == "1-1"
    assert visit.press("go-back").address["item"] == "1"
    assert visit.press("go-open").address["item"] == "2"
    assert visit.fill("way-item", "2-1").address["item"] == "2-1"
    assert visit.fill("way-group", "people").address["item"] == "1"


def test_when_all_is_answered_the_page_says_what_comes_next(started, words):
    house, held = started
    for code in ("1", "1-1", "2", "2-1"):
        house.say(held, code, 1)
    visit = Visit("answering", lang=words.language)
    assert words("answering.all_done") in visit.text
    assert words("answering.go_measures") in visit.labels("button")
    assert words("answering.next_open") not in visit.labels("button")


def test_a_second_tab_sees_the_first_ones_answer_and_both_keep_different_fields(started):
    house, held = started
    first, second = Visit("answering", item="1"), Visit("answering", item="1")
    first.fill("level-1", 2)
    second.fill("evidence-1", "規程")
    assert (stored(house, held).level, stored(house, held).evidence) == (2, "規程")
    assert second.shown("level-1") == 2
    assert not second.alerts


def test_a_stale_tab_is_told_and_shows_the_newer_answer(started, words):
    house, held = started
    first, second = (Visit("answering", item="1", lang=words.language) for _ in range(2))
    first.fill("level-1", 2)
    second.fill("level-1", 3)
    assert stored(house, held).level == 2
    assert words("error.StaleAnswer", indicator="1") in second.alerts[0]
    assert words("answering.not_saved") in second.text
    assert second.shown("level-1") == 2
    second.fill("level-1", 3)
    assert stored(house, held).level == 3
    assert not second.alerts


def test_a_stale_measure_is_told_and_never_written_over(started):
    house, held = started
    first, second = Visit("measures"), Visit("measures")
    first.fill("amount-q-days", "5")
    second.fill("amount-q-days", "7")
    assert len(second.alerts) == 1
    assert second.shown("amount-q-days") == "5"
    second.fill("target_amount-q-days", "1")
    assert (stored(house, held, "q-days").amount, stored(house, held, "q-days").target_amount) == (5, 1)


def test_going_back_to_another_round_writes_nothing_of_this_one_into_it(told):
    first, second, _ = standing(told.store).rounds
    reopened = [reopen_round(told.store, held, "山田", "直す") for held in (first, second)]
    visit = Visit("answering", round=reopened[0].id, item="1").fill("level-1", 3)
    visit.at.query_params["round"] = reopened[1].id
    visit.run()
    assert stored(told, reopened[1]).level == 2
    assert visit.shown("level-1") == 2
    measures = (
        Visit("measures", round=reopened[0].id).fill("amount-q-days", "5").fill("amount-q-pace", "fast")
    )
    measures.at.query_params["round"] = reopened[1].id
    measures.run()
    assert stored(told, reopened[1], "q-days") is None
    assert (measures.shown("amount-q-days"), measures.shown("amount-q-pace")) == ("", None)


def test_a_measure_is_kept_with_what_it_was_typed_as_and_a_choice_by_its_id(started):
    house, held = started
    visit = Visit("measures").fill("amount-q-days", "１,２３４.5").fill("target_amount-q-days", "▲2")
    visit.fill("amount-q-pace", "fast")
    answer = stored(house, held, "q-days")
    assert (answer.amount, answer.target_amount) == (Decimal("1234.5"), Decimal(-2))
    assert stored(house, held, "q-pace").amount == "fast"
    assert "2 指標中 2 指標" in visit.text
    assert len(house.store.history(held.id, "tiny.q-days")) == 2


@pytest.mark.parametrize("typed", ["abc", "1e5", "٣", "1.25", "1,2"])
def test_a_measure_typed_wrong_is_named_nothing_is_kept_and_the_text_stays(started, words, typed):
    house, held = started
    visit = Visit("measures", lang=words.language).fill("amount-q-days", typed)
    assert (
        words(
            "error.MeasureNotUnderstood",
            value=typed,
            unit=words.of(house.app.edition("tiny").by_code["q-days"].measure.unit),
            decimals=1,
        )
        in visit.alerts[0]
    )
    assert visit.shown("amount-q-days") == typed
    assert stored(house, held, "q-days") is None
    visit.fill("amount-q-days", "1.2")
    assert not visit.alerts
    assert stored(house, held, "q-days").amount == Decimal("1.2")


def test_a_round_is_started_closed_and_reopened(house, words):
    visit = Visit("rounds", lang=words.language).fill("new-day", date(2026, 5, 1)).press("start-round")
    held = standing(house.store).running
    assert held.held_on == date(2026, 5, 1)
    visit.fill("level-1", 1)
    rounds = Visit("rounds", lang=words.language)
    assert words("rounds.close_missing", count=3, codes="1-1, 2, 2-1") in rounds.text
    rounds.fill("close-by", "山田").press("close-round").press("sure-yes")
    closed = house.store.round(held.id)
    assert (closed.closed, closed.closed_by) == (True, "山田")
    assert words("result.title") in rounds.text
    again = Visit("rounds", lang=words.language).press(f"reopen-{held.id}")
    assert words("error.RoundReasonMissing", title=held.title) in again.alerts[0]
    assert house.store.round(held.id).closed
    again.fill(f"reason-{held.id}", "直す <b>").press(f"reopen-{held.id}")
    assert not house.store.round(held.id).closed
    (event,) = reopenings(house.store, house.store.round(held.id))
    line = words("rounds.reopened_line", when=words.moment(event.recorded, "Asia/Tokyo"), reason="直す <b>")
    assert line in Visit("rounds", lang=words.language).text
    close_round(house.store, house.store.round(held.id), "")
    assert line in Visit("rounds", lang=words.language).text


def test_title_and_day_of_an_open_round_can_be_corrected(house, words):
    visit = Visit("rounds", lang=words.language).fill("new-day", date(2026, 5, 1)).press("start-round")
    (held,) = standing(house.store).open
    visit = Visit("rounds", lang=words.language)
    visit.fill(f"title-{held.id}-1", "").press(f"correct-{held.id}")
    assert words("error.RoundTitleMissing")[:10] in visit.text
    visit.fill(f"title-{held.id}-1", "第2四半期 <b>").fill(f"day-{held.id}-1", date(2026, 7, 1))
    visit.press(f"correct-{held.id}")
    (held,) = standing(house.store).open
    assert (held.title, held.held_on) == ("第2四半期 <b>", date(2026, 7, 1))
    assert words.quarter(held.quarter) in visit.text
    assert "第2四半期" in visit.text


def test_every_open_round_can_be_gone_on_with_and_closed(house, words):
    first, second = house.start(date(2026, 5, 1), title="春"), house.start(date(2026, 8, 1), title="夏")
    visit = Visit("rounds", lang=words.language)
    assert visit.text.index("夏") < visit.text.index("春")
    assert words("rounds.new_while_open", line=round_label(words, second)) in visit.text
    visit.press(f"go-answer-{first.id}")
    assert visit.address["round"] == first.id
    visit.open("rounds").press(f"close-round-{first.id}").press("sure-yes")
    assert [held.title for held in standing(house.store).open] == ["夏"]


def test_the_first_round_asks_for_no_round_before_it(house, words):
    assert words("rounds.previous") not in Visit("rounds", lang=words.language).labels("selectbox")
    house.hold({"1": 1})
    assert words("rounds.previous") in Visit("rounds", lang=words.language).labels("selectbox")


def test_the_measures_lead_from_field_to_field_and_then_to_the_closing(folder, words):
    path = folder / "indicators" / "tiny" / "edition.yaml"
    another = '["q-days"]\n  - id: more\n    title: {ja: "続き", en: "More"}\n    items: ["q-pace"]'
    path.write_text(path.read_text("utf-8").replace('["q-days", "q-pace"]', another), "utf-8")
    house = new_house(application())
    house.start()
    visit = Visit("measures", lang=words.language)
    fields = next(iter(house.app.editions.values())).head.measures
    for known, behind in pairwise(fields):
        assert visit.shown("measure-section") == known.id
        visit.press(words("measures.next", title=words.of(behind.title)))
    assert visit.shown("measure-section") == fields[-1].id
    assert words("answering.go_close") in visit.text


def test_the_next_round_offers_the_last_closed_one_as_last_time(house):
    closed = house.hold({"1": 2})
    visit = Visit("rounds").press("start-round")
    assert standing(house.store).running.previous == closed.id
    assert "前回：2" in visit.text


def test_who_closes_second_is_told_who_was_first(started, words):
    house, held = started
    visit = Visit("rounds", lang=words.language)
    stale = visit.at
    close_round(house.store, held, "佐藤")
    with patch("dxassess.ui.context.standing", return_value=type(standing(house.store))((held,))):
        next(button for button in stale.button if button.key == f"close-round-{held.id}").click()
        visit.run()
        visit.press("sure-yes")
    assert "佐藤" in visit.alerts[0]


def test_an_unlikely_title_is_said_beside_the_form(house, words):
    visit = Visit("rounds", lang=words.language)
    title = next(
        field.key for field in visit.at.text_input if field.key and field.key.startswith("new-title")
    )
    visit.fill(title, "   ").press("start-round")
    assert words("error.RoundTitleMissing") in visit.alerts[0]
    assert standing(house.store).rounds == ()


@pytest.mark.parametrize(
    ("answered", "closed", "step", "left", "page"),
    [
        (None, None, "start_first_round", 0, "rounds"),
        (0, None, "answer_first", 4, "answering"),
        (1, None, "answer", 3, "answering"),
        (4, None, "close", 0, "rounds"),
        (4, "now", "look", 0, "result"),
        (4, "before", "look_and_start_next", 0, "rounds"),
    ],
)
def test_home_names_the_one_next_step_and_its_button_leads_there(
    house, words, answered, closed, step, left, page
):
    if answered is not None:
        now = today(house.app, house.store)
        held = house.start(now - timedelta(days=100) if closed == "before" else now)
        for code in ("1", "1-1", "2", "2-1")[:answered]:
            house.say(held, code, 1)
        if closed:
            close_round(house.store, held, "")
    visit = Visit(lang=words.language)
    assert words(f"home.step_{step}", left=left) in [button.label for button in visit.at.button]
    visit.press("next-step")
    assert f"<h1>{words(f'{page}.title')}</h1>" in body(visit)


def test_home_shows_where_the_organisation_stands_once_something_is_answered(house, words):
    assert "dx-figure" not in body(Visit(lang=words.language))
    house.hold({"1": 1, "2": 2})
    shown = body(Visit(lang=words.language))
    assert '<div class="big">1.50</div>' in shown
    assert words("result.no_last") not in shown
    house.hold({"1": 2, "2": 3})
    shown = body(Visit(lang=words.language))
    assert '<div class="big">2.50</div>' in shown
    assert words("result.change", value="+1.00") in shown


@pytest.mark.parametrize("page", ["home", "result"])
def test_the_first_answers_of_a_round_are_not_told_as_progress(house, words, page):
    first = house.hold({"1": 1, "1-1": 1, "2": 1, "2-1": 1})
    second = house.start(previous=first)
    house.say(second, "1", 3)
    visit = Visit(page, lang=words.language)
    then = words.n_of_m(4, 4)
    assert words("result.last_only", value="1.00", n_of_m=then) in visit.text
    assert "+2.00" not in visit.text
    close_round(house.store, second, "")
    assert words("result.change_other", value="+2.00", n_of_m=then) in visit.run().text


def test_home_lists_the_newest_rounds_and_leads_to_all(house, words):
    for month in range(1, 8):
        house.hold({"1": 1}, date(2025, month, 1))
    text = Visit(lang=words.language).text
    assert words("home.rounds_all", count=7) in text
    assert text.count(words("rounds.state_closed")) == 5


def body(visit):
    """All HTML of a page but its style sheet."""
    bodies = [element.proto.body for element in visit.at.get("html")]
    return "".join(found for found in bodies if "<style" not in found)


def test_the_organisation_is_changed_on_its_page(house):
    visit = Visit("rounds")
    form = f"organisation-{house.store.organisation.id}"
    next(field for field in visit.at.text_input if field.form_id == form).set_value("甲社改")
    next(button for button in visit.at.button if button.form_id == form).click()
    visit.run()
    assert house.store.organisation.name == "甲社改"
    assert "甲社改" in visit.text


def test_the_language_of_the_address_wins_over_that_of_the_settings(house, monkeypatch):
    monkeypatch.setenv("DXASSESS_LANGUAGE", "en")
    assert "Rounds so far" in Visit().text
    assert "これまでの回" in Visit(lang="ja").text
    assert "これまでの回" in Visit(lang="fr").text


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_every_page_links_to_itself_in_the_other_language(house, words, page):
    visit = Visit(page, lang=words.language, item="1-1")
    links = [element.proto for element in visit.at.get("page_link")]
    other = "en" if words.language == "ja" else "ja"
    (link,) = (link for link in links if f"lang={other}" in link.query_string)
    assert (link.label, link.page) == (Words(other)("common.language_name"), "" if page == "home" else page)
    assert "item=1-1" in link.query_string


@pytest.mark.parametrize("page", PAGE_NAMES)
@pytest.mark.parametrize("of", ["missing", "other", "strange"])
def test_an_id_that_is_not_there_is_one_sentence_the_same_for_missing_and_foreign_ones(
    house, words, page, of
):
    foreign = new_house(house.app, "乙社").start()
    ids = {"missing": OTHER_ID, "other": foreign.id, "strange": "../x'\"<b>"}
    visit = Visit(page, lang=words.language, org=house.store.organisation.id, round=ids[of])
    assert len(visit.alerts) == 1
    assert words("error.RoundUnknown", round=ids[of]) in visit.alerts[0]
    assert "乙社" not in visit.text
    visit.press("try-again")
    assert not visit.alerts
    assert visit.address.get("lang") == words.language


@pytest.mark.parametrize("organisation", [OTHER_ID, "x", "' OR 1=1", "甲社"])
def test_an_unknown_organisation_is_one_sentence(house, words, organisation):
    visit = Visit(lang=words.language, org=organisation)
    assert words("error.OrganisationUnknown", organisation=organisation) in visit.alerts[0]
    assert "甲社" not in visit.text.replace(organisation, "")


def test_one_organisations_pages_never_show_another(house):
    other = new_house(house.app, "乙社")
    house.hold({"1": 1, "1-1": 1}, date(2026, 5, 1))
    other.hold({"1": 3, "1-1": 3}, date(2026, 5, 1))
    for _ in range(2):
        for mine, value in ((house, "1.00"), (other, "3.00")):
            visit = Visit("result", org=mine.store.organisation.id)
            assert f"{value} / 3" in " ".join(visit.text.split())


@pytest.mark.parametrize("page", PAGE_NAMES)
def test_sample_data_is_marked_on_every_page_and_real_data_on_none(house, words, page):
    sample = house.app.database.create_organisation("見本", "finance", "up_to_20", 4, sample=True)
    assert words("common.sample") in Visit(page, lang=words.language, org=sample.id).text
    assert (
        words("common.sample") not in Visit(page, lang=words.language, org=house.store.organisation.id).text
    )


def test_the_making_of_a_number_is_shown_on_request(told, words):
    visit = Visit("result", lang=words.language, round=standing(told.store).last_closed.id).press(
        "explain-averages"
    )
    assert words("result.formula_mean", parts=4, total="6.00", weights="4", value="1.50") in visit.text


@pytest.mark.parametrize(("figure", "total"), [("averages", "6.00"), ("groups", "4.00"), ("keys", None)])
def test_every_figure_of_the_progress_opens_to_the_making_of_its_points(told, words, figure, total):
    visit = Visit("progress", lang=words.language).press(f"explain-{figure}")
    if total is None:
        assert words("result.formula_levels", value="2.00") in visit.text
    else:
        assert total in visit.text
    assert words("result.explain_which") in visit.labels("button_group")


def test_names_are_shown_as_they_are_and_never_as_markup(house):
    named = new_house(house.app, "<script>alert(1)</script> *x* [y](z)")
    visit = Visit(org=named.store.organisation.id)
    bodies = [element.proto.body for element in visit.at.get("html")]
    assert not any("<script>alert" in body for body in bodies)
    assert any("&lt;script&gt;alert(1)&lt;/script&gt; *x* [y](z)" in body for body in bodies)
    labels = [link.proto.label for link in Visit(org=house.store.organisation.id).at.get("page_link")]
    assert r"\<script\>alert(1)\<\/script\> \*x\* \[y\](z)" in labels


def test_a_framework_of_ones_own_is_not_called_official(started, words):
    visit = Visit("answering", lang=words.language)
    assert words("answering.wording_all_own") in visit.text
    assert words("answering.wording_own") not in visit.text
    visit.open("measures")
    assert words("measures.all_own") in visit.text
    assert words("measures.own") not in visit.text


def test_what_an_indicator_does_not_have_is_not_announced(folder, words):
    path = folder / "indicators" / "tiny" / "1.yaml"
    lines = path.read_text("utf-8").splitlines()
    bare = [
        line for line in lines if not line.startswith(("guidance", "evidence", "actions", '  - {ja: "学びの'))
    ]
    path.write_text("\n".join(bare), "utf-8")
    new_house(application()).start()
    said = Visit("answering", item="1", lang=words.language).text
    folding = [words(f"answering.{name}") for name in ("guidance", "evidence_examples", "next_steps")]
    assert not [title for title in folding if title in said]
    assert folding[0] in Visit("answering", item="2", lang=words.language).text


def test_a_text_that_is_too_long_is_refused_aloud_and_stays_on_screen(house, words):
    held = house.start()
    visit = Visit("answering", lang=words.language, item="1").fill("evidence-1", "長" * 4001)
    assert words("error.TextTooLong", length=4001, limit=4000) in visit.alerts[0]
    assert stored(house, held) is None
    assert visit.at.session_state["evidence-1"] == "長" * 4001
