"""The recognition page: what it says with votes, without, while a round is open, and when it is anonymous."""

from datetime import date

import pytest

from dxassess.assessment.reliability import Alpha, Reliability
from dxassess.ui import recognition_parts
from dxassess.ui.components import round_label
from dxassess.ui.context import application
from dxassess.usecases import close_round
from tests.ui.conftest import Visit, end
from tests.ui.test_result_and_progress import ONE_DECIMAL, charts
from tests.usecases.conftest import new_house
from tests.usecases.meetings import SPLIT as MEETING
from tests.usecases.meetings import meet
from tests.usecases.voting import vote, voted

SPLIT = {
    "management": {"1": [3, 3], "1-1": [2, 2], "2": [1, 1]},
    "it": {"1": [0, 0, 1], "1-1": [2, 2, 2], "2": [1, 2, 3]},
}


@pytest.fixture
def split(house):
    """A closed round in which the management sees item 1 far higher, with a second vote on it."""
    voted(house, SPLIT, {"it": {"1": [3, 3, 3]}})
    return house


def test_the_whole_round_is_one_sentence_and_numbers_with_what_they_stand_on(split, words):
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.headline", mean="0.93") in visit.text
    assert words.n_of_m(3, 4) in visit.text
    people = ("経営 2人", "IT部門 3人") if words.language == "ja" else ("Management 2", "IT department 3")
    assert all(each in visit.text for each in people)
    assert not ONE_DECIMAL.findall(visit.text + charts(visit))


def test_the_two_roles_furthest_apart_are_named_and_on_what(split, words):
    visit = Visit("recognition", lang=words.language)
    names = ("経営", "IT部門") if words.language == "ja" else ("Management", "IT department")
    assert words("recognition.furthest_excess", first=names[0], second=names[1], amount="0.89") in visit.text
    view = words(
        "recognition.on_what_view",
        first=names[0],
        first_mean="3.00",
        first_n=2,
        second=names[1],
        second_mean="0.33",
        second_n=3,
    )
    assert view in visit.text
    assert "+2.67" in visit.text
    assert words("recognition.few", roles=words("common.comma").join(names)) in visit.text


def test_every_item_is_drawn_and_said_in_words_for_those_who_do_not_see_it(split, words):
    visit = Visit("recognition", lang=words.language)
    (figure,) = visit.at.get("plotly_chart")
    assert words("figure.recognition.key_due") in charts(visit)
    said = words("figure.recognition.difference", mean="1.80", due="1.40", n=5)
    assert said in charts(visit).replace("<br>", " " if words.language == "en" else "")
    assert said in figure.proto.alt


def test_first_against_second_vote_is_told_with_the_number_of_votes(split, words):
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.meetings_said", m=1, met=1, same=0, parted=0) in visit.text
    assert words("recognition.votes", first=5, second=5) in visit.text


def test_what_specialists_want_is_folded_and_made_when_it_is_opened(split, words):
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.alpha_trap") not in visit.text
    visit.at.session_state["specialists"] = True
    visit.run()
    for key in ("alpha_what", "alpha_trap", "alpha_few", "r_wg_what", "r_wg_trap", "r_wg_few", "sources"):
        assert words(f"recognition.{key}") in visit.text
    assert words("recognition.alpha_too_few") in visit.text


def test_where_everyone_agrees_alpha_says_so_and_is_no_zero(house, words):
    voted(house, {"management": {"1": [2, 2], "1-1": [2, 2]}, "it": {"1": [2, 2], "1-1": [2]}})
    visit = Visit("recognition", lang=words.language)
    visit.at.session_state["specialists"] = True
    assert words("recognition.alpha_agree") in visit.run().text


def test_alpha_stands_with_its_interval(split, words, monkeypatch):
    measured = Alpha(Reliability.MEASURED, 0.5, 0.25, 0.75, 6, 30, 1000, 0)
    monkeypatch.setattr(recognition_parts, "reliability_of", lambda *_: (("all", measured),))
    visit = Visit("recognition", lang=words.language)
    visit.at.session_state["specialists"] = True
    assert words("recognition.interval", low="0.25", high="0.75") in visit.run().text


def test_executives_and_field_are_set_against_one_another_where_the_edition_names_them(folder, words):
    voted(new_house(application()), SPLIT)
    assert words("recognition.sides") not in Visit("recognition", lang=words.language).text
    path = folder / "indicators" / "tiny" / "edition.yaml"
    text = path.read_text("utf-8").replace('en: "Management"}', 'en: "Management", stands: executive}')
    path.write_text(text.replace('en: "IT department"}', 'en: "IT department", stands: field}'), "utf-8")
    end()
    voted(new_house(application(), "乙社"), SPLIT)
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.sides") in visit.text
    assert "+0.56" in visit.text


def test_while_a_round_is_open_its_votes_are_not_shown(house, words):
    held = house.start()
    vote(house, held, SPLIT)
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.open") in visit.text
    assert not visit.at.get("plotly_chart")
    assert "0.93" not in visit.text


def test_after_the_reveal_an_open_round_is_shown_as_a_closed_one(house, words):
    meet(house).vote(MEETING).reveal()
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.headline", mean="0.80") in visit.text


def test_over_the_rounds_it_tells_whether_people_came_closer(split, words):
    assert words("recognition.together") not in Visit("recognition", lang=words.language).text
    voted(split, {"management": {"1": [2, 2]}, "it": {"1": [2, 2, 1]}}, day=date(2026, 12, 1))
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.together") in visit.text
    assert any(
        "0.93" in chart.proto.alt and "0.40" in chart.proto.alt for chart in visit.at.get("plotly_chart")
    )


def test_the_lens_on_the_raters_is_folded_and_names_people_in_a_named_round(house, words):
    meet(house).vote({"it": [{"1": 0, "1-1": 0, "2": 0}, {"1": 1, "1-1": 2, "2": 1}]}).reveal()
    visit = Visit("recognition", lang=words.language)
    assert words("raters.lead") not in visit.text
    visit.at.session_state["raters"] = True
    assert words("raters.all_lowest", who="it0", level="0") in visit.run().text
    assert words("raters.all_lowest_why") in visit.text


def test_the_lens_names_nobody_in_an_anonymous_round(house, words):
    zeros = {"1": 0, "1-1": 0, "2": 0}
    meet(house, minimum=3).vote({"it": [zeros] * 3, "management": [{"1": 1, "2": 2}] * 3}).reveal()
    visit = Visit("recognition", lang=words.language)
    visit.at.session_state["raters"] = True
    text = visit.run().text
    assert words("raters.anonymous", minimum=3) in text
    assert words("raters.all_lowest_people", n=3) in text
    assert "it0" not in text


def test_nothing_in_particular_is_said_as_that(house, words):
    meet(house).vote(MEETING).reveal()
    visit = Visit("recognition", lang=words.language)
    visit.at.session_state["raters"] = True
    assert words("raters.none") in visit.run().text


def test_a_round_of_one_person_says_so_here_and_on_the_result(house, words):
    meeting = meet(house).vote({"it": [{"1": 2, "1-1": 1}]}).reveal()
    meeting.decide("1", 2)
    for page in ("recognition", "result"):
        assert words("raters.single_round") in Visit(page, lang=words.language).text
    held = close_round(house.store, meeting.held, "")
    for page in ("home", "progress"):
        said = words("raters.single_rounds", titles=round_label(words, held))
        assert said in Visit(page, lang=words.language).text
    meet(house).vote(MEETING).reveal().decide("1", 2)
    assert words("raters.single_round") not in Visit("result", lang=words.language).text


def test_without_votes_the_page_says_what_is_missing(house, words):
    house.hold({"1": 2})
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.nobody") in visit.text
    assert not visit.at.get("plotly_chart")


def test_without_a_round_the_page_teaches_and_leads_to_the_rounds(house, words):
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.empty") in visit.text
    visit.press(words("recognition.empty_button"))
    assert words("rounds.title") in visit.text


def test_with_single_votes_it_says_that_no_difference_can_be_told(house, words):
    voted(house, {"management": {"1": [3]}, "it": {"2": [1]}})
    assert words("recognition.no_pairs") in Visit("recognition", lang=words.language).text


def test_a_role_of_one_person_cannot_be_parted_and_is_compared_by_its_mean(house, words):
    voted(house, {"management": {"1": [3]}, "it": {"1": [0, 1]}})
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.due_none") in visit.text
    assert words("recognition.items_lead_some") in visit.text
    names = ("経営", "IT部門") if words.language == "ja" else ("Management", "IT department")
    assert (
        words("recognition.furthest_difference", first=names[0], second=names[1], amount="2.50") in visit.text
    )


def test_where_roles_see_alike_it_says_so(house, words):
    voted(house, {"management": {"1": [1, 3]}, "it": {"1": [1, 3]}})
    assert words("recognition.furthest_none") in Visit("recognition", lang=words.language).text


def test_an_anonymous_round_says_which_roles_stand_together(house, words):
    voted(house, SPLIT, minimum=3)
    visit = Visit("recognition", lang=words.language)
    groups = "経営・IT部門" if words.language == "ja" else "Management + IT department"
    assert words("recognition.merged", minimum=3, groups=groups) in visit.text


def test_an_anonymous_round_of_too_few_says_why_nothing_is_shown(house, words):
    voted(house, {"management": {"1": [3]}, "it": {"1": [0]}}, minimum=3)
    visit = Visit("recognition", lang=words.language)
    assert words("recognition.hidden", minimum=3) in visit.text
    assert not visit.at.get("plotly_chart")


def test_markup_in_the_name_of_a_role_stays_text(folder, words):
    path = folder / "indicators" / "tiny" / "edition.yaml"
    text = path.read_text("utf-8")
    assert '"IT部門"' in text
    path.write_text(
        text.replace('"IT部門"', '"<b>**IT**"').replace('"IT department"', '"<b>**IT**"'), "utf-8"
    )
    voted(new_house(application()), SPLIT)
    visit = Visit("recognition", lang=words.language)
    bodies = "".join(element.proto.body for element in visit.at.get("html"))
    assert "&lt;b&gt;**IT**" in bodies
    assert "<b>**IT**" not in bodies + charts(visit)
