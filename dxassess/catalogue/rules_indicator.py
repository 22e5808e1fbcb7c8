"""The rules each indicator keeps for itself, and those between indicators. One function per rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dxassess.catalogue.fields import Sheet, shortened
from dxassess.catalogue.folder import Folder, is_reserved, named_once, options_once, words_once
from dxassess.catalogue.model import Indicator
from dxassess.errors import Problem


def named_after_file(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """The file is called like the number; the id is the folder, a dot and the number in small letters."""
    code, expected = sheet.value.code, f"{folder.id}.{sheet.value.code.lower()}"
    if code.lower() != sheet.stem.lower():
        yield sheet.problem("code_differs", "code", found=code, expected=shortened(sheet.stem))
    elif sheet.value.id != expected and folder.can_be_an_id:
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
        yield sheet.problem("level_missing", "levels", missing=missing, allowed=list(scale.values))
    for value in described:
        if value not in scale.values:
            yield sheet.problem("level_off_scale", "levels", value, value=value, allowed=list(scale.values))


def roles_known(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """Respondents are roles of the edition, each named once."""
    if folder.head is None:
        return
    known = [role.id for role in folder.head.value.roles]
    for number, role in enumerate(sheet.value.respondents):
        if role not in known:
            yield sheet.problem("role_unknown", "respondents", number, role=role, known=known)
    yield from named_once(sheet, ("respondents",), sheet.value.respondents)


def options_of_indicator(sheet: Sheet[Indicator], folder: Folder) -> Iterator[Problem]:
    """Ids of conditions and of choices are used once; `gate.…` is kept for the gates of the edition."""
    yield from options_once(sheet, ("conditions",), sheet.value.conditions)
    for number, condition in enumerate(sheet.value.conditions):
        if condition.id.startswith("gate."):
            yield sheet.problem("condition_reserved", "conditions", number, id=condition.id)
    if sheet.value.measure is not None:
        yield from options_once(sheet, ("measure", "choices"), sheet.value.measure.choices)
        yield from words_once(sheet, ("measure", "choices"), sheet.value.measure.choices)


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


def parents_share_the_group(folder: Folder) -> Iterator[Problem]:
    """A sub is answered together with its key: both stand in one group."""
    if folder.head is None:
        return
    groups: dict[str, set[str]] = {}
    for section in folder.head.value.tree.walk():
        for code in section.codes() if section.id in folder.head.value.groups else ():
            groups.setdefault(code, set()).add(section.id)
    keys = {sheet.value.id: sheet.value for sheet in folder.indicators if sheet.value.kind == "key"}
    for sheet in folder.indicators:
        key, own = keys.get(sheet.value.parent or ""), groups.get(sheet.value.code)
        if sheet.value.kind != "sub" or key is None or own is None:
            continue
        if key.withdrawn or own.isdisjoint(groups.get(key.code, own)):
            yield sheet.problem("parent_elsewhere", "parent", parent=key.id)


OF_INDICATORS: tuple[Callable[[Sheet[Indicator], Folder], Iterator[Problem]], ...] = (
    named_after_file,
    kind_fits,
    wording_complete,
    levels_complete,
    roles_known,
    options_of_indicator,
)
BETWEEN_INDICATORS: tuple[Callable[[Folder], Iterator[Problem]], ...] = (
    ids_once,
    parents_are_keys,
    parents_share_the_group,
)
