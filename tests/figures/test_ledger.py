"""The ledger over the quarters, and the values of one KPI: drawn from their data, and before there are any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from dxassess.assessment.model import FiscalQuarter
from dxassess.figures import kpi, ledger
from dxassess.text import Words

POINTS = [
    ledger.Point(FiscalQuarter(2025, 4), 100, 90),
    ledger.Point(FiscalQuarter(2026, 1), Decimal("1470.5"), 1385),
]
VALUES = [
    kpi.Point(date(2026, 3, 1), date(2026, 3, 31), Decimal(100), counts=False),
    kpi.Point(date(2026, 4, 1), date(2026, 4, 30), Decimal(60), counts=True),
    kpi.Point(date(2026, 6, 1), date(2026, 6, 30), Decimal("55.5"), counts=True),
]


def test_measured_and_expected_are_two_lines_over_the_quarters(words: Words, strict: Callable) -> None:
    figure = strict(ledger.draw(POINTS, words, "h"))
    expected, measured = figure["data"]
    assert list(expected["y"]) == [90.0, 1385.0]
    assert list(measured["y"]) == [100.0, 1470.5]
    assert measured["text"][-1] == words.number(Decimal("1470.5"), 0)
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= 0
    assert high > 1470.5


def test_the_ledger_in_words_says_both_numbers_of_every_quarter(words: Words) -> None:
    first, last = ledger.describe(POINTS, words, "h").splitlines()
    assert words.short_quarter(POINTS[0].quarter) in first
    assert "1,470" in last or "1,471" in last or "1470.5" in last
    assert "1,385" in last


def test_losses_lie_below_nothing(words: Words) -> None:
    figure = ledger.draw([ledger.Point(FiscalQuarter(2026, 1), -50, 0)], words, "h")
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < -50
    assert high >= 0


def test_an_empty_ledger_says_what_will_stand_here(words: Words, strict: Callable) -> None:
    strict(ledger.draw([], words, "h"))
    assert ledger.describe([], words, "h") == words("figure.ledger.empty")


def test_the_values_of_a_kpi_stand_beside_baseline_and_target(words: Words, strict: Callable) -> None:
    figure = strict(kpi.draw(kpi.Series(VALUES, Decimal(100), Decimal(40)), words, "<h>"))
    values = figure["data"][-1]
    known = [value for value in values["y"] if value is not None]
    assert known == [100.0, 60.0, 55.5]
    across = [trace for trace in figure["data"][:-1] if trace.get("y")]
    assert {trace["y"][0] for trace in across} == {100.0, 40.0}
    assert "&lt;h&gt;" in str(figure["layout"]["annotations"])


def test_the_line_is_interrupted_where_a_period_has_no_value(words: Words) -> None:
    values = kpi.draw(kpi.Series(VALUES, None, None), words, "h")["data"][-1]
    assert list(values["y"]).count(None) == 1


def test_a_kpi_without_values_says_what_will_stand_here(words: Words, strict: Callable) -> None:
    empty = kpi.Series([], Decimal(100), None)
    strict(kpi.draw(empty, words, "h"))
    assert kpi.describe(empty, words, "h") == words("figure.kpi.empty")
    assert words.date(date(2026, 4, 30)) in kpi.describe(kpi.Series(VALUES, None, None), words, "h")
