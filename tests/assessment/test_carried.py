"""After a pulse: what it measured is laid over what was known, and what it did not ask is carried forward and says so."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.carried import CarriedNode, carried
from dxassess.assessment.model import Answer, State
from dxassess.assessment.progress import between
from dxassess.catalogue.model import Edition

TREE = {
    "id": "all",
    "over": "items",
    "sections": [{"id": "a", "items": ["1", "2"]}, {"id": "b", "items": ["3", "4"]}],
}


def said(level: int | None = None, target: int | None = None, code: str = "1", **rest: object) -> Answer:
    state = rest.pop("state", State.ANSWERED if level is not None else State.OPEN)
    return Answer(f"t.{code}", state, level, target)  # type: ignore[arg-type]


def answers(**levels: int | State) -> dict[str, Answer]:
    """Answers by item: `i1=3`; a state for one without a level."""
    found = {}
    for name, level in levels.items():
        code = name[1:]
        answer = said(state=level, code=code) if isinstance(level, State) else said(level, code=code)
        found[f"t.{code}"] = answer
    return found


def test_a_pulse_is_laid_over_the_full_round_and_the_rest_is_carried_forward(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition, full, pulse = framework(TREE), make.round(1), make.round(2)
    found = carried(edition, [(full, answers(i1=1, i2=2, i3=3, i4=2)), (pulse, answers(i1=3))])
    assert found.held == pulse
    assert found.nodes["all"] == CarriedNode(Fraction(10, 4), None, 1, ((full, 3),))
    assert found.nodes["a"] == CarriedNode(Fraction(5, 2), None, 1, ((full, 1),))
    assert found.nodes["b"] == CarriedNode(Fraction(5, 2), None, 0, ((full, 2),))
    assert found.nodes["t.1"] == CarriedNode(Fraction(3), None, 1, ())
    assert found.nodes["all"].carried == 3
    assert found.source["t.1"] == pulse and found.source["t.2"] == full


def test_what_an_earlier_pulse_measured_is_carried_forward_from_there(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition = framework(TREE)
    full, first, second = (make.round(number) for number in (1, 2, 3))
    told = [(full, answers(i1=1, i2=1, i3=1)), (first, answers(i1=2, i2=2)), (second, answers(i2=3))]
    node = carried(edition, told).nodes["all"]
    assert (node.value, node.measured, node.sources) == (Fraction(2), 1, ((first, 1), (full, 1)))


def test_what_was_asked_and_not_answered_keeps_what_was_known_and_is_not_measured(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition = framework(TREE)
    told = [(make.round(1), answers(i1=1, i2=2)), (make.round(2), answers(i1=State.OPEN, i3=State.OPEN))]
    found = carried(edition, told)
    assert (found.nodes["all"].value, found.nodes["all"].measured) == (Fraction(3, 2), 0)
    assert found.answers["t.3"].state is State.OPEN


def test_what_cannot_be_said_any_more_is_neither_measured_nor_carried(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition = framework(TREE)
    told = [(make.round(1), answers(i1=1, i2=2)), (make.round(2), answers(i1=State.CANNOT_SAY))]
    node = carried(edition, told).nodes["a"]
    assert (node.value, node.measured, node.carried) == (Fraction(2), 0, 1)


def test_targets_follow_the_same_way(framework: Callable[..., Edition], make: SimpleNamespace) -> None:
    edition = framework(TREE)
    told = [
        (make.round(1), {"t.1": said(1, 2), "t.2": said(1, 4, "2")}),
        (make.round(2), {"t.1": said(2, 3)}),
    ]
    assert carried(edition, told).nodes["a"].target == Fraction(7, 2)


def test_there_is_no_picture_of_nothing(framework: Callable[..., Edition]) -> None:
    with pytest.raises(ValueError, match=r"\(\)"):
        carried(framework(TREE), ())


def test_a_point_after_a_pulse_counts_what_was_measured_and_says_what_was_carried(
    framework: Callable[..., Edition], make: SimpleNamespace
) -> None:
    edition, full, pulse = framework(TREE), make.round(1), make.round(2)
    found = carried(edition, [(full, answers(i1=1, i2=2, i3=3)), (pulse, answers(i1=3))])
    (whole,) = between([found], "all")
    assert (whole.round, whole.value, whole.counts.n, whole.counts.m, whole.carried) == (
        pulse,
        Fraction(8, 3),
        1,
        4,
        2,
    )
    (item,) = between([found], "t.1")
    assert (item.value, item.carried, item.counts.n) == (Fraction(3), None, 1)
    assert between([found], "b") == between([found], "t.2") == between([found], "gone") == ()


LEVELS = st.dictionaries(st.sampled_from(["1", "2", "3", "4"]), st.integers(0, 5))


@given(LEVELS, st.lists(LEVELS, min_size=1, max_size=3))
def test_measured_and_carried_add_up_to_all_that_have_a_level(
    framework: Callable[..., Edition],
    make: SimpleNamespace,
    first: dict[str, int],
    pulses: list[dict[str, int]],
) -> None:
    rounds = [first, *pulses]
    told = [
        (make.round(number), {f"t.{code}": said(level, code=code) for code, level in levels.items()})
        for number, levels in enumerate(rounds, start=1)
    ]
    found = carried(framework(TREE), told)
    for node, scored in found.today.items():
        assert found.nodes[node].measured + found.nodes[node].carried == scored.counts.n
    assert found.nodes["all"].measured == len(rounds[-1])
