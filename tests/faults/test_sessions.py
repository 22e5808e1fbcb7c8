"""F10, F14–F19: many people, two devices, lost connections, a restarted server, a round closed in the middle.

Through Streamlit's own protocol, against the real program with a database of its own; what counts is what lies in the
database file afterwards, and what the page says.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from dxassess.storage import open_database
from dxassess.text import Words
from tests.bench.company import Company, build
from tests.protocol.loop import run
from tests.protocol.program import Program, dxassess
from tests.protocol.tab import Tab

PEOPLE = 40
BURSTS = 3
WORDS = Words("ja")
ROWS = """SELECT level, comment FROM answers JOIN respondents USING (organisation, round, respondent)
WHERE round = ? AND indicator = ? AND role = 'organisation' ORDER BY answers.sequence"""
TROUBLE = 'class="dx-trouble"'
REFUSED = "SELECT count(*) FROM events WHERE what = 'answer_refused'"


@dataclass
class House:
    """A running program, and the company whose rounds are open in it."""

    program: Program
    company: Company

    @asynccontextmanager
    async def tab(self, code: str, number: int = 0) -> AsyncIterator[Tab]:
        """Somebody on the answering page of an item of a running round."""
        async with self.tabs([code], number) as (tab,):
            yield tab

    @asynccontextmanager
    async def tabs(self, codes: Sequence[str], number: int = 0) -> AsyncIterator[list[Tab]]:
        """Somebody on the page of each of these items."""
        people = [Tab(self.program.port) for _ in codes]
        try:
            for tab, code in zip(people, codes, strict=True):
                await self.visit(tab, code, number)
            yield people
        finally:
            for tab in people:
                await tab.close()

    async def visit(self, tab: Tab, code: str, number: int = 0) -> None:
        held = self.company.running[number]
        await tab.open("answering", org=self.company.organisation, round=held, item=code)

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.company.database)) as looking:
            return looking.execute(statement, values).fetchall()

    def rows(self, code: str, number: int = 0) -> list[tuple[object, ...]]:
        """Level and comment of every version of an answer of the one voice, oldest first."""
        return self.query(ROWS, bytes.fromhex(self.company.running[number]), f"dx2019.{code}")

    def levels(self, code: str, number: int = 0) -> list[object]:
        return [level for level, _ in self.rows(code, number)]


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    """One program for the tests that leave it running; each takes a round of its own."""
    yield from _open(tmp_path_factory.mktemp("sessions"), running=8)


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[House]:
    """A program that may be killed."""
    yield from _open(tmp_path, running=1)


def _open(folder: Path, running: int) -> Iterator[House]:
    company = build(folder, closed=0, running=running, answered=0)[0]
    program = dxassess(folder, company.database)
    program.start()
    try:
        yield House(program, company)
    finally:
        program.stop()


def items(house: House) -> list[str]:
    """The codes of the items that carry a level, in the order of the form."""
    with closing(open_database(str(house.company.database))) as database:
        store = database.store(house.company.organisation)
        return [item.code for item in store.voice(house.company.running[0]).edition.scored]


def shown_sentence(tab: Tab, key: str) -> bool:
    """Whether the page says a sentence of an error, wherever its values stand."""
    return all(part in tab.html() for part in WORDS(key, title="{", when="{", by="{").split("{"))


def test_forty_saving_in_the_same_instant_are_all_served_without_an_error(house):
    """F10 through the page. Time is told as a multiple of what one click takes here and now."""
    codes = items(house)
    more = codes[: PEOPLE - len(codes)]

    async def bursts() -> tuple[float, list[float]]:
        async with house.tabs(codes, 0) as some, house.tabs(more, 1) as others:
            people = list(zip([*some, *others], [*codes, *more], strict=True))
            alone = [(await some[0].type(f"comment-{codes[0]}", f"一人 {n}")).seconds for n in range(5)]
            taken: list[float] = []
            for number in range(BURSTS):
                visits = [tab.type(f"comment-{code}", f"同時 {number}") for tab, code in people]
                taken += [visit.seconds for visit in await asyncio.gather(*visits)]
            assert not [tab for tab, _ in people if TROUBLE in tab.html()]
            return statistics.median(alone), taken

    alone, taken = run(bursts())
    for code, number in [(code, 0) for code in codes] + [(code, 1) for code in more]:
        kept = [comment for _, comment in house.rows(code, number) if str(comment).startswith("同時")]
        assert kept == [f"同時 {burst}" for burst in range(BURSTS)]
    assert statistics.quantiles(taken, n=20)[-1] <= 3 * PEOPLE * alone


def test_a_stale_tab_shows_the_newer_value_and_both_are_in_the_log(house):
    """F15: two tabs, the same item, two different answers."""

    async def two_tabs() -> None:
        async with house.tab("1", 2) as first, house.tab("1", 2) as second:
            await first.pick("level-1", 4)
            await second.pick("level-1", 1)
            assert house.levels("1", 2) == [4]
            assert second.chosen("level-1") == 4
            assert WORDS("error.StaleAnswer", indicator="1") in second.html()
            await second.pick("level-1", 1)
            assert house.levels("1", 2) == [4, 1]
            assert WORDS("error.StaleAnswer", indicator="1") not in second.html()

    before = house.query(REFUSED)[0][0]
    run(two_tabs())
    assert house.query(REFUSED)[0][0] == before + 1


def test_different_fields_of_one_item_from_two_tabs_are_both_kept(house):
    async def two_tabs() -> None:
        async with house.tab("2", 2) as first, house.tab("2", 2) as second:
            await first.pick("level-2", 3)
            await second.type("comment-2", "次回に見直す")
            assert house.rows("2", 2) == [(3, ""), (3, "次回に見直す")]
            assert second.chosen("level-2") == 3

    run(two_tabs())


def test_phone_and_laptop_both_go_on_with_the_same_round(house):
    """F16: each item as whoever said it last; what the other device had seen does not come back."""

    async def devices() -> None:
        async with house.tab("3", 2) as laptop, house.tab("4", 2) as phone:
            await laptop.pick("level-3", 2)
            await phone.pick("level-4", 1)
            await house.visit(phone, "3", 2)
            assert phone.chosen("level-3") == 2
            await phone.pick("level-3", 3)
            await laptop.rerun()
            assert laptop.chosen("level-3") == 3
            await laptop.pick("level-3", 5)
            assert house.levels("3", 2) == [2, 3, 5]
            assert house.levels("4", 2) == [1]

    run(devices())


def test_a_lost_connection_loses_no_choice_and_keeps_none_twice(house):
    """F17: dropped between two clicks, and in the middle of one."""

    async def lines() -> None:
        async with house.tab("5", 2) as tab:
            await tab.pick("level-5", 2)
            tab.drop()
            assert await tab.reconnect() is not None
            assert tab.chosen("level-5") == 2
            await tab.pick("level-5", 3)
            await tab.pick_and_drop("level-5", 4)
            await asyncio.sleep(0.3)
            begun = time.monotonic()
            await tab.reconnect()
            assert time.monotonic() - begun < 10
            assert tab.chosen("level-5") == 4
            await tab.rerun()
            assert house.levels("5", 2) == [2, 3, 4]

    run(lines())


def test_a_browser_that_lost_what_it_showed_gets_it_back_and_erases_nothing(house):
    """F17 where half of a run went with the connection: the front end then drops the states of its widgets."""

    async def lines() -> None:
        async with house.tabs(["6", "7"], 2) as (answered, not_applicable):
            for key, option in (("level-6", 2), ("target-6", 4)):
                await answered.pick(key, option)
            await answered.tick("cond-a-6")
            await answered.type("comment-6", "ひとこと")
            await not_applicable.pick("reason-7", 0)
            for tab, code in ((answered, "6"), (not_applicable, "7")):
                before = house.rows(code, 2)
                await tab.rerun(forget=True)
                await tab.rerun()
                assert house.rows(code, 2) == before
            assert (answered.chosen("level-6"), answered.chosen("target-6")) == (2, 4)
            assert (answered.value("cond-a-6"), answered.value("comment-6")) == (True, "ひとこと")
            assert not_applicable.chosen("reason-7") == 0

    run(lines())


def test_forty_lost_connections_at_once_bring_back_everybodys_answers(house):
    codes = items(house)

    async def lines() -> None:
        async with house.tabs(codes, 3) as tabs:
            people = list(enumerate(zip(tabs, codes, strict=True)))
            for number, (tab, code) in people:
                await tab.pick(f"level-{code}", number % 6)
                await tab.pick_and_drop(f"level-{code}", (number + 1) % 6)
            await asyncio.gather(*(tab.reconnect() for tab in tabs))
            for number, (tab, code) in people:
                assert tab.chosen(f"level-{code}") == (number + 1) % 6
                assert house.levels(code, 3) == [number % 6, (number + 1) % 6]

    run(lines())


def test_the_first_click_after_a_restart_of_the_server_is_kept(own_house):
    """F18: after a visit, after a click, and a click that the server did not live to see."""

    async def restarts() -> None:
        async with own_house.tabs(["1", "2", "3"]) as (visited, clicked, cut):
            await clicked.pick("level-2", 2)
            await cut.pick("level-3", 3)
            own_house.program.kill()
            visited.drop()
            clicked.drop()
            await cut.pick_and_drop("level-3", 4)
            own_house.program.start()
            for tab in (visited, clicked, cut):
                await tab.reconnect()
            assert own_house.levels("3") == [3, 4]
            assert cut.chosen("level-3") == 4
            await visited.pick("level-1", 1)
            await clicked.pick("level-2", 5)
            assert (own_house.levels("1"), own_house.levels("2")) == ([1], [2, 5])
            assert (visited.chosen("level-1"), clicked.chosen("level-2")) == (1, 5)

    run(restarts())


def test_a_stale_tab_that_comes_back_after_a_restart_overwrites_nothing(own_house):
    """F18 with a second tab: it hands back all it ever showed, to a session that knows nothing."""

    async def two_tabs() -> None:
        async with own_house.tabs(["1", "1"]) as (stale, newer):
            await stale.pick("level-1", 1)
            await stale.type("comment-1", "はじめの一言")
            await own_house.visit(newer, "1")
            await newer.pick("level-1", 4)
            await newer.type("comment-1", "あとの一言")
            before = own_house.rows("1")
            own_house.program.kill()
            stale.drop()
            newer.drop()
            own_house.program.start()
            await stale.reconnect()
            assert own_house.rows("1") == before
            assert (stale.chosen("level-1"), stale.value("comment-1")) == (4, "あとの一言")
            await newer.reconnect()
            assert own_house.rows("1") == before
            await stale.pick("target-1", 5)
            assert own_house.rows("1") == [*before, (4, "あとの一言")]

    run(two_tabs())


def test_closing_while_everybody_clicks_keeps_or_refuses_each_click(house):
    """F19: closed by somebody at another program on the same database; the count in the log is the count in the round."""
    codes = items(house)
    database = open_database(str(house.company.database))
    store = database.store(house.company.organisation)
    held = store.round(house.company.running[4])
    accepted: set[str] = set()

    async def room() -> None:
        async with house.tabs(codes, 4) as tabs:
            people = list(zip(tabs, codes, strict=True))
            clicks = [asyncio.create_task(tab.pick(f"level-{code}", 2)) for tab, code in people]
            while len(accepted) < 3:
                await asyncio.sleep(0.005)
                accepted.update(code for code in codes if house.levels(code, 4))
            await asyncio.to_thread(store.close_round, held.id, held.version, "山田")
            await asyncio.gather(*clicks)
            accepted.update(code for code in codes if house.levels(code, 4))
            for tab, code in people:
                assert shown_sentence(tab, "error.RoundClosed") == (code not in accepted), code

    try:
        run(room())
        voice = store.voice(held.id)
        assert voice.held.closed
        assert {voice.edition.indicators[item].code for item in voice.recorded} == accepted
        assert all(house.levels(code, 4) == [2] for code in accepted)
    finally:
        database.close()


def test_forty_people_fit_into_three_hundred_megabytes(house):
    """F14, as resident memory: Python's libraries alone map more addresses than that, so no limit of addresses is set."""

    codes = items(house)

    async def room() -> int:
        async with house.tabs(codes, 5) as some, house.tabs(codes[: PEOPLE - len(codes)], 6):
            for tab, code in zip(some, codes, strict=True):
                await tab.pick(f"level-{code}", 3)
            return house.program.resident()

    assert run(room()) <= 300 * 2**20
