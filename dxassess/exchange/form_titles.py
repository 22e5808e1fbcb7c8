"""Names that carry more than a name: their number (`4-1 体制`), or the question below them in the same cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dxassess.catalogue.form import Both
from dxassess.exchange.form_numbers import number_of

LONGEST_NAME = 40
_NUMBERED = re.compile(
    r"(?P<number>(?:[A-Za-z]{1,5}[-.]?)?[0-9０-９①-⑳]{1,3}(?:[-.－．−ー‐][0-9０-９A-Za-z]{1,5}){0,3}|[A-Za-z]{1,5}(?:[.-][A-Za-z0-9]{1,5}){1,3})"
    r"(?:[.．:：、)）]|\s)\s*(?P<name>\S.*)",
    re.DOTALL,
)


def split_number(text: str) -> tuple[str, str] | None:
    """`4-1 体制`, `問3．記録`, `ID.AM-1: Devices` as number and name; None where no number stands before the name."""
    plain = text.strip().lstrip("(（【[").removeprefix("問").removeprefix("設問")
    found = _NUMBERED.fullmatch(plain)
    if found is None or not number_of(found["number"]).printed:
        return None
    return found["number"], found["name"].strip().lstrip(")）】]").strip()


def all_numbered(texts: Sequence[str]) -> bool:
    """Whether nearly all of these begin with a number, no two with the same."""
    found = [each[0] for text in texts if (each := split_number(text)) is not None]
    return len(texts) >= 2 and len(found) * 10 >= len(texts) * 8 and len(set(found)) == len(found)


def without_number(text: Both, code: str) -> Both:
    """A text without its own number before it."""
    found = [split_number(each) for each in (text.ja, text.en)]
    rests = [
        split[1] if split and code and number_of(split[0]).code == code else each
        for split, each in zip(found, (text.ja, text.en), strict=True)
    ]
    return Both(rests[0], rests[1])


def split_question(title: Both) -> tuple[Both, Both] | None:
    """A short first line is the name, what follows the question; None where there is one line, or the first is long."""
    parts = [each.partition("\n") for each in (title.ja, title.en)]
    if any(not rest.strip() or len(name) > LONGEST_NAME for name, _, rest in parts):
        return None
    names, rests = [name.strip() for name, _, _ in parts], [rest.strip() for _, _, rest in parts]
    return Both(names[0], names[1]), Both(rests[0], rests[1])
