from __future__ import annotations

import pytest

from dxassess.figures.lettering import clipped, escaped, lettered, lines, width


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("<b>大</b>", "&lt;b&gt;大&lt;/b&gt;"),
        ('<a href="javascript:alert(1)">x</a>', '&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;'),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("$x^2$", "&#36;x^2&#36;"),
        ("一行目\n二行目\t三", "一行目 二行目 三"),
        ("a\x00\u202eb", "ab"),
    ],
)
def test_what_somebody_wrote_is_drawn_letter_by_letter(written: str, drawn: str) -> None:
    assert escaped(written) == drawn


def test_text_is_broken_before_it_is_escaped_so_that_no_entity_is_cut() -> None:
    assert lettered("R&D 体制", 2.4) == "R&amp;D<br>体制"


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("体制", 10, ("体制",)),
        ("全社戦略に基づく部門横断的推進", 5, ("全社戦略に", "基づく部門", "横断的推進")),
        ("部門横断的推進", 4, ("部門", "横断的", "推進")),
        ("経営トップのコミットメント", 11, ("経営トップの", "コミットメント")),
        ("投資意思決定、予算配分", 8, ("投資意思決定、", "予算配分")),
        ("Top-management commitment", 7, ("Top-", "management", "commitment")),
    ],
)
def test_lines_break_where_a_reader_would_pause(text: str, ems: float, expected: tuple[str, ...]) -> None:
    assert lines(text, ems) == expected


def test_a_line_never_begins_with_a_closing_mark() -> None:
    for ems in range(3, 12):
        assert not any(
            line[0] in "、。）」ー" for line in lines("プライバシー、データ（セキュリティ）。", ems)
        )


def test_a_leading_number_stays_with_its_word() -> None:
    assert lines("9 ガバナンス・体制", 6.5)[0].startswith("9 ガ")


def test_no_letter_is_lost_between_lines() -> None:
    text = "ビジョン実現の基盤としてのITシステムの構築"
    assert "".join(lines(text, 6)) == text


def test_past_the_last_line_the_text_ends_in_a_mark_and_keeps_its_spaces() -> None:
    assert lines("Shared sense of urgency and need", 8, 2) == ("Shared sense", "of urgency a…")


def test_clipping_leaves_a_short_text_alone_and_fits_a_long_one() -> None:
    assert clipped("短い", 5) == "短い"
    assert clipped("とても長い題名", 4) == "とても…"
    assert width(clipped("とても長い題名", 4)) <= 4
