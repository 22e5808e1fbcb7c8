"""The badge of editions that nobody published stands wherever their values do."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dxassess.ui.context import application
from tests.ui.conftest import Visit, end
from tests.usecases.conftest import new_house

TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date().isoformat()
PAGES = ("home", "result", "progress", "movement", "compare", "asof", "rhythm")


@pytest.fixture
def held(house):
    for day, level in ((date(2026, 5, 1), 1), (date(2026, 8, 1), 2)):
        house.hold({"1": level, "1-1": level, "2": 3, "2-1": 1}, day)


@pytest.mark.parametrize("page", PAGES)
def test_values_of_an_own_edition_bear_its_badge(page, house, held, words):
    assert words("common.own_indicators") in Visit(page, lang=words.language, day=TODAY).text


@pytest.mark.parametrize("page", PAGES)
def test_values_of_a_published_edition_bear_none(page, folder, words):
    path = folder / "indicators" / "tiny" / "edition.yaml"
    text = path.read_text("utf-8").replace("status: own", "status: superseded")
    path.write_text(text.replace("revision: 1", "revision: 1\npublished: 2019-07-31", 1), "utf-8")
    end()
    house = new_house(application())
    for day, level in ((date(2026, 5, 1), 1), (date(2026, 8, 1), 2)):
        house.hold({"1": level, "1-1": level, "2": 3, "2-1": 1}, day)
    text = Visit(page, lang=words.language, day=TODAY).text
    assert words("common.own_indicators") not in text
    assert words("common.own_arrangement") not in text


def test_before_anything_is_held_no_page_bears_one(folder, words):
    for page in PAGES:
        assert words("common.own_indicators") not in Visit(page, lang=words.language, day=TODAY).text
