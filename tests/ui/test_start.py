"""The page of the small start: from no task at all to three waves and what was learnt."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dxassess.assessment.action import Status
from dxassess.assessment.waves import Candidate
from tests.ui.conftest import Visit
from tests.ui.test_record import bodies


def tasks(house, *made):
    return [house.store.keep_candidate(each, "佐藤") for each in made]


def three(house):
    return tasks(
        house,
        Candidate("請求書の入力", "経理", 5, 4, 5, 4, 2, Decimal(1500)),
        Candidate("給与計算", "人事", 3, None, 2, 2, 5),
        Candidate("郵便", ""),
    )


def charts(visit):
    return [element.proto.spec for element in visit.at.get("plotly_chart")]


def test_before_there_is_a_task_the_page_teaches_and_one_button_adds_typical_ones(house, words):
    visit = Visit("start", lang=words.language)
    assert words("start.empty_title") in visit.text
    assert words("start.empty") in visit.text
    assert words("start.point_small") in visit.text
    visit.fill("starters", ["legal"]).press("add-starters")
    assert [each.department for each in house.store.candidates()] == [words("start.group.legal")] * 2
    assert words("start.list_lead", n=0, m=2) in visit.text
    assert words("start.nothing_graded") in visit.text
    assert not any(each.is_graded for each in house.store.candidates())


def test_without_a_department_chosen_nothing_can_be_added(house, words):
    visit = Visit("start", lang=words.language).fill("starters", [])
    (button,) = (each for each in visit.at.button if each.key == "add-starters")
    assert button.disabled


def test_a_task_of_ones_own_is_added_and_is_the_one_to_grade(house, words):
    visit = Visit("start", lang=words.language)
    visit.fill("task-name", "<b>稟議</b>", in_form=True).fill("task-department", "総務", in_form=True).press(
        "task-add"
    )
    (kept,) = house.store.candidates()
    assert (kept.name, kept.department) == ("<b>稟議</b>", "総務")
    assert visit.address["task"] == kept.id
    assert "<b>稟議" not in bodies(visit)


def test_a_task_without_a_name_is_refused_beside_the_form(house, words):
    visit = Visit("start", lang=words.language).press("task-add")
    assert words("error.CandidateNameMissing") in visit.alerts[0]
    assert house.store.candidates() == ()


def test_grades_are_kept_in_one_piece_and_the_next_task_without_any_follows(house, words):
    one, two, last = tasks(house, Candidate("請求書"), Candidate("給与", effect=1), Candidate("郵便"))
    visit = Visit("start", lang=words.language)
    place = f"{one.id}-1"
    for term, grade in (("importance", 5), ("effect", 4), ("linking", 2)):
        visit.fill(f"{term}-{place}", grade, in_form=True)
    visit.fill(f"hours-{place}", 1200.5, in_form=True).fill(f"wave-{place}", 2, in_form=True)
    visit.press(f"next-{place}")
    kept = house.store.candidates()[0]
    assert (kept.grades, kept.hours, kept.wave) == ((5, None, 4, None, 2), Decimal("1200.5"), 2)
    assert visit.address["task"] == last.id
    assert visit.shown(f"task-pick-{last.id}") == last.id
    visit.fill("task-pick", one.id)
    assert visit.address["task"] == one.id
    again = f"{one.id}-2"
    assert (visit.shown(f"effect-{again}"), visit.shown(f"hours-{again}")) == (4, 1200.5)
    visit.fill(f"effect-{again}", None, in_form=True).press(f"keep-{again}")
    assert house.store.candidates()[0].effect is None
    assert visit.address["task"] == one.id
    assert two == house.store.candidates()[1]


def test_who_saves_over_a_change_of_somebody_else_is_told_and_sees_it(house, words):
    (task,) = tasks(house, Candidate("請求書"))
    visit = Visit("start", lang=words.language)
    visit.fill(f"effect-{task.id}-1", 1, in_form=True)
    house.store.keep_candidate(replace(task, effect=5), "鈴木")
    visit.press(f"keep-{task.id}-1")
    assert "鈴木" in visit.alerts[0]
    assert house.store.candidates()[0].effect == 5
    visit.run()
    assert visit.shown(f"effect-{task.id}-2") == 5


def test_a_task_of_the_address_that_is_not_there_gives_way_to_the_first(house, words):
    (task,) = tasks(house, Candidate("請求書"))
    visit = Visit("start", lang=words.language, task="0" * 32)
    assert visit.shown(f"task-pick-{task.id}") == task.id


def test_every_task_stands_with_its_terms_and_what_is_not_graded_says_so(house, words):
    three(house)
    visit = Visit("start", lang=words.language)
    body = bodies(visit)
    task = words("start.task", name="請求書の入力", department="経理")
    assert body.index(task) < body.index(words("start.task", name="給与計算", department="人事"))
    assert "200.0" in body
    assert words("start.middle", grade=3) in body
    assert words("start.ungraded", names="郵便") in visit.text
    assert words("start.formula") in visit.text
    assert words("start.chart_n", n=2, m=3) in visit.text
    assert words("start.not_drawn", names="郵便") in visit.text
    assert "1 請求書の入力" in visit.text
    (spec,) = charts(visit)
    assert "1,500" in spec


def test_equals_share_their_rank_and_are_marked(house, words):
    tasks(house, Candidate("a", effect=4), Candidate("b", effect=4), Candidate("c", effect=1))
    visit = Visit("start", lang=words.language)
    assert bodies(visit).count(words("start.rank_tied", rank=1)) == 2
    assert words("start.tied") in visit.text
    assert words("start.stable", top=2, share=100) in visit.text


def test_a_weight_of_nothing_leaves_its_term_out_and_the_waves_follow(house, words):
    three(house)
    visit = Visit("start", lang=words.language)
    assert "200.0" in bodies(visit)
    visit.fill("start-weight-effect", 0.0)
    assert "200.0" not in bodies(visit)
    assert "40.0" in bodies(visit)


def test_without_grades_the_chart_stands_empty_with_the_next_step(house, words):
    tasks(house, Candidate("郵便"))
    visit = Visit("start", lang=words.language)
    assert words("start.chart_n", n=0, m=1) in visit.text
    assert words("start.chart_see") not in visit.text
    assert len(charts(visit)) == 1


def test_the_waves_are_proposed_and_settled(house, words):
    made = tasks(
        house, *(Candidate(name, effect=effect) for name, effect in zip("abcd", (1, 2, 3, 4), strict=True))
    )
    visit = Visit("start", lang=words.language)
    assert bodies(visit).count(words("start.proposed")) == 4
    visit.fill("room-first", 1).fill("room-second", 1).press("settle")
    assert [each.wave for each in house.store.candidates()] == [3, 3, 2, 1]
    assert bodies(visit).count(f">{words('start.settled')}<") == 4
    assert words("start.settle") not in visit.text
    visit.fill("task-pick", made[3].id).press(f"keep-{made[3].id}-2")
    assert not visit.alerts


def test_what_was_learnt_stands_on_top_of_the_next_wave(house, words):
    three(house)
    visit = Visit("start", lang=words.language)
    assert visit.text.count(words("start.before_nothing")) == 2
    visit.fill("learnt-1-0", "例外を<i>先に</i>決める", in_form=True).press("learn-save-1-0")
    (note,) = house.store.wave_notes()
    assert (note.wave, note.text) == (1, "例外を<i>先に</i>決める")
    assert visit.text.count("例外を<i>先に</i>決める") == 2
    assert visit.text.count(words("start.before_nothing")) == 1
    assert words("start.before") in visit.text
    assert visit.shown("learnt-1-1") == ""
    visit.press("learn-save-2-0")
    assert words("error.WaveNoteMissing") in visit.alerts[0]


def test_a_task_becomes_an_action_once_there_is_a_round(house, words):
    (task,) = tasks(house, Candidate("請求書の入力", "経理", effect=5))
    assert words("start.to_action") not in Visit("start", lang=words.language).text
    house.start()
    visit = Visit("start", lang=words.language).press(f"to-action-{task.id}")
    (action,) = house.store.actions()
    assert (action.title, action.department, action.status) == ("請求書の入力", "経理", Status.IDEA)
    assert words("start.is_action", status=words("action.status_idea")) in visit.text
    assert words("start.to_action") not in visit.text


@pytest.mark.parametrize(("answer", "left"), [("sure-yes", 1), ("sure-no", 2)])
def test_a_task_is_withdrawn_after_one_more_question(house, words, answer, left):
    one, _ = tasks(house, Candidate("請求書"), Candidate("給与"))
    visit = Visit("start", lang=words.language).press(f"withdraw-{one.id}")
    assert words("start.withdraw_sure", name="請求書") in visit.text
    visit.press(answer)
    assert len(house.store.candidates()) == left
    assert not visit.alerts
