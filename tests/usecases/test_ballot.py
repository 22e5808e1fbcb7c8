"""The ballot: a vote is given on the ballot that is open, by who holds the seat, and by nobody else or later."""

import uuid
from decimal import Decimal

import pytest

from dxassess.assessment.model import Answer, State
from dxassess.errors import (
    ConditionUnknown,
    IndicatorUnknown,
    InvitationEnded,
    InvitationUnknown,
    LevelOffScale,
    MeasureNotUnderstood,
    ReasonUnknown,
    RoleFixed,
    RoleUnknown,
    SeatEnded,
    SeatUnknown,
    StaleAnswer,
    TextNotStorable,
    TextTooLong,
    VoteNotAsked,
    VoteNotOpen,
    VoteOver,
)
from dxassess.storage import Token
from dxassess.usecases import (
    ballot_of,
    cast,
    change_role,
    end_talk,
    invite_again,
    invite_openly,
    invite_person,
    join,
    move_device,
    participants_of,
    remove_person,
    reopen_round,
    standing_of,
    turnout_of,
)
from tests.usecases.conftest import new_house
from tests.usecases.gathering import gathered

ITEM = "tiny.1"


@pytest.fixture
def room(any_house):
    """A named round, its vote open, four people of IT, on a database of each kind."""
    return gathered(any_house, "it", "it", "it", "it")


@pytest.fixture
def quick(house):
    """The same on SQLite alone."""
    return gathered(house, "it", "it", "it", "it")


def raw(room, seat, change, based_on=None, key="", item=ITEM):
    return cast(room.house.app, seat, item, change, based_on, key or uuid.uuid4().hex)


def kept(room):
    """All votes of the round, once it is closed."""
    closed = room.close()
    return {
        (vote.respondent, vote.answer.indicator): vote
        for vote in room.house.store.answers(closed.id, "first")
    }


def test_a_vote_is_read_back_by_its_seat_with_everything_it_says(room):
    change = {
        "level": 2,
        "target": 3,
        "evidence": "規程 第3条\n別紙",
        "comment": "𠮷野家 👩‍👩‍👧",
        "conditions": {"a"},
    }
    record = raw(room, room.seats[0], change)
    sheet = ballot_of(room.house.app, room.seats[0])
    item = room.item("1")
    assert sheet.votes == {ITEM: record}
    assert sheet.answer(item) == Answer(
        ITEM,
        State.ANSWERED,
        2,
        3,
        evidence=change["evidence"],
        comment=change["comment"],
        conditions=frozenset("a"),
    )
    assert (sheet.ballot, sheet.sequence(item), len(sheet.asked)) == ("first", record.sequence, 4)
    assert sheet.answer(room.item("2")) == Answer("tiny.2")
    assert sheet.sequence(room.item("2")) is None


def test_cannot_say_and_not_applicable_are_votes_and_a_cleared_vote_is_none(room):
    seat = room.seats[0]
    assert room.vote(seat, "1", state=State.CANNOT_SAY).answer.state is State.CANNOT_SAY
    assert room.vote(seat, "2", reason="no-business").answer.state is State.NOT_APPLICABLE
    room.vote(seat, "1-1", 2)
    assert room.vote(seat, "1-1", state=State.OPEN).answer == Answer("tiny.1-1")
    (it,) = [each for each in turnout_of(room.house.store, room.held) if each.role == "it"]
    assert (it.people, it.started, it.answers, it.finished) == (4, 1, 2, 0)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"level": 9}, LevelOffScale),
        ({"level": "2"}, LevelOffScale),
        ({"target": 4}, LevelOffScale),
        ({"reason": "x"}, ReasonUnknown),
        ({"state": State.NOT_APPLICABLE}, ReasonUnknown),
        ({"comment": "x" * 10_000}, TextTooLong),
        ({"evidence": "😀" * 4001}, TextTooLong),
        ({"comment": "\x00"}, TextNotStorable),
        ({"comment": "\ud800"}, TextNotStorable),
        ({"amount": Decimal(1)}, MeasureNotUnderstood),
        ({"conditions": {"z"}}, ConditionUnknown),
    ],
)
def test_what_the_indicator_does_not_accept_is_refused(quick, change, error):
    with pytest.raises(error):
        raw(quick, quick.seats[0], change)
    assert ballot_of(quick.house.app, quick.seats[0]).votes == {}


@pytest.mark.parametrize("item", ["tiny.q-days", "tiny.99", "dx2019.1", ""])
def test_only_what_carries_a_level_is_voted_on(quick, item):
    with pytest.raises(IndicatorUnknown):
        raw(quick, quick.seats[0], {"level": 1}, item=item)


@pytest.mark.parametrize(
    "comment",
    ["😀👨‍👩‍👧", "\u202e右から左", "見え\u200bない", "<b onclick=x>**太字**</b>", "=1+1", "行\n行\tと"],
)
def test_strange_words_are_kept_as_they_were_written(quick, comment):
    record = raw(quick, quick.seats[0], {"level": 1, "comment": comment})
    assert record.answer.comment == comment
    quick.reveal()
    assert [each.comment for each in quick.house.store.comments(quick.held.id)] == [comment]


def test_the_same_key_again_is_one_vote_even_after_the_vote_is_over(room):
    seat = room.seats[0]
    first = raw(room, seat, {"level": 1}, key="tap")
    assert raw(room, seat, {"level": 1}, key="tap") == first
    assert raw(room, room.seats[1], {"level": 3}, key="tap") != first
    room.reveal()
    assert raw(room, seat, {"level": 1}, key="tap") == first
    room.close()
    assert raw(room, seat, {"level": 1}, key="tap") == first
    votes = room.house.store.answers(room.held.id, "first")
    assert [vote.answer.level for vote in votes] == [1, 3]


def test_a_vote_meant_for_the_first_ballot_is_never_taken_for_one_on_the_second(room):
    seat = room.seats[0]
    sent = {"level": 1}
    kept_first = cast(room.house.app, seat, ITEM, sent, None, "tap", "first")
    room.reveal()
    room.second()
    for meant in ("first", "agreed"):
        with pytest.raises(VoteOver):
            cast(room.house.app, seat, ITEM, {"level": 3}, None, uuid.uuid4().hex, meant)
    assert cast(room.house.app, seat, ITEM, sent, None, "tap", "first") == kept_first
    assert ballot_of(room.house.app, seat).votes == {}
    assert cast(room.house.app, seat, ITEM, {"level": 2}, None, uuid.uuid4().hex, "second").ballot == "second"


def test_where_the_vote_stands_is_told_to_a_seat_through_every_phase(any_house):
    room = gathered(any_house, "it")
    seat, app = room.seats[0], any_house.app
    told = []

    def look():
        now = standing_of(app, seat)
        assert now == ballot_of(app, seat).standing
        assert now.round == room.held.id
        told.append((now.phase, now.version))

    look()
    room.vote(seat, "1", 2)
    look()
    room.reveal()
    look()
    room.second()
    look()
    room.reveal()
    look()
    room.close()
    look()
    phases, versions = zip(*told, strict=True)
    assert phases == ("first", "first", "talk", "second", "done", "closed")
    assert versions[0] == versions[1] < versions[2] < versions[3] < versions[4] <= versions[5]


def test_before_the_vote_is_opened_it_stands_at_nothing(any_house):
    held = any_house.start()
    seat = join(any_house.app, invite_openly(any_house.store, held).token.clear, "it", "佐藤").clear
    now = standing_of(any_house.app, seat)
    assert (now.round, now.phase, now.version) == (held.id, "soon", 0)


@pytest.mark.parametrize("gone", ["removed", "unknown", "nowhere", ""])
def test_where_the_vote_stands_is_told_to_nobody_without_a_seat(room, gone):
    app, store, seat = room.house.app, room.house.store, room.seats[0]
    if gone == "removed":
        remove_person(store, room.held, ballot_of(app, seat).seat.respondent)
    known = {
        "removed": seat,
        "unknown": Token.new(store.organisation_id).clear,
        "nowhere": Token.new("0" * 32).clear,
    }
    with pytest.raises(SeatEnded if gone == "removed" else SeatUnknown):
        standing_of(app, known.get(gone, ""))


def test_in_two_tabs_a_stale_vote_on_the_same_field_is_not_applied_and_both_are_in_the_log(room):
    """F15."""
    seat, store = room.seats[0], room.house.store
    seen = raw(room, seat, {"level": 1})
    newer = raw(room, seat, {"level": 2}, seen.sequence)
    with pytest.raises(StaleAnswer) as stale:
        raw(room, seat, {"level": 3, "comment": "古いタブ"}, seen.sequence)
    assert stale.value.values == {"indicator": "1"}
    assert ballot_of(room.house.app, seat).votes == {ITEM: newer}
    (hidden,) = store.events_of(room.held.id, "answer_refused")
    assert (hidden.who, hidden.detail) == ("", {})
    room.reveal()
    (logged,) = store.events_of(room.held.id, "answer_refused")
    assert (logged.who, logged.detail["answer"]["level"]) == (newer.respondent, 3)
    assert [vote.answer.level for vote in store.history(room.held.id, ITEM)] == [1, 2]


def test_in_two_tabs_changes_of_different_fields_stand_beside_each_other(room):
    seat = room.seats[0]
    seen = raw(room, seat, {"level": 1})
    raw(room, seat, {"comment": "一つ目のタブ"}, seen.sequence)
    both = raw(room, seat, {"level": 2}, seen.sequence)
    assert (both.answer.level, both.answer.comment) == (2, "一つ目のタブ")


@pytest.mark.parametrize("based_on", [1, 10**6, 2**70, -1, 0])
def test_a_number_that_is_no_own_vote_counts_as_nothing_seen(quick, based_on):
    """Not even another person's number: else one could try out whether they voted the same."""
    others = raw(quick, quick.seats[1], {"level": 1, "comment": "ひとの言葉"})
    mine = raw(quick, quick.seats[0], {"level": 1})
    for number in (based_on, others.sequence):
        with pytest.raises(StaleAnswer):
            raw(quick, quick.seats[0], {"level": 2}, number)
        record = raw(quick, quick.seats[0], {"evidence": f"規程 {number}"}, mine.sequence)
        mine = record
        assert (record.answer.level, record.answer.comment) == (1, "")


# --- when


def test_before_the_vote_is_opened_nothing_is_taken(any_house):
    held = any_house.start()
    link = invite_openly(any_house.store, held).token.clear
    seat = join(any_house.app, link, "it", "佐藤").clear
    with pytest.raises(VoteNotOpen):
        cast(any_house.app, seat, ITEM, {"level": 1}, None, "k")
    assert ballot_of(any_house.app, seat).ballot is None


@pytest.mark.parametrize("end", ["reveal", "end_talk", "close", "reopen", "second is over"])
def test_after_the_reveal_and_after_the_round_is_closed_nothing_is_taken(room, end):
    record = room.vote(room.seats[0], "1", 1)
    if end in ("close", "reopen"):
        room.close()
    else:
        room.reveal()
    if end == "reopen":
        room.held = reopen_round(room.house.store, room.held, "山田", "直す")
    if end == "end_talk":
        end_talk(room.house.store, room.now(), "山田")
    if end == "second is over":
        room.second()
        room.reveal()
    for change in ({"level": 3}, {"comment": "後から"}, {"state": State.OPEN}):
        with pytest.raises(VoteOver) as over:
            raw(room, room.seats[0], change, record.sequence)
        assert over.value.values == {}
    assert ballot_of(room.house.app, room.seats[0]).votes == {ITEM: record}
    assert ballot_of(room.house.app, room.seats[0]).ballot is None
    assert room.house.store.answers(room.held.id, "first") == (record,)


def test_the_second_vote_takes_what_was_reopened_and_keeps_the_first_for_ever(room):
    room.vote_all({"1": [0, 1, 2, 3], "2": [1, 1, 1, 1]})
    room.reveal()
    room.second("1")
    seat = room.seats[0]
    sheet = ballot_of(room.house.app, seat)
    assert [item.code for item in sheet.asked] == ["1"]
    assert (sheet.ballot, sheet.votes, sheet.first[ITEM].answer.level) == ("second", {}, 0)
    again = room.vote(seat, "1", 2)
    with pytest.raises(VoteNotAsked) as refused:
        room.vote(seat, "2", 3)
    assert refused.value.values == {"indicator": "tiny.2"}
    assert ballot_of(room.house.app, seat).votes == {ITEM: again}
    room.reveal()
    store, closed = room.house.store, room.close()
    first = [vote.answer.level for vote in store.answers(closed.id, "first") if vote.answer.indicator == ITEM]
    assert first == [0, 1, 2, 3]
    assert store.answers(closed.id, "second") == (again,)


def test_a_second_vote_on_everything_takes_everything(quick):
    quick.reveal()
    quick.second()
    for code in ("1", "1-1", "2", "2-1"):
        quick.vote(quick.seats[0], code, 1)
    assert len(ballot_of(quick.house.app, quick.seats[0]).asked) == 4


# --- who


@pytest.mark.parametrize("seat", ["", "x", "A" * 64, "あ" * 64, "A" * 10_000])
def test_a_guessed_seat_has_no_ballot(quick, seat):
    for attempt in (
        lambda: ballot_of(quick.house.app, seat),
        lambda: raw(quick, seat, {"level": 1}),
        lambda: change_role(quick.house.app, seat, "it"),
        lambda: move_device(quick.house.app, seat),
    ):
        with pytest.raises(SeatUnknown) as refused:
            attempt()
        assert refused.value.values == {}


def test_an_invitation_is_no_seat_and_a_seat_no_invitation(room):
    with pytest.raises(SeatUnknown):
        ballot_of(room.house.app, room.link)
    with pytest.raises(InvitationUnknown):
        join(room.house.app, room.seats[0], "it", "x")


def test_a_seat_votes_in_its_own_round_and_organisation_alone(room):
    other = gathered(new_house(room.house.app, "乙社"), "it")
    later = gathered(room.house, "it")
    record = room.vote(room.seats[0], "1", 2)
    assert record.round == room.held.id
    assert ballot_of(room.house.app, other.seats[0]).held.id == other.held.id
    assert ballot_of(room.house.app, later.seats[0]).votes == {}
    foreign = Token.new(other.house.store.organisation_id)
    forged = foreign.clear[:22] + room.seats[0][22:]
    with pytest.raises(SeatUnknown):
        ballot_of(room.house.app, forged)
    for elsewhere in (other, later):
        assert not any(each.answers for each in turnout_of(elsewhere.house.store, elsewhere.held))


def test_somebody_who_was_taken_out_votes_no_more_and_no_longer_counts(room):
    """F20."""
    room.vote_all({"1": [0, 1, 2, 3], "2": [3, 3]})
    first = participants_of(room.house.store, room.held)[0]
    remove_person(room.house.store, room.held, first.id, "山田")
    for attempt in (
        lambda: raw(room, room.seats[0], {"level": 1}),
        lambda: ballot_of(room.house.app, room.seats[0]),
        lambda: move_device(room.house.app, room.seats[0]),
    ):
        with pytest.raises(SeatEnded):
            attempt()
    (it,) = [each for each in turnout_of(room.house.store, room.held) if each.role == "it"]
    assert (it.people, it.started, it.answers) == (3, 3, 4)
    room.reveal()
    seen = room.house.store.revealed(room.held.id)
    assert seen.people == {"it": 3}
    assert [cell.counts for cell in seen.first if cell.indicator == ITEM] == [(0, 1, 1, 1)]
    assert [each.removed for each in participants_of(room.house.store, room.held)] == [
        True,
        False,
        False,
        False,
    ]


def test_who_is_taken_out_after_the_reveal_has_voted(room):
    room.vote_all({"1": [0, 1, 2, 3]})
    room.reveal()
    before = room.house.store.revealed(room.held.id)
    remove_person(room.house.store, room.held, participants_of(room.house.store, room.held)[0].id)
    assert room.house.store.revealed(room.held.id) == before
    room.second()
    with pytest.raises(SeatEnded):
        room.vote(room.seats[0], "1", 1)


def test_who_is_taken_out_during_the_second_vote_counts_with_the_first(room):
    room.vote_all({"1": [0, 1, 2, 3]})
    room.reveal()
    room.second()
    room.vote_all({"1": [3, 3, 3, 3]})
    remove_person(room.house.store, room.held, participants_of(room.house.store, room.held)[0].id)
    room.reveal()
    seen = room.house.store.revealed(room.held.id)
    assert [cell.counts for cell in seen.second] == [(1, 0, 0, 3)]


def test_the_role_is_free_until_the_first_answer_and_fixed_after_it(room):
    app, seat = room.house.app, room.seats[0]
    assert change_role(app, seat, "management").role == "management"
    with pytest.raises(RoleUnknown):
        change_role(app, seat, "organisation")
    record = room.vote(seat, "1", 1)
    assert record.role == "management"
    room.vote(seat, "1", state=State.OPEN)
    with pytest.raises(RoleFixed):
        change_role(app, seat, "it")
    assert ballot_of(app, seat).seat.role == "management"
    room.close()
    with pytest.raises(VoteOver):
        change_role(app, room.seats[1], "management")


# --- from another device


def test_the_same_person_goes_on_with_another_device_and_either_can_continue(room):
    """F16."""
    app, phone = room.house.app, room.seats[0]
    on_phone = room.vote(phone, "1", 1)
    laptop = join(app, move_device(app, phone).clear, beside=True).clear
    assert ballot_of(app, laptop).votes == {ITEM: on_phone}
    on_laptop = room.vote(laptop, "1", 2)
    assert ballot_of(app, phone).votes == {ITEM: on_laptop}
    with pytest.raises(StaleAnswer):
        raw(room, phone, {"level": 3}, on_phone.sequence)
    assert room.vote(phone, "1", 3).respondent == on_laptop.respondent == on_phone.respondent
    (it,) = [each for each in turnout_of(room.house.store, room.held) if each.role == "it"]
    assert (it.people, it.started) == (4, 1)


def test_a_device_that_was_moved_from_and_every_link_it_made_are_at_an_end(room):
    app, phone = room.house.app, room.seats[0]
    kept_back, given = move_device(app, phone).clear, move_device(app, phone).clear
    laptop = join(app, given).clear
    room.vote(laptop, "1", 2)
    for ended in (lambda: ballot_of(app, phone), lambda: move_device(app, phone)):
        with pytest.raises(SeatEnded):
            ended()
    with pytest.raises(InvitationEnded):
        join(app, kept_back)
    assert ballot_of(app, laptop).votes[ITEM].answer.level == 2


def test_a_link_made_before_a_newer_personal_one_is_opened_opens_nothing_after_it(room):
    app, store = room.house.app, room.house.store
    invited = invite_person(store, room.held, "it", "佐藤", "山田")
    spy = join(app, invited.token.clear).clear
    again = invite_again(store, room.held, invited.invitation.id, "山田")
    kept_back = move_device(app, spy).clear
    theirs = join(app, again.token.clear).clear
    room.vote(theirs, "1", 3)
    with pytest.raises(InvitationEnded):
        join(app, kept_back)
    assert ballot_of(app, theirs).votes


def test_who_opens_a_newer_link_of_somebody_reads_no_vote_of_theirs_and_is_noticed(room):
    """The facilitator makes the links: none of them may open a vote."""
    app, store = room.house.app, room.house.store
    invited = invite_person(store, room.held, "it", "佐藤", "山田")
    theirs = join(app, invited.token.clear).clear
    room.vote(theirs, "1", 3, comment="秘密の言葉", target=3)
    room.vote(theirs, "2", 3)
    again = invite_again(store, room.held, invited.invitation.id, "山田")
    assert ballot_of(app, theirs).votes
    spy = join(app, again.token.clear).clear
    assert ballot_of(app, spy).votes == {}
    for attempt in (lambda: ballot_of(app, theirs), lambda: raw(room, theirs, {"level": 1})):
        with pytest.raises(SeatEnded):
            attempt()
    blind = raw(room, spy, {"level": 0})
    assert blind.answer == Answer(ITEM, State.ANSWERED, 0)
    assert ballot_of(app, spy).votes == {ITEM: blind}
    device = join(app, move_device(app, spy).clear).clear
    assert ballot_of(app, device).votes == {ITEM: blind}
    votes = kept(room)
    assert votes[blind.respondent, ITEM] == blind
    assert votes[blind.respondent, "tiny.2"].answer.level == 3
