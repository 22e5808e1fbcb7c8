"""A copy of the tiny edition that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "data" / "tiny"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A sound copy of the tiny edition, in a folder of its name."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def spoil(tiny: Path) -> Callable[[str, str, str], None]:
    """Replaces one passage of a file of the copy; an empty passage stands for the end of the file."""

    def replace(name: str, old: str, new: str) -> None:
        path = tiny / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")

    return replace
