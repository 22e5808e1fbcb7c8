"""One KPI of the ledger: its values as a line and as rows, recording one, taking one back."""

from __future__ import annotations

import streamlit as st

from dxassess.assessment.account import Account, Value
from dxassess.figures import kpi as figure
from dxassess.ui.components import block, chart, distinct, html_table, notice, subheading
from dxassess.ui.context import Here
from dxassess.ui.effects_parts import amount, full_name, unit_of
from dxassess.ui.forms import kept, turn
from dxassess.ui.kpi_form_parts import change_kpi
from dxassess.ui.trouble import done
from dxassess.ui.visit import visit
from dxassess.usecases.effects import Book, called
from dxassess.usecases.kpis import record, usual_day, withdraw
from dxassess.usecases.rounds import TITLE_LIMIT

COLUMNS = ("period", "day", "amount", "effect", "note", "who")


def one_kpi(here: Here, found: Book) -> None:
    """The KPI that is picked."""
    words = here.words
    known = {each.kpi.id: each for each in found.accounts}
    labels = distinct({one: full_name(words, each.kpi) for one, each in known.items()})
    subheading(words("effects.one"))
    picked = st.selectbox(
        words("effects.pick"),
        list(labels),
        format_func=lambda one: labels.get(one, ""),
        key=f"kpi-pick-{len(labels)}",
    )
    account = known.get(picked, found.accounts[0])
    _series(here, account)
    _values(here, found, account)
    if not account.kpi.retired:
        _record(here, account)
    change_kpi(here, account.kpi)


def _series(here: Here, account: Account) -> None:
    words, kpi, latest = here.words, account.kpi, account.latest
    block(
        words(
            "effects.series_see",
            baseline=amount(words, kpi, kpi.baseline),
            latest=amount(words, kpi, latest.reading.amount if latest else None),
            target=amount(words, kpi, kpi.target),
        ),
        "see",
    )
    points = [
        figure.Point(value.period.first, value.period.last, value.reading.amount, value.gain is not None)
        for value in account.values
        if value.reading.amount is not None
    ]
    series = figure.Series(points, kpi.baseline, kpi.target)
    unit = unit_of(words, kpi)
    chart(figure.draw(series, words, unit), f"series-{kpi.id}", figure.describe(series, words, unit))


def _values(here: Here, found: Book, account: Account) -> None:
    """Every period with a value: what it is, whether and what it counts, who recorded it."""
    words = here.words
    if not account.values:
        return
    with st.expander(words("effects.values", n=len(account.values))):
        heads = [words(f"effects.column_{name}") for name in COLUMNS]
        rows = [_row(here, found, account, value) for value in reversed(account.values)]
        st.html(html_table(heads, rows, numbers=(2,), card=0))
        _withdraw(here, account)


def _row(here: Here, found: Book, account: Account, value: Value) -> tuple[str, ...]:
    words, reading = here.words, value.reading
    effect = words(f"effects.why_{value.why}") if value.why else amount(words, account.kpi, value.gain)
    when = here.clock(reading.recorded) if reading.recorded else ""
    return (
        called(value.period, account.kpi.frequency, found.first_month, words),
        words.date(reading.day),
        amount(words, account.kpi, reading.amount),
        effect,
        reading.note,
        words("effects.who", who=reading.who, when=when),
    )


def _withdraw(here: Here, account: Account) -> None:
    words, store = here.words, here.store
    assert store
    labels = {
        value.reading.day: words(
            "effects.value_line",
            day=words.date(value.reading.day),
            amount=amount(words, account.kpi, value.reading.amount),
        )
        for value in reversed(account.values)
    }
    place = f"{account.kpi.id}-{account.values[-1].reading.sequence}-{len(labels)}"
    day = st.selectbox(
        words("effects.withdraw"),
        list(labels),
        format_func=lambda one: labels[one],
        key=f"withdraw-{place}",
    )
    if st.button(words("effects.withdraw_save"), key=f"withdraw-save-{place}") and done(
        words, lambda: withdraw(store, account.kpi, day, visit().facilitator)
    ):
        st.rerun()


def _record(here: Here, account: Account) -> None:
    words, store, kpi = here.words, here.store, account.kpi
    assert store
    place = f"{kpi.id}-{turn(f'record-{kpi.id}')}"
    with st.form(f"record-{place}", border=True):
        subheading(words("effects.record"), words("effects.record_lead"))
        left, middle, right = st.columns(3)
        with left:
            day = st.date_input(
                words("effects.day"), usual_day(here.app, store, kpi), key=f"record-day-{place}"
            )
        with middle:
            typed = st.text_input(
                notice(words("effects.typed", unit=unit_of(words, kpi))),
                max_chars=TITLE_LIMIT,
                key=f"record-amount-{place}",
            )
        with right:
            note = st.text_input(words("effects.note"), max_chars=TITLE_LIMIT, key=f"record-note-{place}")
        if st.form_submit_button(
            words("effects.record_save"), type="primary", key=f"record-save-{place}"
        ) and done(words, lambda: record(here.app, store, kpi, day, typed, note, visit().facilitator)):
            kept(f"record-{kpi.id}")
            st.rerun()
