"""F4: the power fails while the write-ahead log is being written. What is there afterwards is a clean beginning of what was saved."""

import random
from contextlib import contextmanager
from pathlib import Path

import pytest

from dxassess.storage import open_database
from tests.conftest import new_voice

SAVES = 3
SECTOR = 512
FLIPS = 60


@pytest.fixture(scope="module")
def files(tiny, tmp_path_factory):
    """Main file and log after some saves that no checkpoint has touched, and what was saved, in order."""
    path = tmp_path_factory.mktemp("power") / "dx.sqlite"
    database = open_database(str(path))
    voice = new_voice(database, tiny)
    database.close()
    database = open_database(str(path))
    voice.store = database.store(database.organisations()[0].id)
    saved = [voice.say("tiny.1", number % 4, comment="会議") for number in range(SAVES)]
    main, log = path.read_bytes(), Path(f"{path}-wal").read_bytes()
    database.close()
    return main, log, saved, voice.round.id


@contextmanager
def found_after(path, main, log, round_id):
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    path.write_bytes(main)
    Path(f"{path}-wal").write_bytes(log)
    database = open_database(str(path))
    store = database.store(database.organisations()[0].id)
    try:
        yield list(store.history(round_id, "tiny.1")), store
    finally:
        database.close()


def test_a_log_cut_anywhere_is_a_clean_beginning(files, sqlite_path):
    main, log, saved, round_id = files
    lengths = []
    for cut in range(0, len(log) + SECTOR, SECTOR):
        with found_after(sqlite_path, main, log[:cut], round_id) as (history, store):
            assert history == saved[: len(history)]
            assert store.answers(round_id) == tuple(history[-1:])
            lengths.append(len(history))
    assert lengths == sorted(lengths)
    assert set(lengths) == set(range(SAVES + 1))


@pytest.mark.parametrize("order", ["from the front", "from the back", "at random"])
def test_a_file_into_which_half_of_the_log_was_brought_is_whole_again(files, sqlite_path, order):
    """The power fails during a checkpoint: some sectors of the file are new, the others old, and the log is all there."""
    main, log, saved, round_id = files
    with found_after(sqlite_path, main, log, round_id) as (_, store):
        store._access.checkpoint()
        new = sqlite_path.read_bytes()
    old = main.ljust(len(new), b"\0")
    changed = [place for place in range(0, len(new), SECTOR) if _sector(new, place) != _sector(old, place)]
    if order == "from the back":
        changed.reverse()
    elif order == "at random":
        random.Random(4).shuffle(changed)
    torn = bytearray(old)
    assert len(changed) > 5
    for place in changed:
        torn[place : place + SECTOR] = _sector(new, place)
        with found_after(sqlite_path, bytes(torn), log, round_id) as (history, store):
            assert history == saved
            assert store.answers(round_id) == tuple(saved[-1:])


def _sector(content, place):
    return content[place : place + SECTOR]


def test_a_flipped_bit_in_the_log_is_a_clean_beginning(files, sqlite_path):
    main, log, saved, round_id = files
    chance = random.Random(4)
    shorter = 0
    for _ in range(FLIPS):
        changed = bytearray(log)
        changed[chance.randrange(len(log))] ^= 1 << chance.randrange(8)
        with found_after(sqlite_path, main, bytes(changed), round_id) as (history, store):
            assert history == saved[: len(history)]
            assert store.answers(round_id) == tuple(history[-1:])
            shorter += len(history) < SAVES
    assert shorter > FLIPS / 2
