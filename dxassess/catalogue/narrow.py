"""An edition for a part of it: what a round for one department asks, and what a pulse between full rounds does."""

from __future__ import annotations

from collections.abc import Collection

from dxassess.catalogue.model import Bilingual, Edition, Indicator, Section
from dxassess.text import LANGUAGES, Words

PULSE = "pulse"
"""The root of what a pulse asks; no section of a catalogue may be called so."""


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


def pulse(edition: Edition, codes: Collection[str]) -> Edition:
    """The edition with nothing but these scored indicators (by code) in its tree: what a pulse between full rounds asks.

    The root is `PULSE` and the only average; groups that keep an indicator stay, and so does how the tree is put together. There are no
    quantitative indicators, thresholds or published averages: those were made for all of the edition. KeyError for a code that is
    no scored indicator of the edition, ValueError for none at all.
    """
    scored = {item.code: item.id for item in edition.scored}
    asked = {scored[code] for code in codes}
    kept = _pruned(edition.head.tree, frozenset(codes))
    if kept is None:
        raise ValueError(codes)
    root = kept.model_copy(update={"id": PULSE, "title": _both("rhythm.pulse_root"), "short": None})
    below = {each.id for each in root.walk()}
    groups = [PULSE if each == edition.head.tree.id else each for each in edition.head.groups]
    head = edition.head.model_copy(
        update={
            "title": _both("rhythm.pulse_title", edition.head.title),
            "short": _both("rhythm.pulse_title", edition.head.short),
            "tree": root,
            "groups": tuple(group for group in groups if group in below),
            "averages": (PULSE,),
            "thresholds": (),
            "measures": (),
        }
    )
    indicators = {known: _alone(each, asked) for known, each in edition.indicators.items() if known in asked}
    return Edition(head=head, indicators=indicators, benchmarks=None)


def is_pulse(edition: Edition) -> bool:
    """Whether an edition is what a pulse asks."""
    return edition.head.tree.id == PULSE


def covers(edition: Edition, wanted: Edition) -> bool:
    """Whether an edition asks what another does: the same framework on the same scale, and its root somewhere in the tree.

    What a pulse asks are indicators, so it is covered by whatever asks all of these; a pulse itself covers no section whole.
    """
    if (edition.id, edition.scale.values) != (wanted.id, wanted.scale.values):
        return False
    if is_pulse(wanted):
        return set(wanted.head.tree.codes()) <= set(edition.head.tree.codes())
    return wanted.head.tree.id in edition.sections and not is_pulse(edition)


def as_asked(edition: Edition, asked: Edition) -> Edition:
    """The edition of today narrowed the way a round's was; whole where it no longer has what that one asked."""
    root, codes = asked.head.tree.id, list(asked.head.tree.codes())
    if is_pulse(asked):
        return pulse(edition, codes) if set(codes) <= set(edition.head.tree.codes()) else edition
    return narrowed(edition, root) if root in edition.sections else edition


def _pruned(section: Section, codes: frozenset[str]) -> Section | None:
    """A section with these indicators alone; None where none is left."""
    items = tuple(code for code in section.items if code in codes)
    sections = tuple(kept for each in section.sections if (kept := _pruned(each, codes)) is not None)
    return section.model_copy(update={"items": items, "sections": sections}) if items or sections else None


def _alone(indicator: Indicator, asked: Collection[str]) -> Indicator:
    """A sub-question whose key question is not asked stands for itself."""
    alone = indicator.parent is not None and indicator.parent not in asked
    return indicator.model_copy(update={"parent": None}) if alone else indicator


def _both(key: str, title: Bilingual | None = None) -> Bilingual:
    """A sentence of the program in both languages, with the title in each."""
    named = {language: {"title": Words(language).of(title)} if title else {} for language in LANGUAGES}
    return Bilingual(**{language: Words(language)(key, **named[language]) for language in LANGUAGES})
