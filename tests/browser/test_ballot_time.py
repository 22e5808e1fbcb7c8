"""The ballot over time: a bad network, a sleeping phone, two screens of one person, and every phase of a workshop."""

from __future__ import annotations

from urllib.parse import urlparse

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewContext, NewVoter
from tests.browser.program import Program
from tests.browser.relay import Relay
from tests.browser.voter import Voter
from tests.protocol.hall import Hall


class Replies:
    """What the program answers to votes: it gets them, but its replies are lost, as long as they are."""

    def __init__(self, voter: Voter) -> None:
        self.are_lost = True
        voter.page.route("**/votes*", self._pass)

    def _pass(self, route: Route) -> None:
        if not self.are_lost:
            route.continue_()
            return
        route.fetch()
        route.abort()


# -- a bad network


def test_a_tap_made_while_the_program_is_down_is_kept_when_it_is_back(
    hall: Hall, new_voter: NewVoter, program: Program
) -> None:
    """F18."""
    voter = new_voter()
    voter.join(hall)
    voter.pick(1)
    program.kill()
    voter.tap(4)
    voter.told("offline", n=1)
    voter.press("next")
    voter.tap("cannot_say")
    program.start()
    voter.saved()
    voter.not_told()
    voter.page.reload()
    expect(voter.level("cannot_say")).to_be_checked()
    hall.reveal()
    said = {code: vote.answer for (_, code), vote in hall.votes().items()}
    assert (said["1"].level, said["2"].state) == (4, "cannot_say")


def test_the_network_may_be_gone_for_a_second_and_the_page_be_loaded_anew_meanwhile(
    hall: Hall, new_voter: NewVoter, relay: Relay
) -> None:
    """F17."""
    voter = new_voter(address=relay.address)
    voter.join(hall)
    voter.pick(1)
    address = voter.page.url
    relay.cut()
    voter.tap(3)
    voter.page.wait_for_timeout(1_000)
    relay.mend()
    voter.saved()
    relay.cut()
    voter.tap(5)
    with pytest.raises(Exception, match="ERR_"):
        voter.page.goto(address.partition("#")[0])
    voter.page.wait_for_url("chrome-error://**")
    relay.mend()
    voter.page.goto(address)
    voter.saved()
    expect(voter.level(5)).to_be_checked()
    hall.reveal()
    assert [vote.answer.level for vote in hall.votes().values()] == [5]


def test_a_tap_whose_reply_is_lost_and_the_tap_after_it_arrive_in_their_order(
    hall: Hall, new_voter: NewVoter
) -> None:
    """The first has arrived, though the phone does not know: the second must not be taken for another screen's."""
    voter = new_voter()
    voter.join(hall)

    replies = Replies(voter)
    voter.tap(1)
    voter.told("offline", n=1)
    voter.tap(4)
    replies.are_lost = False
    voter.saved()
    voter.not_told()
    expect(voter.level(4)).to_be_checked()
    hall.reveal()
    assert [vote.answer.level for vote in hall.votes().values()] == [4]


def test_a_phone_that_slept_for_ten_minutes_goes_on_where_it_was(
    hall: Hall, new_voter: NewVoter, relay: Relay
) -> None:
    voter = new_voter(address=relay.address)
    voter.page.clock.install()
    voter.join(hall)
    voter.pick(1)
    voter.page.clock.pause_at(voter.page.evaluate("Date.now() + 1000"))
    voter.write("comment", "眠る前に書きかけた")
    with voter.page.expect_response("**/votes*"):
        voter.look_away()
    relay.cut()
    voter.page.clock.fast_forward("10:00")
    relay.mend()
    voter.look_up()
    voter.page.clock.run_for(20_000)
    voter.saved()
    expect(voter.text("comment")).to_have_value("眠る前に書きかけた")
    voter.pick(2)
    hall.reveal()
    (vote,) = hall.votes().values()
    assert (vote.answer.level, vote.answer.comment) == (2, "眠る前に書きかけた")


def test_a_phone_that_keeps_nothing_says_so(hall: Hall, new_voter: NewVoter, relay: Relay) -> None:
    voter = new_voter(address=relay.address)
    voter.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    voter.join(hall)
    relay.cut()
    voter.tap(1)
    voter.told("not_remembered")
    relay.mend()
    voter.saved()
    voter.not_told()


# -- two screens of one person


def test_of_two_tabs_on_one_item_the_second_is_shown_what_the_first_has_kept(
    hall: Hall, new_voter: NewVoter
) -> None:
    """F15."""
    one = new_voter()
    one.join(hall)
    two = Voter(one.page.context.new_page(), one.address)
    two.open(one.path)
    two.item("1")
    one.pick(3)
    two.write("comment", "自分の理由")
    two.level(0).tap()
    two.told("stale")
    expect(two.level(3)).to_be_checked()
    shown = two.page.get_by_text(two.say("phone.aside", item="1　ビジョンの共有"))
    expect(shown).to_be_visible()
    expect(two.page.locator(".said").first).to_contain_text("0")
    two.press("aside_seen")
    expect(shown).to_have_count(0)
    two.pick(2)
    one.page.reload()
    expect(one.level(2)).to_be_checked()


def test_who_is_typing_when_something_is_said_about_another_item_types_on(
    hall: Hall, new_voter: NewVoter, program: Program, relay: Relay
) -> None:
    one = new_voter(address=relay.address)
    one.join(hall)
    two = Voter(one.page.context.new_page(), program.address)
    two.open(one.path)
    relay.cut()
    one.tap(2)
    one.told("offline", n=1)
    two.pick(4)
    one.press("next")
    one.write("comment", "話の途中で")
    relay.mend()
    one.look_up()
    one.page.keyboard.type("、続ける")
    one.saved()
    one.told("about", item="1　ビジョンの共有", said=one.say("phone.stale"))
    expect(one.text("comment")).to_have_value("話の途中で、続ける")
    expect(one.text("comment")).to_be_focused()
    one.page.reload()
    expect(one.text("comment")).to_have_value("話の途中で、続ける")


def test_a_computer_goes_on_with_the_ballot_of_the_phone(
    hall: Hall, new_voter: NewVoter, new_context: NewContext, program: Program
) -> None:
    """F16."""
    phone = new_voter()
    phone.join(hall)
    phone.pick(3)
    phone.press("overview")
    phone.press("device")
    expect(phone.page.get_by_role("img", name=phone.say("phone.device_qr"))).to_be_visible()
    link = urlparse(phone.page.locator(".address").inner_text()).path
    laptop = Voter(new_context(has_touch=True).new_page(), program.address)
    laptop.open(link)
    laptop.page.get_by_role("button", name=laptop.say("join.beside_button")).tap()
    laptop.item("2")
    laptop.pick(1)
    phone.page.reload()
    phone.page.get_by_role("button", name="2 回答済み", exact=True).tap()
    expect(phone.level(1)).to_be_checked()
    phone.pick(4)
    laptop.page.reload()
    expect(laptop.level(4)).to_be_checked()


def test_a_role_is_chosen_again_before_the_first_answer(hall: Hall, new_voter: NewVoter) -> None:
    voter = new_voter()
    voter.join(hall, role="経営")
    link = voter.page.get_by_role("link", name=voter.say("phone.role_change"))
    link.tap()
    voter.heading(voter.say("role.title"))
    voter.page.get_by_role("radio", name="DX部門").tap()
    voter.page.get_by_role("button", name=voter.say("role.button")).tap()
    expect(voter.page.get_by_text("DX部門")).to_be_visible()
    voter.pick(1)
    expect(link).to_have_count(0)
    voter.open(f"{voter.path}/role")
    expect(voter.page.get_by_text(voter.words("error.RoleFixed"))).to_be_visible()
    voter.page.get_by_role("link", name=voter.say("role.back")).tap()
    voter.item("2")


# -- the phases of a workshop


def test_a_ballot_goes_through_every_phase_by_itself(hall: Hall, new_voter: NewVoter) -> None:
    voter = new_voter()
    voter.join(hall)
    voter.pick(1)
    hall.reveal()
    voter.look_up()
    voter.heading(voter.say("phone.over_title"))
    hall.vote_again("1", "4-1")
    voter.look_up()
    voter.item("1")
    expect(voter.page.locator(".badge")).to_have_text(voter.say("phone.first_badge"))
    expect(voter.page.get_by_text("あなたの一回目：1")).to_be_visible()
    expect(voter.level(1)).not_to_be_checked()
    voter.press("keep_first")
    voter.item("4-1")
    voter.pick(5)
    voter.press("finish")
    expect(voter.page.get_by_text(voter.say("phone.done_as_first", n=1))).to_be_visible()
    hall.reveal()
    voter.look_up()
    voter.heading(voter.say("phone.final_title"))
    hall.close()
    voter.look_up()
    voter.heading(voter.say("phone.closed_title"))


def test_who_is_typing_when_the_vote_is_revealed_keeps_the_words_to_say_them(
    hall: Hall, new_voter: NewVoter
) -> None:
    voter = new_voter()
    voter.join(hall)
    voter.pick(2)
    voter.write("comment", "まだ書いている途中")
    hall.reveal()
    voter.look_up()
    voter.heading(voter.say("phone.over_title"))
    expect(voter.page.get_by_text(voter.say("phone.over_lost", n=1))).to_be_visible()
    expect(voter.page.get_by_text("まだ書いている途中")).to_be_visible()
    voter.page.reload()
    expect(voter.page.get_by_text("まだ書いている途中")).to_be_visible()
    voter.press("aside_seen")
    expect(voter.page.get_by_text("まだ書いている途中")).to_have_count(0)
    (vote,) = hall.votes().values()
    assert (vote.answer.level, vote.answer.comment) == (2, "")


def test_a_phone_that_slept_through_the_talk_gives_no_late_vote_to_the_second_ballot(
    hall: Hall, new_voter: NewVoter, relay: Relay
) -> None:
    voter = new_voter(address=relay.address)
    voter.join(hall)
    voter.pick(1)
    relay.cut()
    voter.tap(5)
    voter.told("offline", n=1)
    hall.reveal()
    hall.vote_again()
    relay.mend()
    voter.look_up()
    voter.told("over_lost", n=1)
    expect(voter.page.get_by_text("あなたの一回目：1")).to_be_visible()
    expect(voter.level(5)).not_to_be_checked()
    assert [vote.answer.level for vote in hall.votes().values()] == [1]


def test_a_vote_that_arrived_before_the_reveal_is_not_called_late(hall: Hall, new_voter: NewVoter) -> None:
    """Its reply was lost; the phone asks for it until it knows (F19)."""
    voter = new_voter()
    voter.join(hall)

    replies = Replies(voter)
    voter.tap(3)
    voter.told("offline", n=1)
    hall.reveal()
    voter.look_up()
    voter.heading(voter.say("phone.over_title"))
    replies.are_lost = False
    voter.look_up()
    voter.has_sent_all()
    expect(voter.page.locator(".said")).to_have_count(0)
    voter.page.reload()
    voter.heading(voter.say("phone.over_title"))
    expect(voter.page.locator(".said")).to_have_count(0)


def test_who_is_taken_out_is_told_at_the_next_tap(hall: Hall, new_voter: NewVoter) -> None:
    """F20."""
    voter = new_voter()
    voter.join(hall, name="佐藤")
    voter.pick(1)
    hall.remove("佐藤")
    voter.level(3).tap()
    voter.heading(voter.say("trouble.again"))
    expect(voter.page.get_by_text(voter.words("error.SeatEnded"))).to_be_visible()
