"""F18, F21 on the board: a restarted server, a lost connection, two facilitators: nothing recorded is lost or overwritten.

Through Streamlit's own protocol, against the real program; what counts is what lies in the database afterwards.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dxassess.text import Words
from dxassess.usecases import decide, decisions_of, focus_on
from tests.protocol.hall import Hall, new_hall
from tests.protocol.loop import run
from tests.protocol.phone import Phone
from tests.protocol.program import Program, dxassess
from tests.protocol.tab import Tab

ITEM = "4-1"
WORDS = Words("ja")


@dataclass
class Stage:
    """A program with a revealed vote, and an item on its board."""

    program: Program
    hall: Hall

    def key(self, name: str) -> str:
        return f"{name}-{ITEM}-{self.hall.round}"

    async def tab(self) -> Tab:
        """A facilitator who looks at the item."""
        tab = Tab(self.program.port)
        await tab.open("board", org=self.hall.organisation, round=self.hall.round)
        return tab

    def restart(self) -> None:
        self.program.kill()
        self.program.start()

    def recorded(self) -> list[tuple[object, str]]:
        """Level and reason of every record, oldest first."""
        made = self.hall.do(decisions_of)
        return [(each.answer.answer.level, each.reason) for each in made]

    def somebody_else_records(self, level: int) -> None:
        self.hall.do(
            lambda store, held: decide(
                store,
                held,
                store.edition(held.edition_hash).by_code[ITEM],
                {"level": level},
                based_on=None,
                key="somebody else",
                by="田中",
            )
        )


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    program = dxassess(tmp_path)
    hall = new_hall(tmp_path / "dx.sqlite")
    program.start()

    async def vote() -> None:
        for place, level in enumerate((1, 4)):
            phone = Phone(program.port)
            await phone.join(hall.link, "it", f"{place} 番")
            await phone.pick(f"dx2019.{ITEM}", level)
            await phone.close()

    run(vote())
    hall.reveal()
    hall.do(lambda store, held: focus_on(store, held, store.edition(held.edition_hash).by_code[ITEM]))
    yield Stage(program, hall)
    program.stop()


def as_facilitator(stage: Stage, what: Callable[[Tab], Awaitable[None]]) -> None:
    async def at_the_board() -> None:
        tab = await stage.tab()
        await what(tab)
        await tab.close()

    run(at_the_board())


def test_the_first_level_picked_after_the_server_was_killed_is_recorded(stage: Stage) -> None:
    async def picks(tab: Tab) -> None:
        stage.restart()
        await tab.reconnect()
        await tab.pick(stage.key("level"), "2")
        assert WORDS("board.saved", time="", by="").rstrip() in tab.html()

    as_facilitator(stage, picks)
    assert stage.recorded() == [(2, "")]


def test_a_level_picked_as_the_connection_went_is_recorded_when_it_is_back(stage: Stage) -> None:
    async def picks(tab: Tab) -> None:
        await tab.pick_and_drop(stage.key("level"), "3")
        await tab.reconnect()

    as_facilitator(stage, picks)
    assert stage.recorded() == [(3, "")]


def test_a_level_picked_as_the_server_died_is_recorded_by_the_next_one(stage: Stage) -> None:
    async def picks(tab: Tab) -> None:
        await tab.type(stage.key("reason"), "根拠はまだない")
        stage.program.kill()
        tab.drop()
        tab.states[stage.key("level")] = tab._choice(stage.key("level"), "3")
        stage.program.start()
        await tab.reconnect()

    as_facilitator(stage, picks)
    assert stage.recorded() == [(None, "根拠はまだない"), (3, "根拠はまだない")]


def test_what_somebody_else_recorded_meanwhile_is_not_overwritten_by_a_browser_that_comes_back(
    stage: Stage,
) -> None:
    async def picks(tab: Tab) -> None:
        stage.program.kill()
        tab.drop()
        stage.somebody_else_records(4)
        stage.program.start()
        tab.states[stage.key("level")] = tab._choice(stage.key("level"), "1")
        await tab.reconnect()
        assert "田中" in tab.html()

    as_facilitator(stage, picks)
    assert stage.recorded() == [(4, "")]


def test_who_takes_over_finds_the_item_and_everything_recorded(stage: Stage) -> None:
    async def picks(tab: Tab) -> None:
        await tab.pick(stage.key("level"), "2")
        await tab.type(stage.key("reason"), "まだ一部")

    as_facilitator(stage, picks)
    stage.restart()

    async def looks(tab: Tab) -> None:
        assert tab.chosen(stage.key("level")) == 2
        assert tab.value(stage.key("reason")) == "まだ一部"

    as_facilitator(stage, looks)
