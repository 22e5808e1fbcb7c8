"""What the tests of figures share: a strict look at a figure, words, and points of rounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from plotly.graph_objects import Figure as StrictFigure

from dxassess.assessment.model import FiscalQuarter, Round
from dxassess.assessment.progress import Point
from dxassess.assessment.scoring import Counts
from dxassess.catalogue.model import Edition, Scale
from dxassess.text import Words


@pytest.fixture(params=["ja", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param)


@pytest.fixture
def ja() -> Words:
    return Words("ja")


@pytest.fixture
def scale(tiny: Edition) -> Scale:
    return tiny.scale


@pytest.fixture
def strict() -> Callable[[dict], dict]:
    """Refuses what Plotly does not know, and what the page cannot draw: no trace at all. Gives the figure back."""

    def check(figure: dict) -> dict:
        assert set(figure) == {"data", "layout"}
        assert figure["data"]
        assert type(figure["layout"]) is dict
        StrictFigure(figure)
        return figure

    return check


@pytest.fixture
def said() -> Callable[[dict], str]:
    """Every word written on a figure, hover texts left out."""

    def collect(figure: dict) -> str:
        return "\n".join(note["text"] for note in figure["layout"]["annotations"])

    return collect


@pytest.fixture
def held() -> Callable[..., Round]:
    """A round of a quarter."""

    def build(
        year: int, quarter: int, title: str = "診断", edition: str = "tiny", day: date | None = None
    ) -> Round:
        day = day or date(year, 3 * quarter, 20)
        return Round(
            f"{title}{day}", title, edition, 1, "hash", day, FiscalQuarter(year, quarter), closed=True
        )

    return build


@pytest.fixture
def point() -> Callable[..., Point]:
    """A node in a round; `n` of `m` items stand behind it."""

    def build(held: Round, value: str | None, target: str | None = None, n: int = 4, m: int = 4) -> Point:
        return Point(
            held,
            None if value is None else Fraction(value),
            None if target is None else Fraction(target),
            Counts(n=n, m=m),
            Counts(n=m, m=m),
        )

    return build
