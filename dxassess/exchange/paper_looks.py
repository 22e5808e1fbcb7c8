"""How a paper ballot looks: one ink, one accent, cells to fill in lightly tinted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from dxassess.figures import lettering
from dxassess.figures.style import ACCENT, AXIS, INK, PAPER, QUIET
from dxassess.text import Language

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONTS: Mapping[Language, str] = {"ja": "BIZ UDPゴシック", "en": "Arial"}
TINT, BAND, MISSED = "#F3F8FE", "#E3EDF8", "#FCE4C4"
SIZE = 9
EM, DIGIT, EDGE = 12.0, 7.0, 3.0
"""Pixels: a full-width character of that size, a digit of the size columns are measured in, what a cell keeps free."""
PADDING, HIGHEST = 5.0, 409.0
"""Points: what a row keeps free, the highest row there is."""
LINE: Mapping[Language, float] = {"ja": 13.0, "en": 12.0}
"""Points of a line of text."""
RAGGED: Mapping[Language, float] = {"ja": 1.04, "en": 0.95}
"""How much of a line a text takes, measured by `lettering.width`: lines end before the edge, Latin runs narrower."""

_LINE = {"border": 1, "border_color": AXIS}
_TOP = {"text_wrap": True, "valign": "top"}
_OPEN = {"locked": False, "bg_color": TINT, **_LINE, **_TOP}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": ACCENT, "valign": "vcenter"},
    "who": {"bold": True, "font_size": 11, "valign": "vcenter"},
    "how": {"valign": "vcenter"},
    "header": {"bold": True, "font_color": PAPER, "bg_color": ACCENT, "align": "center", "valign": "vcenter", "text_wrap": True, **_LINE},
    "band": {"bold": True, "font_size": 10, "bg_color": BAND, "font_color": ACCENT, "valign": "vcenter"},
    "number": {"num_format": "@", "bold": True, "align": "center", **_LINE, **_TOP},
    "key": {"bold": True, **_LINE, **_TOP},
    "text": {**_LINE, **_TOP},
    "pick": {**_OPEN, "align": "center", "valign": "vcenter", "bold": True, "font_size": 14, "font_color": ACCENT},
    "fill": _OPEN,
    "sign": {"bold": True, "align": "center", **_LINE, **_TOP},
    "note": {"font_size": 8, "font_color": QUIET},
    "code": {"font_size": 6, "font_color": AXIS, "num_format": "@"},
    "strong": {"bold": True, "font_color": ACCENT},
    "plain": {},
    "missed": {"bg_color": MISSED},
}  # fmt: skip


def height(texts: Sequence[str], widths: Sequence[float], language: Language) -> float:
    """How high a row must be, in points, for the text of each column to be seen whole.

    Not every program measures rows itself when it opens a file. `widths` are those of the columns, in digits.
    """
    lines = max(_lines(text, width, RAGGED[language]) for text, width in zip(texts, widths, strict=False))
    return min(HIGHEST, lines * LINE[language] + PADDING)


def _lines(text: str, width: float, ragged: float) -> int:
    ems = (width * DIGIT - EDGE) / EM
    return sum(max(1, ceil(lettering.width(line) * ragged / ems)) for line in text.split("\n"))


class Looks:
    """The formats of a workbook by name."""

    def __init__(self, workbook: Workbook, language: Language) -> None:
        common = {"font_name": FONTS[language], "font_size": SIZE, "font_color": INK}
        bare = {"missed"}
        self._formats = {
            name: workbook.add_format({**({} if name in bare else common), **look})
            for name, look in _LOOKS.items()
        }

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]
