from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from dxassess.assessment.bridge import Cell, Counterpart, Row
from dxassess.assessment.model import Round, State
from dxassess.catalogue.crosswalk import Pair
from dxassess.catalogue.model import Bilingual, Edition, Scale
from dxassess.figures import bridge
from dxassess.figures.stretches import Stretch, stretches
from dxassess.text import Words

WHY = Bilingual(ja="理由", en="reason")


@pytest.fixture
def other(tiny: Edition) -> Edition:
    """The tiny edition under another id."""
    short = Bilingual(ja="別の版", en="The other")
    return Edition(
        head=tiny.head.model_copy(update={"id": "other", "short": short}), indicators=tiny.indicators
    )


@pytest.fixture
def rounds(held: Callable[..., Round]) -> list[Round]:
    return [held(2025, quarter) for quarter in (1, 2, 3, 4)]


@pytest.fixture
def beside(tiny: Edition) -> Callable[..., Counterpart]:
    def build(code: str, value: int | None, state: State = State.OPEN, pair: bool = True) -> Counterpart:
        item = tiny.by_code[code]
        line = Pair(item.id, item.id, "overlaps", "changed", "own", WHY) if pair else None
        level = None if value is None else Fraction(value)
        return Counterpart(item, level, state if value is None else State.ANSWERED, line)

    return build


@pytest.fixture
def runs(tiny: Edition, other: Edition, ja: Words) -> tuple[Stretch, ...]:
    return stretches([other, other, tiny, tiny], tiny, ja)


@pytest.fixture
def row(tiny: Edition, rounds: list[Round], beside: Callable[..., Counterpart]) -> Row:
    """Two rounds of another edition with two related items, then two of its own."""
    return Row(
        tiny.by_code["1"],
        (
            Cell(rounds[0], "bridged", counterparts=(beside("2", 0), beside("2-1", 3))),
            Cell(rounds[1], "bridged", counterparts=(beside("2", 2), beside("2-1", 2))),
            Cell(rounds[2], "solid", Fraction(1), State.ANSWERED, reworded=True),
            Cell(rounds[3], "solid", Fraction(3), State.ANSWERED),
        ),
    )


def test_a_stretch_is_a_run_of_rounds_of_one_edition(tiny: Edition, other: Edition, ja: Words) -> None:
    found = stretches([other, tiny, tiny, other], tiny, ja)
    assert [(run.first, run.last, run.name, run.own, run.fits) for run in found] == [
        (0, 0, "別の版", False, True),
        (1, 2, ja.of(tiny.head.short), True, True),
        (3, 3, "別の版", False, True),
    ]


def test_the_line_is_in_its_own_rounds_and_the_others_stand_on_hatching(
    row: Row, runs: tuple, scale: Scale, words: Words, strict: Callable
) -> None:
    figure = strict(bridge.draw(row, runs, scale, words))
    hatching, first, second, own = figure["data"]
    assert hatching["x"] == [0, 1]
    assert hatching["marker"]["pattern"]["shape"]
    assert (hatching["base"], hatching["y"]) == ([0, 0], [3, 3])
    assert [(trace["x"], trace["y"]) for trace in (first, second)] == [([0, 1], [0, 2]), ([0, 1], [3, 2])]
    assert own["y"] == [None, None, 1, 3]
    assert not own["connectgaps"]
    assert figure["layout"]["yaxis"]["range"] == [0.0, 3.0]


def test_numbers_of_items_that_meet_stand_together_and_once(
    row: Row, runs: tuple, scale: Scale, ja: Words
) -> None:
    _, first, second, _ = bridge.draw(row, runs, scale, ja)["data"]
    assert (first["text"], second["text"]) == (["", "2、2-1"], ["", ""])


def test_a_number_at_the_top_of_the_scale_stands_below_its_mark(
    tiny: Edition, rounds: list[Round], beside: Callable, other: Edition, scale: Scale, ja: Words
) -> None:
    row = Row(tiny.by_code["1"], (Cell(rounds[0], "bridged", counterparts=(beside("2", 3),)),))
    trace = bridge.draw(row, stretches([other], tiny, ja), scale, ja)["data"][1]
    assert (trace["text"], trace["textposition"]) == (["2"], ["bottom center"])


def test_a_seam_stands_where_the_edition_changes_and_each_side_says_its_name(
    row: Row, runs: tuple, scale: Scale, ja: Words, said: Callable, tiny: Edition
) -> None:
    figure = bridge.draw(row, runs, scale, ja)
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [1.5]
    assert "別の版" in said(figure)
    assert ja.of(tiny.head.short) in said(figure).replace("<br>", "")


def test_where_nothing_relates_there_is_a_gap_with_its_reason(
    tiny: Edition, rounds: list[Round], runs: tuple, scale: Scale, ja: Words, said: Callable
) -> None:
    cells = (
        Cell(rounds[0], "broken"),
        Cell(rounds[1], "broken"),
        Cell(rounds[2], "broken"),
        Cell(rounds[3], "broken"),
    )
    figure = bridge.draw(Row(tiny.by_code["1"], cells), runs, scale, ja)
    assert figure["data"][0]["x"] == []
    assert ja("editions.figure.none") in said(figure)
    assert ja("editions.figure.not_asked") in said(figure).replace("<br>", "")


def test_a_round_of_the_viewed_edition_that_did_not_ask_the_item_has_a_sign_of_its_own(
    tiny: Edition, rounds: list[Round], runs: tuple, scale: Scale, ja: Words
) -> None:
    cells = (
        *(Cell(each, "broken") for each in rounds[:3]),
        Cell(rounds[3], "solid", Fraction(1), State.ANSWERED),
    )
    ticks = bridge.draw(Row(tiny.by_code["1"], cells), runs, scale, ja)["layout"]["xaxis"]["ticktext"]
    assert [tick.split("<br>")[-1] == bridge.NOT_ASKED for tick in ticks] == [False, False, True, False]
    assert bridge.NOT_ASKED in ja("editions.key")


@pytest.mark.parametrize("name", ["DGC3.0（独自整理）", "DGC 3.0 (own arrangement)", "DX推進指標 2019年版"])
def test_the_name_of_an_edition_with_one_round_among_many_is_whole(
    rounds: list[Round], tiny: Edition, other: Edition, scale: Scale, ja: Words, said: Callable, name: str
) -> None:
    short = Bilingual(ja=name, en=name)
    trial = Edition(head=other.head.model_copy(update={"short": short}), indicators=tiny.indicators)
    editions = [tiny] * 6 + [trial, tiny]
    cells = tuple(Cell(rounds[0], "broken") for _ in editions)
    figure = bridge.draw(Row(tiny.by_code["1"], cells), stretches(editions, tiny, ja), scale, ja)
    assert name.replace(" ", "") in said(figure).replace("<br>", "").replace(" ", "")


def test_levels_of_another_scale_are_not_placed_on_this_one(
    row: Row, tiny: Edition, other: Edition, scale: Scale, ja: Words, said: Callable
) -> None:
    levels = Scale(described=scale.described, names=scale.names, levels=scale.levels[:3])
    shorter = Edition(head=other.head.model_copy(update={"scale": levels}), indicators=tiny.indicators)
    figure = bridge.draw(row, stretches([shorter, shorter, tiny, tiny], tiny, ja), scale, ja)
    assert len(figure["data"]) == 2
    assert ja("editions.figure.other_scale") in said(figure).replace("<br>", "")


def test_what_has_no_level_is_a_sign_below_the_axis_and_never_a_place_on_it(
    tiny: Edition, rounds: list[Round], runs: tuple, scale: Scale, ja: Words, beside: Callable
) -> None:
    cells = (
        Cell(rounds[0], "bridged", counterparts=(beside("2", None, State.CANNOT_SAY),)),
        Cell(rounds[1], "bridged", counterparts=(beside("2", 1),)),
        Cell(rounds[2], "solid", None, State.OPEN),
        Cell(rounds[3], "solid", None, State.NOT_APPLICABLE),
    )
    figure = bridge.draw(Row(tiny.by_code["1"], cells), runs, scale, ja)
    ticks = figure["layout"]["xaxis"]["ticktext"]
    assert [tick.split("<br>")[-1] for tick in (ticks[0], ticks[2], ticks[3])] == ["2 ?", "□", "–"]
    assert figure["data"][1]["y"] == [None, 1]
    assert figure["data"][-1]["y"] == [None] * 4


def test_the_sentence_above_is_the_newest_level_of_the_viewed_edition(row: Row, ja: Words) -> None:
    title = ja.of(row.item.title)
    assert bridge.headline(row, ja) == f"1 {title}：3（25年度Q4）"
    bare = replace(row, cells=row.cells[:2])
    assert bridge.headline(bare, ja) == ja("editions.figure.head_none", code="1", title=title)


def test_in_words_every_round_is_a_line(row: Row, runs: tuple, ja: Words, tiny: Edition) -> None:
    short, two, other = (
        ja.of(each) for each in (tiny.head.short, tiny.by_code["2"].title, tiny.by_code["2-1"].title)
    )
    assert bridge.describe(row, runs, ja).splitlines() == [
        f"25年度Q1 別の版: 並べて表示 2 {two} 0、2-1 {other} 3",
        f"25年度Q2 別の版: 並べて表示 2 {two} 2、2-1 {other} 2",
        f"25年度Q3 {short}: 1（文言が違う）",
        f"25年度Q4 {short}: 3",
    ]
    gone = Row(row.item, (Cell(row.cells[0].round, "broken"), Cell(row.cells[2].round, "broken")))
    assert bridge.describe(
        gone, (replace(runs[0], last=0), replace(runs[1], first=1, last=1)), ja
    ).splitlines() == [
        f"25年度Q1 別の版: {ja('editions.figure.none')}",
        f"25年度Q3 {short}: {ja('editions.figure.not_asked')}",
    ]


def test_hovering_says_the_relation_and_that_no_difference_is_made(
    row: Row, runs: tuple, scale: Scale, words: Words, beside: Callable
) -> None:
    figure = bridge.draw(row, runs, scale, words)
    said = figure["data"][1]["hovertext"][1].replace("<br>", " ")
    assert words("editions.relation.overlaps") in said
    own = figure["data"][-1]["hovertext"]
    assert own[:2] == ["", ""]
    assert words("editions.figure.reworded")[:8] in own[2]

    rescaled = Row(
        row.item, (Cell(row.cells[0].round, "bridged", counterparts=(beside("1", 2, pair=False),)),)
    )
    figure = bridge.draw(rescaled, [replace(runs[0], last=0)], scale, words)
    assert words("editions.rescaled") in figure["data"][1]["hovertext"][0].replace("<br>", "")


def test_many_numbers_in_one_place_end_in_dots(
    tiny: Edition, rounds: list[Round], other: Edition, scale: Scale, ja: Words, beside: Callable
) -> None:
    found = tuple(beside(code, 1) for code in ("1", "1-1", "2", "2-1"))
    row = Row(tiny.by_code["1"], (Cell(rounds[0], "bridged", counterparts=found),))
    assert bridge.draw(row, stretches([other], tiny, ja), scale, ja)["data"][1]["text"] == ["1、1-1、2…"]


def test_a_name_cannot_smuggle_markup_in(
    row: Row, scale: Scale, ja: Words, said: Callable, runs: tuple
) -> None:
    item = row.item.model_copy(update={"title": Bilingual(ja="<i>全</i>", en="<i>all</i>")})
    named = [replace(run, name="<b>版</b>") for run in runs]
    figure = bridge.draw(replace(row, item=item), named, scale, ja)
    assert "<i>" not in said(figure) + str(figure["data"])
    assert "<b>版" not in said(figure)


def test_without_rounds_the_panel_says_what_will_stand_here(
    row: Row, scale: Scale, words: Words, strict: Callable
) -> None:
    nothing = replace(row, cells=())
    figure = strict(bridge.draw(nothing, (), scale, words))
    assert figure["data"][0]["y"] == [None]
    assert bridge.describe(nothing, (), words) == words("editions.figure.empty")


def test_a_thin_line_runs_over_rounds_of_another_edition_and_over_no_answer(
    tiny: Edition, other: Edition, rounds: list[Round], beside: Callable, scale: Scale, ja: Words
) -> None:
    def drawn(*values: int | None) -> list[dict]:
        own = [
            Cell(held, "solid", None, State.OPEN)
            if value is None
            else Cell(held, "solid", Fraction(value), State.ANSWERED)
            for held, value in zip((rounds[0], rounds[2], rounds[3]), values, strict=True)
        ]
        trial = Cell(rounds[1], "bridged", counterparts=(beside("2", 1),))
        row = Row(tiny.by_code["1"], (own[0], trial, *own[1:]))
        runs = stretches([tiny, other, tiny, tiny], tiny, ja)
        return [trace for trace in bridge.draw(row, runs, scale, ja)["data"] if trace.get("mode") == "lines"]

    assert [(trace["x"], trace["y"]) for trace in drawn(1, 2, 3)] == [([0, 2], [1, 2])]
    assert drawn(1, None, 3) == []
