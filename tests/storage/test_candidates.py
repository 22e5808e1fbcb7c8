"""Tasks to begin with and what was learnt from each wave: kept as they are now, with every change in the log."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from dxassess.assessment.waves import Candidate
from dxassess.errors import (
    CandidateChanged,
    CandidateGradeOff,
    CandidateNameMissing,
    CandidateUnknown,
    TextNotStorable,
    TextTooLong,
    WaveNoteMissing,
    WaveOff,
)
from dxassess.storage.schema_planning import candidates

WHOLE = Candidate("請求書の  入力 ", " 経理", 5, 4, 3, 2, 1, Decimal("1500.5"), 1)


def test_a_task_comes_back_as_it_was_kept(voice):
    store = voice.store
    kept = store.keep_candidate(WHOLE, "佐藤")
    tidy = replace(WHOLE, name="請求書の 入力", department="経理")
    assert kept == replace(tidy, id=kept.id, number=kept.number, version=1)
    second, third = store.keep_candidates([Candidate("給与計算"), Candidate("発注")], "佐藤")
    assert store.candidates() == (kept, second, third)
    assert kept.number < second.number < third.number


def test_every_change_is_in_the_log_with_who_before_and_after(voice):
    store = voice.store
    kept = store.keep_candidate(WHOLE, "佐藤")
    changed = store.keep_candidate(replace(kept, effect=None, hours=None), "鈴木")
    assert (changed.version, changed.number, changed.effect, changed.hours) == (2, kept.number, None, None)
    assert store.candidates() == (changed,)
    (added,) = store.events_of(kept.id, "candidate_added")
    (last,) = store.events_of(kept.id, "candidate_changed")
    assert (added.who, added.detail["before"]) == ("佐藤", None)
    assert added.detail["after"]["hours"] == "1500.5"
    assert (last.who, last.detail["before"]) == ("鈴木", added.detail["after"])
    assert (last.detail["after"]["effect"], last.detail["after"]["version"]) == (None, 2)


def test_what_is_kept_again_unchanged_writes_nothing(voice):
    kept = voice.store.keep_candidate(WHOLE, "佐藤")
    pulse = voice.store.pulse()
    assert voice.store.keep_candidate(replace(kept, number=0), "鈴木") == kept
    assert voice.store.pulse() == pulse


def test_who_changes_what_somebody_else_changed_is_told_and_overwrites_nothing(voice):
    store = voice.store
    kept = store.keep_candidate(WHOLE, "佐藤")
    first = store.keep_candidate(replace(kept, reach=1), "鈴木")
    for late in (
        lambda: store.keep_candidate(replace(kept, reach=2), "高橋"),
        lambda: store.withdraw_candidate(kept.id, kept.version, "高橋"),
    ):
        with pytest.raises(CandidateChanged) as told:
            late()
        assert (told.value.values["name"], told.value.values["by"]) == (kept.name, "鈴木")
        assert told.value.values["when"].tzinfo is not None
    assert store.candidates() == (first,)


def test_a_withdrawn_task_is_marked_never_deleted_and_no_longer_told(voice):
    store = voice.store
    kept, other = store.keep_candidates([WHOLE, Candidate("給与計算")], "佐藤")
    store.withdraw_candidate(kept.id, 1, "鈴木")
    assert store.candidates() == (other,)
    (last,) = store.events_of(kept.id, "candidate_withdrawn")
    assert (last.who, last.detail["before"]["name"], last.detail["after"]) == ("鈴木", kept.name, None)
    with store._reading() as scope:
        rows = scope.connection.execute(select(candidates.c.name, candidates.c.withdrawn)).all()
    assert {row.name: row.withdrawn is not None for row in rows} == {kept.name: True, "給与計算": False}
    for gone in (
        lambda: store.keep_candidate(replace(kept, reach=2, version=2), "x"),
        lambda: store.withdraw_candidate(kept.id, 2, "x"),
    ):
        with pytest.raises(CandidateUnknown):
            gone()


@pytest.mark.parametrize(
    ("strange", "refusal"),
    [
        (Candidate("　"), CandidateNameMissing),
        (Candidate("x", effect=6), CandidateGradeOff),
        (Candidate("x\0"), TextNotStorable),
        (Candidate("x", "あ" * 201), TextTooLong),
        (Candidate("x", id="0" * 32), CandidateUnknown),
    ],
)
def test_of_several_tasks_one_that_cannot_be_kept_leaves_everything_as_it_was(voice, strange, refusal):
    store = voice.store
    before = store.candidates(), store.events()
    with pytest.raises(refusal):
        store.keep_candidates([WHOLE, strange], "佐藤")
    assert (store.candidates(), store.events()) == before


def test_what_was_learnt_is_kept_in_order_with_who_and_in_the_log(voice):
    store = voice.store
    for wave, text in ((1, " 小さく始めてよかった\n次は早めに "), (2, "例外が多い"), (1, "また学んだ")):
        store.add_wave_note(wave, text, "佐藤")
    found = store.wave_notes()
    assert [(note.wave, note.text) for note in found] == [
        (1, "小さく始めてよかった\n次は早めに"),
        (2, "例外が多い"),
        (1, "また学んだ"),
    ]
    assert {note.who for note in found} == {"佐藤"}
    assert [event.detail["after"] for event in store.events_of("wave:1", "wave_note_added")] == [
        found[0].text,
        found[2].text,
    ]


@pytest.mark.parametrize(
    ("wave", "text", "refusal"), [(0, "x", WaveOff), (4, "x", WaveOff), (1, " \n", WaveNoteMissing)]
)
def test_a_note_that_says_nothing_or_of_no_wave_is_refused(voice, wave, text, refusal):
    with pytest.raises(refusal):
        voice.store.add_wave_note(wave, text, "佐藤")
    assert voice.store.wave_notes() == ()
