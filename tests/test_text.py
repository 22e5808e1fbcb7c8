"""Every sentence exists in both languages, is used, and is filled; numbers are rounded once, half up."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess import errors
from dxassess.assessment.account import NotCounted, Standing
from dxassess.assessment.action import FIELDS
from dxassess.assessment.agenda import Because
from dxassess.assessment.agenda import Verdict as Advice
from dxassess.assessment.arrival import Why as WhyNoDay
from dxassess.assessment.asof import FIELDS as ANSWER_FIELDS
from dxassess.assessment.effects import WhyWithout
from dxassess.assessment.kpi import KINDS
from dxassess.assessment.meeting import Outcome
from dxassess.assessment.model import FiscalQuarter, State
from dxassess.assessment.movement import KINDS as STEPS
from dxassess.assessment.movement import Reason as ChangeReason
from dxassess.assessment.movement import Why as WhyNoParts
from dxassess.assessment.paper import STANDINGS
from dxassess.assessment.period import FREQUENCIES
from dxassess.assessment.promises import Outcome as Outcomes
from dxassess.assessment.raters import Sign
from dxassess.assessment.resampling import Verdict
from dxassess.assessment.resampling import Why as WhyNoNoise
from dxassess.assessment.rhythm import KINDS as KINDS_OF_ROUNDS
from dxassess.assessment.targets import OUTCOMES
from dxassess.assessment.voting import Phase
from dxassess.assessment.waves import TERMS, WAVES
from dxassess.catalogue.form import FIELDS as FIELDS_OF_FORMS
from dxassess.catalogue.form import ScaleFrom
from dxassess.catalogue.model import Aggregate, Bilingual
from dxassess.catalogue.revise import WHATS
from dxassess.errors import DxAssessError, Problem, RoundClosed, RoundDateUnlikely, ScoreSheetProblems
from dxassess.text import LANGUAGES, Words, rounded, sentences
from dxassess.ui.compare_noise_parts import NOISE_COLUMNS
from dxassess.ui.compare_parts import TOLD, WAYS
from dxassess.ui.compare_targets_parts import ACTION_COLUMNS, AIM_COLUMNS
from dxassess.ui.refusal import Reason
from dxassess.usecases.asof import KPI_FIELDS
from dxassess.usecases.asof_file import COLUMNS as CSV_COLUMNS
from dxassess.usecases.counterparts import COLUMNS, RELATIONS
from dxassess.usecases.effects import STEP_COLUMNS
from dxassess.usecases.kpis import CHANGES, OWN
from dxassess.usecases.movement import View
from dxassess.usecases.promises import Which
from dxassess.usecases.starting import STARTERS

ROOT = Path(__file__).parents[1]
JA, EN = Words("ja"), Words("en")

Node = TypeVar("Node", bound=ast.AST)

PAGES = (
    *("home", "rounds", "answering", "measures", "workshop", "board", "result", "recognition"),
    *("record", "plan", "actions", "start", "effects", "progress", "movement", "compare"),
    *("editions", "asof", "rhythm", "catalogues", "about"),
)
EMPTY = (
    "home",
    "answering",
    "measures",
    "workshop",
    "board",
    "record",
    "plan",
    "start",
    "effects",
    "actions",
    "result",
    "result.closed",
    "recognition",
    "progress",
    "progress.closed",
    "rhythm",
    "asof",
    "compare",
    "editions",
    "movement",
)
ANY = None
PROMISES = ("kept", "overdue", "kpis", "evidence", "bare", "ownerless")
# Keys put together while the program runs: what may stand at each star, or ANY for whatever text/ offers there.
DYNAMIC: dict[str, tuple[tuple[str, ...], ...] | None] = {
    "cli.about_*": (("dxassess", "demo", "check", "score", "compare", "catalogue", "import", "verify"),),
    "cli.argument_*": ANY,
    "cli.option_*": ANY,
    "cli.value_*": ANY,
    "cli.wrong_*": ANY,
    "common.warning.*": ANY,
    "common.own_*": (("arrangement", "indicators"),),
    "door.*": (get_args(Reason),),
    "error.*": ANY,
    "hint.*": ANY,
    "score.who_*": (("voice", "person", "role", "untold"),),
    "score.*": (
        ("round", "current", "counts", "target", "reached", "not_answered", "cannot_say", "not_applicable"),
    ),
    "*.title": (PAGES,),
    "*.empty_title": (EMPTY,),
    "*.empty": ((*EMPTY, "catalogues"),),
    "*.empty_button": (EMPTY,),
    "about.use_*": ANY,
    "about.level_names_*": (("official", "own"),),
    "progress.*": (("alike", "first_alike"),),
    "*.go": (("movement", "compare"),),
    "arrival.why_*": (get_args(WhyNoDay),),
    "arrival.column_*": (("title", "counts", "pace", "target", "when"),),
    "answering.*": (("evidence", "comment"),),
    "answering.*_placeholder": (("evidence", "comment"),),
    "answering.kind_*": (("key", "sub"),),
    "answering.way_*": (("group", "item"),),
    "answering.state_*": (tuple(State),),
    "reason.*": ANY,
    "figure.aggregate.*": (get_args(Aggregate),),
    "figure.averages.*": ANY,
    "figure.radar.title_*": (("shape", "bars"),),
    "figure.radar.title_*_alone": (("shape", "bars"),),
    "action.*": (("owner", "department", "start", "due", "one_off", "yearly", "needs", "excludes"),),
    "action.column_*": ((*FIELDS, "late"),),
    "action.status_*": (("idea", "planned", "doing", "done", "stopped"),),
    "asof.*": (("average", "since_average"),),
    "asof.column_*": ANY,
    "asof.cost_*": (("one_off", "yearly"),),
    "asof.csv_*": (CSV_COLUMNS,),
    "asof.field_*": (ANSWER_FIELDS,),
    "asof.kpi_*": (KPI_FIELDS,),
    "asof.levels_*": (("corrected", "answered"),),
    "asof.since_*": (("corrected", "answered"),),
    "effects.better_*": (("lower", "higher"),),
    "effects.change_*": (CHANGES,),
    "effects.column_*": ANY,
    "effects.export_*": (("values", "steps"),),
    "effects.export_*_file": (("values", "steps"),),
    "effects.field_*": ANY,
    "effects.field_*_on": (("baseline", "target"),),
    "effects.frequency_*": (FREQUENCIES,),
    "effects.kind_*": (KINDS,),
    "effects.left_out_*": (get_args(NotCounted),),
    "effects.show_*": (("hours", "yen"),),
    "effects.standing_*": (get_args(Standing),),
    "effects.step_*": (STEP_COLUMNS,),
    "effects.template_*": (tuple(own[0] for own in OWN),),
    "effects.template_*_unit": (tuple(own[0] for own in OWN),),
    "effects.unit_*": (("hours", "yen"),),
    "effects.why_*": (get_args(NotCounted),),
    "effects.without_*": (get_args(WhyWithout),),
    "figure.ledger.*": (("measured", "expected"),),
    "figure.kpi.*": (("counted", "not_counted", "baseline", "target"),),
    "actions.*": (
        (
            "csv_row",
            "csv_what",
            "csv_detail",
            "matrix_number",
            "pick",
            "matrix_impact",
            "matrix_effort",
            "matrix_cost",
        ),
    ),
    "actions.view_*": (("table", "board", "timeline", "matrix"),),
    "figure.matrix.*": (("quick", "large", "small", "heavy"),),
    "path.aim_*": (("highest", "mean", "keys"),),
    "path.why_*": (("late", "no_effect", "needs", "excluded", "yen", "days", "less"),),
    "plan.column_*": (("rank", "item", "way", "gap", "importance", "recognition", "effort", "score"),),
    "plan.left_out_*": (("no_level", "no_target"),),
    "plan.weight_*": (("gap", "importance", "recognition", "effort"),),
    "start.column_*": (("rank", "task", *TERMS, "score"),),
    "start.grade.*": (TERMS,),
    "start.group.*": (tuple(STARTERS),),
    "start.point_*": (("small", "rank", "learn", "widen"),),
    "start.room_*": (("first", "second"),),
    "start.starter.*": (tuple(task for tasks in STARTERS.values() for task in tasks),),
    "start.wave_*": (tuple(map(str, WAVES)),),
    "start.weight_*": (TERMS,),
    "rhythm.calendar_*": (KINDS_OF_ROUNDS,),
    "rhythm.column_*": (("what", "owner", "due", "outcome", "kpi", "frequency", "missed"),),
    "rhythm.go_*": (("actions", "effects", "plan"),),
    "rhythm.kind_*": (KINDS_OF_ROUNDS,),
    "rhythm.outcome_*": (get_args(Outcomes),),
    "rhythm.tag_*": (("full", "section", "pulse", "planned_full", "planned_pulse"),),
    "rhythm.which_*": (get_args(Which),),
    "rhythm.*": (PROMISES,),
    "rhythm.*_how": (PROMISES,),
    "compare.*": (("same_day", "corrected", "unanswered"),),
    "compare.action_column_*": (ACTION_COLUMNS,),
    "compare.aim_column_*": (AIM_COLUMNS,),
    "compare.column_*": (NOISE_COLUMNS,),
    "compare.left_*": (TOLD,),
    "compare.noise_none_*": (get_args(WhyNoNoise),),
    "compare.outcome_*": (OUTCOMES,),
    "compare.short_*": (get_args(Verdict),),
    "compare.verdict_*": (get_args(Verdict),),
    "compare.which_*": (WAYS,),
    "compare.why_*": (get_args(WhyNoNoise),),
    "movement.pick_*": (("after", "before"),),
    "movement.view_*": (get_args(View),),
    "movement.why_not_*": (get_args(WhyNoParts),),
    "movement.headline_*": (("moved", "moved_one", "moved_none", "who", "answers", "revision"),),
    "movement.by_*": (("person", "role"),),
    "movement.column_*": (("part", "change", "value"),),
    "movement.part_*": (STEPS,),
    "movement.item_*": (("person", "role"),),
    "movement.reason_*": (get_args(ChangeReason),),
    "movement.*": (("plain", "alike"),),
    "note.*": (("rose", "fell", "answered", "answered_came", "answered_left"),),
    "note.apart_*": (("edition", "scale", "node", "before"),),
    "note.*_tied": (("rose", "fell"),),
    "figure.waterfall.*": (("up", "down", "last", "now"),),
    "progress.since_*": (("last", "last_items", "last_swapped", "first"),),
    "editions.*": (("silent", "rescaled_rounds", "narrow", "unrelated"),),
    "editions.basis.*": (("own", "official"),),
    "editions.column.*": (("item", "own", "related", "relation", "reason"),),
    "editions.figure.*": (("none", "not_asked", "other_scale"),),
    "editions.relation.*": (("same", "broader", "narrower", "overlaps"),),
    "figure.break.*": ANY,
    "figure.hover.*": ANY,
    "figure.together.title_*": (("closer", "further", "same"),),
    "raters.*": (get_args(Sign),),
    "raters.*_people": (get_args(Sign),),
    "raters.*_why": (get_args(Sign),),
    "figure.mark.*": ANY,
    "figure.strip.*": (("agreed", "last"),),
    "figure.state.*": ANY,
    "board.*": (("first", "second", "agreed_level", "target", "reason", "evidence", "idea", "dissent"),),
    "board.*_example": (("reason", "evidence", "idea"),),
    "board.advice_*": (get_args(Advice),),
    "board.again_*": (get_args(Outcome),),
    "board.because_*": (get_args(Because),),
    "board.column_*": (("item", "difference", "minutes", "advice", "agreed"),),
    "board.group_*": (("talks", "left_out", "accepted", "unclear"),),
    "board.verdict_*": (get_args(Advice),),
    "board.wrote_*": (("high", "low", "said"),),
    "record.column_*": (("round", "agreed", "target", "reason", "evidence", "dissent", "idea", "when"),),
    "home.attention_*": ANY,
    "home.step_*": ANY,
    "home.step_*_why": ANY,
    "measures.*": (("current", "target"),),
    "measures.better_*": (("lower", "higher", "neither"),),
    "catalogues.change_*": (("number", "what", "before", "after"),),
    "catalogues.column_*": (("edition", "whose", "revision", "scored", "measured", "levels"),),
    "catalogues.item_*": (("number", "title", "question", "section", "kind", "levels", "row"),),
    "catalogues.kind_*": (("scored", "sub", "quantitative"),),
    "catalogues.left_*": (("sheet", "row", "text", "why"),),
    "catalogues.relation_*": (RELATIONS,),
    "catalogues.scale_*": (get_args(ScaleFrom),),
    "catalogues.whose_*_*": (("shipped", "imported"), ("official", "own")),
    "form.field_*": (("none", *FIELDS_OF_FORMS),),
    "form.left_*": (("note", "after", "example", "total", "hidden", "formula", "unnamed", "unclear"),),
    "form.what_*": ((*WHATS, "missing", "extra"),),
    "paper.column.*": (
        ("number", "name", "question", "levels", "answer", "target", "reason", "evidence", "comment"),
    ),
    "paper.vote_*": (("first", "second"),),
    "result.explain_*": ANY,
    "result.formula_*": (("mean", "weighted_mean", "sum", "min", "levels"),),
    "result.published_*": ANY,
    "plan.case_*": (("before", "done", "effect", "source"),),
    "rounds.ballots_*": (("named", "anonymous"),),
    "rounds.ballots_*_why": (("named", "anonymous"),),
    "rounds.edition_*": ANY,
    "rounds.industries.*": ANY,
    "rounds.sizes.*": ANY,
    "workshop.invite.*": (("revoke", "again", "remove"),),
    "workshop.invite.*_sure": (("revoke", "again", "remove"),),
    "workshop.invite.column_*": (("name", "role", "link", "kind", "made", "state"),),
    "workshop.invite.misread_*": (("role", "name", "limit"),),
    "workshop.paper.column_*": (("who", "file", *STANDINGS),),
    "workshop.roles.stands_*": (("none", "executive", "field"),),
    "workshop.see_*": (("recognition", "record"),),
    "workshop.step.*": (("invite", "vote", "reveal", *get_args(Phase)),),
    "workshop.votes.column_*": (("role", "people", "started", "finished", "invited"),),
    "table.better.*": (("lower", "higher", "neither"),),
    "table.column.*": ANY,
    "table.state.*": (("open", "cannot_say", "not_applicable"),),
}
# The same for the codes of problems.
DYNAMIC_PROBLEMS = {
    "cli.import_*": (("id", "title"),),
    "form.column_*": (COLUMNS,),
    "form.note_*": ANY,
    "form.notice_scale_*": (("asked", "sheet"),),
    "problem.item_not_in_*": (("tree", "measures"),),
    "paper.*_unknown": (("answer", "target"),),
}
# Who makes problems of a word of its own: the codes come without it.
MAKERS = {
    "sheet": ("report",),
    "paper": ("_report", "_report_at", "NotThere"),
    "workbook": ("Refused",),
    "csv": ("complain",),
}


@cache
def _sources() -> tuple[ast.Module, ...]:
    paths = sorted([*(ROOT / "dxassess").rglob("*.py"), ROOT / "app.py"])
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in paths)


def _nodes(kind: type[Node]) -> Iterator[Node]:
    return (node for tree in _sources() for node in ast.walk(tree) if isinstance(node, kind))


@cache
def _constants() -> frozenset[str]:
    return frozenset(node.value for node in _nodes(ast.Constant) if isinstance(node.value, str))


def _name(function: ast.expr) -> str:
    return getattr(function, "id", None) or getattr(function, "attr", None) or ""


def _spoken() -> Iterator[tuple[ast.Call, ast.expr]]:
    """Every call of the program's voice, with what it is asked to say."""
    for call in _nodes(ast.Call):
        if call.args and _name(call.func) in ("words", "self"):
            first = call.args[0]
            yield from (
                (call, each)
                for each in ([first.body, first.orelse] if isinstance(first, ast.IfExp) else [first])
            )


def _said() -> Iterator[tuple[ast.Call, str]]:
    for call, asked in _spoken():
        if isinstance(asked, ast.Constant) and isinstance(asked.value, str) and "." in asked.value:
            yield call, asked.value


def _patterns() -> set[str]:
    return {
        "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in asked.values)
        for _, asked in _spoken()
        if isinstance(asked, ast.JoinedStr)
    }


def _expanded(pattern: str) -> Iterator[str]:
    fills = (DYNAMIC | DYNAMIC_PROBLEMS)[pattern]
    if fills is None:
        yield from (key for key in sentences() if fnmatchcase(key, pattern))
    else:
        yield from (pattern.replace("*", "{}").format(*each) for each in product(*fills))


def _codes(maker: str) -> set[str]:
    """Problem codes given as they are to calls of `maker`."""
    return {
        call.args[0].value
        for call in _nodes(ast.Call)
        if _name(call.func) == maker and call.args and isinstance(call.args[0], ast.Constant)
    }


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _leaves(kind: type[DxAssessError]) -> Iterator[type[DxAssessError]]:
    below = kind.__subclasses__()
    if not below:
        yield kind
    for each in below:
        yield from _leaves(each)


@pytest.mark.parametrize("key", sorted(sentences()))
def test_both_languages_say_it_with_the_same_placeholders(key: str) -> None:
    sentence = sentences()[key]
    assert all(sentence[language].strip() for language in LANGUAGES)
    assert _placeholders(sentence["ja"]) == _placeholders(sentence["en"])


def test_nobody_is_blamed() -> None:
    words = ("無効", "不正", "invalid", "illegal", "エラー")
    said = {
        (key, word)
        for key, both in sentences().items()
        for word in words
        for text in both.values()
        if word in text.lower()
    }
    assert said == set()


def test_every_key_the_program_says_exists() -> None:
    assert {key for _, key in _said()} - set(sentences()) == set()


def test_every_key_put_together_is_listed_and_exists() -> None:
    assert _patterns() == set(DYNAMIC)
    assert {key for pattern in DYNAMIC for key in _expanded(pattern)} - set(sentences()) == set()
    assert all(list(_expanded(pattern)) for pattern in DYNAMIC)


def test_every_sentence_is_used() -> None:
    used = set(_constants()) | {
        key for pattern in (*DYNAMIC, *DYNAMIC_PROBLEMS) for key in _expanded(pattern)
    }
    used |= {f"{word}.{code}" for word in ("problem", *MAKERS) for code in _constants()}
    used |= {key for key in sentences() if key.startswith("ballot.phone.")}  # tests/ui/test_ballot_page.py
    assert sorted(set(sentences()) - used) == []


def test_every_sentence_is_filled_where_it_is_said() -> None:
    known = sentences()
    for call, key in _said():
        given = {keyword.arg for keyword in call.keywords}
        if key in known and None not in given:
            assert given >= _placeholders(known[key]["ja"]), key


def test_every_error_has_its_sentence_and_every_sentence_its_error() -> None:
    names = {each.__name__ for each in _leaves(DxAssessError) if each.__module__.startswith(errors.__name__)}
    assert names == {key.removeprefix("error.") for key in sentences() if key.startswith("error.")}


def test_every_problem_has_its_sentence() -> None:
    makers = ("Problem", "_Refused", "problem")
    named = {code if "." in code else f"problem.{code}" for maker in makers for code in _codes(maker)}
    named |= {key for pattern in DYNAMIC_PROBLEMS for key in _expanded(pattern)}
    named |= {f"{word}.{code}" for word, own in MAKERS.items() for maker in own for code in _codes(maker)}
    assert named - set(sentences()) == set()


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(29, 8), 2, "3.63"),
        (3.625, 2, "3.63"),
        (Fraction(-29, 8), 2, "-3.63"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(-1, 200), 2, "-0.01"),
        (Fraction(-1, 201), 2, "0.00"),
        (-0.004, 2, "0.00"),
        (-0.0, 2, "0.00"),
        (Decimal("-0.004"), 2, "0.00"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (Decimal("2.5"), 0, "3"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(2, 3), 4, "0.6667"),
        (7, 2, "7.00"),
    ],
)
def test_numbers_are_rounded_half_up(
    value: int | float | Fraction | Decimal, places: int, shown: str
) -> None:
    assert str(rounded(value, places)) == shown


@given(st.fractions(min_value=-10_000, max_value=10_000, max_denominator=5_000), st.integers(0, 4))
def test_rounding_is_never_further_than_half_a_digit_and_the_same_either_way(
    value: Fraction, places: int
) -> None:
    result = rounded(value, places)
    assert abs(Fraction(result) - value) <= Fraction(1, 2 * 10**places)
    assert rounded(-value, places) == -result
    assert str(result).lstrip("-") == str(rounded(abs(value), places))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 4), "+0.25"),
        (Fraction(-1, 10), "−0.10"),
        (Fraction(0), "±0.00"),
        (Fraction(-1, 1000), "±0.00"),
        (Fraction(1, 1000), "±0.00"),
        (Fraction(-1, 200), "−0.01"),
        (-1234.5, "−1,234.50"),
        (None, "–"),
    ],
)
def test_a_difference_carries_its_sign(value: Fraction | float | None, shown: str) -> None:
    assert JA.signed(value) == EN.signed(value) == shown


def test_numbers_and_levels_are_written_the_same_in_both_languages() -> None:
    for words in (JA, EN):
        assert words.number(None) == words.level(None) == "–"
        assert words.number(12345.678, 1) == "12,345.7"
        assert [words.level(Decimal(text)) for text in ("12.50", "40", "1200", "0.333", "0")] == [
            "12.5",
            "40",
            "1,200",
            "0.33",
            "0",
        ]
        assert [words.level(value) for value in (0, 3, 3.0, 2.5, 1_234_567, Fraction(7, 3))] == [
            "0",
            "3",
            "3",
            "2.5",
            "1234567",
            "2.33",
        ]


def test_quarters_days_and_moments_read_naturally() -> None:
    quarter, moment = FiscalQuarter(2026, 3), datetime(2026, 11, 21, 15, 2, tzinfo=UTC)
    assert (JA.quarter(quarter), EN.quarter(quarter)) == ("2026年度 第3四半期", "FY2026 Q3")
    assert (JA.short_quarter(quarter), EN.short_quarter(quarter)) == ("26年度Q3", "FY26 Q3")
    assert EN.short_quarter(FiscalQuarter(2005, 1)) == "FY05 Q1"
    assert (JA.date(date(2026, 11, 22)), EN.date(date(2026, 11, 22))) == (
        "2026年11月22日",
        "22 November 2026",
    )
    assert JA.moment(moment, "Asia/Tokyo") == "2026年11月22日 00:02"
    assert EN.moment(moment, "UTC") == "21 November 2026 15:02"
    assert JA.clock(moment, moment + timedelta(hours=23), "Asia/Tokyo") == "00:02"
    assert JA.clock(moment, moment + timedelta(hours=24), "Asia/Tokyo") == "2026年11月22日 00:02"


def test_how_many_of_how_many_is_always_said() -> None:
    assert (JA.n_of_m(34, 35), EN.n_of_m(34, 35)) == ("35 項目中 34 項目", "34 of 35 items")


def test_bilingual_texts_are_told_in_the_language_of_the_words() -> None:
    both = Bilingual(ja="体制", en="Structure")
    assert (JA.of(both), EN.of(both)) == ("体制", "Structure")


def test_what_fills_a_sentence_is_never_read_as_a_template() -> None:
    problem = Problem(
        "sheet.indicator_unknown", "{0}.csv", 3, {"indicator": "{allowed}", "allowed": ("1", "{x}")}
    )
    assert EN.problem(problem) == "{0}.csv:3: There is no indicator “{allowed}”. The numbers are 1, {x}."


def test_a_problem_without_a_line_names_the_file_alone() -> None:
    problem = Problem("sheet.empty", "a.csv", 0, {"allowed": ("indicator", "current")})
    assert EN.problem(problem).startswith("a.csv: ")
    assert "indicator、current" in JA.problem(problem)


def test_a_problem_in_a_workbook_names_the_cell_and_can_be_told_without_its_place() -> None:
    problem = Problem("paper.formula", "a.xlsx", cell="C5")
    assert EN.problem(problem) == f"a.xlsx:C5: {EN.told(problem)}"
    assert EN.told(problem) == "There is a formula here. Enter the value alone."


def test_an_error_of_several_problems_lists_them_below_each_other() -> None:
    problems = [Problem("sheet.quotes", "a.csv", 2), Problem("file_stray", "b.yaml", 0, {"code": "1"})]
    lines = EN.error(ScoreSheetProblems(problems, file="a.csv")).splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("a.csv:2: ")
    assert lines[2].startswith("b.yaml: ")


def test_an_error_tells_a_moment_as_the_pages_do_in_the_zone_it_carries() -> None:
    moment = datetime(2026, 11, 21, 15, 2, tzinfo=UTC)
    closed = RoundClosed(title="第1回", by="田中", when=moment.astimezone(ZoneInfo("Asia/Tokyo")))
    assert f" {JA.moment(moment, 'Asia/Tokyo')} に確定されたため" in JA.error(closed)
    assert "2026年11月22日 00:02" in JA.error(closed)
    assert "was closed on 22 November 2026 00:02 (by: 田中)" in EN.error(closed)


@pytest.fixture(params=["Asia/Tokyo", "America/New_York"])
def zone_of_this_machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another time zone for this process, where the system can change it."""
    change = getattr(time, "tzset", lambda: None)
    monkeypatch.setenv("TZ", request.param)
    change()
    yield
    monkeypatch.undo()
    change()


def test_an_error_that_knows_no_organisation_tells_a_moment_in_the_zone_of_the_machine(
    zone_of_this_machine: None,
) -> None:
    moment = datetime(2026, 11, 21, 15, 2, tzinfo=UTC)
    said = EN.error(RoundClosed(title="第1回", by="田中", when=moment))
    assert f"{moment.astimezone():%d November 2026 %H:%M}" in said


def test_an_error_tells_a_day_as_the_pages_do() -> None:
    day = date(2026, 11, 22)
    unlikely = RoundDateUnlikely(date=day, earliest=day, latest=day)
    assert "2026年11月22日 から 2026年11月22日 まで" in JA.error(unlikely)
    assert "dated 22 November 2026" in EN.error(unlikely)


def test_what_nobody_gave_is_a_dash_in_an_error() -> None:
    closed = RoundClosed(title="第1回", by="", when=datetime(2026, 11, 22, 5, 0, tzinfo=UTC))
    assert "（確定した人：–）" in JA.error(closed)
    assert "(by: –)" in EN.error(closed)


def test_a_key_that_is_not_there_is_not_papered_over() -> None:
    with pytest.raises(KeyError):
        JA("common.nothing_of_the_kind")
