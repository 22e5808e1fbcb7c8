"""Seen from one edition: lines go on only in it, others stand beside them, and nothing is joined that is not the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.bridge import Cell, Seen, averages, bridge, crossing, sort_out
from dxassess.assessment.model import State
from dxassess.assessment.scoring import score
from dxassess.catalogue.model import Bilingual, Crosswalk, Edition
from dxassess.catalogue.narrow import narrowed, pulse

WHY = Bilingual(ja="どちらも似たことをたずねます。", en="Both ask about the same thing.")
TREE = {
    "id": "all",
    "sections": [{"id": "people", "items": ["1", "2"]}, {"id": "tools", "items": ["3"]}],
}


def called(
    edition: Edition, name: str, lines: dict[str, list[tuple[str, str, str]]] | None = None
) -> Edition:
    """The same framework under another id, with a crosswalk: code → [(to, relation, levels)]."""
    found = {}
    for item in edition.indicators.values():
        walk = tuple(
            Crosswalk(to=to, relation=relation, levels=levels, basis="own", reason=WHY)
            for to, relation, levels in (lines or {}).get(item.code, ())
        )
        id_ = f"{name}.{item.code}"
        found[id_] = item.model_copy(update={"id": id_, "crosswalk": walk})
    return Edition(head=edition.head.model_copy(update={"id": name}), indicators=found)


def seen(make: Any, number: int, edition: Edition, levels: dict[str, Any]) -> Seen:
    """A closed round of an edition with these marks by code."""
    marks = {edition.by_code[code].id: [mark] for code, mark in levels.items()}
    held = replace(make.round(number, edition.id), edition_hash=edition.hash)
    return Seen(held, edition, score(edition, marks), score(edition, {}))


@pytest.fixture(scope="module")
def old(framework: Callable[..., Edition]) -> Edition:
    return called(framework(TREE), "old")


@pytest.fixture(scope="module")
def new(framework: Callable[..., Edition]) -> Edition:
    lines = {
        "1": [("old.1", "overlaps", "changed"), ("old.2", "broader", "changed")],
        "2": [("old.3", "same", "same")],
    }
    return called(framework(TREE), "new", lines)


def cells(rows: tuple, code: str) -> tuple[Cell, ...]:
    return next(row.cells for row in rows if row.item.code == code)


def test_items_are_solid_in_their_own_edition_and_bridged_or_broken_in_another(
    make: SimpleNamespace, old: Edition, new: Edition
) -> None:
    rounds = [
        seen(make, 1, old, {"1": 2, "2": State.CANNOT_SAY, "3": 4}),
        seen(make, 2, new, {"1": 3, "2": 1, "3": State.NOT_APPLICABLE}),
    ]
    rows = bridge([old, new], new, rounds)
    first, second = cells(rows, "1")

    assert (first.kind, first.value) == ("bridged", None)
    assert [(each.item.id, each.value, each.state) for each in first.counterparts] == [
        ("old.1", 2, State.ANSWERED),
        ("old.2", None, State.CANNOT_SAY),
    ]
    assert [each.pair.relation for each in first.counterparts] == ["overlaps", "broader"]
    assert (second.kind, second.value, second.reworded) == ("solid", 3, False)
    assert [cell.kind for cell in cells(rows, "3")] == ["broken", "solid"]
    assert cells(rows, "3")[1].state is State.NOT_APPLICABLE


def test_the_same_item_with_the_same_levels_on_one_scale_goes_on(
    make: SimpleNamespace, old: Edition, new: Edition, framework: Callable[..., Edition]
) -> None:
    rounds = [seen(make, 1, old, {"3": 4}), seen(make, 2, new, {"2": 5})]
    assert [(cell.kind, cell.value) for cell in cells(bridge([new], new, rounds), "2")] == [
        ("solid", 4),
        ("solid", 5),
    ]

    shorter = called(framework(TREE, scale=range(5)), "old")
    rounds = [seen(make, 1, shorter, {"3": 4})]
    assert [cell.kind for cell in cells(bridge([new], new, rounds), "2")] == ["bridged"]


def test_either_edition_can_be_the_one_that_is_viewed(
    make: SimpleNamespace, old: Edition, new: Edition
) -> None:
    rounds = [seen(make, 1, old, {"1": 2, "2": 1}), seen(make, 2, new, {"1": 3})]
    rows = bridge([old, new], old, rounds)

    (related,) = cells(rows, "2")[1].counterparts
    assert (related.item.id, related.value, related.pair.relation) == ("new.1", 3, "narrower")
    assert cells(rows, "2")[0].value == 1
    assert [cell.kind for cell in cells(rows, "3")] == ["solid", "solid"]


def test_the_newest_level_of_an_item_is_one_of_its_own(
    make: SimpleNamespace, old: Edition, new: Edition
) -> None:
    rounds = [seen(make, 1, new, {"1": 2}), seen(make, 2, old, {"1": 4}), seen(make, 3, new, {})]
    rows = bridge([new], new, rounds)

    assert rows[0].newest is not None
    assert (rows[0].newest.round.id, rows[0].newest.value) == (rounds[0].held.id, 2)
    assert rows[2].newest is None
    assert [cell.state for cell in rows[2].cells] == [State.OPEN] * 3


def test_a_way_says_what_goes_on_what_is_bridged_and_what_ends(old: Edition, new: Edition) -> None:
    there = crossing([new], new, old)
    assert [[item.code for item in kind] for kind in (there.solid, there.bridged, there.broken)] == [
        ["2"],
        ["1"],
        ["3"],
    ]
    assert there.only_there == ()
    back = crossing([new], old, new)
    assert [[item.code for item in kind] for kind in (back.solid, back.bridged, back.broken)] == [
        ["3"],
        ["1", "2"],
        [],
    ]
    assert [item.id for item in back.only_there] == ["new.3"]


def test_revisions_meet_by_id_and_say_where_the_words_changed(
    make: SimpleNamespace, framework: Callable[..., Edition]
) -> None:
    before, after = framework(TREE), framework({**TREE, "sections": [*TREE["sections"], ADDED]})
    changed = after.indicators["t.2"].model_copy(update={"question": WHY})
    after = Edition(head=after.head, indicators={**after.indicators, "t.2": changed})
    rounds = [seen(make, 1, before, {"1": 1, "2": 1}), seen(make, 2, after, {"1": 2, "4": 2})]
    rows = bridge([after], after, rounds)

    assert [cell.reworded for cell in cells(rows, "1")] == [False, False]
    assert [cell.reworded for cell in cells(rows, "2")] == [True, False]
    assert [cell.kind for cell in cells(rows, "4")] == ["broken", "solid"]


ADDED = {"id": "more", "items": ["4"]}


def test_a_revision_on_another_scale_stands_beside_and_its_averages_stay_out(
    make: SimpleNamespace, framework: Callable[..., Edition]
) -> None:
    before, after = framework(TREE, scale=range(4)), framework(TREE)
    rounds = [seen(make, 1, before, {"1": 3}), seen(make, 2, after, {"1": 4})]
    first, second = cells(bridge([after], after, rounds), "1")

    assert (first.kind, first.value, second.value) == ("bridged", None, 4)
    assert [(each.item.id, each.value, each.pair) for each in first.counterparts] == [("t.1", 3, None)]
    assert [point.value for point in averages(after, rounds)["all"]] == [4]


def test_averages_are_those_of_rounds_of_the_edition_that_have_them(
    make: SimpleNamespace, old: Edition, new: Edition
) -> None:
    rounds = [seen(make, 1, old, {"1": 1}), seen(make, 2, new, {"1": 4}), seen(make, 3, new, {"1": 2})]
    assert [point.value for point in averages(new, rounds)["all"]] == [4, 2]
    assert [point.value for point in averages(old, rounds)["all"]] == [1]

    wider = new.head.model_copy(update={"averages": ("all", "tools")})
    later = Edition(head=wider, indicators=new.indicators)
    rounds = [*rounds, seen(make, 4, later, {"3": 5})]
    found = averages(later, rounds)
    assert {node: len(points) for node, points in found.items()} == {"all": 3, "tools": 1}


def test_rounds_of_one_section_and_of_unrelated_frameworks_are_kept_apart(
    make: SimpleNamespace, old: Edition, new: Edition, framework: Callable[..., Edition]
) -> None:
    part, foreign = narrowed(new, "people"), called(framework(TREE), "else")
    rounds = [seen(make, number, each, {}) for number, each in enumerate((old, part, foreign, new))]
    found = sort_out([old, new, foreign], new, rounds)

    assert [each.edition.id for each in found.shown] == ["old", "new"]
    assert [each.edition for each in found.narrow] == [part]
    assert [each.edition.id for each in found.unrelated] == ["else"]
    assert sort_out([], new, rounds).narrow == found.narrow
    beat = seen(make, 5, pulse(new, ["1"]), {"1": 2})
    assert sort_out([old], new, [*rounds, beat]).narrow == (*found.narrow, beat)
    assert [each.edition.id for each in sort_out([old], new, rounds).shown] == ["new"]


LEVELS = st.one_of(st.none(), st.integers(0, 5), st.sampled_from([State.CANNOT_SAY, State.NOT_APPLICABLE]))
RELATIONS = st.sampled_from(["same", "broader", "narrower", "overlaps"])


@given(
    pairs=st.dictionaries(
        st.sampled_from(list(product("123", "123"))),
        st.tuples(RELATIONS, st.sampled_from(["same", "changed"])),
    ),
    levels=st.lists(st.tuples(st.booleans(), LEVELS, LEVELS, LEVELS), max_size=5),
)
def test_no_level_of_another_edition_ever_becomes_a_value_and_every_pair_is_seen_from_both_sides(
    make: SimpleNamespace, framework: Callable[..., Edition], pairs: dict, levels: list
) -> None:
    lines: dict[str, list[tuple[str, str, str]]] = {}
    for (ours, theirs), (relation, alike) in pairs.items():
        lines.setdefault(ours, []).append((f"old.{theirs}", relation, alike))
    one, two = called(framework(TREE), "old"), called(framework(TREE), "new", lines)
    rounds = [
        seen(
            make,
            number,
            two if later else one,
            {c: m for c, m in zip("123", marks, strict=True) if m is not None},
        )
        for number, (later, *marks) in enumerate(levels)
    ]
    for here in (one, two):
        for row, (at, each) in product(bridge([one, two], here, rounds), enumerate(rounds)):
            cell = row.cells[at]
            assert cell.round is each.held
            if each.edition.id == here.id:
                assert (cell.kind, cell.value) == ("solid", each.today[row.item.id].value)
                continue
            wanted = {
                known
                for known in pairs
                if f"{here.id}.{known[0] if here is two else known[1]}" == row.item.id
            }
            same = [known for known in wanted if pairs[known] == ("same", "same")]
            assert cell.kind == ("solid" if same else "bridged" if wanted else "broken")
            assert len(cell.counterparts) == (1 if same else len(wanted))
            assert cell.value is None or same
            assert all(found.value == each.today[found.item.id].value for found in cell.counterparts)
            assert all(isinstance(found.value, Fraction | None) for found in cell.counterparts)
