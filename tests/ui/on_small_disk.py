"""F5 on a disk of one megabyte, on the page. `faults/test_small_disk.py` runs this."""

import shutil

import pytest

from dxassess.ui.context import application
from tests.conftest import TINY
from tests.small_disk import full, small_disk
from tests.ui.conftest import Visit, end
from tests.usecases.conftest import new_house

LONG = "会議" * 1500


@pytest.fixture
def disk():
    with small_disk() as folder:
        yield folder


@pytest.fixture
def house(disk, monkeypatch):
    """An organisation with an open round in the running program, its data on the small disk."""
    shutil.copytree(TINY, disk / "indicators" / "tiny")
    monkeypatch.setenv("DXASSESS_DATABASE_URL", str(disk / "dx.sqlite"))
    monkeypatch.setenv("DXASSESS_CATALOGUES", str(disk / "indicators"))
    end()
    made = new_house(application())
    yield made, made.start()
    end()


def test_the_page_says_not_saved_at_the_item_and_keeps_what_was_chosen(house, disk, words):
    made, held = house
    made.say(held, "2", 1)
    visit = Visit("answering", lang=words.language, item="1").fill("level-1", 1)
    with full(disk):
        visit.fill("comment-1", LONG)
        visit.fill("level-1", 3)
        assert words("error.DiskFull", place=str(disk / "dx.sqlite")) in visit.alerts[0]
        assert words("answering.not_saved") in visit.text
        assert (visit.shown("level-1"), visit.shown("comment-1")) == (3, LONG)
        assert {record.answer.level for record in made.store.answers(held.id)} == {1}
        for page in ("home", "answering", "result", "progress", "rounds"):
            assert not Visit(
                page, lang=words.language, **({"item": "2"} if page == "answering" else {})
            ).alerts
    visit.press("save-again")
    assert not visit.alerts
    kept = {record.answer.indicator: record.answer for record in made.store.answers(held.id)}
    assert (kept["tiny.1"].level, kept["tiny.1"].comment) == (3, LONG)
