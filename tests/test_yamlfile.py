"""Strict YAML: plain values with lines, or problems with lines; what plain loaders let pass is refused."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassess.text import LANGUAGES, Words
from dxassess.yamlfile import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, Document, parse_yaml, read_yaml


def value(text: str) -> Any:
    document, problems = parse_yaml(text.encode(), "f.yaml")
    assert document is not None, problems
    return document.data


def found(raw: bytes | str) -> list[tuple[str, int]]:
    document, problems = parse_yaml(raw if isinstance(raw, bytes) else raw.encode(), "f.yaml")
    assert document is None
    for problem in problems:
        for language in LANGUAGES:
            assert Words(language).problem(problem).endswith((".", "。"))
    return [(problem.code, problem.line) for problem in problems]


def alias_bomb(levels: int = 9) -> str:
    lines = ['a0: &a0 ["x", "x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("True", "True"),
        ("1:30", "1:30"),
        ("010", "010"),
        ("012", "012"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("2024-04-01", "2024-04-01"),
        ("2024-02-31", "2024-02-31"),
        ("2024-02-31T25:61:00Z", "2024-02-31T25:61:00Z"),
        ("+3", "+3"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("1.", "1."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("３", "３"),
        ("=", "="),
        ("4-1", "4-1"),
        ('"3"', "3"),
        ("'true'", "true"),
        ('""', ""),
        ("3", 3),
        ("-3", -3),
        ("0", 0),
        ("0.1", 0.1),
        ("-2.50", -2.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("体制", "体制"),
    ],
)
def test_only_plain_numbers_true_false_and_null_are_anything_but_text(text: str, meant: object) -> None:
    read = value(f"a: {text}")["a"]

    assert read == meant
    assert type(read) is type(meant)


def test_every_key_and_entry_knows_its_line() -> None:
    text = "# remark\na: 1\nb:\n  - x\n  - {c: 1,\n     d: 2}\nlevels:\n  0: {ja: x}\n  0.5: {ja: y}\n"

    document, _ = parse_yaml(text.encode(), "f.yaml")

    assert document is not None
    assert {place: document.line(place) for place in document.lines} == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 1): 5,
        ("b", 1, "c"): 5,
        ("b", 1, "d"): 6,
        ("levels",): 7,
        ("levels", 0): 8,
        ("levels", 0, "ja"): 8,
        ("levels", 0.5): 9,
        ("levels", 0.5, "ja"): 9,
    }
    assert document.line(("b", 1, "missing", "deeper")) == 5
    assert document.line(("nowhere",)) == 2


def test_a_document_without_lines_blames_the_first() -> None:
    assert Document(None, {}).line(("a",)) == 1


def test_an_alias_bomb_is_refused_before_it_is_walked() -> None:
    started = time.process_time()
    problems = found(alias_bomb())

    assert {code for code, _ in problems} == {"yaml_alias"}
    assert time.process_time() - started < 0.5


def test_an_anchor_alone_is_refused() -> None:
    assert found("a: 1\nb: &x 2") == [("yaml_alias", 2)]


def test_an_alias_as_a_key_is_refused() -> None:
    assert found("a: &x 1\n*x : 2")[0] == ("yaml_alias", 1)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: 2\na: 3",
        'a: 1\nb: 2\n"a": 3',
        "1: x\nb: 2\n1.0: y",
        "1: x\nb: 2\n1.00: y",
        "{a: 1,\n b: 2,\n 'a': 3}",
        "0: x\nb: 2\n-0: y",
    ],
)
def test_a_key_written_twice_is_refused_also_when_it_is_equal_only_after_reading(text: str) -> None:
    assert found(text) == [("yaml_duplicate_key", 3)]


def test_a_key_twice_says_where_it_stood_first() -> None:
    _, problems = parse_yaml(b"x:\n  a: 1\n  a: 2\n  a: 3\n", "f.yaml")

    assert [(problem.line, problem.values) for problem in problems] == [
        (3, {"word": "a", "first": 2}),
        (4, {"word": "a", "first": 2}),
    ]


def test_a_key_twice_is_named_in_one_line_whatever_it_holds() -> None:
    _, problems = parse_yaml('"a\\nb\u202e": 1\n"a\\nb\u202e": 2\n'.encode(), "f.yaml")

    assert problems[0].values["word"] == "a<U+000A>b<U+202E>"


def test_equal_keys_of_different_groups_are_two() -> None:
    assert value("x: {a: 1}\ny: {a: 2}") == {"x": {"a": 1}, "y": {"a": 2}}


def test_a_number_and_its_text_are_two_keys() -> None:
    assert value('1: x\n"1": y') == {1: "x", "1": "y"}


@pytest.mark.parametrize("text", ["a: {x: 1}\nb:\n  <<: {y: 2}", "a: 1\nb:\n  <<:\n    - {y: 2}"])
def test_a_merge_key_is_refused(text: str) -> None:
    assert found(text) == [("yaml_merge", 3)]


@pytest.mark.parametrize(
    "tag",
    ["!!python/object/apply:os.system [ls]", "!!str 1", "!own x", "!!binary aGk=", "!!set {a, b}", "! x"],
)
def test_a_tag_is_refused(tag: str) -> None:
    assert found(f"a: 1\nb: {tag}")[0] == ("yaml_tag", 2)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 5000,
        b"".join(b" " * n + b"a:\n" for n in range(1300)),
        b"- " * 5000 + b"x",
        b"{a: " * 5000,
    ],
)
def test_five_thousand_nested_levels_are_refused_at_the_limit_at_once(raw: bytes) -> None:
    started = time.process_time()

    assert [code for code, _ in found(raw)] == ["yaml_too_deep"]
    assert time.process_time() - started < 0.5


def test_nesting_up_to_the_limit_is_read() -> None:
    assert value("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert found("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [("yaml_too_deep", 1)]


@pytest.mark.parametrize("text", ["? [1]\n: x", "? {a: 1}\n: x", "true: x", "null: x", "{[a]: 1}", "? ? ? a"])
def test_a_key_is_a_word_or_a_number(text: str) -> None:
    assert found(text)[0] == ("yaml_key_not_text", 1)


def test_one_file_holds_one_document() -> None:
    assert found("a: 1\n---\nb: 2") == [("yaml_several_documents", 2)]
    assert value("---\na: 1\n...\n") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a:\n\tb: 1", "yaml_tab", 2, 1),
        ("a:\n  - x\n\t- y", "yaml_tab", 3, 1),
        ("a: b: c", "yaml_colon", 1, 5),
        ("a\nb: 1", "yaml_colon", 2, 2),
        ("a: 1\nb\n", "yaml_colon_missing", 2, 1),
        ("a: 'x\nb: 1", "yaml_quote_open", 1, 4),
        ("b: 1\na: [1,\n 2", "yaml_bracket_open", 2, 4),
        ("a: {x: 1", "yaml_bracket_open", 1, 4),
        ("{a: 1, b: 2]", "yaml_bracket_open", 1, 1),
        ("a: {b: 1 c: 2}", "yaml_bracket_open", 1, 4),
        ('b: 1\na: "x "y" z"', "yaml_after_quote", 2, 8),
        ('a: {ja: "x"y", en: "z"}', "yaml_after_quote", 1, 12),
        ('a: "x\nb: "y"\n', "yaml_quote_open", 1, 4),
        ('a: {ja: "体制", en: "x}\n\nb:\n  ja: "y"\n', "yaml_quote_open", 1, 19),
        ('a: "x"\nb: "it\'s \\" y"z\n', "yaml_after_quote", 2, 15),
        ("a:\n  b: 1\n c: 2", "yaml_indentation", 3, 2),
        ("- a\nb: 1", "yaml_indentation", 2, 1),
        ("a: @x", "yaml_first_character", 1, 4),
        ("a: `x`", "yaml_first_character", 1, 4),
        ("a: %x", "yaml_first_character", 1, 4),
        ('a: "x\\qy"', "yaml_escape", 1, 6),
        ('a: "\\ud800"', "yaml_escape", 1, 7),
        ('a: {ja: "\\q", en: "x"}', "yaml_escape", 1, 10),
        ("%YAML 9.9\n---\na: 1", "yaml_syntax", 1, 1),
    ],
)
def test_broken_yaml_names_line_column_and_reason(text: str, code: str, line: int, column: int) -> None:
    document, problems = parse_yaml(text.encode(), "f.yaml")

    assert document is None
    assert [(problem.code, problem.line, problem.values["column"]) for problem in problems] == [
        (code, line, column)
    ]
    for language in LANGUAGES:
        assert Words(language).problem(problems[0]).startswith(f"f.yaml:{line}: ")


def test_japanese_before_a_break_does_not_move_its_column() -> None:
    _, problems = parse_yaml("体制: 構造: 甲".encode(), "f.yaml")

    assert problems[0].values == {"column": 7}


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"# only a remark\n", b"\xef\xbb\xbf", b"---\n"])
def test_an_empty_file_has_no_data_and_is_no_problem_of_yaml(raw: bytes) -> None:
    document, problems = parse_yaml(raw, "f.yaml")

    assert document is not None
    assert document.data is None
    assert problems == []


def test_a_list_or_a_word_at_the_top_is_read_as_it_is() -> None:
    assert value("- 1\n- a") == [1, "a"]
    assert value("word") == "word"


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    document, _ = parse_yaml(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n", "f.yaml")

    assert document is not None
    assert document.data == {"a": 1, "b": ["x"]}
    assert document.lines["b", 0] == 3


def test_old_line_ends_of_a_mac_are_accepted() -> None:
    assert value("a: 1\rb: 2\r") == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("a: 1\nb: 体制".encode("cp932"), "file_shift_jis"),
        ("a: 1\nb: 体制".encode("utf-16"), "file_utf16"),
        (b"a: 1\nb: \xff\xfe\x00", "file_not_utf8"),
        ("a: 1\nb: 体制".encode("euc-jp"), "file_not_utf8"),
        (b"a: 1\nb: \xed\xa0\x80", "file_not_utf8"),
    ],
)
def test_another_encoding_is_named_with_its_line(raw: bytes, code: str) -> None:
    assert found(raw) == [(code, 1 if code == "file_utf16" else 2)]


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ufffe", "\uffff"])
def test_a_control_character_is_refused_with_its_line_and_name(character: str) -> None:
    _, problems = parse_yaml(f"a: 1\nb: x{character}y".encode(), "f.yaml")

    assert [(p.code, p.line, p.values) for p in problems] == [
        ("file_control_character", 2, {"character": f"U+{ord(character):04X}"})
    ]


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\x07", "\\u0085", "\\N", "\\uFFFE"])
def test_a_control_character_written_as_an_escape_is_refused_too(escape: str) -> None:
    assert found(f'a: 1\nb: "x{escape}y"') == [("file_control_character", 2)]


def test_tabs_line_ends_and_signs_of_other_planes_may_stand_in_text() -> None:
    assert value('a: "x\\ty\\nz 𠮷 🙂"') == {"a": "x\ty\nz 𠮷 🙂"}
    assert value("a: |\n  一行目\n  二行目\n") == {"a": "一行目\n二行目\n"}


def test_a_zero_width_character_is_left_to_whoever_knows_the_field() -> None:
    assert value("a: x\N{ZERO WIDTH SPACE}y") == {"a": "x\N{ZERO WIDTH SPACE}y"}


@pytest.mark.parametrize("number", ["1234567890123456", "0.12345678901234", "-999999999999999"])
def test_a_number_too_long_to_be_exact_is_refused(number: str) -> None:
    assert found(f"a: 1\nb: {number}") == [("yaml_number_too_long", 2)]
    assert value(f'a: "{number}"') == {"a": number}


def test_all_problems_of_a_file_come_at_once() -> None:
    text = "a: &x 1\na: *x\nb: !t 1\n<<: {}\nc: 1234567890123456\ntrue: 1\nd: {x: 1"

    assert found(text) == [
        ("yaml_alias", 1),
        ("yaml_duplicate_key", 2),
        ("yaml_alias", 2),
        ("yaml_tag", 3),
        ("yaml_merge", 4),
        ("yaml_number_too_long", 5),
        ("yaml_key_not_text", 6),
        ("yaml_bracket_open", 7),
    ]


def test_a_file_of_nothing_but_problems_is_put_down_after_fifty() -> None:
    started = time.process_time()

    assert len(found("a: 1\n" * 190_000)) == MAX_PROBLEMS
    assert time.process_time() - started < 0.5


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 2))
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("read"))

    document, problems = read_yaml(path)

    assert document is None
    assert [(p.code, p.file, p.values) for p in problems] == [
        ("file_too_large", "large.yaml", {"bytes": MAX_BYTES + 1, "limit": MAX_BYTES})
    ]
    assert found(b"a: " + b"x" * (MAX_BYTES - 2)) == [("file_too_large", 0)]


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))

    assert read_yaml(path)[1] == []


def test_a_megabyte_of_entries_is_read_within_two_seconds() -> None:
    text = "".join(f"- {{id: {n}, ja: あいうえおかき, en: abc}}\n" for n in range(20_000))[: MAX_BYTES // 2]
    text = text[: text.rindex("\n")]

    started = time.process_time()
    entries = value(text)

    assert len(entries) > 10_000
    assert time.process_time() - started < 2


def test_a_file_that_is_not_there_or_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for path, code in (
        (tmp_path / "nowhere.yaml", "file_unreadable"),
        (tmp_path, "file_no_file"),
        (tmp_path / "pipe", "file_no_file"),
        (tmp_path / "nul\0", "file_unreadable"),
    ):
        document, problems = read_yaml(path, "shown.yaml")
        assert document is None
        assert [(problem.code, problem.file) for problem in problems] == [(code, "shown.yaml")]


def test_a_hundred_and_twenty_bilingual_files_are_read_well_below_a_second(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "indicators" / "dx2019" / "4-1.yaml"
    for n in range(120):
        (tmp_path / f"{n}.yaml").write_bytes(source.read_bytes())

    started = time.process_time()
    read = [read_yaml(path) for path in sorted(tmp_path.iterdir())]
    seconds = time.process_time() - started

    assert all(document is not None for document, _ in read)
    assert seconds < 0.8


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200) | st.text(alphabet="ab:-[]{}\"'&*!<>|?#\n\t 0.1あ", max_size=60).map(str.encode)
)
def test_any_bytes_are_values_or_problems_never_an_exception(raw: bytes) -> None:
    document, problems = parse_yaml(raw, "f.yaml")

    assert (document is None) == bool(problems)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=10), st.text(max_size=30), max_size=5))
def test_quoted_text_comes_back_as_it_was_written(texts: dict[str, str]) -> None:
    visible = {
        k: v for k, v in texts.items() if all(c >= " " and c.isprintable() for c in k + v) and k != "<<"
    }
    text = "\n".join(f"'{_doubled(key)}': '{_doubled(words)}'" for key, words in visible.items())

    assert value(text or "{}") == visible


def _doubled(text: str) -> str:
    return text.replace("'", "''")
