"""From a link to a seat: the open link, personal ones, tokens that do not fit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from dxassess.storage.tokens import Token
from dxassess.ui.ballot import guesses
from dxassess.ui.context import application
from dxassess.usecases import (
    add_role,
    hide_role,
    invite_again,
    invite_person,
    remove_person,
    revoke,
)
from tests.ui.hall import JA, Hall, new_hall
from tests.usecases.conftest import House, new_house

# -- joining by the open link


def test_the_open_link_shows_the_round_its_roles_and_what_is_promised(hall: Hall) -> None:
    shown = hall.device().get(hall.link)
    assert shown.status == 200
    for said in ("甲社", "秋の回", "経営", "IT部門", JA("ballot.secret_named"), 'name="name"'):
        assert said in shown.text


def test_an_organisations_own_role_is_offered_as_text_until_it_is_hidden(hall: Hall) -> None:
    role = add_role(hall.store, "<経理>")
    assert f'value="{role.id}"' in hall.device().get(hall.link).text
    assert "<bdi>&lt;経理&gt;</bdi>" in hall.device().get(hall.link).text
    secret = new_hall(hall.house, named=False)
    assert "<bdi>&lt;経理&gt; として回答中</bdi>" in secret.voter("", role.id).get(secret.ballot).text
    hide_role(hall.store, role.id)
    assert role.id not in hall.device().get(hall.link).text
    assert hall.device().post(hall.link, {"role": role.id, "name": "田中"}).status == 422


def test_in_an_anonymous_round_no_name_is_asked_and_the_smallest_group_is_said(anonymous: Hall) -> None:
    shown = anonymous.device().get(anonymous.link)
    assert JA("ballot.secret_anonymous", minimum=3) in shown.text
    assert 'name="name"' not in shown.text


def test_in_an_anonymous_round_a_name_that_is_sent_all_the_same_is_not_kept(anonymous: Hall) -> None:
    device = anonymous.device()
    shown = device.join(anonymous.link, "it", "田中太郎")
    assert "田中太郎" not in shown.text
    with closing(sqlite3.connect(application().database.place)) as looking:
        assert "田中太郎" not in "\n".join(looking.iterdump())


def test_joining_turns_the_link_into_a_cookie_no_script_can_read_and_the_token_leaves_the_address(
    hall: Hall,
) -> None:
    device = hall.device()
    once = device.get(hall.link).field("once")
    joined = device.post(hall.link, {"role": "it", "name": "田中", "once": once})
    assert (joined.status, joined.headers["location"]) == (303, hall.ballot)
    assert joined.headers["cache-control"] == "no-store"
    (cookie,) = joined.cookies
    first, *flags = [part.strip().lower() for part in cookie.split(";")]
    assert first.startswith(f"dx-{hall.held.id}=")
    assert {"httponly", "samesite=lax", "path=/", "max-age=5184000"} == set(flags)
    clear = hall.link.removeprefix("/j/")
    assert clear not in str(joined.headers) + joined.text
    assert device.get(hall.ballot).status == 200


def test_behind_https_the_cookie_goes_over_https_alone(hall: Hall) -> None:
    device = replace(hall.device(), scheme="https")
    joined = device.post(hall.link, {"role": "it", "name": "田中"})
    assert "; secure" in joined.cookies[0].lower()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_messenger_that_previews_a_link_takes_no_seat_and_uses_nothing_up(hall: Hall, method: str) -> None:
    personal = hall.invite()
    for link in (hall.link, personal):
        for _ in range(3):
            shown = hall.device().ask(method, link, user_agent="Slackbot-LinkExpanding 1.0")
            assert (shown.status, shown.cookies) == (200, ())
    assert len(hall.store.respondents(hall.held.id)) == 2  # the one voice, and the person invited
    assert hall.device().join(personal).ballot["ballot"] == "first"


def test_the_same_form_sent_twice_takes_one_seat(hall: Hall) -> None:
    device, other = hall.device(), hall.device()
    once = device.get(hall.link).field("once")
    fields = {"role": "it", "name": "田中", "once": once}
    first, second = device.post(hall.link, fields), other.post(hall.link, fields)
    assert first.cookies == second.cookies
    assert len(hall.store.respondents(hall.held.id)) == 2


def test_a_personal_form_sent_twice_takes_one_seat(hall: Hall) -> None:
    link, device, other = hall.invite(), hall.device(), hall.device()
    fields = {"once": device.get(link).field("once")}
    first, second = device.post(link, fields), other.post(link, fields)
    assert (first.status, second.status) == (303, 303)
    assert first.cookies == second.cookies


@pytest.mark.parametrize("once", ["", "a", "x" * 42, "x" * 44, "あ" * 43, "x" * 42 + "="])
def test_a_form_without_a_mark_of_its_own_gets_a_random_seat(hall: Hall, once: str) -> None:
    cookies = {
        hall.device().post(hall.link, {"role": "it", "name": "田中", "once": once}).cookies for _ in range(2)
    }
    assert len(cookies) == 2


def test_who_has_a_seat_is_led_to_it_by_the_link_and_becomes_no_second_person(hall: Hall) -> None:
    device = hall.voter()
    for reply in (device.get(hall.link), device.post(hall.link, {"role": "it", "name": "別人"})):
        assert (reply.status, reply.headers["location"]) == (303, hall.ballot)
    assert len(hall.store.respondents(hall.held.id)) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "田中"}, None),
        ({"role": "", "name": "田中"}, None),
        ({"role": "organisation", "name": "田中"}, None),
        ({"role": "<b>", "name": "田中"}, None),
        ({"role": "it"}, "error.ParticipantNameMissing"),
        ({"role": "it", "name": " \u200b\u3000"}, "error.ParticipantNameMissing"),
        ({"role": "it", "name": "あ" * 201}, None),
        ({"role": "it", "name": "a\x00b"}, None),
        ({"role": "it", "name": "a\x1bb"}, None),
    ],
)
def test_a_form_that_is_not_complete_is_asked_again_with_the_reason_and_what_was_filled_in(
    hall: Hall, fields: dict[str, str], said: str | None
) -> None:
    again = hall.device().post(hall.link, fields)
    assert (again.status, again.cookies) == (422, ())
    assert 'role="alert"' in again.text
    assert said is None or JA(said) in again.text
    assert "<b>" not in again.text.replace("<b><bdi>", "")
    assert len(hall.store.respondents(hall.held.id)) == 1


def test_a_name_of_signs_is_shown_as_it_is(hall: Hall) -> None:
    device = hall.device()
    name = "<script>alert(1)</script>\u202e=1+1"
    shown = device.join(hall.link, "it", name)
    assert "<script>alert" not in shown.text
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;\u202e=1+1 として回答中</bdi>" in shown.text


# -- personal links


def test_a_personal_link_names_who_it_is_for_and_works_once(hall: Hall) -> None:
    link, device = hall.invite("佐藤"), hall.device()
    assert JA("ballot.join.personal", name="佐藤", role="経営") in device.get(link).text
    assert "佐藤 として回答中" in device.join(link).text
    used = hall.device().get(link)
    assert (used.status, used.cookies) == (410, ())
    assert JA("error.InvitationUsed") in used.text
    assert hall.device().post(link).status == 410


def test_in_an_anonymous_round_a_personal_link_says_the_role_alone(anonymous: Hall) -> None:
    shown = anonymous.device().get(anonymous.invite("佐藤")).text
    assert "佐藤" not in shown
    assert JA("ballot.join.personal_role", role="経営") in shown


def test_ones_own_used_link_leads_back_to_the_ballot_of_that_round(house: House) -> None:
    """And not to that of another round this device votes in."""
    one, two = new_hall(house), new_hall(house)
    two = replace(two, building=one.building)
    device, link = one.voter(), two.invite()
    device.join(link)
    for reply in (device.get(link), device.post(link)):
        assert (reply.status, reply.headers["location"]) == (303, two.ballot)


def test_on_a_device_somebody_votes_with_a_personal_link_asks_which_of_the_two(hall: Hall) -> None:
    device, link = hall.voter("田中"), hall.invite("佐藤")
    asked = device.get(link)
    assert asked.status == 200
    assert JA("ballot.join.other_button", who="田中") in asked.text
    assert f'href="{hall.ballot}"' in asked.text
    assert "佐藤 として回答中" in device.join(link).text


@pytest.mark.parametrize("way", ["revoked", "closed", "replaced", "removed"])
def test_a_link_that_was_ended_opens_nothing(hall: Hall, way: str) -> None:
    invited = invite_person(hall.store, hall.held, "it", "佐藤")
    link = f"/j/{invited.token.clear}"
    if way == "revoked":
        revoke(hall.store, invited.invitation)
    elif way == "closed":
        hall.close()
    elif way == "replaced":
        invite_again(hall.store, hall.held, str(invited.invitation.respondent))
    else:
        remove_person(hall.store, hall.held, str(invited.invitation.respondent))
    for reply in (hall.device().get(link), hall.device().post(link)):
        assert (reply.status, reply.cookies) == (410, ())
        assert JA("error.InvitationEnded") in reply.text


def test_who_has_voted_is_led_to_the_end_by_the_link_of_a_closed_round(hall: Hall) -> None:
    device = hall.voter()
    hall.close()
    assert device.get(hall.link).headers["location"] == hall.ballot
    assert device.get(hall.ballot).ballot["phase"] == "closed"


def test_a_lost_link_that_is_replaced_shows_nothing_that_was_answered_before(hall: Hall) -> None:
    invited = invite_person(hall.store, hall.held, "it", "佐藤")
    device = hall.device()
    device.join(f"/j/{invited.token.clear}")
    assert device.vote(hall.held.id, "1", level=2).status == 200
    again = invite_again(hall.store, hall.held, str(invited.invitation.respondent))
    opened = hall.device()
    assert opened.join(f"/j/{again.token.clear}").ballot["answers"] == {}
    assert device.get(hall.ballot).status == 401
    assert device.vote(hall.held.id, "1", level=3).status == 401


# -- tokens that do not fit


def guessed(hall: Hall) -> dict[str, str]:
    """Links nobody was given."""
    organisation = hall.store.organisation_id
    right = hall.link.removeprefix("/j/")
    return {
        "random": Token.new(organisation).clear,
        "nowhere": Token.new("0" * 32).clear,
        "short": right[:-1],
        "long": right + "A",
        "changed": right[:-1] + ("A" if right[-1] != "A" else "B"),
        "other_case": right.swapcase(),
        "empty": "-",
        "dots": "..%2e",
        "other_letters": "%E3%81%82" * 64,
        "nul": "a%00b",
        "round": hall.held.id,
        "organisation": organisation,
        "sql": "'%20OR%201=1--",
    }


def test_a_guessed_link_is_not_found_and_all_guesses_are_told_the_same(hall: Hall) -> None:
    answers = {
        name: hall.device().get(f"/j/{token}")
        for name, token in guessed(hall).items()
        if "%" not in token and "'" not in token
    }
    assert {(reply.status, reply.body) for reply in answers.values()} == {(404, answers["random"].body)}
    assert JA("error.InvitationUnknown") in answers["random"].text
    assert all(not reply.cookies for reply in answers.values())


def test_a_link_with_signs_no_token_has_never_gets_past_the_door(hall: Hall) -> None:
    for token in guessed(hall).values():
        if "%" in token:
            assert hall.device().get(f"/j/{token}").status in (403, 404)


@pytest.mark.parametrize("name", ["random", "nowhere", "short", "other_case", "empty", "round"])
def test_a_guessed_seat_opens_nothing(hall: Hall, name: str) -> None:
    device = hall.device()
    device.cookies[f"dx-{hall.held.id}"] = guessed(hall)[name]
    replies = [
        device.get(hall.ballot),
        device.get(f"{hall.ballot}/phase"),
        device.get(f"{hall.ballot}/role"),
        device.post(f"{hall.ballot}/role", {"role": "it"}),
        device.send(f"{hall.ballot}/device", {}),
        device.vote(hall.held.id, "1", level=2),
    ]
    assert [reply.status for reply in replies] == [401] * 6
    assert hall.rows() == 0


def test_a_link_is_no_seat_and_a_seat_no_link(hall: Hall) -> None:
    voter, device = hall.voter(), hall.device()
    device.cookies[f"dx-{hall.held.id}"] = hall.link.removeprefix("/j/")
    assert device.get(hall.ballot).status == 401
    assert hall.device().get(f"/j/{voter.cookies[f'dx-{hall.held.id}']}").status == 404


def test_a_seat_opens_no_ballot_of_another_round(house: House) -> None:
    one, two = new_hall(house), new_hall(house)
    voter = one.voter()
    assert voter.get(two.ballot).status == 401
    voter.cookies[f"dx-{two.held.id}"] = voter.cookies[f"dx-{one.held.id}"]
    assert voter.get(two.ballot).status == 401
    assert voter.get(f"{two.ballot}/phase").status == 401


def test_a_seat_opens_no_ballot_of_another_organisation(hall: Hall) -> None:
    other = new_hall(new_house(application(), "乙社"))
    voter = hall.voter()
    voter.cookies[f"dx-{other.held.id}"] = voter.cookies[f"dx-{hall.held.id}"]
    assert voter.get(other.ballot).status == 401
    theirs = Token.new(other.store.organisation_id)
    voter.cookies[f"dx-{hall.held.id}"] = theirs.clear
    assert voter.get(hall.ballot).status == 401


def test_who_tries_one_link_after_the_other_is_slowed_down_and_others_are_not(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F62. A right link opens for the guesser too: what is counted is what does not fit."""
    monkeypatch.setattr(guesses, "HOLD_SECONDS", 0.0)
    guesser, organisation = hall.device("192.0.2.66"), hall.store.organisation_id
    seen = [guesser.get(f"/j/{Token.new(organisation).clear}") for _ in range(1000)]
    assert [reply.status for reply in seen] == [404] * guesses.EACH + [429] * (1000 - guesses.EACH)
    assert seen[-1].headers["retry-after"] == "60"
    assert JA("ballot.trouble.too_many") in seen[-1].text
    assert guesser.get(hall.link).status == 200
    voter = hall.voter()
    assert voter.vote(hall.held.id, "1", level=2).status == 200
    guesser.cookies[f"dx-{hall.held.id}"] = Token.new(organisation).clear
    told = guesser.vote(hall.held.id, "1", level=2)
    assert (told.status, told.data) == (429, {"error": JA("ballot.trouble.too_many")})


def test_a_second_person_of_the_same_name_and_role_is_asked_whether_they_are_another(hall: Hall) -> None:
    hall.voter("田中 一郎")
    second = hall.device()
    form = {"role": "it", "name": "田中　一郎", "once": second.get(hall.link).field("once")}
    asked = second.post(hall.link, form)
    assert asked.status == 409
    assert JA("ballot.join.there", name="田中　一郎") in asked.text
    assert "checked" in asked.text
    assert second.post(hall.link, {**form, "role": "management"}).status == 303
    third = hall.device()
    assert (
        third.post(hall.link, {**form, "once": third.get(hall.link).field("once"), "again": "1"}).status
        == 303
    )
    assert len(hall.store.participants(hall.held.id)) == 3
