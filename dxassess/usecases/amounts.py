"""What a person types for a measure."""

from __future__ import annotations

import re
from decimal import Decimal

from dxassess.catalogue.model import Measure
from dxassess.errors import MeasureNotUnderstood

LONGEST = 40
_NARROW = str.maketrans("０１２３４５６７８９．，－　", "0123456789.,- ")
_MINUS = str.maketrans("▲△−", "---")
_NUMBER = re.compile(
    r"(?P<minus>-?)(?P<whole>[0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5}|(?=\.[0-9]))(?:\.(?P<part>[0-9]*))?",
    re.ASCII,
)


def read_amount(measure: Measure, typed: str, unit: str) -> Decimal | str | None:
    """A choice's id, or a number; blank is None.

    Full-width digits, commas between thousands and ▲ for minus are read; `1e5`, `1,2`, `③` and `½` are not numbers here.
    Raises MeasureNotUnderstood, also for more digits after the point than the measure takes.
    """
    text = typed.translate(_NARROW).translate(_MINUS).strip()
    if not text:
        return None
    read: Decimal | str | None
    if measure.choices:
        read = text if text in {choice.id for choice in measure.choices} else None
    else:
        read = _number(text, measure.decimals)
    if read is None:
        raise MeasureNotUnderstood(value=typed[:LONGEST], unit=unit, decimals=measure.decimals)
    return read


def _number(text: str, decimals: int) -> Decimal | None:
    found = _NUMBER.fullmatch(text)
    if found is None or len(found["part"] or "") > decimals:
        return None
    whole, part = found["whole"].replace(",", ""), found["part"]
    return Decimal(f"{found['minus']}{whole or '0'}.{part or '0'}" if part else f"{found['minus']}{whole}")
