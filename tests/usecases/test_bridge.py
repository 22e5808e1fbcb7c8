"""Across editions: every closed round seen from either edition, with the crosswalk of today; what is not shown is named."""

from __future__ import annotations

from datetime import date

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.usecases import close_round, start_round
from dxassess.usecases.bridge import view
from dxassess.usecases.pulse import start_pulse
from dxassess.usecases.rounds import edition_state
from tests.usecases.crossing import hold, later, with_editions, write_later

DAYS = [date(2025, 5, 1), date(2025, 11, 1), date(2026, 2, 1), date(2026, 5, 1), date(2026, 8, 1)]


@pytest.fixture
def moved(house, tiny, tmp_path):
    """Three rounds of the tiny edition, two of the later one."""
    house = with_editions(house, tiny, later(tmp_path))
    for day, levels in zip(DAYS, ({"1": 1, "2": 0}, {"1": 2, "1-1": 1, "2": 1}, {"1": 2}), strict=False):
        hold(house, "tiny", levels, day)
    hold(house, "later", {"1": 1, "1-1": 2}, DAYS[3])
    hold(house, "later", {"1": 2, "2": 3}, DAYS[4])
    return house


def kinds(found, code):
    row = next(row for row in found.rows if row.item.code == code)
    return [cell.kind for cell in row.cells]


def test_the_rounds_are_seen_from_the_newest_edition_and_from_the_other_one_when_asked(moved):
    found = view(moved.app, moved.store)
    assert found.edition.id == "later"
    assert [each.id for each in found.choices] == ["tiny", "later"]
    assert kinds(found, "1") == ["bridged"] * 3 + ["solid"] * 2
    assert kinds(found, "2-1") == ["broken"] * 3 + ["solid"] * 2
    row = found.rows[0]
    assert [[(each.item.code, each.value) for each in cell.counterparts] for cell in row.cells[:2]] == [
        [("1", 1), ("1-1", None)],
        [("1", 2), ("1-1", 1)],
    ]
    back = view(moved.app, moved.store, "tiny")
    assert (back.edition.id, kinds(back, "2")) == ("tiny", ["solid"] * 3 + ["bridged"] * 2)
    assert back.rows[2].cells[4].counterparts[0].pair.relation == "narrower"
    assert not found.is_empty
    assert not back.is_empty


def test_a_pulse_is_never_the_edition_the_rounds_are_seen_from(moved):
    held = start_pulse(moved.app, moved.store, "later", ["1", "2"], "パルス", date(2026, 11, 1))
    moved.say(held, "1", 3)
    held = close_round(moved.store, held, "山田")
    found = view(moved.app, moved.store)
    assert found.edition.head.tree.id == "all"
    assert kinds(found, "1") == ["bridged"] * 3 + ["solid"] * 2
    assert [seen.held for seen in found.rounds.narrow] == [held]
    assert not found.is_empty and len(found.crossed) == 1


def test_how_many_items_go_on_are_bridged_and_end(moved):
    (way,) = view(moved.app, moved.store).crossed
    assert [len(kind) for kind in (way.solid, way.bridged, way.broken)] == [0, 2, 2]
    assert [item.code for item in way.only_there] == ["2-1"]


def test_averages_are_drawn_over_their_own_edition_alone(moved):
    found = view(moved.app, moved.store)
    assert [edition.id for edition, _ in found.lines] == ["later", "tiny"]
    assert [len(lines["all"]) for _, lines in found.lines] == [2, 3]


def test_before_there_are_rounds_the_crosswalk_can_be_looked_at_from_both_sides(house, tiny, tmp_path):
    assert view(house.app, house.store) is None
    house = with_editions(house, tiny, later(tmp_path))
    found = view(house.app, house.store)
    assert (found.is_empty, found.edition.id, len(found.crossings[0].pairs)) == (True, "tiny", 3)
    assert view(house.app, house.store, "later").crossings[0].there.id == "tiny"
    assert found.crossed == ()


def test_with_rounds_of_one_edition_there_is_nothing_to_cross_and_an_edition_nobody_knows_is_not_asked_for(
    house, tiny, tmp_path
):
    house = with_editions(house, tiny, later(tmp_path))
    hold(house, "tiny", {"1": 1}, DAYS[0])
    hold(house, "tiny", {"1": 2}, DAYS[1])
    found = view(house.app, house.store, "nowhere")
    assert (found.is_empty, found.edition.id) == (True, "tiny")
    assert view(house.app, house.store, "later").is_empty


def test_revisions_of_one_edition_are_shown_with_what_changed_in_words(house, tiny, edited):
    hold(with_editions(house, tiny), "tiny", {"1": 1}, DAYS[0])
    house = with_editions(house, edited(("1.yaml", "学びを一部で試しています。", "一部で学んでいます。")))
    hold(house, "tiny", {"1": 2}, DAYS[1])
    found = view(house.app, house.store)
    assert not found.is_empty
    assert kinds(found, "1") == ["solid", "solid"]
    assert found.reworded == 1


def test_a_round_of_an_edition_that_is_no_longer_installed_keeps_its_words(moved, tmp_path):
    only = with_editions(moved, moved.app.editions["later"])
    found = view(only.app, only.store)
    assert kinds(found, "1") == ["bridged"] * 3 + ["solid"] * 2
    assert [each.id for each in found.gone] == ["tiny"]
    assert view(only.app, only.store, "tiny").edition.head.title.ja == "ちいさな診断"

    without = with_editions(moved, moved.app.editions["tiny"])
    found = view(without.app, without.store, "tiny")
    assert [seen.edition.id for seen in found.rounds.unrelated] == ["later", "later"]


def test_a_crosswalk_that_points_to_nothing_is_named_and_not_used(house, tiny, tmp_path):
    lines = {"1": [("tiny.9", "same"), ("tiny.1", "overlaps"), ("absent.1", "same")]}
    house = with_editions(house, tiny, later(tmp_path, lines))
    hold(house, "tiny", {"1": 1}, DAYS[0])
    for here in ("tiny", "later"):
        found = view(house.app, house.store, here)
        assert [(item.id, to) for item, to in found.stray] == [("later.1", "tiny.9")]
        assert len(found.crossings[0].pairs) == 1


def test_rounds_of_one_section_and_unrelated_frameworks_are_named_and_not_mixed(moved, tmp_path):
    other = load_edition(write_later(tmp_path / "other", {}, "else"))
    house = with_editions(moved, *moved.app.editions.values(), other)
    part = hold(house, "tiny", {"1": 1}, date(2026, 9, 1), section="people")
    foreign = hold(house, "else", {"1": 1}, date(2026, 10, 1))
    found = view(house.app, house.store, "later")
    assert [seen.held for seen in found.rounds.narrow] == [part]
    assert [seen.held for seen in found.rounds.unrelated] == [foreign]
    assert len(found.rounds.shown) == 5
    assert view(house.app, house.store).edition.id == "later"
    alone = view(house.app, house.store, "else")
    assert (alone.edition.id, alone.crossings, alone.is_empty) == ("else", (), True)


def test_rounds_on_another_scale_stand_beside_and_are_named(house, tiny, edited, tmp_path):
    hold(with_editions(house, tiny), "tiny", {"1": 3}, DAYS[0])
    wider = edited(
        ("edition.yaml", "value: 3,", "value: 4,"),
        ("edition.yaml", "level: 3, needs", "level: 4, needs"),
        *((f"{code}.yaml", "\n  3:", "\n  4:") for code in ("1", "1-1", "2", "2-1")),
    )
    house = with_editions(house, wider, later(tmp_path))
    hold(house, "tiny", {"1": 4}, DAYS[1])
    found = view(house.app, house.store)
    assert kinds(found, "1") == ["bridged", "solid"]
    assert [held.held_on for held in found.rescaled] == [DAYS[0]]
    assert [point.value for point in found.lines[0][1]["all"]] == [4]


def test_a_round_without_answers_counts_as_a_round_and_is_named(moved):
    held = hold(moved, "later", {}, date(2026, 9, 1))
    found = view(moved.app, moved.store)
    assert found.silent == (held,)
    assert kinds(found, "1")[-1] == "solid"
    assert found.rows[0].cells[-1].value is None


def test_a_damaged_round_is_named_and_not_shown(house, tiny, tmp_path, flipped):
    house = with_editions(house, tiny, later(tmp_path))
    first = hold(house, "tiny", {"1": 2}, DAYS[0])
    hold(house, "later", {"1": 1}, DAYS[1])
    broken = flipped(house, first)
    found = view(broken.app, broken.store)
    assert found.damaged == (first,)
    assert [seen.edition.id for seen in found.rounds.shown] == ["later"]


def test_an_open_round_is_not_shown(moved):
    start_round(moved.app, moved.store, "later", "次", date(2026, 10, 1), None)
    assert len(view(moved.app, moved.store).rounds.shown) == 5


def test_a_crosswalk_that_was_added_later_serves_old_rounds_and_leaves_them_as_they_were(
    house, tiny, tmp_path
):
    bare = with_editions(house, tiny, later(tmp_path, {}))
    old, new = hold(bare, "tiny", {"1": 1}, DAYS[0]), hold(bare, "later", {"1": 2}, DAYS[1])
    assert [seen.held for seen in view(bare.app, bare.store).rounds.unrelated] == [old]
    written = with_editions(house, tiny, later(tmp_path / "written"))
    assert kinds(view(written.app, written.store), "1") == ["bridged", "solid"]
    assert edition_state(written.app, written.store, new) == "same"
