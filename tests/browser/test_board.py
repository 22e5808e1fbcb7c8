"""The board in browsers: one facilitator at the projector, a second at another laptop, six phones, keys, two votes, the record."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, NewContext, NewVoter
from tests.browser.facilitator import SOON, Facilitator
from tests.browser.program import Program
from tests.browser.tour import SIZES, too_wide
from tests.browser.voter import Voter
from tests.conftest import TINY

PEOPLE = (("経営", 3), ("経営", 3), ("IT部門", 0), ("IT部門", 0), ("IT部門", 1), ("IT部門", 0))
CODES = ("1", "1-1", "2", "2-1")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program with a framework of four items, so that six people are done soon."""
    folder = tmp_path_factory.mktemp("workshop")
    shutil.copytree(TINY, folder / "editions" / "tiny")
    started = Program(folder, catalogues=folder / "editions")
    started.start()
    yield started
    started.stop()


REASON = "ra 根拠がまだない二人目"
"""What the first facilitator began and the second finished."""


@pytest.fixture
def host(new_context: NewContext, program: Program) -> Facilitator:
    """The facilitator at the projector."""
    return Facilitator(new_context(viewport=SIZES["projector"]).new_page(), program.address)


@pytest.fixture
def helper(new_context: NewContext, program: Program) -> Facilitator:
    """A second facilitator at a laptop."""
    return Facilitator(new_context(viewport=LAPTOP).new_page(), program.address)


def test_a_room_votes_talks_votes_again_and_agrees(
    host: Facilitator, helper: Facilitator, new_voter: NewVoter, screenshots: Path
) -> None:
    host.open()
    host.create_organisation("株式会社ワークショップ")
    link = host.start_and_invite()
    host.to_the_board()
    phones = come_in(host, link, new_voter)
    everybody_votes(host, phones)
    look(host.page, screenshots / "board-voting.png")
    host.reveal(host.say("reveal_left", people=6, left=1))
    the_phones_are_told(phones)
    host.key("ArrowRight")
    host.shows("1")
    assert host.marks() == len(PEOPLE)
    helper.open_board(host.query("round"))
    helper.shows("1")
    keys_do_nothing_while_somebody_types(host)
    host.agree(2)
    helper.has_agreed(2)
    two_write_at_once(host, helper)
    look(host.page, screenshots / "board-talk.png")
    go_on_and_come_back(host, helper)
    vote_again(host, phones)
    look(host.page, screenshots / "board-after.png")
    host.agree(1)
    close(host)
    the_link_is_dead(link, new_voter)


def come_in(host: Facilitator, link: str, new_voter: NewVoter) -> list[Voter]:
    phones = []
    for place, (role, _) in enumerate(PEOPLE):
        phone = new_voter()
        phone.open(link)
        phone.page.get_by_role("radio", name=role).tap()
        phone.page.get_by_label(phone.say("join.name")).fill(f"{role}の{place}")
        phone.start()
        phones.append(phone)
    host.counted(0, len(PEOPLE))
    return phones


def everybody_votes(host: Facilitator, phones: Sequence[Voter]) -> None:
    """All four items, but the last person only the first."""
    for phone, (_, level) in zip(phones, PEOPLE, strict=True):
        for code in CODES if phone is not phones[-1] else CODES[:1]:
            phone.item(code)
            phone.tap(level if code == "1" else 1)
            if code == "1" and phone is phones[2]:
                phone.write("comment", "現場では見ていません")
            phone.page.locator("#next").tap()
        phone.saved()
    host.counted(5, len(PEOPLE))


def the_phones_are_told(phones: Sequence[Voter]) -> None:
    phones[0].look_up()
    phones[0].heading(phones[0].say("phone.over_title"))


def keys_do_nothing_while_somebody_types(host: Facilitator) -> None:
    """No letter of a reason reveals, agrees or turns the page."""
    host.because("ra 根拠がまだない")
    host.page.get_by_label(host.say("reason"), exact=True).focus()
    host.page.keyboard.press("ArrowRight")
    host.page.keyboard.press("r")
    expect(host.page.get_by_role("dialog")).to_have_count(0)
    host.shows("1")
    host.page.keyboard.press("Backspace")
    host.page.locator(".dx-item h2").click()
    expect(host.page.locator(".dx-quotes")).to_contain_text("現場では見ていません")
    expect(host.page.locator(".dx-kept")).to_contain_text("保存しました")


def two_write_at_once(host: Facilitator, helper: Facilitator) -> None:
    """Who is still typing when the other records does not overwrite it: both texts stand there, to choose from."""
    field = host.page.get_by_label(host.say("reason"), exact=True)
    field.click()
    host.page.keyboard.type("一人目")
    helper.because("二人目")
    expect(helper.page.locator(".dx-kept")).to_contain_text("保存しました")
    host.page.wait_for_timeout(SOON)
    field.blur()
    conflict = host.page.locator(".dx-hint", has_text=host.say("mine"))
    expect(conflict).to_contain_text("一人目")
    expect(conflict).to_contain_text("二人目")
    expect(helper.page.get_by_label(helper.say("reason"), exact=True)).to_have_value(REASON)
    host.page.get_by_role("button", name=host.say("take_theirs"), exact=True).click()
    expect(conflict).to_have_count(0)
    expect(field).to_have_value(REASON)


def go_on_and_come_back(host: Facilitator, helper: Facilitator) -> None:
    """The other screen follows; a level that was tapped last does not keep the arrows; a reload shows the same item with all
    that was recorded, and the clock goes on."""
    host.key("ArrowRight")
    host.shows("1-1")
    helper.shows("1-1")
    helper.key("ArrowLeft")
    host.shows("1")
    helper.page.locator(".dx-item h2").click()
    helper.key("ArrowRight")
    host.shows("1-1")
    host.key("ArrowLeft")
    helper.shows("1")
    host.page.reload()
    host.arrived_at_board()
    host.shows("1")
    host.has_agreed(2)
    expect(host.page.get_by_label(host.say("reason"), exact=True)).to_have_value(REASON)
    clock = host.page.locator(".dx-clock")
    expect(clock).to_have_text(re.compile(r"^\d+:\d\d$"))
    before = clock.inner_text()
    expect(clock).not_to_have_text(before, timeout=SOON)


def vote_again(host: Facilitator, phones: Sequence[Voter]) -> None:
    """The item is voted on once more, the phones change by themselves, and before and after stand side by side."""
    host.page.locator(".st-key-board-steps summary").click()
    host.page.locator(".st-key-board-second button").click()
    dialog = host.page.get_by_role("dialog")
    dialog.get_by_role("button", name=host.say("second_yes"), exact=True).click()
    expect(dialog).to_have_count(0)
    host.counted(0, len(PEOPLE))
    for phone in phones:
        phone.look_up()
        to_the_item(phone)
        phone.item("1")
        phone.tap(1)
        phone.saved()
    host.counted(len(PEOPLE), len(PEOPLE))
    host.reveal(host.say("reveal_all", people=6))
    host.shows("1")
    expect(host.page.locator(".dx-strip .dx-was").first).to_be_visible()
    expect(host.page.locator(".dx-sentence")).to_contain_text("小さくなりました")


def to_the_item(phone: Voter) -> None:
    """A phone that had come to the end of the first vote is there again; from there back to the item that is asked."""
    expect(phone.page.get_by_text(phone.say("phone.chosen_again", n=0, m=1))).to_be_visible()
    again = phone.page.get_by_role("button", name=phone.say("phone.done_change"))
    if again.count():
        again.tap()
        phone.page.locator("main button", has_text="1").first.tap()


def close(host: Facilitator) -> None:
    """Close the round; what was agreed is its result, and the record tells how it came about."""
    host.page.locator(".st-key-board-steps summary").click()
    host.page.locator(".st-key-board-steps a", has_text=host.words("rounds.title")).click()
    host.heading(host.words("rounds.title"))
    host.close_round(sure=True)
    host.page.get_by_role("link", name=host.words("record.title"), exact=True).click()
    host.heading(host.words("record.title"))
    record = host.page.locator(".dx-record")
    expect(record).to_contain_text("ra 根拠がまだない")
    expect(record.locator("tr.agreed th").first).to_have_text("1")


def the_link_is_dead(link: str, new_voter: NewVoter) -> None:
    late = new_voter()
    late.open(link)
    expect(late.page.locator("body")).to_contain_text(late.words("error.InvitationEnded")[:20])


def look(page: Page, path: Path) -> None:
    """A picture at the projector; the same page must fit a laptop and a phone."""
    page.screenshot(path=path)
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)
        page.wait_for_timeout(300)
        assert too_wide(page) == 0
    page.set_viewport_size(SIZES["projector"])
