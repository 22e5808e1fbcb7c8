"""The parts of the page of a day's record that planned and measured: KPIs, actions, what an hour was worth; and the file."""

from __future__ import annotations

import streamlit as st

from dxassess.text import Words
from dxassess.ui.action_parts import who
from dxassess.ui.components import block, html_table, subheading
from dxassess.ui.context import Here
from dxassess.ui.effects_parts import amount, full_name
from dxassess.usecases.asof import ActionThen, AsOf, KpiThen
from dxassess.usecases.asof_file import record_csv
from dxassess.usecases.asof_words import action_said

KPI_COLUMNS = ("kpi", "value", "target", "values", "since")
ACTION_COLUMNS = ("action", "status", "due", "effort", "cost", "lifts", "needs", "since")


def kpis(here: Here, found: AsOf) -> None:
    """The KPIs as they were defined, with the newest value recorded by then."""
    words = here.words
    subheading(words("asof.kpis"), words("asof.kpis_lead"))
    if found.kpis:
        heads = [words(f"asof.column_{name}") for name in KPI_COLUMNS]
        st.html(html_table(heads, [_kpi(words, each) for each in found.kpis], card=0))
    else:
        block(words("asof.kpis_none"), "quiet")
    _rate(here, found)


def _kpi(words: Words, each: KpiThen) -> tuple[str, ...]:
    account = each.then
    kpi, latest = account.kpi, account.latest
    value = words.level(None)
    if latest:
        day = words.date(latest.reading.day)
        value = words("asof.value", amount=amount(words, kpi, latest.reading.amount), day=day)
    people = words("common.comma").join(one for one in (kpi.department, kpi.owner) if one)
    name = full_name(words, kpi)
    return (
        f"{name}\n{people}" if people else name,
        value,
        amount(words, kpi, kpi.target),
        words(f"effects.standing_{account.standing}", missed=account.missed),
        "\n".join(_kpi_since(words, each)) or "–",
    )


def _kpi_since(words: Words, each: KpiThen) -> list[str]:
    """What is recorded otherwise today: the value that was newest then, and the definition."""
    found: list[str] = []
    if each.corrected:
        taken_back = each.corrected.amount is None
        now = amount(words, each.now, each.corrected.amount)
        found.append(words("asof.since_withdrawn" if taken_back else "asof.since_value", amount=now))
    changed = [words(f"asof.kpi_{name}") for name in each.changed]
    if changed:
        found.append(words("asof.since_fields", fields=words("common.comma").join(changed)))
    return found


def _rate(here: Here, found: AsOf) -> None:
    words = here.words
    then, now = found.then.rate, found.rate_now
    if then is None and now is None:
        return
    line = words("asof.rate_none") if then is None else words("asof.rate", yen=words.number(then, 0))
    since = words("asof.rate_now", yen=words.number(now, 0)) if now != then else ""
    block(f"{line} {since}".strip(), "quiet")


def actions(here: Here, found: AsOf) -> None:
    """The actions as they were, those overdue by then named so."""
    words = here.words
    subheading(words("asof.actions"), words("asof.actions_lead"))
    if not found.actions:
        block(words("asof.actions_none"), "quiet")
        return
    heads = [words(f"asof.column_{name}") for name in ACTION_COLUMNS]
    st.html(html_table(heads, [_action(words, found, each) for each in found.actions], card=0))


def _action(words: Words, found: AsOf, each: ActionThen) -> tuple[str, ...]:
    then = each.then
    fields = {
        name: action_said(then, name, found.titles, found.editions, words)
        for name in ("status", "due", "effort", "one_off", "yearly", "lifts", "needs")
    }
    people = who(words, then)
    cost = [
        words(f"asof.cost_{name}", yen=fields[name])
        for name in ("one_off", "yearly")
        if getattr(then, name) is not None
    ]
    return (
        f"{then.title}\n{people}" if people else then.title,
        fields["status"],
        words("action.late", due=fields["due"]) if each.overdue else fields["due"],
        fields["effort"],
        "\n".join(cost) or words.level(None),
        fields["lifts"],
        fields["needs"],
        "\n".join(_action_since(words, found, each)) or "–",
    )


def _action_since(words: Words, found: AsOf, each: ActionThen) -> list[str]:
    """What is recorded otherwise today: status and due day in words, the other fields by name."""
    shown = [name for name in ("status", "due") if name in each.changed]
    lines = [
        words(
            "asof.since_field",
            field=words(f"action.column_{name}"),
            now=action_said(each.now, name, found.titles, found.editions, words),
        )
        for name in shown
    ]
    others = [words(f"action.column_{name}") for name in each.changed if name not in shown]
    if others:
        lines.append(words("asof.since_fields", fields=words("common.comma").join(others)))
    return lines


def file(here: Here, found: AsOf) -> None:
    """Everything the page shows, as a file."""
    words = here.words
    st.download_button(
        words("asof.export"),
        lambda: record_csv(found, words),
        file_name=words("asof.export_file", day=found.day.isoformat()),
        mime="text/csv",
        key="asof-export",
        on_click="ignore",
    )
