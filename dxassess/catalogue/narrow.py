"""An edition for one of its sections alone: what a round held for one department asks. And names cut for narrow places."""

from __future__ import annotations

from dxassess.catalogue.model import Bilingual, Edition, Section
from dxassess.catalogue.values import Short


def sections_for_rounds(edition: Edition) -> tuple[Section, ...]:
    """The sections a round can be held for alone: those just below the root of a framework of one's own.

    An official edition is answered whole: its averages are published for all of it.
    """
    return edition.head.tree.sections if edition.head.status == "own" else ()


def narrowed(edition: Edition, section: str) -> Edition:
    """The edition with nothing but one section (by id) as its tree; the quantitative indicators stay. The root gives it whole.

    Title and short title name the section. KeyError for a section the edition does not have.
    """
    root = edition.sections[section]
    if root is edition.head.tree:
        return edition
    below = {each.id for each in root.walk()}
    codes = {*root.codes(), *(indicator.code for indicator in edition.measured)}
    groups = tuple(group for group in edition.head.groups if group in below)
    averages = tuple(average for average in edition.head.averages if average in below)
    head = edition.head.model_copy(
        update={
            "title": _named(edition.head.title, root),
            "short": _named(edition.head.short, root),
            "tree": root,
            "groups": groups or (root.id,),
            "averages": averages or (root.id,),
            "thresholds": tuple(each for each in edition.head.thresholds if each.of in below),
        }
    )
    kept = {known: each for known, each in edition.indicators.items() if each.code in codes}
    return Edition(head=head, indicators=kept, benchmarks=None)


def _named(title: Bilingual, root: Section) -> Bilingual:
    return Bilingual(ja=f"{title.ja} {root.title.ja}", en=f"{title.en}: {root.title.en}")


LONGEST_JA, LONGEST_EN = 14, 28


def short_of(title: Bilingual) -> Short | None:
    """A name cut for narrow places; None where it is short enough as it is."""
    if len(title.ja) <= LONGEST_JA and len(title.en) <= LONGEST_EN:
        return None
    return Short(ja=_cut(title.ja, LONGEST_JA), en=_cut(title.en, LONGEST_EN))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
