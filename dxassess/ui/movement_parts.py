"""The parts of the page that says why a number moved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dxassess.assessment.model import Round
from dxassess.assessment.movement import Movement
from dxassess.assessment.scoring import NodeScore
from dxassess.assessment.waterfall import bars
from dxassess.catalogue.model import Indicator
from dxassess.catalogue.narrow import is_pulse
from dxassess.figures import waterfall
from dxassess.figures.waterfall import Ends, item_name, label_of
from dxassess.text import Words
from dxassess.text.adding import printed_parts
from dxassess.ui.components import block, chart, chart_heading, distinct, plain, round_labels
from dxassess.ui.context import Here, page_at
from dxassess.ui.explanation_parts import node_title
from dxassess.ui.result_parts import aggregate_word
from dxassess.usecases.movement import Pair, View

_SUMS = (
    ("revision", ("revision", "added")),
    ("who", ("who",)),
    ("answers", ("not_applicable", "unanswered", "answered", "applicable")),
)


def asked(here: Here) -> tuple[str | None, str | None]:
    """The two rounds the address names, the later first."""
    return st.query_params.get("round"), st.query_params.get("before")


def damaged(words: Words, rounds: Sequence[Round]) -> None:
    """Rounds whose content no longer fits their hash: named, not shown as truth."""
    for held in rounds:
        said = plain(words("rounds.damaged", title=held.title))
        st.html(f'<div class="dx-trouble" role="alert"><p>{said}</p></div>')


def picked(here: Here, found: Pair) -> tuple[str, View]:
    """The two rounds, the value and whose levels, chosen; a choice of rounds goes into the address."""
    words = here.words
    labels = round_labels(words, found.rounds)
    after, before = st.columns(2)
    of, whose = st.columns(2)
    with after:
        _round(words, "after", found.after.held, found.rounds, labels)
    if found.before:
        with before:
            _round(words, "before", found.before.held, found.earlier, labels)
    titles = distinct({node: node_title(words, found.edition, node) for node in found.nodes})
    with of:
        node = st.selectbox(
            words("movement.pick_node"),
            list(titles),
            format_func=lambda known: titles[known],
            key=f"movement-node-{found.edition.hash}",
        )
    with whose:
        return node, _view(words, found)


def _view(words: Words, found: Pair) -> View:
    if len(found.views) < 2:
        return "agreed"
    view: View | None = st.segmented_control(
        words("movement.pick_view"),
        found.views,
        default="agreed",
        required=True,
        format_func=lambda known: words(f"movement.view_{known}"),
        key="movement-view",
    )
    return view or "agreed"


def _round(words: Words, which: str, now: Round, rounds: Sequence[Round], labels: dict[str, str]) -> None:
    order = [held.id for held in reversed(rounds)]
    chosen = st.selectbox(
        words(f"movement.pick_{which}"),
        order,
        index=order.index(now.id),
        format_func=lambda known: labels[known],
        key=f"movement-{which}-{now.id}",
    )
    if chosen != now.id:
        st.query_params["round" if which == "after" else "before"] = chosen
        st.rerun()


def first(words: Words, found: Pair) -> None:
    """What comes before all else: that there is no earlier round, or that the newest has none like it and another is shown."""
    if found.before is None:
        block(words("movement.first_round"), "hint")
    if found.passed is not None:
        block(words("movement.passed", title=found.passed.title), "hint")


def remarks(here: Here, found: Pair) -> None:
    """What has to be known of the two rounds: one without answers, one that was corrected after it was closed."""
    words = here.words
    for held in found.empty:
        block(words("movement.no_answers", title=held.title), "hint")
    for each in found.reopened:
        block(
            words(
                "movement.reopened",
                title=each.held.title,
                times=each.times,
                when=words.moment(each.newest.recorded, here.timezone),
                reason=each.newest.detail.get("reason", ""),
            ),
            "hint",
        )


def headline(here: Here, found: Pair, made: Movement) -> None:
    """The whole way in one sentence, or why it cannot be taken apart; for rounds of two editions the page that has both."""
    words = here.words
    if made.why_not is not None:
        block(words(f"movement.why_not_{made.why_not}"), "distance")
    if made.why_not == "edition":
        editions(words, found)
        st.page_link(page_at("editions"), label=words("progress.go_editions"), query_params=here.link())
    if made.before is None or made.after is None or made.change is None or made.why_not is not None:
        return
    sums = [
        ("moved", made.total("moved")),
        *((name, made.total(*kinds)) for name, kinds in _SUMS if made.of(*kinds)),
    ]
    printed = printed_parts((change for _, change in sums), 2)
    said = [
        _summed(words, made, name, words.signed(change))
        for (name, _), change in zip(sums, printed, strict=True)
    ]
    block(
        words(
            "movement.headline",
            title=called(words, found, made.after),
            before=words.number(made.before.value),
            after=words.number(made.after.value),
            change=words.signed(made.change),
            parts=words("common.comma").join(said),
        ),
        "distance",
    )


def _summed(words: Words, made: Movement, name: str, change: str) -> str:
    if name != "moved":
        return words(f"movement.headline_{name}", change=change)
    n = len(made.of("moved"))
    key = "moved_none" if n == 0 else "moved_one" if n == 1 else "moved"
    return words(f"movement.headline_{key}", n=n, change=change)


def called(words: Words, found: Pair, node: NodeScore) -> str:
    """What a value is: the mean, the sum or the minimum of a section, or an indicator by its name."""
    title = node_title(words, found.edition, node.id)
    if node.kind == "indicator":
        return title
    return words("movement.called", title=title, aggregate=aggregate_word(words, node.aggregate))


def beside(words: Words, made: Movement) -> None:
    """The plain values and the like-for-like ones side by side, each with what it stands on; nothing where there is no difference."""
    alike = made.alike
    if alike is None:
        return
    before, after = (_counted(words, node) for node in (made.before, made.after))
    plainly = _figure(
        words,
        "plain",
        words.number(made.before.value if made.before else None),
        words.number(made.after.value if made.after else None),
        words.signed(made.change),
        words("movement.plain_counts", before=before, after=after),
    )
    fair = _figure(
        words,
        "alike",
        words.number(alike.before),
        words.number(alike.after),
        words.signed(alike.change),
        words("movement.alike_counts", n=alike.n, still=alike.still),
    )
    st.html(f'<div class="dx-figures" id="beside">{plainly}{fair}</div>')


def _counted(words: Words, node: NodeScore | None) -> str:
    return words.n_of_m(node.counts.n, node.counts.m) if node else "–"


def _figure(words: Words, name: str, before: str, after: str, change: str, counts: str) -> str:
    way = plain(words("movement.way", before=before, after=after))
    return (
        f'<div class="dx-figure"><div class="name">{plain(words(f"movement.{name}"))}</div>'
        f'<div class="big">{plain(change)}<small>{way}</small></div><div class="small">{plain(counts)}</div></div>'
    )


def answering(words: Words, made: Movement) -> None:
    """How changed minds are told from who answered, and where they cannot be."""
    if made.told_by == "voice" or made.told_by is None:
        block(words("movement.one_voice"), "quiet")
        return
    block(words(f"movement.by_{made.told_by}", n=made.both), "quiet")
    if made.untold:
        block(words("movement.untold", items=_names(words, made.untold)), "quiet")
    unseen = [one.indicator for part in made.parts for one in part.inputs if one.reason == "unseen"]
    if unseen:
        block(words("movement.unseen", items=_names(words, unseen)), "quiet")


def editions(words: Words, found: Pair) -> None:
    """Which editions the two rounds ask, and their revisions; of a pulse that its items alone are compared."""
    assert found.before
    if is_pulse(found.edition):
        block(words("movement.edition_pulse", n=len(found.edition.scored)), "quiet")
        return
    then, now = found.before.edition, found.edition
    title, before = words.of(now.head.title), words.of(then.head.title)
    if then.hash == now.hash:
        block(words("movement.edition_same", edition=title, revision=now.revision), "quiet")
        return
    numbers = {"revision": now.revision, "before_revision": then.revision}
    block(words("movement.edition_other", edition=title, before=before, **numbers), "quiet")


def _names(words: Words, items: Sequence[Indicator]) -> str:
    return words("common.comma").join(item_name(item, words) for item in items)


def waterfall_chart(words: Words, found: Pair, made: Movement) -> None:
    """The way as a waterfall, with what its axis leaves out."""
    st.html('<div id="waterfall"></div>')
    values = found.edition.scale.values
    lead = words("movement.waterfall_lead", low=words.level(values[0]), high=words.level(values[-1]))
    chart_heading(words("movement.waterfall"), _largest(words, made), lead if made.parts else "")
    ends = _ends(words, found, made)
    steps = bars(made)
    if ends is not None and not steps:
        block(words("movement.unmoved"), "quiet")
    chart(waterfall.draw(steps, ends, words, ""), "waterfall", waterfall.describe(steps, ends, words))


def _largest(words: Words, made: Movement) -> str:
    """What moved the value most, in words."""
    found = made.largest
    if not found:
        return ""
    part, change = label_of(found[0], words), words.signed(found[0].change)
    if len(found) == 1:
        return words("movement.largest", part=part, change=change)
    sizes = dict.fromkeys(words.signed(each.change) for each in found)
    return words("movement.largest_tied", part=part, n=len(found), change=words("common.comma").join(sizes))


def _ends(words: Words, found: Pair, made: Movement) -> Ends | None:
    if made.why_not is not None or not found.before or not made.before or not made.after:
        return None
    if made.before.value is None or made.after.value is None:
        return None
    label, later = (_titled(words, each.held) for each in (found.before, found.after))
    return Ends(made.before.value, made.after.value, label, later)


def _titled(words: Words, held: Round) -> str:
    return words("figure.round", quarter=words.short_quarter(held.quarter), title=held.title)


def order(words: Words) -> None:
    """The order in which the difference is taken apart."""
    said = plain(words("movement.order_lead"))
    st.html(
        f'<details class="dx-fold"><summary>{plain(words("movement.order"))}</summary><p>{said}</p></details>'
    )
