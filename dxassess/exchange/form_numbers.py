"""The numbers of a form: as they are printed, as a spreadsheet mangled them, and what they are imported under.

Typed `4-1` a spreadsheet makes the first of April; typed `4.10` it makes 4.1. What can be restored is restored and told, never
silently; what cannot be a number of a catalogue (`経-1`) gets the next free one of its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dxassess.catalogue.form import Numbering
from dxassess.exchange.cells import folded, month_and_day, numbered
from dxassess.exchange.workbook.values import Cell, Fault, Formula

LONGEST = 28
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_BEFORE = re.compile(r"(?:設問|質問|問|項目|指標|第|no\.?|№|#)\s*(?=[0-9])", re.IGNORECASE)
_LONG_VOWEL = re.compile(r"(?<=[0-9A-Za-z])[ー一─━‑_](?=[0-9A-Za-z])")
_CIRCLED = re.compile(r"(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ)）])\s*([①-⑳㉑-㉟㊱-㊿])")
_BRACKETED = re.compile(r"(?<=[0-9A-Za-z])\s*-?\s*\(([0-9A-Za-z]{1,3})\)")
_SERIALS = range(30_000, 60_000)
_THREE = re.compile(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{1,2}")


Found = tuple[str, Numbering]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number as its cell has it: `printed` as people see it, `code` where it can be one as it stands, `days` what a date may have been."""

    printed: str
    code: str = ""
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """What an item's number has to fit in with: the number, and its widest section as a number from 1 (0: none)."""

    number: Numbered
    section: int
    letter: str = ""
    place: str = ""
    """The whole way to its narrowest section as a number, `1-2`."""


def number_of(cell: Cell | None) -> Numbered:
    """The number in a cell; empty for a blank one and for one that holds no value."""
    if isinstance(cell, Formula):
        return number_of(cell.shows)
    if cell is None or isinstance(cell, Fault | bool):
        return Numbered("")
    if isinstance(cell, datetime):
        return Numbered(f"{cell.year}-{cell.month:02d}-{cell.day:02d}", days=_days(cell))
    if isinstance(cell, int) and cell in _SERIALS:
        return _from_date(str(cell), str(cell))
    printed = " ".join(str(cell).split()) if isinstance(cell, str) else str(cell)
    text = tidied(printed)
    if month_and_day(folded(text)) is not None and not (text.isdigit() and int(text) not in _SERIALS):
        return _from_date(printed, folded(text))
    return Numbered(printed, text if _CODE.fullmatch(text) and len(text) <= LONGEST else "")


def tidied(text: str) -> str:
    """`４－１`, `4ー1`, `'4-1`, `問4-1`, `(4-1)`, `4-1.`, `①` as a plain number; `1-1(2)` and `1-1②` as `1-1-2`."""
    plain = _BRACKETED.sub(r"-\1", numbered(_CIRCLED.sub(r"-\1", text))).lstrip("'’‘`´").strip()
    plain = plain.strip("()[]【】「」<>〔〕 ")
    plain = _BEFORE.sub("", plain, count=1) if _BEFORE.match(plain) else plain
    plain = _LONG_VOWEL.sub("-", plain)
    plain = re.sub(r"\s*([-._])\s*", r"\1", plain)
    plain = re.sub(r"(?<=[0-9A-Za-z])\s+(?=[0-9])", "-", plain)
    return plain.rstrip(".:,、。)）- ")


def _from_date(printed: str, text: str) -> Numbered:
    found = month_and_day(text)
    month, day = found if found else (0, 0)
    return Numbered(printed, days=_either(month, day))


def _days(day: datetime) -> tuple[str, ...]:
    """Newer dates are of the year somebody typed in; an early one may have been three numbers, `1-2-3`."""
    three = (f"{day.year - 2000}-{day.month}-{day.day}",) if 2001 <= day.year <= 2012 else ()
    return (*_either(day.month, day.day), *three)


def _either(month: int, day: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((f"{month}-{day}", f"{day}-{month}")))


def codes_of(numbers: Sequence[Placed]) -> list[tuple[str, Numbering]]:
    """The code of each item, in their order, and where it comes from; no two are alike (in small letters)."""
    restored = _restored([each.number for each in numbers])
    found: list[Found] = [
        (code, "restored" if each.number.days else "printed")
        for code, each in zip(restored, numbers, strict=True)
    ]
    found = _with_zeros(found)
    found = _placed(found, numbers)
    return _told_apart(_counted(found, numbers))


def _restored(numbers: Sequence[Numbered]) -> list[str]:
    """Of the numbers a date may have been, the one that goes on from the number before, else month and day."""
    three = any(_THREE.fullmatch(each.code) for each in numbers)
    taken = {each.code for each in numbers if each.code}
    found: list[str] = []
    before = ""
    for each in numbers:
        code = each.code or _likely(each.days, before, taken, three=three)
        taken.add(code)
        found.append(code)
        before = code or before
    return found


def _likely(days: Sequence[str], before: str, taken: set[str], *, three: bool) -> str:
    if not days:
        return ""
    offered = [day for day in days if day not in taken] or list(days)
    if three and _THREE.fullmatch(offered[-1]):
        return offered[-1]
    group = before.partition("-")[0]
    return next((day for day in offered if day.partition("-")[0] == group), offered[0])


def _with_zeros(found: list[Found]) -> list[Found]:
    """`4.1` once more after `4.9` was `4.10`: a spreadsheet drops the zero."""
    mended: list[Found] = []
    for code, numbering in found:
        before = mended[-1][0] if mended else ""
        head, _, tail = code.rpartition(".")
        nine = f"{head}.{tail[:-1]}{int(tail) * 10 - 1}" if tail.isdigit() and len(tail) == 1 else ""
        is_lost = bool(head and nine) and before == nine and any(code == each for each, _ in mended)
        mended.append((f"{code}0", "restored") if is_lost else (code, numbering))
    return mended


def _placed(found: list[Found], numbers: Sequence[Placed]) -> list[Found]:
    """Where numbers begin anew in each section, the number of the section stands before them."""
    often = Counter(code.lower() for code, _ in found if code)
    if not any(times > 1 for times in often.values()):
        return found
    repeated = sum(times for times in often.values() if times > 1)
    if repeated * 2 < sum(often.values()) or not all(each.section for each in numbers):
        return found
    for places in ([str(each.section) for each in numbers], [each.place for each in numbers]):
        pairs = Counter((place, code.lower()) for (code, _), place in zip(found, places, strict=True) if code)
        if all(times == 1 for times in pairs.values()):
            return [
                (f"{place}-{code}", "placed") if code else (code, numbering)
                for (code, numbering), place in zip(found, places, strict=True)
            ]
    return found


def _counted(found: list[Found], numbers: Sequence[Placed]) -> list[Found]:
    """Items without a number are counted, past every number there is; `letter` marks the quantitative ones."""
    taken = {code.lower() for code, _ in found if code}
    counters: Counter[str] = Counter()
    filled: list[Found] = []
    for (code, numbering), each in zip(found, numbers, strict=True):
        if code:
            filled.append((code, numbering))
            continue
        counters[each.letter] += 1
        while f"{each.letter}{counters[each.letter]}" in taken:
            counters[each.letter] += 1
        filled.append((f"{each.letter}{counters[each.letter]}", "counted"))
    return filled


def _told_apart(found: list[Found]) -> list[Found]:
    """A number that stands there again carries which time it is: `4-1`, `4-1.2`."""
    all_codes = {code.lower() for code, _ in found}
    taken: set[str] = set()
    apart: list[Found] = []
    for code, numbering in found:
        name, time = code, 1
        while name.lower() in taken:
            time += 1
            candidate = f"{code}.{time}"
            name = candidate if candidate.lower() not in all_codes else name
        taken.add(name.lower())
        apart.append((name, numbering if name == code else "repeated"))
    return apart
