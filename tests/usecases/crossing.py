"""A second edition beside the tiny one: `later`, with a crosswalk back. 1 overlaps 1 and 1-1, 2 is broader than 2, the others have none."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from dxassess.assessment.model import Round
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.usecases import close_round, start_round
from tests.conftest import TINY
from tests.usecases.conftest import House

LINES = {
    "1": [("tiny.1", "overlaps"), ("tiny.1-1", "overlaps")],
    "2": [("tiny.2", "broader")],
}


def write_later(
    folder: Path, lines: Mapping[str, list[tuple[str, str]]] = LINES, name: str = "later"
) -> Path:
    """The folder of the second edition, below `folder`."""
    target = Path(shutil.copytree(TINY, folder / name))
    for path in target.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("tiny.", f"{name}.").replace("id: tiny\n", f"id: {name}\n")
        text = text.replace("ちいさな診断", "あたらしい診断").replace("A tiny assessment", "A new assessment")
        for to, relation in lines.get(path.stem, ()):
            text += "" if "crosswalk:" in text else "crosswalk:\n"
            text += (
                f"  - {{to: {to}, relation: {relation}, levels: changed, basis: own,"
                f' reason: {{ja: "{path.stem}は{to}と重なります。", en: "{path.stem} overlaps {to}."}}}}\n'
            )
        path.write_text(text, encoding="utf-8")
    return target


def later(tmp_path: Path, lines: Mapping[str, list[tuple[str, str]]] = LINES) -> Edition:
    """The second edition."""
    return load_edition(write_later(tmp_path, lines))


def with_editions(house: House, *editions: Edition) -> House:
    """The same organisation with these editions installed."""
    return replace(house, app=replace(house.app, editions={each.id: each for each in editions}))


def hold(
    house: House, edition: str, levels: Mapping[str, float], day: date, section: str | None = None
) -> Round:
    """A closed round of one of the installed editions."""
    held = start_round(house.app, house.store, edition, f"{edition} {day:%m}", day, None, section=section)
    for code, level in levels.items():
        house.say(held, code, level)
    return close_round(house.store, held, "山田")
