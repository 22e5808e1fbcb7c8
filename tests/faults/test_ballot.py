"""F10, F19, F57, F62, F63: forty phones on the running program, listening beyond this machine."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dxassess.storage.tokens import Token
from dxassess.ui.ballot.guesses import EACH
from tests.protocol.hall import Hall, new_hall
from tests.protocol.loop import run
from tests.protocol.phone import Phone
from tests.protocol.program import Program, dxassess

PEOPLE = 40
BURSTS = 5
WRONG_LINKS = 1000
GUESSERS = 40
IDLE = 200
TAPS = 60
ROLES = ("management", "business", "dx", "it")


@dataclass
class Room:
    """A program the room can reach, and an open vote."""

    program: Program
    hall: Hall
    phones: list[Phone] = field(default_factory=list)

    async def enter(self, count: int = PEOPLE) -> list[str]:
        """All at once; gives the ids of what is asked."""
        self.phones = [Phone(self.program.port) for _ in range(count)]
        joined = (phone.join(self.hall.link, ROLES[n % 4], f"{n} 番") for n, phone in enumerate(self.phones))
        await asyncio.gather(*joined)
        return [item["id"] for item in self.phones[0].ballot["items"]]

    async def leave(self) -> None:
        for phone in self.phones:
            await phone.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("program")


@pytest.fixture(scope="module")
def program(folder: Path) -> Iterator[Program]:
    started = dxassess(folder, DXASSESS_HOST="0.0.0.0")
    started.start()
    yield started
    started.stop()


@pytest.fixture
def room(program: Program, folder: Path) -> Room:
    """A vote of its own for each test."""
    return Room(program, new_hall(folder / "dx.sqlite", organisation=f"会社 {next(_numbers)}"))


_numbers = iter(range(100))


def test_forty_vote_in_the_same_instants_and_every_vote_is_kept(room: Room) -> None:
    """F10; how fast is measured in `tests/bench/test_ballot.py`."""

    async def vote() -> list[int]:
        items = await room.enter()
        answers: list[int] = []
        for number in range(BURSTS):
            taps = (phone.pick(items[number], (number + n) % 6) for n, phone in enumerate(room.phones))
            answers += [reply.status for reply in await asyncio.gather(*taps)]
        await room.leave()
        return answers

    assert run(vote()) == [200] * (PEOPLE * BURSTS)
    room.hall.reveal()
    kept = room.hall.votes()
    levels = sorted(vote.answer.level for vote in kept.values())
    assert levels == sorted((number + n) % 6 for number in range(BURSTS) for n in range(PEOPLE))


@pytest.mark.parametrize("how", ["reveal", "close"])
def test_while_forty_tap_the_vote_ends_and_each_tap_is_in_it_or_refused(room: Room, how: str) -> None:
    """F19."""

    async def tap(place: int, phone: Phone, items: list[str]) -> dict[tuple[int, str], int]:
        kept = {}
        for number, item in enumerate(items * 20):
            reply = await phone.pick(item, number % 6)
            if reply.status != 200:
                assert (reply.status, bool(reply.data["error"])) == (410, True)
                return kept
            kept[place, item.removeprefix("dx2019.")] = number % 6
        raise AssertionError("the vote did not end")

    async def vote() -> dict[tuple[int, str], int]:
        items = await room.enter()
        taps = [asyncio.create_task(tap(n, phone, items)) for n, phone in enumerate(room.phones)]
        await asyncio.sleep(0.7)
        await asyncio.to_thread(room.hall.reveal if how == "reveal" else room.hall.close)
        found: dict[tuple[int, str], int] = {}
        for kept in await asyncio.gather(*taps):
            found |= kept
        await room.leave()
        return found

    acknowledged = run(vote())
    names = room.hall.do(lambda store, held: {one.id: one.name for one in store.respondents(held.id)})
    standing = {
        (int(names[who].split()[0]), code): vote.answer.level
        for (who, code), vote in room.hall.votes().items()
    }
    assert acknowledged
    assert standing == acknowledged


def test_after_a_crash_every_acknowledged_vote_is_there_and_the_phones_go_on(room: Room) -> None:
    """F18: the seat is a cookie, not a session."""

    async def vote(items: list[str]) -> None:
        for item in items:
            replies = await asyncio.gather(*(phone.pick(item, 3) for phone in room.phones))
            assert {reply.status for reply in replies} == {200}

    async def visit() -> None:
        items = await room.enter()
        await vote(items[:5])
        await asyncio.to_thread(room.program.kill)
        await asyncio.to_thread(room.program.start)
        await vote(items[5:10])
        await room.leave()

    run(visit())
    room.hall.reveal()
    assert len(room.hall.votes()) == 10 * PEOPLE


def test_nothing_the_program_prints_or_keeps_has_a_token_or_a_seat_in_clear(room: Room, folder: Path) -> None:
    """F57, F63: the log, the database with its write-ahead log, and whatever else lies in the folder."""
    personal = room.hall.invite("it", "佐藤")

    async def visit() -> list[str]:
        items = await room.enter(3)
        invited = Phone(room.program.port)
        room.phones.append(invited)
        await invited.join(personal, "", "")
        for phone in room.phones:
            await phone.vote(items[0], state="answered", level=2, reason=None, comment="ここだけの話")
            await phone.vote(items[0], level="wrong")
            await phone.ask(phone.ballot["votes"], "POST", b"{", "application/json")
        made = await invited.ask(invited.ballot["device"], "POST", b"{}", "application/json")
        for wrong in (f"{personal}x", f"/b/{personal[3:]}", f"/j/{Token.new(room.hall.organisation).clear}"):
            assert (await invited.ask(wrong)).status in (401, 404)
        await room.leave()
        address = made.data["address"]
        return [phone.cookie.partition("=")[2] for phone in room.phones] + [address.rpartition("/")[2]]

    secrets = [*run(visit()), personal[3:], room.hall.link[3:]]
    assert len(set(secrets)) == 7
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {"program.log", "dx.sqlite"} <= files.keys()
    assert [
        name for name, content in files.items() if any(each.encode() in content for each in secrets)
    ] == []
    log = files["program.log"].decode()
    assert [word for word in ("ここだけの話", "佐藤", "Traceback", "/j/", "/b/") if word in log] == []


def test_a_thousand_wrong_links_are_refused_by_rate_and_a_voter_does_not_wait_twice_as_long(
    room: Room,
) -> None:
    """F62. The guessers run on the same cores as the server; a hundred and more connections that say nothing are open meanwhile."""

    async def taps(phone: Phone, items: list[str]) -> float:
        taken = []
        for number in range(TAPS):
            begun = time.perf_counter()
            assert (await phone.pick(items[number % 35], number % 6)).status == 200
            taken.append(time.perf_counter() - begun)
        return statistics.quantiles(taken, n=20)[-1]

    async def guess(count: int) -> list[int]:
        phone = Phone(room.program.port)
        said = [
            (await phone.ask(f"/j/{Token.new(room.hall.organisation).clear}")).status for _ in range(count)
        ]
        await phone.close()
        return said

    async def visit() -> tuple[float, float, list[int]]:
        items = await room.enter(1)
        alone = await taps(room.phones[0], items)
        idle = [await asyncio.open_connection("127.0.0.1", room.program.port) for _ in range(IDLE)]
        guesses = asyncio.gather(*(guess(WRONG_LINKS // GUESSERS) for _ in range(GUESSERS)))
        beside = await taps(room.phones[0], items)
        statuses = [status for each in await guesses for status in each]
        newcomer = Phone(room.program.port)
        await newcomer.join(room.hall.link, "it", "あとから")
        for _, writer in idle:
            writer.close()
            await writer.wait_closed()
        await newcomer.close()
        await room.leave()
        return alone, beside, statuses

    alone, beside, statuses = run(visit())
    print(f"p95 of a tap: {1000 * alone:.0f} ms alone, {1000 * beside:.0f} ms beside {WRONG_LINKS} guesses")
    assert statuses.count(404) <= EACH
    assert statuses.count(429) == WRONG_LINKS - statuses.count(404)
    assert beside <= max(2 * alone, 0.15)
