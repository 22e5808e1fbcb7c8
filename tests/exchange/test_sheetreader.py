from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from dxassess.assessment.model import State
from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.errors import Problem, ScoreSheetProblems
from dxassess.exchange.sheetreader import Row, Sheet, parse_sheet, read_sheet
from dxassess.text import LANGUAGES, Words

TINY = Path(__file__).parents[1] / "data" / "tiny"
HEAD = "indicator,current,target,respondent,role\n"


@pytest.fixture(scope="module")
def tiny() -> Edition:
    return load_edition(TINY)


def _problems(text: str | bytes, edition: Edition) -> tuple[Problem, ...]:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(ScoreSheetProblems) as caught:
        parse_sheet(raw, edition, "a.csv")
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert Words(language).problem(problem).startswith("a.csv")
    return caught.value.problems


def _codes(text: str | bytes, edition: Edition) -> list[tuple[int, str]]:
    return [(problem.line, problem.code.removeprefix("sheet.")) for problem in _problems(text, edition)]


def test_a_sheet_holds_its_rows_in_the_order_of_the_file(tiny: Edition) -> None:
    text = (
        HEAD
        + "1,2,3,山田,management\ntiny.1-1,?,-,山田,経営\n２,３,,佐藤, It \n2−1,-,,佐藤,IT部門\n1,,1,佐藤,\n"
    )
    assert parse_sheet(text.encode(), tiny, "a.csv") == Sheet(
        (
            Row(2, "tiny.1", 2, 3, "山田", "management"),
            Row(3, "tiny.1-1", State.CANNOT_SAY, State.NOT_APPLICABLE, "山田", "management"),
            Row(4, "tiny.2", 3, None, "佐藤", "it"),
            Row(5, "tiny.2-1", State.NOT_APPLICABLE, None, "佐藤", "it"),
            Row(6, "tiny.1", None, 1, "佐藤", ""),
        )
    )


def test_marks_gather_what_all_respondents_say(tiny: Edition) -> None:
    text = HEAD + "1,2,3,a,\n1,0,,b,\n1,?,?,c,\n1-1,-,,a,\n1-1,-,-,b,\n2,,,a,\n"
    sheet = parse_sheet(text.encode(), tiny, "a.csv")
    away = State.NOT_APPLICABLE
    assert sheet.current_marks() == {"tiny.1": [2, 0, State.CANNOT_SAY], "tiny.1-1": [away, away]}
    assert sheet.target_marks() == {"tiny.1": [3, State.CANNOT_SAY], "tiny.1-1": [away, away]}
    assert sheet.respondents == ("a", "b", "c")


@pytest.mark.parametrize(
    "text",
    [
        "indicator,current\n1,2\n",
        "indicator,current\r\n1,2\r\n",
        "indicator,current\r1,2\r",
        "current,indicator\n2,1",
        "\n\n Indicator , ＣＵＲＲＥＮＴ \n\n,\n1,2\n",
        '"indicator","current"\n"1","2"\n',
        "indicator,current,,\n1,2,,\n",
        "indicator,current,respondent\n1,2,\n",
        "indicator,current,Target,Role\n1,2,,\n",
        "indicator;current;respondent\n1;2;Sato, Taro\n",
        "indicator\tcurrent\n1\t2\n",
        'sep=;\n"current";"indicator"\n"2";"1"\n',
        "\ufeffSEP=,,,\r\nindicator,current,,\r\n1,2,,\r\n",
        "sep=\t\nindicator\tcurrent\n1\t2\n",
    ],
)
def test_the_same_sheet_is_read_however_it_is_laid_out(tiny: Edition, text: str) -> None:
    rows = parse_sheet(text.encode(), tiny, "a.csv").rows
    assert [(row.indicator, row.current, row.target) for row in rows] == [("tiny.1", 2, None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "shift_jis", "utf-16"])
@pytest.mark.parametrize("name", ["山田 太郎", "やまだ", "ソ十能表ー～―", "ﾔﾏﾀﾞ ﾀﾛｳ"])
def test_utf_8_utf_16_and_shift_jis_are_read(tiny: Edition, encoding: str, name: str) -> None:
    name = name if encoding != "shift_jis" else name.rstrip("～―")
    rows = parse_sheet((HEAD + f"１,２,,{name},経営\n").encode(encoding), tiny, "a.csv").rows
    assert rows == (Row(2, "tiny.1", 2, None, name, "management"),)


def test_utf_16_is_read_from_both_ends(tiny: Edition) -> None:
    text = "\ufeffindicator\tcurrent\trespondent\r\n1\t2\t山田\r\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        (row,) = parse_sheet(text.encode(encoding), tiny, "a.csv").rows
        assert row == Row(2, "tiny.1", 2, None, "山田")


EUC_JP = [
    (HEAD + "1,2,,山田 太郎,経営\n").encode("euc_jp"),
    (HEAD + "1,2,,やまだ,\n").encode("euc_jp"),
    (HEAD + "1,2,,佐藤,\n").encode("euc_jp").replace(b"\n", b"\r\n"),
    (HEAD + "1,2,,ﾔﾏﾀﾞ,\n").encode("euc_jp"),
    (HEAD + "1,2,,鄧小平丂,\n").encode("euc_jp"),
    HEAD.encode() + b"1,2,,\xad\xa1\xad\xea,\n",
    HEAD.encode() + "1,2,,ﾔﾏﾀﾞ,\n".encode("cp932"),
]


@pytest.mark.parametrize("raw", EUC_JP, ids=range(len(EUC_JP)))
def test_what_may_be_euc_jp_is_never_read_as_other_characters(tiny: Edition, raw: bytes) -> None:
    (problem,) = _problems(raw, tiny)
    assert problem == Problem("sheet.encoding_unsure", "a.csv", 2)
    assert "「CSV UTF-8（コンマ区切り）」で保存し直してください" in Words("ja").problem(problem)


def test_a_header_alone_is_a_sheet_nobody_answered(tiny: Edition) -> None:
    assert parse_sheet(HEAD.encode(), tiny, "a.csv").rows == ()


def test_a_row_of_several_lines_is_named_by_its_first(tiny: Edition) -> None:
    text = HEAD + '1,2,,"山田\n太郎",\n"2\n",9,,,\n'
    assert _codes(text, tiny) == [(4, "level_off_scale")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"", [(0, "empty")]),
        (b"\xef\xbb\xbf\r\n \n,,\n", [(0, "empty")]),
        ("\u202e\n1,2\n", [(1, "column_missing")] * 2),
        (b"indicator,current\n1,\0002\n", [(2, "not_text")]),
        ("indicator,current\n1,2\n".encode("utf-16-le"), [(1, "not_text")]),
        ("indicator,current\n1,2\n".encode("utf-16") + b"3", [(3, "encoding")]),
        ("indicator,current\n1,\0".encode("utf-16"), [(2, "not_text")]),
        ("indicator,current\n1,2\n".encode("utf-32"), [(1, "not_text")]),
        ((HEAD + "1,2,,山田,\n").encode("iso-2022-jp"), [(2, "encoding")]),
        (b"indicator,current\n1,\x81\n", [(2, "encoding")]),
        (b"\xef\xbb\xbfindicator,current\n1,\x8eR\n", [(2, "encoding")]),
        (b"indicator,current\n" * 300_000, [(0, "file_too_large")]),
        ('indicator,current\n1,9\n2,"3\n', [(2, "level_off_scale"), (3, "quotes")]),
        ('"indicator,current\n1,2\n', [(1, "quotes")]),
        (f"indicator,current\n1,{'3' * 200_000}\n", [(2, "quotes")]),
        ("indicator|current\n1|2\n", [(1, "column_unknown"), (1, "column_missing"), (1, "column_missing")]),
        ("sep=;\n\nindicator,current\n1,2\n", [(3, "column_unknown"), (3, "column_missing"), (3, "column_missing")]),
        ("sep=;\r\nindicator;current\r\n1;9\r\n1-1;2,5\r\n", [(3, "level_off_scale"), (4, "level_off_scale")]),
        ("1,2\n1-1,3\n", [(1, "column_unknown")] * 2 + [(1, "column_missing")] * 2),
        ("indicator,target\n1,2\n", [(1, "column_missing")]),
        ("indicator,current,Current\n1,2,2\n", [(1, "column_twice")]),
        ("indicator,current,note\n1,9,x\n", [(1, "column_unknown"), (2, "level_off_scale")]),
        ("indicator,current,,role\n1,2,,\n", [(1, "column_unknown")]),
        ("indicator,current\n1\n1-1,2,3\n2,2,\n", [(2, "ragged"), (3, "ragged")]),
        ("indicator,current\n,3\n9,\n10-1,3\n", [(2, "indicator_blank"), (3, "indicator_unknown"), (4, "indicator_unknown")]),
        ("indicator,current\n1月1日,3\n2-Jan,3\n2024-12-31,3\n", [(2, "indicator_date"), (3, "indicator_date"), (4, "indicator_date")]),
        ("indicator,current,target\nq-days,3,\nq-pace,,fast\n", [(2, "quantitative"), (3, "quantitative")]),
        ("indicator,current,target\n1,4,-1\n", [(2, "level_off_scale"), (2, "level_off_scale")]),
        ("indicator,current,target\n1,-,2\n", [(2, "target_of_not_applicable")]),
        ("indicator,current\n1,2\n１,2\n", [(3, "twice")]),
        ("indicator,current\n1,2\ntiny.1,\n", [(3, "twice")]),
        (HEAD + "1,2,,山田,\n1,2,,山田　,\n", [(3, "twice_by_respondent")]),
        (HEAD + "1,2,,が,\n1,2,,か\u3099,\n", [(3, "twice_by_respondent")]),
        (HEAD + "1,2,,,\n1,2,,,\n", [(3, "twice")]),
        (HEAD + "1,2,,a,boss\n", [(2, "role_unknown")]),
        (HEAD + "1,2,,a,organisation\n", [(2, "role_unknown")]),
        (HEAD + "1,2,,a,it\n1-1,2,,a,\n2,2,,Ａ,management\n", [(4, "two_roles")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line(
    tiny: Edition, text: str | bytes, found: list[tuple[int, str]]
) -> None:
    assert _codes(text, tiny) == found


def test_rows_without_a_name_may_have_different_roles(tiny: Edition) -> None:
    text = "indicator,current,role\n1,2,it\n1-1,2,management\n"
    assert [row.role for row in parse_sheet(text.encode(), tiny, "a.csv").rows] == ["it", "management"]


def test_a_quantitative_indicator_may_stand_in_the_sheet_blank(tiny: Edition) -> None:
    assert parse_sheet(b"indicator,current\nq-days,\n", tiny, "a.csv").current_marks() == {}


def test_all_problems_come_at_once_and_name_what_is_allowed(tiny: Edition) -> None:
    problems = _problems(HEAD + "7,③,1_0,佐藤,boss\n1月1日,3,,,\n", tiny)
    assert [problem.values for problem in problems] == [
        {"indicator": "7", "allowed": ("1", "1-1", "2", "2-1")},
        {"column": "current", "value": "③", "allowed": ("0", "1", "2", "3")},
        {"column": "target", "value": "1_0", "allowed": ("0", "1", "2", "3")},
        {"role": "boss", "allowed": ("management", "it")},
        {"indicator": "1月1日", "allowed": ("1-1",)},
    ]


def test_a_sentence_says_file_line_and_what_is_allowed(tiny: Edition) -> None:
    (problem,) = _problems("indicator,current\n1,6\n", tiny)
    assert Words("ja").problem(problem) == (
        "a.csv:2: current の「6」はレベルとして読めません。使えるのは 0、1、2、3、空欄（未回答）、?（わからない）、-（該当しない）です。"
    )
    assert "0, 1, 2, 3, blank (not answered), ? (cannot say) and - (not applicable)" in Words("en").problem(
        problem
    )


def test_thousands_of_problems_are_counted_and_not_all_listed(tiny: Edition) -> None:
    problems = _problems("indicator,current\n" + "1,9\n" * 1_000, tiny)
    assert len(problems) == 201
    assert problems[-1] == Problem("sheet.more", "a.csv", 0, {"count": 1_999 - 200})
    with pytest.raises(ScoreSheetProblems) as caught:
        parse_sheet(b"indicator,current\n" + b"1,9\n" * 1_000, tiny, "a.csv")
    assert caught.value.values["count"] == 1_999


def test_a_sheet_of_nothing_but_problems_is_put_down_after_ten_thousand(tiny: Edition) -> None:
    raw = b"indicator,current\n" + b"9,1\n" * 1_000_000
    started = process_time()

    with pytest.raises(ScoreSheetProblems) as raised:
        parse_sheet(raw, tiny, "a.csv")

    assert process_time() - started < 2
    assert (raised.value.problems[-1].code, raised.value.problems[-1].values) == (
        "sheet.and_on",
        {"count": 10_000},
    )


def test_a_file_is_read_from_disk_and_called_by_its_name(tiny: Edition, tmp_path: Path) -> None:
    path = tmp_path / "採点.csv"
    path.write_bytes(b"indicator,current\n1,2\n")
    assert read_sheet(path, tiny).current_marks() == {"tiny.1": [2]}
    path.write_bytes(b"indicator,current\n1,8\n")
    with pytest.raises(ScoreSheetProblems) as caught:
        read_sheet(path, tiny, "採点.csv")
    assert caught.value.problems[0].file == "採点.csv"
    assert caught.value.values == {"count": 1, "file": "採点.csv"}


def test_a_file_of_five_megabytes_is_read_and_one_byte_more_is_not(tiny: Edition, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"indicator,current\n1,2\n".ljust(5_000_000, b"\n"))
    assert read_sheet(path, tiny).current_marks() == {"tiny.1": [2]}
    path.write_bytes(b"indicator,current\n1,2\n".ljust(5_000_001, b"\n"))
    with pytest.raises(ScoreSheetProblems) as caught:
        read_sheet(path, tiny)
    assert caught.value.problems == (Problem("sheet.file_too_large", str(path), 0, {"megabytes": 5}),)


def test_a_column_that_is_not_known_is_named_with_its_place(tiny: Edition) -> None:
    (problem,) = _problems("indicator,current, メモ\n", tiny)
    allowed = ("indicator", "current", "target", "respondent", "role")
    assert problem.values == {"column": " メモ", "number": 3, "allowed": allowed}


def test_a_file_that_is_not_there_or_a_folder_is_named(tiny: Edition, tmp_path: Path) -> None:
    for path, why, words in (
        (tmp_path / "none.csv", "ENOENT", "その名前のものがありません"),
        (tmp_path, "EISDIR", "フォルダーです"),
    ):
        with pytest.raises(ScoreSheetProblems) as caught:
            read_sheet(path, tiny)
        (problem,) = caught.value.problems
        assert problem == Problem("sheet.file_unreadable", str(path), 0, {"reason": why})
        assert f"（{words}）" in Words("ja").problem(problem)


@pytest.mark.parametrize("row", ["1,2,,p{},it\n", "1,9,1_0,p{},boss\n", "{},\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_fifty_thousand_rows_are_read_or_refused_at_once(tiny: Edition, row: str, encoding: str) -> None:
    text = HEAD + "".join(row.format(number) for number in range(50_000)) + "1-1,2,,山田,\n"
    raw = text.encode(encoding)
    before = process_time()
    try:
        assert len(parse_sheet(raw, tiny, "a.csv").rows) == 50_001
    except ScoreSheetProblems as refused:
        assert len(refused.problems) == 201
    assert process_time() - before < 3
