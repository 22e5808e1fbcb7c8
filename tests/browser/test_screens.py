"""Pictures of every page for people to look at, and what a machine can judge of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Toured
from tests.browser.person import PATHS
from tests.browser.tour import SIZES


def test_every_page_has_its_picture_in_every_size(toured: Toured, screenshots: Path) -> None:
    for word in PATHS:
        for size in SIZES:
            assert (screenshots / f"{toured.name}-{word}-{size}.png").stat().st_size > 5_000


def test_all_words_stand_out_from_their_ground(toured: Toured) -> None:
    """At least 4.5 to 1, large ones 3 to 1, as WCAG asks for at AA."""
    assert {word: seen.faint for word, seen in toured.tour.pages.items() if seen.faint} == {}


@pytest.mark.parametrize("size", SIZES)
def test_no_words_lie_on_others(toured: Toured, size: str) -> None:
    covered = {word: seen.covered[size] for word, seen in toured.tour.pages.items()}
    assert {word: lines for word, lines in covered.items() if lines} == {}


@pytest.mark.parametrize("size", SIZES)
def test_no_page_scrolls_sideways(toured: Toured, size: str) -> None:
    assert {word: seen.too_wide[size] for word, seen in toured.tour.pages.items()} == dict.fromkeys(PATHS, 0)
