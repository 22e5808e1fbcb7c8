"""The page of the plan: the order with its terms, what people say of an item, what its next level takes."""

from dxassess.assessment.action import PlanNode
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
    visit = Visit("plan", lang=words.language)
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
