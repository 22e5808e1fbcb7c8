"""F10, F15, F17, F19 in the vote: many at once, two tabs at once, sent again, closed or revealed under the voters' fingers."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from dxassess.assessment.model import Answer, State
from dxassess.errors import StaleAnswer, VoteOver
from tests.storage.voters import ITEM, new_room

PEOPLE = 40


def at_once(count, action):
    barrier = threading.Barrier(count)

    def act(number):
        barrier.wait()
        try:
            return action(number)
        except (StaleAnswer, VoteOver) as refused:
            return refused

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def level(value):
    return lambda *_: Answer(ITEM, State.ANSWERED, value)


@pytest.mark.parametrize("end", ["reveal", "close"])
@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.long)])
def test_a_vote_while_the_vote_ends_is_counted_or_refused(database, tiny, end, times):
    """F19: 40 people cast while somebody reveals or closes."""
    for turn in range(times):
        room = new_room(database, tiny, *["it"] * PEOPLE, name=f"社{turn}{end}")

        def act(number, room=room):
            if number == PEOPLE // 2:
                return room.close() if end == "close" else room.move("talk")
            seat = room.seats[number]
            return room.store.cast(seat, ITEM, None, "k", level(number % 4))

        results = at_once(PEOPLE, act)
        results.pop(PEOPLE // 2)
        taken = {each for each in results if not isinstance(each, VoteOver)}
        assert set(room.store.answers(room.round.id, "first")) == taken
        assert set(room.store.history(room.round.id, ITEM)) == taken
        cells = room.store.revealed(room.round.id).first
        assert sum(sum(cell.counts) for cell in cells) == len(taken)
        (it,) = [each for each in room.store.turnout(room.round.id) if each.role == "it"]
        assert (it.people, it.started, it.answers) == (PEOPLE, len(taken), len(taken))
        if end == "close":
            room.store.verify(room.round.id)


def test_of_two_tabs_voting_in_the_same_instant_one_is_told_and_both_are_in_the_log(database, tiny):
    room = new_room(database, tiny, "it")
    standing = None
    for turn in range(20):

        def act(tab, turn=turn, standing=standing):
            def amend(edition, seen, now):
                given = Answer(ITEM, State.ANSWERED, tab, comment=f"{turn}.{tab}")
                return given if seen == now else None

            return room.store.cast(room.seats[0], ITEM, standing, uuid.uuid4().hex, amend)

        results = at_once(2, act)
        (kept,) = [each for each in results if not isinstance(each, StaleAnswer)]
        assert room.store.ballot(room.seats[0]).votes == (kept,)
        standing = kept.sequence
    room.move("talk")
    refused = room.store.events_of(room.round.id, "answer_refused")
    assert len(refused) == 20
    assert len(room.store.history(room.round.id, ITEM)) == 20


def test_what_forty_phones_send_again_and_again_is_one_vote_each(database, tiny):
    """F17: the line was lost, nobody knows what arrived."""
    room = new_room(database, tiny, *["it"] * PEOPLE)
    for _ in range(3):
        results = at_once(
            PEOPLE, lambda number: room.store.cast(room.seats[number], ITEM, None, "tap", level(number % 4))
        )
        assert not any(isinstance(each, Exception) for each in results)
    room.move("talk")
    votes = room.store.history(room.round.id, ITEM)
    assert len(votes) == PEOPLE
    assert set(results) == set(votes)


def test_while_one_person_joins_and_another_is_taken_out_everybody_elses_vote_is_kept(database, tiny):
    room = new_room(database, tiny, *["it"] * 10)
    gone = room.store.participants(room.round.id)[0].id

    def act(number):
        if number == 0:
            return room.store.remove_participant(room.round.id, gone, "山田")
        if number == 1:
            return room.sit("it")
        return room.store.cast(room.seats[number], ITEM, None, "k", level(1))

    at_once(10, act)
    room.move("talk")
    assert [cell.counts for cell in room.store.revealed(room.round.id).first] == [(0, 8, 0, 0)]


@pytest.mark.bench
@pytest.mark.parametrize("people", [40, 200])
def test_of_forty_voting_in_the_same_instant_hardly_anybody_waits_fifty_milliseconds(
    sqlite_database, tiny, people
):
    """F10 in the database, through the booth: twenty rounds of everybody at once."""
    room = new_room(sqlite_database, tiny, *["it"] * people)
    took = []

    def act(number):
        begun = time.perf_counter()
        room.vote(room.seats[number], number % 4)
        took.append(time.perf_counter() - begun)

    for _ in range(20):
        at_once(people, act)
    took.sort()
    middle, most = took[len(took) // 2], took[len(took) * 99 // 100]
    begun = time.perf_counter()
    room.store.turnout(room.round.id)
    counted = time.perf_counter() - begun
    print(
        f"{people} at once: p50 {middle * 1e3:.1f} ms, p99 {most * 1e3:.1f} ms; turnout {counted * 1e3:.1f} ms"
    )
    assert most <= 0.05 * people / 40
