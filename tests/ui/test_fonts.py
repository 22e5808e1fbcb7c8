"""The small fonts have every icon that Streamlit or a page can show, and stand in for the large ones of one version only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from dxassess.ui import fonts
from dxassess.ui.fonts import MADE_FOR, Fonts
from tests.protocol.asgi import Answer, ask
from tests.protocol.loop import run

STATIC = Path(file_util.get_static_dir()) / "static"
SMALL = Path(fonts.__file__).parent / "fonts"
PACKAGE = Path(fonts.__file__).parents[1]
ICON = re.compile(r":material/([a-z0-9_]+):")
NEVER_THERE = {"star_filled"}  # named by Streamlit, but not in its own font either
ICONS = f"/static/media/{next(STATIC.glob('media/MaterialSymbols-Rounded*')).name}"
TEXT = f"/static/media/{next(STATIC.glob('media/SourceSansVF-Upright*')).name}"


def get(target: str, method: str = "GET", version: str = streamlit.__version__, **headers: str) -> Answer:
    stock = Starlette(routes=create_streamlit_static_assets_routes(""))
    return run(ask(Fonts(stock, version), target, method, **headers))


def known() -> set[str]:
    return set((SMALL / "icons.txt").read_text("utf-8").split())


def test_they_were_made_for_the_streamlit_that_is_pinned() -> None:
    """After a new Streamlit: make them anew as `dxassess/ui/fonts/README.md` tells."""
    assert streamlit.__version__.startswith(MADE_FOR)


def test_every_icon_of_streamlits_front_end_is_there() -> None:
    named = {name for path in STATIC.glob("js/*.js") for name in ICON.findall(path.read_text("utf-8"))}
    assert len(named) > 50
    assert named - known() == NEVER_THERE


def test_every_icon_of_our_pages_is_there() -> None:
    named = {name for path in PACKAGE.rglob("*.py") for name in ICON.findall(path.read_text("utf-8"))}
    assert named <= known()


@pytest.mark.parametrize(
    ("target", "small", "most"), [(ICONS, "icons.woff2", 12_000), (TEXT, "nothing.woff2", 300)]
)
def test_a_small_font_comes_instead_of_a_large_one(target: str, small: str, most: int) -> None:
    found = get(target)
    assert (found.status, found.headers["content-type"]) == (200, "font/woff2")
    assert found.body == (SMALL / small).read_bytes()
    assert len(found.body) <= most
    assert found.body.startswith(b"wOF2")
    assert get(target, "HEAD").headers["content-length"] == str(len(found.body))
    again = get(target, if_none_match=found.headers["etag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("target", [ICONS, TEXT])
def test_another_streamlit_sends_its_own(target: str) -> None:
    assert get(target, version="1.68.0").body == (STATIC / "media" / target.rpartition("/")[2]).read_bytes()


def test_all_else_passes() -> None:
    code = f"/static/media/{next(STATIC.glob('media/SourceCodeVF-Upright*')).name}"
    assert get(code).body == (STATIC / "media" / code.rpartition("/")[2]).read_bytes()
    assert get(ICONS, "POST").status == 405
    assert get("/static/media/MaterialSymbols-Rounded/../../../x.woff2").status == 400
