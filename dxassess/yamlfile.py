"""Strict YAML: one file → plain values with line numbers, or the problems that keep it from being read.

The only `import yaml` of the program. What plain loaders let pass is refused here, each with its line: duplicate keys,
aliases, anchors, tags, merge keys, several documents, nesting beyond `MAX_DEPTH`, files beyond `MAX_BYTES`, text that is
not UTF-8. Only `true`, `false`, `null`, decimal integers and decimal fractions are anything but text: `no`, `012`,
`1:30`, `1_000` and `2024-04-01` stay the words somebody typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dxassess.errors import Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_DIGITS = 15

Place = tuple[str | int | float, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Document:
    """The values of one file, and the line (from 1) each key or list entry starts on."""

    data: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """Line of `place`, or of the nearest thing around it that has one; 1 for the whole file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


class _Refused(Exception):
    def __init__(self, code: str, line: int, **values: object) -> None:
        self.code, self.line, self.values = code, line, values


def read_yaml(path: Path, name: str | None = None) -> tuple[Document | None, list[Problem]]:
    """Read one file. Returns (document, []) or (None, problems); `name` is how the file is called in problems."""
    name = name or path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, [Problem("file_too_large", name, 0, {"bytes": size, "limit": MAX_BYTES})]
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem("file_unreadable", name, 0, {"reason": error.strerror or type(error).__name__})]
    return parse_yaml(raw, name)


def parse_yaml(raw: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """As `read_yaml`, for bytes already at hand. A byte order mark and CRLF line ends are accepted."""
    try:
        text = _decode(raw)
        lines: dict[Place, int] = {}
        data = _build(_events(text), lines)
    except _Refused as refused:
        return None, [Problem(refused.code, name, refused.line, refused.values)]
    except yaml.YAMLError as error:
        return None, [_syntax_problem(error, name)]
    return Document(data, lines), []


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Refused("file_too_large", 0, bytes=len(raw), limit=MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(_encoding_code(raw), raw[: error.start].count(b"\n") + 1) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        for character in line:
            if _is_control(character):
                raise _Refused("file_control_character", number, character=f"U+{ord(character):04X}")
    return text


def _encoding_code(raw: bytes) -> str:
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return "file_not_utf8"
    return "file_shift_jis"


def _is_control(character: str) -> bool:
    return character < " " and character != "\t" or unicodedata.category(character) in ("Cc", "Cs") and character != "\t"


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=_LOADER))


def _syntax_problem(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 0
    column = mark.column + 1 if mark else 0
    reason = str(getattr(error, "problem", "") or "")
    code = "yaml_tab" if "\\t" in reason or "'\t'" in reason else "yaml_syntax"
    return Problem(code, name, line, {"column": column})


@dataclass(slots=True)
class _Open:
    """A mapping or list under construction; `key` is the mapping key that waits for its value."""

    value: Any
    place: Place
    key: Any = None
    waiting: bool = False


def _build(events: Iterator[Any], lines: dict[Place, int]) -> Any:
    """Turn parser events into values without recursion, so that depth is ours to limit."""
    stack: list[_Open] = []
    result: Any = None
    documents = 0
    for event in events:
        line = event.start_mark.line + 1
        _refuse_references(event, line)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refused("yaml_several_documents", line)
        elif isinstance(event, yaml.ScalarEvent):
            result = _place_scalar(stack, event, line, lines, result)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            result = _open_collection(stack, event, line, lines, result)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
    return result


def _refuse_references(event: Any, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refused("yaml_alias", line)
    if getattr(event, "tag", None):
        raise _Refused("yaml_tag", line, tag=str(event.tag))


def _open_collection(stack: list[_Open], event: Any, line: int, lines: dict[Place, int], result: Any) -> Any:
    if len(stack) >= MAX_DEPTH:
        raise _Refused("yaml_too_deep", line, limit=MAX_DEPTH)
    if stack and isinstance(stack[-1].value, dict) and not stack[-1].waiting:
        raise _Refused("yaml_key_not_text", line)
    value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
    place = _attach(stack, value, line, lines)
    stack.append(_Open(value, place))
    return value if len(stack) == 1 else result


def _place_scalar(stack: list[_Open], event: Any, line: int, lines: dict[Place, int], result: Any) -> Any:
    value = _scalar(event, line)
    if stack and isinstance(stack[-1].value, dict) and not stack[-1].waiting:
        _take_key(stack[-1], value, line, lines)
        return result
    _attach(stack, value, line, lines)
    return result if stack else value


def _take_key(parent: _Open, key: Any, line: int, lines: dict[Place, int]) -> None:
    if key == "<<":
        raise _Refused("yaml_merge", line)
    if not isinstance(key, str | int | float) or isinstance(key, bool):
        raise _Refused("yaml_key_not_text", line)
    if key in parent.value:
        raise _Refused("yaml_duplicate_key", line, key=key, first=lines[(*parent.place, key)])
    parent.key, parent.waiting = key, True
    lines[(*parent.place, key)] = line


def _attach(stack: list[_Open], value: Any, line: int, lines: dict[Place, int]) -> Place:
    if not stack:
        lines[()] = line
        return ()
    parent = stack[-1]
    if isinstance(parent.value, dict):
        parent.value[parent.key] = value
        parent.waiting = False
        return (*parent.place, parent.key)
    place: Place = (*parent.place, len(parent.value))
    lines[place] = line
    parent.value.append(value)
    return place


def _scalar(event: Any, line: int) -> Any:
    text: str = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text) or _FRACTION.match(text):
        if len(text) > MAX_DIGITS:
            raise _Refused("yaml_number_too_long", line, limit=MAX_DIGITS)
        return float(text) if "." in text else int(text)
    return text
