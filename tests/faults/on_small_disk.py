"""F5 on a disk of one megabyte, in the database. `test_small_disk.py` runs this."""

import pytest

from dxassess.errors import DiskFull
from dxassess.storage import migrate, open_database
from tests.conftest import new_voice
from tests.small_disk import full, small_disk
from tests.storage.versions import NEXT, with_one_more

ITEM = "tiny.1"
LONG = "会議" * 1500


@pytest.fixture
def disk():
    with small_disk() as folder:
        yield folder


def test_a_save_says_so_readers_go_on_and_the_same_click_works_once_there_is_room(disk, tiny):
    database = open_database(str(disk / "dx.sqlite"))
    voice = new_voice(database, tiny)
    first = voice.say(ITEM, 1, comment=LONG)
    with full(disk):
        for _ in range(5):
            with pytest.raises(DiskFull) as told:
                voice.say(ITEM, 2, key="click", comment=LONG)
            assert told.value.values == {"place": str(disk / "dx.sqlite")}
            assert voice.store.answers(voice.round.id) == (first,)
            assert database.organisations()
    record = voice.say(ITEM, 2, key="click", comment=LONG)
    assert voice.store.history(voice.round.id, ITEM) == (first, record)
    database.quick_check()
    database.close()
    database = open_database(str(disk / "dx.sqlite"))
    assert database.store(voice.store.organisation_id).history(voice.round.id, ITEM) == (first, record)
    database.close()


def test_saves_until_nothing_fits_lose_nothing_that_was_acknowledged(disk, tiny):
    database = open_database(str(disk / "dx.sqlite"))
    voice = new_voice(database, tiny)
    kept = []
    with pytest.raises(DiskFull):
        for number in range(10_000):
            kept.append(voice.say(ITEM, number % 4, comment=LONG + str(number)))
    assert len(kept) > 5
    assert voice.store.history(voice.round.id, ITEM) == tuple(kept)
    database.close()
    database = open_database(str(disk / "dx.sqlite"))
    assert database.store(voice.store.organisation_id).history(voice.round.id, ITEM) == tuple(kept)
    database.quick_check()
    database.close()


def test_a_new_database_for_which_there_is_no_room_is_told_and_made_once_there_is(disk):
    with full(disk):
        for _ in range(2):
            with pytest.raises(DiskFull) as told:
                open_database(str(disk / "dx.sqlite"))
            assert told.value.values == {"place": str(disk / "dx.sqlite")}
    open_database(str(disk / "dx.sqlite")).close()


def test_without_room_for_the_copy_before_it_nothing_is_migrated(disk, tiny, tmp_path, monkeypatch):
    path = disk / "dx.sqlite"
    database = open_database(str(path))
    voice = new_voice(database, tiny)
    said = voice.say(ITEM, 1)
    database.close()
    before = path.read_bytes()
    with monkeypatch.context() as patched:
        added = 'op.execute("ALTER TABLE respondents ADD COLUMN consented TEXT")'
        patched.setattr(migrate, "FOLDER", with_one_more(tmp_path, added))
        patched.setattr(migrate, "HEAD", NEXT)
        with full(disk), pytest.raises(DiskFull):
            open_database(str(path))
    assert path.read_bytes() == before
    assert [found.name for found in disk.glob("*before*")] == []
    database = open_database(str(path))
    assert database.store(voice.store.organisation_id).answers(voice.round.id) == (said,)
    database.close()
