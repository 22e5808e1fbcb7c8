"""The page of comparison: which rounds, one sentence, rises and falls with what is noise, heat table, targets, actions."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from dxassess.assessment.action import Action, PlanNode, Status
from dxassess.assessment.model import State
from dxassess.ui.components import round_labels
from dxassess.ui.context import application
from dxassess.usecases import close_round, reopen_round, standing, start_round
from tests.ui.conftest import Visit, end
from tests.ui.test_result_and_progress import ONE_DECIMAL, charts
from tests.usecases.conftest import flip_levels, new_house
from tests.usecases.crossing import write_later
from tests.usecases.voting import vote

SPRING, SUMMER, AUTUMN = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)
LOW = {"it": {"1": [0, 1, 1], "2": [0, 1, 2]}, "management": {"1": [1, 0, 0], "2": [1, 3, 0]}}
HIGH = {"it": {"1": [3, 3, 2], "2": [1, 3, 0]}, "management": {"1": [2, 3, 3], "2": [2, 0, 1]}}


def hold(house, day, levels, votes=None, targets=None, title="回", **more):
    """A closed round with votes behind its agreed levels."""
    held = start_round(house.app, house.store, "tiny", title, day, None, **more)
    vote(house, held, votes or {})
    for code, level in levels.items():
        house.say(held, code, level, target=(targets or {}).get(code))
    return close_round(house.store, held, "山田")


@pytest.fixture
def two(house):
    """Two rounds with votes: item 1 rose by far, item 2 fell within noise, 2-1 is new."""
    hold(house, SPRING, {"1": 1, "1-1": 1, "2": 2}, LOW, {"1": 2, "1-1": 3, "2": 3})
    hold(house, SUMMER, {"1": 3, "1-1": 1, "2": 1, "2-1": 1}, HIGH)
    return house


def table(visit):
    """The heat table as rows of texts."""
    (body,) = [e.proto.body for e in visit.at.get("html") if 'class="dx-heat-box"' in e.proto.body]
    return body


def test_one_sentence_tells_what_moved_and_what_of_it_is_noise(two, words):
    visit = Visit("compare", lang=words.language)
    ends = (
        {"first": "2026年度 第1四半期", "last": "2026年度 第2四半期"}
        if words.language == "ja"
        else {"first": "FY2026 Q1", "last": "FY2026 Q2"}
    )
    sentence = words("compare.headline", **ends, m=4, up=1, down=1, same=1)
    assert words("compare.headline_apart", sentence=sentence, apart=1) in visit.text
    told = words("common.comma").join(
        words("compare.noise_n", verdict=words(f"compare.verdict_{each}"), n=1)
        for each in ("beyond", "within")
    )
    assert words("compare.headline_noise", told=told) in visit.text
    assert not ONE_DECIMAL.findall(visit.text + charts(visit))


def test_the_page_leads_on_to_why_it_moved_between_these_rounds_and_to_the_plan(two, words):
    first, last = standing(two.store).rounds
    ways = Visit("compare", lang=words.language).ways()
    (why,) = [query for page, query in ways if page == "movement" and "before=" in query]
    assert f"round={last.id}" in why and f"before={first.id}" in why
    assert any(page == "plan" and f"round={last.id}" in query for page, query in ways)


def test_rises_and_falls_carry_sign_votes_and_what_is_noise(two, words):
    text = Visit("compare", lang=words.language).text
    for verdict in ("beyond", "within"):
        said = words(f"compare.verdict_{verdict}")
        assert words("compare.votes_line", verdict=said, first=6, last=6) in text
    assert "+2" in text
    assert "−1" in text


def test_the_heat_table_prints_every_level_and_signs_for_what_has_none(two, words):
    body = table(Visit("compare", lang=words.language))
    assert body.count("<td class='s3'>3</td>") == 1
    assert "<td class='sign'>□</td><td class='s1'>1</td>" in body
    assert words("compare.short_within") in body
    assert body.count("scope='row'") == 3 + 4


def test_an_average_over_other_items_is_marked_and_told_for_the_same_items(two, words):
    visit = Visit("compare", lang=words.language)
    assert words("compare.other_items_note") in visit.text
    like = words("compare.average_like", n=3, change="+0.33", verdict=words("compare.verdict_within"))
    assert like in visit.text
    visit.at.session_state["noise-table"] = True
    assert words("compare.same_items", change="+0.17", like="+0.33") in visit.run().text
    assert words("compare.why_no_votes") in visit.text
    assert words("compare.noise_paired", paired=6, first=6, last=6) in visit.text


def test_what_has_no_value_in_one_of_the_ends_has_no_line_and_is_named(house, words):
    hold(house, SPRING, {"1": 1})
    hold(house, SUMMER, {"1": 2, "2": 1})
    visit = Visit("compare", lang=words.language)
    name = "2 道具" if words.language == "ja" else "2 Tools"
    assert words("compare.slopes_missing", names=name) in visit.text
    assert "<td class='moved still'>–</td>" in table(visit)


def test_slopes_are_drawn_of_groups_and_of_the_items_of_one(two, words):
    visit = Visit("compare", lang=words.language)
    assert len(json.loads(visit.at.get("plotly_chart")[0].proto.spec)["data"]) == 2
    visit.fill("slopes-of", "people")
    assert words("compare.short_beyond") in charts(visit)
    assert words("compare.short_still") in charts(visit)
    assert "1-1" in charts(visit)


def test_targets_are_counted_and_add_up(two, words):
    edition = next(iter(two.app.editions.values()))
    two.store.set_plan_node(edition, PlanNode("tiny.1-1", due=date(2026, 7, 1)), "")
    visit = Visit("compare", lang=words.language)
    assert words("compare.targets_see", m=3, reached=1, newly=1) in visit.text
    assert words("compare.targets_rest", m=4, no_target=1, not_applicable=0) in visit.text
    for outcome in ("reached", "missed", "no_day"):
        assert f"1 {words(f'compare.outcome_{outcome}')} {words('compare.outcome_n', n=1, m=3)}" in " ".join(
            visit.text.split()
        )
    assert words.date(date(2026, 7, 1)) in visit.text


def test_a_target_that_was_reached_before_is_not_counted_as_new(house, words):
    for day in (SPRING, SUMMER):
        hold(house, day, {"1": 3, "1-1": 1}, targets={"1": 2, "1-1": 3})
    text = Visit("compare", lang=words.language).text
    assert words("compare.targets_see", m=2, reached=1, newly=0) in text


def test_a_lowered_target_says_what_it_was(house, words):
    for day, target in ((SPRING, 3), (SUMMER, 2)):
        hold(house, day, {"1": 1}, targets={"1": target})
    hold(house, AUTUMN, {"1": 2})
    visit = Visit("compare", lang=words.language).fill("compare-way", "all")
    assert words("compare.lowered", target="2", before="3") in visit.text


def test_without_targets_and_actions_the_page_says_so(house, words):
    hold(house, SPRING, {"1": 1})
    hold(house, SUMMER, {"1": 1})
    text = Visit("compare", lang=words.language).text
    assert words("compare.targets_none") in text
    assert words("compare.actions_none", first=words.date(SPRING), last=words.date(SUMMER)) in text
    assert words("compare.none_risen") in text
    assert words("compare.noise_none_no_votes") in text


def test_actions_finished_between_are_listed_and_no_cause_is_claimed(two, words):
    edition = next(iter(two.app.editions.values()))
    for title, lifts in (("研修を始める", {"tiny.1": Decimal(1)}), ("片付け", {})):
        done = Action(title, "tiny", lifts, Status.DONE, finished=date(2026, 6, 1))
        two.store.keep_action(done, edition, "")
    text = Visit("compare", lang=words.language).text
    assert words("compare.actions_see", n=2, first=words.date(SPRING), last=words.date(SUMMER)) in text
    assert words("compare.action_item", code="1", change="+2") in text
    assert words("compare.action_no_items") in text
    assert words("compare.actions_care") in text


def test_all_rounds_or_some_can_be_chosen(two, words):
    hold(two, AUTUMN, {"1": 2})
    labels = round_labels(words, standing(two.store).rounds)
    visit = Visit("compare", lang=words.language)
    assert table(visit).count("scope='col'") == 4
    visit.fill("compare-way", "all")
    assert table(visit).count("scope='col'") == 5
    visit.fill("compare-way", "pick")
    picker = visit.at.get("multiselect")[0]
    assert picker.options == list(reversed(labels.values()))
    picker.set_value([])
    assert words("compare.pick_more") in visit.run().text


def test_many_rounds_say_how_to_see_the_earlier_ones(house, words):
    for month in range(1, 14):
        hold(house, date(2025 + month // 13, (month - 1) % 12 + 1, 1), {"1": month % 4})
    visit = Visit("compare", lang=words.language).fill("compare-way", "all")
    assert words("compare.heat_scroll", n=13) in visit.text


def test_rounds_of_one_day_a_corrected_one_and_one_without_a_level_are_named(house, words):
    first = hold(house, SPRING, {"1": 1}, title="甲")
    second = hold(house, SPRING, {"1": 2}, title="乙")
    again = reopen_round(house.store, second, "", "直す")
    visit = Visit("compare", lang=words.language)
    assert words("compare.left_reopened", titles=round_labels(words, [again])[again.id]) in visit.text
    assert words("compare.empty") in visit.text
    second = close_round(house.store, again, "")
    visit = Visit("compare", lang=words.language)
    labels = round_labels(words, [first, second])
    both = words("common.comma").join(labels[held.id] for held in (first, second))
    assert words("compare.same_day", titles=both) in visit.text
    assert words("compare.corrected", titles=round_labels(words, [second])[second.id]) in visit.text
    silent = house.start(SUMMER)
    house.say(silent, "1", state=State.CANNOT_SAY)
    silent = close_round(house.store, silent, "")
    visit = Visit("compare", lang=words.language).fill("compare-way", "all")
    assert words("compare.unanswered", titles=round_labels(words, [silent])[silent.id]) in visit.text
    assert (
        words(
            "compare.average_none",
            title=words.of(house.app.edition("tiny").sections["all"].title),
            aggregate=words("figure.aggregate.mean"),
        )
        in visit.text
    )


def test_a_department_is_compared_by_itself_and_the_others_are_named(two, words):
    part = hold(two, AUTUMN, {"1": 2}, title="人だけ", section="people")
    visit = Visit("compare", lang=words.language)
    assert table(visit).count("scope='row'") == 1 + 2
    whole = standing(two.store).rounds[1]
    visit.fill(f"compare-scope-{part.id}", whole.id)
    assert visit.address["round"] == whole.id
    assert words("compare.left_scope", titles=round_labels(words, [part])[part.id]) in visit.text


def test_after_the_first_round_of_another_edition_the_page_is_no_dead_end(folder, words):
    write_later(folder / "indicators")
    both = new_house(application())
    for day, level in ((SPRING, 1), (SUMMER, 2)):
        hold(both, day, {"1": level})
    held = close_round(
        both.store, start_round(both.app, both.store, "later", "新しい版", AUTUMN, None), "山田"
    )
    visit = Visit("compare", lang=words.language)
    assert words("compare.empty") not in visit.text
    shown = words.of(both.app.edition("tiny").head.short)
    title = round_labels(words, [held])[held.id]
    assert words("compare.single", title=title, shown=shown) in visit.text
    assert words("compare.left_edition", titles=title) not in visit.text
    assert words("progress.go_editions") in visit.labels("page_link")
    assert table(visit).count("scope='row'") == 3 + 4


def test_a_withdrawn_a_renamed_and_a_reworded_item_are_named(house, folder, words):
    hold(house, SPRING, {"1": 1, "2-1": 2})
    tiny = folder / "indicators" / "tiny"

    def edit(name, old, new):
        text = (tiny / name).read_text("utf-8")
        assert old in text
        (tiny / name).write_text(text.replace(old, new), "utf-8")

    edit("edition.yaml", "revision: 1", "revision: 2")
    edit("edition.yaml", 'items: ["2", "2-1"]', 'items: ["2"]')
    edit("2-1.yaml", "respondents: [it]", "respondents: [it]\nwithdrawn: true")
    edit("1.yaml", '{ja: "学び", en: "Learning"}', '{ja: "習い", en: "Lessons"}')
    edit("2.yaml", "道具はまだありません。", "道具はありません。")
    end()
    house.app = application()
    house.store = house.app.database.store(house.store.organisation_id)
    hold(house, SUMMER, {"1": 2})
    text = Visit("compare", lang=words.language).text
    ja = words.language == "ja"
    assert words("compare.gone", items="2-1 点検" if ja else "2-1 Inspection") in text
    assert (
        words("compare.named", item="1 習い" if ja else "1 Lessons", before="学び" if ja else "Learning")
        in text
    )
    assert words("compare.reworded", items="2 道具" if ja else "2 Tooling") in text


def test_a_revision_of_the_weights_is_named_and_what_did_not_move_is_not_said_to_have(house, folder, words):
    levels = {"1": 3, "1-1": 1, "2": 1, "2-1": 1}
    hold(house, SPRING, levels)
    path = folder / "indicators" / "tiny" / "edition.yaml"
    path.write_text(path.read_text("utf-8").replace("mean", "weighted_mean", 1), "utf-8")
    end()
    house.app = application()
    house.store = house.app.database.store(house.store.organisation_id)
    hold(house, SUMMER, levels)
    text = Visit("compare", lang=words.language).text
    still = words("compare.verdict_still")
    assert words("compare.average_revised", n=4, change="±0.00", verdict=still) in text
    assert words("compare.other_items_note") in text


def test_a_damaged_round_is_named_and_not_compared(two, folder, words):
    held = standing(two.store).rounds[0]
    end()
    flip_levels(folder / "dx.sqlite", held)
    application.clear()
    visit = Visit("compare", lang=words.language)
    assert any(words("compare.left_damaged", title=held.title) in alert for alert in visit.alerts)
    assert words("compare.empty") in visit.text


@pytest.mark.parametrize(("minimum", "key"), [(None, "unpaired"), (3, "votes")])
def test_how_the_raters_were_drawn_is_told(house, words, minimum, key):
    more = {"named": False, "minimum": minimum} if minimum else {}
    hold(house, SPRING, {"1": 1}, LOW, **more)
    held = start_round(house.app, house.store, "tiny", "次", SUMMER, None)
    for name in ("田中", "佐藤", "鈴木", "高橋"):
        house.store.add_respondent(held.id, "it", name)
    vote(house, held, {"it": {"1": [1, 2, 3, 3]}})
    house.say(held, "1", 2)
    close_round(house.store, held, "")
    text = Visit("compare", lang=words.language).text
    assert words(f"compare.noise_{key}", first=6, last=4) in text


def test_where_votes_are_hidden_or_too_few_nothing_is_said_and_no_hidden_vote_is_counted(house, words):
    hold(house, SPRING, {"1": 1}, LOW)
    hold(house, SUMMER, {"1": 2}, {"it": {"1": [3, 3]}}, named=False, minimum=3)
    text = Visit("compare", lang=words.language).text
    assert words("compare.noise_none_hidden") in text
    assert words("compare.votes_line", verdict=words("compare.verdict_unsaid"), first=6, last=2) not in text
    hold(house, AUTUMN, {"1": 3}, {"it": {"1": [3, 3]}})
    visit = Visit("compare", lang=words.language).fill("compare-way", "all")
    assert words("compare.noise_none_few") in visit.text
    assert words("compare.votes_line", verdict=words("compare.verdict_unsaid"), first=6, last=2) in visit.text


def test_the_making_of_any_number_of_any_round_opens(two, words):
    visit = Visit("compare", lang=words.language).press("explain-compare")
    box = next(box for box in visit.at.selectbox if box.label == words("result.explain_pick"))
    assert any(option.startswith("2-1") for option in box.options)
    assert words("result.left_out") in visit.text
