"""The door by itself: what is let in, with which key, from which name and which site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from dxassess.settings import Settings
from dxassess.ui.answers import AnswerHeaders, Page
from dxassess.ui.attempts import PLACES, Attempts, neighbourhood
from dxassess.ui.content_policy import page_policy
from dxassess.ui.door import ALL, EACH, Door
from dxassess.ui.foreign import is_own_name, is_own_page
from dxassess.ui.host_key import HostKey, host_key
from dxassess.ui.inline_scripts import inline_scripts
from dxassess.ui.routes import BALLOT, is_ballot, own_routes
from tests.protocol.loop import run

HERE = "192.168.1.20:8501"
KEY = HostKey(port=8501)
COOKIE = KEY.cookie(secure=False).partition(";")[0]


def settings(**values: Any) -> Settings:
    return Settings("x.sqlite", Path("backups"), Path("indicators"), **{"host": "0.0.0.0", **values})


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers, text. A websocket gives 101 when it was let in, else its close code."""

    status: int
    headers: Mapping[str, str]
    text: str


async def inner(scope: Any, receive: Any, send: Any) -> None:
    """Whatever stands behind the door: it says what it was asked."""
    if scope["type"] == "websocket":
        seen = dict(scope["headers"]).get(b"origin", b"none")
        await send({"type": "websocket.accept", "headers": [(b"x-origin", seen)]})
        return
    headers = [(b"content-type", b"text/html"), (b"x-encoding", dict(scope["headers"]).get(b"accept-encoding", b"none"))]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'<html lang="en">' + scope["path"].encode()})


def knock(
    address: str,
    *,
    key: HostKey | None = KEY,
    method: str = "GET",
    kind: str = "http",
    place: str = "192.168.1.99",
    door: Any = None,
    known: Settings | None = None,
    **headers: str,
) -> Answer:
    """Ask for an address as it is written; headers by name, `_` for `-`."""
    raw, _, query = address.partition("?")
    given = {"host": HERE, **headers}
    scope = {
        "type": kind,
        "method": method,
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
        "client": (place, 50000),
    }
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    app = AnswerHeaders(door or Door(Page(inner, "ja"), known or settings(), key), "default-src 'self'")
    run(app(scope, receive, send))
    found: dict[str, str] = {}
    for name, value in sent[0].get("headers", []):
        found[name.decode()] = "\n".join(filter(None, (found.get(name.decode()), value.decode())))
    if kind == "websocket":
        return Answer(101 if sent[0]["type"] == "websocket.accept" else sent[0]["code"], found, "")
    return Answer(
        sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]).decode()
    )


GUARDED = [
    *("/", "/answering", "/catalogues", "/result?org=1", "/static/js/index.js", "/static/media/font.woff2", "/media/abc.png"),
    *("/_stcore/host-config", "/_stcore/upload_file/a/b", "/_stcore/script-health-check", "/app/static/x"),
    *("/component/x/index.html", "/_stcore/bidi-components/x", "/favicon.png", "/manifest.json"),
]  # fmt: skip
TRICKS = [
    *("//j/x", "///b/x", "/./j/x", "/j/../result", "/j/..", "/j/../", "/b/./x", "/j//x", "/j/x//", "/j/", "/b/"),
    *("/j", "/b", "/j/%2e%2e/result", "/j/..%2fresult", "/j/%2E%2E%2Fresult", "/%6a/x", "/j%2fx", "/j%2Fx", "/j/%00"),
    *("/J/x", "/B/x", "/Static-Ballot/x.js", "/j/x%20y", "/j/x\\..\\result", "/j\\x", "/j/ｘ", "/jx/y", "/bb/x", "/j;/x"),
    *("/result/j/x", "/result?/j/x", "/_stcore/health/", "/_stcore/health/x", "/_stcore/%68ealth", "//_stcore/health"),
    *("/_STCORE/health", "/b/x/../../result", "/j/x;/../result", "/j/.hidden", "/_stcore/health%2f..%2fhost-config"),
]  # fmt: skip


@pytest.mark.parametrize("address", [*GUARDED, *TRICKS])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_everything_but_a_ballot_asks_for_the_key(address: str, method: str) -> None:
    refused = knock(address, method=method)
    assert refused.status == 403
    assert refused.headers["cache-control"] == "no-store"
    if method == "GET":
        assert "このページは、進行役の鍵で開きます" in refused.text
        assert "This page opens with the host’s key" in refused.text


@pytest.mark.parametrize("address", GUARDED)
def test_with_the_key_all_of_it_opens(address: str) -> None:
    assert knock(address, cookie=f"other=1; {COOKIE}; more=2").status == 200


@pytest.mark.parametrize("address", ["/j/Ab_-9", "/b/0f3a", "/b/0f3a/save", "/static-ballot/ballot.js"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_ballot_needs_no_key(address: str, method: str) -> None:
    assert knock(address, method=method, origin=f"http://{HERE}").status == 200


def test_the_health_check_needs_no_key_but_only_to_look() -> None:
    assert [knock("/_stcore/health", method=method).status for method in ("GET", "HEAD", "PUT")] == [
        *(200, 200),
        403,
    ]


@pytest.mark.parametrize("address", ["/_stcore/stream", "/j/x", "/b/x", "/_stcore/health"])
def test_a_websocket_always_needs_the_key(address: str) -> None:
    assert knock(address, kind="websocket").status == 1008
    assert knock(address, kind="websocket", cookie=COOKIE[:-1]).status == 1008
    assert knock(address, kind="websocket", cookie=COOKIE).status == 101


def test_a_link_with_the_key_becomes_a_cookie_and_leaves_the_address() -> None:
    opened = knock(f"/result?org=7&key={KEY.secret}&lang=en&note=a%26b")
    assert (opened.status, opened.headers["location"]) == (303, "/result?org=7&lang=en&note=a%26b")
    cookie, mark = opened.headers["set-cookie"].splitlines()
    assert cookie == f"{COOKIE}; Path=/; HttpOnly; SameSite=Strict"
    assert "SameSite=Lax; Max-Age=20" in mark
    assert opened.headers["cache-control"] == "no-store"
    assert KEY.secret not in str(opened)
    assert KEY.secret not in COOKIE


def test_who_came_by_a_link_of_another_site_is_let_in_at_a_second_look_and_only_then() -> None:
    mark = KEY.mark().partition(";")[0]
    led_on = knock("/result?org=7", cookie=mark)
    assert (led_on.status, led_on.headers["refresh"]) == (403, "0; url=/result?org=7")
    assert led_on.headers["set-cookie"].startswith(mark) and led_on.headers["set-cookie"].endswith(
        "Max-Age=0"
    )
    assert "refresh" not in knock("/result?org=7").headers
    assert "refresh" not in knock("/?key=x", cookie=mark).headers
    assert knock("/_stcore/stream", kind="websocket", cookie=mark).status == 1008


def test_behind_a_proxy_that_speaks_https_the_cookie_stays_there() -> None:
    assert KEY.cookie(secure=True).endswith("; Secure")


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "/%5Cevil.example", "/%2fevil.example"]
)
def test_the_key_never_leads_to_another_host(path: str) -> None:
    assert knock(f"{path}?key={KEY.secret}").headers["location"] == "/evil.example"


@pytest.mark.parametrize(
    "wrong", ["", "x", KEY.secret[:-1], f"{KEY.secret}x", KEY.secret.swapcase(), "%00", "鍵", "%ff%fe"]
)
def test_any_other_key_does_not_open(wrong: str) -> None:
    refused = knock(f"/?key={wrong}")
    assert refused.status == 403
    assert "この鍵では開けません" in refused.text
    assert "set-cookie" not in refused.headers
    assert not KEY.opens(wrong)


def test_the_key_of_a_link_is_taken_from_nothing_but_a_link() -> None:
    assert knock(f"/?key={KEY.secret}", method="POST").status == 403
    assert knock(f"/_stcore/stream?key={KEY.secret}", kind="websocket").status == 1008
    assert knock("/", cookie=f"{KEY.cookie_name}={KEY.secret}").status == 403
    assert knock("/", authorization=f"Bearer {KEY.secret}", x_key=KEY.secret).status == 403


def test_an_old_link_in_a_browser_that_was_let_in_leads_on() -> None:
    assert knock("/result?key=old", cookie=COOKIE).headers["location"] == "/result"


def test_a_key_for_the_browser_opens_a_single_time() -> None:
    key = HostKey()
    once = key.once()
    assert (key.opens(once), key.opens(once), key.opens(""), key.opens(key.secret)) == (
        True,
        False,
        False,
        True,
    )


def test_the_key_is_fresh_long_and_told_by_nothing_but_itself() -> None:
    one, other = HostKey(), HostKey()
    assert one.secret != other.secret
    assert len(one.secret) == 43
    assert one.secret not in repr(one) + str(one) + f"{one!r}"
    assert "stable-key" not in repr(settings(host_key="stable-key"))


def test_a_key_is_asked_for_as_soon_as_others_can_reach_the_program() -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.2", "LOCALHOST"):
        assert host_key(settings(host=host)) is None
    for host in ("0.0.0.0", "::", "192.168.1.20", "meeting-pc", "10.0.0.1", "fe80::1"):
        assert host_key(settings(host=host)) is not None
    assert host_key(settings(host="127.0.0.1", public_address="https://dx.example.com")) is not None


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "127.0.0.1", "localhost.:9"])  # fmt: skip
def test_on_this_machine_alone_its_own_names_open_without_a_key(host: str) -> None:
    assert knock("/", key=None, known=settings(host="127.0.0.1"), host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example", "evil@127.0.0.1:8501", "127.0.0.1@evil"),
        *("192.168.1.20:8501", "", "127.0.0.1:x", "[::1", "2130706433", "127.1/evil", "localhost#evil", "evil.example#localhost"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/", "/static/js/index.js", "/_stcore/health", "/j/x"])
def test_on_this_machine_alone_another_name_is_refused(host: str, address: str) -> None:
    refused = knock(address, key=None, known=settings(host="127.0.0.1"), host=host)
    assert refused.status == 403
    assert "このアドレスでは開けません" in refused.text
    assert knock("/_stcore/stream", kind="websocket", key=None, host=host).status == 1008


FOREIGN = ["http://evil.example", "null", "http://192.168.1.20:3000", "file://", "http://192.168.1.20:8501.evil.example", "http://evil@192.168.1.20:8501", "", "chrome-extension://abc"]  # fmt: skip


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_changes_nothing(origin: str) -> None:
    assert knock("/_stcore/stream", kind="websocket", cookie=COOKIE, origin=origin).status == 1008
    for address in ("/_stcore/upload_file/a/b", "/b/x", "/j/x"):
        refused = knock(address, method="POST", cookie=COOKIE, origin=origin)
        assert refused.status == 403
        assert "ほかのサイトから" in refused.text


def test_a_page_of_another_port_of_this_machine_is_another_site() -> None:
    known = settings(host="127.0.0.1")
    for origin, status in (("http://127.0.0.1:3000", 1008), ("http://127.0.0.1:8501", 101), ("http://localhost:8501", 1008)):  # fmt: skip
        found = knock("/_stcore/stream", kind="websocket", key=None, known=known, host="127.0.0.1:8501", origin=origin)  # fmt: skip
        assert found.status == status


def test_streamlit_never_sees_where_a_websocket_came_from_because_it_would_ask_outside_for_our_address() -> (
    None
):
    behind = settings(host="127.0.0.1", public_address="https://dx.example.com")
    for host, origin in ((HERE, f"http://{HERE}"), ("127.0.0.1:8501", "https://dx.example.com")):
        let_in = knock(
            "/_stcore/stream", kind="websocket", known=behind, cookie=COOKIE, host=host, origin=origin
        )
        assert let_in.headers["x-origin"] == "none"


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/agent/interact", "/_stcore/agent"]
)
def test_what_nobody_needs_is_closed_for_everybody(path: str) -> None:
    assert [knock(path, cookie=COOKIE, method=method).status for method in ("GET", "POST")] == [404, 404]


def test_who_tries_many_keys_is_told_to_wait_and_nobody_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dxassess.ui.door.HOLD_SECONDS", 0)
    door = Door(inner, settings(), KEY)
    tries = [knock(f"/?key={n}", door=door, place="10.0.0.9").status for n in range(100)]
    assert tries == [403] * EACH + [429] * (100 - EACH)
    waiting = knock("/?key=x", door=door, place="10.0.0.9")
    assert waiting.headers["retry-after"] == "60"
    assert "休んでいます" in waiting.text
    assert "鍵の付いたリンク" in waiting.text
    assert knock("/?key=x", door=door, place="10.0.0.8").status == 403
    assert knock("/", door=door, place="10.0.0.9").status == 403
    assert knock("/", door=door, place="10.0.0.9", cookie=COOKIE).status == 200
    assert knock(f"/?key={KEY.secret}", door=door, place="10.0.0.9").status == 303


def test_a_wrong_cookie_is_a_try_as_well() -> None:
    door = Door(inner, settings(), KEY)
    tries = [knock("/", door=door, cookie=f"{KEY.cookie_name}={n}").status for n in range(EACH + 1)]
    assert tries[-2:] == [403, 429]


def test_many_places_together_are_limited_and_only_so_many_are_remembered() -> None:
    now = [0.0]
    attempts = Attempts(EACH, ALL, clock=lambda: now[0])
    assert [attempts.too_many(f"10.0.{n // 250}.{n % 250}") for n in range(ALL + 1)] == [False] * ALL + [True]
    for n in range(2 * PLACES):
        attempts.too_many(f"10.1.{n // 250}.{n % 250}")
    assert len(attempts._wrong) == PLACES
    now[0] = 61.0
    assert not attempts.too_many("10.0.0.1")


def test_a_household_with_many_addresses_is_one_place() -> None:
    assert (
        neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:2") != neighbourhood("2001:db8:0:1::1")
    )
    assert neighbourhood("::ffff:10.0.0.1") == neighbourhood("10.0.0.1") == "10.0.0.1"
    assert neighbourhood("unix") == "unix"


def test_the_way_back_in_carries_no_key_and_nothing_of_it_is_html() -> None:
    refused = knock('/result?org="><script>alert(1)</script>&key=x')
    assert 'href="/result?org=%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E"' in refused.text
    assert "<script" not in refused.text
    assert "key=x" not in refused.text


def test_the_language_of_the_settings_comes_first() -> None:
    assert knock("/", known=settings(language="en")).text.startswith('<!doctype html><html lang="en">')
    assert knock("/").text.index("鍵") < knock("/").text.index("host’s key")


def test_every_answer_carries_the_headers_and_a_route_may_say_more() -> None:
    for answer in (knock("/"), knock("/", cookie=COOKIE), knock("/_stcore/metrics"), knock("/j/x")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert knock("/", cookie=COOKIE).headers["referrer-policy"] == "no-referrer"
    assert knock("/j/x").headers["referrer-policy"] == "same-origin"
    policies = [knock(address, **more).headers["content-security-policy"] for address, more in (("/", {}), ("/j/x", {}), ("/", {"cookie": COOKIE}))]  # fmt: skip
    assert policies[0].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert policies[1].startswith("default-src 'none'; script-src 'self'")
    assert policies[2] == f"default-src 'self'; connect-src 'self' ws://{HERE} wss://{HERE}"


@pytest.mark.parametrize("host", ["x; script-src *", "a b", "", "evil.example, x", "[::1", "x:y", "é"])
def test_a_host_header_writes_nothing_into_the_policy(host: str) -> None:
    assert (
        knock("/", cookie=COOKIE, host=host).headers["content-security-policy"].endswith("connect-src 'self'")
    )


def test_the_policy_knows_our_scripts_and_no_other_inline_ones() -> None:
    policy = page_policy()
    scripts = list(inline_scripts())
    assert len(scripts) >= 3
    assert "window.prerenderReady" in scripts[0]
    assert policy.count("'sha256-") == len(set(scripts))
    assert "'unsafe-inline'" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
    assert [word for word in ("'unsafe-eval'", "http:", "https:", "*") if word in policy] == []


def test_a_page_says_its_language_and_asks_for_itself_unpacked() -> None:
    def asked(address: str) -> tuple[str, str]:
        found = knock(address, cookie=COOKIE, accept_encoding="gzip")
        return found.text[:16], found.headers["x-encoding"]

    assert asked("/result?org=1") == ('<html lang="ja">', "none")
    assert asked("/result?lang=en") == ('<html lang="en">', "none")
    assert asked("/static/js/x.js") == ('<html lang="en">', "gzip")
    assert asked("/b/x") == ('<html lang="en">', "gzip")


def test_a_ballots_path_is_one_place_in_the_program() -> None:
    assert [f"{route.path}/" for route in own_routes()] == list(BALLOT)
    assert not is_ballot({"type": "http", "path": "/j/x"})


@pytest.mark.parametrize(("name", "own"), [("localhost", True), ("127.8.8.8:1", True), ("dx.example.com", False), ("0.0.0.0:8501", False)])  # fmt: skip
def test_names_of_this_machine(name: str, own: bool) -> None:
    assert is_own_name(name) is own


def test_usual_ports_may_be_left_out() -> None:
    assert is_own_page("https://dx.example.com", "dx.example.com:443", "")
    assert is_own_page("http://dx.example.com:80", "DX.example.com", "")
    assert not is_own_page("http://dx.example.com", "dx.example.com:443", "")
