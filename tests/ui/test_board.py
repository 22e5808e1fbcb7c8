"""The board: secret while a vote is open, then one item at a time with what is agreed; two facilitators and two votes."""

from __future__ import annotations

from dxassess.usecases import close_round, decisions_of, focus_on, participants_of, remove_person, workshop_of
from tests.ui.conftest import Visit
from tests.usecases.meetings import SPLIT, Meeting, meet


def board(words, **query) -> Visit:
    return Visit("board", lang=words.language, **query)


def bodies(visit: Visit) -> str:
    return "\n".join(element.proto.body for element in visit.at.get("html"))


def key(meeting: Meeting, name: str, code: str = "1") -> str:
    return f"{name}-{code}-{meeting.held.id}"


def talking(house, code: str | None = "1", **more) -> Meeting:
    meeting = meet(house, **more).vote(SPLIT).reveal()
    return meeting.focus(code) if code else meeting


# --- before the reveal


def test_before_a_vote_is_open_the_board_teaches_and_leads_to_the_workshop(started, words):
    visit = board(words)
    assert words("board.empty") in visit.text
    visit.press(words("board.empty_button"))
    assert words("workshop.begin_why") in visit.text


def test_while_the_vote_is_open_one_number_and_the_roles_are_all_there_is(house, words):
    meeting = meet(house).vote(SPLIT)
    meeting.come("it")
    visit = board(words)
    assert '<div class="number">5<small> / 6</small></div>' in bodies(visit)
    assert "3 / 4" in visit.text
    assert "2 / 2" in visit.text
    assert words("board.role_busy", n=1) not in visit.text
    meeting.say(meeting.come("it"), {"1": 2})
    assert words("board.role_busy", n=1) in board(words).text
    assert "見たことがない" not in bodies(visit)
    assert '<table class="dx-strip"' not in bodies(visit)


def test_a_room_without_people_waits(house, words):
    meet(house)
    assert words("board.nobody") in board(words).text


def test_the_reveal_asks_once_more_with_how_many_have_not_finished(house, words):
    meeting = meet(house).vote(SPLIT)
    meeting.say(meeting.come("it"), {"1": 2})
    visit = board(words).press("board-reveal")
    assert words("board.reveal_left", people=6, left=1) in visit.text
    visit.press("sure-no")
    assert workshop_of(house.store, meeting.held).phase == "first"
    visit.press("board-reveal").press("sure-yes")
    assert workshop_of(house.store, meeting.held).phase == "talk"
    assert words("board.agenda") in visit.text


def test_a_reveal_somebody_else_made_first_is_no_second_step(house, words):
    meeting = meet(house).vote(SPLIT)
    visit = board(words).press("board-reveal")
    meeting.reveal()
    visit.press("sure-yes")
    assert words("board.agenda") in visit.text or "佐藤" in visit.alerts[0]
    assert workshop_of(house.store, meeting.held).phase == "talk"


# --- the order of the talk


def test_after_the_reveal_the_items_stand_in_the_order_of_the_talk_with_minutes(house, words):
    talking(house, None)
    visit = board(words)
    assert visit.text.index("1 学び" if words.language == "ja" else "1 Learning") < visit.text.index("2-1 ")
    for verdict in ("discuss", "accept"):
        assert f"<td>{words(f'board.verdict_{verdict}')}</td>" in bodies(visit)
    visit.press("board-next")
    assert words("board.agreed_level") in visit.labels("button_group")


def test_the_time_of_the_whole_talk_and_the_rule_are_kept(house, words):
    meeting = talking(house, None)
    visit = board(words).fill("minutes-60", 20)
    assert workshop_of(house.store, meeting.held).minutes == 20
    visit.fill("rule-True", False)
    assert not workshop_of(house.store, meeting.held).rule
    assert f"<td>{words('board.verdict_discuss')}</td>" not in bodies(visit)


def test_items_that_matter_most_come_sooner(house, words):
    meeting = talking(house, None)
    visit = board(words)
    visit.at.multiselect[0].set_value([meeting.item("2").id])
    visit.run()
    assert workshop_of(house.store, meeting.held).importance == {meeting.item("2").id: 2}
    table = bodies(visit).split('<table class="dx-table">')[1]
    assert table.index("<td>2 ") < table.index("<td>1 ")
    visit.at.multiselect[0].set_value([])
    visit.run()
    assert workshop_of(house.store, meeting.held).importance[meeting.item("2").id] == 1


def test_any_item_can_be_put_on_the_board(house, words):
    meeting = talking(house)
    board(words).fill(words("board.other"), meeting.item("2-1").id)
    assert workshop_of(house.store, meeting.held).focus == meeting.item("2-1").id


def test_next_and_back_go_through_the_agenda_and_back_to_the_overview(house, words):
    meeting = talking(house)
    visit = board(words).press("board-next")
    assert workshop_of(house.store, meeting.held).focus == meeting.item("2").id
    visit.press("board-back").press("board-back")
    assert workshop_of(house.store, meeting.held).focus is None
    assert words("board.agenda_why") in visit.text


def test_a_click_on_the_agenda_puts_the_item_on_everybodys_board(house, words):
    meeting = talking(house)
    other = board(words)
    board(words).fill(f"agenda-{meeting.held.id}", meeting.item("2").id)
    assert workshop_of(house.store, meeting.held).focus == meeting.item("2").id
    other.run()
    assert '<span class="dx-code">2</span>' in bodies(other)
    assert workshop_of(house.store, meeting.held).focus == meeting.item("2").id


# --- one item


def test_an_item_shows_its_level_texts_marks_of_roles_sentence_advice_and_quotes(house, words):
    previous = house.hold({"1": 1})
    talking(house, previous=previous)
    visit = board(words)
    names = ("経営", "IT部門") if words.language == "ja" else ("Management", "IT department")
    said = words(
        "board.views",
        first=names[0],
        first_mean="3.0",
        first_n=2,
        second=names[1],
        second_mean="0.3",
        second_n=3,
    )
    assert said + words("board.pair", mean="1.8", n=5, people=5) in visit.text
    assert words("figure.strip.last") in visit.text
    assert words("board.because_spread") in visit.text
    assert "見たことがない" in visit.text
    assert words("board.evidence_was", evidence="アンケート") in visit.text
    assert bodies(visit).count('dx-mark dx-circle"') == 3
    assert bodies(visit).count('dx-mark dx-diamond"') == 4


def test_the_clock_counts_from_when_the_item_was_put_on_the_board(house, words):
    talking(house)
    left = bodies(board(words)).split('data-left="')[1].split('"')[0]
    assert 0 < int(left) <= 60 * 60


def test_with_the_rule_switched_off_there_is_no_advice(house, words):
    talking(house)
    visit = board(words)
    assert words("board.because_spread") in visit.text
    visit.press("board-back").fill("rule-True", False).press("board-next")
    assert words("board.because_spread") not in visit.text


# --- what is agreed


def test_every_change_of_the_agreement_is_kept_at_once_and_shown(house, words):
    meeting = talking(house)
    visit = board(words)
    assert words("board.not_yet") in visit.text
    visit.fill(key(meeting, "level"), 2).fill(key(meeting, "target"), 3)
    visit.fill(key(meeting, "reason"), "まだ一部").fill(key(meeting, "evidence"), "議事録")
    visit.fill(key(meeting, "idea"), "朝礼で話す")
    newest = decisions_of(house.store, meeting.held)[-1]
    said = newest.answer.answer
    assert (said.level, said.target, said.evidence) == (2, 3, "議事録")
    assert (newest.reason, newest.idea) == ("まだ一部", "朝礼で話す")
    assert words("figure.strip.agreed") in visit.text
    assert "●" in visit.text


def test_who_comes_back_finds_everything_where_it_was(house, words):
    meeting = talking(house)
    board(words).fill(key(meeting, "level"), 2).fill(key(meeting, "reason"), "まだ一部")
    visit = board(words)
    assert visit.shown(key(meeting, "level")) == 2
    assert visit.shown(key(meeting, "reason")) == "まだ一部"
    visit.press("board-next").press("board-back")
    assert visit.shown(key(meeting, "level")) == 2


def test_dissent_is_added_with_who_and_why_and_withdrawn(house, words):
    meeting = talking(house)
    visit = board(words).fill(key(meeting, "level"), 2)
    visit.at.text_input[-2].set_value("田中")
    visit.at.text_input[-1].set_value("現場では 1 です")
    visit.press(words("board.dissent_add"))
    newest = decisions_of(house.store, meeting.held)[-1]
    assert [(each.who, each.why) for each in newest.dissent] == [("田中", "現場では 1 です")]
    assert newest.answer.answer.level == 2
    assert words("board.dissent_line", who="田中", why="現場では 1 です") in visit.text
    visit.press(key(meeting, "undo-0"))
    assert decisions_of(house.store, meeting.held)[-1].dissent == ()


def test_what_another_facilitator_recorded_is_shown_within_the_next_look(house, words):
    meeting = talking(house)
    visit = board(words)
    meeting.decide("1", 3, by="田中", reason="別の理由")
    visit.run()
    assert visit.shown(key(meeting, "level")) == 3
    assert visit.shown(key(meeting, "reason")) == "別の理由"
    assert words("board.by", name="田中") in visit.text


def test_two_facilitators_do_not_overwrite_each_other_and_the_second_sees_both(house, words):
    meeting = talking(house)
    visit = board(words)
    meeting.decide("1", 3, by="田中")
    visit.fill(key(meeting, "level"), 1)
    assert [each.answer.answer.level for each in decisions_of(house.store, meeting.held)] == [3]
    assert "田中" in visit.alerts[0]
    assert words("board.differs", field=words("board.agreed_level"), mine="1", theirs="3") in visit.text
    assert visit.shown(key(meeting, "level")) == 3
    visit.press("take-mine")
    assert decisions_of(house.store, meeting.held)[-1].answer.answer.level == 1
    assert not visit.alerts
    assert visit.shown(key(meeting, "level")) == 1


def test_the_second_facilitator_may_keep_what_is_on_record(house, words):
    meeting = talking(house)
    visit = board(words)
    meeting.decide("1", 3, by="田中")
    visit.fill(key(meeting, "level"), 1).press("take-theirs")
    assert not visit.alerts
    assert [each.answer.answer.level for each in decisions_of(house.store, meeting.held)] == [3]
    visit.run()
    assert visit.shown(key(meeting, "level")) == 3


def test_a_level_taken_back_is_open_again(house, words):
    meeting = talking(house)
    board(words).fill(key(meeting, "level"), 2).fill(key(meeting, "level"), None)
    newest = decisions_of(house.store, meeting.held)[-1].answer.answer
    assert (newest.state, newest.level) == ("open", None)


# --- the second vote


def test_a_second_vote_asks_what_must_be_discussed_unless_others_are_chosen(house, words):
    meeting = talking(house)
    visit = board(words).press("board-second").press("sure-yes")
    found = workshop_of(house.store, meeting.held)
    assert found.phase == "second"
    assert set(found.asked) == {meeting.item("1").id, meeting.item("2").id}
    assert words("board.second") in visit.text
    assert '<div class="number">0<small> / 5</small></div>' in bodies(visit)


def test_after_the_second_reveal_before_and_after_stand_side_by_side(house, words):
    meeting = talking(house).again("1")
    meeting.vote({"it": [{"1": 2}, {"1": 2}, {"1": 3}]})
    visit = board(words).press("board-reveal").press("sure-yes")
    assert workshop_of(house.store, meeting.held).phase == "done"
    assert words("board.again_met", first="1.8", second="0.6") in visit.text
    assert 'dx-mark dx-diamond dx-was"' in bodies(visit)
    assert words("figure.strip.key_again") in visit.text


def test_the_votes_may_end_after_the_talk(house, words):
    meeting = talking(house)
    visit = board(words).press("board-end").press("sure-yes")
    assert workshop_of(house.store, meeting.held).phase == "done"
    assert words("board.done") in visit.text
    visit.fill(key(meeting, "level"), 2)
    assert decisions_of(house.store, meeting.held)


# --- anonymous rounds


def test_an_anonymous_round_shows_small_roles_together_and_says_so(house, words):
    talking(house, minimum=3)
    visit = board(words)
    groups = "経営・IT部門" if words.language == "ja" else "Management + IT department"
    assert groups in visit.text
    assert words("recognition.merged", minimum=3, groups=groups) in visit.text
    assert "management0" not in visit.text


def test_an_anonymous_round_of_too_few_shows_nothing_and_says_why(house, words):
    meet(house, minimum=3).vote({"it": [{"1": 0}], "management": [{"1": 3}]}).reveal()
    visit = board(words)
    assert words("recognition.hidden", minimum=3) in visit.text
    assert "dx-mark" not in visit.text


def test_the_reveal_of_an_anonymous_round_says_that_groups_are_fixed_now(house, words):
    meet(house, minimum=3).vote(SPLIT)
    assert words("board.reveal_groups", minimum=3) in board(words).press("board-reveal").text


# --- edges


def test_a_reveal_without_votes_is_said(house, words):
    meet(house).reveal()
    assert words("board.no_votes") in board(words).text


def test_a_closed_round_is_not_on_the_board(house, words):
    meeting = talking(house)
    close_round(house.store, meeting.held, "")
    assert words("workshop.closed") in board(words).text


def test_a_person_taken_out_is_counted_no_more(house, words):
    meeting = meet(house).vote(SPLIT)
    remove_person(house.store, meeting.held, participants_of(house.store, meeting.held)[0].id)
    assert '<div class="number">4<small> / 4</small></div>' in bodies(board(words))


def test_markup_in_a_comment_stays_text(house, words):
    meeting = meet(house).vote(SPLIT)
    meeting.say(meeting.come("it"), {"1": {"level": 0, "comment": "<img src=x> **太い** $x$"}})
    meeting.reveal().focus("1")
    visit = board(words)
    assert "<img src=x>" not in bodies(visit)
    assert "<img src=x> **太い** $x$" in visit.text
    focus_on(house.store, meeting.held, None)
