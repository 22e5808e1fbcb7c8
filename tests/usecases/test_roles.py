"""An organisation's own roles: named once, hidden but never forgotten, counted on the side they stand on."""

import pytest

from dxassess.errors import RoleNameMissing, RoleNameTaken, RoleUnknown
from dxassess.usecases import add_role, hide_role, recognition_of, role_choices
from dxassess.usecases.roles import sides_of
from tests.usecases.conftest import new_house
from tests.usecases.gathering import gathered


def names(house):
    edition = next(iter(house.app.editions.values()))
    return [(choice["ja"], choice["en"], choice.hidden) for choice in role_choices(house.store, edition)]


def test_own_roles_come_after_those_of_the_edition_under_the_one_name_they_were_given(any_house):
    added = add_role(any_house.store, " 経理　部 ", "field", "山田")
    assert (added.name, added.stands, added.hidden) == ("経理 部", "field", False)
    assert names(any_house) == [
        ("経営", "Management", False),
        ("IT部門", "IT department", False),
        ("経理 部", "経理 部", False),
    ]


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_role_needs_a_name_that_can_be_seen(house, name):
    with pytest.raises(RoleNameMissing):
        add_role(house.store, name)


def test_two_roles_never_look_alike(any_house):
    add_role(any_house.store, "ＩＴ推進")
    for again in ("IT推進", "it 推進".replace(" ", "\u200b")):
        with pytest.raises(RoleNameTaken):
            add_role(any_house.store, again)


def test_a_role_named_like_one_of_the_edition_is_refused(house):
    edition = next(iter(house.app.editions.values()))
    for name in ("経営", "it department"):
        with pytest.raises(RoleNameTaken):
            add_role(house.store, name, beside=[edition])


def test_a_hidden_role_is_still_named_and_comes_back_with_its_id(any_house):
    added = add_role(any_house.store, "人事", "field")
    hide_role(any_house.store, added.id)
    hide_role(any_house.store, added.id)
    assert names(any_house)[-1] == ("人事", "人事", True)
    assert add_role(any_house.store, "人事", "field").id == added.id
    assert names(any_house)[-1] == ("人事", "人事", False)
    hide_role(any_house.store, added.id)
    other = add_role(any_house.store, "人事", "executive")
    assert other.id != added.id


def test_roles_belong_to_one_organisation(any_house):
    added = add_role(any_house.store, "人事")
    other = new_house(any_house.app, "乙社")
    assert len(names(other)) == 2
    for role in (added.id, "it", "own-1", ""):
        with pytest.raises(RoleUnknown):
            hide_role(other.store, role)


def test_votes_of_an_own_role_count_on_its_side_and_are_named_ever_after(any_house):
    top, work = add_role(any_house.store, "役員会", "executive"), add_role(any_house.store, "工場", "field")
    room = gathered(any_house, top.id, work.id, work.id)
    room.vote_all({"1": [3, 1, 0]})
    closed = room.close()
    hide_role(any_house.store, work.id)
    both = sides_of(any_house.store, room.edition)
    assert (both.executive, both.field) == ({top.id}, {work.id})
    seen = recognition_of(any_house.app, any_house.store, closed)
    assert set(seen.roles) == {top.id, work.id}
    assert seen.first.summary.executive_minus_field == 2.5
    assert {choice.id: choice.ja for choice in seen.names}[work.id] == "工場"
