"""F11: the files were replaced, written over, emptied or deleted under the running program: no later save is acknowledged."""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from dxassess.assessment.model import Answer, State
from dxassess.errors import DatabaseNewer, DatabaseReplaced
from dxassess.storage import open_database, sameness
from dxassess.storage.sameness import Files
from tests.conftest import new_voice
from tests.faults import saving

ITEM, OTHER = "tiny.1", "tiny.2"


def _delete(path, older):
    path.unlink()


def _put_back(path, older):
    shutil.copy(older, path.with_name("copy.sqlite"))
    path.with_name("copy.sqlite").replace(path)


def _put_another_there(path, older):
    other = path.with_name("other.sqlite")
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
    other.replace(path)


def _copy_over(path, older):
    """As `cp` does: the file stays the same one, its content becomes the older one."""
    path.write_bytes(older.read_bytes())


def _copy_another_over(path, older):
    _put_another_there(path.with_name("third.sqlite"), older)
    path.write_bytes(path.with_name("third.sqlite").read_bytes())


def _empty(path, older):
    path.write_bytes(b"")


def _scribble(path, older):
    with path.open("r+b") as file:
        file.seek(5000)
        file.write(b"x")


def _delete_log(path, older):
    Path(f"{path}-wal").unlink()


def _delete_log_and_index(path, older):
    Path(f"{path}-wal").unlink()
    Path(f"{path}-shm").unlink()


def _rename_folder(path, older):
    path.parent.rename(path.parent.with_name("elsewhere"))


def _restore(path, older):
    """By SQLite itself, as its shell does: the files are the same, and so is everything but what was kept since."""
    with closing(sqlite3.connect(older)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


def _mark_as_anothers(path, older):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 7")


WAYS = [
    _delete,
    _put_another_there,
    _copy_another_over,
    _empty,
    _scribble,
    _delete_log,
    _delete_log_and_index,
]
WAYS += [_rename_folder, _mark_as_anothers]
WITH_A_COPY = [(how, kind) for how in (_put_back, _copy_over, _restore) for kind in ("copied", "backed up")]


def _name(value):
    return value.__name__.strip("_") if callable(value) else str(value)


def _kept(database, kind, to):
    """An older state of the database, by hand or as the program makes it."""
    database._access.checkpoint()
    database.backup(to) if kind == "backed up" else shutil.copy(database.place, to)
    return to


@pytest.mark.parametrize(("how", "kind"), [*((how, "") for how in WAYS), *WITH_A_COPY], ids=_name)
@pytest.mark.parametrize("brought_in", [True, False], ids=["checkpoint", "log"])
def test_what_happened_to_the_files_is_noticed_at_the_next_save(
    tmp_path, tiny, monkeypatch, how, kind, brought_in
):
    """Nothing is acknowledged after it: that save would lie in a file nobody finds, or make of two states a ruin."""
    monkeypatch.setattr(sameness, "CHECKPOINT_SECONDS", 0.1)
    path = tmp_path / "data" / "dx.sqlite"
    path.parent.mkdir()
    database = open_database(str(path))
    voice = new_voice(database, tiny)
    voice.say(ITEM, 1)
    agreed, answer = voice.store.agreed(voice.round.id).id, Answer(ITEM, State.ANSWERED, level=2)
    copy = _kept(database, kind, tmp_path / "older.sqlite")
    for number in range(30):
        voice.say(OTHER, number % 4, comment="会議" * 400)
    if brought_in:
        database._access.checkpoint()
    how(path, copy)
    for _ in range(2):
        with pytest.raises(DatabaseReplaced) as noticed:
            voice.store.append(voice.round.id, agreed, answer, key="k", based_on=voice.read[ITEM])
        assert noticed.value.values == {"place": str(path)}
    database.close()


def test_a_deleted_file_is_not_made_anew_by_the_next_save(sqlite_voice, sqlite_database, sqlite_path):
    sqlite_path.unlink()
    sqlite_database._access._drop_writer()
    with pytest.raises(DatabaseReplaced):
        sqlite_voice.say(ITEM, 2)
    assert not sqlite_path.exists()


def test_a_file_deleted_in_the_middle_of_a_save_is_not_acknowledged(sqlite_voice, sqlite_path):
    with pytest.raises(DatabaseReplaced), sqlite_voice.store._writing() as scope:
        scope.lock()
        sqlite_path.unlink()


def test_checkpoints_and_saves_of_another_program_are_nothing_to_stop_for(
    sqlite_path, sqlite_voice, sqlite_database, beside, tmp_path
):
    """The file changes under this program again and again, also in the middle of a look."""
    ready, written, saves = tmp_path / "ready", set(), 0
    with beside(saving.checkpoint_until_killed, str(sqlite_path), str(ready)):
        saving.wait_for(ready)
        while len(written) < 8 or saves < 100:
            sqlite_voice.say(ITEM, saves % 4)
            written.add(sqlite_path.stat().st_mtime_ns)
            saves += 1
    assert len(sqlite_voice.store.history(sqlite_voice.round.id, ITEM)) == saves
    sqlite_database.quick_check()


def test_a_checkpoint_seen_half_way_is_waited_for(
    sqlite_voice, sqlite_database, sqlite_path, beside, monkeypatch
):
    """The file is written first and the index of the log after it: seen between the two, the look goes on."""
    monkeypatch.setattr(sameness, "CHECKPOINT_SECONDS", 60)
    files = sqlite_database._access._files
    sqlite_voice.say(ITEM, 1)
    half = sqlite_path.stat().st_mtime_ns + 10**9
    os.utime(sqlite_path, ns=(half, half))
    begun = time.monotonic()
    with beside(saving.checkpoint_after, str(sqlite_path), 0.3):
        assert files.are_ours()
    assert time.monotonic() - begun > 0.2


def test_a_file_written_by_no_checkpoint_is_waited_for_two_seconds(sqlite_voice, sqlite_path):
    sqlite_voice.say(ITEM, 1)
    os.utime(sqlite_path)
    begun = time.monotonic()
    with pytest.raises(DatabaseReplaced):
        sqlite_voice.say(ITEM, 2)
    assert time.monotonic() - begun > sameness.CHECKPOINT_SECONDS == 2


def test_a_look_costs_a_few_millionths_of_a_second(sqlite_voice, sqlite_database):
    files = sqlite_database._access._files
    begun = time.process_time()
    for _ in range(2000):
        files.are_ours()
    assert (time.process_time() - begun) / 2000 < 0.0001


def test_locks_of_this_program_stay_when_it_looks(sqlite_path, sqlite_voice, run_child, tmp_path):
    """Closing a file gives up the locks of the whole process on it: a look must close none."""
    with sqlite_voice.store._writing() as scope:
        scope.lock()
        sqlite_voice.store._access._files.are_ours()
        sqlite_voice.store._access._files._look()
        note = tmp_path / "note"
        assert run_child(saving.try_to_lock, str(sqlite_path), str(note)) == 0
        assert note.read_text() == "database is locked"


def test_a_newer_program_that_migrates_under_this_one_is_noticed_at_the_next_save(sqlite_voice, sqlite_path):
    sqlite_voice.say(ITEM, 1)
    with closing(sqlite3.connect(sqlite_path)) as connection:
        (known,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {known + 1}")
    with pytest.raises(DatabaseNewer) as refused:
        sqlite_voice.say(ITEM, 2)
    assert refused.value.values["found"] == f"{known + 1:04d}"
    assert refused.value.values["known"] == f"{known:04d}"


def test_an_older_state_put_back_is_noticed_on_postgresql_too(postgres, tiny):
    address = postgres.new_database()
    database = open_database(address)
    voice = new_voice(database, tiny)
    for level in (1, 2, 3):
        voice.say(ITEM, level)
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM current_answers; DELETE FROM answers WHERE level > 1")
        connection.execute("UPDATE organisations SET sequence = (SELECT max(sequence) FROM answers)")
    with pytest.raises(DatabaseReplaced):
        voice.say(ITEM, 2)
    database.close()


def test_what_another_program_wrote_first_is_no_older_state(database, database_url, tiny):
    voice = new_voice(database, tiny)
    voice.say(ITEM, 1)
    with pytest.MonkeyPatch.context() as patched, closing(_second(patched, database_url)) as other:
        other.store(voice.store.organisation_id).update_organisation(size="large")
    assert voice.say(ITEM, 2).answer.level == 2


def _second(patched, address):
    patched.setattr("dxassess.storage.sqlite._open_files", {})
    return open_database(address)


def test_a_file_that_cannot_be_seen_any_more_is_not_ours(tmp_path):
    path = tmp_path / "dx.sqlite"
    for name in ("dx.sqlite", "dx.sqlite-wal", "dx.sqlite-shm"):
        (tmp_path / name).write_bytes(bytes(136))
    files = Files(path)
    assert files.are_ours()
    files.remember()
    assert files.are_ours()
    path.unlink()
    assert not files.are_ours()
    with pytest.raises(FileNotFoundError):
        files.remember()
    files.forget()
    assert files.are_ours()
    files.close()
