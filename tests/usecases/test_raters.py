"""The lens on the raters: for the facilitator, after the reveal, and in an anonymous round of nobody in particular."""

import pytest

from dxassess.errors import VotesSecret
from dxassess.usecases import participants_of, rater_flags
from tests.usecases.gathering import gathered

ZEROS = {"1": [0, 1, 2], "1-1": [0, 2, 1], "2": [0, 3, 2], "2-1": [0, 1, 1]}


def test_before_the_reveal_there_is_no_lens(any_house):
    room = gathered(any_house, "it", "it", "it")
    room.vote_all(ZEROS)
    with pytest.raises(VotesSecret):
        rater_flags(any_house.store, room.held)
    room.reveal()
    with pytest.raises(VotesSecret):
        rater_flags(any_house.store, room.held, "second")


def test_in_a_named_round_a_sign_names_who_it_is_about(any_house):
    room = gathered(any_house, "it", "it", "it")
    room.vote_all(ZEROS)
    room.reveal()
    (flag,) = rater_flags(any_house.store, room.held)
    assert (flag.sign, flag.respondents) == (
        "all_lowest",
        (participants_of(any_house.store, room.held)[0].id,),
    )
    room.second()
    room.vote_all({code: [1, 1, 1] for code in ZEROS})
    room.reveal()
    assert [flag.sign for flag in rater_flags(any_house.store, room.held, "second")] == ["role_identical"]


@pytest.mark.parametrize("people", [2, 3, 7])
def test_in_an_anonymous_round_nobody_is_named(any_house, people):
    room = gathered(any_house, *["it"] * people, named=False)
    for seat in room.seats:
        for code in ZEROS:
            room.vote(seat, code, 0)
    room.reveal()
    found = rater_flags(any_house.store, room.held)
    assert [(flag.sign, flag.people, flag.respondents) for flag in found] == (
        [] if people < 3 else [("all_lowest", people, ())]
    )
