"""The averages of the edition on the whole scale: today, target, last round and what was published about others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dxassess.catalogue.model import PublishedAverage, Scale
from dxassess.figures import style
from dxassess.figures.lettering import clipped, escaped, lettered
from dxassess.figures.style import Figure, Part
from dxassess.text import Words

BAND = 112
_HEAD, _COUNTS, _LINE, _NOTE = 10, 29, 72, 94


@dataclass(frozen=True, slots=True)
class AverageRow:
    """One average: `n` of `m` items stand behind `current`. `group` is whom the published figure is about, in words."""

    label: str
    current: Fraction | None
    target: Fraction | None
    last: Fraction | None
    published: PublishedAverage | None
    n: int
    m: int
    group: str = ""

    @property
    def others(self) -> float | None:
        """The published mean, where there is one."""
        return self.published.current_mean if self.published else None


def draw(rows: Sequence[AverageRow], scale: Scale, words: Words, title: str | None = None) -> Figure:
    """One band per average. `title` is the sentence above; without it the first average is put into words."""
    beyond = [value for row in rows for value in (row.current, row.target, row.last)]
    frame = style.layout(
        title or _title(rows, words),
        BAND * max(len(rows), 2),
        key=style.key(words, "current", "target", "last", "published"),
        left=36,
        right=36,
        bottom=104,
    )
    frame["xaxis"] = style.value_axis(scale, words, names=True, values=beyond)
    frame["xaxis"]["showgrid"] = not _filled(rows)
    frame["yaxis"] = style.paper_axis(BAND * max(len(rows), 2))
    if not _filled(rows):
        return style.empty(frame, words("figure.averages.empty"))
    low, high = frame["xaxis"]["range"]
    frame["annotations"] += [
        part for number, row in enumerate(rows) for part in _heads(number, row, (low, high), words)
    ]
    return {
        "data": [
            _tracks(rows, low, high),
            _steps(rows, frame["xaxis"]["tickvals"]),
            *_marks(rows, high - low, words),
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


def _title(rows: Sequence[AverageRow], words: Words) -> str:
    if not _filled(rows):
        return words("figure.averages.title_empty")
    first = rows[0]
    key = "title" if first.target is not None else "title_no_target"
    return words(
        f"figure.averages.{key}",
        label=first.label,
        current=words.number(first.current, 1),
        target=words.number(first.target, 1),
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


def _note(row: AverageRow, words: Words, *, whole: bool = False) -> str:
    """`n=1,349、2024年、ipa.go.jp`: whom a published figure is about and who says so; `whole` gives the full source."""
    published = row.published
    if published is None:
        return ""
    parts = [
        row.group,
        words("figure.published_n", n=words.number(published.n, 0)) if published.n else "",
        words("figure.published_year", year=published.year),
        published.source if whole else published.site,
    ]
    return words("common.comma").join(part for part in parts if part)


def _heads(number: int, row: AverageRow, ends: tuple[float, float], words: Words) -> list[Part]:
    top, (low, high) = number * BAND, ends
    counts = words.n_of_m(row.n, row.m)
    if row.last is not None:
        counts = words("figure.averages.counts_last", counts=counts, last=words.number(row.last))
    found = [
        _line(low, top + _HEAD, f"<b>{lettered(row.label, 22, 1)}</b>", size=15, color=style.INK),
        _line(low, top + _COUNTS, escaped(counts)),
    ]
    if row.others is not None:
        note = f"{words.number(row.others)} &nbsp;{escaped(clipped(_note(row, words), 17))}"
        in_left_half = row.others < (low + high) / 2
        side = {"xanchor": "left", "xshift": 10} if in_left_half else {"xanchor": "right", "xshift": -10}
        found.append(_line(float(row.others), top + _NOTE, note, **side))
    return found


def _line(x: float, y: float, words: str, **more: object) -> Part:
    return style.text(x, y, words, **{"xanchor": "left", "yanchor": "middle", "xshift": -4, **more})


def _tracks(rows: Sequence[AverageRow], low: float, high: float) -> Part:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for number in range(len(rows)):
        xs += [low, high, None]
        ys += [number * BAND + _LINE] * 2 + [None]
    return _trace(xs, ys, mode="lines", line={"color": style.AXIS, "width": 2}, hoverinfo="skip")


def _steps(rows: Sequence[AverageRow], levels: Sequence[float]) -> Part:
    """Small ticks on every band, so that it reads like a ruler."""
    xs = [level for _ in rows for level in levels]
    ys = [number * BAND + _LINE for number in range(len(rows)) for _ in levels]
    ticks = {"symbol": "line-ns", "size": 5, "line": {"color": style.AXIS, "width": 2}}
    return _trace(xs, ys, mode="markers", marker=ticks, cliponaxis=False, hoverinfo="skip")


def _marks(rows: Sequence[AverageRow], span: float, words: Words) -> list[Part]:
    ys = [number * BAND + _LINE for number in range(len(rows))]
    below = [number * BAND + _NOTE for number in range(len(rows))]
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
    if row.current is None or row.target is None or abs(row.target - row.current) > span * 0.13:
        return "top center", "top center"
    return ("top left", "top right") if row.current <= row.target else ("top right", "top left")


def _hover(row: AverageRow, words: Words) -> str:
    found = [
        row.label,
        words("figure.hover.current", value=words.number(row.current), counts=words.n_of_m(row.n, row.m)),
        words("figure.hover.target", value=words.number(row.target)),
    ]
    if row.last is not None:
        found.append(words("figure.hover.last", value=words.number(row.last)))
    if row.others is not None:
        found.append(
            words(
                "figure.hover.published", value=words.number(row.others), note=_note(row, words, whole=True)
            )
        )
    return style.hover(*found)


def _trace(xs: Sequence[float | None], ys: Sequence[float | None], **more: object) -> Part:
    return {"type": "scatter", "x": list(xs), "y": list(ys), **more}
