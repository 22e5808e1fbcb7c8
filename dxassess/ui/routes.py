"""The paths of our own beside Streamlit's pages: `own_routes` is the one place where they are registered.

What lies under `BALLOT` is open to whoever has a link; everything else asks for the host's key (`door`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.routing import BaseRoute, Mount

HEALTH = "/_stcore/health"
JOIN, VOTE, ASSETS = "/j", "/b", "/static-ballot"
BALLOT = (f"{JOIN}/", f"{VOTE}/", f"{ASSETS}/")
_AS_WRITTEN = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")


def own_routes() -> list[BaseRoute]:
    """What `st.App` is given. A path below one of them that no route knows is not found, and never one of Streamlit's."""
    from dxassess.ui.ballot.routes import routes

    return [Mount(path, routes=below) for path, below in routes().items()]


def is_ballot(scope: Mapping[str, Any]) -> bool:
    """Whether a request is for a ballot: by a path as it is written, without escapes, empty parts or dots at the front."""
    path: str = scope["path"]
    return (
        scope["type"] == "http"
        and path.startswith(BALLOT)
        and scope.get("raw_path", b"") == path.encode()
        and _AS_WRITTEN.fullmatch(path) is not None
    )


def is_health(scope: Mapping[str, Any]) -> bool:
    """Whether a request only asks if the program is there."""
    return (
        scope["type"] == "http"
        and scope["path"] == HEALTH
        and scope.get("raw_path", b"") == HEALTH.encode()
        and scope["method"] in ("GET", "HEAD")
    )
