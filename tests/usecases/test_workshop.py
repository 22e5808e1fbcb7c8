"""The workshop: step by step, each step taken by whoever is first, the counts there for everybody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dxassess.errors import MinimumTooSmall, RoundClosed, VotesSecret, WorkshopChanged, WorkshopMissing
from dxassess.usecases import (
    close_round,
    end_talk,
    open_second_vote,
    open_workshop,
    recognition_of,
    reopen_round,
    reveal,
    turnout_of,
    workshop_of,
)
from tests.usecases.gathering import gathered


@pytest.fixture
def room(any_house):
    """A named round, its vote open, on a database of each kind."""
    return gathered(any_house, "management", "it", "it")


def test_a_round_without_a_vote_has_no_workshop(any_house):
    held = any_house.start()
    assert workshop_of(any_house.store, held) is None
    for attempt in (lambda: turnout_of(any_house.store, held),):
        with pytest.raises(WorkshopMissing) as missing:
            attempt()
        assert missing.value.values == {"title": "回"}
    with pytest.raises(VotesSecret):
        recognition_of(any_house.app, any_house.store, held)


def test_opening_twice_is_opening_once(room):
    before = room.now()
    assert open_workshop(room.house.store, room.held, "佐藤") == before
    assert (before.phase, before.version, before.groups, before.asked) == ("first", 1, None, None)
    opened = [event for event in room.house.store.events(99) if event.what == "workshop_opened"]
    assert len(opened) == 1


def test_the_phases_follow_one_another_and_each_step_is_in_the_log(room):
    seen = [room.now(), room.reveal(), room.second("1", "2"), room.reveal()]
    assert [workshop.phase for workshop in seen] == ["first", "talk", "second", "done"]
    assert [workshop.version for workshop in seen] == [1, 2, 3, 4]
    assert seen[-1].asked == ("tiny.1", "tiny.2")
    logged = [event for event in room.house.store.events(99) if event.what.startswith("workshop_")][::-1]
    assert [event.what for event in logged] == [
        "workshop_opened",
        "workshop_revealed",
        "workshop_second",
        "workshop_revealed",
    ]
    assert {event.who for event in logged} == {"山田"}


def test_after_the_talk_the_workshop_may_end_without_a_second_vote(room):
    room.reveal()
    ended = end_talk(room.house.store, room.now(), "山田")
    assert ended.phase == "done"
    for step in (reveal, open_second_vote, end_talk):
        with pytest.raises(WorkshopChanged):
            step(room.house.store, ended)


def test_a_step_from_what_somebody_saw_before_another_step_is_not_taken(room):
    before = room.now()
    room.reveal()
    with pytest.raises(WorkshopChanged) as changed:
        reveal(room.house.store, before, "佐藤")
    assert changed.value.values["title"] == "投票の回"
    assert changed.value.values["by"] == "山田"
    assert str(changed.value.values["when"].tzinfo) == "Asia/Tokyo"
    assert room.now().version == 2


def test_ending_a_talk_that_went_on_to_a_second_vote_does_not_reveal_that_vote(room):
    store = room.house.store
    talk = room.reveal()
    room.second()
    vote = room.vote(room.seats[0], "1", 2)
    with pytest.raises(WorkshopChanged):
        end_talk(store, talk, "佐藤")
    assert room.now().phase == "second"
    assert vote not in store.answers(room.held.id)


@pytest.mark.parametrize("step", [open_second_vote, end_talk])
def test_a_secret_vote_can_only_be_revealed(room, step):
    with pytest.raises(WorkshopChanged):
        step(room.house.store, room.now())
    assert room.now().phase == "first"


def test_of_two_who_reveal_in_the_same_instant_exactly_one_wins(any_house):
    """200 times, half of them on each kind of database."""
    with ThreadPoolExecutor(2) as pool:
        for number in range(100):
            room = gathered(any_house, named=number % 2 == 0)
            together = Barrier(2)

            def act(who, room=room, together=together):
                seen = room.now()
                together.wait()
                try:
                    return reveal(room.house.store, seen, f"進行{who}")
                except WorkshopChanged as changed:
                    return changed

            results = list(pool.map(act, range(2)))
            (lost,) = [each for each in results if isinstance(each, WorkshopChanged)]
            winner = 1 - results.index(lost)
            assert lost.values["by"] == f"進行{winner}"
            assert (room.now().phase, room.now().version) == ("talk", 2)


def test_closing_ends_the_workshop_and_takes_no_further_step(room):
    room.vote_all({"1": [3, 0, 1]})
    closed = room.close()
    assert (room.now().phase, room.now().version) == ("done", 2)
    assert recognition_of(room.house.app, room.house.store, closed).voters == 3
    room.house.store.verify(closed.id)
    for attempt in (
        lambda: reveal(room.house.store, room.now()),
        lambda: open_workshop(room.house.store, closed),
    ):
        with pytest.raises(RoundClosed):
            attempt()
    again = reopen_round(room.house.store, closed, "山田", "直す")
    assert open_workshop(room.house.store, again).phase == "done"
    assert close_round(room.house.store, again, "山田").closed
    room.house.store.verify(closed.id)


def test_recognition_is_there_for_an_open_round_once_its_vote_is_revealed(room):
    app, store = room.house.app, room.house.store
    room.vote_all({"1": [3, 0, 1], "2": [2, 2, 2]})
    with pytest.raises(VotesSecret):
        recognition_of(app, store, room.held)
    room.reveal()
    seen = recognition_of(app, store, room.held)
    assert (seen.people, seen.roles, seen.meetings) == ({"it": 2, "management": 1}, ("management", "it"), ())
    room.second("1")
    room.vote_all({"1": [1, 1, 1]})
    assert recognition_of(app, store, room.held).meetings == ()
    room.reveal()
    (met,) = recognition_of(app, store, room.held).meetings
    assert (met.indicator, met.outcome) == ("tiny.1", "met")
    closed = room.close()
    after = recognition_of(app, store, closed)
    assert (after.first, after.meetings) == (recognition_of(app, store, room.held).first, (met,))


def test_the_turnout_counts_by_role_and_says_nothing_else(room):
    room.vote_all({"1": [3, 0], "2": [1], "1-1": [1], "2-1": [1]})
    management, it = turnout_of(room.house.store, room.held)
    assert (
        management.role,
        management.people,
        management.started,
        management.answers,
        management.finished,
    ) == (
        "management",
        1,
        1,
        4,
        1,
    )
    assert (it.role, it.people, it.started, it.answers, it.finished) == ("it", 2, 1, 1, 0)
    room.reveal()
    assert turnout_of(room.house.store, room.held) == (management, it)
    room.second("2")
    assert [each.answers for each in turnout_of(room.house.store, room.held)] == [0, 0]
    room.vote(room.seats[1], "2", 1)
    assert [(each.started, each.finished) for each in turnout_of(room.house.store, room.held)] == [
        (0, 0),
        (1, 1),
    ]


def test_the_turnout_follows_every_vote_also_of_another_program(room, database_url):
    store = room.house.store
    before = store.pulse()
    assert sum(each.answers for each in turnout_of(store, room.held)) == 0
    for number, seat in enumerate(room.seats, start=1):
        room.vote(seat, "1", 1)
        assert sum(each.answers for each in turnout_of(store, room.held)) == number
    assert store.pulse() > before
    assert turnout_of(store, room.held) is turnout_of(store, room.held) or store._counter() is None


@pytest.mark.parametrize("minimum", [2, 1, 0, -1])
def test_the_smallest_group_is_only_ever_raised(house, minimum):
    with pytest.raises(MinimumTooSmall) as small:
        gathered(house, named=False, minimum=minimum)
    assert small.value.values == {"minimum": minimum, "least": 3}


def test_a_restart_in_the_middle_of_the_vote_loses_nothing(sqlite_path, tiny):
    """F18: nothing that counts is in memory."""
    from dxassess.storage import open_database
    from dxassess.usecases import ballot_of
    from tests.usecases.conftest import House, new_application, new_house

    database = open_database(str(sqlite_path))
    room = gathered(new_house(new_application(database, tiny)), "it", "it")
    record = room.vote(room.seats[0], "1", 2)
    organisation = room.house.store.organisation_id
    database.close()
    database = open_database(str(sqlite_path))
    app = new_application(database, tiny)
    room.house = House(app, database.store(organisation))
    assert ballot_of(app, room.seats[0]).votes == {"tiny.1": record}
    room.vote(room.seats[0], "1", 3)
    assert room.sit("it")
    assert room.reveal().phase == "talk"
    database.close()
