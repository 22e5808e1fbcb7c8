"""What the server changes in Streamlit for speed changes nothing it sends."""

import pytest
import streamlit.config as streamlit_config
import streamlit.runtime.runtime as streamlit_runtime

from dxassess.ui import server


@pytest.mark.parametrize("section", ["theme", "theme.sidebar", "theme.dark"])
def test_the_theme_is_looked_up_once_and_says_the_same(monkeypatch, section):
    asked = []
    stock = streamlit_config.get_options_for_section

    def counting(name):
        asked.append(name)
        return stock(name)

    monkeypatch.setattr(streamlit_config, "get_options_for_section", counting)
    server._read_theme_once()
    server._read_theme_once()
    found = [streamlit_config.get_options_for_section(section) for _ in range(3)]
    assert found == [stock(section)] * 3
    assert asked == [section]


def test_what_is_drawn_is_sent_after_three_milliseconds(monkeypatch):
    monkeypatch.setattr(streamlit_runtime, "MESSAGE_FLUSH_INTERVAL_SECS", 0.005)
    server._send_sooner()
    assert streamlit_runtime.MESSAGE_FLUSH_INTERVAL_SECS == server.SEND_EVERY == 0.003
