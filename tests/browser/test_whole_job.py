"""The main job as a newcomer does it: from an empty database to a trend with two points."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from playwright.sync_api import Page, expect

from dxassess.text import rounded
from tests.browser.person import Person

COMPANY = "株式会社みほん製作所"
SIZES = {"1": 0, "2": 0, "3": 0, "4": 4, "5": 2, "6": 3, "7": 3, "8": 8, "9": 6}
CODES = [
    code for key, subs in SIZES.items() for code in (key, *(f"{key}-{place}" for place in range(1, subs + 1)))
]
CANNOT_SAY, NOT_APPLICABLE, ANSWERED_FROM_CONDITIONS = "3", "8-5", "5-1"
LEVELS: Mapping[str, int] = {
    code: (place * 3 + place // 7) % 6
    for place, code in enumerate(CODES)
    if code not in (CANNOT_SAY, NOT_APPLICABLE)
}
TARGETS: Mapping[str, int] = {"1": 4, "4-1": 5, "9": 3}
SECOND: Mapping[str, int] = {"1": 4, "2": 5, "8": 3}
AREAS = {"全指標": "123456789", "経営視点": "1234567", "IT視点": "89"}
HALF_WAY = 17


def mean(values: Mapping[str, int], area: str) -> Fraction:
    """The mean of the items of an area, by hand."""
    inside = [level for code, level in values.items() if code[0] in AREAS[area]]
    return Fraction(sum(inside), len(inside))


def test_a_newcomer_answers_closes_and_sees_the_trend(person: Person) -> None:
    person.open()
    person.create_organisation(COMPANY)
    first = person.start_round()
    answer_everything(person)
    fill_two_measures(person)
    close_everything(person)
    see_the_three_averages(person, LEVELS)
    see_how_a_number_was_made(person)
    second = start_the_next_round(person)
    answer_a_few(person, SECOND)
    person.go("rounds")
    person.close_round(sure=True)
    see_the_three_averages(person, SECOND)
    see_a_trend_of(person, LEVELS, SECOND)
    reopen_the_first(person, first, second)


def answer_everything(person: Person) -> None:
    person.item("1")
    for place, code in enumerate(CODES):
        person.item(code)
        answer_one(person, code)
        person.answered(place + 1)
        if place == HALF_WAY:
            reload_and_find_everything(person)
        if code != CODES[-1]:
            person.next_item(CODES[place + 1])


def answer_one(person: Person, code: str) -> None:
    if code == CANNOT_SAY:
        person.pick("cannot_say")
    elif code == NOT_APPLICABLE:
        say_it_does_not_apply(person)
    else:
        if code == ANSWERED_FROM_CONDITIONS:
            tick_conditions(person)
        person.pick(LEVELS[code])
    if code in TARGETS:
        person.aim(TARGETS[code])
    if code == "4-1":
        person.write("evidence", "推進室の設置規程")


def tick_conditions(person: Person) -> None:
    """A suggestion appears, and no level is set by it."""
    suggestion = person.page.get_by_text(person.words("answering.suggested", level="1"))
    expect(suggestion).to_be_hidden()
    person.page.get_by_test_id("stCheckbox").first.click()
    expect(suggestion).to_be_visible()
    for level in range(6):
        expect(person.level(level)).not_to_be_checked()


def say_it_does_not_apply(person: Person) -> None:
    person.choose(person.words("answering.not_applicable"), "該当する事業や業務がない")
    for level in range(6):
        expect(person.level(level)).not_to_be_checked()


def reload_and_find_everything(person: Person) -> None:
    """Nothing lived in the page alone."""
    here = CODES[HALF_WAY]
    person.page.reload()
    person.arrived()
    person.item(here)
    person.answered(HALF_WAY + 1)
    expect(person.level(LEVELS[here])).to_be_checked()
    person.open("answering", item="4-1")
    expect(person.level(LEVELS["4-1"])).to_be_checked()
    expect(person.target(TARGETS["4-1"])).to_be_checked()
    expect(person.page.get_by_label(person.words("answering.evidence"))).to_have_value("推進室の設置規程")
    person.open("answering", item=CANNOT_SAY)
    expect(person.level("cannot_say")).to_be_checked()
    person.open("answering", item=here)
    person.item(here)


def fill_two_measures(person: Person) -> None:
    """Full-width digits are digits; words are refused with a sentence that says what is possible."""
    person.press("answering.go_measures")
    person.heading(person.words("measures.title"))
    current = person.page.get_by_label("現在値（日）").first
    current.fill("４５０")
    current.press("Enter")
    expect(person.page.get_by_text(person.words("measures.done", n=1, m=22))).to_be_visible()
    target = person.page.get_by_label("目標値（日）").first
    target.fill("なるべく早く")
    target.press("Enter")
    expect(person.page.get_by_role("alert")).to_contain_text("なるべく早く")
    expect(target).to_have_value("なるべく早く")
    target.fill("360")
    target.press("Enter")
    expect(person.page.get_by_role("alert")).to_be_hidden()
    person.go("home")
    person.go("measures")
    expect(person.page.get_by_label("現在値（日）").first).to_have_value("450")
    expect(person.page.get_by_label("目標値（日）").first).to_have_value("360")


def close_everything(person: Person) -> None:
    person.go("home")
    person.press("home.step_close")
    person.heading(person.words("rounds.title"))
    person.close_round(by="山田")


def see_the_three_averages(person: Person, levels: Mapping[str, int]) -> None:
    for area, groups in AREAS.items():
        figure = person.page.locator(".dx-figure").filter(has_text=_mean_of(person, area))
        expect(figure.locator(".big")).to_have_text(re.compile(rf"^{rounded(mean(levels, area), 2)}\s*/"))
        inside = [code for code in levels if code[0] in groups]
        expect(figure).to_contain_text(f" {len(inside)} 項目")


def see_how_a_number_was_made(person: Person) -> None:
    person.page.get_by_role("button", name=person.words("result.explain")).first.click()
    dialog = person.page.get_by_role("dialog")
    total, value = sum(LEVELS.values()), rounded(mean(LEVELS, "全指標"), 2)
    expect(dialog).to_contain_text(
        f"{len(LEVELS)} 個の値の合計 {rounded(Fraction(total), 2)} ÷ {len(LEVELS)} = {value}"
    )
    expect(dialog.get_by_role("row").filter(has_text="わからない")).to_have_count(1)
    expect(dialog.get_by_role("row").filter(has_text="該当しない")).to_have_count(1)
    person.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def start_the_next_round(person: Person) -> str:
    """Last time stands beside each level, and is nowhere taken over."""
    person.go("home")
    expect(person.page.get_by_role("button", name=person.words("home.step_look"))).to_be_visible()
    person.page.get_by_role("link", name=person.words("home.step_look_and_start_next")).click()
    person.heading(person.words("rounds.title"))
    started = person.start_round("第2回")
    person.item("1")
    person.answered(0)
    expect(person.row(LEVELS["1"])).to_contain_text(person.words("answering.last_time"))
    for level in range(6):
        expect(person.level(level)).not_to_be_checked()
    return started


def answer_a_few(person: Person, levels: Mapping[str, int]) -> None:
    for done, (code, level) in enumerate(levels.items(), start=1):
        person.open("answering", item=code)
        person.pick(level)
        person.answered(done)


def see_a_trend_of(person: Person, *rounds: Mapping[str, int]) -> None:
    """A point per round in the first chart, and the same numbers in the table."""
    person.go("progress")
    chart = person.page.get_by_role("figure").first
    person.page.get_by_text(person.words("progress.as_table")).click()
    rows = person.page.get_by_role("row").filter(has_text="全指標")
    expect(rows).to_have_count(len(rounds))
    for place, levels in enumerate(rounds):
        value = str(rounded(mean(levels, "全指標"), 2))
        expect(rows.nth(place)).to_contain_text(value)
        expect(chart).to_have_accessible_name(re.compile(re.escape(value)))


def reopen_the_first(person: Person, first: str, second: str) -> None:
    """Without a reason a closed round stays closed."""
    person.go("rounds")
    held: Page = person.page
    entry = (
        held.get_by_test_id("stExpander")
        .filter(has_text="自己診断")
        .filter(has_text=person.words("rounds.state_closed"))
    )
    entry.locator("summary").click()
    entry.get_by_role("button", name=person.words("rounds.reopen")).click()
    expect(held.get_by_role("alert")).to_be_visible()
    entry.get_by_label(person.words("rounds.reopen_reason")).fill("4-1 の根拠を直すため")
    entry.get_by_role("button", name=person.words("rounds.reopen")).click()
    expect(held.get_by_text(person.words("rounds.running"))).to_be_visible()
    person.open("answering", round=first, item="4-1")
    expect(person.level(LEVELS["4-1"])).to_be_enabled()
    person.open("answering", round=second, item="1")
    expect(person.level(4)).to_be_disabled()


def _mean_of(person: Person, area: str) -> str:
    """What the large number of an area is called."""
    return person.words("result.average", title=area, aggregate=person.words("figure.aggregate.mean"))
