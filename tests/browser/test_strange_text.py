"""What people write stays what they wrote, on every page: nothing of it is markup, a formula, a link or a program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.person import PATHS, Person
from tests.browser.program import Program
from tests.browser.tour import charts_drawn, unfold, visible_words

IMAGE = "<img src=x onerror=window.ran=1>"
SCRIPT = "<script>window.ran=1</script>"
MARKDOWN = "**太い** _斜め_ `code` :material/home: :red[赤] $x^2$ [a](javascript:window.ran=1)"
FORMULA = "=1+1 {braces} %s &amp; \\n"
TURNED = "עברית \u202eabc\u202c ゼ\u200bロ"
NAME = f"{IMAGE} **甲** $x$ :material/home:"
TITLE = f"{MARKDOWN[:60]} {FORMULA}"
EVIDENCE = f"{SCRIPT} {IMAGE} {MARKDOWN} {FORMULA} {TURNED}"
BECAME_MARKUP = """() => [
    ...document.querySelectorAll('img[src="x"], a[href^="javascript"], [data-testid=stMain] .katex, [data-testid=stSidebar] .katex'),
    ...[...document.querySelectorAll('strong, em, code')].filter(part => /太い|斜め|甲|^code$/.test(part.innerText)),
].map(part => part.outerHTML)"""


@pytest.fixture(scope="module")
def visitor(new_context: NewContext, program: Program) -> Person:
    """Somebody who wrote all of this, and closed one round of two."""
    person = Person(new_context().new_page(), program.address)
    person.page.on("dialog", lambda dialog: dialog.dismiss())
    person.open()
    person.create_organisation(NAME)
    person.start_round(TITLE)
    person.pick(2)
    person.aim(4)
    person.write("evidence", EVIDENCE)
    person.write("comment", EVIDENCE)
    person.go("rounds")
    person.close_round(by=NAME, sure=True)
    person.go("rounds")
    person.start_round(f"2 {TITLE}")
    person.pick(3)
    return person


@pytest.fixture(params=PATHS)
def opened(request: pytest.FixtureRequest, visitor: Person) -> Iterator[Page]:
    """Each page, with everything unfolded."""
    visitor.open(request.param)
    charts_drawn(visitor.page)
    unfold(visitor.page)
    yield visitor.page


def test_nothing_people_wrote_is_run_or_drawn_as_markup(opened: Page) -> None:
    assert opened.evaluate("() => window.ran") is None
    assert opened.evaluate(BECAME_MARKUP) == []


def test_the_name_of_the_organisation_is_shown_as_it_was_written(opened: Page) -> None:
    assert NAME in visible_words(opened)


@pytest.mark.parametrize("name", ["home", "result", "progress", "rounds"])
def test_the_title_of_a_round_is_shown_as_it_was_written(visitor: Person, name: str) -> None:
    visitor.open(name)
    unfold(visitor.page)
    assert any(TITLE in text for text in visible_words(visitor.page))


def test_evidence_of_last_time_is_shown_as_it_was_written(visitor: Person) -> None:
    visitor.open("answering", item="1")
    expect(visitor.page.get_by_text(f"（根拠：{EVIDENCE}）")).to_be_visible()


def test_evidence_comes_back_as_it_was_written(visitor: Person) -> None:
    visitor.open("result")
    unfold(visitor.page)
    visitor.open("rounds")
    unfold(visitor.page)
    visitor.page.get_by_role("link", name=visitor.words("rounds.see_result")).click()
    visitor.heading(visitor.words("result.title"))
    closed = visitor.query("round")
    visitor.open("answering", item="1", round=closed)
    for field in ("evidence", "comment"):
        expect(visitor.page.get_by_label(visitor.words(f"answering.{field}"))).to_have_value(EVIDENCE)
