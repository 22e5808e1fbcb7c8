"""Every rule of a catalogue refuses a small wrong folder, and says so with file, line and sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dxassess.catalogue.load import check
from dxassess.text import LANGUAGES, Words

Edit = tuple[str, str, str]
PACE = 'paces:\n  - {since: 2019, until: 2020, group: all, of: all, change: 0.2, publisher: A, source: "x"}\n'
E, B, ONE, SUB = "edition.yaml", "benchmarks.yaml", "1.yaml", "1-1.yaml"
INVISIBLE = "\N{ZERO WIDTH SPACE}"

# name of the rule: edits, then the code, the file and a passage of the line that must be named, then what follows from it
CASES: dict[str, tuple[list[Edit], str, str, str, set[str]]] = {
    "a field is missing": (
        [(ONE, 'code: "1"\n', "")],
        "field_missing",
        ONE,
        "id: tiny.1",
        set(),
    ),
    "a language is missing": (
        [(ONE, ', en: "Learning"', "")],
        "field_missing",
        ONE,
        "title:",
        set(),
    ),
    "a field is unknown": ([(ONE, "", "colour: red\n")], "field_unknown", ONE, "colour", set()),
    "an answer in the catalogue": ([(ONE, "", "current: 3\n")], "field_unknown", ONE, "current", set()),
    "a field has no value": ([(ONE, "kind: key", "kind:")], "field_empty", ONE, "kind:", set()),
    "a number instead of text": ([(ONE, 'code: "1"', "code: 1")], "field_not_text", ONE, "code: 1", set()),
    "a number of the tree without quotes": (
        [(E, '["1", "1-1"]', '[1, "1-1"]')],
        "field_not_text",
        E,
        "items: [1",
        set(),
    ),
    "text instead of a number": (
        [("2.yaml", "weight: 3", 'weight: "3"')],
        "field_not_number",
        "2.yaml",
        "weight",
        set(),
    ),
    "yes instead of a number": (
        [("2.yaml", "weight: 3", "weight: true")],
        "field_not_number",
        "2.yaml",
        "weight",
        set(),
    ),
    "a weight of nothing": (
        [("2.yaml", "weight: 3", "weight: 0")],
        "number_too_small",
        "2.yaml",
        "weight",
        set(),
    ),
    "a weight below nothing": (
        [(E, "over: items\n  sections:", "over: items\n  weight: -1\n  sections:")],
        "number_too_small",
        E,
        "weight",
        set(),
    ),
    "a broken revision": ([(E, "revision: 1", "revision: 1.5")], "field_not_whole", E, "revision", set()),
    "a revision of nothing": ([(E, "revision: 1", "revision: 0")], "number_below", E, "revision", set()),
    "too many digits after the point": (
        [("q-days.yaml", "decimals: 1", "decimals: 5")],
        "number_too_large",
        "q-days.yaml",
        "decimals",
        set(),
    ),
    "a word for yes": ([(ONE, "", "withdrawn: no\n")], "field_not_true_false", ONE, "withdrawn", set()),
    "a kind that is none": ([(ONE, "kind: key", "kind: main")], "field_not_listed", ONE, "kind", set()),
    "an aggregate that is none": (
        [(E, "aggregate: weighted_mean", "aggregate: median")],
        "field_not_listed",
        E,
        "median",
        set(),
    ),
    "one text for both languages": (
        [(ONE, '{ja: "学び", en: "Learning"}', '"学び"')],
        "field_not_fields",
        ONE,
        "title",
        set(),
    ),
    "one word for a list": (
        [(ONE, "respondents: [management]", "respondents: management")],
        "field_not_list",
        ONE,
        "respondents",
        set(),
    ),
    "an empty list": ([(E, "groups: [people, tools]", "groups: []")], "list_empty", E, "groups", set()),
    "a blank text": ([(ONE, '"学び"', '"　"')], "text_blank", ONE, "title", set()),
    "an empty text": ([(ONE, '"学び"', '""')], "text_blank", ONE, "title", set()),
    "a text without end": ([(ONE, '"学び"', f'"{"長" * 2001}"')], "text_too_long", ONE, "title", set()),
    "a short name that is long": (
        [(E, "    - id: people\n", f'    - id: people\n      short: {{ja: "{"長" * 15}", en: "long"}}\n')],
        "text_too_long",
        E,
        "short",
        set(),
    ),
    "a publisher no chart has room for": (
        [(B, "current_mean: 1.1, ", f'current_mean: 1.1, publisher: "{"長" * 17}", ')],
        "text_too_long",
        B,
        "publisher",
        set(),
    ),
    "a character nobody sees": (
        [(ONE, '"学び"', f'"学{INVISIBLE}び"')],
        "text_invisible",
        ONE,
        "title",
        set(),
    ),
    "a direction mark in benchmarks": (
        [(B, '"全体"', '"全\N{RIGHT-TO-LEFT OVERRIDE}体"')],
        "text_invisible",
        B,
        "全",
        set(),
    ),
    "a capital letter in an id": ([(E, "id: people", "id: People")], "id_form", E, "People", set()),
    "a path for an id": ([(E, "id: people", "id: ../people")], "id_form", E, "../people", set()),
    "an id of 65 characters": ([(E, "id: people", f"id: {'p' * 65}")], "id_form", E, "ppp", set()),
    "a blank in a number": ([(ONE, 'code: "1"', 'code: "1 a"')], "code_form", ONE, "code", set()),
    "a level key in quotes": ([(ONE, "  3: {ja", '  "3": {ja')], "field_not_number", ONE, '"3"', set()),
    "an id that is not folder and number": (
        [(ONE, "id: tiny.1\n", "id: tiny.one\n")],
        "id_differs",
        ONE,
        "id:",
        {"parent_unknown"},
    ),
    "a number that is not the file's name": (
        [(ONE, 'code: "1"', 'code: "7"')],
        "code_differs",
        ONE,
        "code",
        {"item_unknown", "item_nowhere"},
    ),
    "a name some computers cannot store": (
        [
            (
                "con.yaml",
                "",
                TINY_ITEM
                := 'id: tiny.con\ncode: con\nkind: quantitative\nwording: {title: own, question: own, measure: own}\ntitle: {ja: "数", en: "Count"}\nquestion: {ja: "いくつですか。", en: "How many?"}\nmeasure: {unit: {ja: "件", en: "cases"}, better: higher}\n',
            ),
            (E, '"q-pace"]', '"q-pace", con]'),
        ],
        "name_reserved",
        "con.yaml",
        "code",
        set(),
    ),
    "no blank after a colon between brackets": (
        [(ONE, '{ja: "学び", en: "Learning"}', '{ja:"学び", en: "Learning"}')],
        "field_colon_blank",
        ONE,
        "title",
        {"field_missing"},
    ),
    "two dots in a number": (
        [("a..b.yaml", "", TINY_ITEM.replace("con\n", "a..b\n")), (E, '"q-pace"]', '"q-pace", a..b]')],
        "name_reserved",
        "a..b.yaml",
        "code",
        set(),
    ),
    "the same id in two files": (
        [
            ("M.yaml", "", TINY_ITEM.replace("tiny.con", "tiny.m").replace("code: con", "code: M")),
            ("m.yaml", "", TINY_ITEM.replace("tiny.con", "tiny.m").replace("code: con", "code: m")),
            (E, '"q-pace"]', '"q-pace", M, m]'),
        ],
        "id_twice",
        "m.yaml",
        "id:",
        set(),
    ),
    "a sub without a parent": ([(SUB, "parent: tiny.1\n", "")], "parent_missing", SUB, "kind", set()),
    "a key with a parent": (
        [("2.yaml", "kind: key", "kind: key\nparent: tiny.1")],
        "parent_not_here",
        "2.yaml",
        "parent",
        set(),
    ),
    "a parent that is not there": (
        [(SUB, "parent: tiny.1\n", "parent: tiny.9\n")],
        "parent_unknown",
        SUB,
        "parent",
        set(),
    ),
    "a parent that is a sub": (
        [(SUB, "parent: tiny.1\n", "parent: tiny.2-1\n")],
        "parent_not_key",
        SUB,
        "parent",
        set(),
    ),
    "a measured one without a measure": (
        [
            ("q-days.yaml", 'measure:\n  unit: {ja: "日", en: "days"}\n  better: lower\n  decimals: 1\n', ""),
            ("q-days.yaml", ", measure: own", ""),
        ],
        "measure_missing",
        "q-days.yaml",
        "kind",
        set(),
    ),
    "a scored one with a measure": (
        [
            (ONE, "levels: own}", "levels: own, measure: own}"),
            (ONE, "", 'measure: {unit: {ja: "日", en: "days"}, better: lower}\n'),
        ],
        "measure_not_here",
        ONE,
        "measure: {unit",
        set(),
    ),
    "a measured one with conditions": (
        [("q-days.yaml", "", 'conditions: [{id: a, ja: "甲", en: "A"}]\n')],
        "not_for_quantitative",
        "q-days.yaml",
        "conditions",
        set(),
    ),
    "a measured one with levels": (
        [
            ("q-days.yaml", "", 'levels: {0: {ja: "甲", en: "A"}}\n'),
            ("q-days.yaml", "measure: own}", "measure: own, levels: own}"),
        ],
        "not_for_quantitative",
        "q-days.yaml",
        "levels: {0",
        set(),
    ),
    "levels whose words are nobody's": (
        [(ONE, ", levels: own", "")],
        "wording_missing",
        ONE,
        "wording",
        set(),
    ),
    "words for levels that are not there": (
        [("q-days.yaml", "measure: own}", "measure: own, levels: own}")],
        "wording_not_here",
        "q-days.yaml",
        "wording",
        set(),
    ),
    "a level without a text": (
        [
            (
                ONE,
                '  2: {ja: "学びを会社の方針に沿って行っています。", en: "Learning follows the company policy."}\n',
                "",
            )
        ],
        "level_missing",
        ONE,
        "levels:",
        set(),
    ),
    "a level beside the scale": (
        [(ONE, "  3: {ja", '  4: {ja: "甲です。", en: "A."}\n  3: {ja')],
        "level_off_scale",
        ONE,
        "4:",
        set(),
    ),
    "level texts where the scale has them": (
        [(E, "described: indicators", "described: scale")],
        "levels_not_here",
        ONE,
        "levels:",
        {"levels_not_here"},
    ),
    "a role that is none": (
        [(ONE, "respondents: [management]", "respondents: [sales]")],
        "role_unknown",
        ONE,
        "sales",
        set(),
    ),
    "a role named twice": (
        [(ONE, "respondents: [management]", "respondents: [it, it]")],
        "named_twice",
        ONE,
        "respondents",
        set(),
    ),
    "two conditions of one id": ([(ONE, "{id: b", "{id: a")], "option_twice", ONE, "学びの時間", set()),
    "two choices of one id": (
        [("q-pace.yaml", "{id: slow", "{id: fast")],
        "option_twice",
        "q-pace.yaml",
        "ゆっくり",
        set(),
    ),
    "a condition called like a gate": (
        [(ONE, "{id: b", "{id: gate.b")],
        "condition_reserved",
        ONE,
        "gate.b",
        set(),
    ),
    "an edition that is not its folder": (
        [(E, "id: tiny\n", "id: other\n")],
        "edition_differs",
        E,
        "id: other",
        set(),
    ),
    "a scale that falls": (
        [(E, "value: 2", "value: 0.5")],
        "scale_not_ascending",
        E,
        "0.5",
        {"level_missing", "level_off_scale", "suggestion_off_scale"},
    ),
    "a level twice on the scale": (
        [(E, "value: 2", "value: 1.0")],
        "scale_not_ascending",
        E,
        "1.0",
        {"level_off_scale", "suggestion_off_scale"},
    ),
    "a gate beside the scale": (
        [(E, "level: 3, needs", "level: 4, needs")],
        "suggestion_off_scale",
        E,
        "id: measured",
        set(),
    ),
    "a first suggestion beside the scale": (
        [(E, "any_condition: 1", "any_condition: 0.5")],
        "suggestion_off_scale",
        E,
        "any_condition",
        set(),
    ),
    "gates that fall": (
        [(E, "level: 3, needs", "level: 2, needs")],
        "gates_not_ascending",
        E,
        "id: measured",
        set(),
    ),
    "two gates of one id": (
        [(E, "{id: measured", "{id: strategy")],
        "option_twice",
        E,
        "数字で測っている",
        set(),
    ),
    "two roles of one id": (
        [(E, "{id: it,", "{id: management,")],
        "option_twice",
        E,
        "IT部門",
        {"role_unknown"},
    ),
    "two reasons of one id": (
        [(E, "{id: parent-company", "{id: no-business")],
        "option_twice",
        E,
        "親会社",
        set(),
    ),
    "two roles that read alike": (
        [(E, 'ja: "IT部門", en: "IT department"', 'ja: "ＩＴ部門", en: "management "')],
        "option_alike",
        E,
        "id: it",
        set(),
    ),
    "two reasons that read alike": (
        [(E, "親会社が担っている", "該当する業務がない")],
        "option_alike",
        E,
        "parent-company",
        set(),
    ),
    "two choices that read alike": (
        [("q-pace.yaml", 'en: "Slow"', 'en: "Fast"')],
        "option_alike",
        "q-pace.yaml",
        "slow",
        set(),
    ),
    "two thresholds of one id": (
        [
            (
                E,
                "thresholds:\n",
                'thresholds:\n  - {id: leading, title: {ja: "上", en: "Top"}, of: all, at_least: 3, source: "x"}\n',
            )
        ],
        "option_twice",
        E,
        "先行",
        set(),
    ),
    "a role called like the organisation's one voice": (
        [(E, "{id: it,", "{id: organisation,")],
        "role_reserved",
        E,
        "organisation",
        {"role_unknown"},
    ),
    "a section with sections and items": (
        [
            (E, "over: items\n  sections:", 'over: items\n  items: ["2"]\n  sections:'),
            (E, '["2", "2-1"]', '["2-1"]'),
        ],
        "section_both",
        E,
        "tree:",
        {"group_missing"},
    ),
    "a section with nothing": (
        [
            (
                E,
                '    items: ["q-days", "q-pace"]\n',
                '    sections:\n      - {id: x, title: {ja: "甲", en: "A"}, items: ["q-days", "q-pace"]}\n  - {id: empty, title: {ja: "空", en: "Empty"}}\n',
            )
        ],
        "section_empty",
        E,
        "id: empty",
        set(),
    ),
    "two sections of one id": ([(E, "id: results", "id: people")], "section_twice", E, "id: people", set()),
    "a section called like a pulse": (
        [(E, "id: results", "id: pulse")],
        "section_reserved",
        E,
        "id: pulse",
        set(),
    ),
    "a section called like an indicator": (
        [(E, "id: results", "id: tiny.1")],
        "section_like_indicator",
        E,
        "id: tiny.1",
        set(),
    ),
    "a number without a file": (
        [(E, '["2", "2-1"]', '["2", "2-1", "2-2"]')],
        "item_unknown",
        E,
        "2-2",
        set(),
    ),
    "an indicator twice in the tree": (
        [(E, '["2", "2-1"]', '["2", "2-1", "2"]')],
        "item_twice",
        E,
        '"2-1"',
        set(),
    ),
    "an indicator in two sections": (
        [(E, '["2", "2-1"]', '["2", "2-1", "1"]')],
        "item_twice",
        E,
        '"2-1"',
        {"group_overlap"},
    ),
    "an indicator in no section": ([(E, '["2", "2-1"]', '["2"]')], "item_nowhere", "2-1.yaml", "code", set()),
    "a withdrawn indicator in the tree": (
        [("2-1.yaml", "", "withdrawn: true\n")],
        "item_withdrawn",
        E,
        "2-1",
        set(),
    ),
    "a measured one in the tree": (
        [(E, '["2", "2-1"]', '["2", "2-1", "q-days"]'), (E, '["q-days", "q-pace"]', '["q-pace"]')],
        "item_not_in_tree",
        E,
        "2-1",
        set(),
    ),
    "a scored one among the measures": (
        [(E, '["2", "2-1"]', '["2"]'), (E, '["q-days", "q-pace"]', '["q-days", "q-pace", "2-1"]')],
        "item_not_in_measures",
        E,
        "q-days",
        set(),
    ),
    "a group that is no section": (
        [(E, "groups: [people, tools]", "groups: [people, tools, sales]")],
        "section_unknown",
        E,
        "groups",
        set(),
    ),
    "a group among the measures": (
        [(E, "groups: [people, tools]", "groups: [people, tools, results]")],
        "section_unknown",
        E,
        "groups",
        set(),
    ),
    "an average that is no section": (
        [(E, "averages: [all, people", "averages: [whole, people")],
        "section_unknown",
        E,
        "averages",
        set(),
    ),
    "a threshold of no section": (
        [(E, "of: all, at_least", "of: whole, at_least")],
        "section_unknown",
        E,
        "whole",
        set(),
    ),
    "a group named twice": (
        [(E, "groups: [people, tools]", "groups: [people, tools, people]")],
        "named_twice",
        E,
        "groups",
        set(),
    ),
    "an average named twice": (
        [(E, "averages: [all, people", "averages: [all, all, people")],
        "named_twice",
        E,
        "averages",
        set(),
    ),
    "an indicator in no group": (
        [(E, "groups: [people, tools]", "groups: [people]")],
        "group_missing",
        E,
        '"2"',
        set(),
    ),
    "an indicator in two groups": (
        [(E, "groups: [people, tools]", "groups: [all, tools, people]")],
        "group_overlap",
        E,
        '"1"',
        set(),
    ),
    "an average of an unknown group": (
        [(B, "{year: 2023, group: all", "{year: 2023, group: large")],
        "average_group_unknown",
        B,
        "large",
        set(),
    ),
    "an average of an unknown section": (
        [(B, "year: 2023, group: all, of: all", "year: 2023, group: all, of: whole")],
        "section_unknown",
        B,
        "whole",
        set(),
    ),
    "a pace of an unknown group": (
        [(B, "averages:", f"{PACE}averages:"), (B, "until: 2020, group: all", "until: 2020, group: large")],
        "average_group_unknown",
        B,
        "large",
        set(),
    ),
    "a pace of an unknown section": (
        [(B, "averages:", f"{PACE}averages:"), (B, "of: all, change", "of: whole, change")],
        "section_unknown",
        B,
        "whole",
        set(),
    ),
    "a pace that leads back in time": (
        [(B, "averages:", f"{PACE}averages:"), (B, "until: 2020", "until: 2019")],
        "pace_backwards",
        B,
        "2019",
        set(),
    ),
    "an average without a number": (
        [(B, ", current_mean: 1.1", "")],
        "average_without_number",
        B,
        "2023",
        set(),
    ),
    "an average twice": ([(B, "year: 2023", "year: 2024")], "average_twice", B, "1.25", set()),
    "an average beyond the scale": (
        [(B, "current_mean: 1.1,", "current_mean: 11,")],
        "value_off_scale",
        B,
        "2023",
        set(),
    ),
    "a median below the scale": (
        [(B, "current_median: 1.0", "current_median: -0.1")],
        "value_off_scale",
        B,
        "2024",
        set(),
    ),
    "a threshold beyond the scale": (
        [(E, "at_least: 2", "at_least: 3.1")],
        "value_off_scale",
        E,
        "leading",
        set(),
    ),
    "two published groups of one id": (
        [(B, "warning:", '  - {id: all, ja: "別", en: "Other"}\nwarning:')],
        "option_twice",
        B,
        "別",
        set(),
    ),
    "a size that stands beside an unknown group": (
        [(B, "warning:", "comparable: [{sizes: [up_to_20], groups: [small]}]\nwarning:")],
        "average_group_unknown",
        B,
        "small",
        set(),
    ),
    "a size named twice": (
        [(B, "warning:", "comparable: [{sizes: [up_to_20, up_to_20], groups: [all]}]\nwarning:")],
        "named_twice",
        B,
        "up_to_20",
        set(),
    ),
    "a key question in another group": (
        [(SUB, "parent: tiny.1", "parent: tiny.2")],
        "parent_elsewhere",
        SUB,
        "parent",
        set(),
    ),
    "a key question that is no longer asked": (
        [(ONE, "kind: key", "kind: key\nwithdrawn: true"), (E, '["1", "1-1"]', '["1-1"]')],
        "parent_elsewhere",
        SUB,
        "parent",
        set(),
    ),
    "the two languages swapped": (
        [(ONE, 'title: {ja: "学び", en: "Learning"}', 'title: {ja: "Learning", en: "学び"}')],
        "text_swapped",
        ONE,
        "title",
        set(),
    ),
    "the numbers of groups in place of their ids": (
        [(E, "groups: [people, tools]", "groups: [1, 2]")],
        "field_not_text",
        E,
        "groups",
        set(),
    ),
    "an edition in capitals": (
        [("Edition.yaml", "", "id: tiny\n")],
        "file_capitals",
        "Edition.yaml",
        "",
        set(),
    ),
    "a key twice": (
        [(ONE, "kind: key", "kind: key\nkind: sub")],
        "yaml_duplicate_key",
        ONE,
        "kind: sub",
        set(),
    ),
    "a level twice": (
        [(ONE, "  3: {ja", '  1.0: {ja: "甲です。", en: "A."}\n  3: {ja')],
        "yaml_duplicate_key",
        ONE,
        "1.0",
        set(),
    ),
    "a file that is no indicator": (
        [("notes.yaml", "", "meeting: friday\n")],
        "file_stray",
        "notes.yaml",
        "",
        set(),
    ),
    "an empty file": ([("3.yaml", "", "")], "file_empty", "3.yaml", "", set()),
    "a list for a file": ([("3.yaml", "", "- id: tiny.3\n")], "file_not_fields", "3.yaml", "- id", set()),
    "another ending": ([("3.yml", "", "id: tiny.3\n")], "file_ending", "3.yml", "", set()),
    "an ending in capitals": ([("3.YAML", "", "id: tiny.3\n")], "file_ending", "3.YAML", "", set()),
}


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_folder_is_refused_with_file_line_and_sentence(
    case: str, tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    edits, code, name, passage, following = CASES[case]
    for edit in edits:
        spoil(*edit)

    editions, problems = check(tiny)

    assert editions == {}
    assert {problem.code for problem in problems} - following == {code} - following
    found = next(
        p
        for p in problems
        if p.code == code and p.file == f"{tiny}/{name}" and _reads(p.line, tiny / name, passage)
    )
    for language in LANGUAGES:
        sentence = Words(language).problem(found)
        assert sentence.startswith(f"{tiny}/{name}:")
        assert sentence.endswith((".", "。"))


def _reads(line: int, path: Path, passage: str) -> bool:
    if not passage:
        return line == 0
    return passage in path.read_text(encoding="utf-8").splitlines()[line - 1]


def test_all_problems_of_a_folder_come_at_once_in_the_order_of_files_and_lines(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil(ONE, "kind: key", "kind: main")
    spoil(ONE, ', en: "Learning"', "")
    spoil("2.yaml", "weight: 3", "weight: 0")
    spoil("2-1.yaml", "kind: sub", "kind: sub\nkind: sub")
    spoil(E, "groups: [people, tools]", "groups: [people]")
    spoil(B, "{year: 2023, group: all", "{year: 2023, group: large")

    _, problems = check(tiny)

    assert [(problem.file.split("/")[-1], problem.code) for problem in problems] == [
        (ONE, "field_not_listed"),
        (ONE, "field_missing"),
        ("2-1.yaml", "yaml_duplicate_key"),
        ("2.yaml", "number_too_small"),
        (B, "average_group_unknown"),
        (E, "group_missing"),
        (E, "group_missing"),
    ]


def test_nothing_is_said_about_what_a_broken_file_might_have_held(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil(ONE, "kind: key", "kind: [")

    _, problems = check(tiny)

    assert [(problem.file, problem.code) for problem in problems] == [(f"{tiny}/{ONE}", "yaml_bracket_open")]


def test_an_unreadable_edition_leaves_the_indicators_to_be_checked(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil(E, "status: own", "status: secret")
    spoil(SUB, "parent: tiny.1\n", "")

    _, problems = check(tiny)

    assert {problem.code for problem in problems} == {"field_not_listed", "parent_missing"}


def test_what_a_sum_comes_to_may_lie_beyond_the_scale(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil(E, "aggregate: mean\n  over: items\n  sections:", "aggregate: sum\n  over: items\n  sections:")
    spoil(E, "at_least: 2", "at_least: 9")
    spoil(B, "current_mean: 1.1,", "current_mean: 11,")

    assert check(tiny)[1] == []


def test_a_withdrawn_indicator_stays_as_a_file_and_stands_nowhere(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil("2-1.yaml", "", "withdrawn: true\n")
    spoil(E, '["2", "2-1"]', '["2"]')

    editions, problems = check(tiny)

    assert problems == []
    assert editions["tiny"].indicators["tiny.2-1"].withdrawn
    assert "2-1" not in [indicator.code for indicator in editions["tiny"].scored]


def test_a_number_may_be_printed_in_capitals_while_its_id_is_small(
    tiny: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil(
        "GV.OC-01.yaml",
        "",
        TINY_ITEM.replace("tiny.con", "tiny.gv.oc-01").replace("code: con", "code: GV.OC-01"),
    )
    spoil(E, '"q-pace"]', '"q-pace", GV.OC-01]')

    editions, problems = check(tiny)

    assert problems == []
    assert editions["tiny"].by_code["GV.OC-01"].id == "tiny.gv.oc-01"
