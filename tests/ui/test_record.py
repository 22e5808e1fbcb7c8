"""The decision record: one item over all rounds, with what is not told before its time and how it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dxassess.assessment.action import Action, Status
from dxassess.assessment.decision import Dissent
from dxassess.usecases import close_round
from dxassess.usecases.decisions import ideas_of
from dxassess.usecases.planning import keep_action
from tests.ui.conftest import Visit
from tests.usecases.meetings import SPLIT, meet


def bodies(visit: Visit) -> str:
    return "\n".join(element.proto.body for element in visit.at.get("html"))


def told(house):
    """A closed round, then one that was voted on, talked over and agreed."""
    before = house.hold({"1": 1})
    meeting = meet(house, previous=before).vote(SPLIT).reveal()
    meeting.decide("1", 3, reason="早すぎた", by="田中")
    meeting.decide(
        "1",
        2,
        reason="まだ一部",
        idea="朝礼で話す",
        dissent=[Dissent("鈴木", "現場では 1 です")],
        by="佐藤",
    )
    return meeting


def test_without_a_round_the_page_teaches(house, words):
    visit = Visit("record", lang=words.language)
    assert words("record.empty") in visit.text
    visit.press(words("record.empty_button"))
    assert words("rounds.title") in visit.text


def test_votes_agreement_reason_dissent_idea_and_who_recorded_it_stand_on_one_page(house, words):
    told(house)
    visit = Visit("record", lang=words.language, item="1")
    for said in ("まだ一部", "朝礼で話す", "佐藤", "見たことがない"):
        assert said in visit.text
    assert words("board.dissent_line", who="鈴木", why="現場では 1 です") in visit.text
    assert words("figure.strip.last") in visit.text
    assert bodies(visit).count('dx-mark dx-diamond"') == 4


def test_rounds_stand_newest_first_and_an_earlier_record_is_kept(house, words):
    told(house)
    visit = Visit("record", lang=words.language, item="1")
    body = bodies(visit)
    assert (
        body.index("<h3>") < body.index("秋の回", body.index("<h3>")) < body.index(words("record.no_votes"))
    )
    assert words("record.earlier", n=1) in visit.text
    assert "早すぎた" in visit.text


def test_it_opens_on_the_first_item_that_was_talked_about_and_the_list_marks_it(house, words):
    meeting = meet(house).vote(SPLIT).reveal()
    meeting.decide("2", 1, reason="まだ一部", by="佐藤")
    visit = Visit("record", lang=words.language)
    assert "まだ一部" in visit.text
    picker = next(box for box in visit.at.selectbox if box.label == words("record.pick"))
    assert [words("record.decided") in option for option in picker.options] == [False, False, True, False]


def test_an_item_one_person_voted_on_says_so(house, words):
    meeting = meet(house)
    meeting.say(meeting.come("it"), {"1": 2})
    meeting.reveal()
    assert words("raters.single_item") in Visit("record", lang=words.language, item="1").text


def test_another_item_is_picked_and_stays_in_the_address(house, words):
    told(house)
    visit = Visit("record", lang=words.language, item="1").fill(words("record.pick"), "2")
    assert visit.address["item"] == "2"
    assert words("record.nothing_agreed") in visit.text


def test_before_the_reveal_no_vote_is_told(house, words):
    meeting = meet(house).vote(SPLIT)
    visit = Visit("record", lang=words.language, item="1")
    assert words("record.secret") in visit.text
    assert "見たことがない" not in visit.text
    assert "dx-mark dx-diamond" not in bodies(visit).replace(".dx-", "")
    close_round(house.store, meeting.held, "")
    assert words("record.secret") not in Visit("record", lang=words.language, item="1").text


def test_an_anonymous_round_shows_groups_and_no_names(house, words):
    meet(house, minimum=3).vote(SPLIT).reveal()
    visit = Visit("record", lang=words.language, item="1")
    assert ("経営・IT部門" if words.language == "ja" else "Management + IT department") in visit.text
    assert "it1" not in visit.text


def test_it_can_be_printed_alone(house, words):
    told(house)
    visit = Visit("record", lang=words.language)
    assert 'data-print="dx-record"' in bodies(visit)
    assert '<div class="dx-record">' in bodies(visit)


def test_markup_in_reason_and_dissent_stays_text(house, words):
    meeting = meet(house).vote(SPLIT).reveal()
    meeting.decide("1", 2, reason="<img src=x>", dissent=[Dissent("<b>甲</b>", "**x**")], by="<i>乙</i>")
    visit = Visit("record", lang=words.language, item="1")
    for raw in ("<img src=x>", "<b>甲</b>", "<i>乙</i>"):
        assert raw not in bodies(visit)
        assert raw in visit.text


def test_actions_for_the_item_stand_on_its_record_and_ideas_on_the_plan(house, words, tiny):
    meeting = told(house)
    action = Action(
        "朝礼を<b>始める</b>", "tiny", {"tiny.1": Decimal(1)}, Status.PLANNED, due=date(2027, 3, 31)
    )
    kept = keep_action(house.app, house.store, tiny, action)
    keep_action(
        house.app, house.store, tiny, replace(action, title="ほかの項目", lifts={"tiny.2": Decimal(1)})
    )
    line = words(
        "record.action_dated",
        title=kept.title,
        status=words("action.status_planned"),
        day=words.date(date(2027, 3, 31)),
    )
    visit = Visit("record", lang=words.language, item="1")
    assert line in visit.text
    assert "ほかの項目" not in visit.text
    assert "<b>始める" not in bodies(visit)
    assert "朝礼で話す" in ideas_of(house.store, meeting.held, "tiny.1")
