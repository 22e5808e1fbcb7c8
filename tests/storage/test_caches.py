"""What is kept in memory beside the database never says anything else than the database."""

import uuid
from dataclasses import replace

import pytest

from dxassess.assessment.model import Answer, FiscalQuarter, State
from dxassess.errors import RoundClosed, RoundUnknown
from dxassess.storage import content, open_database
from dxassess.storage.caches import FACTS_KEPT, ORGANISATIONS_KEPT, Caches
from dxassess.storage.readings import _read_voice
from tests.conftest import DAY, Voice, new_voice

ITEM, OTHER = "tiny.1", "tiny.2"


@pytest.fixture
def readings(monkeypatch):
    """How often what the voice says was read from the tables."""
    counted = []

    def counting(scope, caches, round_id):
        counted.append(round_id)
        return _read_voice(scope, caches, round_id)

    monkeypatch.setattr("dxassess.storage.readings._read_voice", counting)
    return counted


def said(voice):
    """What a program that has just been started would read."""
    fresh = voice.store
    with fresh._reading() as scope:
        return _read_voice(scope, Caches(), voice.round.id)


def elsewhere(voice, url):
    """The same organisation in another process, as far as memory goes."""
    other = open_database(url)
    return other, Voice(other.store(voice.store.organisation_id), voice.edition, voice.round)


def test_the_voice_is_read_once_and_follows_every_answer_kept_here(voice, readings):
    for level in (1, 2, None, 3):
        newest = voice.say(ITEM, level)
        assert voice.store.voice(voice.round.id).recorded[ITEM] == newest
        assert voice.store.voice(voice.round.id) == said(voice)
    voice.say(OTHER, 2)
    assert list(voice.store.voice(voice.round.id).recorded) == [ITEM, OTHER]
    voice.say(ITEM, 0)
    assert list(voice.store.voice(voice.round.id).recorded) == [OTHER, ITEM]
    assert len(readings) == 1


def test_what_another_process_kept_is_seen_at_the_next_look(database, database_url, tiny):
    voice = new_voice(database, tiny)
    voice.say(ITEM, 1)
    voice.store.voice(voice.round.id)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dxassess.storage.sqlite._open_files", {})
        other, theirs = elsewhere(voice, database_url)
        try:
            theirs.read = dict(voice.read)
            theirs.say(ITEM, 3)
            theirs.say(OTHER, 2)
            assert voice.store.voice(voice.round.id) == said(voice)
            voice.read = dict(theirs.read)
            voice.say(OTHER, 1)
            assert voice.store.voice(voice.round.id) == said(voice)
            assert theirs.store.voice(voice.round.id) == said(voice)
        finally:
            other.close()


def test_closing_renaming_and_reopening_are_seen_at_the_next_look(voice):
    voice.say_all(2)
    assert not voice.store.voice(voice.round.id).held.closed
    voice.round = voice.store.correct_round(voice.round.id, voice.round.version, "第一回", DAY, "山田")
    assert voice.store.voice(voice.round.id).held == voice.round
    closed = voice.close()
    assert voice.store.voice(closed.id).held == closed
    with pytest.raises(RoundClosed):
        voice.say(ITEM, 1)
    voice.round = voice.store.reopen_round(closed.id, closed.version, "山田", "訂正")
    voice.say(ITEM, 1)
    assert voice.store.voice(voice.round.id) == said(voice)


def test_votes_of_others_and_refused_answers_leave_the_voice_as_it_is(voice, readings):
    voice.say(ITEM, 1)
    person = voice.store.add_respondent(voice.round.id, "it")
    before = voice.store.voice(voice.round.id)
    vote = Answer(ITEM, State.ANSWERED, level=3)
    voice.store.append(voice.round.id, person.id, vote, key="v", ballot="first", based_on=None)
    assert voice.store.voice(voice.round.id) == before == said(voice)
    entry = (before.speaker.id, "agreed", replace(vote, level=2), uuid.uuid4().hex)
    voice.store.append_many(voice.round.id, [entry])
    assert voice.store.voice(voice.round.id).recorded[ITEM].answer.level == 2


def test_the_same_key_again_changes_nothing_in_memory_either(voice):
    first = voice.say(ITEM, 1, key="k")
    newest = voice.say(ITEM, 2)
    voice.store.voice(voice.round.id)
    again = voice.store.append(
        voice.round.id, first.respondent, first.answer, key="k", based_on=newest.sequence
    )
    assert again == first
    assert voice.store.voice(voice.round.id).recorded[ITEM] == newest


def test_one_organisation_never_hears_another(database, tiny):
    first, second = new_voice(database, tiny, "甲社"), new_voice(database, tiny, "乙社")
    first.say(ITEM, 1)
    first.store.voice(first.round.id)
    with pytest.raises(RoundUnknown):
        second.store.voice(first.round.id)


def test_readings_of_one_moment_do_not_see_what_comes_later(voice):
    voice.say(ITEM, 1)
    voice.store.voice(voice.round.id)
    with voice.store.one_moment() as now:
        assert now.voice(voice.round.id).recorded[ITEM].answer.level == 1
        voice.say(ITEM, 2)
        assert now.voice(voice.round.id).recorded[ITEM].answer.level == 1
        assert now.round(voice.round.id) == voice.round
    assert voice.store.voice(voice.round.id).recorded[ITEM].answer.level == 2


def test_memory_has_an_end(sqlite_database, tiny):
    voices = [new_voice(sqlite_database, tiny, f"{number}社") for number in range(ORGANISATIONS_KEPT + 2)]
    for voice in voices:
        voice.say(ITEM, 1)
        voice.store.voice(voice.round.id)
    caches = voices[0].store._caches
    assert len(caches._known) == ORGANISATIONS_KEPT
    assert voices[0].store.voice(voices[0].round.id) == said(voices[0])
    one = voices[-1]
    for number in range(FACTS_KEPT + 2):
        held = one.store.start_round(
            f"第{number}回", tiny, one.round.held_on, one.round.quarter, None, "山田"
        )
        one.store.voice(held.id)
        assert len(caches._known[one.store.organisation_id].facts) <= FACTS_KEPT


def test_organisation_and_rounds_are_remembered_until_something_is_written(
    sqlite_database, tiny, monkeypatch
):
    voice = new_voice(sqlite_database, tiny)
    before = voice.store.organisation, voice.store.rounds()
    with monkeypatch.context() as patched:
        patched.setattr("dxassess.storage.directory._ONE", None)
        patched.setattr("dxassess.storage.rounds._ALL", None)
        assert (voice.store.organisation, voice.store.rounds()) == before
        voice.say(ITEM, 1)
        assert (voice.store.organisation, voice.store.rounds()) == before
    renamed = voice.store.update_organisation(name="新しい名")
    assert voice.store.organisation == renamed != before[0]
    voice.round = voice.store.correct_round(voice.round.id, voice.round.version, "第一回", DAY, "山田")
    assert voice.store.rounds() == (voice.round,) != before[1]


def test_a_new_name_and_a_new_round_of_another_process_are_seen_at_the_next_look(
    database, database_url, tiny
):
    voice = new_voice(database, tiny)
    assert (voice.store.organisation.name, len(voice.store.rounds())) != ("別の名", 2)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dxassess.storage.sqlite._open_files", {})
        other, theirs = elsewhere(voice, database_url)
        try:
            theirs.store.update_organisation(name="別の名")
            theirs.store.start_round("二回", tiny, voice.round.held_on, voice.round.quarter, None, "山田")
            assert (voice.store.organisation.name, len(voice.store.rounds())) == ("別の名", 2)
        finally:
            other.close()


def test_what_closed_rounds_agreed_on_is_verified_once_though_their_votes_do_not_all_fit_into_memory(
    sqlite_database, tiny, monkeypatch
):
    monkeypatch.setattr("dxassess.storage.caches.ANSWERS_KEPT", 1)
    verified = []
    monkeypatch.setattr(
        "dxassess.storage.caches.verified",
        lambda scope, head: verified.append(head["title"]) or content.verified(scope, head),
    )
    voice = new_voice(sqlite_database, tiny)
    store = voice.store
    rounds = []
    for level in (1, 2, 3):
        held = store.start_round(f"{level}", tiny, DAY, FiscalQuarter(2026, 1), None, "山田")
        Voice(store, tiny, held).say(ITEM, level)
        rounds.append(store.close_round(held.id, held.version, "山田"))
    for _ in range(2):
        levels = [store.voice(held.id).answers[ITEM].level for held in rounds]
        assert levels == [1, 2, 3]
        assert [store.decisions(held.id) for held in rounds] == [(), (), ()]
        voice.say(OTHER, 1)  # whatever is written: what was remembered of the moment is read anew
    assert sorted(verified) == ["1", "2", "3"]
    again = store.reopen_round(rounds[0].id, rounds[0].version, "山田", "直す")
    Voice(store, tiny, again, {ITEM: store.voice(again.id).recorded[ITEM].sequence}).say(ITEM, 0)
    store.close_round(again.id, again.version, "山田")
    assert store.voice(rounds[0].id).answers[ITEM].level == 0
