"""The parts of the recognition page."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dxassess.assessment.agreement import RolePair
from dxassess.assessment.anonymity import roles_of
from dxassess.assessment.recognition import ItemRecognition
from dxassess.assessment.reliability import Alpha, Reliability
from dxassess.catalogue.model import Edition
from dxassess.figures import recognition as figure
from dxassess.text import Words
from dxassess.ui.components import block, chart, chart_heading, html_table, plain, subheading
from dxassess.ui.context import Here
from dxassess.usecases import reliability_of
from dxassess.usecases.recognition import RoundViews
from dxassess.usecases.roles import RoleChoice


def teach(title: str, text: str) -> None:
    """In place of numbers: what is missing, and why."""
    with st.container(border=True):
        subheading(title)
        block(text)


def missing(words: Words, found: RoundViews) -> bool:
    """Whether there is nothing to show; if so, why is said."""
    if found.is_empty:
        teach(words("recognition.nobody_title"), words("recognition.nobody"))
    elif found.hidden:
        minimum = found.held.anonymity_minimum
        teach(words("recognition.hidden_title"), words("recognition.hidden", minimum=minimum))
    elif not found.first.summary.n:
        teach(words("recognition.no_pairs_title"), words("recognition.no_pairs"))
    else:
        return False
    return True


def role_label(words: Words, names: Iterable[RoleChoice], group: str) -> str:
    """The name of a role, or of the roles of a group; a role nobody knows goes by its id."""
    known = {role.id: words.of(role) for role in names}
    return words("recognition.joined").join(known.get(role, role) for role in roles_of(group))


def _labels(words: Words, found: RoundViews, groups: Iterable[str]) -> str:
    return words("common.comma").join(role_label(words, found.names, group) for group in groups)


def notes(words: Words, found: RoundViews) -> None:
    """What has to be known before the numbers: roles shown together, roles with few people."""
    if found.merged:
        groups = _labels(words, found, found.merged)
        minimum = found.held.anonymity_minimum
        block(words("recognition.merged", minimum=minimum, groups=groups), "hint")


def large_numbers(words: Words, found: RoundViews) -> None:
    """The whole round: one sentence, and its numbers with what they stand on."""
    summary = found.first.summary
    block(words("recognition.headline", mean=words.number(summary.mean)), "distance")
    cards = [
        _card(
            words("recognition.mean"),
            words.number(summary.mean),
            words("recognition.unit"),
            words.n_of_m(summary.n, summary.m),
            _people(words, found),
        ),
        _card(
            words("recognition.due"),
            words.number(summary.due_to_roles),
            words("recognition.unit"),
            words.n_of_m(summary.n_roles, summary.m),
            words("recognition.due_none" if summary.due_to_roles is None else "recognition.due_why"),
        ),
    ]
    if summary.executive_minus_field is not None:
        cards.append(_sides(words, found))
    st.html(f'<div class="dx-figures">{"".join(cards)}</div>')


def _card(name: str, value: str, unit: str, *lines: str) -> str:
    small = "".join(f'<div class="small">{plain(line)}</div>' for line in lines)
    return (
        f'<div class="dx-figure"><div class="name">{plain(name)}</div>'
        f'<div class="big">{plain(value)}<small>{plain(unit)}</small></div>{small}</div>'
    )


def _people(words: Words, found: RoundViews) -> str:
    order = {role.id: place for place, role in enumerate(found.names)}
    by_role = (
        words("recognition.role_people", role=role_label(words, found.names, role), n=n)
        for role, n in sorted(found.people.items(), key=lambda pair: order.get(pair[0], len(order)))
    )
    return words("recognition.people", n=found.voters, roles=words("common.comma").join(by_role))


def _sides(words: Words, found: RoundViews) -> str:
    summary, both = found.first.summary, found.sides
    known = [role.id for role in found.names]
    return _card(
        words("recognition.sides"),
        words.signed(summary.executive_minus_field),
        words("recognition.unit"),
        words.n_of_m(summary.n_sides, summary.m),
        words(
            "recognition.sides_why",
            executive=_labels(words, found, [role for role in known if role in both.executive]),
            field=_labels(words, found, [role for role in known if role in both.field]),
        ),
    )


def furthest(words: Words, found: RoundViews) -> None:
    """Which two roles see the company most differently, and on what."""
    apart = found.first.summary.furthest
    if apart is None:
        return
    if apart.amount <= 0:
        chart_heading(words("recognition.furthest"), words("recognition.furthest_none"))
        return
    first, second = (role_label(words, found.names, role) for role in (apart.first, apart.second))
    key = "recognition.furthest_excess" if apart.by == "excess" else "recognition.furthest_difference"
    said = words(key, first=first, second=second, amount=words.number(apart.amount))
    chart_heading(words("recognition.furthest"), said)
    lines = "".join(_apart_on(words, found, indicator, pair) for indicator, pair in found.apart_on)
    st.html(f'<p class="dx-quiet">{plain(words("recognition.on_what"))}</p><ul class="dx-list">{lines}</ul>')
    if found.small:
        block(words("recognition.few", roles=_labels(words, found, found.small)), "hint")


def _apart_on(words: Words, found: RoundViews, indicator: str, pair: RolePair) -> str:
    item = found.edition.indicators[indicator]
    means = {
        view.role: view.mean for seen in found.ranked if seen.indicator == indicator for view in seen.roles
    }
    said = words(
        "recognition.on_what_view",
        first=role_label(words, found.names, pair.first),
        first_mean=words.number(means[pair.first]),
        first_n=pair.votes[0],
        second=role_label(words, found.names, pair.second),
        second_mean=words.number(means[pair.second]),
        second_n=pair.votes[1],
    )
    return (
        f'<li><span class="value">{words.signed(pair.difference)}</span><span class="dx-code">{plain(item.code)}</span>'
        f'{plain(words.of(item.title))}<p class="dx-under">{plain(said)}</p></li>'
    )


def items_chart(words: Words, found: RoundViews) -> None:
    """Every item as the roles see it, the largest part due to roles first."""
    edition = found.edition
    rows = [_row(words, edition, item) for item in found.ranked]
    single = any(row.due is None for row in rows)
    lead = "recognition.items_lead_some" if single else "recognition.items_lead"
    roles = {role: role_label(words, found.names, role) for role in found.roles}
    chart_heading(words("recognition.items"), figure.headline(rows, words), words(lead))
    chart(
        figure.draw(rows, roles, edition.scale, words, ""), "recognition", figure.describe(rows, roles, words)
    )


def _row(words: Words, edition: Edition, item: ItemRecognition) -> figure.RecognitionRow:
    indicator = edition.indicators[item.indicator]
    points = tuple(
        figure.RolePoint(view.role, view.mean, view.low, view.high, view.n) for view in item.roles if view.n
    )
    apart = item.differences
    title = words.of(indicator.title)
    return figure.RecognitionRow(indicator.code, title, points, apart.mean, apart.due_to_roles, apart.votes)


def meetings(words: Words, found: RoundViews) -> None:
    """First against second vote: where minds met, where not."""
    outcomes = [meeting.outcome for meeting in found.meetings if meeting.outcome]
    if not outcomes:
        return
    said = words(
        "recognition.meetings_said",
        m=len(outcomes),
        met=outcomes.count("met"),
        same=outcomes.count("unchanged"),
        parted=outcomes.count("parted"),
    )
    chart_heading(words("recognition.meetings"), said, words("recognition.meetings_lead"))
    heads = [
        words("recognition.column_item"),
        words("recognition.column_first"),
        words("recognition.column_second"),
        words("recognition.column_change"),
        words("recognition.column_moved"),
        words("recognition.column_votes"),
    ]
    rows = [
        (
            _name(words, found, meeting.indicator),
            words.number(meeting.first),
            words.number(meeting.second),
            words.signed(meeting.change),
            words.signed(meeting.moved),
            words("recognition.votes", first=meeting.votes[0], second=meeting.votes[1]),
        )
        for meeting in found.meetings
    ]
    with st.expander(words("recognition.meetings_table"), key="meetings"):
        st.html(html_table(heads, rows, numbers=(1, 2, 3, 4, 5)))


def _name(words: Words, found: RoundViews, indicator: str) -> str:
    item = found.edition.indicators[indicator]
    return f"{item.code} {words.of(item.title)}"


@st.fragment
def specialists(here: Here, found: RoundViews) -> None:
    """α and r_wg, each with what it means and its trap; computed once somebody opens them, shown in one piece."""
    unfolded = st.expander(here.words("recognition.specialists"), key="specialists", on_change="rerun")
    if unfolded.open:
        sources = f'<p class="dx-quiet">{plain(here.words("recognition.sources"))}</p>'
        unfolded.html(f"{_alphas(here, found)}{_r_wg(here.words, found)}{sources}")


def _explained(title: str, *lines: str) -> str:
    """A title and what has to be known of the number below it."""
    said = "".join(f'<p class="dx-quiet">{plain(line)}</p>' for line in lines)
    return f'<h2 class="dx-sub">{plain(title)}</h2>{said}'


def _alphas(here: Here, found: RoundViews) -> str:
    assert here.store
    words = here.words
    known = _explained(
        words("recognition.alpha"),
        words("recognition.alpha_what"),
        words("recognition.alpha_trap"),
        words("recognition.alpha_few"),
    )
    heads = [
        words("recognition.column_section"),
        words("recognition.column_alpha"),
        words("recognition.column_interval"),
        words("recognition.column_items"),
        words("recognition.column_n"),
    ]
    rows = [
        (
            words.of(found.edition.sections[section].title),
            _alpha(words, alpha),
            _interval(words, alpha),
            words.number(alpha.items, 0),
            words.number(alpha.votes, 0),
        )
        for section, alpha in reliability_of(here.app, here.store, found.held)
    ]
    return f"{known}{html_table(heads, rows, numbers=(1, 2, 3, 4))}"


def _alpha(words: Words, alpha: Alpha) -> str:
    if alpha.state is Reliability.EVERYONE_AGREES:
        return words("recognition.alpha_agree")
    if alpha.state is Reliability.TOO_FEW:
        return words("recognition.alpha_too_few")
    return words.number(alpha.value)


def _interval(words: Words, alpha: Alpha) -> str:
    if alpha.low is None:
        return words.number(None)
    return words("recognition.interval", low=words.number(alpha.low), high=words.number(alpha.high))


def _r_wg(words: Words, found: RoundViews) -> str:
    known = _explained(
        words("recognition.r_wg"),
        words("recognition.r_wg_what"),
        words("recognition.r_wg_trap"),
        words("recognition.r_wg_few"),
    )
    heads = [
        words("recognition.column_item"),
        words("recognition.column_r_wg"),
        words("recognition.column_n"),
    ]
    rows = [
        (_name(words, found, item.indicator), words.number(item.r_wg), words.number(item.everyone.n, 0))
        for item in found.ranked
    ]
    return f"{known}{html_table(heads, rows, numbers=(1, 2))}"
