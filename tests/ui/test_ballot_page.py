"""The ballot's pages and its data by themselves: nothing people or catalogues write becomes markup, and nothing sent is guessed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.model import State
from dxassess.errors import BallotNotUnderstood
from dxassess.text import LANGUAGES, Words
from dxassess.ui.ballot import page
from dxassess.ui.ballot.payload import read_vote, spoken
from dxassess.ui.qr import qr_picture
from tests.ui.devices import vote

WORDS = Words("ja")
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>",
    '"\' onload=alert(1) x="',
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60;",
    "**bold** [link](javascript:alert(1)) `code`",
    "=1+1",
    "\u2028\u2029",
    "\u202eelpoep\u202c",
    "a\u200bb\u200dc",
    "{0} {n} {allowed}",
    "👩‍👩‍👧 𠮷",
]


class Seen(HTMLParser):
    """What a browser makes of a page: tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def names(self) -> list[str]:
        return [tag for tag, _ in self.tags]


def handed(text: str) -> Any:
    """What the script of a page is given."""
    found = re.search(r'<script type="application/json" id="ballot">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def open_page(text: str) -> str:
    form = page.JoinForm(text, "once", text, text)
    return page.open_page(WORDS, page.Top(text, text), form, {text: text}, asks_name=True, role="x")


PAGES: dict[str, Callable[[str], str]] = {
    "open": open_page,
    "personal": lambda text: page.personal_page(
        WORDS, page.Top(text, text), page.JoinForm(text, text, text), text, text, text
    ),
    "role": lambda text: page.role_page(WORDS, page.Top(text, text, text, text), {text: text}, text, text),
    "message": lambda text: page.message(WORDS, text, text, text),
    "ballot": lambda text: page.ballot_page(
        WORDS, page.Top(text, text, text, text), {"items": [{"title": text}]}
    ),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_and_catalogues_write_is_never_markup(name: str, text: str) -> None:
    written, quiet = Seen(PAGES[name](text)), Seen(PAGES[name]("quiet"))
    assert written.names == quiet.names
    assert [sorted(attributes) for _, attributes in written.tags] == [
        sorted(attributes) for _, attributes in quiet.tags
    ]
    assert any(text in said for said in written.words)


@pytest.mark.parametrize("text", [*HOSTILE, "</SCRIPT >", "\u2028", "\\u003c/script>", "\x00", "\ud800"])
def test_data_in_a_page_cannot_end_its_script_and_arrives_as_it_was(text: str) -> None:
    written = page.ballot_page(WORDS, page.Top("", ""), {"text": text, text: [text]})
    assert handed(written) == {"text": text, text: [text]}
    inner = written.split('id="ballot">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(inner)


@given(st.text())
def test_any_text_arrives_in_the_script_as_it_was(text: str) -> None:
    assert handed(page.ballot_page(WORDS, page.Top("", ""), {"text": text})) == {"text": text}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_leads_to_the_other(language: Any) -> None:
    seen = Seen(page.message(Words(language), "a", "b"))
    assert ("html", {"lang": language}) in seen.tags
    other = "en" if language == "ja" else "ja"
    assert ("a", {"href": f"?lang={other}", "lang": other}) in seen.tags


def test_pages_carry_no_style_and_no_script_of_their_own_and_name_no_other_place() -> None:
    for draw in PAGES.values():
        seen = Seen(draw("x"))
        for tag, attributes in seen.tags:
            assert tag != "style"
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            address = attributes.get("src") or attributes.get("href") or ""
            assert (
                address.startswith(("/static-ballot/", "?lang=", "data:,", "x", "")) and "//" not in address
            )


def test_script_and_style_sheet_are_small_and_named_by_what_is_in_them() -> None:
    found = page.assets()
    assert {name.partition("-")[2].partition(".")[2] for name in found} == {"js", "css"}
    assert all(re.fullmatch(r"ballot-[0-9a-f]{16}\.(js|css)", name) for name in found)
    assert sum(len(content) for content, _ in found.values()) < 40_000


def test_the_script_says_every_sentence_it_is_given_and_no_other() -> None:
    script = next(content for name, (content, _) in page.assets().items() if name.endswith(".js")).decode()
    said = set(re.findall(r"\bwords\.(\w+)", script))
    said |= {f"{name}_hint" for name in ("evidence", "comment")} | {"evidence", "comment"}
    said |= {f"{kind}_title" for kind in ("closed", "soon", "final", "over")} | {
        "closed",
        "soon",
        "final",
        "over",
    }
    assert said == set(spoken(WORDS))


def test_the_script_sets_texts_and_never_markup() -> None:
    script = next(content for name, (content, _) in page.assets().items() if name.endswith(".js")).decode()
    for way in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", "http:"):
        assert way not in script


def test_a_qr_code_is_drawn_here() -> None:
    drawn = qr_picture("http://192.0.2.10:8501/j/" + "a" * 64)
    assert drawn.startswith("data:image/svg+xml")
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "").replace(
        "http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg", ""
    )


# -- what is sent

GOOD = vote("1", {"state": "answered", "level": 2, "reason": None})


def test_a_vote_is_read_as_it_was_sent() -> None:
    read = read_vote(GOOD)
    assert (read.ballot, read.indicator, read.based_on, read.key) == ("first", "tiny.1", None, GOOD["key"])
    assert read.change == {"state": State.ANSWERED, "level": 2, "reason": None}


def test_a_level_between_whole_numbers_is_a_number_too() -> None:
    assert read_vote(vote("1", {"level": 2.5, "target": None})).change == {"level": 2.5, "target": None}


@pytest.mark.parametrize(
    "sent",
    [
        *(None, 1, True, "x", [], [GOOD], {}, {**GOOD, "more": 1}, {**GOOD, "respondent": "x"}),
        *({name: value for name, value in GOOD.items() if name != gone} for gone in GOOD),
        *({**GOOD, "ballot": value} for value in ("agreed", "third", None, 1, ["first"], {"first": 1})),
        *({**GOOD, "item": value} for value in (1, None, "", ["tiny.1"], "a b", "\ud800", "x" * 201, "tiny.1\n", "../x")),
        *({**GOOD, "key": value} for value in (1, None, "", "x" * 32, "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n")),
        *({**GOOD, "based_on": value} for value in (0, -1, True, "1", 1.0, 2**63, [1], {}, math.nan)),
        *({**GOOD, "change": value} for value in (None, [], "x", 1)),
    ],
)  # fmt: skip
def test_what_is_not_a_vote_is_not_understood(sent: object) -> None:
    with pytest.raises(BallotNotUnderstood):
        read_vote(sent)


@pytest.mark.parametrize(
    "change",
    [
        *({name: value} for name in ("level", "target") for value in (True, False, "2", "２", [2], {}, math.nan, math.inf)),
        *({"state": value} for value in ("", "done", None, 1, True, ["open"], {})),
        *({name: value} for name in ("comment", "evidence") for value in (None, 1, True, ["x"], {})),
        *({"reason": value} for value in (1, True, "", "a b", "\ud800", ["no-business"])),
        *({name: "x"} for name in ("", "role", "respondent", "indicator", "amount", "conditions", "__class__", "\ud800")),
    ],
)  # fmt: skip
def test_a_change_of_anything_else_is_not_understood(change: dict[str, object]) -> None:
    with pytest.raises(BallotNotUnderstood):
        read_vote(vote("1", change))


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_anything_at_all_is_read_or_not_understood(sent: object) -> None:
    for each in (sent, {**GOOD, "change": sent}, {**GOOD, "change": {"level": sent}}):
        try:
            read_vote(each)
        except BallotNotUnderstood:
            continue
