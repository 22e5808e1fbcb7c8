"""Of several decisions on one indicator the last one counts."""

from datetime import UTC, datetime

from dxassess.assessment.decision import Decision, newest
from dxassess.assessment.model import Answer, Recorded

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def decided(sequence: int, indicator: str) -> Decision:
    answer = Recorded(Answer(indicator), sequence - 1, "r", "agreed", "o", "organisation", NOW)
    return Decision(sequence, answer, "", (), "", "山田", None, NOW)


def test_the_newest_decision_of_each_indicator_counts_in_whatever_order_they_come() -> None:
    first, other, second = decided(2, "1"), decided(4, "2"), decided(6, "1")
    assert newest((second, first, other)) == {"1": second, "2": other}
    assert newest(()) == {}
    assert (first.round, first.indicator) == ("r", "1")
