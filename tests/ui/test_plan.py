"""The page of the plan: the order with its terms, what people say of an item, what its next level takes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.model import State
from dxassess.errors import IndicatorCycle
from dxassess.usecases.rounds import today
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
    assert words("plan.stable", top=2, share=100) not in visit.text
    body = bodies(visit)
    assert body.index("2 道具" if words.language == "ja" else "2 Tooling") < body.index(
        "1 学び" if words.language == "ja" else "1 Learning"
    )
    assert "0 → 3" in visit.text
    assert words("plan.left_out_no_level", codes=words("common.comma").join(("1-1", "2-1"))) in visit.text


def test_what_is_said_of_an_item_is_kept_at_once_and_moves_it(house, words):
    held = planned(house)
    visit = Visit("plan", lang=words.language).fill("importance-tiny.2-None", 1).fill("effort-tiny.2-None", 5)
    assert house.store.plan_nodes("tiny") == (PlanNode("tiny.2", 1, 5),)
    visit.fill("due-tiny.2-None", date(2027, 3, 31))
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
    said = words("path.found", n=1, items=2, now="0.50", then="1.00", yen="100,000", days="0")
    assert said in visit.text
    assert words("path.why_yen", title="大きく") in visit.text
    visit.fill("path-aim", "keys", in_form=True).fill("path-floor", 3.0, in_form=True).press("path-find")
    assert words("path.unreachable") in visit.text


def test_the_importance_of_a_group_and_what_comes_first_are_kept_at_once(house, words, tiny):
    planned(house)
    visit = Visit("plan", lang=words.language).fill("importance-tools-None", 5)
    assert house.store.plan_nodes("tiny") == (PlanNode("tools", 5),)
    visit.fill("needs-tiny.2-[]", ["tiny.1"])
    assert PlanNode("tiny.2", needs=frozenset({"tiny.1"})) in house.store.plan_nodes("tiny")
    visit = Visit("plan", lang=words.language)
    assert words("plan.raised", code="2", title=words.of(tiny.by_code["2"].title)) in visit.text
    visit.fill("plan-item-" + house.store.rounds()[0].id, "tiny.1").fill("needs-tiny.1-[]", ["tiny.2"])
    assert words.error(IndicatorCycle(codes=["1", "2"])) in visit.alerts[0]


def test_a_target_with_a_day_is_held_against_the_pace_so_far(house, words):
    house.hold({"1": 1, "2": 1}, date(2025, 4, 1))
    house.hold({"1": 2, "2": 1}, date(2026, 4, 1))
    held = house.start()
    house.say(held, "2", 1, target=3)
    visit = Visit("plan", lang=words.language)
    assert (
        words(
            "plan.pace_own",
            pace="+0.50",
            since=words.date(date(2025, 4, 1)),
            until=words.date(date(2026, 4, 1)),
            n=2,
        )
        in visit.text
    )
    visit.fill("due-tiny.2-None", today(house.app, house.store) + timedelta(days=365))
    needed = words("plan.pace_needed", needed="+2.00")
    assert words("plan.pace_times", needed=needed, times="4.0") in Visit("plan", lang=words.language).text


def test_a_typical_next_step_becomes_the_beginning_of_an_action(house, words, tiny):
    planned(house)
    visit = Visit("plan", lang=words.language)
    item = tiny.by_code["2"]
    visit.press(f"begin-now-{item.id}")
    assert words("actions.title") in visit.text
    place = "new-0-begun"
    title = next(field for field in visit.at.text_input if field.key == f"name-{place}")
    assert title.value == words.of(item.actions[0])
    visit.press(f"save-{place}")
    (kept,) = house.store.actions()
    assert (kept.title, kept.lifts) == (words.of(item.actions[0]), {item.id: Decimal(1)})


def test_who_only_looks_writes_nothing_over_what_others_say(house, words, tiny):
    planned(house)
    mine = Visit("plan", lang=words.language).fill("importance-tiny.2-None", 2)
    others = replace(house.store.plan_nodes("tiny")[0], importance=5)
    house.store.set_plan_node(tiny, others, "鈴木")
    mine.fill("weight-gap", 0.5)
    assert house.store.plan_nodes("tiny") == (others,)


def test_one_sentence_says_where_to_begin_and_where_the_plan_leads(house, words, tiny):
    planned(house)
    title = words.of(tiny.by_code["2"].title)
    first = words("plan.begin_at", code="2", title=title)
    nothing = words("plan.leads_nowhere", now="0.50", target="2.50", items=2)
    assert words("plan.headline", first=first, said=nothing) in Visit("plan", lang=words.language).text
    action = Action("自動化", "tiny", {"tiny.2": Decimal(1)}, Status.PLANNED)
    house.store.keep_action(action, tiny, "x")
    text = Visit("plan", lang=words.language).text
    leads = words("plan.leads_to", n=1, now="0.50", then="1.00", target="2.50", items=2)
    assert words("plan.headline", first=first, said=leads) in text
    assert words("plan.with_actions", then="1", left="2") in text
    assert words("plan.no_action") in text
