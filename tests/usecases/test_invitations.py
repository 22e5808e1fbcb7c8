"""Inviting and joining: a link is good for what it was given for, and for nothing once it is over."""

import pytest

from dxassess.errors import (
    InvitationEnded,
    InvitationUnknown,
    InvitationUsed,
    ParticipantNameMissing,
    RespondentUnknown,
    RoleUnknown,
    RoomFull,
    RoundClosed,
    SeatEnded,
    TextTooLong,
)
from dxassess.storage import Token, seating
from dxassess.usecases import (
    add_role,
    ballot_of,
    close_round,
    hide_role,
    invitations_of,
    invite_again,
    invite_openly,
    invite_people,
    invite_person,
    invited_to,
    join,
    move_device,
    participants_of,
    remove_person,
    reopen_round,
    revoke,
    turnout_of,
    welcome,
)
from dxassess.usecases.invitations import new_once
from tests.usecases.conftest import new_house
from tests.usecases.gathering import gathered


@pytest.fixture
def room(any_house):
    """A named round with its vote open and nobody in it, on a database of each kind."""
    return gathered(any_house)


@pytest.fixture
def quick(house):
    """The same on SQLite alone."""
    return gathered(house)


def test_by_an_open_link_each_person_picks_a_role_and_gets_a_ballot(room):
    said = welcome(room.house.app, room.link)
    assert (said.organisation, said.held, said.edition) == ("甲社", room.held, room.edition)
    assert ([choice.id for choice in said.roles], said.role, said.name) == (["management", "it"], None, "")
    first, second = room.sit("it", "management")
    sheets = [ballot_of(room.house.app, seat) for seat in (first, second)]
    assert [(sheet.seat.role, sheet.seat.name) for sheet in sheets] == [
        ("it", "氏名0"),
        ("management", "氏名1"),
    ]
    assert sheets[0].seat.respondent != sheets[1].seat.respondent
    assert [(each.role, each.people) for each in turnout_of(room.house.store, room.held)] == [
        ("management", 1),
        ("it", 1),
    ]


def test_a_personal_link_is_one_ballot_with_role_and_name(room):
    one, other = invite_people(room.house.store, room.held, [("it", "佐藤"), ("management", "山田")], "進行")
    said = welcome(room.house.app, one.token.clear)
    assert (said.role, said.name) == ("it", "佐藤")
    there = turnout_of(room.house.store, room.held)
    assert [(each.people, each.invited) for each in there] == [(0, 1), (0, 1)]
    seat = join(room.house.app, one.token.clear, "management", "別の人").clear
    sheet = ballot_of(room.house.app, seat)
    assert (sheet.seat.role, sheet.seat.name) == ("it", "佐藤")
    assert [(each.people, each.invited) for each in turnout_of(room.house.store, room.held)] == [
        (0, 1),
        (1, 0),
    ]
    assert other.invitation.role == "management"


def test_a_personal_link_that_was_used_is_refused_to_everybody_who_has_no_seat(room):
    link = invite_person(room.house.store, room.held, "it", "佐藤").token.clear
    join(room.house.app, link)
    for attempt in (lambda: join(room.house.app, link), lambda: welcome(room.house.app, link)):
        with pytest.raises(InvitationUsed) as refused:
            attempt()
        assert refused.value.values == {}


def test_a_form_that_is_sent_twice_takes_one_seat_and_two_forms_take_two(room):
    app, once = room.house.app, new_once()
    first, again = (join(app, room.link, "it", "佐藤", once) for _ in range(2))
    assert first == again
    assert join(app, room.link, "it", "佐藤", new_once()) != first
    assert [each.people for each in turnout_of(room.house.store, room.held)] == [0, 2]
    link = invite_person(room.house.store, room.held, "it", "山田").token.clear
    assert join(app, link, once=once) == join(app, link, once=once) != first
    with pytest.raises(InvitationUsed):
        join(app, link, once=new_once())


@pytest.mark.parametrize("once", ["", "a", "x" * 42, "x" * 44, "あ" * 43, "=" * 43])
def test_what_is_too_short_to_be_random_makes_no_seat_that_can_be_guessed(quick, once):
    first, second = (join(quick.house.app, quick.link, "it", "佐藤", once) for _ in range(2))
    assert first != second


def test_a_link_says_its_round_also_when_it_works_no_more(room):
    app, store = room.house.app, room.house.store
    link = invite_person(store, room.held, "it", "佐藤").token.clear
    assert invited_to(app, link) == invited_to(app, room.link) == room.held.id
    join(app, link)
    close_round(store, room.held, "山田")
    assert invited_to(app, link) == room.held.id
    for unknown in ("", "x", Token.new(store.organisation_id).clear, Token.new("0" * 32).clear):
        with pytest.raises(InvitationUnknown):
            invited_to(app, unknown)


@pytest.mark.parametrize("link", ["", "x", "A" * 64, "あ" * 64, "%00", "A" * 10_000])
def test_a_guessed_link_leads_nowhere(room, link):
    for attempt in (lambda: welcome(room.house.app, link), lambda: join(room.house.app, link, "it", "x")):
        with pytest.raises(InvitationUnknown) as refused:
            attempt()
        assert refused.value.values == {}


def test_a_link_of_another_organisation_leads_there_and_one_with_our_name_on_it_nowhere(room):
    other = gathered(new_house(room.house.app, "乙社"))
    assert welcome(room.house.app, other.link).organisation == "乙社"
    forged = Token.new(room.house.store.organisation_id).clear
    with pytest.raises(InvitationUnknown):
        join(room.house.app, forged, "it", "x")
    assert participants_of(room.house.store, room.held) == ()


@pytest.mark.parametrize("kind", ["open", "personal", "device"])
def test_links_stop_working_when_the_round_closes_and_stay_so_when_it_is_reopened(room, kind):
    store, app = room.house.store, room.house.app
    (seat,) = room.sit("it")
    link = {
        "open": lambda: room.link,
        "personal": lambda: invite_person(store, room.held, "it", "佐藤").token.clear,
        "device": lambda: move_device(app, seat).clear,
    }[kind]()
    closed = close_round(store, room.held, "山田")
    for attempt in (lambda: welcome(app, link), lambda: join(app, link, "it", "x")):
        with pytest.raises(InvitationEnded):
            attempt()
    reopen_round(store, closed, "山田", "直す")
    with pytest.raises(InvitationEnded):
        join(app, link, "it", "x")


def test_a_closed_round_takes_no_invitation_nobody_and_no_device(room):
    (seat,) = room.sit("it")
    closed = close_round(room.house.store, room.held, "山田")
    who = participants_of(room.house.store, closed)[0].id
    for attempt in (
        lambda: invite_openly(room.house.store, closed),
        lambda: invite_person(room.house.store, closed, "it", "佐藤"),
        lambda: invite_again(room.house.store, closed, who),
        lambda: remove_person(room.house.store, closed, who),
        lambda: move_device(room.house.app, seat),
    ):
        with pytest.raises(RoundClosed):
            attempt()


def test_an_invitation_taken_back_seats_nobody_and_unseats_nobody(room):
    store, app = room.house.store, room.house.app
    (seat,) = room.sit("it")
    (open_one,) = invitations_of(store, room.held)
    revoke(store, open_one, "山田")
    revoke(store, open_one, "山田")
    with pytest.raises(InvitationEnded):
        join(app, room.link, "it", "x")
    assert ballot_of(app, seat).seat.role == "it"
    assert [event.what for event in store.events(50)].count("invitation_revoked") == 1
    other = invite_openly(store, room.held)
    assert join(app, other.token.clear, "it", "x")


def test_the_facilitator_sees_who_was_invited_and_opened_the_link_but_never_a_token(room):
    store = room.house.store
    one, other = invite_people(store, room.held, [("it", "佐藤"), ("it", "鈴木")])
    join(room.house.app, one.token.clear)
    listed = invitations_of(store, room.held)
    assert [(each.kind, each.name, each.used is not None) for each in listed] == [
        ("open", "", False),
        ("personal", "佐藤", True),
        ("personal", "鈴木", False),
    ]
    assert other.token.clear not in repr([listed, other])
    assert [(each.name, each.role) for each in participants_of(store, room.held)] == [
        ("佐藤", "it"),
        ("鈴木", "it"),
    ]


def test_in_an_anonymous_round_nobody_has_a_name_and_nobody_is_seen_opening_a_link(any_house):
    room = gathered(any_house, "it", named=False)
    one = invite_person(any_house.store, room.held, "it", "佐藤")
    assert welcome(any_house.app, one.token.clear).name == ""
    seat = join(any_house.app, one.token.clear).clear
    assert ballot_of(any_house.app, seat).seat.name == ""
    personal = invitations_of(any_house.store, room.held)[-1]
    assert (personal.name, personal.used, personal.respondent, personal.role) == ("", None, None, "it")
    assert {each.name for each in participants_of(any_house.store, room.held)} == {""}
    again = invite_again(any_house.store, room.held, one.invitation.id)
    join(any_house.app, again.token.clear)
    with pytest.raises(SeatEnded):
        ballot_of(any_house.app, seat)


def test_a_newer_link_ends_the_one_before_and_the_older_device_only_once_it_is_opened(room):
    store, app = room.house.store, room.house.app
    one = invite_person(store, room.held, "it", "佐藤")
    second = invite_again(store, room.held, one.invitation.id)
    with pytest.raises(InvitationEnded):
        join(app, one.token.clear)
    seat = join(app, second.token.clear).clear
    third = invite_again(store, room.held, participants_of(store, room.held)[0].id)
    assert ballot_of(app, seat).seat.name == "佐藤"
    newest = join(app, third.token.clear).clear
    assert ballot_of(app, newest).seat.name == "佐藤"
    with pytest.raises(SeatEnded):
        ballot_of(app, seat)
    assert len(participants_of(store, room.held)) == 1


@pytest.mark.parametrize("who", ["0" * 32, "x", ""])
def test_who_is_not_in_the_round_is_neither_invited_again_nor_removed(room, who):
    voice = room.house.store.agreed(room.held.id).id
    (open_one,) = invitations_of(room.house.store, room.held)
    for each in (who, voice, open_one.id):
        with pytest.raises(RespondentUnknown):
            invite_again(room.house.store, room.held, each)
    for each in (who, voice):
        with pytest.raises(RespondentUnknown):
            remove_person(room.house.store, room.held, each)


def test_a_person_who_was_taken_out_comes_back_by_no_old_link(room):
    store, app = room.house.store, room.house.app
    one = invite_person(store, room.held, "it", "佐藤")
    who = participants_of(store, room.held)[0].id
    remove_person(store, room.held, who)
    with pytest.raises(InvitationEnded):
        join(app, one.token.clear)
    with pytest.raises(RespondentUnknown):
        invite_again(store, room.held, one.invitation.id)


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u3000"])
def test_a_named_round_asks_for_a_name_that_can_be_seen(quick, name):
    for attempt in (
        lambda: join(quick.house.app, quick.link, "it", name),
        lambda: invite_person(quick.house.store, quick.held, "it", name),
    ):
        with pytest.raises(ParticipantNameMissing):
            attempt()


def test_names_and_roles_are_looked_at(quick):
    with pytest.raises(TextTooLong):
        join(quick.house.app, quick.link, "it", "長" * 201)
    for role in ("organisation", "ceo", "", "own-1"):
        with pytest.raises(RoleUnknown):
            join(quick.house.app, quick.link, role, "佐藤")
    assert participants_of(quick.house.store, quick.held) == ()


def test_an_organisations_own_role_can_be_taken_until_it_is_hidden(room):
    own = add_role(room.house.store, "経理", "field")
    (seat,) = room.sit(own.id)
    assert [choice.ja for choice in welcome(room.house.app, room.link).roles][-1] == "経理"
    hide_role(room.house.store, own.id)
    assert [choice.id for choice in welcome(room.house.app, room.link).roles] == ["management", "it"]
    with pytest.raises(RoleUnknown):
        room.sit(own.id)
    room.vote(seat, "1", 2)
    assert [each.role for each in turnout_of(room.house.store, room.held) if each.started] == [own.id]


def test_a_link_that_is_spread_does_not_fill_the_database(quick, monkeypatch):
    monkeypatch.setattr(seating, "PEOPLE_LIMIT", 3)
    quick.sit("it", "it", "it")
    with pytest.raises(RoomFull) as full:
        quick.sit("it")
    assert full.value.values == {"limit": 3}
