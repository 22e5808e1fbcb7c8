"""F12: SQLite's pages carry no checksum. A closed round that changed on the disk is named, never shown as truth."""

import random
import re
from pathlib import Path

import pytest

from dxassess.errors import EditionUnknown, OrganisationUnknown, RoundDamaged, RoundUnknown, StorageError
from dxassess.storage import open_database
from tests.conftest import Voice, new_voice

FLIPS = 300
TOLD = (StorageError, RoundDamaged, RoundUnknown, EditionUnknown, OrganisationUnknown)
ROUNDS = 4


@pytest.fixture(scope="module")
def closed_rounds(tiny, tmp_path_factory) -> tuple[bytes, dict[str, object]]:
    """The bytes of a database with closed rounds, and what they say."""
    path = tmp_path_factory.mktemp("truth") / "dx.sqlite"
    database = open_database(str(path))
    voice = new_voice(database, tiny)
    for number in range(ROUNDS):
        voice.say_all(number)
        voice.say("tiny.1", (number + 1) % 4, target=3, comment=f"話し合いの結果 {number}", evidence="規程")
        voice.close()
        started = voice.store.start_round(
            f"第{number + 2}回", tiny, voice.round.held_on, voice.round.quarter, voice.round.id, "山田"
        )
        voice = Voice(voice.store, tiny, started)
    truth = {found.id: shown(voice.store, found) for found in voice.store.rounds() if found.closed}
    truth["organisation"] = voice.store.organisation
    database.close()
    assert not Path(f"{path}-wal").exists()
    return path.read_bytes(), truth


def shown(store, found):
    """Everything a page may show of a closed round."""
    return (
        found,
        store.round(found.id),
        store.respondents(found.id),
        store.answers(found.id),
        store.histograms(found.id),
        store.history(found.id, "tiny.1"),
        store.edition(found.edition_hash),
    )


def look(path: Path, truth: dict[str, object]) -> str:
    """Open a database and compare all closed rounds with the truth: "same", "told", or a difference nobody was told of."""
    try:
        database = open_database(str(path))
    except StorageError:
        return "told"
    try:
        return _compare_all(database.store(truth["organisation"].id), truth)
    except TOLD:
        return "told"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        database.close()


def _compare_all(store, truth):
    listed = {found.id: found for found in store.rounds()}
    results = {
        id_: _compare(store, found, truth.get(id_))
        for id_, found in listed.items()
        if id_ in truth or found.closed
    }
    silent = {id_: result for id_, result in results.items() if result not in ("same", "told")}
    if silent:
        return str(silent)
    if "told" in results.values():
        return "told"
    return "same" if results.keys() == truth.keys() - {"organisation"} else "a round is missing"


def _compare(store, found, known):
    try:
        return "same" if shown(store, found) == known else "different"
    except TOLD:
        return "told"


def test_no_flipped_bit_changes_a_closed_round_silently(closed_rounds, tmp_path):
    content, truth = closed_rounds
    chance = random.Random(20261122)
    silent, told = {}, 0
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(content)), chance.randrange(8)
        result = _after_flip(content, truth, tmp_path / "flipped.sqlite", place, bit)
        told += result == "told"
        if result not in ("same", "told"):
            silent[place, bit] = result
    assert silent == {}
    assert told > 0


def _after_flip(content, truth, path, place, bit):
    changed = bytearray(content)
    changed[place] ^= 1 << bit
    path.write_bytes(changed)
    for beside in ("-wal", "-shm"):
        Path(f"{path}{beside}").unlink(missing_ok=True)
    return look(path, truth)


@pytest.mark.parametrize("bit", range(8))
def test_a_round_whose_status_changed_on_the_disk_does_not_pass_for_an_open_one(closed_rounds, tmp_path, bit):
    content, truth = closed_rounds
    places = [found.start() + len("named") for found in re.finditer(b"named.?closed", content, re.DOTALL)]
    assert len(places) >= ROUNDS
    for place in places:
        for offset in range(len("closed")):
            result = _after_flip(content, truth, tmp_path / "flipped.sqlite", place + offset, bit)
            assert result in ("same", "told"), (place, offset)


@pytest.mark.long
def test_no_flipped_bit_of_a_written_byte_changes_a_closed_round_silently(closed_rounds, tmp_path):
    content, truth = closed_rounds
    written = [place for place, byte in enumerate(content) if byte]
    chance = random.Random(20261123)
    silent = {}
    for place in chance.sample(written, min(3000, len(written))):
        result = _after_flip(content, truth, tmp_path / "flipped.sqlite", place, chance.randrange(8))
        if result not in ("same", "told"):
            silent[place] = result
    assert silent == {}


def test_an_id_that_changed_on_the_disk_leads_to_no_other_round(closed_rounds, tmp_path):
    """A flipped key puts the index out of order: a search for it then ends at the row of another round."""
    content, truth = closed_rounds
    organisation = bytes.fromhex(truth["organisation"].id)
    places = [
        found.start() + len(organisation) + 1
        for id_ in truth.keys() - {"organisation"}
        for found in re.finditer(re.escape(organisation + bytes.fromhex(id_)), content)
    ]
    assert len(places) > 4 * ROUNDS
    for place in places:
        for bit in (1, 5, 7):
            result = _after_flip(content, truth, tmp_path / "flipped.sqlite", place, bit)
            assert result in ("same", "told"), (place, bit)
