"""Two tabs of one item whose conditions are ticked in both."""

from __future__ import annotations

from tests.ui.conftest import Visit


def _standing(house, held):
    agreed = house.store.agreed(held.id).id
    return house.store.answer(held.id, agreed, "tiny.1").answer


def test_ticks_of_two_tabs_are_all_kept_and_both_tabs_show_them(started):
    house, held = started
    first, second = Visit("answering", item="1"), Visit("answering", item="1")
    first.fill("cond-a-1", True)
    second.fill("cond-b-1", True)
    assert second.alerts == []
    assert _standing(house, held).conditions == {"a", "b"}
    second.fill("level-1", 1)
    first.fill("cond-gate.strategy-1", True)
    assert first.alerts == []
    assert _standing(house, held).conditions == {"a", "b", "gate.strategy"}
    assert _standing(house, held).level == 1
    first.fill("cond-a-1", False)
    second.fill("comment-1", "一言")
    assert _standing(house, held).conditions == {"b", "gate.strategy"}
    assert [second.run().shown(f"cond-{name}-1") for name in ("a", "b", "gate.strategy")] == [
        False,
        True,
        True,
    ]
    assert "answer_refused" not in {event.what for event in house.store.events()}
