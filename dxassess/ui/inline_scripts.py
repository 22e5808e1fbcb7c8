"""Every script that a page carries in itself. The content policy names each by its hash; a browser runs no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from streamlit import file_util

from dxassess.text import LANGUAGES, Words
from dxassess.ui import board_looks, screen_words

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def inline_scripts() -> Iterator[str]:
    """The text between `<script>` and `</script>`, in every language: of Streamlit's page, then ours."""
    yield from _INLINE.findall((Path(file_util.get_static_dir()) / "index.html").read_text("utf-8"))
    for language in LANGUAGES:
        yield screen_words.script(Words(language))
    yield board_looks.script()
