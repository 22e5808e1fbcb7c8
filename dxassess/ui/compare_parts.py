"""The parts of the page of comparison: which rounds, the sentence on top, what is to be known of them, rises and falls, slopes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.comparison import Comparison, ItemLine, Ranking, SectionLine, ranking
from dxassess.assessment.model import Round
from dxassess.assessment.resampling import Verdict
from dxassess.assessment.scoring import reach
from dxassess.catalogue.model import Indicator
from dxassess.figures import slopes
from dxassess.figures.slopes import Slope
from dxassess.text import Number, Words
from dxassess.ui.components import block, chart, chart_heading, distinct, plain, round_labels, subheading
from dxassess.ui.context import Here, page_at
from dxassess.ui.result_parts import aggregate_word, chart_label
from dxassess.usecases.comparison import Beside, Left

WAYS = ("last", "all", "pick")
MOVED: tuple[Verdict, ...] = ("beyond", "within", "against", "unsaid")
TOLD: tuple[Left, ...] = ("reopened", "pulse", "scale", "edition", "scope")


def scope(here: Here, found: Beside) -> None:
    """Which edition or department is compared, where there is more than one."""
    if len(found.choices) < 2:
        return
    words = here.words
    shown = next(held.id for held, edition in found.choices if edition is found.scope)
    titles = distinct({held.id: words.of(edition.head.short) for held, edition in found.choices})
    picked = st.selectbox(
        words("progress.scope"),
        list(titles),
        index=list(titles).index(shown),
        format_func=lambda known: titles[known],
        key=f"compare-scope-{shown}",
    )
    if picked != shown:
        st.query_params["round"] = picked
        st.rerun()


def single(here: Here, found: Beside) -> None:
    """Where no other round can stand beside the one asked for: which rounds are compared instead."""
    words = here.words
    if found.single:
        shown = words.of(found.scope.head.short)
        block(words("compare.single", title=_titles(words, [found.single]), shown=shown), "hint")
        if found.single.edition != found.scope.id:
            st.page_link(page_at("editions"), label=words("progress.go_editions"), query_params=here.link())


def chosen(words: Words, found: Beside) -> Sequence[str] | None:
    """The ids of the rounds to lay side by side; None for the last two with answers."""
    ids = [held.id for held in found.offered]
    way = st.segmented_control(
        words("compare.rounds"),
        WAYS,
        default=WAYS[0],
        required=True,
        format_func=lambda known: words(f"compare.which_{known}"),
        key="compare-way",
    )
    if way == "last":
        return None
    if way == "all":
        return ids
    labels = round_labels(words, found.offered)
    picked = st.multiselect(
        words("compare.pick"),
        list(reversed(ids)),
        default=ids[-2:],
        format_func=lambda known: labels[known],
        placeholder=words("screen.choose"),
        key=f"compare-pick-{ids[-1]}",
    )
    if not picked[1:]:
        block(words("compare.pick_more"), "hint")
    return picked


def headline(words: Words, found: Beside, compared: Comparison) -> None:
    """What moved, in how far that is noise, and where the averages stand."""
    counts = words(
        "compare.headline",
        first=_quarter(words, compared.rounds[0]),
        last=_quarter(words, compared.rounds[-1]),
        m=len(compared.lines),
        up=len(compared.risen),
        down=len(compared.fallen),
        same=len(compared.same),
    )
    key = "compare.headline_apart" if compared.apart else "compare.headline_whole"
    block(words(key, sentence=counts, apart=len(compared.apart)), "question")
    if found.noise and found.noise.why is None and (compared.risen or compared.fallen):
        told = (
            words("compare.noise_n", verdict=words(f"compare.verdict_{each}"), n=found.verdicts[each])
            for each in MOVED
            if found.verdicts[each]
        )
        block(words("compare.headline_noise", told=words("common.comma").join(told)))
    first = compared.sections[compared.edition.head.averages[0]]
    block(_average(words, found, compared, first), "quiet")


def onward(here: Here, compared: Comparison) -> None:
    """The ways on: why it moved between the first and the last of these rounds, and what to do next."""
    first, last = compared.rounds[0], compared.rounds[-1]
    link = here.link(round=last.id, before=first.id)
    st.page_link(page_at("movement"), label=here.words("movement.go"), query_params=link)
    st.page_link(page_at("plan"), label=here.words("compare.go_plan"), query_params=here.link(round=last.id))


def _quarter(words: Words, held: Round) -> str:
    return words.quarter(held.quarter)


def _average(words: Words, found: Beside, compared: Comparison, line: SectionLine) -> str:
    section = compared.edition.sections[line.section]
    named = {
        "title": words.of(section.title),
        "aggregate": aggregate_word(words, section.aggregate),
    }
    if line.change is None:
        return words("compare.average_none", **named)
    verdict = words(f"compare.verdict_{found.verdict_of(line)}")
    sentence = words(
        "compare.average" if line.alike else "compare.average_other",
        **named,
        first=words.number(line.first),
        last=words.number(line.last),
        change=words.signed(line.change),
        verdict=verdict,
        n_first=words.n_of_m(line.first_counts.n, line.first_counts.m),
        n_last=words.n_of_m(line.last_counts.n, line.last_counts.m),
    )
    if line.alike:
        return sentence
    key = "compare.average_revised" if line.revised else "compare.average_like"
    like = words(key, n=line.shared, change=words.signed(line.like), verdict=verdict)
    return f"{sentence}{like}" if words.language == "ja" else f"{sentence} {like}"


def left_out(words: Words, found: Beside) -> None:
    """The rounds that are not compared, and why."""
    for held, why in found.left:
        if why == "damaged":
            said = plain(words("compare.left_damaged", title=held.title))
            st.html(f'<div class="dx-trouble" role="alert"><p>{said}</p></div>')
    for each in TOLD:
        rounds = [held for held, why in found.left if why == each and held != found.single]
        if rounds:
            block(words(f"compare.left_{each}", titles=_titles(words, rounds)), "hint")


def notes(words: Words, found: Beside, compared: Comparison) -> None:
    """What is to be known of the chosen rounds and of their items."""
    for key, rounds in (
        ("same_day", found.same_day),
        ("corrected", found.corrected),
        ("unanswered", found.unanswered),
    ):
        if rounds:
            block(words(f"compare.{key}", titles=_titles(words, rounds)), "hint")
    gone = [line.item for line in compared.lines if line.gone]
    if gone:
        block(words("compare.gone", items=_items(words, gone)), "hint")
    reworded = [line.item for line in compared.items if line.reworded]
    if reworded:
        block(words("compare.reworded", items=_items(words, reworded)), "hint")
    for line in compared.lines:
        if line.named:
            before = words("common.comma").join(words.of(title) for title in line.named)
            block(words("compare.named", item=item_name(words, line.item), before=before), "quiet")


def _titles(words: Words, rounds: Sequence[Round]) -> str:
    labels = round_labels(words, rounds)
    return words("common.comma").join(labels[held.id] for held in rounds)


def _items(words: Words, items: Sequence[Indicator]) -> str:
    return words("common.comma").join(item_name(words, item) for item in items)


def item_name(words: Words, item: Indicator) -> str:
    """Number and name of an item."""
    return f"{item.code} {words.of(item.title)}"


def signed(words: Words, change: Number | None) -> str:
    """A difference of levels with its sign: whole where it is."""
    whole = change is not None and change == int(change)
    return words.signed(change, 0 if whole else 2)


def moves(words: Words, found: Beside, compared: Comparison) -> None:
    """The largest rises and falls, equal ones together."""
    subheading(words("compare.moves"), words("compare.moves_lead"))
    left, right = st.columns(2, gap="large")
    with left:
        block(words("compare.rises", n=len(compared.risen)), "see")
        _ranks(words, found, ranking(compared.risen), "compare.none_risen")
    with right:
        block(words("compare.falls", n=len(compared.fallen)), "see")
        _ranks(words, found, ranking(compared.fallen), "compare.none_fallen")


def _ranks(words: Words, found: Beside, listed: Ranking, none: str) -> None:
    if not listed.ranks:
        block(words(none), "quiet")
        return
    rows = "".join(_move(words, found, line) for rank in listed.ranks for line in rank.lines)
    st.html(f'<ul class="dx-list">{rows}</ul>')
    if listed.more:
        block(words("compare.more", n=listed.more, change=words.level(listed.then)), "quiet")


def _move(words: Words, found: Beside, line: ItemLine) -> str:
    noise = found.noise_of(line.item.id)
    kind = found.verdict(line.item.id, line.change)
    verdict = words(f"compare.verdict_{kind}")
    if noise and noise.why != "hidden":
        verdict = words("compare.votes_line", verdict=verdict, first=noise.votes[0], last=noise.votes[1])
    way = words("compare.arrow", first=words.level(line.at[0].level), last=words.level(line.at[-1].level))
    return (
        f'<li><span class="value {kind}">{plain(signed(words, line.change))}</span>'
        f'<span class="dx-code">{plain(line.item.code)}</span>{plain(words.of(line.item.title))}'
        f'<div class="dx-when">{plain(way)}　{plain(verdict)}</div></li>'
    )


def slopes_chart(words: Words, found: Beside, compared: Comparison) -> None:
    """Groups, or the items of one group, from the first round to the last."""
    chart_heading(words("compare.slopes"), words("compare.slopes_see"))
    edition = compared.edition
    labels = distinct({group.id: chart_label(words, edition, group.id) for group in edition.groups})
    choices = {"": words("compare.slopes_groups"), **labels}
    picked = st.selectbox(
        words("compare.slopes_of"), list(choices), format_func=lambda known: choices[known], key="slopes-of"
    )
    lines = [_slope(words, found, line) for line in compared.items if picked and line.group == picked] or [
        Slope(labels[group], line.first, line.last, found.verdict_of(line), line.alike)
        for group, line in compared.sections.items()
        if group in labels
    ]
    missing = [line.label for line in lines if line.change is None]
    if missing:
        block(words("compare.slopes_missing", names=words("common.comma").join(missing)), "quiet")
    ends = compared.rounds[0], compared.rounds[-1]
    top = None if picked else reach(edition, edition.head.groups)
    chart(slopes.draw(lines, ends, edition.scale, words, top), "slopes", slopes.describe(lines, words))


def _slope(words: Words, found: Beside, line: ItemLine) -> Slope:
    verdict = found.verdict(line.item.id, line.change)
    return Slope(item_name(words, line.item), line.at[0].level, line.at[-1].level, verdict)
