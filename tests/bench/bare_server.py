"""Serve `bare.py` with the program's own server settings: `python -m tests.bench.bare_server PORT` (BARE_PAGES names the pages)."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import plotly.io  # noqa: F401 - what the program has imported when its first visitor comes
import streamlit as st

from dxassess.settings import from_environment
from dxassess.ui.server import config


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """As the program does once it is ready."""
    gc.collect()
    gc.freeze()
    yield {}


if __name__ == "__main__":
    settings = replace(from_environment({}), port=int(sys.argv[1]))
    st.App(Path(__file__).parent / "bare.py", lifespan=lifespan).run(config=config(settings))
