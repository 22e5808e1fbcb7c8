"""The page of the plan: the order with its terms, what people say of an item, what its next level takes."""

from datetime import date
from decimal import Decimal

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.model import State
from tests.ui.conftest import Visit
from tests.ui.test_record import bodies


def planned(house):
    held = house.start()
    for code, now, target in (("1", 1, 2), ("2", 0, 3)):
        house.keep(held, code, {"state": State.ANSWERED, "level": now, "target": target})
    return held


def test_before_there_is_a_target_the_page_teaches(started, words):
    visit = Visit("plan", lang=words.language)
    assert words("plan.empty_title") in visit.text
    visit.press(words("plan.empty_button"))
    assert words("answering.title") in visit.text


def test_every_item_stands_with_its_terms_and_the_others_say_why_not(house, words):
    planned(house)
    visit = Visit("plan", lang=words.language)
    assert words("plan.formula") in visit.text
    assert words("plan.stable", top=2, share=100) in visit.text
    body = bodies(visit)
    assert body.index("2 道具" if words.language == "ja" else "2 Tooling") < body.index(
        "1 学び" if words.language == "ja" else "1 Learning"
    )
    assert "0 → 3" in visit.text
    assert words("plan.left_out_no_level", codes=words("common.comma").join(("1-1", "2-1"))) in visit.text


def test_what_is_said_of_an_item_is_kept_at_once_and_moves_it(house, words):
    held = planned(house)
    visit = Visit("plan", lang=words.language).fill("importance-tiny.2", 1).fill("effort-tiny.2", 5)
    assert house.store.plan_nodes("tiny") == (PlanNode("tiny.2", 1, 5),)
    visit.fill("due-tiny.2", date(2027, 3, 31))
    assert house.store.plan_nodes("tiny") == (PlanNode("tiny.2", 1, 5, date(2027, 3, 31)),)
    visit = Visit("plan", lang=words.language)
    assert words("plan.way_by", way="0 → 3", day=words.date(date(2027, 3, 31))) in visit.text
    body = bodies(visit)
    assert body.index("1 学び" if words.language == "ja" else "1 Learning") < body.index(
        "2 道具" if words.language == "ja" else "2 Tooling"
    )
    assert held.id in visit.address.get("round", held.id)


def test_a_weight_of_nothing_leaves_its_term_out(house, words):
    planned(house)
    visit = Visit("plan", lang=words.language)
    assert "4.00" in bodies(visit)
    visit.fill("weight-gap", 0.0)
    assert "4.00" not in bodies(visit)


def test_the_next_level_shows_its_words_and_what_is_missing(house, words):
    planned(house)
    visit = Visit("plan", lang=words.language)
    assert words("plan.next", level="1") in visit.text
    assert words("plan.nothing_ticked") in visit.text


def test_the_plan_says_how_many_actions_there_are_and_leads_to_them(house, words):
    planned(house)
    visit = Visit("plan", lang=words.language)
    assert words("actions.none_on_plan") in visit.text
    tiny = house.app.editions["tiny"]
    late = Action("入力の<b>自動化</b>", "tiny", status=Status.DOING, due=date(2026, 1, 31))
    house.store.keep_action(late, tiny, "佐藤")
    visit = Visit("plan", lang=words.language)
    assert words("actions.on_plan", n=1) in visit.text
    assert words("action.overdue", n=1, titles=late.title) in visit.text
    visit.press("see-actions")
    assert words("actions.lead") in visit.text


def test_the_best_set_is_told_with_what_is_left_out(house, words):
    planned(house)
    tiny = house.app.editions["tiny"]
    small = Action("小さく", "tiny", {"tiny.2": Decimal(1)}, one_off=100_000)
    large = Action("大きく", "tiny", {"tiny.2": Decimal(2)}, one_off=900_000)
    house.store.keep_actions([small, large], tiny, "佐藤")
    visit = Visit("plan", lang=words.language).fill("path-yen", 200_000, in_form=True).press("path-find")
    said = words("path.found", n=1, now="0.50", then="1.00", yen="100,000", days="0")
    assert said in visit.text
    assert words("path.why_yen", title="大きく") in visit.text
    visit.fill("path-aim", "keys", in_form=True).fill("path-floor", 3.0, in_form=True).press("path-find")
    assert words("path.unreachable") in visit.text
