"""The texts of a workbook: most stand once in a part of their own, and cells name them by number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dxassess.exchange.workbook.values import Refused

MAX_STRINGS = 100_000
MAX_TEXT = 5_000_000
"""Characters, in all texts together."""

_ESCAPED = re.compile("_x([0-9a-fA-F]{4})_")


def unescaped(text: str) -> str:
    """`_x000D_` is how Excel writes a character XML cannot carry."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Strings:
    """Handler of the shared strings: `texts` in their order. How a text is read aloud (furigana) is no part of it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._inside = False
        self._aloud = 0
        self._length = 0

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """`si` is a string, `t` a piece of it, `rPh` how a piece is read aloud."""
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._aloud += 1
        self._inside = name == "t" and not self._aloud

    def end(self, name: str) -> None:
        """The end of a string keeps it."""
        self._inside = False
        if name == "rPh":
            self._aloud -= 1
        elif name == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            if len(self.texts) > MAX_STRINGS:
                raise Refused("too_much")

    def text(self, text: str) -> None:
        """A piece of a piece."""
        if self._inside:
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise Refused("too_much")
            self._pieces.append(text)
