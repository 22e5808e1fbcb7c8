"""What is changed in Streamlit for speed changes nothing it sends: the same things, in the same order, none lost."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
import streamlit.config as streamlit_config
import streamlit.elements.widgets.button_group as streamlit_buttons
import streamlit.runtime.app_session as streamlit_session
import streamlit.runtime.runtime as streamlit_runtime
from streamlit.string_util import extract_leading_icon

from dxassess.ui import haste
from tests.protocol.loop import run


@pytest.mark.parametrize("section", ["theme", "theme.sidebar", "theme.dark"])
def test_the_theme_is_looked_up_once_and_says_the_same(monkeypatch, section):
    asked = []
    stock = streamlit_config.get_options_for_section

    def counting(name):
        asked.append(name)
        return stock(name)

    monkeypatch.setattr(streamlit_config, "get_options_for_section", counting)
    haste._remember(streamlit_config, "get_options_for_section", None)
    haste._remember(streamlit_config, "get_options_for_section", None)
    found = [streamlit_config.get_options_for_section(section) for _ in range(3)]
    assert found == [stock(section)] * 3
    assert asked == [section]


@pytest.mark.parametrize(
    "label", ["", "4-1 · 2", "**4**\u20023/5", "○", "🚨 4-1", ":material/warning: 4-1", ":material/"]
)
def test_labels_keep_the_icons_they_have(monkeypatch, label):
    monkeypatch.setattr(streamlit_buttons, "extract_leading_icon", extract_leading_icon)
    haste._remember(streamlit_buttons, "extract_leading_icon", haste.LABELS)
    assert [streamlit_buttons.extract_leading_icon(label) for _ in range(2)] == [
        extract_leading_icon(label)
    ] * 2


def test_what_is_drawn_is_sent_after_three_milliseconds(monkeypatch):
    monkeypatch.setattr(streamlit_runtime, "MESSAGE_FLUSH_INTERVAL_SECS", 0.005)
    haste._send_sooner()
    assert streamlit_runtime.MESSAGE_FLUSH_INTERVAL_SECS == haste.SEND_EVERY == 0.003


def test_between_messages_others_run_after_every_sixteenth(monkeypatch):
    monkeypatch.setattr(streamlit_runtime, "asyncio", asyncio)
    haste._send_in_batches()
    sending, order = streamlit_runtime.asyncio, []

    async def sender():
        for number in range(2 * haste.AT_ONE_GO):
            order.append(number)
            await sending.sleep(0)

    async def other():
        order.append("other")

    async def both():
        await asyncio.gather(sender(), other())

    run(both())
    assert order.index("other") == haste.AT_ONE_GO
    assert [number for number in order if number != "other"] == list(range(2 * haste.AT_ONE_GO))


def test_a_wait_stays_a_wait_and_the_rest_of_asyncio_is_asyncio():
    sending = haste._Asyncio()

    async def waited():
        loop = asyncio.get_running_loop()
        begun = loop.time()
        assert await sending.sleep(0.02, "done") == "done"
        return loop.time() - begun

    assert run(waited()) >= 0.019
    assert sending.wait is asyncio.wait and sending.FIRST_COMPLETED is asyncio.FIRST_COMPLETED


def hand_over(threads: int, each: int) -> list[tuple[int, int]]:
    """What ran on the loop when so many scripts handed over so much each."""
    ran: list[tuple[int, int]] = []

    async def scripts():
        session = SimpleNamespace(_event_loop=asyncio.get_running_loop())
        finished = asyncio.Event()

        def note(name: int, number: int):
            ran.append((name, number))
            if len(ran) == threads * each:
                finished.set()

        def script(name: int):
            for number in range(each):
                haste._hand_over(session, lambda number=number: note(name, number))

        runners = [threading.Thread(target=script, args=(name,)) for name in range(threads)]
        haste._hand_over(session, lambda: None)
        for runner in runners:
            runner.start()
        await asyncio.wait_for(finished.wait(), 30)
        for runner in runners:
            runner.join()

    run(scripts())
    return ran


def test_everything_scripts_hand_over_runs_once_and_in_their_order():
    ran = hand_over(threads=4, each=2000)
    assert len(ran) == len(set(ran)) == 8000
    for name in range(4):
        assert [number for found, number in ran if found == name] == list(range(2000))


def test_a_script_that_is_still_busy_when_the_server_is_gone_gets_no_error():
    loop = asyncio.new_event_loop()
    loop.close()
    session = SimpleNamespace(_event_loop=loop)
    haste._hand_over(session, lambda: pytest.fail("the loop is closed"))
    haste._hand_over(session, lambda: pytest.fail("the loop is closed"))


def test_one_failing_callback_does_not_take_the_others_with_it():
    ran, told = [], []

    async def scripts():
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: told.append(type(context["exception"])))
        session = SimpleNamespace(_event_loop=loop)
        haste._hand_over(session, lambda: ran.append(1))
        haste._hand_over(session, lambda: 1 / 0)
        haste._hand_over(session, lambda: ran.append(2))
        await asyncio.sleep(0.05)

    run(scripts())
    assert (ran, told) == ([1, 2], [ZeroDivisionError])


def test_streamlit_still_has_what_is_changed():
    assert hasattr(streamlit_runtime, "MESSAGE_FLUSH_INTERVAL_SECS")
    assert hasattr(streamlit_runtime, "asyncio")
    assert hasattr(streamlit_session.AppSession, "_call_soon_on_event_loop")
    assert hasattr(streamlit_config, "get_options_for_section")
    assert hasattr(streamlit_buttons, "extract_leading_icon")
