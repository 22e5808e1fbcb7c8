"""One file of a catalogue: from the values of a YAML document to a value of `catalogue.model`, or the problems in between.

Whatever pydantic objects to becomes a `Problem` with the line of the field and one of our own sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from dxassess.errors import Problem, printable
from dxassess.yamlfile import Document, Place

V = TypeVar("V", bound=BaseModel)

_CODES = {
    "missing": "field_missing",
    "extra_forbidden": "field_unknown",
    "invalid_key": "field_unknown",
    "string_type": "field_not_text",
    "string_too_long": "text_too_long",
    "string_pattern_mismatch": "id_form",
    "int_type": "field_not_whole",
    "float_type": "field_not_number",
    "bool_type": "field_not_true_false",
    "literal_error": "field_not_listed",
    "model_type": "field_not_fields",
    "dict_type": "field_not_fields",
    "tuple_type": "field_not_list",
    "too_short": "list_empty",
    "too_long": "list_too_long",
    "greater_than": "number_too_small",
    "greater_than_equal": "number_below",
    "less_than_equal": "number_too_large",
}
_ABOUT_NAMES = ("missing", "extra_forbidden", "invalid_key")
_VISIBLE_CONTROLS = "\n\t"
_JAPANESE = re.compile("[\u3041-\u309f\u30a1-\u30fa\u3400-\u9fff]")
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[V]):
    """A file that has been read: how it is called in problems, its name without the ending, its lines and its value."""

    file: str
    stem: str
    document: Document
    value: V

    def problem(self, code: str, *place: str | int | float, **values: object) -> Problem:
        """The problem `code` at the line of `place`."""
        return Problem(code, self.file, self.document.line(place), values)


def fill(model: type[V], document: Document, file: str, stem: str) -> tuple[Sheet[V] | None, list[Problem]]:
    """The value a document describes, with the problems of its texts; no value when a field is not as it must be."""
    if document.data is None:
        return None, [Problem("file_empty", file, 0)]
    if not isinstance(document.data, dict):
        return None, [Problem("file_not_fields", file, document.line(()))]
    problems = list(_texts(document, file))
    try:
        value = model.model_validate(_frozen(document.data))
    except ValidationError as error:
        return None, _merged([*_field_problems(error, document, file), *problems])
    return Sheet(file, stem, document, value), problems


def _frozen(value: Any) -> Any:
    """Lists become tuples; text is composed (NFC), so that what looks equal is equal."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _field_problems(error: ValidationError, document: Document, file: str) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        place = _place(detail["loc"], document)
        if detail["type"] in _ABOUT_NAMES:
            place = (*place, detail["loc"][-1]) if place[-1:] != detail["loc"][-1:] else place
        code = _CODES.get(detail["type"], "field_not_understood")
        if code == "list_empty" and detail["input"]:
            continue  # its entries are objected to one by one; pydantic counts what is left of them
        if code == "id_form" and "A-Z" in detail["ctx"]["pattern"]:
            code = "code_form"
        if code == "field_unknown" and ":" in str(place[-1]):
            code = "field_colon_blank"
        if detail["input"] is None and detail["type"] not in _ABOUT_NAMES:
            code = "field_empty"
        yield Problem(code, file, document.line(place), {"field": spoken(place, document), **_values(detail)})


def _values(detail: Any) -> dict[str, object]:
    context = detail.get("ctx", {})
    limits = [context[name] for name in ("max_length", "gt", "ge", "le", "actual_length") if name in context]
    return {
        "found": shortened(detail["input"]),
        "allowed": re.findall("'([^']*)'", str(context.get("expected", ""))),
        "limit": limits[0] if limits else "",
    }


def _place(location: tuple[str | int, ...], document: Document) -> Place:
    """The part of pydantic's location that stands in the file; it adds the names of types and writes 0.5 as "0.5"."""
    place: Place = ()
    for step in location:
        candidates = [step, _number(step)]
        known = [(*place, candidate) for candidate in candidates if (*place, candidate) in document.lines]
        if not known:
            break
        place = known[0]
    return place


def _number(step: str | int) -> Any:
    try:
        return float(step)
    except ValueError:
        return step


def _merged(problems: list[Problem]) -> list[Problem]:
    """One problem per place: a field that may be an int or a float is objected to twice by pydantic."""
    kept: dict[tuple[int, object], Problem] = {}
    for problem in problems:
        kept[problem.line, problem.values.get("field")] = problem
    return list(kept.values())


def _texts(document: Document, file: str) -> Iterator[Problem]:
    """Texts of nothing but blanks, and characters nobody can see."""
    for place, text in _all_texts(document.data, ()):
        hidden = [character for character in text if is_invisible(character)]
        if hidden:
            values: dict[str, object] = {
                "field": spoken(place, document),
                "character": f"U+{ord(hidden[0]):04X}",
            }
            yield Problem("text_invisible", file, document.line(place), values)
        elif not text.strip():
            yield Problem("text_blank", file, document.line(place), {"field": spoken(place, document)})
    for place, both in _all_bilingual(document.data, ()):
        if _JAPANESE.search(both["en"]) and not _JAPANESE.search(both["ja"]):
            yield Problem("text_swapped", file, document.line(place), {"field": spoken(place, document)})


def _all_bilingual(value: Any, place: Place) -> Iterator[tuple[Place, dict[str, str]]]:
    if isinstance(value, dict):
        if isinstance(value.get("ja"), str) and isinstance(value.get("en"), str):
            yield place, value
        for key, inner in value.items():
            yield from _all_bilingual(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _all_bilingual(inner, (*place, number))


def _all_texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _all_texts(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _all_texts(inner, (*place, number))


def is_invisible(character: str) -> bool:
    """True for control, zero-width and direction characters; a line end and a tab are not among them."""
    return unicodedata.category(character) in _INVISIBLE and character not in _VISIBLE_CONTROLS


def spoken(place: Place, document: Document) -> str:
    """A place as a person reads it: `levels.3.ja`; the second entry of a list is `conditions[2]`."""
    words, inside = "", document.data
    for step in place:
        listed = isinstance(inside, list) and isinstance(step, int)
        words += f"[{int(step) + 1}]" if listed else f".{step}"
        inside = inside[step] if listed or (isinstance(inside, dict) and step in inside) else None
    return printable(words.removeprefix("."), 80)


def shortened(value: object) -> str:
    """A value as the file has it, cut to 40 characters; a group of fields or a list shows as three dots."""
    if isinstance(value, dict | list | tuple):
        return "…"
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return printable(text, 40)
