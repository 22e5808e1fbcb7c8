"""What the headings of a self-diagnosis workbook mean. The words stand in `form_headings.yaml`, in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dxassess.catalogue.form import FIELDS, Field
from dxassess.exchange.cells import folded
from dxassess.yamlfile import read_yaml

LONGEST = 60
"""Characters of a heading; what is longer is a text."""
LONGEST_WRITTEN = 200
"""The same with brackets, blanks and line ends."""
EXACT, WITHIN = 2, 1
HIGHEST = 10
"""A level column names no higher level than this."""

_WORDS = Path(__file__).with_name("form_headings.yaml")
_BRACKETS = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|〈[^〈〉]*〉|〔[^〔〕]*〕|[※*†]\s*[0-9]+"
)
_SIGNS = re.compile(r"[\s・:.,、。/／*※□■◆●○◎★_'\"’”“「」『』()\[\]【】<>-]+")
_LEVEL = re.compile(
    r"(?P<word>レベル|成熟度レベル|成熟度|段階|ステージ|level|lvl|lv|stage|maturity|l)?\s*[-_.]?\s*(?P<number>\d{1,2})"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_RANGE = re.compile(r"(?<![0-9.])([01])[-~〜–]((?:[2-9]|10))(?![0-9.年月日])")
_UPRIGHT = re.compile("(?<=[\u3041-\u30fa\u30fc\u3400-\u9fff])\n(?=[\u3041-\u30fa\u30fc\u3400-\u9fff0-9])")
"""Line ends between the letters of a heading written downward."""
_BEHIND = re.compile(r"[\s:：.．、,)\]】\-–—=＝|]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading names, and how surely: `EXACT` or `WITHIN`. `level` with the field `level`; `name` is what else stands there."""

    field: Field
    weight: int
    level: int = 0
    name: str = ""


def meaning(heading: str) -> Meaning | None:
    """What a heading names; None when it names nothing known, or is too long for a heading."""
    return _meaning(heading) if len(heading) <= LONGEST_WRITTEN else None


@lru_cache(maxsize=20_000)
def _meaning(heading: str) -> Meaning | None:
    plain = _plain(heading)
    if not plain or len(plain) > LONGEST:
        return None
    leveled = level_of(heading)
    if leveled is not None:
        return Meaning("level", EXACT, *leveled)
    words = _words()
    for field, (exact, _) in words.items():
        if plain in exact:
            return Meaning(field, EXACT)
    if any(word in plain for word in words["answer"][1]):
        return Meaning("answer", WITHIN)
    named = _in_two_languages(heading)
    if named is not None:
        return Meaning(named, EXACT)
    found = [(len(word), field) for field, (_, within) in words.items() for word in within if word in plain]
    longest = max(found, key=lambda each: each[0], default=None)
    return Meaning(longest[1], WITHIN) if longest else None


def _in_two_languages(heading: str) -> Field | None:
    """What a heading names whose every line, or part around a slash, is a known one: `No.\n番号`, `Question / 設問`."""
    parts = [plain for part in re.split(r"[\n/／]", heading) if (plain := _plain(part))]
    exact = [next((field for field, (words, _) in _words().items() if part in words), None) for part in parts]
    fields = {"number" if field == "running" else field for field in exact}
    return next(iter(fields)) if len(parts) > 1 and len(fields) == 1 else None


@lru_cache(maxsize=20_000)
def level_of(text: str) -> tuple[int, str] | None:
    """Level and name of `レベル3 部門横断`, `Lv.3`, `3：部門横断`, `3`; None for anything else, such as `3年後` or `4-1`."""
    plain = upright(unicodedata.normalize("NFKC", text)).strip().strip("【】[]()<>").strip()
    found = _LEVEL.fullmatch(plain.casefold())
    if found is None or int(found["number"]) > HIGHEST:
        return None
    name = plain[len(plain) - len(found["rest"]) :] if found["rest"] else ""
    between = _BEHIND.match(name)
    if name and not between and not (found["word"] and not name[0].isascii()):
        return None
    name = name[between.end() :] if between else name
    if not found["word"] and between and between[0].strip() in ("-", ".") and name[:1].isdigit():
        return None
    return int(found["number"]), name.strip()


def range_of(text: str) -> tuple[int, int] | None:
    """The lowest and highest level a heading says answers have: `評価（1～5）`, `Rating 0-4`."""
    found = _RANGE.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return (int(found[1]), int(found[2])) if found else None


def upright(heading: str) -> str:
    """A heading written downward, a letter a line, on one line."""
    return _UPRIGHT.sub("", heading)


def plain_heading(text: str) -> str:
    """A heading as it is compared."""
    return _plain(text)


def _plain(heading: str) -> str:
    text = folded(heading)
    without = _BRACKETS.sub("", text)
    return _SIGNS.sub("", without) or _SIGNS.sub("", text) or ("#" if "#" in text else "")


@cache
def _words() -> Mapping[Field, tuple[frozenset[str], tuple[str, ...]]]:
    document, problems = read_yaml(_WORDS)
    if document is None:
        raise RuntimeError(problems)
    listed = document.data
    return {field: _both(listed[field]) for field in FIELDS if field in listed}


def _both(listed: Mapping[str, list[str]]) -> tuple[frozenset[str], tuple[str, ...]]:
    exact = (_SIGNS.sub("", folded(word)) or folded(word) for word in listed["exact"])
    return frozenset(exact), tuple(_SIGNS.sub("", folded(word)) for word in listed["within"])
