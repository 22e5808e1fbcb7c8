"""What people type into the cells of a sheet, and what it means.

A level is accepted when it is a value of the scale written as a plain decimal number in ASCII or full-width characters:
`3`, `３` and `3.0` are 3; before a number the minus sign `−` is a hyphen. Everything else is refused by name, also what looks like a digit but is none of these: `③`, `³`,
`٣`, `1_0`, `1e0`, `+3`, `nan`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from dxassess.assessment.model import State
from dxassess.assessment.scoring import Mark, exact
from dxassess.catalogue.model import Level, Scale
from dxassess.errors import printable

MAX_SHOWN = 60
LONGEST_NUMBER = 15
CANNOT_SAY = "?"
NOT_APPLICABLE = ("-", "−", "–")

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_NUMBER = re.compile(r"(?!-0(?:\.0+)?\Z)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z", re.ASCII)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = r"(?P<month>[a-z]{3})[a-z]*\.?"
_DATES = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?:[0-9]{2,4}年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日",
        rf"(?P<day>[0-9]{{1,2}})[-/ ]{_NAMED}(?:[-/ ][0-9]{{2,4}})?",
        rf"{_NAMED}[-/ ](?P<day>[0-9]{{1,2}})(?:[-/, ]+[0-9]{{2,4}})?",
        r"[0-9]{4}[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?:[ t][0-9:.]*)?",
        r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})(?:/[0-9]{2,4})?(?: [0-9:.]*)?",
    )
)
_SERIAL = re.compile(r"[34][0-9]{4}|5[0-9]{4}", re.ASCII)
_SERIAL_ZERO = date(1899, 12, 30)

_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,20})?\Z", re.ASCII)
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
_DAY = re.compile(
    r"(?P<era>令和|平成|[rh])?\s*(?P<year>[0-9]{1,4}|元)\s*[-/.年]\s*(?P<month>[0-9]{1,2})\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*日?"
    r"(?:[ t]0?0:00(?::00)?)?\Z"
)


def folded(text: str) -> str:
    """Text as names are compared: NFKC, no invisible characters, no blanks around it, lower case."""
    return _visible(unicodedata.normalize("NFKC", text)).strip().casefold()


def kept(text: str) -> str:
    """A name as it is kept: NFC, without blanks around it."""
    return unicodedata.normalize("NFC", text).strip()


def numbered(text: str) -> str:
    """An indicator's number as it is compared: NFKC, every dash a hyphen, case kept."""
    return _visible(unicodedata.normalize("NFKC", text)).strip().translate(_DASHES)


def shown(text: str) -> str:
    """What somebody typed, fit for a message: cut to `MAX_SHOWN` characters, unprintable ones spelled out."""
    return printable(text, MAX_SHOWN)


def few(items: Iterable[object], limit: int = MAX_SHOWN) -> tuple[str, ...]:
    """The first `limit` items as text, with a mark when there are more."""
    texts = [str(item) for item in items]
    return tuple(texts) if len(texts) <= limit else (*texts[:limit], "…")


def levels_of(scale: Scale) -> dict[Fraction, Level]:
    """The values of a scale by what they are worth, for `mark_of`."""
    return {exact(value): value for value in scale.values}


def mark_of(text: str, levels: Mapping[Fraction, Level]) -> Mark | None:
    """What a level cell says; None when it is blank. ValueError when it is none of what a level cell may hold."""
    narrow = text.translate(_NARROW).strip()
    if not narrow:
        return None
    if narrow == CANNOT_SAY:
        return State.CANNOT_SAY
    if narrow in NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    if narrow[0] in NOT_APPLICABLE:
        narrow = f"-{narrow[1:]}"
    level = levels.get(Fraction(narrow)) if len(narrow) <= LONGEST_NUMBER and _NUMBER.match(narrow) else None
    if level is None:
        raise ValueError(text)
    return level


def amount_of(text: str, units: Sequence[str] = ()) -> Decimal:
    """An amount as people write it: full-width digits, thousands separators, `▲` or `△` for minus, one of `units` behind it.

    Before it `¥`, which in Shift_JIS is a backslash.

    ValueError for anything else: an amount with the wrong unit, `1,50` (which may be 1.5 or 150), `1e3`.
    """
    plain = folded(text).translate(_DASHES).replace("、", ",").removeprefix("¥").removeprefix("\\").lstrip()
    for unit in sorted(map(folded, units), key=len, reverse=True):
        if unit and plain.endswith(unit):
            plain = plain.removesuffix(unit).rstrip()
            break
    if plain[:1] in ("▲", "△"):
        plain = f"-{plain[1:]}"
    if not _AMOUNT.match(plain) or any(unicodedata.category(letter) == "No" for letter in text):
        raise ValueError(text)
    return Decimal(plain.replace(",", ""))


def day_of(text: str) -> date:
    """A day as people write it: `2026-05-31`, `2026/5/31`, `2026年5月31日`, `令和8年5月31日`, `R8.5.31`, in digits of any width.

    ValueError for anything else: a day without a year, one that is not in the calendar, two digits for the year.
    """
    match = _DAY.match(folded(text).translate(_DASHES))
    if match is None:
        raise ValueError(text)
    year = 1 if match["year"] == "元" else int(match["year"])
    if match["era"]:
        year += _ERAS[match["era"]]
    elif match["year"] == "元" or year < 1900:
        raise ValueError(text)
    return date(year, int(match["month"]), int(match["day"]))


def codes_behind_date(text: str, codes: Sequence[str]) -> tuple[str, ...] | None:
    """The codes a spreadsheet may have turned into this date (`4月1日`, `1-Apr`, `2024-04-01` → 4-1).

    None when the text is no date; empty when it is one, but of no code.
    """
    found = month_and_day(folded(text))
    if found is None:
        return None
    month, day = found
    return tuple(code for code in dict.fromkeys((f"{month}-{day}", f"{day}-{month}")) if code in codes)


def month_and_day(text: str) -> tuple[int, int] | None:
    """Month and day of a date as a spreadsheet shows or counts it, in folded text; None when it is none."""
    if _SERIAL.fullmatch(text):
        day = _SERIAL_ZERO + timedelta(days=int(text))
        return day.month, day.day
    match = next((match for form in _DATES if (match := form.fullmatch(text))), None)
    if match is None:
        return None
    month = match["month"]
    if not month.isdigit():
        return (_MONTHS.index(month) + 1, int(match["day"])) if month in _MONTHS else None
    return int(month), int(match["day"])


def _visible(text: str) -> str:
    return (
        text if text.isascii() else "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    )
