"""Two programs at one database, in different time zones: all is kept, in one order, and a round closed by one is closed for both."""

import json
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.conftest import new_voice
from tests.faults import saving

HEARD = "SELECT count(DISTINCT respondent) FROM answers"
ZONES = ("Asia/Tokyo", "America/New_York")
EACH = 6


def test_two_programs_keep_everything_in_one_order_until_one_closes_the_round(
    database, database_url, tiny, children, tmp_path
):
    voice = new_voice(database, tiny)
    store, held = voice.store, voice.round
    everybody = [store.add_respondent(held.id, "it").id for _ in range(2 * EACH)]
    notes = [tmp_path / zone.split("/")[1] for zone in ZONES]
    programs = [
        children.Process(
            target=saving.save_beside,
            args=(database_url, store.organisation_id, held.id, people, str(note), zone),
            daemon=True,
        )
        for people, note, zone in zip((everybody[:EACH], everybody[EACH:]), notes, ZONES, strict=True)
    ]
    for program in programs:
        program.start()
    with store._reading() as scope:
        seen, heard = [scope.counter()], 0
    while seen[-1] < seen[0] + 2 * EACH * 5 or heard < len(everybody):
        assert all(program.is_alive() for program in programs)
        with store._reading() as scope:
            seen.append(scope.counter())
            heard = scope.connection.exec_driver_sql(HEARD).scalar_one()
        time.sleep(0.01)
    closed = store.close_round(held.id, held.version, "山田")
    for program in programs:
        program.join(60)
        assert program.exitcode == 0
    said = [line for note in notes for line in json.loads(note.read_text(encoding="utf-8"))]
    refused = [line for line in said if line[0] == "closed"]
    kept = sorted((sequence, person) for sequence, person, _ in said if sequence != "closed")
    assert seen == sorted(seen)
    assert sorted(person for _, person, _ in refused) == sorted(everybody)
    assert {when for *_, when in refused} == {str(closed.closed_at.astimezone(ZoneInfo("Asia/Tokyo")))}
    history = store.history(held.id, saving.ITEMS[0])
    assert [(record.sequence, record.respondent) for record in history] == kept
    assert len({sequence for sequence, _ in kept}) == len(kept)
    assert {person for _, person in kept} == set(everybody)
    now = datetime.now(UTC)
    assert all(timedelta(0) <= now - record.recorded < timedelta(minutes=5) for record in history)
    assert {record.recorded.tzinfo for record in history} == {UTC}
    store.verify(closed.id)
