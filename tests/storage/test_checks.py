"""F34, F35: text is kept in NFC, or refused with a sentence before it reaches the database."""

import pytest

from dxassess.assessment.model import Answer, State
from dxassess.errors import TextNotStorable, TextTooLong
from dxassess.storage.checks import SHORT_LIMIT, TEXT_LIMIT, folded, short, storable

REFUSED = [0x0000, 0x0007, 0x001B, 0x007F, 0x0085, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0xFDD0, 0x10FFFF]


@pytest.mark.parametrize("character", REFUSED, ids=hex)
@pytest.mark.parametrize("field", ["evidence", "comment", "reason", "conditions"])
def test_what_no_export_could_carry_is_refused_by_name(sqlite_voice, character, field):
    text = f"前{chr(character)}後"
    value = frozenset({text}) if field == "conditions" else text
    with pytest.raises(TextNotStorable) as refused:
        sqlite_voice.tell(Answer("tiny.1", State.CANNOT_SAY, **{field: value}))
    assert refused.value.values == {"character": f"U+{character:04X}"}


KEPT = [
    "改行\nと\tタブ",
    "👩‍👩‍👧‍👦",
    "𠮷",
    "\u202e逆\u202c",
    "a\u200bb",
    "ｶﾀｶﾅ",
    "Z͑ͫ̓",
    "\ufffd",
    "\ufeff先頭",
    "-1+1",
    "=1+1",
    "' OR 1=1; --",
]


@pytest.mark.parametrize("text", KEPT)
def test_everything_else_is_read_back_as_it_was_written(voice, text):
    record = voice.tell(Answer("tiny.1", State.CANNOT_SAY, comment=text, evidence=text))
    assert voice.store.answers(voice.round.id) == (record,)
    assert record.answer.comment == storable(text)


def test_text_is_kept_in_nfc_with_plain_line_ends(voice):
    record = voice.tell(Answer("tiny.1", State.CANNOT_SAY, comment="か\u3099\r\nき\rく"))
    assert record.answer.comment == "が\nき\nく"
    assert voice.store.answers(voice.round.id) == (record,)


@pytest.mark.parametrize("length", [TEXT_LIMIT + 1, 10_000_000])
def test_text_beyond_the_limit_is_refused_with_both_numbers(sqlite_voice, length):
    with pytest.raises(TextTooLong) as refused:
        sqlite_voice.tell(Answer("tiny.1", State.CANNOT_SAY, comment="あ" * length))
    assert refused.value.values == {"length": length, "limit": TEXT_LIMIT}


def test_text_that_grows_beyond_the_limit_in_nfc_is_refused():
    with pytest.raises(TextTooLong):
        storable("\u0958" * TEXT_LIMIT)
    assert len(storable("あ" * TEXT_LIMIT)) == TEXT_LIMIT


def test_names_are_short_and_without_outer_blanks():
    assert short("\u3000山田 ") == "山田"
    with pytest.raises(TextTooLong):
        short("あ" * (SHORT_LIMIT + 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ", "abc"),
        ("が", "か\u3099"),
        ("ｶﾞ", "ガ"),
        ("a\u200bb", "AB"),
        ("甲  社", "甲\u3000社"),
        ("ß", "SS"),
    ],
)
def test_names_that_look_alike_are_compared_as_one(one, other):
    assert folded(one) == folded(other)
