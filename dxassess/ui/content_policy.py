"""The Content-Security-Policy: nothing is loaded from or sent to anywhere else, and no script runs but the program's own.

Streamlit writes its styles into the page while it runs, so styles may stand inline. Its messages are read with a piece of
WebAssembly (which is not `eval`), its charts make pictures from `blob:`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from dxassess.ui.inline_scripts import inline_scripts

_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")
_NOBODY = "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
BALLOT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    f"form-action 'self'; {_NOBODY}"
)


def page_policy() -> str:
    """The policy of Streamlit's pages, but for the address of their websocket."""
    hashes = " ".join(sorted(f"'sha256-{_hash(script)}'" for script in inline_scripts()))
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; form-action 'self'; {_NOBODY}"
    )


def policy_for(policy: str, scope: Mapping[str, Any]) -> str:
    """With the websocket of the host that was asked: older browsers do not count it to 'self'."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return f"{policy}; connect-src 'self'{sockets}"


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
