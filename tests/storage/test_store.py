"""What the store promises, on SQLite and PostgreSQL alike."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from dxassess.assessment.histogram import histograms
from dxassess.assessment.model import Answer, FiscalQuarter, State
from dxassess.errors import (
    AnswerUnknown,
    IndicatorUnknown,
    LevelOffScale,
    MeasureNotUnderstood,
    MinimumTooSmall,
    OrganisationNameMissing,
    OrganisationNameTaken,
    OrganisationUnknown,
    RespondentUnknown,
    RoleUnknown,
    RoundChanged,
    RoundClosed,
    RoundNotClosed,
    RoundReasonMissing,
    RoundTitleMissing,
    RoundUnknown,
    StaleAnswer,
)
from dxassess.storage import open_database
from tests.conftest import DAY, new_voice

ITEM = "tiny.1"
OTHER = "tiny.2"


def test_an_answer_is_read_back_as_it_was_given(voice):
    given = Answer(
        ITEM,
        State.ANSWERED,
        level=2,
        target=3,
        evidence="規程 第3条\n別紙",
        comment="𠮷野家 👩‍👩‍👧",
        conditions=frozenset({"b", "a", "gate.strategy"}),
    )
    record = voice.tell(given)
    assert record.answer == given
    assert voice.store.answer(voice.round.id, record.respondent, ITEM) == record
    assert voice.store.answers(voice.round.id) == (record,)
    assert voice.store.recorded(record.sequence) == record
    assert record.role == "organisation"


def test_a_decimal_amount_keeps_every_digit_and_a_choice_its_id(voice):
    days = voice.tell(
        Answer("tiny.q-days", State.ANSWERED, amount=Decimal("12.50"), target_amount=Decimal("1E+1"))
    )
    pace = voice.tell(Answer("tiny.q-pace", State.ANSWERED, amount="fast"))
    read = {record.answer.indicator: record.answer for record in voice.store.answers(voice.round.id)}
    assert str(read["tiny.q-days"].amount) == "12.50"
    assert read["tiny.q-days"].target_amount == 10
    assert read["tiny.q-pace"] == pace.answer
    assert days.answer.indicator in read


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+40"), "12", 12.5, True])
def test_an_amount_that_is_no_finite_decimal_is_refused(voice, amount):
    with pytest.raises(MeasureNotUnderstood):
        voice.tell(Answer("tiny.q-days", State.ANSWERED, amount=amount))


def test_a_choice_the_indicator_does_not_offer_is_refused(voice):
    with pytest.raises(MeasureNotUnderstood):
        voice.tell(Answer("tiny.q-pace", State.ANSWERED, amount="sideways"))
    with pytest.raises(MeasureNotUnderstood):
        voice.tell(Answer(ITEM, State.ANSWERED, amount=Decimal(1)))


@pytest.mark.parametrize(("given", "kept"), [(0, 0), (3, 3), (3.0, 3)])
def test_a_level_of_the_scale_is_kept_as_the_scale_writes_it(voice, given, kept):
    level = voice.say(ITEM, given).answer.level
    assert level == kept
    assert type(level) is int


OFF_SCALE = [
    "3",
    "３",
    "٣",
    "③",
    " 3 ",
    "1_0",
    "",
    3.5,
    True,
    False,
    float("nan"),
    float("inf"),
    -1,
    4,
    2**70,
    b"3",
]


@pytest.mark.parametrize("level", OFF_SCALE, ids=repr)
def test_what_is_no_value_of_the_scale_is_refused_by_name(voice, level):
    for answer in (Answer(ITEM, State.ANSWERED, level=level), Answer(ITEM, State.ANSWERED, target=level)):
        with pytest.raises(LevelOffScale) as refused:
            voice.tell(answer)
        assert refused.value.values["allowed"] == (0, 1, 2, 3)
    assert voice.store.answers(voice.round.id) == ()


def test_missing_zero_cannot_say_and_not_applicable_are_four_things(voice):
    zero = voice.say("tiny.1", 0)
    cannot = voice.tell(Answer("tiny.1-1", State.CANNOT_SAY))
    not_applicable = voice.tell(Answer("tiny.2", State.NOT_APPLICABLE, reason="none"))
    read = {record.answer.indicator: record.answer for record in voice.store.answers(voice.round.id)}
    assert read == {"tiny.1": zero.answer, "tiny.1-1": cannot.answer, "tiny.2": not_applicable.answer}
    assert [answer.level for answer in read.values()] == [0, None, None]
    voice.close()
    assert {record.answer.indicator: record.answer for record in voice.store.answers(voice.round.id)} == read


def test_an_indicator_the_edition_does_not_have_is_refused(voice):
    with pytest.raises(IndicatorUnknown):
        voice.say("dx2019.1", 2)


def test_the_newest_answer_counts_and_every_version_stays(voice):
    first, second, third = voice.say(ITEM, 1), voice.say(ITEM, 2), voice.say(ITEM, 1)
    assert voice.store.answers(voice.round.id) == (third,)
    assert voice.store.history(voice.round.id, ITEM) == (first, second, third)
    assert first.sequence < second.sequence < third.sequence


def test_the_same_key_again_gives_the_answer_already_there_and_writes_nothing(voice):
    once = voice.say(ITEM, 1, key="click")
    again = voice.say(ITEM, 1, key="click")
    assert again == once
    assert voice.store.history(voice.round.id, ITEM) == (once,)
    voice.close()
    assert voice.say(ITEM, 1, key="click") == once


def test_a_write_that_had_not_read_the_newest_is_refused_and_both_are_in_the_log(voice):
    agreed = voice.store.agreed(voice.round.id).id
    voice.say(ITEM, 1)
    for based_on in (None, 99_999):
        with pytest.raises(StaleAnswer) as stale:
            voice.store.append(
                voice.round.id,
                agreed,
                Answer(ITEM, State.ANSWERED, level=3, comment="二つ目のタブ"),
                key=uuid.uuid4().hex,
                based_on=based_on,
            )
        assert stale.value.values == {"indicator": ITEM}
    assert voice.store.answer(voice.round.id, agreed, ITEM).answer.level == 1
    event = voice.store.events(1)[0]
    assert (event.what, event.who) == ("answer_refused", agreed)
    assert (event.detail["answer"]["level"], event.detail["answer"]["comment"]) == (3, "二つ目のタブ")


def test_what_is_made_of_a_newer_answer_is_kept_on_top_of_it_and_leaves_no_refusal(voice):
    agreed = voice.store.agreed(voice.round.id).id
    standing = voice.say(ITEM, 1, comment="一つ目のタブ")
    place = {"key": "merged", "based_on": None}
    seen = []

    def merge(newest):
        seen.append(newest)
        return replace(newest, evidence="規程")

    kept = voice.store.append(voice.round.id, agreed, Answer(ITEM, evidence="規程"), merge=merge, **place)
    assert seen == [standing.answer]
    assert kept.answer == replace(standing.answer, evidence="規程")
    assert voice.store.answer(voice.round.id, agreed, ITEM) == kept
    assert voice.store.append(voice.round.id, agreed, Answer(ITEM), merge=merge, **place) == kept
    assert [event for event in voice.store.events() if event.what == "answer_refused"] == []


def test_a_newer_answer_nothing_can_be_made_of_is_refused_and_logged_once(voice):
    agreed = voice.store.agreed(voice.round.id).id
    standing = voice.say(ITEM, 1)
    with pytest.raises(StaleAnswer):
        voice.store.append(
            voice.round.id,
            agreed,
            Answer(ITEM, State.ANSWERED, level=3),
            key="late",
            based_on=None,
            merge=lambda _: None,
        )
    assert voice.store.answer(voice.round.id, agreed, ITEM) == standing
    assert [event.what for event in voice.store.events()].count("answer_refused") == 1


def test_a_closed_round_takes_no_answer_no_respondent_and_no_new_title(voice):
    voice.say_all()
    before = voice.store.answers(voice.round.id)
    closed = voice.close()
    for attempt in (
        lambda: voice.say(ITEM, 1),
        lambda: voice.store.add_respondent(closed.id, "it"),
        lambda: voice.store.correct_round(closed.id, closed.version, "別", DAY, "山田"),
        lambda: voice.store.append_many(closed.id, [(before[0].respondent, "agreed", before[0].answer, "k")]),
    ):
        with pytest.raises(RoundClosed) as refused:
            attempt()
        assert refused.value.values == {"title": "第1回", "by": "山田", "when": closed.closed_at}
    assert voice.store.answers(closed.id) == before


def test_a_round_says_itself_and_its_edition(voice, tiny):
    assert voice.store.rounds() == (voice.round,)
    assert voice.store.round(voice.round.id) == voice.round
    assert (voice.round.title, voice.round.held_on) == ("第1回", date(2026, 11, 22))
    assert voice.round.quarter == FiscalQuarter(2026, 3)
    assert (voice.round.named, voice.round.anonymity_minimum) == (True, 3)
    assert voice.store.edition(voice.round.edition_hash) == tiny


def test_rounds_come_by_day_then_by_when_they_were_started(voice, tiny):
    def start(title, day):
        return voice.store.start_round(
            title, tiny, day, FiscalQuarter(2026, 1), voice.round.id, "山田", named=False, anonymity_minimum=5
        )

    start("c", date(2027, 1, 1))
    start("b", date(2026, 11, 22))
    early = start("a", date(2026, 1, 1))
    assert [found.title for found in voice.store.rounds()] == ["a", "第1回", "b", "c"]
    assert (early.previous, early.named, early.anonymity_minimum) == (voice.round.id, False, 5)


@pytest.mark.parametrize("title", ["", "  ", "\u200b", "\u3000"])
def test_a_round_needs_a_title_that_can_be_seen(voice, tiny, title):
    with pytest.raises(RoundTitleMissing):
        voice.store.start_round(title, tiny, date(2026, 1, 1), FiscalQuarter(2026, 1), None, "山田")


def test_closing_freezes_histograms_and_a_hash_that_verifies(voice, tiny):
    voice.say_all(3)
    open_cells = voice.store.histograms(voice.round.id)
    closed = voice.close()
    assert closed.closed and closed.closed_by == "山田" and len(closed.content_hash) == 64
    assert voice.store.round(closed.id) == closed
    assert voice.store.histograms(closed.id) == open_cells
    assert open_cells == histograms(voice.store.answers(closed.id), tiny.scale)
    voice.store.verify(closed.id)


def test_a_closed_round_is_read_from_memory_the_second_time(voice):
    voice.say_all()
    voice.close()
    first = voice.store.answers(voice.round.id)
    assert voice.store.answers(voice.round.id)[0] is first[0]


def test_the_loser_of_a_close_learns_who_was_faster_and_when(voice):
    stale = voice.round.version
    closed = voice.close()
    with pytest.raises(RoundChanged) as late:
        voice.store.close_round(closed.id, stale, "佐藤")
    assert late.value.values == {"title": "第1回", "by": "山田", "when": closed.closed_at}
    assert late.value.values["when"].tzinfo == ZoneInfo("Asia/Tokyo")


def test_a_moment_in_an_error_is_told_in_the_time_zone_of_the_organisation(database, tiny):
    created = database.create_organisation("甲社", "finance", "up_to_20", 4, "America/New_York")
    store = database.store(created.id)
    held = store.start_round("回", tiny, date(2026, 11, 22), FiscalQuarter(2026, 3), None, "山田")
    closed = store.close_round(held.id, held.version, "山田")
    with pytest.raises(RoundClosed) as refused:
        store.correct_round(closed.id, closed.version, "改題", DAY, "佐藤")
    assert refused.value.values["when"] == closed.closed_at
    assert refused.value.values["when"].tzinfo == ZoneInfo("America/New_York")


def test_reopening_needs_a_reason_and_lets_people_answer_again(voice):
    voice.say_all(1)
    closed = voice.close()
    with pytest.raises(RoundReasonMissing):
        voice.store.reopen_round(closed.id, closed.version, "山田", " \u200b")
    opened = voice.store.reopen_round(closed.id, closed.version, "山田", "入力もれ")
    assert (opened.closed, opened.reopened, opened.content_hash) == (False, 1, None)
    assert voice.store.round(closed.id) == opened
    changed = voice.say(ITEM, 3)
    voice.round = opened
    again = voice.close()
    assert again.content_hash != closed.content_hash
    assert changed in voice.store.answers(again.id)
    event = next(event for event in voice.store.events() if event.what == "round_reopened")
    assert (event.who, event.detail["reason"]) == ("山田", "入力もれ")


def test_only_a_closed_round_as_it_was_read_can_be_reopened(voice):
    with pytest.raises(RoundNotClosed):
        voice.store.reopen_round(voice.round.id, voice.round.version, "山田", "理由")
    closed = voice.close()
    with pytest.raises(RoundChanged):
        voice.store.reopen_round(closed.id, closed.version - 1, "山田", "理由")


def test_a_correction_raises_the_version_moves_the_quarter_and_refuses_a_stale_one(voice):
    before = voice.round
    corrected = voice.store.correct_round(before.id, 1, "改題", date(2027, 3, 31), "佐藤")
    assert (corrected.title, corrected.held_on, corrected.version) == ("改題", date(2027, 3, 31), 2)
    assert corrected.quarter == FiscalQuarter(2026, 4)
    assert voice.store.round(before.id) == corrected
    (event,) = voice.store.events_of(before.id, "round_corrected")
    assert event.detail == {
        "before": {"title": before.title, "held_on": before.held_on.isoformat()},
        "after": {"title": "改題", "held_on": "2027-03-31"},
    }
    with pytest.raises(RoundChanged) as late:
        voice.store.correct_round(before.id, 1, "もう一つ", DAY, "鈴木")
    assert late.value.values["by"] == "佐藤"


def test_a_corrected_round_keeps_the_fiscal_year_it_was_started_with(voice):
    voice.store.update_organisation(first_month=10)
    corrected = voice.store.correct_round(voice.round.id, 1, "改題", date(2026, 10, 1), "佐藤")
    assert corrected.quarter == FiscalQuarter(2026, 3)


def test_people_have_the_roles_of_the_edition(voice):
    person = voice.store.add_respondent(voice.round.id, "it", "  田中 ")
    assert (person.role, person.name) == ("it", "田中")
    assert [other.role for other in voice.store.respondents(voice.round.id)] == ["organisation", "it"]
    for role in ("organisation", "ceo"):
        with pytest.raises(RoleUnknown):
            voice.store.add_respondent(voice.round.id, role)


def test_voices_and_ballots_do_not_mix(voice):
    person = voice.store.add_respondent(voice.round.id, "it")
    agreed = voice.say(ITEM, 1)

    def vote(ballot, level):
        answer = Answer(ITEM, State.ANSWERED, level=level)
        return voice.store.append(
            voice.round.id, person.id, answer, key=uuid.uuid4().hex, ballot=ballot, based_on=None
        )

    first, second = vote("first", 2), vote("second", 3)
    voice.close()
    assert voice.store.answers(voice.round.id) == (agreed, first, second)
    assert voice.store.answers(voice.round.id, ballot="first") == (first,)
    assert voice.store.answers(voice.round.id, respondent=person.id) == (first, second)
    assert voice.store.answer(voice.round.id, person.id, ITEM, "agreed") is None
    assert voice.store.answer(voice.round.id, person.id, ITEM, "second") == second
    assert voice.store.answer(voice.round.id, person.id, OTHER, "second") is None


def test_the_one_voice_says_its_newest_answers_and_nobody_elses_open_or_closed(voice):
    person = voice.store.add_respondent(voice.round.id, "it")
    voice.say(ITEM, 1)
    newest, other = voice.say(ITEM, 3), voice.say(OTHER, None)
    vote = Answer(ITEM, State.ANSWERED, level=2)
    voice.store.append(voice.round.id, person.id, vote, key="vote", ballot="first", based_on=None)
    for state in ("open", "closed"):
        held = voice.round if state == "open" else voice.close()
        said = voice.store.voice(held.id)
        assert (said.held, said.speaker) == (held, voice.store.agreed(held.id))
        assert said.edition == voice.store.edition(held.edition_hash)
        assert said.recorded == {ITEM: newest, OTHER: other}
        assert said.answers == {ITEM: newest.answer, OTHER: other.answer}


def test_many_answers_are_written_all_or_none_and_only_once(voice):
    person = voice.store.add_respondent(voice.round.id, "it").id
    entries = [
        (person, "first", Answer(ITEM, State.ANSWERED, level=1), "a"),
        (person, "first", Answer(OTHER, State.ANSWERED, level=2), "b"),
        (person, "first", Answer(ITEM, State.ANSWERED, level=3), "c"),
    ]
    written = voice.store.append_many(voice.round.id, entries)
    assert [record.answer.level for record in written] == [1, 2, 3]
    assert (
        voice.store.append_many(voice.round.id, [*entries, (person, "second", entries[0][2], "d")])[:3]
        == written
    )
    with pytest.raises(LevelOffScale):
        bad = (person, "first", Answer(OTHER, State.ANSWERED, level=9), "f")
        voice.store.append_many(voice.round.id, [(person, "first", entries[0][2], "e"), bad])
    with pytest.raises(RespondentUnknown):
        voice.store.append_many(voice.round.id, [("0" * 32, "first", entries[0][2], "g")])
    voice.close()
    assert [record.answer.level for record in voice.store.answers(voice.round.id, ballot="first")] == [2, 3]
    assert len(voice.store.history(voice.round.id, ITEM)) == 3


def test_the_current_answers_can_be_rebuilt_from_all_answers(voice):
    voice.say_all(1)
    voice.say_all(2)
    before = voice.store.answers(voice.round.id)
    assert voice.store.rebuild_current() == len(before) == 4
    assert voice.store.answers(voice.round.id) == before


def test_the_log_tells_what_happened_newest_first(voice):
    voice.close()
    assert [event.what for event in voice.store.events()] == [
        "round_closed",
        "round_started",
        "organisation_created",
    ]
    assert [event.what for event in voice.store.events(1)] == ["round_closed"]


def test_everything_is_there_after_opening_again(database_url, tiny):
    database = open_database(database_url)
    voice = new_voice(database, tiny)
    record = voice.say(ITEM, 2)
    closed = voice.close()
    database.close()
    database = open_database(database_url)
    store = database.store(database.organisations()[0].id)
    assert store.rounds() == (closed,)
    assert store.answers(closed.id) == (record,)
    assert store.edition(closed.edition_hash) == tiny
    database.close()


def test_organisations_are_found_whatever_case_and_width_the_latest_active_first(database):
    names = ["ＡＢＣ商事", "abcde", "100%_手作り", "ｶﾌﾞｼｷ甲"]
    made = [database.create_organisation(name, "it", "small", 4) for name in names]
    assert [found.name for found in database.organisations()] == names[::-1]
    assert [found.name for found in database.organisations("Abc")] == ["abcde", "ＡＢＣ商事"]
    assert [found.name for found in database.organisations("%_")] == ["100%_手作り"]
    assert [found.name for found in database.organisations("カブ")] == ["ｶﾌﾞｼｷ甲"]
    assert database.organisations("無い") == ()
    database.store(made[0].id).update_organisation(industry="retail")
    assert database.organisations(limit=1)[0].name == "ＡＢＣ商事"


def test_an_organisation_can_be_changed(database):
    made = database.create_organisation("甲社", "it", "small", 4, timezone="Europe/Berlin", sample=True)
    store = database.store(made.id)
    changed = store.update_organisation(name="甲社 改", first_month=1)
    assert store.organisation == changed
    assert (changed.name, changed.industry, changed.first_month) == ("甲社 改", "it", 1)
    assert (changed.timezone, changed.sample) == ("Europe/Berlin", True)
    assert store.events(1)[0].detail == {"name": "甲社 改", "first_month": 1}


def test_an_organisation_needs_a_name_of_its_own(database):
    made = database.create_organisation("か\u3099社", "it", "small", 4)
    assert made.name == "が社"
    for name in ("が社", "が\u200b社", " が社 "):
        with pytest.raises(OrganisationNameTaken):
            database.create_organisation(name, "it", "small", 4)
    with pytest.raises(OrganisationNameMissing):
        database.create_organisation("\u200b ", "it", "small", 4)
    other = database.create_organisation("乙社", "it", "small", 4)
    with pytest.raises(OrganisationNameTaken):
        database.store(other.id).update_organisation(name="が社")
    assert database.store(made.id).update_organisation(name="が社", size="large").size == "large"


@pytest.mark.parametrize(
    "missing", ["0" * 32, "", "../x", "0", "g" * 32, "01A204252E7E70D9B9B50E143FFE9259", "0 " * 16]
)
def test_what_is_no_id_is_simply_not_found(database, voice, missing):
    with pytest.raises(OrganisationUnknown):
        database.store(missing)
    with pytest.raises(RoundUnknown):
        voice.store.round(missing)
    with pytest.raises(RespondentUnknown):
        voice.store.append(voice.round.id, missing, Answer(ITEM), key="k", based_on=None)


@pytest.mark.parametrize("sequence", [0, -1, 10**6, 2**63 - 1, 2**63, 2**70])
def test_a_record_number_nobody_wrote_is_not_found(voice, sequence):
    with pytest.raises(AnswerUnknown):
        voice.store.recorded(sequence)


def test_forty_people_saving_in_the_same_instant_all_get_their_own_number(voice):
    people = [voice.store.add_respondent(voice.round.id, "it").id for _ in range(40)]

    def vote(person):
        answer = Answer(ITEM, State.ANSWERED, level=2)
        return voice.store.append(
            voice.round.id, person, answer, key=f"vote of {person}", ballot="first", based_on=None
        )

    with ThreadPoolExecutor(40) as pool:
        records = list(pool.map(vote, people))
    assert len({record.sequence for record in records}) == 40
    voice.close()
    assert {record.respondent for record in voice.store.answers(voice.round.id)} == set(people)


@pytest.mark.parametrize("minimum", [1, 2])
def test_no_round_shows_groups_of_fewer_than_three(voice, tiny, minimum):
    store, before = voice.store, voice.store.rounds()
    with pytest.raises(MinimumTooSmall) as refused:
        store.start_round(
            "x", tiny, DAY, FiscalQuarter(2026, 3), None, "山田", named=False, anonymity_minimum=minimum
        )
    assert refused.value.values == {"minimum": minimum, "least": 3}
    assert store.rounds() == before
