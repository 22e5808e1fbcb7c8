"""Actions out of a spreadsheet: read whole, or refused with every row named; what was written out reads back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassess.assessment.action import Action, Status
from dxassess.errors import TableProblems, TextTooLong
from dxassess.exchange.action_table import COLUMNS, read_actions, write_actions
from dxassess.text import LANGUAGES, Words

ONE, TWO, ELSEWHERE = "0" * 31 + "1", "0" * 31 + "2", "0" * 31 + "3"
KEPT = (
    Action(
        "請求書の入力を自動にする",
        "tiny",
        {"tiny.1": Decimal("0.5"), "tiny.2-1": Decimal(1)},
        Status.DONE,
        owner="佐藤",
        department="経理",
        start=date(2026, 10, 1),
        due=date(2026, 12, 31),
        effort=Decimal("12.5"),
        one_off=300_000,
        yearly=60_000,
        excludes=frozenset({TWO}),
        finished=date(2026, 12, 1),
        effects={"a" * 32: Decimal(-3)},
        id=ONE,
        number=3,
        version=2,
    ),
    Action("研修", "tiny", needs=frozenset({ONE}), id=TWO, number=5, version=1),
)


def as_it_is(action):
    return action


def read(text, tiny, known=KEPT, encoding="utf-8", fit=as_it_is, language="ja"):
    raw = text.encode(encoding) if isinstance(text, str) else text
    return read_actions("表.csv", raw, tiny, known, fit, language)


def problems(text, tiny, **rest):
    with pytest.raises(TableProblems) as refused:
        read(text, tiny, **rest)
    return [
        (each.line, each.code.removeprefix("error.").removeprefix("csv.")) for each in refused.value.problems
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_out_reads_back_without_a_change(tiny, language):
    table = write_actions(KEPT, KEPT, tiny, Words(language))
    assert table.startswith(b"\xef\xbb\xbf")
    rows = read(table, tiny)
    assert [row.after for row in rows] == list(KEPT)
    assert [row.changes for row in rows] == [(), ()]


def test_the_table_says_what_an_action_is_in_words(tiny):
    head, first, second = write_actions(KEPT, KEPT, tiny, Words("ja")).decode("utf-8-sig").splitlines()
    assert head == ",".join(column.ja for column in COLUMNS)
    assert first == (
        "請求書の入力を自動にする,完了,佐藤,経理,2026-10-01,2026-12-31,2026-12-01,12.5,300000,60000,1:+0.5; 2-1:+1,,研修,,"
        + ONE
    )
    assert second.split(",")[11] == "請求書の入力を自動にする"


WIDE = (
    "アクション,状態,担当,部門,開始日,期限,工数（人日）,一時費用（円）,年間費用（円）,上がる見込み,先に必要\r\n"
    '帳票をやめる,実行中,鈴木,総務,令和8年4月1日,R8.12.31,１２．５,"１，２００，０００円",¥60000,１：１；２－１：０．５,研修\r\n'
)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_shift_jis_full_width_separators_and_eras_are_read(tiny, encoding):
    (row,) = read(WIDE.replace("¥", "\\") if encoding == "cp932" else WIDE, tiny, encoding=encoding)
    assert row.before is None
    assert row.after == Action(
        "帳票をやめる",
        "tiny",
        {"tiny.1": Decimal(1), "tiny.2-1": Decimal("0.5")},
        Status.DOING,
        "鈴木",
        "総務",
        date(2026, 4, 1),
        date(2026, 12, 31),
        Decimal("12.5"),
        1_200_000,
        60_000,
        needs=frozenset({TWO}),
        id=row.after.id,
    )


@pytest.mark.parametrize("status", ["完了", "Done", "done", "ＤＯＮＥ", " done "])
def test_a_status_is_read_in_either_language(tiny, status):
    (row,) = read(f"Action,Status\nx,{status}\n", tiny)
    assert row.after.status is Status.DONE


def test_a_column_that_is_not_there_changes_nothing_and_a_blank_cell_empties_its_field(tiny):
    (row,) = read(f"アクション,担当,ID\n請求書の入力を自動にする,,{ONE}\n", tiny)
    assert row.after == replace(KEPT[0], owner="")
    assert row.changes == ("owner",)
    (row,) = read(f"アクション,状態,上がる見込み,ID\n研修,,2:1,{TWO}\n", tiny)
    assert row.after == replace(KEPT[1], lifts={"tiny.2": Decimal(1)})


def test_rows_of_one_table_may_name_each_other_whichever_comes_first(tiny):
    first, second = read(
        "アクション,先に必要,同時にしない\n一,二；研修,\n二,,請求書の入力を自動にする\n", tiny
    )
    assert first.after.needs == {second.after.id, TWO}
    assert second.after.excludes == {ONE}


def test_a_new_name_holds_for_the_other_rows(tiny):
    renamed, linked = read(f"アクション,先に必要,ID\n学び直し,,{TWO}\n次,学び直し,\n", tiny)
    assert renamed.changes == ("title", "needs")
    assert linked.after.needs == {TWO}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("アクション,期限\n x,5月31日\n", [(2, "day")]),
        ("アクション,工数（人日）\nx,たくさん\n", [(2, "amount")]),
        ("アクション,一時費用（円）\nx,1.5\n", [(2, "yen")]),
        ("アクション,一時費用（円）\nx,\"999,999,999,999,999,999,999\"\n", [(2, "yen")]),
        ("アクション,状態\nx,継続\n", [(2, "status")]),
        ("アクション,状態,完了日\nx,実行中,2026-01-01\n", [(2, "finished")]),
        ("アクション,上がる見込み\nx,4月1日\n", [(2, "lift_date")]),
        ("アクション,上がる見込み\nx,2:1; 1-Feb\n", [(2, "lift_date")]),
        ("アクション,上がる見込み\nx,2-1\n", [(2, "lift")]),
        ("アクション,上がる見込み\nx,2-1:たくさん\n", [(2, "lift")]),
        ("アクション,上がる見込み\nx,2:1; 2:1\n", [(2, "lift_twice")]),
        ("アクション,上がる見込み\nx,9-9:1\n", [(2, "ActionNotOfEdition")]),
        ("アクション,上がる見込み\nx,dx2019.4-1:1\n", [(2, "ActionNotOfEdition")]),
        ("アクション,上がる見込み\nx,q-days:1\n", [(2, "ActionNotOfEdition")]),
        ("アクション,上がる見込み\nx,2:9\n", [(2, "ActionLiftUnlikely")]),
        ("アクション,先に必要\nx,どこにもない\n", [(2, "link_unknown")]),
        ("アクション,先に必要\nx,x\n", [(2, "link_itself")]),
        ("アクション,先に必要\nx,y\ny,\ny,\n", [(2, "link_several")]),
        ("アクション,ID\nx,zz\n", [(2, "action_unknown")]),
        (f"アクション,ID\nx,{ONE}\ny,{ONE}\n", [(3, "action_twice")]),
        ("アクション,開始日,期限\nx,2026-05-01,2026-04-30\n", [(2, "ActionDatesReversed")]),
        ("アクション,年間費用（円）\nx,▲1\n", [(2, "ActionCostNegative")]),
        ("アクション,状態\nx,中止\n", [(2, "ActionReasonMissing")]),
        ("アクション,担当\n,佐藤\n", [(2, "ActionTitleMissing")]),
        ("アクション,先に必要\nx,y\ny,x\n", [(2, "ActionCycle"), (3, "ActionCycle")]),
        (f"アクション,先に必要,ID\n請求書の入力を自動にする,研修,{ONE}\n", [(2, "ActionCycle")]),
        ("担当\n佐藤\n", [(1, "column_missing")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_row(tiny, text, named):
    assert problems(text, tiny) == named


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_rows(tiny):
    text = "アクション,期限,上がる見込み,状態\nx,昨日,2,済\ny,,,中止\n,,,\nz,2026-01-01,,\n,昨日,2:9,\n"
    assert problems(text, tiny) == [
        (2, "status"),
        (2, "day"),
        (2, "lift"),
        (3, "ActionReasonMissing"),
        (6, "day"),
        (6, "ActionTitleMissing"),
        (6, "ActionLiftUnlikely"),
    ]


def test_what_is_no_text_to_keep_is_named_with_its_row(tiny):
    def too_long(action):
        if action.title == "y":
            raise TextTooLong(length=300, limit=200)
        return action

    assert problems("アクション\nx\ny\n", tiny, fit=too_long) == [(3, "TextTooLong")]


def test_an_action_of_another_edition_is_not_changed_but_may_be_needed(tiny):
    elsewhere = Action("よそ", "other", id=ELSEWHERE, version=1)
    known = (*KEPT, elsewhere)
    assert problems(f"アクション,ID\nよそ,{ELSEWHERE}\n", tiny, known=known) == [(2, "action_unknown")]
    (row,) = read("アクション,先に必要\nx,よそ\n", tiny, known=known)
    assert row.after.needs == {ELSEWHERE}


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        ("ja", "アクション", "期限 の「昨日」は日付として読めません"),
        ("en", "Action", "Due: “昨日” cannot be read"),
    ],
)
def test_the_heading_is_named_in_the_language_of_the_page(tiny, language, heading, sentence):
    with pytest.raises(TableProblems) as refused:
        read(f"{heading},Due\nx,昨日\n", tiny, language=language)
    assert f"表.csv:2: {sentence}" in Words(language).error(refused.value)


@pytest.mark.parametrize("title", ["=1+1", "'=1", "''@x", "-", "+81", "@x", "＝1", "'これ", "\tx"])
def test_nothing_in_the_table_is_a_formula(tiny, title):
    kept = Action(title, "tiny", owner=title, reason=title, id=ONE, version=1)
    table = write_actions([kept], [kept], tiny, Words("ja")).decode("utf-8-sig")
    assert not any(cell[:1] in tuple("=+-@\t＝") and cell for cell in table.splitlines()[1].split(","))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
    | st.sampled_from("=+-@';；:,\"\n#"),
    max_size=12,
)
IDS = st.sampled_from([f"{number:032x}" for number in range(1, 5)])


@st.composite
def companies(draw):
    """Up to four actions as a store could hold them."""
    ids = sorted(draw(st.sets(IDS, min_size=1)))
    return tuple(draw(actions(one, ids[:place])) for place, one in enumerate(ids))


@st.composite
def actions(draw, one, earlier):
    words = st.builds(lambda text: " ".join(text.split()), TEXTS)
    days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
    status = draw(st.sampled_from(Status))
    start, due = sorted(draw(st.tuples(days, days)))
    numbers = st.none() | st.integers(0, 10**15 - 1)
    lifts = st.decimals("0.0001", 3, places=4) | st.builds(
        lambda value: Decimal(str(value)), st.floats(0.001, 3)
    )
    links = st.frozensets(st.sampled_from(earlier)) if earlier else st.just(frozenset())
    return Action(
        draw(words.filter(str.strip) | st.sampled_from(["同じ", one])),
        "tiny",
        draw(st.dictionaries(st.sampled_from(["tiny.1", "tiny.1-1", "tiny.2", "tiny.2-1"]), lifts)),
        status,
        draw(words),
        draw(words),
        draw(st.sampled_from([None, start])),
        draw(st.sampled_from([None, due])),
        draw(st.none() | st.decimals(0, 10**6, places=2)),
        draw(numbers),
        draw(numbers),
        draw(links),
        draw(links),
        draw(TEXTS).strip() or ("理由" if status is Status.STOPPED else ""),
        due if status is Status.DONE else None,
        {},
        one,
        1,
        1,
    )


@given(companies(), st.sampled_from(LANGUAGES))
def test_writing_out_and_reading_back_changes_nothing_whatever_stands_there(tiny, kept, language):
    rows = read(write_actions(kept, kept, tiny, Words(language)), tiny, known=kept, language=language)
    assert tuple(row.after for row in rows) == kept
