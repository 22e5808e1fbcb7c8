"""F5, F6: no room, no right, no folder."""

import os
import resource
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from dxassess.errors import (
    DatabaseFolderMissing,
    DatabaseForeign,
    DatabaseReadOnly,
    DiskFull,
)
from dxassess.storage import open_database
from tests.conftest import Voice, new_voice

ITEM = "tiny.1"
NOBODY = 65534


@contextmanager
def file_limit(size):
    """No file of this process may grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _check_full_disk(voice, sqlite_database, fill):
    first = voice.say(ITEM, 1)
    with fill():
        for _ in range(3):
            with pytest.raises(DiskFull) as full:
                voice.say(ITEM, 2, key="click", comment="会議" * 4000)
            assert full.value.values == {"place": sqlite_database.place}
            assert voice.store.answers(voice.round.id) == (first,)
            assert sqlite_database.organisations()
    record = voice.say(ITEM, 2, key="click", comment="会議" * 4000)
    assert voice.store.answers(voice.round.id) == (record,)
    assert voice.store.history(voice.round.id, ITEM) == (first, record)
    sqlite_database.quick_check()


def test_without_room_for_the_log_a_save_says_so_and_works_again_once_there_is_room(
    sqlite_voice, sqlite_database
):
    log = Path(f"{sqlite_database.place}-wal")
    _check_full_disk(sqlite_voice, sqlite_database, lambda: file_limit(log.stat().st_size + 4096))


def test_without_room_in_the_file_a_save_says_so_and_works_again_once_there_is_room(
    sqlite_voice, sqlite_database
):
    """SQLITE_FULL itself: the file has reached the number of pages it may have."""

    def pages(limit):
        with sqlite_database._access.writing() as connection:
            raw = connection.connection.driver_connection
            return raw.execute(f"PRAGMA max_page_count = {limit}").fetchone()[0]

    @contextmanager
    def full():
        real = sqlite_database._access._connect_writer

        def connect():
            connection = real()
            connection.execute("PRAGMA max_page_count = 1").fetchone()
            return connection

        sqlite_database._access._connect_writer = connect
        sqlite_database._access._writers.pool._creator = connect
        sqlite_database._access._drop_writer()
        try:
            yield
        finally:
            sqlite_database._access._writers.pool._creator = real
            sqlite_database._access._connect_writer = real
            sqlite_database._access._drop_writer()

    assert pages(10**6) > 0
    _check_full_disk(sqlite_voice, sqlite_database, full)


def test_a_backup_without_room_leaves_nothing_behind(sqlite_voice, sqlite_database, tmp_path):
    sqlite_voice.say_all()
    to = tmp_path / "backups" / "copy.sqlite"
    to.parent.mkdir()
    with file_limit(8192), pytest.raises(DiskFull):
        sqlite_database.backup(to)
    assert list(to.parent.iterdir()) == []
    sqlite_database.backup(to)
    assert [found.name for found in to.parent.iterdir()] == ["copy.sqlite"]


@pytest.fixture
def open_folder():
    """A folder everybody may enter and read, whose files belong to this user."""
    folder = Path(tempfile.mkdtemp(prefix="dxassess-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_special_rights():
    """The superuser may write everywhere: be nobody for a while."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only(open_folder, tiny):
    """A database in a folder where nothing may be written."""
    path = open_folder / "dx.sqlite"
    database = open_database(str(path))
    voice = new_voice(database, tiny)
    voice.say_all()
    known = voice.store.answers(voice.round.id)
    database.close()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    return path, voice, known


def test_a_database_that_may_only_be_read_is_shown_and_saves_say_why(read_only, tiny):
    path, voice, known = read_only
    with without_special_rights():
        database = open_database(str(path))
        store = database.store(database.organisations()[0].id)
        assert store.answers(voice.round.id) == known
        reading = Voice(store, tiny, voice.round, dict(voice.read))
        for _ in range(2):
            with pytest.raises(DatabaseReadOnly) as refused:
                reading.say(ITEM, 1, key="click")
            assert refused.value.values == {"place": str(path)}
        assert store.answers(voice.round.id) == known
        database.close()


def test_a_file_that_becomes_read_only_while_running_keeps_its_pages_and_saves_again_later(open_folder, tiny):
    path = open_folder / "dx.sqlite"
    if os.geteuid() == 0:
        os.chown(open_folder, NOBODY, -1)
    with without_special_rights():
        database = open_database(str(path))
        voice = new_voice(database, tiny)
        first = voice.say(ITEM, 1)
        path.chmod(0o444)
        database._access._drop_writer()
        database._access._readers.dispose()
        with pytest.raises(DatabaseReadOnly):
            voice.say(ITEM, 2, key="click")
        assert voice.store.answers(voice.round.id) == (first,)
        path.chmod(0o644)
        database._access._readers.dispose()
        assert voice.say(ITEM, 2, key="click").answer.level == 2
        database.close()


def test_a_folder_where_nothing_may_be_written_is_named_at_the_start(open_folder):
    open_folder.chmod(0o555)
    path = open_folder / "new.sqlite"
    with without_special_rights(), pytest.raises(DatabaseReadOnly) as refused:
        open_database(str(path))
    assert refused.value.values == {"place": str(path)}


def test_a_file_without_any_right_is_named_at_the_start(read_only):
    path = read_only[0]
    path.chmod(0o000)
    with without_special_rights(), pytest.raises(DatabaseReadOnly) as refused:
        open_database(str(path))
    assert refused.value.values == {"place": str(path)}


def test_a_missing_folder_is_named_at_the_start(tmp_path):
    path = tmp_path / "none" / "dx.sqlite"
    with pytest.raises(DatabaseFolderMissing) as refused:
        open_database(f"sqlite:///{path}")
    assert refused.value.values == {"place": str(path)}
    assert not path.parent.exists()


def test_a_folder_in_place_of_the_file_is_named_at_the_start(tmp_path):
    with pytest.raises(DatabaseForeign):
        open_database(str(tmp_path))
