"""The last look before something is kept: is the text storable, is the value one of the scale's own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

from dxassess.assessment.model import Answer, State
from dxassess.catalogue.model import Edition, Level, Measure
from dxassess.errors import (
    IndicatorUnknown,
    LevelOffScale,
    MeasureNotUnderstood,
    TextNotStorable,
    TextTooLong,
)

TEXT_LIMIT = 20_000
SHORT_LIMIT = 200
DIGITS_LIMIT = 30

_NONCHARACTERS = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_NOT_STORABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")


def storable(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` in NFC with plain line ends, as it will be shown and exported.

    Raises TextTooLong beyond `limit` characters, TextNotStorable for control characters other than line end and tab,
    lone surrogates and non-characters.
    """
    if len(text) > limit:
        raise TextTooLong(length=len(text), limit=limit)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    refused = _NOT_STORABLE.search(plain)
    if refused:
        raise TextNotStorable(character=f"U+{ord(refused[0]):04X}")
    normal = unicodedata.normalize("NFC", plain)
    if len(normal) > limit:
        raise TextTooLong(length=len(normal), limit=limit)
    return normal


def short(text: str) -> str:
    """As `storable`, for names and titles: at most 200 characters, outer blanks removed."""
    return storable(text, SHORT_LIMIT).strip()


def folded(text: str) -> str:
    """What two names are compared by: NFKC, no case, no invisible characters, single blanks."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(character for character in wide if unicodedata.category(character) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def position(value: Level | None, edition: Edition) -> int | None:
    """Place of a level on the scale. Raises LevelOffScale for anything but one of the scale's own numbers."""
    if value is None:
        return None
    if type(value) not in (int, float) or value not in edition.scale.values:
        raise LevelOffScale(value=value, allowed=edition.scale.values)
    return edition.scale.position(value)


def answer_text(answer: Answer) -> Answer:
    """The answer with its texts as they will be kept. Raises as `storable`."""
    return replace(
        answer,
        state=State(answer.state),
        evidence=storable(answer.evidence),
        comment=storable(answer.comment),
        reason=None if answer.reason is None else short(answer.reason),
        conditions=frozenset(short(condition) for condition in answer.conditions),
    )


def unit(answer: Answer, edition: Edition) -> str | None:
    """Unit of the amounts; None when they are choices or there are none.

    Raises IndicatorUnknown, and MeasureNotUnderstood for what is neither a finite decimal nor one of the choices.
    """
    indicator = edition.indicators.get(answer.indicator)
    if indicator is None:
        raise IndicatorUnknown(indicator=answer.indicator, edition=edition.id)
    amounts = [amount for amount in (answer.amount, answer.target_amount) if amount is not None]
    for amount in amounts:
        if indicator.measure is None or not _fits(amount, indicator.measure):
            raise _not_understood(amount, indicator.measure)
    if not amounts or indicator.measure is None or indicator.measure.choices:
        return None
    return indicator.measure.unit.en


def _fits(amount: Decimal | str, measure: Measure) -> bool:
    if measure.choices:
        return isinstance(amount, str) and amount in {choice.id for choice in measure.choices}
    return isinstance(amount, Decimal) and amount.is_finite() and _digits(amount) <= DIGITS_LIMIT


def _digits(amount: Decimal) -> int:
    _, digits, exponent = amount.as_tuple()
    return len(digits) + abs(int(exponent))


def _not_understood(amount: Decimal | str, measure: Measure | None) -> MeasureNotUnderstood:
    return MeasureNotUnderstood(
        value=amount,
        unit="" if measure is None else measure.unit.en,
        decimals=0 if measure is None else measure.decimals,
    )
