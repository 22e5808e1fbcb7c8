"""The workshop page: what it teaches, who is there, inviting, taking back, own roles, and what it keeps to itself."""

from __future__ import annotations

import pytest

from dxassess.ui.context import application
from dxassess.usecases import (
    close_round,
    invitations_of,
    participants_of,
    role_choices,
    turnout_of,
    welcome,
    workshop_of,
)
from tests.ui.conftest import Visit
from tests.usecases.meetings import SPLIT, meet

LINK = "/j/"


def links(visit: Visit) -> list[str]:
    """Every link of an invitation on the page."""
    return [part for part in visit.text.split() if LINK in part]


def test_without_a_round_the_page_teaches_and_leads_to_the_rounds(house, words):
    visit = Visit("workshop", lang=words.language)
    assert words("workshop.empty") in visit.text
    visit.press(words("workshop.empty_button"))
    assert words("rounds.title") in visit.text


def test_before_the_vote_it_says_what_happens_and_one_button_opens_it(started, words):
    house, held = started
    visit = Visit("workshop", lang=words.language)
    assert words("workshop.begin_named") in visit.text
    assert words("workshop.go_answer") in visit.text
    visit.press("open-workshop")
    assert workshop_of(house.store, held).phase == "first"
    assert words("workshop.step.invite_none") in visit.text


def test_an_anonymous_round_promises_its_minimum(house, words):
    meeting = meet(house, minimum=4)
    visit = Visit("workshop", lang=words.language)
    assert words("workshop.step.first") in visit.text
    close_round(house.store, meeting.held, "")
    assert words("workshop.closed") in Visit("workshop", lang=words.language).text


def test_the_three_steps_and_everybody_by_role_are_there_without_a_reload(house, words):
    meeting = meet(house).vote({"it": SPLIT["it"]})
    meeting.come("management")
    visit = Visit("workshop", lang=words.language)
    assert words("workshop.step.invite_links", people=4, invited=0) in visit.text
    assert words("workshop.step.vote_some", people=4, finished=3) in visit.text
    assert words("workshop.step.first") in visit.text
    meeting.reveal()
    meeting.decide("1")
    visit.run()
    assert words("workshop.step.vote_over", people=3) in visit.text
    assert words("workshop.step.talk", agreed=1, items=4) in visit.text


def test_a_link_is_made_shown_with_its_qr_code_and_leads_to_the_round(started, words):
    house, held = started
    visit = Visit("workshop", lang=words.language).press("open-workshop").press("make-link")
    (link,) = links(visit)
    assert welcome(house.app, link.split(LINK)[1].split("?")[0]).held == held
    bodies = "".join(element.proto.body for element in visit.at.get("html"))
    assert 'src="data:image/' in bodies
    assert words("workshop.invite.only_here") in visit.text


def test_after_a_reload_the_link_is_gone_and_the_page_says_what_to_do(house, words):
    meet(house)
    visit = Visit("workshop", lang=words.language)
    assert not links(visit)
    assert words("workshop.invite.once") in visit.text
    visit.press(words("workshop.invite.make_another"))
    assert links(visit)
    assert not links(Visit("workshop", lang=words.language))


def test_pasted_names_and_roles_become_a_link_each_to_copy_or_print(house, words):
    meet(house)
    visit = Visit("workshop", lang=words.language)
    visit.fill(words("workshop.invite.people"), "佐藤 花子\t経営\nBob Smith, IT department\nよくわからない人")
    assert words("workshop.invite.misread_role", line=3, text="よくわからない人") in visit.text
    visit.press(words("workshop.invite.people_make", n=2))
    assert "佐藤 花子" in visit.text
    assert "Bob Smith" in visit.text
    fresh = {link.split(LINK)[1].split("?")[0] for link in links(visit)}
    known = [welcome(house.app, token) for token in fresh]
    assert {(each.name, each.role) for each in known} == {("佐藤 花子", "management"), ("Bob Smith", "it")}
    bodies = "".join(element.proto.body for element in visit.at.get("html"))
    assert bodies.count('dx-sheet"') == 2
    assert "data-print" in bodies


def test_what_was_pasted_is_gone_once_its_links_are_made(house, words):
    meeting = meet(house)
    visit = Visit("workshop", lang=words.language)
    visit.fill(words("workshop.invite.people"), "佐藤\tIT部門").press("make-personal")
    assert "make-personal" not in {button.key for button in visit.at.button}
    assert len(participants_of(house.store, meeting.held)) == 1


def test_many_lines_that_cannot_be_read_are_counted(house, words):
    meet(house)
    visit = Visit("workshop", lang=words.language)
    visit.fill(words("workshop.invite.people"), "だれか\n" * 8)
    assert words("workshop.invite.misread_role", line=5, text="だれか") in visit.text
    assert words("workshop.invite.misread_role", line=6, text="だれか") not in visit.text
    assert words("workshop.invite.misread_more", n=3) in visit.text


def test_in_an_anonymous_round_names_are_shown_once_and_kept_nowhere(house, words):
    meeting = meet(house, minimum=3)
    visit = Visit("workshop", lang=words.language)
    visit.fill(words("workshop.invite.people"), "佐藤 花子\tIT部門").press("make-personal")
    assert "佐藤 花子" in visit.text
    assert words("workshop.invite.personal_anonymous") in visit.text
    assert "佐藤 花子" not in Visit("workshop", lang=words.language).text
    assert not any(each.name for each in invitations_of(house.store, meeting.held))


def test_a_link_is_taken_back_only_after_a_second_question(house, words):
    meeting = meet(house)
    visit = Visit("workshop", lang=words.language).press(
        f"revoke-{invitations_of(house.store, meeting.held)[0].id}"
    )
    assert words("workshop.invite.revoke_sure") in visit.text
    assert not invitations_of(house.store, meeting.held)[0].revoked
    visit.press("sure-yes")
    assert invitations_of(house.store, meeting.held)[0].revoked
    assert words("workshop.invite.state_revoked") in visit.text


def test_somebody_gets_a_new_link_or_is_taken_out(house, words):
    meeting = meet(house)
    visit = Visit("workshop", lang=words.language)
    visit.fill(words("workshop.invite.people"), "佐藤 花子\tIT部門").press("make-personal")
    personal = invitations_of(house.store, meeting.held)[-1]
    visit.fill(words("workshop.invite.which"), personal.id).press(f"again-{personal.id}").press("sure-yes")
    assert len(set(links(visit))) == 2
    (one,) = participants_of(house.store, meeting.held)
    visit.press(f"remove-{one.id}").press("sure-yes")
    assert all(each.revoked for each in invitations_of(house.store, meeting.held) if each.kind == "personal")


def test_two_people_of_one_role_are_told_apart_where_names_are_kept_nowhere(house, words):
    meet(house, minimum=3)
    visit = Visit("workshop", lang=words.language)
    visit.fill(words("workshop.invite.people"), "佐藤 花子\tIT部門\n鈴木 一郎\tIT部門").press("make-personal")
    (picker,) = [box for box in visit.at.selectbox if box.label == words("workshop.invite.which")]
    assert len(picker.options) == 3
    assert len(set(picker.options)) == 3


def test_who_came_by_the_open_link_is_listed_by_name_and_may_be_taken_out(house, words):
    meeting = meet(house)
    meeting.come("it", "鈴木")
    meeting.come("it", "<b>高橋</b>")
    visit = Visit("workshop", lang=words.language)
    assert "鈴木" in visit.text
    assert "<b>高橋</b>" in visit.text
    gone = participants_of(house.store, meeting.held)[0]
    visit.fill(words("workshop.people.which"), gone.id).press(f"remove-{gone.id}")
    assert (
        words(
            "workshop.invite.remove_sure",
            name=words(
                "workshop.invite.of_person",
                name="鈴木",
                role="IT部門" if words.language == "ja" else "IT department",
            ),
        )
        in visit.text
    )
    visit.press("sure-yes")
    assert participants_of(house.store, meeting.held)[0].removed
    assert "鈴木" not in visit.text


def test_in_an_anonymous_round_nobody_is_listed(house, words):
    meeting = meet(house, minimum=3)
    meeting.come("it", "鈴木")
    text = Visit("workshop", lang=words.language).text
    assert words("workshop.people.anonymous") in text
    assert "鈴木" not in text


def test_an_own_role_is_added_offered_and_hidden_again(house, words):
    meeting = meet(house)
    edition = house.store.edition(meeting.held.edition_hash)
    visit = Visit("workshop", lang=words.language)
    visit.at.text_input(key="role-name").set_value("経理 **部**")
    visit.press(words("workshop.roles.add"))
    own = role_choices(house.store, edition)[-1]
    assert own.ja == "経理 **部**"
    assert "経理 **部**" in visit.text
    visit.press(f"hide-{own.id}")
    assert role_choices(house.store, edition)[-1].hidden
    assert words("workshop.roles.hidden", name="経理 **部**") in visit.text


def test_before_the_reveal_the_page_says_numbers_of_people_and_nothing_of_votes(house, words):
    meeting = meet(house).vote(SPLIT)
    visit = Visit("workshop", lang=words.language)
    assert "見たことがない" not in visit.text
    assert "0.93" not in visit.text
    assert sum(one.people for one in turnout_of(house.store, meeting.held)) == 5


def test_the_board_opens_from_here_and_keeps_the_link(started, words):
    visit = Visit("workshop", lang=words.language).press("open-workshop").press("make-link")
    visit.press("open-board")
    bodies = "".join(element.proto.body for element in visit.at.get("html"))
    assert "dx-corner" in bodies


def test_a_round_is_started_named_or_anonymous_with_a_minimum_that_only_rises(house, words):
    visit = Visit("rounds", lang=words.language)
    assert "new-minimum" not in {widget.key for widget in visit.at.number_input}
    visit.fill("new-ballots", "anonymous").fill("new-minimum", 5).press("start-and-invite")
    held = house.store.rounds()[0]
    assert (held.named, held.anonymity_minimum) == (False, 5)
    assert words("workshop.begin_anonymous", minimum=5) in visit.text
    again = Visit("rounds", lang=words.language).fill("new-ballots", "anonymous")
    assert again.at.number_input(key="new-minimum").min == 3


def test_home_names_the_workshop_where_it_is_the_next_step(house, words):
    house.start()
    visit = Visit("home", lang=words.language)
    assert words("home.or_workshop") in visit.text
    meeting = meet(house).vote(SPLIT)
    visit = Visit("home", lang=words.language).press("next-step")
    assert words("workshop.step.vote_some", people=5, finished=5) in visit.text
    assert words("rounds.close_vote_open") in Visit("rounds", lang=words.language).text
    meeting.reveal()
    visit = Visit("home", lang=words.language).press(words("home.step_talk"))
    assert words("board.agenda_why") in visit.text


@pytest.mark.parametrize("name", ["<b>甲</b> **x** $y$"])
def test_markup_in_a_name_stays_text(house, words, name):
    meet(house)
    visit = Visit("workshop", lang=words.language)
    visit.fill(words("workshop.invite.people"), f"{name}\tIT部門").press("make-personal")
    bodies = "".join(element.proto.body for element in visit.at.get("html"))
    assert "<b>甲</b>" not in bodies
    assert name in visit.text
    assert application()
