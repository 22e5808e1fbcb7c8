"""The ballot in a phone: given with a thumb, by keyboard, over a bad network, in two tabs, and through every phase of a workshop."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dxassess.text import LANGUAGES, Language
from tests.browser.conftest import PHONE, NewVoter
from tests.browser.program import Program
from tests.browser.relay import Relay
from tests.browser.voter import Voter
from tests.protocol.hall import Hall, new_hall

SMALL = {"width": 320, "height": 640}
THUMB = 40
MANAGEMENT: dict[Language, str] = {"ja": "経営", "en": "Management"}
HOSTILE = "<script>document.title='!'</script><img src=x onerror=\"document.title='!'\"> **太字** =1+1 \u202egnp.\u202c &amp;"


# -- a whole ballot


def test_a_whole_ballot_is_given_with_a_thumb_on_a_small_phone(
    hall: Hall, new_voter: NewVoter, complaints: list[str]
) -> None:
    voter = new_voter(viewport=SMALL)
    voter.open(hall.link)
    voter.fits(SMALL["width"])
    voter.join(hall, name="田中 一郎")
    assert voter.path == f"/b/{hall.round}"
    given: dict[str, int] = {}
    while voter.page.locator("h1 .code").count():
        code = voter.page.locator("h1 .code").inner_text()
        voter.tap(len(given) % 6)
        given[code] = len(given) % 6
        voter.fits(SMALL["width"])
        voter.page.locator("#next").tap()
    voter.heading(voter.say("phone.done_title"))
    voter.saved()
    assert voter.page.get_by_text(voter.say("phone.done_open", n=1)).count() == 0
    voter.page.reload()
    voter.heading(voter.say("phone.done_title"))
    voter.press("done_change")
    voter.fits(SMALL["width"])
    assert voter.page.get_by_role("button", name=voter.say("phone.mark_done")).count() == len(given) == 35
    hall.reveal()
    assert {code: vote.answer.level for (_, code), vote in hall.votes().items()} == given
    assert complaints == []


def test_what_is_tapped_is_large_enough_for_a_thumb(hall: Hall, new_voter: NewVoter) -> None:
    voter = new_voter(viewport=SMALL)
    voter.join(hall)
    small = []
    for view in ("", "overview"):
        if view:
            voter.press(view)
        for target in voter.page.locator("button:visible, label.row:visible, summary:visible").all():
            box = target.bounding_box()
            if box is None or box["height"] < THUMB:
                small.append(target.inner_text())
    assert small == []


def test_a_ballot_is_given_by_keyboard_alone(hall: Hall, new_voter: NewVoter) -> None:
    voter = new_voter()
    press = voter.page.keyboard.press
    voter.open(hall.link)
    press("Tab")  # the other language
    press("Tab")
    press("Space")
    press("ArrowDown")
    expect(voter.page.get_by_role("radio", name="事業部門")).to_be_checked()
    press("Tab")
    voter.page.keyboard.type("田中")
    press("Enter")
    voter.item("1")
    tab_to(voter, "input[type=radio]")
    press("Space")
    press("ArrowDown")
    press("ArrowDown")
    expect(voter.level(2)).to_be_checked()
    tab_to(voter, "#next")
    outline = voter.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    press("Enter")
    voter.item("2")
    assert voter.page.evaluate("document.activeElement.tagName") == "H1"
    voter.saved()
    voter.page.go_back()
    voter.item("1")
    expect(voter.level(2)).to_be_checked()


def tab_to(voter: Voter, selector: str) -> None:
    for _ in range(20):
        voter.page.keyboard.press("Tab")
        if voter.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(selector)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_is_told_what_everything_is(
    hall: Hall, new_voter: NewVoter, language: Language
) -> None:
    voter = new_voter(language)
    voter.join(hall, role=MANAGEMENT[language])
    page = voter.page
    assert page.locator("html").get_attribute("lang") == language
    group = page.get_by_role("group", name=voter.say("phone.levels"))
    assert group.get_by_role("radio").count() == 7
    assert page.get_by_role("heading", level=1).count() == 1
    for name in ("evidence", "comment"):
        voter.write(name, "x")
        assert page.get_by_role("textbox", name=voter.say(f"phone.{name}"), exact=True).count() == 1
    for name in ("target", "not_applicable_because"):
        assert page.get_by_role("combobox", name=voter.say(f"phone.{name}")).count() == 1
    voter.saved()
    assert page.get_by_role("banner").count() == page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation").get_by_role("button").count() == 3


# -- strange texts, looks


def test_what_people_write_is_text_on_every_view(
    program: Program, new_voter: NewVoter, complaints: list[str]
) -> None:
    hall = new_hall(program.database, organisation=HOSTILE, title=HOSTILE)
    voter = new_voter(viewport=SMALL)
    voter.join(hall, name=HOSTILE[:60])
    voter.write("comment", f"{HOSTILE}\u000b二行目 " + "長" * 300 + "x" * 300)
    voter.saved()
    voter.page.reload()
    expect(voter.text("comment")).to_have_value(f"{HOSTILE}\n二行目 " + "長" * 300 + "x" * 300)
    voter.fits(SMALL["width"])
    voter.write("evidence", HOSTILE)
    hall.reveal()
    voter.look_up()
    expect(voter.page.locator(".said")).to_have_text(HOSTILE.strip())
    voter.fits(SMALL["width"])
    assert "!" not in voter.page.title()
    assert voter.page.locator("main script, main img, header script, header img").count() == 0
    assert complaints == []


class Album:
    """Looks at the states of a ballot, on a phone and on a small one: can it be read, does it fit."""

    def __init__(self, folder: Path, language: Language) -> None:
        self._folder, self._language = folder, language
        self.states: list[str] = []

    def look(self, voter: Voter, state: str) -> None:
        self.states.append(state)
        for size in (SMALL, PHONE):
            voter.page.set_viewport_size(size)
            voter.fits(size["width"])
            assert faint(voter.page) == []
            name = f"ballot-{self._language}-{state}-{size['width']}.png"
            voter.page.screenshot(path=self._folder / name)


@pytest.fixture(params=LANGUAGES)
def album(request: pytest.FixtureRequest, screenshots: Path) -> Album:
    return Album(screenshots, request.param)


@pytest.fixture
def voter(album: Album, new_voter: NewVoter, relay: Relay) -> Voter:
    return new_voter(album._language, address=relay.address)


def test_every_state_of_a_vote_can_be_read_and_fits(
    hall: Hall, voter: Voter, album: Album, relay: Relay
) -> None:
    voter.open(hall.link)
    album.look(voter, "join")
    voter.join(hall, role=MANAGEMENT[voter.words.language])
    album.look(voter, "item")
    voter.pick(2)
    album.look(voter, "picked")
    two = Voter(voter.page.context.new_page(), voter.address, voter.words.language)
    two.open(f"{voter.path}")
    two.press("back")
    voter.pick(3)
    two.level(0).tap()
    two.told("stale")
    album.look(two, "stale")
    relay.cut()
    voter.tap(4)
    voter.told("offline", n=1)
    album.look(voter, "offline")
    relay.mend()
    voter.saved()
    voter.press("overview")
    album.look(voter, "list")
    voter.press("finish")
    album.look(voter, "done")


def test_every_way_in_can_be_read_and_fits(program: Program, hall: Hall, voter: Voter, album: Album) -> None:
    early = new_hall(program.database, organisation=f"早い会社 {hall.round}", opened=False, named=False)
    voter.join(early, role=MANAGEMENT[voter.words.language])
    voter.heading(voter.say("phone.soon_title"))
    album.look(voter, "soon")
    voter.open("/j/nowhere")
    voter.heading(voter.say("trouble.title"))
    album.look(voter, "nowhere")
    voter.open(f"/b/{hall.round}")
    voter.heading(voter.say("trouble.again"))
    album.look(voter, "no-seat")
    personal = hall.invite("business", "佐藤 花子")
    voter.open(personal)
    album.look(voter, "personal")
    voter.start()
    voter.item("1")
    voter.open(hall.invite("it", "鈴木 次郎"))
    album.look(voter, "somebody-else")
    voter.open(f"/b/{hall.round}/role")
    album.look(voter, "role")
    voter.open(f"/b/{hall.round}")
    voter.press("overview")
    voter.press("device")
    expect(voter.page.get_by_role("img", name=voter.say("phone.device_qr"))).to_be_visible()
    voter.page.locator(".address").scroll_into_view_if_needed()
    album.look(voter, "device")


def test_every_state_after_a_vote_can_be_read_and_fits(hall: Hall, voter: Voter, album: Album) -> None:
    voter.join(hall, role=MANAGEMENT[voter.words.language])
    voter.pick(2)
    voter.write("comment", "途中")
    hall.reveal()
    voter.look_up()
    voter.heading(voter.say("phone.over_title"))
    album.look(voter, "over")
    hall.vote_again("1", "2")
    voter.look_up()
    voter.item("1")
    album.look(voter, "second")
    hall.reveal()
    voter.look_up()
    voter.heading(voter.say("phone.final_title"))
    album.look(voter, "final")
    hall.close()
    voter.look_up()
    voter.heading(voter.say("phone.closed_title"))
    album.look(voter, "closed")


FAINT = """() => {
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (node) => { for (let at = node; at; at = at.parentElement) {
    const found = parts(getComputedStyle(at).backgroundColor); if (found.length === 3 || found[3] > 0) return found.slice(0, 3); }
    return [255, 255, 255]; };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const text = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!text || !node.checkVisibility() || node.disabled) continue;
    const style = getComputedStyle(node), [one, two] = [light(parts(style.color).slice(0, 3)), light(ground(node))].sort((a, b) => b - a);
    const ratio = (one + .05) / (two + .05);
    if (ratio < 4.5) found.push(`${node.textContent.trim().slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return found; }"""


def faint(page: Page) -> list[str]:
    """Texts with less contrast than WCAG AA asks of small ones (4.5 : 1)."""
    found: list[str] = page.evaluate(FAINT)
    return found
