"""Names cut for narrow places, where nobody wrote a short one."""

from __future__ import annotations

from dxassess.catalogue.model import Bilingual
from dxassess.catalogue.values import Short

LONGEST_JA, LONGEST_EN = 14, 28


def short_of(title: Bilingual) -> Short | None:
    """A name cut for narrow places; None where it is short enough as it is. One text for both languages is cut alike."""
    if len(title.ja) <= LONGEST_JA and len(title.en) <= LONGEST_EN:
        return None
    longest_en = LONGEST_JA if title.en == title.ja and not title.en.isascii() else LONGEST_EN
    return Short(ja=_cut(title.ja, LONGEST_JA), en=_cut(title.en, longest_en))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
