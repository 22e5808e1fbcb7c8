"""Strict YAML: one file → plain values with line numbers, or the problems that keep it from being read.

The only `import yaml` of the program. What plain loaders let pass is refused here, each with its line: duplicate keys,
aliases, anchors, tags, merge keys, several documents, nesting beyond `MAX_DEPTH`, files beyond `MAX_BYTES`, text that is
not UTF-8, control characters. Only `true`, `false`, `null`, decimal integers and decimal fractions are anything but
text: `no`, `012`, `1:30`, `1_000` and `2024-04-01` stay the words somebody typed.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dxassess.errors import Problem, printable, reason_of

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_DIGITS = 15
MAX_PROBLEMS = 50
SHOWN = 60

Place = tuple[str | int | float, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNLIKELY = re.compile("[\x80-\x9f\uff61-\uff9f\ue000-\uf8ff]")
_SYNTAX = (
    ("mapping values are not allowed", "yaml_colon"),
    ("cannot start any token", "yaml_first_character"),
    ("unknown escape", "yaml_escape"),
    ("Unicode character escape", "yaml_escape"),
    ("quoted scalar", "yaml_quote_open"),
    ("',' or ']'", "yaml_bracket_open"),
    ("',' or '}'", "yaml_bracket_open"),
    ("while parsing a flow", "yaml_bracket_open"),
    ("expected ':'", "yaml_colon_missing"),
    ("expected key", "yaml_indentation"),
    ("<block end>", "yaml_indentation"),
    ("expected '-' indicator", "yaml_indentation"),
)
_BLAMED_WHERE_OPENED = ("yaml_quote_open", "yaml_bracket_open", "yaml_colon_missing")


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
    """Reading cannot go on."""

    def __init__(self, code: str, line: int, **values: object) -> None:
        self.code, self.line, self.values = code, line, values


class _Stopped(Exception):
    """There are `MAX_PROBLEMS` problems; more would help nobody."""


def read_yaml(path: Path, name: str | None = None) -> tuple[Document | None, list[Problem]]:
    """Read one file. Returns (document, []) or (None, problems); `name` is how the file is called in problems."""
    name = name or path.name
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None, [Problem("file_no_file", name)]
        if status.st_size > MAX_BYTES:
            return None, [Problem("file_too_large", name, 0, {"bytes": status.st_size, "limit": MAX_BYTES})]
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        return None, [Problem("file_unreadable", name, 0, {"reason": reason_of(error)})]
    return parse_yaml(raw, name)


def parse_yaml(raw: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """As `read_yaml`, for bytes already at hand. A byte order mark and CRLF line ends are accepted."""
    builder = _Builder(name)
    try:
        text = _decode(raw)
        builder.build(yaml.parse(text, Loader=_LOADER))
    except _Refused as refused:
        builder.problems.append(Problem(refused.code, name, refused.line, refused.values))
    except _Stopped:
        pass
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(error, text, name))
    if builder.problems:
        return None, builder.problems
    return Document(builder.result, builder.lines), []


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Refused("file_too_large", 0, bytes=len(raw), limit=MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(_encoding_code(raw), raw[: error.start].count(b"\n") + 1) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise _Refused("file_control_character", line, character=f"U+{ord(control[0]):04X}")
    return text


def _encoding_code(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "file_utf16"
    try:
        text = raw.decode("cp932")
    except UnicodeDecodeError:
        return "file_not_utf8"
    return "file_not_utf8" if _UNLIKELY.search(text) else "file_shift_jis"


def _syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Problem("yaml_syntax", name, 0, {"column": 0})
    lines = text.split("\n")
    reason = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    known = next((code for words, code in _SYNTAX if words in reason), "yaml_syntax")
    line = lines[mark.line] if mark.line < len(lines) else ""
    code = known if known == "yaml_escape" else _from_characters(line, mark.column)
    if code == "yaml_after_quote" and (opened_at := _opened_above(lines, mark.line, mark.column)):
        return Problem("yaml_quote_open", name, opened_at[0] + 1, {"column": opened_at[1] + 1})
    code = code or known
    opened = getattr(error, "context_mark", None)
    if code in _BLAMED_WHERE_OPENED and opened is not None:
        mark = opened
    return Problem(code, name, mark.line + 1, {"column": mark.column + 1})


def _from_characters(line: str, column: int) -> str | None:
    """The two slips a parser describes worst: a tab in front, and text that goes on after its closing quotation mark."""
    if line[column : column + 1] == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
        return "yaml_tab"
    before = line[:column].rstrip()
    return (
        "yaml_after_quote" if before.endswith(('"', "'")) and line[column : column + 1] not in "\"'" else None
    )


def _opened_above(lines: list[str], line: int, column: int) -> tuple[int, int] | None:
    """Line and column (from 0) of the quotation mark whose text ran on into this line, where there is one."""
    if len(_quotes(lines[line][:column])) % 2 == 0:
        return None
    for above in range(line - 1, -1, -1):
        found = _quotes(lines[above])
        if len(found) % 2:
            return above, found[-1]
    return None


def _quotes(line: str) -> list[int]:
    return [place for place, letter in enumerate(line) if letter == '"' and line[place - 1 : place] != "\\"]


@dataclass(slots=True)
class _Open:
    """A mapping or list under construction; `key` is the mapping key that waits for its value."""

    value: Any
    place: Place
    key: Any = None
    waiting: bool = False

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, dict) and not self.waiting


@dataclass(slots=True)
class _Builder:
    """Turns parser events into values without recursion, so that depth is ours to limit; keeps what it must refuse."""

    name: str
    result: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def refuse(self, code: str, line: int, **values: object) -> None:
        """Keep a problem and go on reading, so that all of a file's problems come at once."""
        self.problems.append(Problem(code, self.name, line, values))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stopped

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            line = event.start_mark.line + 1
            self._look_for_references(event, line)
            if isinstance(event, yaml.DocumentStartEvent):
                self._open_document(line)
            elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                self._scalar(event, line)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open(event, line)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()

    def _open_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Refused("yaml_several_documents", line)

    def _look_for_references(self, event: Any, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse("yaml_alias", line, word=printable(str(event.anchor), SHOWN))
        if getattr(event, "tag", None):
            self.refuse("yaml_tag", line, tag=printable(str(event.tag), SHOWN))

    def _open(self, event: Any, line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _Refused("yaml_too_deep", line, limit=MAX_DEPTH)
        if self.stack and self.stack[-1].wants_key:
            raise _Refused("yaml_key_not_text", line)
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.stack.append(_Open(value, self._attach(value, line)))

    def _scalar(self, event: Any, line: int) -> None:
        value = None if isinstance(event, yaml.AliasEvent) else self._value(event, line)
        if self.stack and self.stack[-1].wants_key:
            self._take_key(self.stack[-1], value, line)
        else:
            self._attach(value, line)

    def _take_key(self, parent: _Open, key: Any, line: int) -> None:
        if key == "<<":
            self.refuse("yaml_merge", line)
        elif not isinstance(key, str | int | float) or isinstance(key, bool):
            self.refuse("yaml_key_not_text", line)
            key = f"{key}"
        elif key in parent.value:
            first = self.lines[(*parent.place, key)]
            self.refuse("yaml_duplicate_key", line, word=printable(str(key), SHOWN), first=first)
        parent.key, parent.waiting = key, True
        self.lines.setdefault((*parent.place, key), line)

    def _attach(self, value: Any, line: int) -> Place:
        if not self.stack:
            self.result, self.lines[()] = value, line
            return ()
        parent = self.stack[-1]
        if isinstance(parent.value, dict):
            parent.value[parent.key], parent.waiting = value, False
            return (*parent.place, parent.key)
        place: Place = (*parent.place, len(parent.value))
        self.lines[place] = line
        parent.value.append(value)
        return place

    def _value(self, event: Any, line: int) -> Any:
        text: str = event.value
        control = _CONTROL.search(text) if event.style == '"' else None
        if control:
            self.refuse("file_control_character", line, character=f"U+{ord(control[0]):04X}")
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if not (_INTEGER.match(text) or _FRACTION.match(text)):
            return text
        if len(text) > MAX_DIGITS:
            self.refuse("yaml_number_too_long", line, limit=MAX_DIGITS)
        return float(text[:MAX_DIGITS]) if "." in text else int(text[:MAX_DIGITS])
