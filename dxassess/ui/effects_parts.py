"""The parts of the effect ledger that sum up: what came together, quarter by quarter, and the KPIs as a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.account import Account
from dxassess.assessment.effects import Amounts, Cost, QuarterSum, Total
from dxassess.assessment.kpi import Kpi
from dxassess.figures import ledger
from dxassess.figures.ledger import Point
from dxassess.text import Number, Words
from dxassess.ui.components import block, html_table, plain, subheading
from dxassess.ui.components import chart as drawn
from dxassess.ui.context import Here
from dxassess.usecases.effects import Book

SHOWN = ("hours", "yen")
QUARTER_COLUMNS = (
    *("quarter", "hours", "expected_hours", "yen", "expected_yen"),
    *("hours_so_far", "yen_so_far"),
)
COLUMNS = ("kpi", "way", "gain", "sum", "expected", "n", "standing")
LEFT_OUT = ("before", "running", "no_baseline")


def unit_of(words: Words, kpi: Kpi) -> str:
    """The unit of a KPI in the language of the page, where the program knows it."""
    return words(f"effects.unit_{kpi.kind}") if kpi.adds_up else kpi.unit


def amount(words: Words, kpi: Kpi, value: Number | None) -> str:
    """An amount with its unit; a dash where there is none."""
    if value is None:
        return words.level(None)
    return words("effects.amount", amount=words.level(value), unit=unit_of(words, kpi))


def full_name(words: Words, kpi: Kpi) -> str:
    """Name, unit, frequency and direction of a KPI."""
    return words(
        "effects.name",
        name=kpi.name,
        unit=unit_of(words, kpi),
        frequency=words(f"effects.frequency_{kpi.frequency}"),
        better=words(f"effects.better_{kpi.better}"),
    )


def sums(here: Here, found: Book) -> None:
    """This fiscal year and since the start: hours, yen, on how many periods it stands, what was spent; what is left out and why."""
    words = here.words
    if found.stale:
        names = words("common.comma").join(each.kpi.name for each in found.stale)
        block(words("effects.stale", n=len(found.stale), names=names), "hint")
    cards = (
        _card(
            words,
            words("effects.this_year", year=found.year),
            found.total(found.year),
            found.cost(found.year),
            found.rate,
        ),
        _card(words, words("effects.whole"), found.total(), found.cost(), found.rate),
    )
    st.html('<div class="dx-figures">' + "".join(cards) + "</div>")
    for why in LEFT_OUT:
        n = found.not_counted(why)
        if n:
            block(words(f"effects.left_out_{why}", n=n), "quiet")
    with st.expander(words("effects.how_title")):
        block(words("effects.how"))


def _card(words: Words, name: str, total: Total, cost: Cost, rate: int | None) -> str:
    hours = words("effects.big_hours", hours=words.level(total.measured.hours))
    expected = words("effects.expected_hours", hours=words.level(total.expected.hours))
    lines = (expected, *_worth(words, total, rate), _counted(words, total), _cost(words, cost))
    small = "".join(f'<div class="small">{plain(line)}</div>' for line in lines)
    return (
        f'<div class="dx-figure"><div class="name">{plain(name)}</div>'
        f'<div class="big">{plain(hours)}</div>{small}</div>'
    )


def _worth(words: Words, total: Total, rate: int | None) -> tuple[str, ...]:
    values = {
        "yen": words.number(total.measured.valued(rate), 0),
        "expected": words.number(total.expected.valued(rate), 0),
    }
    if rate is None:
        return (words("effects.worth_no_rate", **values),)
    hours = Amounts(hours=total.measured.hours).valued(rate)
    made = words(
        "effects.worth_made",
        hours=words.number(hours, 0),
        rate=words.number(rate, 0),
        yen=words.number(total.measured.yen, 0),
    )
    return (words("effects.worth", **values), made)


def _counted(words: Words, total: Total) -> str:
    return words("effects.counted", n=words.number(total.n, 0), m=words.number(total.m, 0))


def _cost(words: Words, cost: Cost) -> str:
    yen = {"one_off": words.number(cost.one_off, 0), "yearly": words.number(cost.yearly, 0)}
    return words("effects.cost", n=cost.n, unsaid=cost.unsaid, **yen)


def chart(here: Here, found: Book) -> None:
    """What came together quarter by quarter, in hours or in yen, with the numbers below."""
    words, quarters = here.words, found.quarters
    adding = [each for each in found.accounts if each.kpi.adds_up]
    subheading(words("effects.chart"), words("effects.chart_lead", n=len(adding)))
    shown = st.segmented_control(
        words("effects.chart_show"),
        SHOWN,
        default=SHOWN[0],
        label_visibility="collapsed",
        format_func=lambda kind: words(f"effects.show_{kind}"),
        key="effects-show",
    )
    kind = shown or SHOWN[0]
    points = [_point(each, kind, found.rate) for each in quarters]
    unit = words(f"effects.unit_{kind}")
    if points:
        block(_see(words, points, unit), "see")
    drawn(ledger.draw(points, words, unit), f"ledger-{kind}", ledger.describe(points, words, unit))
    if quarters:
        with st.expander(words("effects.quarter_table")):
            heads = [words(f"effects.column_{name}") for name in QUARTER_COLUMNS]
            rows = [_quarter(words, each, found.rate) for each in quarters]
            st.html(html_table(heads, rows, numbers=(1, 2, 3, 4, 5, 6), card=0))


def _point(each: QuarterSum, kind: str, rate: int | None) -> Point:
    sides = each.measured_so_far, each.expected_so_far
    measured, expected = (side.hours if kind == "hours" else side.valued(rate) for side in sides)
    return Point(each.quarter, measured, expected)


def _see(words: Words, points: Sequence[Point], unit: str) -> str:
    last = points[-1]
    measured, expected = last.measured, last.expected
    values = {"measured": words.number(measured, 0), "expected": words.number(expected, 0), "unit": unit}
    quarter = words.quarter(last.quarter)
    if not expected:
        return words("effects.chart_see_alone", quarter=quarter, measured=values["measured"], unit=unit)
    if measured == expected:
        return words("effects.chart_see_even", quarter=quarter, measured=values["measured"], unit=unit)
    if measured > expected:
        return words("effects.chart_see_ahead", quarter=quarter, **values)
    return words("effects.chart_see_behind", quarter=quarter, **values)


def _quarter(words: Words, each: QuarterSum, rate: int | None) -> tuple[str, ...]:
    return (
        words.short_quarter(each.quarter),
        words.level(each.measured.hours),
        words.level(each.expected.hours),
        words.number(each.measured.valued(rate), 0),
        words.number(each.expected.valued(rate), 0),
        words.level(each.measured_so_far.hours),
        words.number(each.measured_so_far.valued(rate), 0),
    )


def kpis(here: Here, found: Book) -> None:
    """Every KPI: where it came from, stands and goes to, what it gained, on how many periods, and whether values are missing."""
    words = here.words
    subheading(words("effects.kpis"), words("effects.kpis_lead"))
    heads = [words(f"effects.column_{name}") for name in COLUMNS]
    st.html(html_table(heads, [_row(words, each) for each in found.accounts], numbers=(2, 3, 4, 5), card=0))
    block(words("effects.stale_how"), "quiet")
    for each in found.accounts:
        if each.kpi.target_behind:
            block(words("effects.target_behind", name=each.kpi.name), "hint")


def _row(words: Words, each: Account) -> tuple[str, ...]:
    kpi, latest = each.kpi, each.latest
    why = latest.why if latest else None
    reading = latest.reading.amount if latest else None
    way = words(
        "effects.way",
        baseline=words.level(kpi.baseline),
        latest=words.level(reading),
        target=amount(words, kpi, kpi.target) if kpi.target is not None else words.level(None),
    )
    added = (each.measured, each.expected) if kpi.adds_up else ()
    both = [amount(words, kpi, value) for value in added] or [words("effects.not_added") for _ in SHOWN]
    who = words("common.comma").join(each for each in (kpi.department, kpi.owner) if each)
    name = full_name(words, kpi)
    return (
        f"{name}\n{who}" if who else name,
        way,
        words(f"effects.why_{why}") if why else amount(words, kpi, latest.gain if latest else None),
        *both,
        words("effects.n_of_m", n=each.n, m=len(each.steps)),
        words(f"effects.standing_{each.standing}", missed=each.missed),
    )
