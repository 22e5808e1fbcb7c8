"""A corrected workbook as the next revision of an edition: what changed, what stays, what people added by hand and keep.

An indicator that is gone stays in the folder as withdrawn, so that no answer loses its question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, get_args

from dxassess.catalogue.form import Item, Understood
from dxassess.catalogue.likeness import alike
from dxassess.catalogue.model import Bilingual, Edition, Indicator, Level, Scale, Section

What = Literal[
    "title", "whose", "scale", "order",
    "added", "gone", "back", "kind", "renamed", "reworded", "guidance", "levels", "unit", "parent", "moved",
]  # fmt: skip
WHATS: tuple[What, ...] = get_args(What)
SAME_NAME = Fraction(3, 5)
"""From this likeness on a name that changed is still the same item's."""
_COUNTED = re.compile(r"[nq]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two revisions: the number it is about ("" for the edition), then and now."""

    code: str
    what: What
    before: str = ""
    after: str = ""


def with_numbers_kept(found: Understood, before: Edition) -> Understood:
    """Items that had to be counted get the number they had in the revision before, known by their names; new ones a free number.

    So do those whose number begins with their section's place: a section put before the others makes no item another one.
    """
    counted = [item for item in found.items if item.numbering == "counted"]
    taken = {item.code for item in found.items if item.numbering != "counted"}
    known = [each for each in before.indicators.values() if _COUNTED.fullmatch(each.code)]
    codes: dict[str, str] = {}
    for least in (Fraction(1), SAME_NAME):
        for item in counted:
            offered = [each for each in known if each.code not in taken and _alike(item, each) >= least]
            if item.code not in codes and offered:
                codes[item.code] = max(offered, key=lambda each: _alike(item, each)).code
                taken.add(codes[item.code])
    taken |= {each.code for each in before.indicators.values()}
    for item in counted:
        if item.code not in codes:
            codes[item.code] = _free(item.code, taken)
            taken.add(codes[item.code])
    codes |= _placed_kept([item for item in found.items if item.numbering == "placed"], before)
    return replace(found, items=tuple(_renumbered(item, codes) for item in found.items))


def _placed_kept(placed: Sequence[Item], before: Edition) -> dict[str, str]:
    """The numbers of items that are numbered within their sections, by what their sections were before: known by names said once."""
    named = Counter(each.title.ja for each in before.indicators.values())
    once = Counter(item.title.ja for item in placed)
    known = {each.title.ja: each.code for each in before.indicators.values() if named[each.title.ja] == 1}
    codes = {item.code: known[item.title.ja] for item in placed if item.title.ja in known and once[item.title.ja] == 1}  # fmt: skip
    heads: dict[str, Counter[str]] = {}
    for mine, theirs in codes.items():
        heads.setdefault(_first(mine), Counter())[_first(theirs)] += 1
    moved = {mine: theirs.most_common(1)[0][0] for mine, theirs in heads.items()}
    taken = {_first(each.code) for each in before.indicators.values()}
    for item in placed:
        mine = _first(item.code)
        if mine not in moved:
            moved[mine] = mine if mine not in moved.values() else _free("1", taken | set(moved.values()))
        if item.code not in codes:
            wanted = moved[mine] + item.code.removeprefix(mine)
            codes[item.code] = wanted if wanted not in codes.values() else _free(f"{wanted}.1", set(codes.values()))  # fmt: skip
    return codes


def _first(code: str) -> str:
    return code.partition("-")[0]


def _alike(item: Item, each: Indicator) -> Fraction:
    """How alike two names are; nothing where one is measured and the other is not."""
    same_kind = (item.kind == "quantitative") == (each.kind == "quantitative")
    return alike(item.title.ja, each.title.ja) if same_kind else Fraction(0)


def _free(code: str, taken: set[str]) -> str:
    letter, number = code.rstrip("0123456789"), 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def _renumbered(item: Item, codes: Mapping[str, str]) -> Item:
    mine = codes.get(item.code, item.code) if item.numbering in ("counted", "placed") else item.code
    return replace(item, code=mine, parent=codes.get(item.parent, item.parent))


def revised(after: Edition, before: Edition) -> Edition:
    """`after` as the next revision of `before`: with its withdrawn indicators, and with what people added by hand."""
    kept = {known: _kept(each, before.indicators.get(known)) for known, each in after.indicators.items()}
    for known, each in before.indicators.items():
        if known not in kept:
            kept[known] = _withdrawn(each, after.scale, kept)
    head = after.head.model_copy(
        update={
            "roles": before.head.roles,
            "not_applicable": before.head.not_applicable,
            "revision": before.revision,
            "title": _translated(after.head.title, before.head.title),
            "short": _translated(after.head.short, before.head.short),
            "tree": _renamed(after.head.tree, _titles(before)),
        }
    )
    made = Edition(head=head, indicators=kept)
    if same_words(made, before):
        return made
    return Edition(head=head.model_copy(update={"revision": before.revision + 1}), indicators=kept)


def same_words(one: Edition, other: Edition) -> bool:
    """Whether two editions ask the same: all but revision, source, notice and crosswalk."""
    return _seen(one) == _seen(other)


def _seen(edition: Edition) -> tuple[object, ...]:
    head = edition.head.model_copy(
        update={"revision": 1, "source": edition.head.title, "notice": edition.head.title}
    )
    return head, {known: each.model_copy(update={"crosswalk": ()}) for known, each in edition.indicators.items()}  # fmt: skip


def _kept(now: Indicator, then: Indicator | None) -> Indicator:
    if then is None or then.kind != now.kind:
        return now
    by_hand = ("conditions", "evidence", "actions", "weight", "crosswalk", "respondents")
    update: dict[str, object] = {name: getattr(then, name) for name in by_hand}
    for name in ("title", "question"):
        update[name] = _translated(getattr(now, name), getattr(then, name))
    if now.guidance is None and then.wording.guidance == "own":
        update["guidance"] = then.guidance
    elif now.guidance is not None and then.guidance is not None:
        update["guidance"] = _translated(now.guidance, then.guidance)
    update["levels"] = {
        level: _translated(text, then.levels[level]) if level in then.levels else text
        for level, text in now.levels.items()
    }
    if now.measure is not None and then.measure is not None and now.measure.unit.ja == then.measure.unit.ja:
        update["measure"] = then.measure
    return now.model_copy(update=update)


def _translated(now: Bilingual, then: Bilingual) -> Bilingual:
    """The English somebody wrote stays as long as the Japanese does."""
    return then if now.ja == then.ja and now.en == now.ja else now


def _withdrawn(each: Indicator, scale: Scale, kept: Mapping[str, Indicator]) -> Indicator:
    """Its levels are those of the scale of today, or the folder could not be read; a round keeps the words people saw."""
    measured = each.kind == "quantitative"
    levels: dict[Level, Bilingual] = {}
    if scale.described == "indicators" and not measured:
        levels = {step.value: each.levels.get(step.value, step.name) for step in scale.levels}
    wording = each.wording.model_copy(update={"levels": (each.wording.levels or "own") if levels else None})
    above = kept.get(each.parent or "")
    parent = each.parent if above and above.kind == "key" else None
    kind = "quantitative" if measured else "sub" if parent else "key"
    update = {"withdrawn": True, "levels": levels, "wording": wording, "parent": parent, "kind": kind}
    return each.model_copy(update=update)


def _titles(edition: Edition) -> dict[str, Bilingual]:
    return {section.id: section.title for section in edition.head.tree.walk()}


def _renamed(section: Section, known: Mapping[str, Bilingual]) -> Section:
    title = _translated(section.title, known[section.id]) if section.id in known else section.title
    inner = tuple(_renamed(each, known) for each in section.sections)
    return section.model_copy(update={"title": title, "sections": inner})


def differences(before: Edition, after: Edition) -> tuple[Difference, ...]:
    """What a person is shown before a revision is written, the edition first, then number by number."""
    return (*_of_edition(before, after), *(each for known in _order(before, after) for each in _of(known, before, after)))  # fmt: skip


def _of_edition(before: Edition, after: Edition) -> Iterator[Difference]:
    if before.head.title != after.head.title:
        yield Difference("", "title", *_texts(before.head.title, after.head.title))
    if before.head.status != after.head.status:
        yield Difference("", "whose")
    if before.scale != after.scale:
        yield Difference("", "scale", _levels(before.scale), _levels(after.scale))
    then, now = ([each.code for each in (*edition.scored, *edition.measured)] for edition in (before, after))
    both = set(then) & set(now)
    if [code for code in then if code in both] != [code for code in now if code in both]:
        yield Difference("", "order")


def _levels(scale: Scale) -> str:
    return " / ".join(f"{step.value} {step.name.ja}" for step in scale.levels)


def _texts(then: Bilingual | None, now: Bilingual | None) -> tuple[str, str]:
    """Both as they are told: in Japanese, or in English where only that differs."""
    in_english = then is not None and now is not None and then.ja == now.ja
    before, after = ("" if each is None else each.en if in_english else each.ja for each in (then, now))
    return before, after


def _order(before: Edition, after: Edition) -> Sequence[str]:
    listed = [each.id for edition in (after, before) for each in (*edition.scored, *edition.measured)]
    return list(dict.fromkeys(listed))


def _of(known: str, before: Edition, after: Edition) -> Iterator[Difference]:
    then, now = before.indicators.get(known), after.indicators.get(known)
    if now is None or now.withdrawn:
        assert then
        yield Difference(then.code, "gone", then.title.ja)
        return
    if then is None:
        yield Difference(now.code, "added", after=now.title.ja)
        return
    if then.withdrawn:
        yield Difference(now.code, "back", after=now.title.ja)
    yield from _of_texts(then, now)
    homes = [" / ".join(_home(edition.head.tree, now.code)) for edition in (before, after)]
    if homes[0] != homes[1] and not then.withdrawn and (then.measure is None) == (now.measure is None):
        yield Difference(now.code, "moved", *homes)


def _of_texts(then: Indicator, now: Indicator) -> Iterator[Difference]:
    counted = (then.measure, now.measure)
    texts: list[tuple[What, str, str]] = [
        ("kind", then.kind, now.kind),
        ("renamed", *_texts(then.title, now.title)),
        ("reworded", *_texts(then.question, now.question)),
        ("guidance", *_texts(then.guidance, now.guidance)),
        ("levels", _described(then), _described(now)),
    ]
    if counted[0] is not None and counted[1] is not None:
        texts.append(("unit", *_texts(counted[0].unit, counted[1].unit)))
    if "quantitative" not in (then.kind, now.kind):
        texts.append(("parent", then.parent or "", now.parent or ""))
    for what, old, new in texts:
        if old != new:
            yield Difference(now.code, what, old, new)


def _described(each: Indicator) -> str:
    return "\n".join(
        f"{level}: {text.ja}" if text.ja == text.en else f"{level}: {text.ja} / {text.en}"
        for level, text in each.levels.items()
    )


def _home(section: Section, code: str) -> tuple[str, ...]:
    if code in section.items:
        return (section.title.ja,)
    inner = next((found for each in section.sections if (found := _home(each, code))), ())
    return (section.title.ja, *inner) if inner else ()
