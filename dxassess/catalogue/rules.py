"""The rules inside an edition and between its files. One function per rule; each yields the problems it finds.

A rule speaks only of what could be read: where a file is broken, nothing is said about what it might have contained.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dxassess.catalogue.fields import Sheet, V
from dxassess.catalogue.model import Benchmarks, EditionHead, Indicator, Level, Option, Section
from dxassess.errors import Problem
from dxassess.yamlfile import Place

AGREED_ROLE = "organisation"
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)

Head = Sheet[EditionHead]
Items = tuple[Sheet[Indicator], ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """What could be read of one edition's folder. `unread` holds the names of indicator files that could not."""

    id: str
    head: Head | None
    indicators: Items
    benchmarks: Sheet[Benchmarks] | None
    unread: frozenset[str] = frozenset()


def problems_of(folder: Folder) -> Iterator[Problem]:
    """Everything the rules find in a folder."""
    for sheet in folder.indicators:
        for rule in OF_INDICATORS:
            yield from rule(sheet, folder)
    for between in BETWEEN_INDICATORS:
        yield from between(folder)
    if folder.head is None:
        return
    for inside in OF_EDITIONS:
        yield from inside(folder.head, folder)
    if folder.benchmarks is not None:
        for published in OF_BENCHMARKS:
            yield from published(folder.benchmarks, folder.head)


# ---------------------------------------------------------------------------------------------- one indicator


def named_after_file(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """The file is called like the number; the id is the folder, a dot and the number in small letters."""
    code, expected = sheet.value.code, f"{folder.id}.{sheet.value.code.lower()}"
    if code.lower() != sheet.stem.lower():
        yield sheet.problem("code_differs", "code", found=code, expected=sheet.stem)
    elif sheet.value.id != expected:
        yield sheet.problem("id_differs", "id", found=sheet.value.id, expected=expected)
    if is_reserved(code):
        yield sheet.problem("name_reserved", "code", name=code)


def kind_fits(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """A sub names its parent and nothing else does; a quantitative one has a measure and no levels or conditions."""
    indicator = sheet.value
    measured = indicator.kind == "quantitative"
    if indicator.kind == "sub" and indicator.parent is None:
        yield sheet.problem("parent_missing", "kind", id=indicator.id)
    if indicator.kind != "sub" and indicator.parent is not None:
        yield sheet.problem("parent_not_here", "parent", kind=indicator.kind)
    if measured and indicator.measure is None:
        yield sheet.problem("measure_missing", "kind")
    if not measured and indicator.measure is not None:
        yield sheet.problem("measure_not_here", "measure", kind=indicator.kind)
    for field in ("levels", "conditions"):
        if measured and getattr(indicator, field):
            yield sheet.problem("not_for_quantitative", field, field=field)


def wording_complete(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """Whose words they are is said of levels where there are levels, of a measure where there is one."""
    indicator = sheet.value
    for field in ("levels", "measure"):
        there, said = bool(getattr(indicator, field)), getattr(indicator.wording, field) is not None
        if there and not said:
            yield sheet.problem("wording_missing", "wording", field=field)
        if said and not there:
            yield sheet.problem("wording_not_here", "wording", field, field=field)


def levels_complete(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """A scored indicator describes every level of the scale and none beside it, or none where the scale does."""
    if folder.head is None or sheet.value.kind == "quantitative":
        return
    scale, described = folder.head.value.scale, sheet.value.levels
    if scale.described == "scale":
        if described:
            yield sheet.problem("levels_not_here", "levels")
        return
    missing = [value for value in scale.values if value not in described]
    if missing:
        values = {"missing": _listed(missing), "allowed": _listed(scale.values)}
        yield sheet.problem("level_missing", "levels", **values)
    for value in described:
        if value not in scale.values:
            yield sheet.problem(
                "level_off_scale", "levels", value, value=value, allowed=_listed(scale.values)
            )


def roles_known(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """Respondents are roles of the edition, each named once."""
    if folder.head is None:
        return
    known = [role.id for role in folder.head.value.roles]
    for number, role in enumerate(sheet.value.respondents):
        if role not in known:
            yield sheet.problem("role_unknown", "respondents", number, role=role, known=known)
    yield from _named_once(sheet, ("respondents",), sheet.value.respondents)


def options_of_indicator(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """Ids of conditions and of choices are used once; `gate.…` is kept for the gates of the edition."""
    yield from _options_once(sheet, ("conditions",), sheet.value.conditions)
    for number, condition in enumerate(sheet.value.conditions):
        if condition.id.startswith("gate."):
            yield sheet.problem("condition_reserved", "conditions", number, id=condition.id)
    if sheet.value.measure is not None:
        yield from _options_once(sheet, ("measure", "choices"), sheet.value.measure.choices)


# ----------------------------------------------------------------------------------------- between indicators


def ids_once(folder: Folder) -> Iterator[Problem]:
    """No two files give the same id."""
    first: dict[str, str] = {}
    for sheet in folder.indicators:
        if sheet.value.id in first:
            yield sheet.problem("id_twice", "id", id=sheet.value.id, first=first[sheet.value.id])
        first.setdefault(sheet.value.id, sheet.file)


def parents_are_keys(folder: Folder) -> Iterator[Problem]:
    """A parent is there and is a key indicator."""
    kinds = {sheet.value.id: sheet.value.kind for sheet in folder.indicators}
    unread = {f"{folder.id}.{stem.lower()}" for stem in folder.unread}
    for sheet in folder.indicators:
        parent = sheet.value.parent
        if sheet.value.kind != "sub" or parent is None or parent in unread:
            continue
        if parent not in kinds:
            yield sheet.problem("parent_unknown", "parent", parent=parent)
        elif kinds[parent] != "key":
            yield sheet.problem("parent_not_key", "parent", parent=parent, kind=kinds[parent])


# ------------------------------------------------------------------------------------------------ the edition


def edition_named_after_folder(head: Head, folder: Folder) -> Iterator[Problem]:
    """The edition's id is the name of its folder, and a name every computer can store."""
    if head.value.id != folder.id:
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
    yield from _options_once(head, ("suggestion", "gates"), suggestion.gates)
    places: list[Place] = [("suggestion", "any_condition")]
    places += [("suggestion", "gates", number) for number in range(len(suggestion.gates))]
    levels = [suggestion.any_condition, *(gate.level for gate in suggestion.gates)]
    for number, (place, level) in enumerate(zip(places, levels, strict=True)):
        if level not in head.value.scale.values:
            allowed = _listed(head.value.scale.values)
            yield head.problem("suggestion_off_scale", *place, value=level, allowed=allowed)
        elif number and level <= levels[number - 1]:
            yield head.problem("gates_not_ascending", *place, value=level, before=levels[number - 1])


def options_of_edition(head: Head, folder: Folder) -> Iterator[Problem]:
    """Ids of roles, reasons and thresholds are used once; no role is called like the organisation's one voice."""
    yield from _options_once(head, ("roles",), head.value.roles)
    yield from _options_once(head, ("not_applicable",), head.value.not_applicable)
    yield from _ids_once(head, ("thresholds",), [threshold.id for threshold in head.value.thresholds])
    for number, role in enumerate(head.value.roles):
        if role.id == AGREED_ROLE:
            yield head.problem("role_reserved", "roles", number, id=role.id)


def sections_well_formed(head: Head, folder: Folder) -> Iterator[Problem]:
    """A section has sections or indicators, not both and not neither; its id is used once in tree and measures."""
    first: dict[str, int] = {}
    taken = {sheet.value.id for sheet in folder.indicators}
    for section, place in _sections(head.value):
        if section.sections and section.items:
            yield head.problem("section_both", *place, section=section.id)
        if not section.sections and not section.items:
            yield head.problem("section_empty", *place, section=section.id)
        line = head.document.line((*place, "id"))
        if section.id in first or section.id in taken:
            yield head.problem(
                "section_twice", *place, "id", section=section.id, first=first.get(section.id, 0)
            )
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
            yield sheet.problem("item_nowhere", "code", item=sheet.value.code, where=where, file=head.file)


def named_sections_exist(head: Head, folder: Folder) -> Iterator[Problem]:
    """Groups, averages and thresholds name sections of the tree; groups and averages name each once."""
    known = [section.id for section in head.value.tree.walk()]
    named: list[tuple[Place, str]] = []
    for field in ("groups", "averages"):
        yield from _named_once(head, (field,), getattr(head.value, field))
        named += [((field, number), section) for number, section in enumerate(getattr(head.value, field))]
    named += [(("thresholds", n, "of"), threshold.of) for n, threshold in enumerate(head.value.thresholds)]
    for place, section in named:
        if section not in known:
            yield head.problem("section_unknown", *place, section=section, known=known)


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


# ------------------------------------------------------------------------------------------- published averages


def averages_name_known(sheet: Sheet[Benchmarks], head: Head) -> Iterator[Problem]:
    """A published average names a group of its file and a section of the tree, once per year, and has a number."""
    yield from _options_once(sheet, ("groups",), sheet.value.groups)
    groups = [group.id for group in sheet.value.groups]
    nodes = [section.id for section in head.value.tree.walk()]
    first: dict[tuple[object, ...], int] = {}
    for number, average in enumerate(sheet.value.averages):
        place: Place = ("averages", number)
        if average.group not in groups:
            yield sheet.problem("average_group_unknown", *place, "group", group=average.group, known=groups)
        if average.of not in nodes:
            yield sheet.problem("section_unknown", *place, "of", section=average.of, known=nodes)
        if all(value is None for name, value in average if name.endswith(("_mean", "_median"))):
            yield sheet.problem("average_without_number", *place)
        key = (average.year, average.group, average.of)
        if key in first:
            yield sheet.problem(
                "average_twice", *place, year=average.year, group=average.group, first=first[key]
            )
        first.setdefault(key, sheet.document.line(place))


OF_INDICATORS: tuple[Callable[[Sheet[Indicator], Folder], Iterator[Problem]], ...] = (
    named_after_file,
    kind_fits,
    wording_complete,
    levels_complete,
    roles_known,
    options_of_indicator,
)
BETWEEN_INDICATORS: tuple[Callable[[Folder], Iterator[Problem]], ...] = (ids_once, parents_are_keys)
OF_EDITIONS: tuple[Callable[[Head, Folder], Iterator[Problem]], ...] = (
    edition_named_after_folder,
    scale_ascends,
    suggestion_on_scale,
    options_of_edition,
    sections_well_formed,
    every_indicator_has_one_place,
    named_sections_exist,
    groups_cover_once,
)
OF_BENCHMARKS: tuple[Callable[[Sheet[Benchmarks], Head], Iterator[Problem]], ...] = (averages_name_known,)


def is_reserved(name: str) -> bool:
    """True for names some computers cannot store as a file: `con`, `nul.x`, `a..b`, `a.`."""
    return name.split(".", maxsplit=1)[0].lower() in _DEVICES or ".." in name or name.endswith(".")


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


def _options_once(sheet: Sheet[V], place: Place, options: Iterable[Option]) -> Iterator[Problem]:
    return _ids_once(sheet, place, [option.id for option in options])


def _ids_once(sheet: Sheet[V], place: Place, ids: Iterable[str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, name in enumerate(ids):
        line = sheet.document.line((*place, number))
        if name in first:
            yield sheet.problem("option_twice", *place, number, id=name, first=first[name])
        first.setdefault(name, line)


def _named_once(sheet: Sheet[V], place: Place, names: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield sheet.problem("named_twice", *place, number, name=name)
        seen.add(name)


def _listed(values: Iterable[Level]) -> list[Level]:
    return list(values)
