from __future__ import annotations

import pytest

from dxassess.assessment.model import State
from dxassess.catalogue.model import Bilingual, Scale, ScaleLevel
from dxassess.catalogue.values import Short
from dxassess.figures import style
from dxassess.text import Words


def long_scale(count: int) -> Scale:
    names = Bilingual(ja="段", en="step")
    return Scale(levels=tuple(ScaleLevel(value=number, name=names) for number in range(count)))


def brightness(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_levels_run_from_light_to_dark_so_that_grey_print_keeps_their_order() -> None:
    for count in (2, 6, 11):
        found = [brightness(colour) for colour in style.level_colours(count)]
        assert len(found) == count
        assert found == sorted(found, reverse=True)
        assert len(set(found)) == count


def test_every_role_differs_in_colour_and_in_shape() -> None:
    for seen in ("colour", "symbol", "sign"):
        assert len({getattr(role, seen) for role in style.ROLES.values()}) == 4


def test_what_has_no_level_has_a_sign_and_none_looks_like_zero() -> None:
    assert set(style.STATE_SIGNS) == set(State) - {State.ANSWERED}
    assert not {"0", "●", "○"} & set(style.STATE_SIGNS.values())


def test_the_axis_is_always_the_whole_scale(scale: Scale, ja: Words) -> None:
    assert style.value_axis(scale, ja)["range"] == [0.0, 3.0]
    assert style.value_axis(scale, ja, values=[None, 2])["range"] == [0.0, 3.0]


def test_a_sum_beyond_the_scale_still_lies_on_the_axis(scale: Scale, ja: Words) -> None:
    axis = style.value_axis(scale, ja, names=True, values=[7])
    assert axis["range"] == [0.0, 7.0]
    assert axis["ticktext"] == ["0", "2", "4", "6"]


def test_on_a_scale_of_uneven_steps_no_level_is_written_over_another(ja: Words) -> None:
    names = ("なし", "一部", "半分以上", "ほぼすべて", "全部")
    for values, shown in (
        ((-2, -0.5, 0, 0.1, 10), ["-2<br>なし", "-0.5", "", "", "10<br>全部"]),
        (
            (0, 15, 50, 85, 100),
            ["0<br>なし", "15<br>一部", "50<br>半分以上", "85<br>ほぼ<br>すべて", "100<br>全部"],
        ),
        ((0, 9.9, 10), ["0<br>なし", "", "10<br>半分以上"]),
    ):
        levels = tuple(
            ScaleLevel(value=value, name=Bilingual(ja=name, en=name))
            for value, name in zip(values, names, strict=False)
        )
        axis = style.value_axis(Scale(levels=levels), ja, names=True)
        assert axis["ticktext"] == shown
        assert axis["tickvals"] == list(values)


@pytest.mark.parametrize(
    ("low", "high", "steps"),
    [
        (0, 48, [0, 10, 20, 30, 40]),
        (-3, 14, [0, 5, 10]),
        (0, 2.1, [0, 0.5, 1, 1.5, 2]),
        (0, 1000, [0, 200, 400, 600, 800, 1000]),
    ],
)
def test_sums_are_ticked_at_round_numbers(low: float, high: float, steps: list[float]) -> None:
    assert style.round_steps(low, high) == steps


def test_a_scale_of_one_level_has_an_axis_too() -> None:
    assert style.bounds(long_scale(1)) == (-0.5, 0.5)


def test_a_long_scale_is_ticked_sparsely_and_up_to_its_end(ja: Words) -> None:
    axis = style.value_axis(long_scale(101), ja, names=True)
    assert axis["ticktext"][0] == "0"
    assert axis["ticktext"][-1] == "100"
    assert len(axis["ticktext"]) <= 11


def test_level_names_stand_below_the_ticks_of_a_short_scale(scale: Scale, words: Words) -> None:
    texts = style.value_axis(scale, words, names=True)["ticktext"]
    assert texts[1] == f"1<br>{words.of(scale.levels[1].name)}"


def test_no_letter_is_smaller_than_twelve_pixels() -> None:
    assert min(style.TITLE_SIZE, style.TEXT_SIZE, style.SMALL_SIZE) >= 12


def test_a_figure_takes_the_width_it_is_given(ja: Words) -> None:
    frame = style.layout("題", 200, left=30, right=30, bottom=30)
    assert frame["autosize"] is True
    assert "width" not in frame


def test_a_long_title_pushes_the_drawing_down_instead_of_covering_it(ja: Words) -> None:
    short = style.layout("短い題", 200, left=30, right=30, bottom=30)
    long = style.layout("とても長い題名" * 6, 200, left=30, right=30, bottom=30)
    assert long["margin"]["t"] > short["margin"]["t"]
    assert long["height"] - long["margin"]["t"] == short["height"] - short["margin"]["t"]


def test_the_key_of_many_marks_breaks_for_a_phone(words: Words) -> None:
    assert len(style.key(words, "current", "target")) == 1
    assert len(style.key(words, "current", "target", "last", "open", "cannot_say", "not_applicable")) > 1


def test_hover_texts_are_escaped_and_leave_empty_lines_out() -> None:
    assert style.hover("<b>", "", "2") == "&lt;b&gt;<br>2"


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("None", "Sporadic", "Partly strategic", "Cross-dept.", "Sustained", "Global"), [True] * 6),
        (
            ("None", "Sporadically", "Strategically", "Departments", "Sustainedly", "Global"),
            [True, *[False] * 4, True],
        ),
        (("Incomprehensible", "a", "b", "c", "d", "e"), [False] * 6),
    ],
)
def test_names_of_levels_stand_only_where_they_do_not_touch_on_a_phone(
    names: tuple[str, ...], shown: list[bool], ja: Words
) -> None:
    levels = [ScaleLevel(value=place, name=Bilingual(ja=name, en=name)) for place, name in enumerate(names)]
    axis = style.value_axis(Scale(levels=tuple(levels)), ja, names=True)
    assert ["<br>" in text for text in axis["ticktext"]] == shown
    assert "…" not in "".join(axis["ticktext"])


def test_a_short_name_of_a_level_stands_on_the_axis(ja: Words) -> None:
    name = Bilingual(ja="全社戦略に基づく部門横断的推進", en="Cross-department")
    level = ScaleLevel(value=3, name=name, short=Short(ja="部門横断", en="Cross-dept."))
    axis = style.value_axis(Scale(levels=(ScaleLevel(value=0, name=name), level)), ja, names=True)
    assert axis["ticktext"][1] == "3<br>部門横断"
