"""Which actions to take, against every set there is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.assessment.action import Action, Status
from dxassess.assessment.model import Answer, State
from dxassess.assessment.path import Goal, Limits, Path, best, currents_of, lifted, value_of
from dxassess.catalogue.model import Edition

TODAY = {"tiny.1": Fraction(1), "tiny.1-1": Fraction(2), "tiny.2": Fraction(0), "tiny.2-1": Fraction(1)}


def act(
    name: str,
    lifts: dict[str, str],
    yen: int = 0,
    days: str = "0",
    needs: str = "",
    excludes: str = "",
    status: Status = Status.IDEA,
    due: date | None = None,
) -> Action:
    return Action(
        name,
        "tiny",
        {f"tiny.{code}": Decimal(lift) for code, lift in lifts.items()},
        status,
        due=due,
        one_off=yen,
        effort=Decimal(days),
        needs=frozenset(needs),
        excludes=frozenset(excludes),
        id=name,
    )


def names(path: Path) -> str:
    return "".join(sorted(action.id for action in path.chosen))


def why(path: Path) -> dict[str, str]:
    return {each.action.id: each.why for each in path.left_out}


def cost(chosen: tuple[Action, ...]) -> int:
    return sum(action.first_year for action in chosen)


def weighed(chosen: tuple[Action, ...]) -> tuple[int, Decimal, int]:
    return cost(chosen), sum((action.effort or Decimal() for action in chosen), Decimal()), len(chosen)


def test_the_levels_of_today_are_those_of_items_that_have_one() -> None:
    answers = {
        "tiny.1": Answer("tiny.1", State.ANSWERED, 2),
        "tiny.1-1": Answer("tiny.1-1", State.CANNOT_SAY),
        "tiny.2": Answer("tiny.2", State.NOT_APPLICABLE, reason="none"),
    }
    assert currents_of(answers) == {"tiny.1": Fraction(2)}


def possible(actions: list[Action], limits: Limits) -> list[tuple[Action, ...]]:
    """Every set of actions that keeps to the limits, what they need and what they exclude."""
    sets = chain.from_iterable(combinations(actions, size) for size in range(len(actions) + 1))
    return [chosen for chosen in sets if fits(chosen, limits)]


def fits(chosen: tuple[Action, ...], limits: Limits) -> bool:
    taken = {action.id for action in chosen}
    return (
        (limits.yen is None or cost(chosen) <= limits.yen)
        and (limits.days is None or sum(action.effort or 0 for action in chosen) <= limits.days)
        and (limits.by is None or all(action.due is None or action.due <= limits.by for action in chosen))
        and all(action.needs <= taken and not action.excludes & taken for action in chosen)
    )


@st.composite
def portfolios(draw: st.DrawFn) -> list[Action]:
    count = draw(st.integers(1, 6))
    ids = "abcdef"[:count]
    lift = st.sampled_from(["0.25", "0.5", "1", "1.5", "3"])
    return [
        act(
            name,
            draw(st.dictionaries(st.sampled_from(["1", "1-1", "2", "2-1"]), lift, max_size=3)),
            draw(st.sampled_from([0, 100_000, 250_000, 400_000, 1_000_000])),
            str(draw(st.sampled_from([0, 5, 7.5, 20]))),
            draw(st.sampled_from(["", *ids[:place]])),
            draw(st.sampled_from(["", "", *ids[:place]])),
            due=draw(st.sampled_from([None, date(2026, 12, 1), date(2027, 6, 1)])),
        )
        for place, name in enumerate(ids)
    ]


limited = st.builds(
    Limits,
    st.sampled_from([None, 0, 300_000, 900_000, 1_500_001]),
    st.sampled_from([None, Decimal(0), Decimal("12.5"), Decimal(30)]),
    st.sampled_from([None, date(2027, 1, 1)]),
)


@settings(max_examples=60)
@given(portfolios(), limited, st.sampled_from(["all", "people", "tools"]))
def test_no_set_lifts_more_and_none_as_much_for_less(
    tiny: Edition, actions: list[Action], limits: Limits, section: str
) -> None:
    path = best(tiny, TODAY, actions, section, limits)
    assert fits(path.chosen, limits)
    reached = [
        (value_of(tiny, lifted(tiny, TODAY, chosen), section), weighed(chosen))
        for chosen in possible(actions, limits)
    ]
    highest = max(value for value, _ in reached)
    assert path.value == highest
    assert weighed(path.chosen) == min(effort for value, effort in reached if value == highest)
    assert sorted([*names(path), *why(path)]) == [action.id for action in actions]


@settings(max_examples=60)
@given(portfolios(), limited, st.sampled_from([Fraction(1), Fraction(3, 2), Fraction(7, 4), Fraction(5, 2)]))
def test_no_set_reaches_the_goal_for_less(
    tiny: Edition, actions: list[Action], limits: Limits, floor: Fraction
) -> None:
    goal = Goal({"all": floor, "tiny.2": Fraction(1)})
    path = best(tiny, TODAY, actions, "all", limits, goal)
    there = []
    for chosen in possible(actions, limits):
        levels = lifted(tiny, TODAY, chosen)
        if levels["tiny.2"] >= 1 and value_of(tiny, levels, "all") >= floor:
            there.append(chosen)
    assert path.reached == bool(there)
    if there:
        cheapest = min(weighed(chosen)[:2] for chosen in there)
        assert weighed(path.chosen)[:2] == cheapest
        assert path.value == max(
            value_of(tiny, lifted(tiny, TODAY, chosen), "all")
            for chosen in there
            if weighed(chosen)[:2] == cheapest
        )
    else:
        assert path.chosen == ()


def test_lifts_add_up_to_the_top_of_the_scale(tiny: Edition) -> None:
    actions = [act("a", {"1": "1.5"}), act("b", {"1": "1", "1-1": "0.5"})]
    after = lifted(tiny, TODAY, actions)
    assert after == {**TODAY, "tiny.1": Fraction(3), "tiny.1-1": Fraction(5, 2)}


def test_an_indicator_without_a_level_counts_nowhere(tiny: Edition) -> None:
    some = {"tiny.1": Fraction(1)}
    path = best(tiny, some, [act("a", {"1-1": "3"}), act("b", {"1": "1"}, 5)], "all", Limits())
    assert (names(path), path.value, why(path)) == ("b", 2, {"a": "no_effect"})
    assert value_of(tiny, some, "tools") is None
    nothing = best(tiny, some, [act("a", {"1": "1"})], "tools", Limits())
    assert (nothing.chosen, nothing.value, nothing.reached) == ((), None, True)
    unreachable = Goal({"tiny.2": Fraction(1)})
    assert best(tiny, some, [act("a", {"1": "1"})], "tools", Limits(), unreachable).chosen == ()


def test_done_actions_are_in_the_levels_and_stopped_ones_are_left_alone(tiny: Edition) -> None:
    actions = [
        act("a", {"1": "1"}, status=Status.DONE),
        act("b", {"1": "1"}, status=Status.STOPPED),
        act("c", {"1": "1"}, needs="a"),
        act("d", {"1": "1"}, needs="b"),
        act("e", {"2": "1"}, excludes="a"),
        act("f", {"2": "1"}, excludes="b"),
    ]
    path = best(tiny, TODAY, actions, "all", Limits())
    assert names(path) == "cf"
    assert why(path) == {"d": "needs", "e": "excluded"}


def test_why_each_one_was_left_out(tiny: Edition) -> None:
    actions = [
        act("a", {"2": "3"}, 500_000, "10"),
        act("b", {"1": "1"}, 900_000),
        act("c", {"1": "1"}, 0, "90"),
        act("d", {"1": "1"}, due=date(2027, 4, 1)),
        act("e", {"2": "1"}),
        act("f", {"1": "1"}, excludes="a"),
        act("g", {"1": "1"}, needs="b"),
    ]
    path = best(tiny, TODAY, actions, "all", Limits(1_000_000, Decimal(20), date(2027, 3, 31)))
    assert names(path) == "a"
    assert why(path) == {
        "b": "yen",
        "c": "days",
        "d": "late",
        "e": "no_effect",
        "f": "excluded",
        "g": "yen",
    }
    assert {each.action.id: each.because and each.because.id for each in path.left_out} == {
        **dict.fromkeys("bcde"),
        "f": "a",
        "g": None,
    }
    assert (path.yen, path.days, path.reached) == (500_000, Decimal(10), True)


def test_a_goal_that_is_reached_leaves_the_rest_for_later(tiny: Edition) -> None:
    actions = [act("a", {"2": "1"}, 100), act("b", {"2": "1"}, 90), act("c", {"1": "1"}, 10)]
    path = best(tiny, TODAY, actions, "all", Limits(), Goal({"tiny.2": Fraction(1)}))
    assert (names(path), why(path)) == ("b", {"a": "less", "c": "less"})


@pytest.mark.parametrize("aggregate", ["sum", "min", "mean", "weighted_mean"])
def test_every_aggregate_of_the_tree_is_solved_exactly(tiny: Edition, aggregate: str) -> None:
    tree = tiny.head.tree.model_copy(update={"aggregate": aggregate, "over": "children"})
    edition = tiny.model_copy(update={"head": tiny.head.model_copy(update={"tree": tree})})
    actions = [act("a", {"1": "2"}, 7), act("b", {"2": "1", "2-1": "1"}, 6), act("c", {"1-1": "1"}, 4)]
    for yen in (0, 4, 6, 7, 10, 11, 13, 17):
        path = best(edition, TODAY, actions, "all", Limits(yen))
        assert path.value == max(
            value_of(edition, lifted(edition, TODAY, chosen), "all")
            for chosen in possible(actions, Limits(yen))
        )


def test_the_order_of_the_actions_is_kept(tiny: Edition) -> None:
    actions = [act("b", {"1": "1"}), act("a", {"2": "1"})]
    path = best(tiny, TODAY, actions, "all", Limits())
    assert path.chosen == tuple(actions)
    assert replace(path, left_out=()) == path


def test_what_is_done_bars_what_it_excludes(tiny: Edition) -> None:
    done = Action("D", "tiny", status=Status.DONE, excludes=frozenset({"y"}), id="d")
    barred = Action("Y", "tiny", {"tiny.1": Decimal(1)}, id="y")
    found = best(tiny, {"tiny.1": Fraction(1)}, [done, barred], "all", Limits())
    assert found.chosen == ()
    assert [(each.action, each.why, each.because) for each in found.left_out] == [(barred, "excluded", done)]


def test_what_is_under_way_goes_on_where_that_is_wanted(tiny: Edition) -> None:
    running = Action("R", "tiny", {"tiny.1": Decimal("0.5")}, Status.DOING, one_off=900, id="r")
    better = Action("B", "tiny", {"tiny.2": Decimal(2)}, one_off=900, id="b")
    currents = {"tiny.1": Fraction(1), "tiny.2": Fraction(0)}
    assert best(tiny, currents, [running, better], "all", Limits(1000)).chosen == (better,)
    assert best(tiny, currents, [running, better], "all", Limits(1000, running=True)).chosen == (running,)
    assert not best(tiny, currents, [running, better], "all", Limits(100, running=True)).reached


def test_what_needs_more_than_there_is_names_the_limit_and_not_the_need(tiny: Edition) -> None:
    first = Action("F", "tiny", {"tiny.2": Decimal(1)}, one_off=500, id="f")
    later = Action("L", "tiny", {"tiny.1": Decimal(1)}, one_off=800, needs=frozenset("f"), id="l")
    found = best(tiny, {"tiny.1": Fraction(1), "tiny.2": Fraction(0)}, [first, later], "all", Limits(400))
    assert [(each.action, each.why) for each in found.left_out] == [(first, "yen"), (later, "yen")]
