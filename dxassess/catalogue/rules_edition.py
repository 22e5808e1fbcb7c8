"""The rules of `edition.yaml` and `benchmarks.yaml`: scale, options, tree, groups, averages. One function per rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dxassess.catalogue.fields import Sheet, V, shortened
from dxassess.catalogue.folder import (
    Folder,
    Head,
    is_reserved,
    named_once,
    option_ids_once,
    options_once,
    words_once,
)
from dxassess.catalogue.model import Benchmarks, EditionHead, Section
from dxassess.catalogue.narrow import PULSE
from dxassess.errors import Problem
from dxassess.yamlfile import Place

AGREED_ROLE = "organisation"


def edition_named_after_folder(head: Head, folder: Folder) -> Iterator[Problem]:
    """The edition's id is the name of its folder, and a name every computer can store."""
    if head.value.id != folder.id and not folder.can_be_an_id:
        yield head.problem("folder_name", "id", found=shortened(folder.id), expected=head.value.id)
    elif head.value.id != folder.id:
        yield head.problem("edition_differs", "id", found=head.value.id, expected=folder.id)
    if is_reserved(head.value.id):
        yield head.problem("name_reserved", "id", name=head.value.id)


def scale_ascends(head: Head, folder: Folder) -> Iterator[Problem]:
    """The numbers of the scale rise from level to level."""
    values = head.value.scale.values
    for number in range(1, len(values)):
        if values[number] <= values[number - 1]:
            place = ("scale", "levels", number)
            yield head.problem("scale_not_ascending", *place, value=values[number], before=values[number - 1])


def suggestion_on_scale(head: Head, folder: Folder) -> Iterator[Problem]:
    """Suggested levels are levels of the scale and rise from the first condition to the last gate."""
    suggestion = head.value.suggestion
    if suggestion is None:
        return
    yield from options_once(head, ("suggestion", "gates"), suggestion.gates)
    places: list[Place] = [("suggestion", "any_condition")]
    places += [("suggestion", "gates", number) for number in range(len(suggestion.gates))]
    levels = [suggestion.any_condition, *(gate.level for gate in suggestion.gates)]
    for number, (place, level) in enumerate(zip(places, levels, strict=True)):
        if level not in head.value.scale.values:
            allowed = list(head.value.scale.values)
            yield head.problem("suggestion_off_scale", *place, value=level, allowed=allowed)
        elif number and level <= levels[number - 1]:
            yield head.problem("gates_not_ascending", *place, value=level, before=levels[number - 1])


def options_of_edition(head: Head, folder: Folder) -> Iterator[Problem]:
    """Ids of roles, reasons and thresholds are used once; no role is called like the organisation's one voice."""
    yield from options_once(head, ("roles",), head.value.roles)
    yield from options_once(head, ("not_applicable",), head.value.not_applicable)
    yield from words_once(head, ("roles",), head.value.roles)
    yield from words_once(head, ("not_applicable",), head.value.not_applicable)
    yield from option_ids_once(head, ("thresholds",), [threshold.id for threshold in head.value.thresholds])
    for number, role in enumerate(head.value.roles):
        if role.id == AGREED_ROLE:
            yield head.problem("role_reserved", "roles", number, id=role.id)


def sections_well_formed(head: Head, folder: Folder) -> Iterator[Problem]:
    """A section has sections or indicators, not both and not neither; its id is used once in tree and measures, and is not a pulse's."""
    first: dict[str, int] = {}
    taken = {sheet.value.id for sheet in folder.indicators}
    for section, place in _sections(head.value):
        if section.sections and section.items:
            yield head.problem("section_both", *place, section=section.id)
        if not section.sections and not section.items:
            yield head.problem("section_empty", *place, section=section.id)
        line = head.document.line((*place, "id"))
        if section.id in first:
            yield head.problem("section_twice", *place, "id", section=section.id, first=first[section.id])
        if section.id == PULSE:
            yield head.problem("section_reserved", *place, "id", section=section.id)
        if section.id in taken:
            yield head.problem("section_like_indicator", *place, "id", section=section.id)
        first.setdefault(section.id, line)


def every_indicator_has_one_place(head: Head, folder: Folder) -> Iterator[Problem]:
    """Each indicator stands once: scored ones in the tree, quantitative ones in the measures, withdrawn ones nowhere."""
    by_code = {sheet.value.code: sheet.value for sheet in folder.indicators}
    unread = {stem.lower() for stem in folder.unread}
    seen: dict[str, int] = {}
    for code, place in _items(head.value):
        indicator = by_code.get(code)
        if code in seen:
            yield head.problem("item_twice", *place, item=code, first=seen[code])
        elif indicator is None and code.lower() not in unread:
            yield head.problem("item_unknown", *place, item=code)
        elif indicator is not None and indicator.withdrawn:
            yield head.problem("item_withdrawn", *place, item=code)
        elif indicator is not None and (place[0] == "measures") != (indicator.kind == "quantitative"):
            yield head.problem(f"item_not_in_{place[0]}", *place, item=code, kind=indicator.kind)
        seen.setdefault(code, head.document.line(place))
    for sheet in folder.indicators:
        if sheet.value.code not in seen and not sheet.value.withdrawn:
            where = "measures" if sheet.value.kind == "quantitative" else "tree"
            yield sheet.problem("item_nowhere", "code", item=sheet.value.code, where=where, edition=head.file)


def named_sections_exist(head: Head, folder: Folder) -> Iterator[Problem]:
    """Groups, averages and thresholds name sections of the tree; groups and averages name each once."""
    known = [section.id for section in head.value.tree.walk()]
    named: list[tuple[Place, str]] = []
    for field in ("groups", "averages"):
        yield from named_once(head, (field,), getattr(head.value, field))
        named += [((field, number), section) for number, section in enumerate(getattr(head.value, field))]
    named += [(("thresholds", n, "of"), threshold.of) for n, threshold in enumerate(head.value.thresholds)]
    for place, section in named:
        if section not in known:
            yield head.problem("section_unknown", *place, section=section, known=known)


def thresholds_within_reach(head: Head, folder: Folder) -> Iterator[Problem]:
    """A threshold is a value its section can come to."""
    for number, threshold in enumerate(head.value.thresholds):
        values = {"at_least": threshold.at_least}
        yield from _within_reach(head, ("thresholds", number), head, threshold.of, values)


def groups_cover_once(head: Head, folder: Folder) -> Iterator[Problem]:
    """Every scored indicator belongs to exactly one group."""
    sections = {section.id: section for section in head.value.tree.walk()}
    named = dict.fromkeys(group for group in head.value.groups if group in sections)
    homes: dict[str, list[str]] = {}
    for group in named:
        for code in sections[group].codes():
            homes.setdefault(code, []).append(group)
    for code, place in _items(head.value):
        if place[0] == "tree" and code not in homes:
            yield head.problem("group_missing", *place, item=code)
        if place[0] == "tree" and len(set(homes.get(code, ()))) > 1:
            yield head.problem("group_overlap", *place, item=code, groups=homes[code])


def averages_name_known(sheet: Sheet[Benchmarks], head: Head) -> Iterator[Problem]:
    """A published average names a group of its file and a section of the tree, once per year, and has a number."""
    yield from options_once(sheet, ("groups",), sheet.value.groups)
    groups = [group.id for group in sheet.value.groups]
    nodes = [section.id for section in head.value.tree.walk()]
    first: dict[tuple[object, ...], int] = {}
    for number, average in enumerate(sheet.value.averages):
        place: Place = ("averages", number)
        numbers = {name: value for name, value in average if name.endswith(("_mean", "_median"))}
        if average.group not in groups:
            yield sheet.problem("average_group_unknown", *place, "group", group=average.group, known=groups)
        if average.of not in nodes:
            yield sheet.problem("section_unknown", *place, "of", section=average.of, known=nodes)
        if all(value is None for value in numbers.values()):
            yield sheet.problem("average_without_number", *place)
        yield from _within_reach(sheet, place, head, average.of, numbers)
        key = (average.year, average.group, average.of)
        if key in first:
            yield sheet.problem(
                "average_twice", *place, year=average.year, group=average.group, first=first[key]
            )
        first.setdefault(key, sheet.document.line(place))


def paces_name_known(sheet: Sheet[Benchmarks], head: Head) -> Iterator[Problem]:
    """A published pace names a group of its file and a section of the tree, and leads forward in time."""
    groups = [group.id for group in sheet.value.groups]
    nodes = [section.id for section in head.value.tree.walk()]
    for number, pace in enumerate(sheet.value.paces):
        place: Place = ("paces", number)
        if pace.group not in groups:
            yield sheet.problem("average_group_unknown", *place, "group", group=pace.group, known=groups)
        if pace.of not in nodes:
            yield sheet.problem("section_unknown", *place, "of", section=pace.of, known=nodes)
        if pace.until <= pace.since:
            yield sheet.problem("pace_backwards", *place, "until", since=pace.since, until=pace.until)


def comparable_name_known(sheet: Sheet[Benchmarks], head: Head) -> Iterator[Problem]:
    """Groups that stand beside a size are groups of the file, and a size is named once."""
    groups = [group.id for group in sheet.value.groups]
    seen: set[str] = set()
    for number, each in enumerate(sheet.value.comparable):
        for at, group in enumerate(each.groups):
            if group not in groups:
                place: Place = ("comparable", number, "groups", at)
                yield sheet.problem("average_group_unknown", *place, group=group, known=groups)
        for at, size in enumerate(each.sizes):
            if size in seen:
                yield sheet.problem("named_twice", "comparable", number, "sizes", at, name=size)
            seen.add(size)


def _within_reach(
    sheet: Sheet[V], place: Place, head: Head, section: str, values: Mapping[str, float | None]
) -> Iterator[Problem]:
    """Means and minima stay within the scale; what a sum comes to is not limited here."""
    named = next((each for each in head.value.tree.walk() if each.id == section), None)
    if named is None or any(each.aggregate == "sum" for each in named.walk()):
        return
    low, high = min(head.value.scale.values), max(head.value.scale.values)
    for name, value in values.items():
        if value is not None and not low <= value <= high:
            yield sheet.problem(
                "value_off_scale", *place, name, value=value, section=section, low=low, high=high
            )


def _sections(head: EditionHead) -> Iterator[tuple[Section, Place]]:
    yield from _below(head.tree, ("tree",))
    for number, section in enumerate(head.measures):
        yield from _below(section, ("measures", number))


def _below(section: Section, place: Place) -> Iterator[tuple[Section, Place]]:
    yield section, place
    for number, inner in enumerate(section.sections):
        yield from _below(inner, (*place, "sections", number))


def _items(head: EditionHead) -> Iterator[tuple[str, Place]]:
    for section, place in _sections(head):
        for number, code in enumerate(section.items):
            yield code, (*place, "items", number)


OF_EDITIONS: tuple[Callable[[Head, Folder], Iterator[Problem]], ...] = (
    edition_named_after_folder,
    scale_ascends,
    suggestion_on_scale,
    options_of_edition,
    sections_well_formed,
    every_indicator_has_one_place,
    named_sections_exist,
    thresholds_within_reach,
    groups_cover_once,
)
OF_BENCHMARKS: tuple[Callable[[Sheet[Benchmarks], Head], Iterator[Problem]], ...] = (
    averages_name_known,
    paces_name_known,
    comparable_name_known,
)
