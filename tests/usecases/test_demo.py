"""The sample company: its story, told anew on a fresh database."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from dxassess.assessment.hints import hints
from dxassess.assessment.model import AGREED, Answer, FiscalQuarter, Organisation, Recorded, Round, State
from dxassess.assessment.scoring import NodeScore, current_marks, score
from dxassess.assessment.suggestion import suggest
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition, Indicator
from dxassess.errors import DiskFull, EditionUnknown
from dxassess.storage import Database, Store, open_database
from dxassess.usecases.decisions import decision_record
from dxassess.usecases.demo import demo_answers, fill_demo
from dxassess.usecases.demo_between import is_part
from dxassess.usecases.demo_between import story as between
from dxassess.usecases.demo_story import people, story

ROOT = Path(__file__).parents[2]
ROUNDS = range(1, 6)
SPLIT = ["4-3", "5-1", "6", "7-2", "9-3"]
SPOKEN = ("evidence", "comment")
KANA = re.compile("[ぁ-んァ-ヶ]")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition(ROOT / "indicators" / "dx2019")


@pytest.fixture(scope="module")
def trial() -> Edition:
    return load_edition(ROOT / "indicators" / "dgc3")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, edition: Edition, trial: Edition) -> Iterator[Store]:
    database = open_database(str(tmp_path_factory.mktemp("demo") / "demo.db"))
    yield database.store(fill_demo(database, edition, trial=trial).id)
    database.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(str(tmp_path / "demo.db"))
    yield opened
    opened.close()


def whole(store: Store) -> list[Round]:
    """The quarterly rounds."""
    return [held for held in store.rounds() if held.edition == "dx2019" and not is_part(store, held)]


def agreed(store: Store, held: Round) -> list[Recorded]:
    return list(store.answers(held.id, "agreed"))


def scores(store: Store, edition: Edition) -> list[dict[str, NodeScore]]:
    return [
        score(edition, current_marks(found.answer for found in agreed(store, held))) for held in whole(store)
    ]


def averages(store: Store, edition: Edition, node: str) -> list[Fraction]:
    values = [found[node].value for found in scores(store, edition)]
    return [value for value in values if value is not None]


def levels(store: Store, held: Round, ballot: str, indicator: Indicator, top: bool) -> list[float]:
    return [
        found.answer.level
        for found in store.answers(held.id, ballot)
        if found.answer.indicator == indicator.id
        and found.answer.level is not None
        and (found.role == "management") is top
    ]


def split(store: Store, held: Round, ballot: str, indicator: Indicator) -> float:
    top, rest = (levels(store, held, ballot, indicator, which) for which in (True, False))
    return mean(top) - mean(rest)


def content(store: Store) -> list[tuple[str, date, str, str, str, Answer]]:
    return [
        (held.title, held.held_on, names[found.respondent], found.role, found.ballot, found.answer)
        for held in store.rounds()
        for names in [{one.id: one.name for one in store.respondents(held.id)}]
        for found in store.answers(held.id)
    ]


def texts() -> list[str]:
    told = story()
    blocks = [
        block
        for item in told["items"].values()
        for name in ("evidence", "comment", "high", "low", "moved")
        for block in item.get(name, {}).values()
    ]
    lines = [measure.get(name) for measure in told["measures"].values() for name in ("evidence", "comment")]
    spoken = [text for told in between().values() for name in SPOKEN for text in told[name].values()]
    return [*blocks, *filter(None, lines), *spoken]


def test_five_quarterly_rounds_are_closed_and_intact(filled: Store) -> None:
    rounds = whole(filled)
    assert [held.quarter for held in rounds] == [
        FiscalQuarter(2025, 2),
        FiscalQuarter(2025, 3),
        FiscalQuarter(2025, 4),
        FiscalQuarter(2026, 1),
        FiscalQuarter(2026, 2),
    ]
    assert all(held.closed for held in rounds)
    assert [held.previous for held in rounds] == [None, *(held.id for held in rounds[:-1])]
    for held in rounds:
        filled.verify(held.id)


def test_the_company_is_marked_as_a_sample_and_says_that_it_is_fictional(filled: Store) -> None:
    assert filled.organisation.sample
    assert "架空" in filled.organisation.name
    assert filled.organisation.first_month == 4


def test_the_mean_rises_from_1_2_to_2_1_and_falls_once_in_the_third_round(
    filled: Store, edition: Edition
) -> None:
    means = averages(filled, edition, "all")
    assert [round(float(value), 1) for value in (means[0], means[-1])] == [1.2, 2.1]
    assert [after > before for before, after in pairwise(means)] == [
        True,
        False,
        True,
        True,
    ]


def test_the_it_view_is_ahead_at_first_and_overtaken_in_the_fourth_round(
    filled: Store, edition: Edition
) -> None:
    views = zip(averages(filled, edition, "management"), averages(filled, edition, "it"), strict=True)
    assert [it > management for management, it in views] == [True, True, True, False, False]


def test_only_8_7_never_moves_and_9_4_jumps_by_two_levels(filled: Store, edition: Edition) -> None:
    moves = {
        indicator.code: [found[indicator.id].value for found in scores(filled, edition)]
        for indicator in edition.scored
    }
    assert [code for code, values in moves.items() if len(set(values)) == 1] == ["8-7"]
    assert moves["9-4"] == [1, 1, 1, 1, 3]


def test_early_rounds_leave_things_open_and_the_last_says_n_of_m(filled: Store, edition: Edition) -> None:
    counts = [found["all"].counts for found in scores(filled, edition)]
    assert [(count.n, count.m) for count in counts] == [(30, 34), (32, 34), (35, 35), (35, 35), (34, 35)]
    assert [count.not_answered for count in counts] == [2, 1, 0, 0, 0]
    assert [count.cannot_say for count in counts] == [2, 1, 0, 0, 1]
    assert [count.not_applicable for count in counts] == [1, 1, 0, 0, 0]


def test_at_least_three_people_of_each_role_vote_in_each_round(filled: Store, edition: Edition) -> None:
    for held in whole(filled):
        voters = Counter(
            role for _, role in {(one.respondent, one.role) for one in filled.answers(held.id, "first")}
        )
        assert voters == {"management": 3, "business": 4, "dx": 3, "it": 4}


@pytest.mark.parametrize("code", SPLIT)
def test_management_votes_far_above_the_rest_before_the_talk_and_nearer_after(
    filled: Store, edition: Edition, code: str
) -> None:
    indicator = edition.by_code[code]
    for held in whole(filled):
        before = split(filled, held, "first", indicator)
        assert before >= 0.8
        assert abs(split(filled, held, "second", indicator)) < before - 0.3


def test_people_come_nearer_to_each_other_from_round_to_round(filled: Store, edition: Edition) -> None:
    spread = [
        mean(
            max(given) - min(given)
            for indicator in edition.scored
            for given in [
                levels(filled, held, "first", indicator, True)
                + levels(filled, held, "first", indicator, False)
            ]
        )
        for held in whole(filled)
    ]
    assert spread[-1] < spread[0]


def test_a_second_vote_is_held_only_where_the_room_agreed_on_a_level(filled: Store) -> None:
    for held in whole(filled):
        decided = {found.answer.indicator for found in agreed(filled, held) if found.answer.level is not None}
        again = {found.answer.indicator for found in filled.answers(held.id, "second")}
        assert 10 <= len(again) <= 14
        assert again <= decided


def test_the_highest_and_the_lowest_vote_of_what_was_talked_about_are_explained(filled: Store) -> None:
    for held in whole(filled):
        firsts = filled.answers(held.id, "first")
        for talked in {found.answer.indicator for found in filled.answers(held.id, "second")}:
            votes = [found.answer for found in firsts if found.answer.indicator == talked]
            given = [vote.level for vote in votes if vote.level is not None]
            explained = {vote.level for vote in votes if vote.comment}
            assert {max(given), min(given)} <= explained, talked


def test_every_scored_indicator_is_told_and_most_quantitative_ones_have_a_value(
    filled: Store, edition: Edition
) -> None:
    assert list(story()["items"]) == [indicator.code for indicator in edition.scored]
    measured = {indicator.id for indicator in edition.measured}
    known = [
        [
            found
            for found in agreed(filled, held)
            if found.answer.indicator in measured and found.answer.amount is not None
        ]
        for held in whole(filled)
    ]
    assert [len(found) for found in known] == [16, 18, 20, 20, 20]
    assert len(measured) == 22


def test_every_answer_is_one_the_edition_accepts(edition: Edition) -> None:
    reasons = {reason.id for reason in edition.head.not_applicable}
    gates = (
        {f"gate.{gate.id}" for gate in edition.head.suggestion.gates} if edition.head.suggestion else set()
    )
    for answer in (said.answer for number in ROUNDS for said in demo_answers(edition, number)):
        indicator = edition.indicators[answer.indicator]
        assert answer.level is None or answer.level in edition.scale.values
        assert answer.target is None or answer.target in edition.scale.values
        assert answer.reason is None or answer.reason in reasons
        assert (answer.reason is not None) is (answer.state is State.NOT_APPLICABLE)
        assert answer.conditions <= {condition.id for condition in indicator.conditions} | gates
        assert answer.level is None or answer.target is None or answer.target >= answer.level
        if indicator.measure is None:
            assert (answer.level is not None) is (answer.state is State.ANSWERED)
            assert answer.amount is None


def test_every_amount_fits_the_measure(edition: Edition) -> None:
    for answer in (said.answer for number in ROUNDS for said in demo_answers(edition, number)):
        measure = edition.indicators[answer.indicator].measure
        for amount in (answer.amount, answer.target_amount):
            if measure is None or measure.choices:
                assert amount is None or (measure and amount in [choice.id for choice in measure.choices])
            elif amount is not None:
                assert isinstance(amount, Decimal)
                assert amount == round(amount, measure.decimals)


def test_amounts_move_towards_their_targets(edition: Edition) -> None:
    for code, told in story()["measures"].items():
        values = [value for value in told["values"] if isinstance(value, int | float)]
        better = edition.by_code[code].measure.better
        if values and better != "neither":
            sign = 1 if better == "higher" else -1
            gains = [sign * (after - before) for before, after in pairwise(values)]
            assert all(gain >= 0 for gain in gains), code
            assert sign * (told["target"] - values[-1]) > 0, code


def test_ticked_conditions_and_gates_suggest_the_agreed_level(filled: Store, edition: Edition) -> None:
    for held in whole(filled):
        for found in agreed(filled, held):
            answer = found.answer
            if answer.level is not None:
                indicator = edition.indicators[answer.indicator]
                suggested = suggest(indicator, edition.head.suggestion, answer.conditions)
                assert (suggested or 0) == answer.level, (held.title, indicator.code)


def test_two_thirds_of_the_agreed_levels_of_the_last_round_have_evidence(filled: Store) -> None:
    decided = [found.answer for found in agreed(filled, whole(filled)[-1]) if found.answer.level is not None]
    assert sum(answer.evidence != "" for answer in decided) * 3 >= len(decided) * 2


def test_nothing_in_the_last_round_stands_against_a_gentle_hint(filled: Store, edition: Edition) -> None:
    answers = {found.answer.indicator: found.answer for found in agreed(filled, whole(filled)[-1])}
    assert hints(edition, answers) == ()


def test_what_people_write_is_japanese_and_written_only_once() -> None:
    written = texts()
    assert all(KANA.search(text) for text in written)
    assert len(set(written)) == len(written)


def test_people_are_called_by_their_post_and_no_other_company_is_named() -> None:
    posts = ("社長", "本部長", "室長", "課長", "係長", "主任", "担当")
    assert all(person.name.endswith(posts) for person in people())
    assert not [text for text in texts() if re.search(r"株式会社|（株）|㈱|[A-Z][a-z]{2,}", text)]


def test_each_round_is_written_on_its_day(filled: Store) -> None:
    for held in filled.rounds():
        moments = {recorded.recorded for recorded in filled.answers(held.id)} | {held.closed_at}
        assert moments == {datetime.combine(held.held_on, clock(16, 30), ZoneInfo("Asia/Tokyo"))}


def test_nothing_is_written_in_a_moment_to_come(database: Database, edition: Edition) -> None:
    before = datetime.now(UTC)
    tomorrow = (before + timedelta(days=1)).date()
    store = database.store(fill_demo(database, edition, tomorrow).id)
    assert all(event.recorded <= datetime.now(UTC) for event in store.events(1000))


def test_filling_again_adds_nothing(database: Database, edition: Edition, trial: Edition) -> None:
    first = fill_demo(database, edition, trial=trial)
    before = (content(database.store(first.id)), database.store(first.id).events(1000))
    assert fill_demo(database, edition, trial=trial) == first
    assert (content(database.store(first.id)), database.store(first.id).events(1000)) == before
    assert len(database.organisations()) == 1


def test_the_content_is_the_same_each_time(
    filled: Store, database: Database, edition: Edition, trial: Edition
) -> None:
    assert content(database.store(fill_demo(database, edition, trial=trial).id)) == content(filled)


@pytest.mark.parametrize("rounds", [3, 5, 6, 7])
def test_a_filling_that_was_cut_short_is_finished(
    filled: Store,
    database: Database,
    edition: Edition,
    trial: Edition,
    monkeypatch: pytest.MonkeyPatch,
    rounds: int,
) -> None:
    close = Store.close_round

    def full(self: Store, round_id: str, version: int, by: str) -> Round:
        if len(self.rounds()) == rounds:
            raise DiskFull(place="demo.db")
        return close(self, round_id, version, by)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "close_round", full)
        with pytest.raises(DiskFull):
            fill_demo(database, edition, trial=trial)
    store = database.store(fill_demo(database, edition, trial=trial).id)
    assert content(store) == content(filled)
    assert all(held.closed for held in store.rounds())
    assert [len(store.respondents(held.id)) for held in whole(store)] == [15] * 5


def test_a_renamed_company_is_still_the_sample_company(database: Database, edition: Edition) -> None:
    company = fill_demo(database, edition)
    database.store(company.id).update_organisation(name="別の名前")
    assert fill_demo(database, edition).id == company.id


def test_rounds_people_start_or_reopen_are_left_alone(database: Database, edition: Edition) -> None:
    store = database.store(fill_demo(database, edition).id)
    last = store.rounds()[-1]
    store.reopen_round(last.id, last.version, "見学者", "根拠を書き足すため")
    assert fill_demo(database, edition) == store.organisation
    assert not store.round(last.id).closed
    own = store.start_round("第0回", edition, date(2025, 5, 28), FiscalQuarter(2025, 1), None, "見学者")
    fill_demo(database, edition)
    assert not store.round(own.id).closed
    assert store.answers(own.id) == ()


def test_with_an_earlier_today_the_story_lies_whole_years_back(database: Database, edition: Edition) -> None:
    company = fill_demo(database, edition, date(2026, 3, 1))
    held = database.store(company.id).rounds()
    assert [held[0].held_on, held[-1].held_on] == [date(2024, 8, 27), date(2025, 8, 26)]
    assert held[-1].quarter == FiscalQuarter(2025, 2)


def test_with_a_later_today_the_story_keeps_its_dates(database: Database, edition: Edition) -> None:
    company = fill_demo(database, edition, date(2026, 8, 26))
    assert database.store(company.id).rounds()[-1].held_on == date(2026, 8, 26)


def test_the_story_belongs_to_one_edition(database: Database) -> None:
    with pytest.raises(EditionUnknown):
        fill_demo(database, load_edition(ROOT / "tests" / "data" / "tiny"))
    assert database.organisations() == ()


def test_filling_takes_at_most_three_seconds(database: Database, edition: Edition, trial: Edition) -> None:
    start = time.process_time()
    company: Organisation = fill_demo(database, edition, trial=trial)
    assert time.process_time() - start <= 3
    assert company.sample


def test_what_the_room_decided_says_who_did_not_agree_and_what_to_do(filled: Store, edition: Edition) -> None:
    record = decision_record(filled, edition, edition.by_code["4-3"])
    told = [(recall.agreed.answer.level, recall.decisions) for recall in record.rounds if recall.agreed]
    assert [level for level, _ in told] == [1, 1, 0, 1, 1]
    assert [len(decisions) for _, decisions in told] == [0, 0, 1, 0, 1]
    last = told[-1][1][0]
    assert last.reason and last.idea and last.by == story()["host"]
    assert [each.who for each in last.dissent] == ["製造部 係長"]
    assert all(
        each.who in {person.name for person in people()}
        for _, all_of in told
        for one in all_of
        for each in one.dissent
    )


def test_decisions_agree_with_the_level_the_room_agreed_on(filled: Store) -> None:
    for held in whole(filled):
        agreed = {found.answer.indicator: found.answer for found in filled.answers(held.id, ballot=AGREED)}
        for decision in filled.decisions(held.id):
            assert decision.answer.answer == agreed[decision.indicator]
