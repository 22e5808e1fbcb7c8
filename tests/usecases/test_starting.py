"""A small start: typical tasks, their order and waves, what was learnt, and the action a task becomes."""

from dataclasses import replace
from datetime import date

import pytest

from dxassess.assessment.action import Status
from dxassess.assessment.waves import Candidate, Weights
from dxassess.errors import ActionTitleMissing, CandidateChanged
from dxassess.text import LANGUAGES, Words
from dxassess.usecases.starting import (
    STARTERS,
    USUAL,
    action_of,
    add_starters,
    keep_candidate,
    learn,
    make_action,
    newest_edition,
    next_after,
    settle_waves,
    small_start,
    withdraw_candidate,
)

EVEN = Weights()
JA = Words("ja")


def names(found):
    return [each.name for each in found]


def graded(house, *effects, **rest):
    """Tasks a, b, c … of which only the effect is graded."""
    return [
        keep_candidate(house.store, Candidate(name, effect=effect, **rest), "佐藤")
        for name, effect in zip("abcdefgh", effects, strict=False)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_typical_tasks_come_without_grades_and_each_only_once(house, language):
    words = Words(language)
    made = add_starters(house.store, words, USUAL, "佐藤")
    assert len(made) == sum(len(STARTERS[department]) for department in USUAL)
    assert not any(each.is_graded or each.hours is not None or each.wave for each in made)
    assert {each.department for each in made} == {words("start.group.accounting"), words("start.group.hr")}
    withdraw_candidate(house.store, made[0])
    again = add_starters(house.store, words, STARTERS)
    assert names(again)[0] == made[0].name
    everything = [(each.name, each.department) for each in house.store.candidates()]
    assert len(everything) == len(set(everything)) == sum(map(len, STARTERS.values()))
    assert house.store.events_of(made[0].id, "candidate_added")[0].who == "佐藤"


def test_tasks_stand_in_order_and_in_waves_and_those_without_grades_apart(house):
    graded(house, 1, 5, None, 4, 3, 2)
    found = small_start(house.store, EVEN)
    assert names(each.candidate for each in found.order) == ["b", "d", "e", "f", "a"]
    assert {wave: names(members) for wave, members in found.waves.items()} == {
        1: ["b", "d"],
        2: ["e", "f", "a"],
        3: [],
    }
    assert names(found.ungraded) == ["c"]
    assert (found.top, found.stable, found.tied) == (2, 1, False)
    smaller = small_start(house.store, EVEN, (1, 1))
    assert (names(smaller.waves[1]), names(smaller.waves[3]), smaller.top) == (["b"], ["e", "f", "a"], 1)


def test_settled_waves_no_longer_move(house):
    first, second, third = graded(house, 1, 2, 3)
    keep_candidate(house.store, replace(first, wave=1))
    found = small_start(house.store, EVEN, (2, 1))
    assert [(each.name, each.wave) for each in found.proposed] == [("c", 1), ("b", 2)]
    settle_waves(house.store, found, "佐藤")
    assert [each.wave for each in house.store.candidates()] == [1, 2, 1]
    settled = small_start(house.store, EVEN, (1, 1))
    assert settled.proposed == ()
    assert names(settled.waves[1]) == ["c", "a"]
    with pytest.raises(CandidateChanged):
        settle_waves(house.store, found, "佐藤")
    assert house.store.events_of(second.id, "candidate_changed")[0].detail["after"]["wave"] == 2
    assert third.wave is None


def test_only_what_has_effect_and_linking_is_charted(house):
    keep_candidate(house.store, Candidate("両方", effect=5, linking=2))
    keep_candidate(house.store, Candidate("効果だけ", effect=5))
    keep_candidate(house.store, Candidate("つなぎだけ", linking=1))
    found = small_start(house.store, EVEN)
    assert names(found.charted) == ["両方"]
    assert names(found.uncharted) == ["効果だけ", "つなぎだけ"]


def test_what_was_learnt_comes_with_the_waves(house):
    learn(house.store, 1, "小さく", "佐藤")
    (note,) = small_start(house.store, EVEN).notes
    assert (note.wave, note.text, note.who) == (1, "小さく", "佐藤")


def test_the_next_to_grade_is_the_next_without_a_grade_then_simply_the_next(house):
    a, b, c, d = graded(house, None, 1, None, 2)
    tasks = house.store.candidates()
    assert [next_after(tasks, each) for each in (a, b, c, d)] == [c, c, a, a]
    tasks = tuple(replace(each, effect=1) for each in tasks)
    assert names(next_after(tasks, each) for each in tasks) == ["b", "c", "d", "a"]
    assert next_after([a], a) == a


def test_a_task_becomes_an_idea_for_an_action_of_the_newest_round(house):
    assert newest_edition(house.store) is None
    house.start(date(2026, 5, 1))
    edition = newest_edition(house.store)
    task = keep_candidate(house.store, Candidate("請求書の入力", "経理", effect=5))
    assert action_of(house.store, edition, task) is None
    made = make_action(house.app, house.store, edition, task, "佐藤")
    assert (made.title, made.department, made.edition, made.status) == (
        "請求書の入力",
        "経理",
        "tiny",
        Status.IDEA,
    )
    assert action_of(house.store, edition, task) == made
    assert action_of(house.store, edition, replace(task, department="人事")) is None
    assert house.store.events_of(made.id, "action_added")[0].who == "佐藤"
    with pytest.raises(ActionTitleMissing):
        make_action(house.app, house.store, edition, Candidate(" "))
