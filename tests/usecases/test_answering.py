"""Answering: every change is kept at once; two people at two screens lose nothing of each other."""

import unicodedata
from decimal import Decimal

import pytest

from dxassess.assessment.model import Answer, State
from dxassess.errors import (
    ConditionUnknown,
    IndicatorUnknown,
    LevelOffScale,
    MeasureNotUnderstood,
    ReasonUnknown,
    RoundClosed,
    RoundDamaged,
    StaleAnswer,
    TextNotStorable,
    TextTooLong,
)
from dxassess.usecases import answer, close_round, questionnaire
from dxassess.usecases.answering import TEXT_LIMIT, clean_text, differences

ANSWERED, OPEN, CANNOT_SAY, NOT_APPLICABLE = (
    State.ANSWERED,
    State.OPEN,
    State.CANNOT_SAY,
    State.NOT_APPLICABLE,
)


@pytest.fixture
def held(house):
    return house.start()


def standing_answer(house, held, code="1"):
    asked = questionnaire(house.store, held)
    return asked.answer(asked.edition.by_code[code])


def refusals(house):
    return sum(event.what == "answer_refused" for event in house.store.events(1000))


def test_before_anything_is_said_every_item_is_open(house, held):
    asked = questionnaire(house.store, held)
    assert asked.edition.scored[0].code == "1"
    assert asked.answer(asked.edition.scored[0]) == Answer("tiny.1")
    assert asked.sequence(asked.edition.scored[0]) is None
    assert asked.done(asked.edition.scored) == 0


def test_a_kept_answer_is_the_one_read_back(any_house):
    held = any_house.start()
    recorded = any_house.say(
        held,
        "1",
        2,
        target=3,
        evidence="規程",
        comment="👩‍👩‍👧",
        conditions=frozenset({"a", "gate.strategy"}),
    )
    assert standing_answer(any_house, held) == recorded.answer
    assert recorded.answer.level == 2
    assert recorded.answer.conditions == {"a", "gate.strategy"}


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ({"level": 2}, {"target": 3}, {"level": 2, "target": 3}),
        ({"evidence": "規程"}, {"comment": "議論"}, {"evidence": "規程", "comment": "議論"}),
        ({"level": 2}, {"conditions": frozenset({"a"})}, {"level": 2, "conditions": frozenset({"a"})}),
        (
            {"level": 2, "target": 3},
            {"level": 2, "comment": "同じ"},
            {"level": 2, "target": 3, "comment": "同じ"},
        ),
        ({"state": CANNOT_SAY}, {"evidence": "規程"}, {"state": CANNOT_SAY, "evidence": "規程"}),
    ],
)
def test_changes_to_different_fields_are_both_kept_and_nobody_is_refused(any_house, first, second, together):
    held = any_house.start()
    any_house.keep(held, "1", first, based_on=None)
    any_house.keep(held, "1", second, based_on=None)
    found = standing_answer(any_house, held)
    assert {name: getattr(found, name) for name in together} == together
    assert refusals(any_house) == 0


@pytest.mark.parametrize(
    ("before", "first", "second", "together"),
    [
        ("", "a", "b", "ab"),
        ("", "a", "a", "a"),
        ("a", "ab", "", "b"),
        ("a", "", "ab", "b"),
        ("ab", "a", "b", ""),
        ("ab", "", "b", ""),
    ],
)
def test_ticks_of_different_conditions_are_both_kept(any_house, before, first, second, together):
    held = any_house.start()
    seen = any_house.keep(held, "1", {"conditions": frozenset(before), "level": 1}).sequence
    any_house.keep(held, "1", {"conditions": frozenset(first)}, based_on=seen)
    any_house.keep(held, "1", {"conditions": frozenset(second), "target": 3}, based_on=seen)
    found = standing_answer(any_house, held)
    assert (found.conditions, found.level, found.target) == (frozenset(together), 1, 3)
    assert refusals(any_house) == 0


def test_ticks_of_three_tabs_are_all_kept(house, held):
    for ticked in ("a", "b", "gate.strategy"):
        house.keep(held, "1", {"conditions": frozenset({ticked})}, based_on=None)
    assert standing_answer(house, held).conditions == {"a", "b", "gate.strategy"}


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        ({}, {"level": 2}, {"level": 3}),
        ({}, {"level": 2}, {"state": CANNOT_SAY}),
        ({}, {"level": 2}, {"reason": "no-business"}),
        ({}, {"state": CANNOT_SAY}, {"level": 0}),
        ({"level": 1}, {"level": 2}, {"reason": "no-business"}),
        ({"level": 1}, {"reason": "no-business"}, {"level": 2}),
        ({"level": 1}, {"state": CANNOT_SAY}, {"level": 2}),
        ({"level": 1}, {"level": 2}, {"state": CANNOT_SAY}),
        ({"level": 1}, {"state": OPEN, "level": None}, {"level": 2}),
        ({"reason": "no-business"}, {"reason": "parent-company"}, {"level": 1}),
        ({"evidence": "甲"}, {"evidence": "乙"}, {"evidence": "丙"}),
        ({"target": 1}, {"target": 2}, {"target": None}),
        ({"conditions": frozenset()}, {"conditions": frozenset("a")}, {"conditions": frozenset()}),
        ({"conditions": frozenset("a")}, {"conditions": frozenset()}, {"conditions": frozenset("a")}),
        ({"level": 1}, {"level": 2}, {"level": 3, "conditions": frozenset("a")}),
    ],
)
def test_a_change_to_the_same_thing_is_refused_and_the_first_stands(any_house, before, first, second):
    held = any_house.start()
    seen = any_house.keep(held, "1", before).sequence if before else None
    stands = any_house.keep(held, "1", first, based_on=seen).answer
    with pytest.raises(StaleAnswer) as refused:
        any_house.keep(held, "1", second, based_on=seen)
    assert refused.value.values == {"indicator": "1"}
    assert standing_answer(any_house, held) == stands
    assert refusals(any_house) == 1


def test_two_who_pick_the_same_level_are_both_right(house, held):
    house.keep(held, "1", {"level": 2})
    assert house.keep(held, "1", {"level": 2}).answer.level == 2


def test_a_change_lands_on_the_newest_of_several_changes_elsewhere(house, held):
    house.say(held, "1", 1)
    house.say(held, "1", evidence="甲")
    newest = house.say(held, "1", evidence="乙")
    merged = house.keep(held, "1", {"target": 3}, based_on=None)
    assert (merged.answer.level, merged.answer.evidence, merged.answer.target) == (1, "乙", 3)
    assert merged.sequence > newest.sequence


def test_the_same_click_again_is_kept_once(any_house):
    held = any_house.start()
    first = any_house.keep(held, "1", {"level": 2}, key="click")
    again = any_house.keep(held, "1", {"level": 2}, key="click")
    assert again == first
    assert len(any_house.store.history(held.id, "tiny.1")) == 1


def test_the_same_click_again_is_acknowledged_also_after_the_round_was_closed(any_house):
    held = any_house.start()
    first = any_house.keep(held, "1", {"level": 2}, key="click")
    close_round(any_house.store, held, "山田")
    assert any_house.keep(held, "1", {"level": 2}, key="click") == first


@pytest.mark.parametrize(
    ("before", "change", "state", "level", "reason"),
    [
        ({}, {"level": 0}, ANSWERED, 0, None),
        ({"state": CANNOT_SAY}, {"level": 2}, ANSWERED, 2, None),
        ({"reason": "no-business"}, {"level": 2}, ANSWERED, 2, None),
        ({"level": 2}, {"reason": "no-business"}, NOT_APPLICABLE, None, "no-business"),
        (
            {"level": 2},
            {"state": NOT_APPLICABLE, "reason": "no-business"},
            NOT_APPLICABLE,
            None,
            "no-business",
        ),
        ({"level": 2}, {"state": CANNOT_SAY}, CANNOT_SAY, None, None),
        ({"reason": "no-business"}, {"state": CANNOT_SAY}, CANNOT_SAY, None, None),
        ({"level": 2}, {"level": None}, OPEN, None, None),
        ({"level": 2}, {"state": OPEN}, OPEN, None, None),
        ({"level": 2}, {"target": 3}, ANSWERED, 2, None),
    ],
)
def test_state_level_and_reason_always_agree(house, held, before, change, state, level, reason):
    if before:
        house.say(held, "1", **before)
    found = house.say(held, "1", **change).answer
    assert (found.state, found.level, found.reason) == (state, level, reason)


@pytest.mark.parametrize("change", [{"state": NOT_APPLICABLE}, {"state": NOT_APPLICABLE, "reason": None}])
def test_not_applicable_needs_a_reason(house, held, change):
    with pytest.raises(ReasonUnknown):
        house.say(held, "1", **change)


@pytest.mark.parametrize("level", [4, -1, 1.5, True, False, "2", "", float("nan"), float("inf"), 2**70, [2]])
@pytest.mark.parametrize("field", ["level", "target"])
def test_a_level_off_the_scale_is_refused_and_nothing_kept(house, held, field, level):
    with pytest.raises(LevelOffScale) as refused:
        house.keep(held, "1", {field: level})
    assert refused.value.values["allowed"] == (0, 1, 2, 3)
    assert house.store.answers(held.id) == ()


@pytest.mark.parametrize("reason", ["", "because", "no-business ", 1])
def test_a_reason_off_the_list_is_refused(house, held, reason):
    with pytest.raises(ReasonUnknown) as refused:
        house.keep(held, "1", {"state": NOT_APPLICABLE, "reason": reason})
    assert refused.value.values["allowed"] == ["no-business", "parent-company"]
    assert house.store.answers(held.id) == ()


@pytest.mark.parametrize("ticked", [{"c"}, {"a", "strategy"}, {"gate.nothing"}])
def test_a_condition_the_question_does_not_have_is_refused(house, held, ticked):
    with pytest.raises(ConditionUnknown) as refused:
        house.keep(held, "1", {"conditions": frozenset(ticked)})
    assert refused.value.values["allowed"] == ["a", "b", "gate.measured", "gate.strategy"]
    assert house.store.answers(held.id) == ()


def test_an_indicator_of_another_edition_is_refused(house, held, tiny):
    asked = questionnaire(house.store, held)
    stranger = tiny.by_code["1"].model_copy(update={"id": "other.1"})
    with pytest.raises(IndicatorUnknown):
        answer(house.store, asked, stranger, {"level": 1}, None, "key")


def test_a_field_an_answer_does_not_have_is_a_fault_of_the_program(house, held):
    with pytest.raises(KeyError):
        house.keep(held, "1", {"indicator": "tiny.2"})


@pytest.mark.parametrize("field", ["evidence", "comment"])
def test_a_text_has_a_limit_and_is_never_cut(house, held, field):
    assert len(getattr(house.say(held, "1", **{field: "あ" * TEXT_LIMIT}).answer, field)) == TEXT_LIMIT
    with pytest.raises(TextTooLong) as refused:
        house.say(held, "1", **{field: "あ" * (TEXT_LIMIT + 1)})
    assert refused.value.values == {"length": 4001, "limit": 4000}
    assert standing_answer(house, held).__getattribute__(field) == "あ" * TEXT_LIMIT


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (unicodedata.normalize("NFD", "ガイドライン"), "ガイドライン"),
        ("一行目\r\n二行目\r三行目", "一行目\n二行目\n三行目"),
        ("　前後の空白 \n", "前後の空白"),
        ("=1+1", "=1+1"),
        ("{0} <b> $x$", "{0} <b> $x$"),
    ],
)
def test_text_is_kept_in_one_form(house, held, typed, kept):
    assert clean_text(typed) == kept
    assert house.say(held, "1", evidence=typed).answer.evidence == kept


def test_text_that_is_only_written_another_way_is_no_change(house, held):
    stored = house.say(held, "1", evidence="ガイド\n二行目").answer
    assert differences(stored, {"evidence": unicodedata.normalize("NFD", "ガイド") + "\r\n二行目 "}) == {}
    assert differences(stored, {"evidence": "別"}) == {"evidence": "別"}


@pytest.mark.parametrize("typed", ["a\x00b", "a\x07b", "\ud800", "\ufffe"])
def test_text_no_export_could_carry_is_refused(house, held, typed):
    with pytest.raises(TextNotStorable):
        house.say(held, "1", comment=typed)
    assert house.store.answers(held.id) == ()


def test_in_a_closed_round_nothing_changes(any_house):
    closed = any_house.hold({"1": 2})
    before = any_house.store.answers(closed.id)
    with pytest.raises(RoundClosed) as refused:
        any_house.say(closed, "1", 3)
    assert refused.value.values["by"] == "山田"
    assert any_house.store.answers(closed.id) == before


def test_last_time_is_offered_and_never_taken_over(house):
    first = house.hold({"1": 2, "2": 0})
    second = house.start(previous=first)
    asked = questionnaire(house.store, second)
    assert {answer.indicator: answer.level for answer in asked.last.values()} == {"tiny.1": 2, "tiny.2": 0}
    assert asked.recorded == {}
    assert house.store.answers(second.id) == ()


def test_a_damaged_last_round_is_named_and_answering_goes_on(house, flipped):
    first = house.hold({"1": 2})
    second = house.start(previous=first)
    house.say(second, "1", 3)
    broken = flipped(house, first)
    asked = questionnaire(broken.store, second)
    assert asked.last == {}
    assert asked.damaged == first
    assert asked.answer(asked.edition.by_code["1"]).level == 3
    with pytest.raises(RoundDamaged):
        questionnaire(broken.store, first)


def test_done_is_answered_or_said_that_it_cannot_be(house, held):
    house.say(held, "1", 0)
    house.say(held, "1-1", state=CANNOT_SAY)
    house.say(held, "2", reason="no-business")
    house.say(held, "2-1", target=3, evidence="規程")
    house.say(held, "q-days", target_amount=Decimal(3))
    asked = questionnaire(house.store, held)
    assert asked.done(asked.edition.scored) == 3
    assert asked.done(asked.edition.measured) == 0
    house.say(held, "q-days", amount=Decimal(0))
    assert questionnaire(house.store, held).done(asked.edition.measured) == 1


def test_the_next_open_item_goes_round_once(house, held):
    asked = questionnaire(house.store, held)
    items = asked.edition.scored
    assert [asked.next_open(item).code for item in items] == ["1-1", "2", "2-1", "1"]
    for code in ("1", "2", "2-1"):
        house.say(held, code, 1)
    asked = questionnaire(house.store, held)
    assert {asked.next_open(item).code for item in items} == {"1-1"}
    house.say(held, "1-1", 1)
    assert questionnaire(house.store, held).next_open(items[0]) is None


def test_the_neighbours_of_the_first_and_the_last_item(house, held):
    asked = questionnaire(house.store, held)
    first, second, third, last = asked.edition.scored
    assert asked.neighbours(first) == (None, second)
    assert asked.neighbours(third) == (second, last)
    assert asked.neighbours(last) == (third, None)


def test_ticked_conditions_suggest_a_level_and_never_set_it(house, held):
    house.say(held, "1", conditions=frozenset({"a", "gate.strategy"}))
    asked = questionnaire(house.store, held)
    item = asked.edition.by_code["1"]
    assert asked.suggested(item) == 2
    assert (asked.answer(item).level, asked.answer(item).state) == (None, OPEN)


def test_hints_name_the_item_they_are_about(house, held):
    house.say(held, "1", 3)
    house.say(held, "2", 1, target=0)
    asked = questionnaire(house.store, held)
    found = {
        code: [hint.code for hint in asked.hints(asked.edition.by_code[code])] for code in ("1", "2", "2-1")
    }
    assert found == {"1": ["high_without_evidence"], "2": ["target_below_current"], "2-1": []}


@pytest.mark.parametrize("amount", [Decimal("NaN"), "12", 12, Decimal("1E+40")])
def test_an_amount_that_is_no_finite_number_is_refused_below_the_page_too(house, held, amount):
    with pytest.raises(MeasureNotUnderstood):
        house.say(held, "q-days", amount=amount)
    assert house.store.answers(held.id) == ()
