"""Fitting words into a width: Plotly breaks no lines by itself, and Japanese has no spaces to break at.

Widths are counted in em: a full-width character is 1, any other about 0.58.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape as html_escape
from unicodedata import east_asian_width, name

NARROW = 0.58
_NOT_FIRST = "、。，．・：；？！）」』】〕〉》ー々〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…,.:;?!)]}%"
_NOT_LAST = "（「『【〔〈《([{"


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """Text that somebody wrote, so that Plotly shows it letter by letter: no markup, no link, no formula."""
    plain = " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())
    return html_escape(plain, quote=False).replace("$", "&#36;")


@lru_cache(maxsize=4096)
def width(text: str) -> float:
    """How wide a text runs, in em."""
    return sum(1.0 if east_asian_width(char) in "WFA" else NARROW for char in text)


def lines(text: str, ems: float, most: int | None = None) -> tuple[str, ...]:
    """The text in few, evenly filled lines of about `ems`, cut where a reader would pause; past `most` lines it ends in `…`.

    A line runs over a little where it would otherwise cut a word; a single longer word keeps its own line whole.
    """
    plain = " ".join(text.split())
    if width(plain) <= ems:
        return (plain,)
    broken = _broken(plain, ems)
    if most is None or len(broken) <= most:
        return broken
    rest = plain
    for line in broken[: most - 1]:
        rest = rest.removeprefix(line).lstrip()
    return (*broken[: most - 1], clipped(rest, ems))


def clipped(text: str, ems: float) -> str:
    """The beginning of a text in one line of at most `ems`, marked `…` when something is missing."""
    if width(text) <= ems:
        return text
    kept = text
    while kept and width(kept) + 1 > ems:
        kept = kept[:-1]
    return kept.rstrip() + "…"


@lru_cache(maxsize=4096)
def lettered(text: str, ems: float, most: int | None = None) -> str:
    """`lines` of a text somebody wrote, escaped, ready to stand in a figure."""
    return "<br>".join(escaped(line) for line in lines(text, ems, most))


@lru_cache(maxsize=2048)
def _broken(text: str, ems: float) -> tuple[str, ...]:
    """Cheapest way to cut the text: the fewest lines, then good places to cut and even lines."""
    words = _words(text)
    even = width(text) / max(1, -(-width(text) // ems))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options = [
            (best[start][0] + _cost(words, start, end, ems, even), start)
            for start in range(end - 1, max(-1, end - 60), -1)
        ]
        best.append(min(options))
    return _cut(words, best)


def _cut(words: list[str], best: list[tuple[float, int]]) -> tuple[str, ...]:
    cut: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        cut.append("".join(words[start:end]).strip())
        end = start
    return tuple(line for line in reversed(cut) if line)


def _cost(words: list[str], start: int, end: int, ems: float, even: float) -> float:
    wide = width("".join(words[start:end]).strip())
    too_wide = 90 * (wide - ems) if wide > ems and end - start > 1 else 0.0
    seam = _seam(words[end - 1], words[end]) if end < len(words) else 0.0
    return 12 + too_wide + seam + (wide - even) ** 2 / 2


def _words(text: str) -> list[str]:
    """The pieces that stay whole: Latin words, a character with the marks that cling to it, a leading number with its word."""
    found: list[str] = []
    for piece in _pieces(text):
        if len(found) == 2 and found[1].isspace() and found[0].strip("0123456789-") == "":
            found = ["".join(found) + piece]
        elif piece == "的" and len(found) > 1:
            found[-2:] = ["".join(found[-2:]) + piece]
        elif found and (piece[0] in _NOT_FIRST or found[-1][-1] in _NOT_LAST):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _pieces(text: str) -> list[str]:
    """Latin runs as they are, everything wide by single characters."""
    found: list[str] = []
    for word in re.findall(r"[\x21-\x7e\u00a1-\u02ff’]+|\s+|.", text, re.DOTALL):
        found.extend(re.split(r"(?<=-)(?=[A-Za-z]{4})", word))
    return found


def _seam(before: str, after: str) -> float:
    """How bad it looks to cut here: 0 at spaces and after commas, small where a phrase ends, large inside a word."""
    if before.isspace() or after.isspace() or before[-1] in "、。・，,）)」":
        return 0.0
    kinds = _script(before[-1]), _script(after[0])
    if kinds[0] == kinds[1]:
        if before[-1] in "ー的":
            return 4.0 if before[-1] == "的" else 30.0
        return {"KATAKANA": 60.0, "CJK": 14.0, "HIRAGANA": 14.0}.get(kinds[0], 20.0)
    return 1.0 if kinds[0] == "HIRAGANA" else 12.0 if kinds[1] == "HIRAGANA" else 3.0


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    kind = name(char, "").split(" ")[0].split("-")[0]
    return "KATAKANA" if kind == "KATAKANA" else kind if kind in ("HIRAGANA", "CJK") else "LATIN"
