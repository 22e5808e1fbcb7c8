from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from dxassess.catalogue.model import Bilingual, Scale, ScaleLevel
from dxassess.figures import radar
from dxassess.figures.bars import Group
from dxassess.text import Words


def groups(*values: int | None) -> list[Group]:
    return [
        Group(f"{number} 分野", None if value is None else Fraction(value), Fraction(3))
        for number, value in enumerate(values, 1)
    ]


@pytest.mark.parametrize("count", [3, 9, 12])
def test_a_full_ring_closes_and_is_filled(count: int, scale: Scale, words: Words, strict: Callable) -> None:
    fill, target, current = strict(radar.draw(groups(*[2] * count), scale, words))["data"]
    assert current["r"] == [2.0] * (count + 1)
    assert current["theta"][0] == current["theta"][-1] == 0
    assert target["r"] == [3.0] * (count + 1)
    assert [r for r in fill["r"] if r is not None] == [2.0] * (count + 1)
    assert len(fill["r"]) == len(fill["theta"])


def test_a_missing_group_opens_the_ring_and_is_never_zero(
    scale: Scale, words: Words, strict: Callable
) -> None:
    fill, _, current = strict(radar.draw(groups(1, None, 2, 3), scale, words))["data"]
    assert current["r"] == [1.0, None, 2.0, 3.0, 1.0]
    assert current["connectgaps"] is False
    assert fill["r"] == [0.0, 2.0, 3.0, 1.0, 0.0, None]
    assert fill["theta"] == [180.0, 180.0, 270.0, 0.0, 0.0, None]


def test_two_missing_groups_leave_two_areas(scale: Scale, ja: Words) -> None:
    fill = radar.draw(groups(1, 1, None, 2, 2, None), scale, ja)["data"][0]
    assert fill["r"].count(None) == 2


def test_a_missing_group_is_marked_on_its_spoke(scale: Scale, words: Words) -> None:
    labels = radar.draw(groups(1, None, 2), scale, words)["layout"]["polar"]["angularaxis"]["ticktext"]
    assert [words("figure.radar.missing") in label for label in labels] == [False, True, False]


def test_the_radius_is_always_the_whole_scale(scale: Scale, ja: Words) -> None:
    assert radar.draw(groups(1, 1, 1), scale, ja)["layout"]["polar"]["radialaxis"]["range"] == [0.0, 3.0]


def test_the_radius_reaches_to_a_sum_beyond_the_scale(scale: Scale, words: Words, strict: Callable) -> None:
    figure = strict(radar.draw(groups(8, 10, 6), scale, words))
    assert figure["layout"]["polar"]["radialaxis"]["range"] == [0.0, 10.0]


@pytest.mark.parametrize(("count", "axis"), [(3, "polar"), (2, "xaxis")])
def test_spokes_and_bars_reach_to_the_most_a_sum_can_come_to(
    count: int, axis: str, scale: Scale, ja: Words
) -> None:
    layout = radar.draw(groups(*[1] * count), scale, ja, top=Fraction(20))["layout"]
    assert (layout[axis].get("radialaxis") or layout[axis])["range"] == [0.0, 20.0]


def test_at_most_six_rings_carry_their_number(ja: Words) -> None:
    halves = Scale(
        levels=tuple(ScaleLevel(value=step / 2, name=Bilingual(ja="段", en="step")) for step in range(11))
    )
    axis = radar.draw(groups(1, 2, 3), halves, ja)["layout"]["polar"]["radialaxis"]
    assert len(axis["tickvals"]) == 11
    assert [text for text in axis["ticktext"] if text] == ["0", "1", "2", "3", "4", "5"]


def test_a_label_cannot_smuggle_markup_in(scale: Scale, ja: Words) -> None:
    figure = radar.draw([Group("<b>1</b>", Fraction(1), None)] * 3, scale, ja)
    assert "<b>1" not in str(figure["layout"]["polar"]) + str(figure["data"])


def test_without_values_the_empty_circle_says_the_next_step(
    scale: Scale, words: Words, strict: Callable, said: Callable
) -> None:
    nothing = [Group("1 分野", None, None)] * 3
    for found in ([], nothing):
        figure = strict(radar.draw(found, scale, words))
        assert figure["data"][0]["r"] == [None]
        assert words("figure.radar.title_empty")[:4] in said(figure)
        assert radar.describe(found, scale, words) == words("figure.radar.empty")


def test_in_words_a_missing_value_is_a_dash(scale: Scale, ja: Words) -> None:
    assert (
        radar.describe(groups(1, None), scale, ja)
        == "1 分野: 現在 1.00、目標 3.00。 2 分野: 現在 –、目標 3.00。"
    )


@pytest.mark.parametrize("count", [1, 2, 13])
def test_too_few_or_too_many_groups_are_bars(
    count: int, scale: Scale, words: Words, strict: Callable
) -> None:
    bars, target = strict(radar.draw(groups(*[2] * count), scale, words))["data"]
    assert (bars["type"], bars["x"], target["x"]) == ("bar", [2.0] * count, [3.0] * count)
    assert radar.headline(groups(*[2] * count), words) == words("figure.radar.title_bars")


def test_nothing_is_said_of_targets_where_there_is_none(words: Words) -> None:
    without = [Group("人", Fraction(2), None)] * 9
    assert radar.headline(without, words) == words("figure.radar.title_shape_alone")
    assert radar.headline(without[:2], words) == words("figure.radar.title_bars_alone")


def test_a_long_name_is_broken_and_never_cut(scale: Scale, words: Words) -> None:
    name = "ビジョン実現の基盤としてのITシステムの構築と運用の見直しの進め方と定着"
    for count in (2, 9):
        figure = radar.draw([Group(name, Fraction(1), None)] * count, scale, words)
        spokes = figure["layout"].get("polar", {}).get("angularaxis", {}).get("ticktext", [])
        notes = [note["text"] for note in figure["layout"]["annotations"]]
        assert any(name in label.replace("<br>", "") for label in [*spokes, *notes])


def test_a_mark_at_the_highest_level_covers_no_name(scale: Scale, ja: Words) -> None:
    figure = radar.draw([Group(name, Fraction(3), Fraction(3)) for name in "123"], scale, ja)
    names = figure["layout"]["polar"]["angularaxis"]
    assert names["ticks"] == "outside"
    assert names["ticklen"] >= max(trace["marker"]["size"] for trace in figure["data"][1:]) / 2
    assert names["tickcolor"].endswith(",0)")


def test_a_word_wider_than_its_room_is_set_smaller(scale: Scale, ja: Words) -> None:
    names = ["1", "2", "経営トップのコミットメント", *"456789"]
    figure = radar.draw([Group(name, Fraction(1), None) for name in names], scale, ja)
    labels = figure["layout"]["polar"]["angularaxis"]["ticktext"]
    assert [label.startswith('<span style="font-size:1') for label in labels] == [
        place == 2 for place in range(9)
    ]
    assert "コミットメント" in labels[2]
