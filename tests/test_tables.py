from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess import tables
from dxassess.assessment.model import Answer, FiscalQuarter, Round, State
from dxassess.assessment.progress import Point
from dxassess.assessment.scoring import Counts
from dxassess.catalogue.model import Edition
from dxassess.tables import ItemRow, MeasureRow, RoundRow
from dxassess.text import Words

JA, EN = Words("ja"), Words("en")
ROUND = Round("r", "春の診断", "tiny", 1, "hash", date(2026, 5, 20), FiscalQuarter(2026, 1))


def item(tiny: Edition, current: Fraction | None, state: State = State.ANSWERED) -> ItemRow:
    return ItemRow(
        tiny.scored[1],
        "人",
        current,
        Fraction(3),
        Fraction(1),
        Fraction(1),
        state,
        "規程 第3条",
        "来月見直す",
    )


def test_an_item_stands_with_number_levels_and_its_signed_difference(tiny: Edition) -> None:
    row = tables.items([item(tiny, Fraction(2))], JA).iloc[0]
    assert row["番号"] == "1-1"
    assert row["指標"] == tiny.scored[1].title.ja
    assert (row["現在"], row["目標"], row["前回"], row["前回比"]) == ("2", "3", "1", "+1.00")
    assert (row["根拠"], row["コメント"]) == ("規程 第3条", "来月見直す")


@pytest.mark.parametrize(
    ("state", "sign"),
    [(State.OPEN, "□"), (State.ANSWERED, "□"), (State.CANNOT_SAY, "?"), (State.NOT_APPLICABLE, "–")],
)
def test_an_item_without_a_level_shows_its_state_and_never_zero(
    tiny: Edition, state: State, sign: str
) -> None:
    shown = tables.items([item(tiny, None, state)], JA)["現在"][0]
    assert shown.startswith(sign)
    assert "0" not in shown


def test_a_number_stays_text_so_that_it_is_never_read_as_a_date(tiny: Edition) -> None:
    assert str(tables.items([item(tiny, Fraction(2))], JA)["番号"].dtype) == "str"


def test_without_rows_the_columns_still_stand() -> None:
    assert list(tables.items([], EN).columns)[:3] == ["No.", "Indicator", "Group"]
    for made in (tables.rounds, tables.trend, tables.measures):
        assert made([], JA).empty
        assert len(made([], JA).columns) > 4


def test_columns_are_named_in_both_languages() -> None:
    for made in (tables.items, tables.rounds, tables.trend, tables.measures):
        assert len(made([], JA).columns) == len(made([], EN).columns) == len(set(made([], EN).columns))


def test_a_round_stands_with_its_mean_and_what_it_rests_on() -> None:
    row = tables.rounds([RoundRow(ROUND, "ちいさな診断", Fraction(13, 8), Counts(n=3, m=4))], JA).iloc[0]
    assert (row["四半期"], row["実施日"]) == ("2026年度 第1四半期", "2026年5月20日")
    assert (row["値"], row["もとになった項目"]) == ("1.63", "4 項目中 3 項目")


def test_the_status_says_open_open_again_or_closed_when() -> None:
    closed = replace(ROUND, closed=True, closed_at=datetime(2026, 5, 20, 5, 2, tzinfo=UTC))
    held = [ROUND, replace(ROUND, reopened=1), closed, replace(ROUND, closed=True)]
    found = tables.rounds([RoundRow(each, "", None, Counts()) for each in held], JA)["状態"].tolist()
    assert found == ["回答中", "回答中（再開）", "確定済み（2026年5月20日 14:02）", "確定済み"]


def test_the_trend_has_a_row_per_average_and_round_and_a_dash_for_a_gap() -> None:
    points = [
        Point(ROUND, Fraction(13, 8), Fraction(3), Counts(n=3, m=4), Counts(n=4, m=4)),
        Point(ROUND, None, None, Counts(m=4), Counts(m=4)),
    ]
    found = tables.trend([("全指標", points), ("人", points[:1])], JA)
    assert found["値の対象"].tolist() == ["全指標", "全指標", "人"]
    assert found["現在"].tolist() == ["1.63", "–", "1.63"]


def test_a_measure_stands_with_unit_direction_and_its_digits(tiny: Edition) -> None:
    days, pace = tiny.measured
    answer = Answer(days.id, State.ANSWERED, amount=Decimal("12.25"), target_amount=Decimal("8"))
    choice = Answer(pace.id, State.ANSWERED, amount="fast")
    found = tables.measures(
        [MeasureRow(days, "実績", answer, None), MeasureRow(pace, "実績", choice, choice)], JA
    )
    assert found["現在"][0] == "12.3"
    assert found["目標"][0] == "8.0"
    assert found["単位"][0] == days.measure.unit.ja
    assert found["望ましい向き"][0] == "小さいほど良い"
    assert found["現在"][1] == found["前回"][1] == pace.measure.choices[0].ja


def test_a_measure_without_an_amount_says_why(tiny: Edition) -> None:
    days = tiny.measured[0]
    rows = [MeasureRow(days, "", None, None), MeasureRow(days, "", Answer(days.id, State.CANNOT_SAY), None)]
    assert [shown[0] for shown in tables.measures(rows, JA)["現在"]] == ["□", "?"]


def test_a_scored_indicator_is_no_measure(tiny: Edition) -> None:
    with pytest.raises(ValueError, match=tiny.scored[0].id):
        tables.measures([MeasureRow(tiny.scored[0], "", None, None)], JA)
