"""From an understood workbook to an edition: tree, groups, scale, indicators. The sentences stay those of the workbook.

What the workbook does not say is said in general words of our own and marked so. Where it has one language only, the same text
stands in both. A revision keeps what people added to the one before: translations, conditions, examples, crosswalk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dxassess.catalogue.compose_tree import grouped, measures_of, own_groups, tree_of
from dxassess.catalogue.form import Both, Item, Step, Understood
from dxassess.catalogue.model import (
    Bilingual,
    Edition,
    EditionHead,
    Indicator,
    Measure,
    Option,
    Role,
    Scale,
    ScaleLevel,
    Wording,
)
from dxassess.catalogue.short import short_of
from dxassess.text import sentences

DIGEST = 12


@dataclass(frozen=True, slots=True)
class About:
    """What a person says of the edition. `official`: the file is the official form, so its words are official words."""

    id: str
    title: str
    title_en: str = ""
    official: bool = False


def composed(found: Understood, about: About, like: Edition, revision: int = 1) -> Edition:
    """The edition a workbook describes. `like` lends its roles and its reasons why an item does not apply.

    `found` has no problems. Raises pydantic's ValidationError when an id or a text is none a catalogue can hold.
    """
    items = grouped(found.items)
    root = tree_of([item for item in items if item.kind == "scored"])
    title = Bilingual(ja=about.title, en=about.title_en or about.title)
    described = any(item.levels for item in items)
    groups = own_groups(root, items)
    head = EditionHead(
        id=about.id,
        title=title,
        short=title,
        status="current" if about.official else "own",
        revision=revision,
        source=_sentence(
            "form.source", file=unicodedata.normalize("NFC", found.file), digest=found.digest[:DIGEST]
        ),
        notice=_notice(found, about),
        scale=_scale(found, about, described=described),
        roles=tuple(Role.model_validate(role.model_dump()) for role in like.head.roles),
        not_applicable=tuple(Option.model_validate(each.model_dump()) for each in like.head.not_applicable),
        tree=root,
        groups=groups,
        averages=tuple(dict.fromkeys((root.id, *(section.id for section in root.sections)))),
        measures=measures_of([item for item in items if item.kind == "quantitative"]),
    )
    made = [_indicator(item, found.steps, about, described=described) for item in items]
    return Edition(head=head, indicators={each.id: each for each in made})


def _sentence(key: str, **values: object) -> Bilingual:
    both = sentences()[key]
    return Bilingual(ja=both["ja"].format(**values), en=both["en"].format(**values))


def _notice(found: Understood, about: About) -> Bilingual:
    parts = [_sentence("form.notice_official" if about.official else "form.notice_own")]
    if not any(item.question.ja != item.question.en for item in found.items):
        parts.append(_sentence("form.notice_one_language"))
    parts.append(_sentence(f"form.notice_scale_{'asked' if found.scale_from == 'asked' else 'sheet'}"))
    parts.append(_sentence("form.notice_ours"))
    return Bilingual(ja="".join(part.ja for part in parts), en=" ".join(part.en for part in parts))


def _scale(found: Understood, about: About, *, described: bool) -> Scale:
    named = all(step.name for step in found.steps)
    asked = found.scale_from == "asked"
    return Scale(
        described="indicators" if described else "scale",
        names="official" if about.official and named else "own",
        levels=tuple(_level(step, highest=asked and step is found.steps[-1]) for step in found.steps),
    )


def _level(step: Step, *, highest: bool) -> ScaleLevel:
    """In general words where the sheet has no levels at all: only what is true of any scale."""
    name = Bilingual(ja=step.name, en=step.name) if step.name else _sentence("form.level", n=step.value)
    character = Bilingual(ja=step.character, en=step.character) if step.character else None
    if highest:
        character = _sentence("form.highest")
    return ScaleLevel(value=step.value, name=name, short=short_of(name), character=character)


def _indicator(item: Item, steps: Sequence[Step], about: About, *, described: bool) -> Indicator:
    measured = item.kind == "quantitative"
    levels = _levels(item, steps) if described and not measured else {}
    theirs: Literal["official", "own"] = "official" if about.official else "own"
    complete = len(item.levels) == len(steps)
    return Indicator(
        id=f"{about.id}.{item.code.lower()}",
        code=item.code,
        kind="quantitative" if measured else "sub" if item.parent else "key",
        parent=f"{about.id}.{item.parent.lower()}" if item.parent else None,
        wording=Wording(
            title=theirs,
            question=theirs,
            guidance=theirs if item.guidance else "own",
            levels=(theirs if complete else "own") if levels else None,
            measure=(theirs if item.unit else "own") if measured else None,
        ),
        title=_both(item.title),
        question=_both(item.question),
        guidance=Bilingual(ja=item.guidance, en=item.guidance) if item.guidance else None,
        levels=levels,
        measure=_measure(item) if measured else None,
    )


def _levels(item: Item, steps: Sequence[Step]) -> dict[int | float, Bilingual]:
    """All levels of the scale; one the sheet leaves blank says so."""
    return {
        step.value: Bilingual(ja=text, en=text)
        if (text := item.levels.get(step.value))
        else _sentence("form.level_blank", n=step.value)
        for step in steps
    }


def _measure(item: Item) -> Measure:
    unit = Bilingual(ja=item.unit, en=item.unit) if item.unit else _sentence("form.unit")
    return Measure(unit=unit, better="neither", decimals=2)


def _both(text: Both) -> Bilingual:
    return Bilingual(ja=text.ja, en=text.en)
