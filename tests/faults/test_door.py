"""F60–F63: the running program, listening beyond this machine: every way in is tried without the key, and with it."""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from dxassess.text import Words
from dxassess.ui.door import EACH
from dxassess.ui.shell import PAGE_NAMES
from tests.bench.company import Company, build
from tests.protocol.loop import run
from tests.protocol.program import Program, dxassess, free_port
from tests.protocol.raw import Raw, ask
from tests.protocol.tab import Tab

WRONG_KEYS = 1000
GUESSERS = 40
CLICKS = 200
DOOR = "このページは、進行役の鍵で開きます".encode()
PAGES = ["/", *(f"/{name}" for name in PAGE_NAMES[1:])]
OTHERS = [
    *("/nowhere", "/index.html", "/favicon.png", "/manifest.json", "/media/0123.png", "/component/x/index.html"),
    *("/_stcore/host-config", "/_stcore/upload_file/a/b", "/_stcore/stream", "/_stcore/bidi-components/x/y.js"),
    *("/_stcore/script-health-check", "/app/static/x.js", "/j", "/b", "/J/x", "/j/../result", "/j/..%2fresult"),
    *("//j/x", "/j//x", "/./j/x", "/%6a/x", "/j/x%00", "/j/", "/b/", "http://127.0.0.1/result", "/j/x?y#/../../"),
]  # fmt: skip


@dataclass
class Room:
    """A program that the room can reach, and what it told its host."""

    program: Program
    company: Company
    key: str

    @property
    def port(self) -> int:
        return self.program.port

    def let_in(self) -> str:
        """The cookie of somebody who opened the host's link."""
        opened = ask(self.port, f"/?key={self.key}")
        assert (opened.status, opened.headers["location"]) == (303, "/")
        return opened.headers["set-cookie"].partition(";")[0]

    def ask(self, target: str, method: str = "GET", **headers: str) -> Raw:
        return ask(self.port, target, method, **headers)

    async def tab(self, cookie: str) -> Tab:
        tab = Tab(self.port, cookie=cookie)
        await tab.open("answering", org=self.company.organisation, round=self.company.running[0], item="4-1")
        return tab


async def visit(port: int) -> None:
    tab = Tab(port)
    await tab.open()
    await tab.close()


def opened(folder: Path, **environment: str) -> Iterator[Room]:
    company = build(folder, closed=0, running=1, answered=0)[0]
    program = dxassess(folder, company.database, DXASSESS_HOST="0.0.0.0", **environment)
    program.start()
    try:
        said = re.search(r"\?key=(\S+)", program.log.read_text("utf-8"))
        assert said
        yield Room(program, company, environment.get("DXASSESS_HOST_KEY") or said[1])
    finally:
        program.stop()


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Iterator[Room]:
    yield from opened(tmp_path_factory.mktemp("room"))


@pytest.mark.parametrize("target", [*PAGES, *OTHERS])
def test_without_the_key_every_page_and_file_tells_what_to_do(room: Room, target: str) -> None:
    refused = room.ask(target)
    assert refused.status in (403, 404)
    assert DOOR in refused.body or (refused.status == 404 and target.startswith("/j/"))
    assert b"<script" not in refused.body


def test_streamlits_own_files_need_the_key_too(room: Room) -> None:
    cookie = room.let_in()
    page = room.ask("/", cookie=cookie)
    files = re.findall(rb'(?:src|href)="\./([^"]+)"', page.body)
    assert len(files) > 20
    for file in files:
        if b"/agent/" not in file:
            assert room.ask(f"/{file.decode()}").status == 403
            assert room.ask(f"/{file.decode()}", cookie=cookie).status == 200


def test_with_the_key_every_page_opens_and_the_key_is_nowhere_in_it(room: Room) -> None:
    cookie = room.let_in()
    for target in PAGES:
        shown = room.ask(target, cookie=cookie)
        assert (shown.status, b'<div id="root">' in shown.body) == (200, True)
        assert room.key.encode() not in shown.body


def test_without_the_key_nothing_is_uploaded(room: Room) -> None:
    refused = room.ask("/_stcore/upload_file/a/b", "PUT", content_type="multipart/form-data; boundary=x")
    assert (refused.status, DOOR in refused.body) == (403, True)
    known = room.ask(
        "/_stcore/upload_file/a/b", "PUT", cookie=room.let_in(), content_type="multipart/form-data"
    )
    assert DOOR not in known.body


@pytest.mark.parametrize("forged", ["", "127.0.0.1", "127.0.0.1, 10.0.0.1"])
def test_without_the_key_no_websocket_opens_whatever_it_says_where_it_comes_from(
    room: Room, forged: str
) -> None:
    async def knock(**headers: str) -> int:
        try:
            async with connect(
                f"ws://127.0.0.1:{room.port}/_stcore/stream",
                subprotocols=["streamlit"],
                additional_headers={name.replace("_", "-"): value for name, value in headers.items()},
            ):
                return 101
        except InvalidStatus as refused:
            return int(refused.response.status_code)

    more = {"x_forwarded_for": forged, "x_real_ip": forged, "forwarded": f"for={forged}"} if forged else {}
    assert run(knock(**more)) == 403
    assert run(knock(cookie=f"dxassess_host_{room.port}=guess", **more)) == 403
    assert room.ask("/result", **more).status == 403
    assert run(knock(cookie=room.let_in(), **more)) == 101
    assert run(knock(cookie=room.let_in(), origin="http://evil.example")) == 403


def test_with_the_key_a_person_answers(room: Room) -> None:
    async def answer() -> None:
        tab = await room.tab(room.let_in())
        await tab.pick("level-4-1", 2)
        assert tab.chosen("level-4-1") == 2
        await tab.close()

    run(answer())


def test_a_path_under_a_ballot_leads_to_nothing_of_streamlits(room: Room) -> None:
    for target in ("/j/x", "/b/index.html", "/static-ballot/static/js/index.js", "/b/_stcore/host-config"):
        for cookie in ("", room.let_in()):
            found = room.ask(target, cookie=cookie)
            assert found.status in (401, 404)
            assert [
                word for word in (b'id="root"', b"allowedOrigins", b"prerenderReady") if word in found.body
            ] == []


def test_a_thousand_wrong_keys_are_refused_by_rate_and_nobody_else_waits_twice_as_long(room: Room) -> None:
    """F62. What is compared is the p95 of a click, the guessers on the same two cores as the server."""

    async def clicks() -> float:
        tab = await room.tab(room.let_in())
        taken = [(await tab.type("comment-4-1", f"{n}")).seconds for n in range(CLICKS)]
        await tab.close()
        return statistics.quantiles(taken, n=20)[-1]

    def guess(number: int) -> int:
        return room.ask(f"/?key=guess-{number}", x_forwarded_for=f"10.0.{number % 200}.1").status

    alone = run(clicks())
    with ThreadPoolExecutor(GUESSERS) as guessers:
        answers = guessers.map(guess, range(WRONG_KEYS))
        beside = run(clicks())
        refused = list(answers)
    assert refused.count(403) <= EACH
    assert refused.count(429) == WRONG_KEYS - refused.count(403)
    print(f"p95 of a click: {1000 * alone:.0f} ms alone, {1000 * beside:.0f} ms beside {WRONG_KEYS} guesses")
    assert room.ask("/?key=guess").status == 429
    assert room.ask(f"/?key={room.key}").status == 303
    assert beside <= max(2 * alone, 0.06)


def test_the_key_stands_once_in_what_was_printed_and_nothing_asked_for_is_logged(room: Room) -> None:
    room.ask(f"/result?key={room.key}")
    room.ask("/?key=this-is-wrong")
    printed = room.program.log.read_text("utf-8")
    assert printed.count(room.key) == 1
    assert room.let_in().partition("=")[2] not in printed
    assert [word for word in ("this-is-wrong", "/result", "guess-1", "Traceback") if word in printed] == []


def test_a_key_that_was_set_is_not_printed_and_survives_a_restart(tmp_path: Path) -> None:
    secret = "a-key-that-somebody-chose-for-the-whole-year"
    for room in opened(tmp_path, DXASSESS_HOST_KEY=secret):
        cookie = room.let_in()
        room.program.stop()
        room.program.start()
        assert room.ask("/", cookie=cookie).status == 200
        assert secret not in room.program.log.read_text("utf-8")
        assert Words("ja")("cli.key_set").strip() in room.program.log.read_text("utf-8")


def test_the_browser_is_opened_with_a_key_that_works_once_because_others_see_its_command_line(
    tmp_path: Path,
) -> None:
    seen, browser = tmp_path / "seen", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}.part\nmv {seen}.part {seen}\n')
    browser.chmod(0o755)
    port = free_port()
    command = [sys.executable, "-m", "dxassess", "--room", "--port", str(port)]
    own = {
        "DXASSESS_DATABASE_URL": str(tmp_path / "dx.sqlite"),
        "BROWSER": f"{browser} %s",
        "DISPLAY": ":99",
    }
    program = Program(command, tmp_path / "log", own, port)
    program.start()
    try:
        until = time.monotonic() + 20
        while not seen.exists() and time.monotonic() < until:
            time.sleep(0.1)
        address = seen.read_text().strip()
        assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/\?key=[\w-]{{43}}", address)
        assert address not in program.log.read_text("utf-8")
        target = address.removeprefix(f"http://127.0.0.1:{port}")
        assert [ask(port, target).status for _ in range(2)] == [303, 403]
    finally:
        program.stop()


def test_listening_on_this_machine_only_there_is_no_key_and_no_other_name(tmp_path: Path) -> None:
    program = dxassess(tmp_path)
    program.start()
    try:
        assert ask(program.port, "/").status == 200
        assert ask(program.port, "/", host="evil.example").status == 403
        assert ask(program.port, "/_stcore/health", host=f"evil.example:{program.port}").status == 403
        run(visit(program.port))
        assert "key=" not in program.log.read_text("utf-8")
    finally:
        program.stop()
