"""Ballots in Excel on the workshop page: handed out, compared without a value, taken in once."""

from __future__ import annotations

import io
import zipfile

import pytest

from dxassess.ui.visit import _KEY
from dxassess.usecases import turnout_of
from tests.exchange.papers import filled
from tests.ui.conftest import Visit
from tests.usecases.meetings import meet

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE = "佐藤 花子\tIT部門\n鈴木 一郎\tIT部門"


@pytest.fixture
def handed_out(house, words):
    """The workshop page after two ballots were made, and the ballots."""
    meeting = meet(house)
    visit = Visit("workshop", lang=words.language)
    visit.fill(f"paper-{meeting.held.id}-0", PEOPLE).press("make-paper")
    with zipfile.ZipFile(io.BytesIO(visit.at.session_state[_KEY].papers[meeting.held.id])) as papers:
        files = [(name, papers.read(name)) for name in papers.namelist()]
    return visit, meeting, files


def hand_in(visit: Visit, files: list[tuple[str, bytes]]) -> Visit:
    visit.at.file_uploader[0].set_value([(name, content, KIND) for name, content in files])
    return visit.run()


def test_a_list_of_names_becomes_a_file_each_and_nothing_is_said_yet(handed_out, words):
    visit, meeting, files = handed_out
    assert words("workshop.paper.made") in visit.text
    assert [name.split("_")[2] for name, _ in files] == ["佐藤 花子", "鈴木 一郎"]
    assert sum(one.answers for one in turnout_of(meeting.house.store, meeting.held)) == 0


def test_what_came_back_is_compared_without_a_level_and_taken_in_once(handed_out, words):
    visit, meeting, files = handed_out
    back = [(name, filled(content, {"1": {"answer": 3}, "2": {"answer": 1}})) for name, content in files]
    hand_in(visit, [*back, ("notes.xlsx", b"no workbook")])
    assert words("workshop.paper.secret") in visit.text
    assert words("workshop.paper.enter", n=2) in visit.text
    assert "notes.xlsx" in visit.text
    cells = {cell for line in visit.text.split("\n") if "佐藤 花子" in line for cell in line.split()}
    assert "2" in cells, "two new answers"
    assert "3" not in cells, "and not which"
    assert sum(one.answers for one in turnout_of(meeting.house.store, meeting.held)) == 0
    visit.press("enter-paper")
    assert words("workshop.paper.entered", n=2, answers=4) in visit.text
    assert sum(one.answers for one in turnout_of(meeting.house.store, meeting.held)) == 4
    visit.run()
    assert words("workshop.paper.nothing_new") in visit.text
    assert "enter-paper" not in {button.key for button in visit.at.button}


def test_a_ballot_handed_in_twice_is_named_and_not_taken(handed_out, words):
    visit, _, files = handed_out
    name, content = files[0]
    full = filled(content, {"1": {"answer": 3}})
    hand_in(visit, [(name, full), (f"copy of {name}", full)])
    assert words("paper.twice", others=f"copy of {name}")[:12] in visit.text
    assert "enter-paper" not in {button.key for button in visit.at.button}
