"""Votes as they are sent, refused, confirmed; what does not fit; and nobody else's business in any answer."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path

import pytest

from dxassess.errors import DiskFull
from dxassess.storage import Store
from dxassess.ui.ballot import routes
from dxassess.ui.context import application
from dxassess.usecases import (
    open_workshop,
    remove_person,
)
from dxassess.usecases.answering import TEXT_LIMIT
from tests.ui.devices import FORM, vote
from tests.ui.hall import EN, JA, Hall, new_hall
from tests.usecases.conftest import House

# -- voting


def test_a_vote_is_kept_and_comes_back_as_it_was_kept(hall: Hall) -> None:
    voter = hall.voter()
    kept = voter.vote(hall.held.id, "1", level=2, comment=" か\u3099ん\r\nばる ", target=3)
    answer = kept.data["answer"]
    assert (kept.status, answer["level"], answer["target"], answer["comment"]) == (200, 2, 3, "がん\nばる")
    shown = voter.get(hall.ballot).ballot
    assert shown["answers"] == {"tiny.1": answer}
    assert shown["items"][0]["first"] is None
    hall.reveal()
    assert hall.votes()["田中", "1"].level == 2


def test_a_vote_says_nothing_of_anybody_else(hall: Hall) -> None:
    one, two = hall.voter("一人目"), hall.voter("二人目")
    one.vote(hall.held.id, "1", level=3, comment="秘密の理由")
    two.vote(hall.held.id, "1", level=0)
    for reply in (
        two.get(hall.ballot),
        two.get(f"{hall.ballot}/phase"),
        two.vote(hall.held.id, "1", level=1),
        two.get(hall.link),
    ):
        assert "一人目" not in reply.text
        assert "秘密の理由" not in reply.text
    assert two.get(f"{hall.ballot}/phase").data == {"phase": "first", "version": 1}


def test_a_vote_sent_again_with_its_key_is_kept_once(hall: Hall) -> None:
    voter = hall.voter()
    sent = vote("1", {"state": "answered", "level": 2})
    first, again = (voter.send(f"{hall.ballot}/votes", sent) for _ in range(2))
    assert (first.status, again.status) == (200, 200)
    assert first.data == again.data
    assert hall.rows() == 1


def test_a_vote_whose_reply_was_lost_is_confirmed_also_after_the_reveal(hall: Hall) -> None:
    voter = hall.voter()
    sent = vote("1", {"state": "answered", "level": 2})
    first = voter.send(f"{hall.ballot}/votes", sent)
    hall.reveal()
    assert voter.send(f"{hall.ballot}/votes", sent).data == first.data
    hall.vote_again()
    assert voter.send(f"{hall.ballot}/votes", sent).data == first.data
    assert hall.rows() == 1


def test_the_same_key_of_two_people_is_two_votes(hall: Hall) -> None:
    sent = vote("1", {"state": "answered", "level": 2})
    for name in ("一人目", "二人目"):
        assert hall.voter(name).send(f"{hall.ballot}/votes", sent).status == 200
    assert hall.rows() == 2


def test_of_two_tabs_the_second_is_shown_what_the_first_has_kept(hall: Hall) -> None:
    """F15: nothing is silently overwritten, and both are in the log."""
    voter = hall.voter()
    seen = voter.vote(hall.held.id, "1", level=1).data["answer"]["sequence"]
    newer = voter.vote(hall.held.id, "1", seen, level=3).data
    stale = voter.vote(hall.held.id, "1", seen, level=0)
    assert (stale.status, stale.data) == (409, newer)
    assert voter.get(hall.ballot).ballot["answers"]["tiny.1"]["level"] == 3
    assert [event.what for event in hall.store.events()].count("answer_refused") == 1


def test_two_tabs_may_fill_in_different_parts(hall: Hall) -> None:
    voter = hall.voter()
    seen = voter.vote(hall.held.id, "1", level=1).data["answer"]["sequence"]
    voter.vote(hall.held.id, "1", seen, level=2)
    both = voter.vote(hall.held.id, "1", seen, comment="理由")
    assert (both.status, both.data["answer"]["level"], both.data["answer"]["comment"]) == (200, 2, "理由")


def test_phone_and_laptop_of_one_person_go_on_with_the_same_ballot(hall: Hall) -> None:
    """F16."""
    phone, laptop = hall.voter(), hall.device()
    phone.vote(hall.held.id, "1", level=1)
    made = phone.send(f"{hall.ballot}/device", {})
    assert made.status == 200
    assert made.headers["cache-control"] == "no-store"
    address = made.data["address"]
    assert address.startswith("http://192.0.2.10:8501/j/")
    assert made.data["qr"].startswith("data:image/svg+xml")
    link = address.removeprefix("http://192.0.2.10:8501")
    assert JA("ballot.join.beside") in laptop.get(link).text
    shown = laptop.join(link, beside="1").ballot
    assert shown["answers"]["tiny.1"]["level"] == 1
    assert shown["seat"] == phone.get(hall.ballot).ballot["seat"]
    seen = shown["answers"]["tiny.1"]["sequence"]
    assert laptop.vote(hall.held.id, "1", seen, level=3).status == 200
    assert phone.vote(hall.held.id, "1", seen, level=0).status == 409
    assert phone.get(hall.ballot).ballot["answers"]["tiny.1"]["level"] == 3
    assert hall.device().get(link).status == 410
    hall.reveal()
    assert len(hall.votes()) == 1


def test_who_moves_to_another_device_is_alone_there(hall: Hall) -> None:
    """Whoever opened somebody's link first, and hands on a link to "another device", reads nothing of what is answered there."""
    spy, person = hall.device(), hall.device()
    spy.join(hall.invite("佐藤"))
    spy.vote(hall.held.id, "1", level=1)
    links = [
        spy.send(f"{hall.ballot}/device", {}).data["address"].removeprefix("http://192.0.2.10:8501")
        for _ in range(2)
    ]
    assert person.join(links[0]).ballot["answers"]["tiny.1"]["level"] == 1
    person.vote(hall.held.id, "1-1", level=3)
    assert [spy.get(hall.ballot).status, spy.get(f"{hall.ballot}/phase").status] == [401, 401]
    assert spy.vote(hall.held.id, "1", level=0).status == 401
    assert hall.device().get(links[1]).status == 410
    assert spy.get(links[1]).status == 410


def test_a_seat_of_another_round_opens_nothing_under_this_ones_name(hall: Hall) -> None:
    here, there = hall.voter(), hall.device()
    there.cookies[f"dx-{'0' * 32}"] = here.cookies[f"dx-{hall.held.id}"]
    other = f"/b/{'0' * 32}"
    replies = [
        there.get(other),
        there.get(f"{other}/phase"),
        there.get(f"{other}/role"),
        there.post(f"{other}/role", {"role": "management"}),
        there.send(f"{other}/device", {}),
        there.vote("0" * 32, "1", level=2),
    ]
    assert [reply.status for reply in replies] == [401] * 6
    assert hall.rows() == 0


def test_the_link_for_another_device_speaks_the_language_of_the_page(hall: Hall) -> None:
    assert hall.voter().send(f"{hall.ballot}/device?lang=en", {}).data["address"].endswith("?lang=en")


def test_a_role_may_be_chosen_again_before_the_first_answer_and_not_after_it(hall: Hall) -> None:
    """F20."""
    voter = hall.voter(role="it")
    offered = voter.get(f"{hall.ballot}/role")
    assert 'value="it" required checked' in offered.text
    assert voter.post(f"{hall.ballot}/role", {"role": "management"}).headers["location"] == hall.ballot
    assert hall.store.respondents(hall.held.id)[1].role == "management"
    assert voter.post(f"{hall.ballot}/role", {"role": "king"}).status == 404
    voter.vote(hall.held.id, "1", level=1)
    fixed = voter.post(f"{hall.ballot}/role", {"role": "it"})
    assert fixed.status == 409
    assert JA("error.RoleFixed") in fixed.text
    assert f'href="{hall.ballot}"' in fixed.text
    assert voter.get(f"{hall.ballot}/role").body == fixed.body
    assert hall.store.respondents(hall.held.id)[1].role == "management"


def test_of_a_person_taken_out_the_next_tap_is_refused(hall: Hall) -> None:
    """F20."""
    voter = hall.voter()
    voter.vote(hall.held.id, "1", level=1)
    remove_person(hall.store, hall.held, hall.store.respondents(hall.held.id)[1].id)
    told = voter.vote(hall.held.id, "2", level=1)
    assert (told.status, told.data["error"]) == (401, JA("error.SeatEnded"))
    assert [
        voter.get(hall.ballot).status,
        voter.get(f"{hall.ballot}/phase").status,
        voter.send(f"{hall.ballot}/device", {}).status,
    ] == [401] * 3


@pytest.mark.parametrize(
    ("when", "said"), [("talk", "VoteOver"), ("done", "VoteOver"), ("closed", "VoteOver")]
)
def test_after_the_reveal_and_after_the_end_a_vote_is_refused_with_a_sentence(
    hall: Hall, when: str, said: str
) -> None:
    voter = hall.voter()
    voter.vote(hall.held.id, "1", level=1)
    hall.reveal()
    if when == "done":
        hall.vote_again()
        hall.reveal()
    if when == "closed":
        hall.close()
    late = voter.vote(hall.held.id, "2", level=1)
    assert (late.status, late.data["error"]) == (410, JA(f"error.{said}"))
    assert voter.get(f"{hall.ballot}/phase").data["phase"] == when
    shown = voter.get(hall.ballot).ballot
    assert (shown["phase"], shown["ballot"], shown["items"]) == (when, None, [])
    assert hall.rows() == 1


def test_before_the_vote_is_opened_a_ballot_waits(house: House) -> None:
    hall = new_hall(house, opened=False)
    voter = hall.voter()
    assert voter.get(hall.ballot).ballot["phase"] == "soon"
    early = voter.vote(hall.held.id, "1", level=1)
    assert (early.status, early.data["error"]) == (410, JA("error.VoteNotOpen"))
    open_workshop(hall.store, hall.held)
    assert voter.get(f"{hall.ballot}/phase").data["phase"] == "first"
    assert voter.vote(hall.held.id, "1", level=1).status == 200


def test_a_second_vote_asks_what_it_asks_and_shows_the_own_first(hall: Hall) -> None:
    voter = hall.voter()
    voter.vote(hall.held.id, "1", level=1, comment="はじめ")
    hall.reveal()
    hall.vote_again("1", "2")
    shown = voter.get(hall.ballot).ballot
    assert [item["code"] for item in shown["items"]] == ["1", "2"]
    assert [item["first"] and item["first"]["level"] for item in shown["items"]] == [1, None]
    assert (shown["ballot"], shown["answers"]) == ("second", {})
    again = voter.send(f"{hall.ballot}/votes", vote("1", {"state": "answered", "level": 2}, ballot="second"))
    assert again.status == 200
    other = voter.send(f"{hall.ballot}/votes", vote("2-1", {"level": 2}, ballot="second"))
    assert (other.status, other.data["error"]) == (422, JA("error.VoteNotAsked", indicator="tiny.2-1"))


def test_a_first_vote_that_comes_during_the_second_is_late_and_no_second_vote(hall: Hall) -> None:
    voter = hall.voter()
    hall.reveal()
    hall.vote_again()
    late = voter.vote(hall.held.id, "1", level=2)
    assert (late.status, late.data["error"]) == (410, JA("error.VoteOver"))
    assert hall.rows() == 0


# -- what does not fit


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"null", 422),
        (b"[" * 90_000, 422),
        (b'{"a":' * 15_000, 422),
        (b"1" * 90_000, 422),
        (b"\xff\xfe", 422),
        (json.dumps(vote("1", {"level": float("nan")})).encode(), 422),
        (json.dumps(vote("1", {"level": True})).encode(), 422),
        (json.dumps(vote("1", {"level": "2"})).encode(), 422),
        (json.dumps(vote("1", {"level": 4})).encode(), 422),
        (json.dumps(vote("1", {"level": -1})).encode(), 422),
        (json.dumps(vote("1", {"level": 1.5})).encode(), 422),
        (json.dumps(vote("1", {"level": 2**70})).encode(), 422),
        (json.dumps(vote("1", {"level": 10**400})).encode(), 422),
        (json.dumps(vote("1", {"level": 1e308})).encode(), 422),
        (json.dumps(vote("1", {"state": "not_applicable"})).encode(), 422),
        (json.dumps(vote("1", {"reason": "none-of-these"})).encode(), 422),
        (json.dumps(vote("9", {"level": 1})).encode(), 422),
        (json.dumps(vote("q-days", {"level": 1})).encode(), 422),
        (json.dumps(vote("1", {"comment": "a\x00b"})).encode(), 422),
        (json.dumps(vote("1", {"comment": "a\x07b"})).encode(), 422),
        (json.dumps(vote("1", {"comment": "a\ud800b"})).encode(), 422),
        (json.dumps(vote("1", {"comment": "a\ufffeb"})).encode(), 422),
        (json.dumps(vote("1", {"comment": "あ" * (TEXT_LIMIT + 1)})).encode(), 422),
        (json.dumps(vote("1", {"comment": "x" * 10_000})).encode(), 422),
        (json.dumps(vote("1", {"comment": "x" * 100_000})).encode(), 413),
        (b" " * 100_001, 413),
    ],
)
def test_what_is_no_vote_is_refused_with_a_sentence_and_nothing_is_written(
    hall: Hall, body: bytes, status: int
) -> None:
    voter = hall.voter()
    refused = voter.send(f"{hall.ballot}/votes", body)
    assert refused.status == status
    assert refused.data["error"].endswith("。")
    assert hall.rows() == 0
    assert voter.vote(hall.held.id, "1", level=2).status == 200


def test_a_sequence_that_is_somebody_elses_tells_nothing(hall: Hall) -> None:
    """The other's vote is no base of mine: it is as if I had seen nothing."""
    one, two = hall.voter("一人目"), hall.voter("二人目")
    theirs = one.vote(hall.held.id, "1", level=3, comment="秘密").data["answer"]["sequence"]
    mine = two.vote(hall.held.id, "1", theirs, target=1)
    assert (mine.status, mine.data["answer"]["level"], mine.data["answer"]["comment"]) == (200, None, "")


@pytest.mark.parametrize("kind", ["text/plain", FORM, "", "application/json5", "multipart/form-data"])
def test_a_vote_sent_as_a_form_of_another_site_could_is_not_understood(hall: Hall, kind: str) -> None:
    voter = hall.voter()
    sent = voter.send(f"{hall.ballot}/votes", vote("1", {"level": 2}), content_type=kind)
    assert (sent.status, hall.rows()) == (422, 0)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://192.0.2.10:8501.evil.example"])
def test_what_a_page_of_another_site_sends_is_refused_at_the_door(hall: Hall, origin: str) -> None:
    """F61."""
    voter = hall.voter()
    assert (
        voter.send(f"{hall.ballot}/votes", vote("1", {"level": 2, "state": "answered"}), origin=origin).status
        == 403
    )
    assert hall.device().post(hall.link, {"role": "it", "name": "田中"}, origin=origin).status == 403
    assert hall.rows() == 0
    own = "http://192.0.2.10:8501"
    assert voter.send(f"{hall.ballot}/votes", vote("1", {"level": 2}), origin=own).status == 200


def test_a_form_larger_than_any_form_is_refused(hall: Hall) -> None:
    assert hall.device().post(hall.link, {"name": "x" * routes.LARGEST_FORM}).status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_ways_to_ask_are_not_known(hall: Hall, method: str) -> None:
    assert hall.voter().ask(method, hall.ballot).status == 405
    assert hall.voter().get(f"{hall.ballot}/votes").status == 405
    assert hall.voter().get(f"{hall.ballot}/unknown").status == 404


TEXTS = [
    "<script>alert(1)</script></script><!--",
    "**太字** [x](javascript:alert(1)) | a | b |",
    "=HYPERLINK(\"http://evil.example\")",
    "\u202eelpoep\u202c \u200b\u200d\ufeff",
    "👩‍👩‍👧‍👦 𠮷野家 e\u0301",
    "Z\u0351\u036b\u0343a\u0363\u034al\u034ag\u0312o",
    "一行目\n\n三行目\tタブ",
    "あ" * TEXT_LIMIT,
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_comment_is_kept_as_it_was_written_and_is_text_everywhere(hall: Hall, text: str) -> None:
    voter, kept = hall.voter(), unicodedata.normalize("NFC", text)
    assert voter.vote(hall.held.id, "1", level=2, comment=text).data["answer"]["comment"] == kept
    page = voter.get(hall.ballot)
    assert page.ballot["answers"]["tiny.1"]["comment"] == kept
    assert "<script>alert" not in page.text
    hall.reveal()
    assert hall.votes()["田中", "1"].comment == kept


# -- headers, languages, trouble


def test_no_answer_about_a_person_is_kept_by_a_browser_or_shown_in_a_frame(hall: Hall) -> None:
    voter = hall.voter()
    for reply in (voter.get(hall.ballot), hall.device().get(hall.link), voter.get(f"{hall.ballot}/phase")):
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["x-content-type-options"] == "nosniff"
    policy = voter.get(hall.ballot).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "gzip;q=0, br", ""])
def test_a_ballot_goes_out_compressed_where_the_browser_takes_it_and_is_the_same(
    hall: Hall, accepted: str
) -> None:
    voter = hall.voter()
    plain, packed = voter.get(hall.ballot), voter.get(hall.ballot, accept_encoding=accepted)
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) == len(packed.body)
    if accepted in ("gzip;q=0, br", ""):
        assert "content-encoding" not in packed.headers
        assert packed.body == plain.body
    else:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body) / 2


def test_script_and_style_sheet_are_kept_for_good_and_other_names_not_found(hall: Hall) -> None:
    page = hall.device().get(hall.link).text
    name = page.split('rel="stylesheet" href="')[1].partition('"')[0]
    sheet = hall.device().get(name)
    assert (sheet.status, sheet.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in sheet.headers["cache-control"]
    assert hall.device().get("/static-ballot/page.py").status == 404


def test_the_language_of_the_address_is_spoken_and_kept(hall: Hall) -> None:
    device = hall.device()
    page = device.get(f"{hall.link}?lang=en")
    assert EN("ballot.join.button") in page.text
    joined = device.post(f"{hall.link}?lang=en", {"role": "it", "name": "Abe"})
    assert joined.headers["location"] == f"{hall.ballot}?lang=en"
    shown = device.get(f"{hall.ballot}?lang=en").ballot
    assert shown["words"]["cannot_say"] == EN("ballot.phone.cannot_say")
    assert all(shown[name].endswith("?lang=en") for name in ("look", "votes", "device"))
    assert hall.device().get(f"{hall.ballot}?lang=xx").text.count('lang="ja"') == 1


def test_when_the_disk_is_full_the_room_is_told_to_wait_and_nothing_of_the_machine(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, printed: list[str]
) -> None:
    def full(*_: object, **__: object) -> object:
        raise DiskFull(place="/home/host/secret.sqlite")

    voter = hall.voter()
    monkeypatch.setattr(Store, "cast", full)
    told = voter.vote(hall.held.id, "1", level=2, comment="秘密の理由")
    assert (told.status, told.data["error"]) == (503, JA("ballot.trouble.storage"))
    assert "/home" not in told.text
    assert any("/home/host/secret.sqlite" in line for line in printed)
    assert not any("秘密の理由" in line for line in printed)


def test_a_fault_of_the_program_is_told_without_its_inside(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, printed: list[str]
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise RuntimeError("inside")

    voter = hall.voter()
    monkeypatch.setattr(Store, "cast", broken)
    told = voter.vote(hall.held.id, "1", level=2)
    assert (told.status, told.data) == (500, {"error": JA("ballot.trouble.unexpected")})
    assert any("inside" in line for line in printed)


def test_no_token_and_no_vote_is_ever_logged_or_kept_in_clear(hall: Hall, printed: list[str]) -> None:
    """F57, F63; in the running program `tests/faults/test_ballot.py` looks once more."""
    link, device = hall.invite("佐藤"), hall.device()
    device.join(link)
    device.vote(hall.held.id, "1", level=2, comment="ここだけの話")
    device.send(f"{hall.ballot}/votes", b"{")
    other = device.send(f"{hall.ballot}/device", {}).data["address"]
    hall.device().get(f"{link}x")
    secrets = [link[3:], hall.link[3:], other.rpartition("/")[2], *device.cookies.values()]
    assert len(secrets) == 4
    said = "\n".join(printed)
    assert not [secret for secret in secrets if secret in said]
    assert "ここだけの話" not in said
    place = Path(application().database.place)
    kept = b"".join(path.read_bytes() for path in place.parent.glob(f"{place.name}*"))
    assert not [secret for secret in secrets if secret.encode() in kept]
