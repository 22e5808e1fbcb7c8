"""A round for one department: chosen when it is started, seen on every page, and a line of its own on progress."""

from __future__ import annotations

from datetime import date

from dxassess.usecases import close_round, start_round
from tests.ui.conftest import Visit


def test_a_round_is_started_for_one_section_and_asks_nothing_else(house, words, tiny):
    visit = Visit("rounds", lang=words.language).fill("new-section-tiny", "people")
    visit.press("start-round")
    (held,) = house.store.rounds()
    asked = house.store.edition(held.edition_hash)
    assert [item.code for item in asked.scored] == ["1", "1-1"]
    assert words.of(tiny.sections["people"].title) in held.title
    visit = Visit("answering", lang=words.language)
    assert words.of(tiny.by_code["1"].title) in visit.text
    assert words.of(tiny.by_code["2"].title) not in visit.text


def test_progress_shows_one_scope_at_a_time_and_names_the_others(house, words, tiny):
    whole = house.hold({"1": 1, "1-1": 1, "2": 3}, date(2026, 5, 1))
    part = start_round(house.app, house.store, "tiny", "人だけ", date(2026, 8, 1), None, section="people")
    house.say(part, "1", 2)
    part = close_round(house.store, part, "")
    visit = Visit("progress", lang=words.language)
    assert words("progress.others", titles=whole.title) not in visit.text
    visit.fill(f"scope-{part.id}", whole.id)
    assert visit.address["round"] == whole.id
    visit = Visit("progress", lang=words.language, round=whole.id)
    assert words("progress.others", titles=part.title) in visit.text
