"""The page that says why it moved: one sentence, a waterfall, a table that adds up, and the note in words."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from dxassess.assessment.action import Action, Status
from dxassess.usecases import close_round, reopen_round
from dxassess.usecases.pulse import start_pulse
from tests.ui.conftest import Visit
from tests.usecases.voting import voted

SPRING, SUMMER, AUTUMN = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)


@pytest.fixture
def moved(house):
    """All: 1, 2, 0, 1 (mean 1) → 2, 2, –, 1 (5/3)."""
    first = house.hold({"1": 1, "1-1": 2, "2": 0, "2-1": 1}, SPRING)
    held = house.start(SUMMER, first, title="夏")
    for code, level in {"1": 2, "1-1": 2, "2-1": 1}.items():
        house.say(held, code, level, target=3)
    close_round(house.store, held, "")
    return house


def table(visit) -> str:
    return next(element.proto.body for element in visit.at.get("html") if "dx-cards" in element.proto.body)


def written(visit) -> str:
    """The HTML of the page without its style sheet."""
    return "".join(each.proto.body for each in visit.at.get("html") if "<style" not in each.proto.body)


def name(words, house, code: str) -> str:
    """Number and name of an item."""
    edition = next(iter(house.app.editions.values()))
    return f"{code} {words.of(edition.by_code[code].title)}"


def only_the_sentence(visit) -> bool:
    """No card, no chart, no table."""
    body = written(visit)
    return not visit.at.get("plotly_chart") and 'id="beside"' not in body and "dx-cards" not in body


def test_before_there_is_a_closed_round_the_page_says_what_it_will_show(house, words):
    visit = Visit("movement", lang=words.language)
    assert words("movement.empty") in visit.text
    visit.press(words("movement.empty_button"))
    assert words("rounds.title") in visit.text


def test_the_first_round_has_nothing_beside_it_and_a_short_note(house, words):
    house.hold({"1": 1, "2": 2})
    visit = Visit("movement", lang=words.language)
    assert words("movement.first_round") in visit.text
    assert "1.50" in visit.text
    assert not visit.at.get("plotly_chart")


def test_one_sentence_says_the_way_and_the_parts_add_up(moved, words):
    """Without 2: 4/3 (+1/3). 1 moves: 5/3 (+1/3)."""
    visit = Visit("movement", lang=words.language)
    title = words.of(next(iter(moved.app.editions.values())).sections["all"].title)
    said = words(
        "movement.headline",
        title=words("movement.called", title=title, aggregate=words("figure.aggregate.mean")),
        before="1.00",
        after="1.67",
        change="+0.67",
        parts=words("common.comma").join(
            [
                words("movement.headline_moved_one", n=1, change="+0.33"),
                words("movement.headline_answers", change="+0.34"),
            ]
        ),
    )
    assert said in visit.text
    changes = re.findall(r">([+−±]\d\.\d{3})<", table(visit))
    assert changes == ["+0.333", "+0.334", "+0.667"]
    assert f"{words('movement.exact')}</summary>2/3<" in table(visit)
    assert words("movement.rounding") in visit.text
    assert words("movement.one_voice") in visit.text
    assert words("movement.alike_counts", n=3, still=2) in visit.text


def test_nothing_is_said_to_have_really_moved(moved, words):
    """Some of what changed level can be within the noise of who answered."""
    page = Visit("movement", lang=words.language).text
    assert "実際に動いた" not in page
    assert "really" not in page


def test_a_row_opens_to_what_went_into_it(moved, words):
    visit = Visit("movement", lang=words.language)
    edition = next(iter(moved.app.editions.values()))
    name = f"1 {words.of(edition.by_code['1'].title)}"
    opened = words(
        "movement.input_by",
        name=name,
        before="1",
        after="2",
        by="+1.00",
        weight="",
        share="+0.333",
        effect="+0.333",
    )
    assert opened in visit.text
    left = f"2 {words.of(edition.by_code['2'].title)}"
    why = words("movement.reason_open", round="夏")
    assert (
        words("movement.input_reason", name=left, before="0", after="–", weight="", reason=why) in visit.text
    )


def test_where_weights_count_they_are_said(moved, words):
    visit = Visit("movement", lang=words.language)
    visit.fill("movement-node", "tools")
    assert words("movement.weight", weight="3") in visit.text


def test_the_waterfall_runs_from_the_earlier_to_the_later_value(moved, words):
    spec = json.loads(Visit("movement", lang=words.language).at.get("plotly_chart")[0].proto.spec)
    bars, before, after = spec["data"]
    assert (before["x"], after["x"]) == ([1.0], [pytest.approx(5 / 3)])
    assert len(bars["x"]) == 2


def test_another_value_and_another_round_can_be_chosen(moved, words):
    third = moved.hold({"1": 3, "1-1": 2, "2": 0, "2-1": 1}, AUTUMN)
    visit = Visit("movement", lang=words.language)
    first = next(held for held in moved.store.rounds() if held.held_on == SPRING)
    visit.fill("movement-before", first.id)
    assert visit.address["before"] == first.id
    assert "1.00 → 1.50" in visit.text
    visit.fill("movement-node", "tiny.1")
    assert "1.00 → 3.00" in visit.text
    visit.fill("movement-after", first.id)
    assert visit.address["round"] == first.id
    assert words("movement.first_round") in visit.text
    assert third.closed


def test_the_note_says_what_changed_and_each_sentence_leads_somewhere(moved, words, tiny):
    action = Action("<b>研修</b>", "tiny", status=Status.DONE, finished=date(2026, 7, 1))
    moved.store.keep_action(action, tiny, "")
    visit = Visit("movement", lang=words.language)
    body = next(
        element.proto.body
        for element in visit.at.get("html")
        if "dx-note" in element.proto.body and "<style" not in element.proto.body
    )
    assert re.findall(r'href="(#?\w+)', body) == [
        "#beside",
        "#beside",
        "#waterfall",
        "#parts",
        "result",
        "actions",
    ]
    assert "&lt;b&gt;研修&lt;/b&gt;" in body
    assert words("note.answered_left", left=1, change="+0.33") in visit.text
    both = words.n_of_m(3, 4)
    assert words("note.target", n_of_m=both, target="3.00", missing="1.33") in visit.text
    (copied,) = [field.value for field in visit.at.text_area]
    assert "<b>研修</b>" in copied
    assert copied.count("。" if words.language == "ja" else ".") >= 6


def test_an_older_round_has_its_own_note(moved, words):
    first, second = moved.store.rounds()
    third = moved.hold({"1": 0, "1-1": 2, "2-1": 1}, AUTUMN)
    visit = Visit("movement", lang=words.language, round=second.id)
    assert words("note.title_since", before=first.title, round="夏") in visit.text
    assert (
        words("note.rose", items=words("note.item", name=name(words, moved, "1"), change="+1")) in visit.text
    )
    visit = Visit("movement", lang=words.language, round=third.id, before=first.id)
    assert words("note.title_since", before=first.title, round=third.title) in visit.text
    assert (
        words("note.fell", items=words("note.item", name=name(words, moved, "1"), change="−1")) in visit.text
    )


def test_the_note_says_why_two_rounds_are_not_subtracted(moved, words, tiny):
    head = tiny.head.model_copy(update={"id": "other"})
    later = moved.with_edition(type(tiny).model_validate(tiny.model_copy(update={"head": head}).model_dump()))
    newest = later.hold({"1": 0}, AUTUMN)
    visit = Visit("movement", lang=words.language, round=newest.id)
    title = words(
        "movement.called",
        title=words.of(tiny.sections["all"].title),
        aggregate=words("figure.aggregate.mean"),
    )
    assert words("note.apart_edition", title=title, after="0.00", after_n=words.n_of_m(1, 4)) in visit.text


def test_equal_rises_that_are_not_named_are_counted(house, words):
    for level, day in ((1, SPRING), (2, SUMMER)):
        house.hold(dict.fromkeys(("1", "1-1", "2", "2-1"), level), day)
    text = Visit("movement", lang=words.language).text
    items = (words("note.item", name=name(words, house, code), change="+1") for code in ("1", "1-1", "2"))
    assert words("note.rose_tied", items=words("common.comma").join(items), tied=1, change="+1") in text


def test_where_other_numbers_stand_below_the_note_leads_to_its_own(moved, words):
    visit = Visit("movement", lang=words.language)
    assert words("note.lead_agreed") not in visit.text
    visit.fill("movement-node", "people")
    assert words("note.lead_agreed") in visit.text
    body = next(
        element.proto.body for element in visit.at.get("html") if 'class="dx-note"' in element.proto.body
    )
    newest = moved.store.rounds()[-1].id
    assert re.findall(r'href="movement\?[^"#]*round=(\w+)[^"#]*#(\w+)"', body) == [
        (newest, name) for name in ("beside", "beside", "waterfall", "parts")
    ]


def test_the_sentence_and_the_cards_come_before_the_note(moved, words):
    body = written(Visit("movement", lang=words.language))
    places = [body.index(each) for each in ("dx-distance", 'id="beside"', 'id="note"', 'id="waterfall"')]
    assert places == sorted(places)


def test_a_pulse_is_compared_over_its_items_alone(moved, words):
    held = start_pulse(moved.app, moved.store, "tiny", ["1", "2-1"], "パルス", AUTUMN)
    moved.say(held, "1", 3)
    moved.say(held, "2-1", 1)
    pulse = close_round(moved.store, held, "")
    visit = Visit("movement", lang=words.language, round=pulse.id)
    assert words("movement.edition_pulse", n=2) in visit.text
    assert words("movement.alike_counts", n=2, still=1) in visit.text
    assert words("movement.why_not_node") not in visit.text


def test_a_round_that_was_corrected_after_closing_is_named(moved, words):
    last = moved.store.rounds()[-1]
    again = reopen_round(moved.store, last, "山田", "写し<i>まちがい</i>")
    moved.say(again, "1", 3, target=3)
    close_round(moved.store, again, "山田")
    visit = Visit("movement", lang=words.language)
    assert "写し<i>まちがい</i>" in visit.text
    assert (
        "「夏」は確定したあとに 1 回" in visit.text or "“夏” was reopened after it was closed" in visit.text
    )


def test_a_round_without_answers_gets_a_sentence(house, words):
    house.hold({"1": 1}, SPRING)
    house.hold({}, SUMMER)
    visit = Visit("movement", lang=words.language)
    assert words("movement.no_answers", title="回") in visit.text
    assert words("movement.why_not_after") in visit.text
    assert only_the_sentence(visit)


def test_two_rounds_with_nothing_in_common_are_not_taken_apart(house, words):
    house.hold({"1": 1}, SPRING)
    house.hold({"2": 3}, SUMMER)
    visit = Visit("movement", lang=words.language)
    assert words("movement.why_not_common") in visit.text
    assert only_the_sentence(visit)


def test_across_editions_there_is_only_the_sentence_and_a_link(moved, words, tiny):
    head = tiny.head.model_copy(update={"id": "other"})
    later = moved.with_edition(type(tiny).model_validate(tiny.model_copy(update={"head": head}).model_dump()))
    newest = later.hold({"1": 0}, AUTUMN)
    visit = Visit("movement", lang=words.language, round=newest.id)
    assert words("movement.why_not_edition") in visit.text
    assert words("progress.go_editions") in visit.labels("page_link")
    assert only_the_sentence(visit)
    assert words("movement.passed", title=newest.title) not in visit.text
    usual = Visit("movement", lang=words.language)
    assert words("movement.passed", title=newest.title) in usual.text
    assert "1.00 → 1.67" in usual.text


def test_the_editions_and_their_revisions_are_said(moved, words, tiny):
    title = words.of(tiny.head.title)
    page = Visit("movement", lang=words.language).text
    assert words("movement.edition_same", edition=title, revision=1) in page
    head = tiny.head.model_copy(update={"revision": 2})
    later = moved.with_edition(type(tiny).model_validate(tiny.model_copy(update={"head": head}).model_dump()))
    later.hold({"1": 1}, AUTUMN)
    page = Visit("movement", lang=words.language).text
    said = words("movement.edition_other", edition=title, before=title, revision=2, before_revision=1)
    assert said in page


def test_the_chart_says_what_to_see(moved, words, tiny):
    part = words(
        "movement.part_one",
        part=words("movement.part_unanswered"),
        name=f"2 {words.of(tiny.by_code['2'].title)}",
    )
    assert (
        words("movement.largest_tied", part=part, n=2, change="+0.33")
        in Visit("movement", lang=words.language).text
    )
    moved.hold({"1": 3, "1-1": 2, "2-1": 1}, AUTUMN)
    title = words.of(tiny.by_code["1"].title)
    part = words("movement.item_level", name=f"1 {title}", before="2", after="3")
    assert words("movement.largest", part=part, change="+0.33") in Visit("movement", lang=words.language).text


def test_progress_leads_here(moved, words):
    assert words("movement.go") in Visit("progress", lang=words.language).labels("page_link")


def test_nothing_moved_is_said(house, words):
    for day in (SPRING, SUMMER):
        house.hold({"1": 1}, day)
    visit = Visit("movement", lang=words.language)
    assert words("movement.unmoved") in visit.text
    assert words("movement.headline_moved_none") in visit.text


def test_by_the_votes_who_answered_is_told_apart(house, words):
    for day, levels in ((SPRING, [2, 0]), (SUMMER, [3, None])):
        held = voted(house, {"management": {"1": levels}}, day=day)
        again = reopen_round(house.store, held, "", "合意")
        house.say(again, "1", 2)
        close_round(house.store, again, "")
    visit = Visit("movement", lang=words.language)
    assert words("movement.one_voice") in visit.text
    visit.fill("movement-view", "votes")
    assert words("movement.by_person", n=1) in visit.text
    assert words("movement.headline_who", change="+1.00") in visit.text


def test_by_the_votes_a_part_is_labelled_with_what_it_is_made_of(house, words, tiny):
    """Of three executives two stay: 2 → 3 each, while the mean of everybody falls: 2 → 1.5."""
    voted(house, {"management": {"1": [2, 2, 2]}}, day=SPRING)
    voted(house, {"management": {"1": [3, 3, None, 0, 0]}}, day=SUMMER)
    visit = Visit("movement", lang=words.language)
    visit.fill("movement-view", "votes")
    name = f"1 {words.of(tiny.by_code['1'].title)}"
    label = words("movement.item_people", name=name, n=2, by="+1.00")
    assert label in table(visit)
    assert f"{name} 2.00→1.50" not in visit.text
    values = {"weight": "", "share": "+1.000", "before": "2.00", "after": "1.50"}
    assert words("movement.input_told", what=label, effect="+1.000", **values) in visit.text
    who = words("movement.item_who", name=name, by="−1.50")
    assert words("movement.input_told", what=who, effect="−1.500", **values) in visit.text


def test_of_anonymous_rounds_what_cannot_be_told_is_said(house, words):
    for day, level in ((SPRING, 0), (SUMMER, 3)):
        votes = {"management": {"1": [1] * 4, "2": [2, 2] if level else [2] * 4}, "it": {"1": [level, level]}}
        voted(house, votes, day=day, minimum=3)
    visit = Visit("movement", lang=words.language)
    visit.fill("movement-view", "votes")
    edition = next(iter(house.app.editions.values()))
    one, two = (f"{code} {words.of(edition.by_code[code].title)}" for code in ("1", "2"))
    assert words("movement.untold", items=one) in visit.text
    assert words("movement.unseen", items=two) in visit.text


def test_a_damaged_round_is_named(moved, words, folder, restart):
    from tests.usecases.conftest import flip_levels

    last = moved.store.rounds()[-1]
    restart()
    flip_levels(folder / "dx.sqlite", last)
    visit = Visit("movement", lang=words.language)
    assert (
        visit.alerts == [f" {words('rounds.damaged', title='夏')}  "]
        or words("rounds.damaged", title="夏") in visit.alerts[0]
    )
    assert words("movement.first_round") in visit.text
