"""A pulse: it asks focus items alone, never counts as a full round, and what it did not ask is carried forward."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.assessment.priorities import Weights
from dxassess.errors import EditionUnknown, MinimumTooSmall, RoundDateUnlikely, RoundTitleMissing
from dxassess.errors.rhythm import PulseAsksAll, PulseBeforeRound, PulseEmpty, PulseItemUnknown
from dxassess.exchange.workbook.values import Upload
from dxassess.text import Words
from dxassess.usecases import (
    close_round,
    enter_papers,
    hand_out,
    open_workshop,
    progress,
    questionnaire,
    recognition_of,
    reopen_round,
    result,
    reveal,
    start_round,
)
from dxassess.usecases.comparison import compare
from dxassess.usecases.effects import movements
from dxassess.usecases.overview import overview
from dxassess.usecases.planning import plan
from dxassess.usecases.pulse import (
    focus,
    full_round,
    full_rounds,
    is_pulse_round,
    picture,
    start_pulse,
)
from dxassess.usecases.realism import paces
from dxassess.usecases.rounds import edition_state, last_like, standing
from dxassess.usecases.together import together
from tests.exchange.papers import filled, opened
from tests.usecases.voting import vote, voted

SPRING, SUMMER, LATE, AUTUMN = date(2026, 5, 1), date(2026, 8, 1), date(2026, 9, 1), date(2026, 11, 1)
ALL = {"1": 1, "1-1": 1, "2": 1, "2-1": 3}


def pulsed(house, levels, day=SUMMER, codes=()):
    """A closed pulse of these items."""
    held = start_pulse(house.app, house.store, "tiny", codes or list(levels), "パルス", day, "山田")
    for code, level in levels.items():
        house.say(held, code, level)
    return close_round(house.store, held, "山田")


def test_a_pulse_asks_its_items_and_has_the_newest_round_that_asked_them_as_last_time(any_house):
    full = any_house.hold(ALL, SPRING)
    first = pulsed(any_house, {"1": 2, "2": 2})
    second = start_pulse(any_house.app, any_house.store, "tiny", ["1"], "二つ目", LATE)
    third = start_pulse(any_house.app, any_house.store, "tiny", ["1-1"], "三つ目", LATE)
    assert (first.previous, second.previous, third.previous) == (full.id, first.id, full.id)
    asked = questionnaire(any_house.store, second)
    assert [item.code for item in asked.edition.scored] == ["1"]
    assert asked.last["tiny.1"].level == 2
    assert is_pulse_round(any_house.store, first) and not is_pulse_round(any_house.store, full)
    assert full_rounds(any_house.store, standing(any_house.store).rounds) == (full,)


@pytest.mark.parametrize(
    ("codes", "error", "values"),
    [
        ([], PulseEmpty, {}),
        (["1", "9"], PulseItemUnknown, {"item": "9", "edition": "tiny"}),
        (["1", "q-days"], PulseItemUnknown, {"item": "q-days", "edition": "tiny"}),
        (["2-1", "2", "1-1", "1"], PulseAsksAll, {"n": 4}),
    ],
)
def test_what_a_pulse_cannot_ask_is_refused_with_a_sentence(house, codes, error, values):
    house.hold(ALL, SPRING)
    with pytest.raises(error) as refused:
        start_pulse(house.app, house.store, "tiny", codes, "パルス", SUMMER)
    assert refused.value.values == values
    assert len(standing(house.store).rounds) == 1


def test_before_a_full_round_is_closed_there_is_nothing_to_carry_forward(house):
    with pytest.raises(PulseBeforeRound) as refused:
        start_pulse(house.app, house.store, "tiny", ["1"], "パルス", SUMMER)
    assert refused.value.values == {"edition": "tiny"}
    house.start(SPRING)
    with pytest.raises(PulseBeforeRound):
        start_pulse(house.app, house.store, "tiny", ["1"], "パルス", SUMMER)
    assert focus(house.app, house.store, "tiny") is None


def test_a_pulse_on_a_department_stays_within_what_the_department_was_asked(house):
    people = start_round(house.app, house.store, "tiny", "人", SPRING, None, section="people")
    close_round(house.store, people, "山田")
    with pytest.raises(PulseBeforeRound):
        start_pulse(house.app, house.store, "tiny", ["1", "2"], "パルス", SUMMER)
    with pytest.raises(PulseAsksAll):
        start_pulse(house.app, house.store, "tiny", ["1", "1-1"], "パルス", SUMMER)
    held = start_pulse(house.app, house.store, "tiny", ["1"], "パルス", SUMMER)
    assert held.previous == people.id


def section_round(house, levels, day=SUMMER):
    """A closed round for the people alone."""
    held = start_round(house.app, house.store, "tiny", "人だけ", day, None, section="people")
    for code, level in levels.items():
        house.say(held, code, level, target=3)
    return close_round(house.store, held, "山田")


def test_a_round_for_one_section_is_no_full_round_and_a_pulse_may_ask_all_of_it(house):
    full = house.hold(ALL, SPRING)
    part = section_round(house, {"1": 3, "1-1": 2})
    assert full_rounds(house.store, standing(house.store).rounds) == (full,)
    found = focus(house.app, house.store, "tiny")
    assert (found.base, len(found.items), found.farthest) == (full, 4, ("1-1",))
    held = start_pulse(house.app, house.store, "tiny", ["1", "1-1"], "パルス", LATE)
    assert held.previous == part.id
    assert full_round(house.store, standing(house.store), held) == full
    with pytest.raises(PulseAsksAll):
        start_pulse(house.app, house.store, "tiny", list(ALL), "パルス", LATE)


def test_a_round_for_one_section_is_laid_over_the_full_one_like_a_pulse(house):
    full = house.hold(ALL, SPRING)
    part = section_round(house, {"1": 3})
    held = pulsed(house, {"2": 3}, LATE)
    found = picture(house.app, house.store, house.store.edition(full.edition_hash), held)
    assert {item: found.answers[item].level for item in ("tiny.1", "tiny.1-1", "tiny.2", "tiny.2-1")} == {
        "tiny.1": 3,
        "tiny.1-1": 1,
        "tiny.2": 3,
        "tiny.2-1": 3,
    }
    assert (found.source["tiny.1"], found.source["tiny.1-1"], found.source["tiny.2"]) == (part, full, held)
    root = found.nodes["all"]
    assert (root.measured, root.sources) == (1, ((part, 1), (full, 2)))
    people = picture(house.app, house.store, house.store.edition(part.edition_hash), held)
    assert people.nodes["people"].sources == ((part, 1),)


def test_a_pulse_stands_only_on_rounds_of_its_scale(house, edited):
    house.hold(ALL, SPRING)
    four = '    - {value: 3, name: {ja: "定着", en: "Settled"}}'
    words = ("3: {", '4: {ja: "先です。", en: "Further."}\n  3: {')
    moved = house.with_edition(
        edited(
            ("edition.yaml", "revision: 1", "revision: 2"),
            ("edition.yaml", four, f'{four}\n    - {{value: 4, name: {{ja: "先", en: "Further"}}}}'),
            *((f"{code}.yaml", *words) for code in ALL),
        )
    )
    with pytest.raises(PulseBeforeRound):
        start_pulse(moved.app, moved.store, "tiny", ["1"], "パルス", LATE)
    assert focus(moved.app, moved.store, "tiny") is None
    full = moved.hold(ALL, SUMMER)
    held = pulsed(moved, {"1": 4}, LATE)
    assert focus(moved.app, moved.store, "tiny").base == full
    found = picture(moved.app, moved.store, moved.app.edition("tiny"), held)
    assert found.nodes["all"].sources == ((full, 3),)


def test_title_day_edition_and_groups_are_refused_as_for_any_round(house):
    house.hold(ALL, SPRING)
    for error, more in (
        (RoundTitleMissing, ("tiny", ["1"], " ", SUMMER)),
        (RoundDateUnlikely, ("tiny", ["1"], "パルス", date(1999, 1, 1))),
        (EditionUnknown, ("gone", ["1"], "パルス", SUMMER)),
    ):
        with pytest.raises(error):
            start_pulse(house.app, house.store, *more)
    with pytest.raises(MinimumTooSmall):
        start_pulse(house.app, house.store, "tiny", ["1"], "パルス", SUMMER, named=False, minimum=2)


def test_items_with_a_running_action_and_those_farthest_from_their_target_are_suggested(house, tiny):
    held = house.start(SPRING)
    house.say(held, "1", 1, target=2)
    house.say(held, "1-1", 1, target=3)
    house.say(held, "2", 2, target=2)
    close_round(house.store, held, "山田")
    for status, item in ((Status.DOING, "tiny.2"), (Status.IDEA, "tiny.2-1"), (Status.DONE, "tiny.2-1")):
        house.store.keep_action(Action(f"{status}", "tiny", {item: Decimal(1)}, status), tiny, "x")
    found = focus(house.app, house.store, "tiny")
    assert (found.running, found.farthest) == (("2",), ("1-1", "1"))
    assert found.suggested == ("1", "1-1", "2")


def test_never_everything_is_suggested(house, tiny):
    held = house.start(SPRING)
    for code in ALL:
        house.say(held, code, 1, target=2)
    close_round(house.store, held, "山田")
    assert focus(house.app, house.store, "tiny").suggested == ("1", "1-1", "2")


def test_a_damaged_round_suggests_nothing(house, flipped):
    broken = flipped(house, house.hold(ALL, SPRING))
    assert focus(broken.app, broken.store, "tiny") is None


def test_on_the_progress_page_pulses_stand_between_the_rounds_and_move_no_line(house):
    first = house.hold(ALL, SPRING)
    pulsed(house, {"1": 3, "2": 2})
    last = house.hold(dict.fromkeys(ALL, 2), AUTUMN)
    found = progress(house.app, house.store)
    assert found.rounds == (first, last)
    assert [point.value for point in found.lines["all"]] == [Fraction(3, 2), 2]
    assert [point.value for point in found.lines["tiny.1"]] == [1, 2]
    (whole,) = found.pulses["all"]
    assert (whole.value, whole.counts.n, whole.carried) == (Fraction(9, 4), 2, 2)
    (item,) = found.pulses["tiny.1"]
    assert (item.value, item.carried) == (3, None)
    assert "tiny.2-1" not in found.pulses
    assert found.others == () and len(found.choices) == 1


def test_the_page_of_a_pulse_shows_the_progress_of_the_full_rounds(house):
    first = house.hold(ALL, SPRING)
    held = pulsed(house, {"1": 3})
    people = start_round(house.app, house.store, "tiny", "人", AUTUMN, None, section="people")
    close_round(house.store, people, "山田")
    assert progress(house.app, house.store, held.id).edition.head.tree.id == "people"
    assert progress(house.app, house.store, first.id).edition.head.tree.id == "all"
    tools = pulsed(house, {"2": 3}, AUTUMN)
    assert progress(house.app, house.store, tools.id).edition.head.tree.id == "all"


def test_a_pulse_whose_full_round_was_opened_again_waits_for_it(house):
    full = house.hold(ALL, SPRING)
    held = pulsed(house, {"1": 3})
    again = reopen_round(house.store, full, "x", "直す")
    assert progress(house.app, house.store) is None
    assert picture(house.app, house.store, house.store.edition(full.edition_hash), held) is None
    house.say(again, "2", 3)
    close_round(house.store, again, "x")
    (whole,) = progress(house.app, house.store).pulses["all"]
    assert whole.value == Fraction(10, 4)


def test_pulses_on_a_damaged_round_are_not_drawn_and_a_damaged_one_between_is_passed_over(house, flipped):
    full = house.hold(ALL, SPRING)
    middle = pulsed(house, {"1": 2})
    pulsed(house, {"2": 2}, LATE)
    broken = flipped(house, middle)
    found = progress(broken.app, broken.store)
    assert found.damaged == (middle,)
    assert [(point.value, point.carried) for point in found.pulses["all"]] == [(Fraction(7, 4), 3)]
    worse = flipped(broken, full)
    found = progress(worse.app, worse.store)
    assert (found.rounds, found.pulses) == ((), {})


def test_the_result_of_a_pulse_is_its_own_average_beside_the_same_items_last_time(house):
    house.hold(ALL, SPRING)
    held = pulsed(house, {"1": 3, "2-1": 2})
    found = result(house.app, house.store, held)
    (average,) = found.averages
    assert (average.today.id, average.today.value, average.today.counts.n) == ("pulse", Fraction(5, 2), 2)
    assert (average.last.value, average.since.change, average.since.alike) == (2, Fraction(1, 2), True)
    assert (average.published, found.distances) == (None, ())
    assert found.last.today["people"].value == 1
    assert found.change("tiny.1") == 2


def test_a_full_round_has_no_pulse_as_its_last_time(house, tiny):
    full = house.hold(ALL, SPRING)
    held = pulsed(house, {"1": 3})
    assert last_like(house.store, tiny) == full.id
    after = house.hold(ALL, AUTUMN, held)
    assert result(house.app, house.store, after).last is None


def test_pace_plan_home_and_votes_are_those_of_full_rounds(house):
    first = house.hold(ALL, date(2025, 11, 1))
    last = house.hold(dict.fromkeys(ALL, 2), SPRING)
    held = pulsed(house, {"1": 3})
    where = standing(house.store)
    assert full_round(house.store, where, held) == last
    assert full_round(house.store, where, last) == last
    own = paces(house.app, house.store, plan(house.app, house.store, last, Weights())).own
    house.store.start_round("x", house.app.edition("tiny"), AUTUMN, held.quarter, None, "x")
    later = standing(house.store).rounds[-1]
    assert paces(house.app, house.store, plan(house.app, house.store, later, Weights())).own == own
    home = overview(house.app, house.store, where)
    assert home.now[0] == last
    assert home.now[1].last.value == Fraction(3, 2)
    assert [line.held for line in home.rounds] == [held, last, first]


def test_where_no_full_round_is_closed_any_more_the_open_one_is_planned_from(house):
    full = house.hold(ALL, SPRING)
    held = pulsed(house, {"1": 3})
    again = reopen_round(house.store, full, "x", "直す")
    assert full_round(house.store, standing(house.store), held) == again


def test_votes_of_a_pulse_are_not_set_beside_those_of_full_rounds(house):
    split = {"management": {"1": [3, 3]}, "it": {"1": [0, 1]}}
    voted(house, split, day=SPRING)
    pulse = start_pulse(house.app, house.store, "tiny", ["1"], "パルス", SUMMER)
    vote(house, pulse, split)
    close_round(house.store, pulse, "山田")
    found = together(house.app, house.store)
    assert len(found.points) == 1 and found.others == ()


def test_what_moved_between_a_full_round_and_a_pulse_is_told_of_its_items_alone(house):
    full = house.hold(ALL, SPRING)
    held = pulsed(house, {"1": 3})
    after = house.hold(dict.fromkeys(ALL, 2), AUTUMN)
    found = movements(house.app, house.store)
    assert [(each.before, each.after) for each in found] == [(full, after), (full, held)]


def test_a_pulse_keeps_its_texts_and_is_told_when_the_folder_changed(house, edited):
    house.hold(ALL, SPRING)
    held = pulsed(house, {"1": 3, "2": 1})
    assert edition_state(house.app, house.store, held) == "same"
    other = edited(("1.yaml", "en:", "en: "), ("edition.yaml", "revision: 1", "revision: 2"))
    assert edition_state(house.with_edition(other).app, house.store, held) == "changed"
    assert edition_state(house.with_edition(None).app, house.store, held) == "gone"


def test_side_by_side_stand_full_rounds_and_the_pulse_is_named_beside_them(house):
    first, last = house.hold(ALL, SPRING), house.hold(dict.fromkeys(ALL, 2), SUMMER)
    held = pulsed(house, {"1": 3}, AUTUMN)
    found = compare(house.app, house.store, like=held.id)
    assert (found.found.rounds, found.left) == ((first, last), ((held, "pulse"),))
    assert [place[0] for place in found.choices] == [last]


def test_a_pulse_is_voted_on_like_any_round_on_paper_too(house):
    house.hold(ALL, SPRING)
    held = start_pulse(house.app, house.store, "tiny", ["1-1", "2"], "パルス", SUMMER)
    workshop = open_workshop(house.store, held)
    (file,) = hand_out(house.store, held, [("it", "佐藤")], Words("ja"))
    rows = [
        cell.value for sheet in opened(file.content).worksheets for row in sheet for cell in row if cell.value
    ]
    assert "1-1" in rows and "2-1" not in rows
    given = Upload(file.name, filled(file.content, {"1-1": {"answer": 2}, "2": {"answer": 3}}))
    enter_papers(house.store, held, [given], "山田")
    reveal(house.store, workshop, "山田")
    found = recognition_of(house.app, house.store, standing(house.store).running)
    assert {item.indicator for item in found.first.items} == {"tiny.1-1", "tiny.2"}
