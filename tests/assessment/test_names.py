"""Names as people see them."""

from __future__ import annotations

from dxassess.assessment.names import folded, seen


def test_unseen_signs_and_outer_blanks_fall_away() -> None:
    assert seen(" \u200b入力\u200b ") == "入力"
    assert seen("\u200b \u2060") == ""


def test_names_that_look_alike_are_one() -> None:
    assert folded("ＫＰＩ の\u200b時間") == folded("kpiの時間")
    assert folded("時間") != folded("日数")
