"""Reading names and roles as people paste them."""

from __future__ import annotations

import pytest

from dxassess.usecases.guest_list import GUESTS_LIMIT, Guest, read_guests
from dxassess.usecases.roles import RoleChoice

ROLES = (
    RoleChoice("management", "経営", "Management"),
    RoleChoice("it", "IT部門", "IT department"),
    RoleChoice("own-1", "経理", "経理"),
    RoleChoice("own-2", "人事", "人事", hidden=True),
)


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        ("佐藤 花子\tIT部門", Guest("it", "佐藤 花子")),
        ("IT部門\t佐藤 花子", Guest("it", "佐藤 花子")),
        ("Bob Smith,IT Department", Guest("it", "Bob Smith")),
        ("佐藤、ＩＴ部門", Guest("it", "佐藤")),
        ("佐藤；経理", Guest("own-1", "佐藤")),
        ("  佐藤\u3000花子 \t it ", Guest("it", "佐藤 花子")),
        ("佐藤\t花子\t経営", Guest("management", "佐藤 花子")),
        ("経営\tIT部門", Guest("it", "経営")),
        ("佐藤\t\u200b経営", Guest("management", "佐藤")),
    ],
)
def test_a_name_and_a_role_are_found_in_either_order(line: str, guest: Guest) -> None:
    assert read_guests(line, ROLES, named=True) == ((guest,), ())


def test_blank_lines_fall_away_and_lines_that_cannot_be_taken_are_named() -> None:
    text = "名前\t役割\n\n佐藤\t経営\n鈴木\t人事\n\t \n経理\r\n田中"
    guests, misread = read_guests(text, ROLES, named=True)
    assert guests == (Guest("management", "佐藤"),)
    assert [(each.line, each.text, each.because) for each in misread] == [
        (1, "名前\t役割", "role"),
        (4, "鈴木\t人事", "role"),
        (6, "経理", "name"),
        (7, "田中", "role"),
    ]


def test_in_an_anonymous_round_a_role_alone_is_enough() -> None:
    assert read_guests("経理\n経理", ROLES, named=False) == ((Guest("own-1", ""),) * 2, ())


def test_at_most_three_hundred_at_once() -> None:
    guests, misread = read_guests("佐藤\t経営\n" * (GUESTS_LIMIT + 2), ROLES, named=True)
    assert len(guests) == GUESTS_LIMIT
    assert [each.because for each in misread] == ["limit", "limit"]


def test_nothing_is_nobody() -> None:
    assert read_guests(" \n", ROLES, named=True) == ((), ())
