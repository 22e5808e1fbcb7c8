"""Streamlit's files go out compressed and are the same files: nothing else about an answer changes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from dxassess.ui import compression
from dxassess.ui.answers import Page
from dxassess.ui.compression import Compression, takes_gzip
from tests.protocol.asgi import Answer, ask
from tests.protocol.loop import run

STATIC = Path(file_util.get_static_dir())
SCRIPT = next((STATIC / "static" / "js").glob("PlotlyChart.*.js"))
STYLE = next((STATIC / "static" / "css").glob("index.*.css"))
FONT = next((STATIC / "static" / "media").glob("SourceSansVF-Upright*"))
JS, CSS, WOFF = (f"/static/{path.parent.name}/{path.name}" for path in (SCRIPT, STYLE, FONT))
GZIP = {"accept_encoding": "gzip, deflate"}


class Counting:
    """Streamlit's own files, and how often each was read."""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []
        self._files = Starlette(routes=create_streamlit_static_assets_routes(""))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.read.append((scope["method"], scope["path"]))
        await self._files(scope, receive, send)


@pytest.fixture
def files() -> Counting:
    return Counting()


@pytest.fixture
def packed(files: Counting) -> Iterator[Any]:
    yield Compression(Page(files, "ja"))


def get(app: Any, target: str, method: str = "GET", **headers: str) -> Answer:
    return run(ask(app, target, method, **headers))


@pytest.mark.parametrize(("target", "path"), [(JS, SCRIPT), (CSS, STYLE)])
def test_a_file_comes_smaller_and_is_the_same(packed: Any, target: str, path: Path) -> None:
    found = get(packed, target, **GZIP)
    assert (found.status, found.headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(found.body) == path.read_bytes()
    assert int(found.headers["content-length"]) == len(found.body) < path.stat().st_size / 3
    assert found.headers["vary"].lower() == "accept-encoding"
    assert found.headers["cache-control"].startswith("public, immutable")
    assert "accept-ranges" not in found.headers


@pytest.mark.parametrize("target", [JS, CSS, WOFF, "/favicon.png"])
def test_who_takes_no_gzip_gets_the_file_as_streamlit_sends_it(
    files: Counting, packed: Any, target: str
) -> None:
    plain, stock = get(packed, target), get(files, target)
    assert (plain.status, plain.body) == (200, stock.body)
    assert {**plain.headers, "vary": ""} == {**stock.headers, "vary": ""}
    assert target in (WOFF, "/favicon.png") or plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "target", [WOFF, "/favicon.png", "/media/0123.csv", "/_stcore/health", "/app/static/x.js"]
)
def test_pictures_fonts_and_everything_else_pass_as_they_are(
    files: Counting, packed: Any, target: str
) -> None:
    assert get(packed, target, **GZIP) == get(files, target, **GZIP)


def test_a_head_request_tells_of_the_same_answer_without_its_body(packed: Any) -> None:
    for target in (JS, "/", "/result"):
        head, whole = get(packed, target, "HEAD", **GZIP), get(packed, target, **GZIP)
        assert (head.status, head.body) == (200, b"")
        assert head.headers == whole.headers


def test_what_a_browser_has_is_not_sent_again_whichever_encoding_it_has(packed: Any) -> None:
    for target in (JS, "/"):
        strong = get(packed, target).headers["etag"]
        weak = get(packed, target, **GZIP).headers["etag"]
        assert weak == f"W/{strong}"
        for known in (strong, weak, f'"other", {weak}', "*"):
            again = get(packed, target, if_none_match=known, **GZIP)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["etag"] == weak
        assert get(packed, target, if_none_match='"other"', **GZIP).status == 200
        assert get(packed, target, if_modified_since="Wed, 01 Jan 2300 00:00:00 GMT", **GZIP).status == 304


def test_the_first_who_asks_with_a_condition_does_not_spoil_it_for_the_next(packed: Any) -> None:
    found = get(
        packed, JS, if_none_match='"other"', if_modified_since="Wed, 01 Jan 2300 00:00:00 GMT", **GZIP
    )
    assert gzip.decompress(found.body) == SCRIPT.read_bytes()


def test_a_part_of_a_file_is_a_part_of_the_file(packed: Any) -> None:
    part = get(packed, JS, range="bytes=100-199", **GZIP)
    assert (part.status, part.body) == (206, SCRIPT.read_bytes()[100:200])
    assert "content-encoding" not in part.headers
    assert part.headers["content-range"] == f"bytes 100-199/{SCRIPT.stat().st_size}"
    weak = get(packed, JS, **GZIP).headers["etag"]
    whole = get(packed, JS, range="bytes=100-199", if_range=weak, **GZIP)
    assert (whole.status, whole.body) == (200, SCRIPT.read_bytes())


def test_a_file_is_compressed_once_however_many_ask(files: Counting, packed: Any) -> None:
    async def forty() -> list[Answer]:
        return await asyncio.gather(*(ask(packed, JS, **GZIP) for _ in range(40)))

    answers = run(forty())
    assert files.read.count(("GET", JS)) == 1
    assert len({answer.body for answer in answers}) == 1
    assert gzip.decompress(answers[0].body) == SCRIPT.read_bytes()


def test_who_leaves_while_it_is_compressed_leaves_it_to_the_others(packed: Any) -> None:
    async def visit() -> Answer:
        first, second = (asyncio.create_task(ask(packed, JS, **GZIP)) for _ in range(2))
        while not packed._kept:
            await asyncio.sleep(0)
        await asyncio.sleep(0.05)
        first.cancel()
        await ask(packed, CSS, leaves=True, **GZIP)
        return await second

    assert gzip.decompress(run(visit()).body) == SCRIPT.read_bytes()
    assert gzip.decompress(get(packed, CSS, **GZIP).body) == STYLE.read_bytes()


def test_half_a_file_is_never_kept(files: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        async def cut(message: Any) -> None:
            await send({**message, "body": message["body"][:-1]} if "body" in message else message)

        await files(scope, receive, cut)

    app = Compression(broken)

    async def both() -> Answer:
        with pytest.raises(ConnectionError):
            await ask(app, JS, **GZIP)
        monkeypatch.setattr(app, "_app", files)
        return await ask(app, JS, **GZIP)

    assert gzip.decompress(run(both()).body) == SCRIPT.read_bytes()


def test_only_so_many_are_kept(packed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "MOST", 1)
    for target in (JS, CSS, JS):
        get(packed, target, **GZIP)
    assert len(packed._kept) == 1


@pytest.mark.parametrize(
    "target",
    [
        "/static/js/none.js",
        "/static/js/../../index.html",
        "/static//js/x.js",
        "/static/js/%2e%2e/x.js",
        "/result/",
    ],
)
def test_what_is_not_there_or_elsewhere_is_answered_as_before(
    files: Counting, packed: Any, target: str
) -> None:
    page = Page(files, "ja")
    found, stock = get(packed, target, **GZIP), get(page, target, **GZIP)
    body = gzip.decompress(found.body) if found.headers.get("content-encoding") else found.body
    assert (found.status, body) == (stock.status, stock.body)
    assert found.headers.get("location") == stock.headers.get("location")
    assert files.read.count(("POST", target)) == 0


def test_another_method_is_streamlits_matter(files: Counting, packed: Any) -> None:
    assert get(packed, JS, "POST", **GZIP).status == get(files, JS, "POST").status == 405


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_says_its_language_and_asks_for_no_font_nobody_sees(packed: Any, language: str) -> None:
    plain = get(packed, f"/result?lang={language}")
    found = get(packed, f"/result?lang={language}", **GZIP)
    assert gzip.decompress(found.body) == plain.body
    assert len(plain.body) == int(plain.headers["content-length"])
    assert f'<html lang="{language}">'.encode() in plain.body
    assert b'<div id="root">' in plain.body
    assert b'rel="modulepreload"' in plain.body
    assert b'rel="preload"' not in plain.body
    assert b"/agent/" not in plain.body.partition(b"<body>")[0]


@pytest.mark.parametrize(
    ("offer", "taken"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("x-gzip", True),
        ("br, gzip; q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("identity", False),
        ("br, deflate", False),
        ("*", False),
        ("", False),
    ],
)
def test_gzip_is_sent_to_who_takes_it(offer: str, taken: bool) -> None:
    assert takes_gzip([offer]) is taken
