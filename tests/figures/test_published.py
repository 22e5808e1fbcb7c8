from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dxassess.catalogue.model import PublishedAverage, Scale
from dxassess.figures import published, style
from dxassess.figures.published import PublishedRow
from dxassess.text import Words


def row(year: int, mean: float, n: int | None = None, beside: bool = False) -> PublishedRow:
    average = PublishedAverage(year=year, group="all", of="all", n=n, current_mean=mean, source="架空の出典")
    return PublishedRow(average, "提出した<b>企業", beside)


ROWS = [row(2024, 1.67, 1349), row(2023, 1.14, beside=True)]


def test_no_line_joins_the_published_figures(words: Words, scale: Scale, strict: Callable) -> None:
    own, marks = strict(published.draw(ROWS, Fraction(2), scale, words))["data"]
    assert (marks["mode"], marks["x"]) == ("markers+text", [1.67, 1.14])
    assert own["x"] == [2.0, 2.0]


def test_the_one_that_stands_beside_is_filled_and_bold_and_every_one_says_how_many(
    ja: Words, scale: Scale, said: Callable
) -> None:
    figure = published.draw(ROWS, None, scale, ja)
    assert figure["data"][0]["marker"]["symbol"] == ["diamond-open", "diamond"]
    text = said(figure)
    assert "n=1,349" in text and "社数の記載なし" in text and "&lt;b&gt;" in text
    assert [note["text"].startswith("<b>") for note in figure["layout"]["annotations"][-2:]] == [False, True]


def test_nothing_published_is_said(words: Words, scale: Scale, strict: Callable, said: Callable) -> None:
    figure = strict(published.draw([], Fraction(1), scale, words))
    assert figure["data"] == [style.NOTHING]
    assert words("figure.published.empty")[:5] in said(figure)
    assert published.describe([], words) == words("figure.published.empty")


def test_the_chart_in_words(ja: Words) -> None:
    assert published.describe(ROWS, ja).splitlines()[0] == "2024年 提出した<b>企業（n=1,349） 1.67"
