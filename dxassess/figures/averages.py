"""The averages of the edition on the whole scale: today, target, last round and what was published about others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.catalogue.model import Aggregate, PublishedAverage, Scale
from dxassess.figures import style
from dxassess.figures.lettering import escaped, lettered, lines, width
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

BAND, LABEL_LINE = 112, 19
"""Height of an average, and what each further line of a long name adds to it."""
SIDE, WIDE_SIDE = 36, 48
"""Free space left and right, and where a number stands beside a mark at that end of the axis."""
_HEAD, _COUNTS, _LINE, _NOTE = 19, 29, 72, 94


@dataclass(frozen=True, slots=True)
class AverageRow:
    """One average: `n` of `m` items stand behind `current`; `aggregate` says what it is (a mean, a sum, a minimum).

    `group` is whom the published figure is about, in words.
    """

    label: str
    current: Fraction | None
    target: Fraction | None
    last: Fraction | None
    published: PublishedAverage | None
    n: int
    m: int
    group: str = ""
    aggregate: Aggregate = "mean"

    @property
    def others(self) -> float | None:
        """The published mean, where there is one."""
        return self.published.current_mean if self.published else None


def draw(
    rows: Sequence[AverageRow],
    scale: Scale,
    words: Words,
    title: str | None = None,
    top: Fraction | None = None,
) -> Figure:
    """One band per average. `title` is the sentence above (`""`: none); without it the first average is put into words.

    `top` is the most an average can come to, where sums reach beyond the scale.
    """
    *tops, height = _tops(rows) if _filled(rows) else (2 * BAND,)
    axis = style.value_axis(scale, words, names=True, values=[*_beyond(rows), top])
    low, high = axis["range"]
    frame = style.layout(
        headline(rows, words) if title is None else title,
        height,
        key=style.key(words, *_kinds(rows)),
        left=_side(rows, low, high - low),
        right=_side(rows, high, high - low),
        bottom=28 + style.rows_below(axis),
        above=8,
    )
    frame["xaxis"] = {**axis, "showgrid": not _filled(rows)}
    frame["yaxis"] = style.paper_axis(height)
    if not _filled(rows):
        return style.empty(frame, words("figure.averages.empty"))
    frame["annotations"] += [
        part for top, row in zip(tops, rows, strict=True) for part in _heads(top, row, (low, high), words)
    ]
    return {
        "data": [
            _tracks(tops, low, high),
            _steps(tops, frame["xaxis"]["tickvals"]),
            *_marks(rows, tops, high - low, words),
        ],
        "layout": frame,
    }


def describe(rows: Sequence[AverageRow], scale: Scale, words: Words) -> str:
    """The chart in sentences, one average after the other."""
    if not _filled(rows):
        return words("figure.averages.empty")
    return "\n".join(_sentence(row, words) for row in rows)


def _filled(rows: Sequence[AverageRow]) -> bool:
    return any(row.current is not None or row.target is not None for row in rows)


def _tops(rows: Sequence[AverageRow]) -> list[float]:
    """Where each band begins, below the further lines of its name, and last where the lowest one ends."""
    found: list[float] = []
    y = 0.0
    for row in rows:
        y += LABEL_LINE * (len(lines(row.label, 22)) - 1)
        found.append(y)
        y += BAND
    return [*found, y]


def _beyond(rows: Sequence[AverageRow]) -> list[Fraction | None]:
    return [value for row in rows for value in (row.current, row.target, row.last)]


def _kinds(rows: Sequence[AverageRow]) -> tuple[str, ...]:
    """The marks that occur, in the order of the key; today and target always."""
    last = ("last",) if any(row.last is not None for row in rows) else ()
    return ("current", "target", *last, *(("published",) if any(row.others for row in rows) else ()))


def headline(rows: Sequence[AverageRow], words: Words) -> str:
    """The first average in words: the sentence above the chart."""
    if not _filled(rows):
        return words("figure.averages.title_empty")
    first = rows[0]
    key = "title" if first.target is not None else "title_no_target"
    return words(
        f"figure.averages.{key}",
        label=first.label,
        aggregate=words(f"figure.aggregate.{first.aggregate}"),
        current=words.number(first.current),
        target=words.number(first.target),
    )


def _sentence(row: AverageRow, words: Words) -> str:
    said = [
        words(
            "figure.averages.said",
            label=row.label,
            current=words.number(row.current),
            target=words.number(row.target),
            counts=words.n_of_m(row.n, row.m),
        )
    ]
    if row.last is not None:
        said.append(words("figure.averages.said_last", last=words.number(row.last)))
    if row.others is not None:
        said.append(
            words("figure.averages.said_published", value=words.number(row.others), note=_note(row, words))
        )
    return " ".join(said)


def said_by(published: PublishedAverage, words: Words) -> tuple[str, ...]:
    """Who published a figure and when, and about how many, or that this is not said: `IPA 2024年`, `n=1,349`."""
    publisher = published.publisher or published.source.split(";")[0].split("/")[0]
    by = words("figure.published_by", publisher=publisher, year=published.year)
    known = words("figure.published_n", n=words.number(published.n, 0))
    return by, known if published.n else words("figure.published.no_n")


def _note(row: AverageRow, words: Words) -> str:
    """What stands behind a published figure, in full: who, when, how many, which companies, where it was read."""
    if row.published is None:
        return ""
    parts = (*said_by(row.published, words), row.group, row.published.source)
    return words("common.comma").join(part for part in parts if part)


def _short_note(published: PublishedAverage, words: Words) -> str:
    """As much of who, when and how many as stands beside the mark on a phone; nothing is cut in the middle."""
    by = said_by(published, words)
    year = words("figure.published_year", year=published.year)
    return next((note for note in (words("common.comma").join(by), by[0]) if width(note) <= 15), year)


def _heads(top: float, row: AverageRow, ends: tuple[float, float], words: Words) -> list[Part]:
    low, high = ends
    counts = words.n_of_m(row.n, row.m)
    if row.last is not None:
        counts = words("figure.averages.counts_last", counts=counts, last=words.number(row.last))
    found = [
        _line(
            low, top + _HEAD, f"<b>{lettered(row.label, 22)}</b>", size=15, color=style.INK, yanchor="bottom"
        ),
        _line(low, top + _COUNTS, escaped(counts)),
    ]
    if row.published is not None and row.others is not None:
        note = f"{words.number(row.others)} &nbsp;{escaped(_short_note(row.published, words))}"
        in_left_half = row.others < (low + high) / 2
        side = {"xanchor": "left", "xshift": 10} if in_left_half else {"xanchor": "right", "xshift": -10}
        found.append(_line(float(row.others), top + _NOTE, note, **side))
    return found


def _line(x: float, y: float, words: str, **more: object) -> Part:
    return style.text(x, y, words, **{"xanchor": "left", "yanchor": "middle", "xshift": -4, **more})


def _tracks(tops: Sequence[float], low: float, high: float) -> Part:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for top in tops:
        xs += [low, high, None]
        ys += [top + _LINE] * 2 + [None]
    return _trace(xs, ys, mode="lines", line={"color": style.AXIS, "width": 2}, hoverinfo="skip")


def _steps(tops: Sequence[float], levels: Sequence[float]) -> Part:
    """Small ticks on every band, so that it reads like a ruler."""
    xs = [level for _ in tops for level in levels]
    ys = [top + _LINE for top in tops for _ in levels]
    ticks = {"symbol": "line-ns", "size": 5, "line": {"color": style.AXIS, "width": 2}}
    return _trace(xs, ys, mode="markers", marker=ticks, cliponaxis=False, hoverinfo="skip")


def _marks(rows: Sequence[AverageRow], tops: Sequence[float], span: float, words: Words) -> list[Part]:
    ys = [top + _LINE for top in tops]
    below = [top + _NOTE for top in tops]
    texts = [_hover(row, words) for row in rows]
    shown = {"hoverinfo": "text", "hovertext": texts, "cliponaxis": False}
    sides = [_sides(row, span) for row in rows]
    values = {"mode": "markers+text", "textfont": {"size": 15, "color": style.ACCENT}}
    return [
        _trace([row.others for row in rows], below, marker=style.PUBLISHED_MARK, mode="markers", **shown),
        _trace(
            [style.place(row.last) for row in rows],
            ys,
            marker={**style.LAST, "size": 14},
            mode="markers",
            **shown,
        ),
        _trace(
            [style.place(row.target) for row in rows],
            ys,
            marker={**style.TARGET, "size": 18},
            text=[_value(row.target, words) for row in rows],
            textposition=[target for _, target in sides],
            **values,
            **shown,
        ),
        _trace(
            [style.place(row.current) for row in rows],
            ys,
            marker={**style.CURRENT, "size": 16},
            text=[f"<b>{_value(row.current, words)}</b>" for row in rows],
            textposition=[current for current, _ in sides],
            **values,
            **shown,
        ),
    ]


def _value(value: Fraction | None, words: Words) -> str:
    return "" if value is None else words.number(value)


def _sides(row: AverageRow, span: float) -> tuple[str, str]:
    """Where the numbers of today and target stand above their marks, so that near ones do not meet."""
    if row.current is None or row.target is None or not _near(row, span):
        return "top center", "top center"
    return ("top left", "top right") if row.current <= row.target else ("top right", "top left")


def _near(row: AverageRow, span: float) -> bool:
    """Would the numbers of today and target meet above their marks?"""
    return row.current is not None and row.target is not None and abs(row.target - row.current) <= span * 0.13


def _side(rows: Sequence[AverageRow], end: float, span: float) -> int:
    """Free space beside an end of the axis."""
    values = [value for row in rows if _near(row, span) for value in (row.current, row.target)]
    reaches = any(value is not None and abs(float(value) - end) < span * 0.05 for value in values)
    return WIDE_SIDE if reaches else SIDE


def _hover(row: AverageRow, words: Words) -> str:
    found = [
        row.label,
        words("figure.hover.current", value=words.number(row.current), counts=words.n_of_m(row.n, row.m)),
        words("figure.hover.target", value=words.number(row.target)),
    ]
    if row.last is not None:
        found.append(words("figure.hover.last", value=words.number(row.last)))
    if row.others is not None:
        found.append(words("figure.hover.published", value=words.number(row.others), note=_note(row, words)))
    return style.hover(*found)


def _trace(xs: Sequence[float | None], ys: Sequence[float | None], **more: object) -> Part:
    return {"type": "scatter", "x": list(xs), "y": list(ys), **more}
