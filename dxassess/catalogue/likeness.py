"""Which indicators of another edition speak of the same thing: proposals with reasons, for a person to accept, change or drop.

Likeness of two texts is the Dice coefficient of their character pairs, which needs no dictionary and suits Japanese. The name
counts three parts, the question two. Never more than a proposal: levels are always `changed`, the basis is always our own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from dxassess.catalogue.model import Bilingual, Crosswalk, Edition, Indicator
from dxassess.catalogue.values import Language
from dxassess.text import sentences

LEAST = Fraction(1, 4)
MOST = 3
NAME, QUESTION = 3, 2
WORDS_SHOWN = 4
_WORD = re.compile("[\u3400-\u9fff]{2,}|[\u30a1-\u30fa\u30fc]{3,}|[a-z]{4,}")
_COMMON = frozenset(
    ["推進", "取組", "企業", "経営", "指標", "実施", "場合", "必要", "内容", "自社", "具体的", "状況", "whether", "does", "have", "this", "that", "with", "your", "company", "what", "from", "into", "they", "there", "been", "such"]
)  # fmt: skip
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A counterpart: the indicator it is for (by code), the other one, how alike they are (0–1), and why it is proposed."""

    code: str
    to: Indicator
    edition: str
    likeness: Fraction
    reason: Bilingual

    @property
    def crosswalk(self) -> Crosswalk:
        """As it is kept once somebody accepts it."""
        return Crosswalk(to=self.to.id, relation="overlaps", levels="changed", basis="own", reason=self.reason)  # fmt: skip


def proposals(edition: Edition, others: Sequence[Edition]) -> tuple[Proposal, ...]:
    """For each indicator the most alike of each other edition, at most three; scored with scored, measured with measured."""
    found: list[Proposal] = []
    for one in (*edition.scored, *edition.measured):
        for other in others:
            if other.id != edition.id:
                found += _best(one, edition, other)
    return tuple(found)


def _best(one: Indicator, mine: Edition, other: Edition) -> list[Proposal]:
    offered = other.measured if one.kind == "quantitative" else other.scored
    rated = [(likeness(one, each), each) for each in offered]
    rated = sorted((pair for pair in rated if pair[0] >= LEAST), key=lambda pair: (-pair[0], pair[1].id))
    return [
        Proposal(one.code, each, other.id, how, _reason(one, each, mine, other)) for how, each in rated[:MOST]
    ]


def likeness(one: Indicator, other: Indicator) -> Fraction:
    """How alike two indicators are, 0–1, in the language they are most alike in."""
    return max(
        (NAME * alike(one.title[each], other.title[each]) + QUESTION * alike(one.question[each], other.question[each])) / (NAME + QUESTION)
        for each in LANGUAGES
    )  # fmt: skip


def alike(one: str, other: str) -> Fraction:
    """The Dice coefficient of the character pairs of two texts, 0–1; 1 for equal ones."""
    first, second = _pairs(one), _pairs(other)
    total = first.total() + second.total()
    return Fraction(2 * (first & second).total(), total) if total else Fraction(one == other)


@lru_cache(maxsize=4_000)
def _pairs(text: str) -> Counter[str]:
    plain = _plain(text)
    return Counter(plain[place : place + 2] for place in range(len(plain) - 1)) or Counter([plain] if plain else [])  # fmt: skip


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _reason(one: Indicator, other: Indicator, mine: Edition, theirs: Edition) -> Bilingual:
    """By rule: the same name, a similar one, the words both questions use. Both editions are named: it is read from either side."""
    language: Language = max(LANGUAGES, key=lambda each: alike(one.title[each], other.title[each]))
    named = {"own": one.title[language], "name": other.title[language]}
    parts: list[Bilingual] = []
    if _plain(one.title[language]) == _plain(other.title[language]):
        parts.append(_said("form.reason_same", mine, theirs, **named))
    elif alike(one.title[language], other.title[language]) >= LEAST:
        parts.append(_said("form.reason_alike", mine, theirs, **named))
    words = shared_words(one, other)
    if words:
        japanese = _said("form.reason_words", mine, theirs, words="、".join(words)).ja
        english = _said("form.reason_words", mine, theirs, words=", ".join(words)).en
        parts.append(Bilingual(ja=japanese, en=english))
    parts = parts or [_said("form.reason_letters", mine, theirs)]
    return Bilingual(ja="。".join(part.ja for part in parts) + "。", en="; ".join(part.en for part in parts) + ".")  # fmt: skip


def shared_words(one: Indicator, other: Indicator) -> tuple[str, ...]:
    """Words that stand in name or question of both, the longest first, without those that stand everywhere."""
    shared = _words(_all(one)) & _words(_all(other)) - _COMMON
    return tuple(sorted(shared, key=lambda word: (-len(word), word))[:WORDS_SHOWN])


def _all(each: Indicator) -> Iterable[str]:
    return (text[language] for text in (each.title, each.question) for language in LANGUAGES)


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())}


def _said(key: str, mine: Edition, theirs: Edition, **values: object) -> Bilingual:
    both = sentences()[key]
    shorts = [(mine.head.short[language], theirs.head.short[language]) for language in LANGUAGES]
    ja, en = (
        both[language].format(mine=names[0], theirs=names[1], **values)
        for language, names in zip(LANGUAGES, shorts, strict=True)
    )
    return Bilingual(ja=ja, en=en)
