from __future__ import annotations

import re
from html.parser import HTMLParser

from dxassess.assessment.columns import Column
from dxassess.figures import strip
from dxassess.figures.roles import role_marks
from dxassess.figures.strip import Strip, StripLevel
from dxassess.text import Words

LABELS = {"management": "経営", "it": "IT部門", "own-1": "経理"}
LEVELS = tuple(StripLevel(level, f"名{level}", f"文{level}。") for level in range(4))


def column(role: str = "it", now: tuple[int, ...] = (0, 2, 1, 0), **more: object) -> Column:
    given = {"before": None, "mean": 1, "mean_before": None, "cannot_say": 0, "not_applicable": 0, **more}
    return Column(role, now, **given)  # type: ignore[arg-type]


def drawn(words: Words, *found: Column, labels: dict[str, str] | None = None, **more: int) -> str:
    return strip.draw(Strip(LEVELS, tuple(found), **more), labels or LABELS, words)  # type: ignore[arg-type]


def rows(html: str) -> list[str]:
    """The rows of levels."""
    return re.findall(r"<tr[^>]*>(.*?)</tr>", html.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0])


class Tags(HTMLParser):
    """Which tags are open; anything left over is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "col":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_level_is_a_row_with_its_text_and_a_mark_per_vote(words: Words) -> None:
    found = rows(drawn(words, column("management", (0, 0, 0, 2)), column()))
    assert [row.count("dx-mark") for row in found] == [0, 2, 1, 2]
    assert "dx-circle" in found[3]
    assert "dx-diamond" in found[1]
    assert all(f"文{level}。" in row and f"名{level}" in row for level, row in enumerate(found))


def test_a_role_keeps_its_colour_and_shape_on_every_item(words: Words) -> None:
    own = role_marks(list(LABELS))["own-1"]
    alone = drawn(words, column("own-1"))
    assert f"dx-{own.symbol}" in alone
    assert own.colour in alone


def test_many_votes_are_one_mark_and_their_number(words: Words) -> None:
    few, many = (rows(drawn(words, column(now=(n, 0, 0, 0))))[0] for n in (strip.MANY, strip.MANY + 1))
    assert few.count("dx-mark") == strip.MANY
    assert many.count("dx-mark") == 1
    assert f"×{strip.MANY + 1}" in many


def test_after_a_second_vote_hollow_marks_stand_where_votes_stood_before(ja: Words) -> None:
    moved = column(now=(0, 1, 2, 0), before=(2, 1, 0, 0), mean_before=0)
    found = rows(drawn(ja, moved))
    assert [row.count("dx-was") for row in found] == [2, 0, 0, 0]
    assert [row.count("dx-mark") for row in found] == [2, 1, 2, 0]
    assert "0.0→1.0" in drawn(ja, moved)
    assert ja("figure.strip.key_again") in drawn(ja, moved)


def test_the_agreed_level_and_that_of_last_time_are_marked(words: Words) -> None:
    found = drawn(words, column(), agreed=2, last=1)
    assert words("figure.strip.agreed") in rows(found)[2]
    assert words("figure.strip.last") in rows(found)[1]
    assert found.count('class="agreed"') == found.count('class="last"') == 1


def test_who_cannot_say_stands_apart_and_never_on_level_0(words: Words) -> None:
    html = drawn(words, column(cannot_say=3, not_applicable=1))
    foot = html.split("<tfoot>")[1]
    assert ">?<" in foot
    assert "<td>3</td>" in foot
    assert ">–<" in foot
    assert "<tfoot>" not in drawn(words, column())


def test_before_the_reveal_the_texts_stand_alone_and_it_is_said_what_will_come(words: Words) -> None:
    html = drawn(words)
    assert words("figure.strip.empty") in html
    assert "dx-mark" not in html
    assert len(rows(html)) == 4


def test_in_words_every_role_is_a_sentence(ja: Words) -> None:
    found = Strip(LEVELS, (column(), column("management", (0, 0, 0, 0), mean=None, cannot_say=2)))
    assert strip.describe(found, LABELS, ja) == (
        "IT部門: レベル1に2票、レベル2に1票。 経営: レベルの票なし。"
    )


def test_every_tag_is_closed_and_names_are_no_markup(words: Words) -> None:
    labels = {**LABELS, "it": '<b title="x">IT</b> & "'}
    html = drawn(words, column(), labels=labels, agreed=1)
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    assert "<b title" not in html


def test_a_scale_of_one_level_and_of_many_are_drawn(words: Words) -> None:
    for n in (1, 20):
        levels = tuple(StripLevel(level, "名", "文") for level in range(n))
        found = Strip(levels, (column(now=(1,) * n),))
        assert len(rows(strip.draw(found, LABELS, words))) == n
