"""The board: what the room may know, in the order of disagreement, the same for both facilitators and after a restart."""

from datetime import timedelta

import pytest

from dxassess.errors import RoundClosed, WorkshopMissing
from dxassess.usecases import board, decide, focus_on, set_importance, set_talk
from tests.usecases.conftest import NOW
from tests.usecases.gathering import gathered

SPLIT = {"1": [3, 3, 0, 0], "1-1": [2, 2, 1, 2], "2": [1, 1, 1, 1]}


@pytest.fixture
def room(any_house):
    """A named round with votes that are not revealed, on a database of each kind."""
    gathering = gathered(any_house, "management", "management", "it", "it")
    gathering.vote_all(SPLIT)
    return gathering


@pytest.fixture
def quick(house):
    """The same on SQLite alone, revealed."""
    gathering = gathered(house, "management", "management", "it", "it")
    gathering.vote_all(SPLIT)
    gathering.reveal()
    return gathering


def seen(room):
    return board(room.house.app, room.house.store, room.held)


def test_there_is_no_board_before_a_vote_was_opened(house):
    with pytest.raises(WorkshopMissing):
        board(house.app, house.store, house.start())


def test_before_the_reveal_the_board_knows_counts_and_nothing_of_any_vote(room):
    focus_on(room.house.store, room.held, room.item("1"))
    found = seen(room)
    assert (found.views, found.agenda, found.focus, found.order) == (None, None, None, ())
    assert [(each.people, each.answers) for each in found.turnout] == [(2, 6), (2, 6)]
    assert (found.workshop.phase, found.edition.id) == ("first", "tiny")


def test_after_the_reveal_the_room_goes_through_what_it_disagrees_on_most(room):
    room.reveal()
    found = seen(room)
    assert [talk.indicator for talk in found.agenda.talks] == ["tiny.1", "tiny.1-1"]
    assert sum(talk.minutes for talk in found.agenda.talks) == found.agenda.minutes == 60
    assert [each.indicator for each in found.agenda.accepted] == ["tiny.2"]
    assert found.order == ("tiny.1", "tiny.1-1", "tiny.2", "tiny.2-1")
    assert found.beside(1) == "tiny.1"


def test_minutes_rule_and_importance_are_remembered_and_change_the_plan(quick):
    store, held = quick.house.store, quick.held
    set_talk(store, held, minutes=15)
    assert sum(talk.minutes for talk in seen(quick).agenda.talks) == 15
    set_talk(store, held, rule=False)
    assert [talk.indicator for talk in seen(quick).agenda.talks][-1] == "tiny.2"
    assert seen(quick).agenda.talks[0].advice is None
    set_importance(store, held, quick.item("1-1"), 9)
    set_importance(store, held, quick.item("2"), 0)
    assert seen(quick).order[0] == "tiny.1-1"
    assert seen(quick).workshop.importance == {"tiny.1-1": 9, "tiny.2": 0}
    set_importance(store, held, quick.item("1-1"), 99)
    assert seen(quick).workshop.importance["tiny.1-1"] == 9
    for minutes, kept in ((-5, 0), (10**6, 1440)):
        assert set_talk(store, held, minutes=minutes).minutes == kept
    assert seen(quick).workshop.rule is False


def test_the_item_in_focus_brings_votes_words_evidence_last_level_and_the_timer(any_house):
    before = any_house.hold({"1": 2, "2": 1})
    room = gathered(any_house, "management", "it", "it", previous=before)
    room.vote(room.seats[0], "1", 3, comment="戦略にある", evidence="中期計画")
    room.vote(room.seats[1], "1", 0, comment="現場には無い")
    room.vote(room.seats[2], "1", 1, evidence="議事録")
    room.reveal()
    focus_on(any_house.store, room.held, room.item("1"))
    focus = seen(room).focus
    assert (focus.indicator.code, focus.place.indicator, focus.recognition.everyone.n) == ("1", "tiny.1", 3)
    assert {cell.role: cell.counts for cell in focus.first} == {
        "management": (0, 0, 0, 1),
        "it": (1, 1, 0, 0),
    }
    assert [(each.comment, each.level, each.name) for each in focus.high] == [("戦略にある", 3, "氏名0")]
    assert [(each.comment, each.level, each.role) for each in focus.low] == [("現場には無い", 0, "it")]
    assert [(each.evidence, each.level) for each in focus.said] == [("議事録", 1)]
    assert (focus.last.level, focus.agreed, focus.decision, focus.second) == (2, None, None, ())
    assert focus.place.advice.propose == 3
    assert (focus.since is not None, focus.spent) == (True, NOW - focus.since)
    decided = decide(
        any_house.store, room.held, room.item("1"), {"level": 2}, based_on=None, key="k", by="山田"
    )
    assert (seen(room).focus.decision, seen(room).focus.agreed) == (decided, decided.answer)
    assert seen(room).decided == {"tiny.1": decided}


def test_where_everybody_agrees_there_are_no_extremes(quick):
    focus_on(quick.house.store, quick.held, quick.item("2"))
    focus = seen(quick).focus
    assert (focus.high, focus.low, focus.said, focus.last) == ((), (), (), None)


def test_next_and_previous_follow_the_order_and_end_at_its_ends(quick):
    places = []
    for _ in range(6):
        at = seen(quick).beside(1)
        if at is None:
            break
        places.append(at)
        focus_on(quick.house.store, quick.held, quick.edition.indicators[at])
    assert tuple(places) == seen(quick).order
    assert seen(quick).beside(-1) == places[-2]
    focus_on(quick.house.store, quick.held, quick.edition.indicators[places[0]])
    assert seen(quick).beside(-1) is None
    focus_on(quick.house.store, quick.held, None)
    assert (seen(quick).focus, seen(quick).workshop.focused) == (None, None)


def test_the_same_item_again_does_not_start_its_timer_anew(quick):
    one = focus_on(quick.house.store, quick.held, quick.item("1"))
    assert focus_on(quick.house.store, quick.held, quick.item("1")) == one
    other = focus_on(quick.house.store, quick.held, quick.item("2"))
    assert other.focused > one.focused
    assert seen(quick).focus.spent <= timedelta()


def test_a_second_facilitator_and_a_restarted_program_see_the_same_board(sqlite_path, tiny):
    """F21."""
    from dxassess.storage import open_database
    from tests.usecases.conftest import House, new_application, new_house

    database = open_database(str(sqlite_path))
    room = gathered(new_house(new_application(database, tiny)), "management", "management", "it", "it")
    room.vote_all(SPLIT)
    room.reveal()
    store = room.house.store
    set_talk(store, room.held, minutes=25, rule=False)
    focus_on(store, room.held, room.item("1-1"))
    decide(store, room.held, room.item("1"), {"level": 2}, based_on=None, key="k", reason="中間")
    before, organisation = seen(room), store.organisation_id
    database.close()
    database = open_database(str(sqlite_path))
    room.house = House(new_application(database, tiny), database.store(organisation))
    after = seen(room)
    database.close()
    assert after == before
    assert (after.workshop.minutes, after.workshop.rule, after.focus.indicator.code) == (25, False, "1-1")


def test_in_an_anonymous_round_no_level_stands_beside_a_comment_and_no_role_is_too_small(any_house):
    room = gathered(any_house, *["it"] * 4, "management", named=False)
    for number, seat in enumerate(room.seats):
        room.vote(seat, "1", number % 4, comment=f"言葉{number}", evidence="規程" if number == 3 else "")
    room.reveal()
    focus_on(any_house.store, room.held, room.item("1"))
    focus = seen(room).focus
    assert (focus.high, focus.low) == ((), ())
    assert {(each.role, each.level, each.name) for each in focus.said} == {("it+management", None, "")}
    assert len(focus.said) == 6
    assert {cell.role for cell in focus.first} == {"it+management"}
    assert focus.place.advice.propose == 0


def test_the_board_of_a_closed_round_is_read_only(quick):
    focus_on(quick.house.store, quick.held, quick.item("1"))
    closed = quick.close()
    assert board(quick.house.app, quick.house.store, closed).focus.indicator.code == "1"
    for attempt in (
        lambda: focus_on(quick.house.store, closed, None),
        lambda: set_talk(quick.house.store, closed, minutes=5),
    ):
        with pytest.raises(RoundClosed):
            attempt()
    quick.house.store.verify(closed.id)


def test_while_nothing_changes_a_second_look_reads_no_vote(quick, monkeypatch):
    focus_on(quick.house.store, quick.held, quick.item("1"))
    first = seen(quick)
    monkeypatch.setattr("dxassess.storage.votes.unrevealed", None)
    monkeypatch.setattr("dxassess.storage.decisions.listed", None)
    monkeypatch.setattr("dxassess.storage.turnout.turnout", None)
    assert seen(quick) == first


def test_during_the_second_vote_the_board_shows_the_first_and_counts_the_second(quick):
    focus_on(quick.house.store, quick.held, quick.item("1"))
    quick.second("1")
    quick.vote(quick.seats[0], "1", 1)
    found = seen(quick)
    assert (found.focus.second, found.views.meetings) == ((), ())
    assert [each.answers for each in found.turnout] == [1, 0]
    quick.reveal()
    assert {cell.role: cell.counts for cell in seen(quick).focus.second} == {
        "management": (0, 1, 0, 1),
        "it": (2, 0, 0, 0),
    }
