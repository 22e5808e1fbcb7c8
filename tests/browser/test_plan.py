"""From the result to what came of it: where to begin, three actions, the best within a budget, and a KPI that moved."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from tests.browser.person import Person

ANSWERS = {"1": (1, 3), "4-1": (0, 3), "8-3": (1, 3)}
FIRST, SECOND, THIRD = (
    "試行を任せるチームを決める",
    "動いていない仕組みを洗い出す",
    "基幹システムを入れ替える",
)
TABLE = f"""アクション,状態,工数（人日）,一時費用（円）,上がる見込み,先に必要
{SECOND},予定,１２,"200,000",8-3:1,
{THIRD},案,300,"９，０００，０００",8-3:2;1:1,{SECOND}
"""
KPI = "請求書の入力にかかる時間"


def test_from_the_result_to_a_measured_effect(person: Person) -> None:
    person.open()
    person.create_organisation("株式会社みほん製作所")
    person.start_round()
    for code, (now, target) in ANSWERS.items():
        person.open("answering", item=code)
        person.pick(now)
        person.aim(target)
    person.go("result")
    see_where_to_begin(person)
    add_one_in_the_form(person)
    add_two_from_a_table(person)
    find_the_best_within_a_budget(person)
    measure_something(person)
    finish_the_action_that_moves_it(person)
    see_what_came_of_it(person)


def see_where_to_begin(person: Person) -> None:
    person.go("plan")
    rows = person.page.locator(".dx-cards").first.get_by_role("row")
    expect(rows).to_have_count(1 + len(ANSWERS))
    expect(rows.nth(1)).to_contain_text("4-1")
    expect(rows.nth(1)).to_contain_text("0 → 3")


def add_one_in_the_form(person: Person) -> None:
    person.press("actions.add_first")
    person.heading(person.words("actions.title"))
    form = person.page.get_by_test_id("stExpander").filter(has_text=person.words("action.add"))
    person.choose(person.words("action.items"), "4-1 体制")
    person.page.keyboard.press("Escape")
    lift = form.get_by_label(person.words("action.lift_of", label="4-1 体制"))
    expect(lift).to_have_value("1.00")
    fill(form.get_by_label(person.words("action.name")), FIRST)
    fill(form.get_by_label(person.words("action.one_off")), "300000")
    fill(form.get_by_label(person.words("action.effort")), "10")
    form.get_by_role("button", name=person.words("action.save")).click()
    expect(person.page.get_by_role("heading", name=person.words("actions.one"))).to_be_visible()


def add_two_from_a_table(person: Person) -> None:
    """As Excel writes it in Japan, with full-width figures; nothing is kept before it is seen."""
    person.page.get_by_text(person.words("actions.csv"), exact=True).click()
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp932")}
    person.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    summary = person.words("actions.csv_summary", added=2, changed=0, unchanged=0)
    expect(person.page.get_by_text(summary)).to_be_visible()
    person.press("actions.csv_take")
    expect(person.page.get_by_text(person.words("actions.csv_taken", n=2))).to_be_visible()


def find_the_best_within_a_budget(person: Person) -> None:
    person.go("plan")
    expect(person.page.get_by_text(person.words("actions.on_plan", n=3))).to_be_visible()
    fill(person.page.get_by_label(person.words("path.yen")), "1000000")
    person.press("path.find")
    chosen = person.page.locator(".dx-list").filter(has_text=FIRST).filter(has_text=SECOND)
    expect(chosen.last).to_be_visible()
    expect(person.page.get_by_text(person.words("path.why_yen", title=THIRD, other=""))).to_be_visible()
    expect(person.page.get_by_text(person.words("path.picture"))).to_be_visible()
    picture = person.page.get_by_role("figure").last
    expect(picture).to_have_accessible_name(re.compile(r"^全指標 0\.67 → 1\.33"))


def measure_something(person: Person) -> None:
    person.go("effects")
    fill(person.page.get_by_label(person.words("effects.field_name")), KPI)
    last = month_end(month_end(date.today()))
    fill(person.page.get_by_label(person.words("effects.field_baseline"), exact=True), "166")
    enter_day(person, person.words("effects.field_baseline_on"), last)
    person.press("effects.empty_button")
    typed = person.page.get_by_label(person.words("effects.typed", unit="時間"))
    fill(typed, "66")
    person.press("effects.record_save")
    expect(person.page.get_by_text(person.words("effects.values", n=1))).to_be_visible()


def finish_the_action_that_moves_it(person: Person) -> None:
    person.go("actions")
    opened = person.page.locator(".st-key-one-action")
    opened.get_by_text(person.words("effects.action"), exact=True).click()
    fill(opened.get_by_label(KPI), "-90")
    person.choose(person.words("action.status"), person.words("action.status_done"))
    day = month_end(date.today()).replace(day=1)
    enter_day(person, person.words("action.finished"), day)
    opened.get_by_role("button", name=person.words("action.save")).click()
    expect(person.page.get_by_text(person.words("actions.history"))).to_be_visible()


def see_what_came_of_it(person: Person) -> None:
    person.go("effects")
    expect(person.page.get_by_text(person.words("effects.big_hours", hours="100")).first).to_be_visible()
    expected = person.words("effects.expected_hours", hours="90")
    expect(person.page.get_by_text(expected).first).to_be_visible()


def month_end(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def enter_day(person: Person, label: str, day: date) -> None:
    """Type a day into its three places."""
    person.page.get_by_role("spinbutton", name=f"年、{label}").first.click()
    person.page.keyboard.type(f"{day:%Y%m%d}")
    person.page.keyboard.press("Tab")


def fill(box: Locator, text: str) -> None:
    box.fill(text)
    box.press("Tab")
