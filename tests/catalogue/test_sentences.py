"""Every problem a catalogue can have is said in both languages, without blame, with the same values."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from dxassess.text import sentences

PACKAGE = Path(__file__).parents[2] / "dxassess"
SOURCES = [
    PACKAGE / "yamlfile.py",
    PACKAGE / "usecases" / "shelf.py",
    *sorted((PACKAGE / "catalogue").glob("*.py")),
]
PROBLEMS = {
    key.removeprefix("problem."): words for key, words in sentences().items() if key.startswith("problem.")
}
PREFIXES = re.compile(
    r"(file|folder|yaml|field|text|list|number|link|edition|scale|section|item|group|average|role|option|level|levels|parent|measure|wording|"
    r"code|id|name|named|condition|gates|suggestion|not)_[a-z_0-9]+\Z"
)


def codes() -> set[str]:
    """Every text of the sources that looks like the code of a problem and is handed to `Problem` or its makers."""
    found: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _maker(node.func) in (
                "Problem",
                "problem",
                "refuse",
                "_Refused",
            ):
                found |= {
                    a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)
                }
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and PREFIXES.match(node.value):
                found |= {node.value} & PROBLEMS.keys()
    return found | {"item_not_in_tree", "item_not_in_measures"}


def _maker(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert codes() == set(PROBLEMS)


@pytest.mark.parametrize("code", PROBLEMS)
def test_both_languages_use_the_same_values_and_end_as_sentences(code: str) -> None:
    words = PROBLEMS[code]

    assert fields(words["ja"]) == fields(words["en"])
    assert words["ja"].endswith("。")
    assert words["en"].endswith(".")
    assert not re.search("無効|不正|間違|エラー|失敗", words["ja"])
    assert not re.search(r"\b(invalid|illegal|wrong|bad|error|fail)", words["en"], re.IGNORECASE)


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_sentence_says_what_to_do_next(code: str) -> None:
    assert re.search("ください|します", PROBLEMS[code]["ja"])
    assert len(re.findall(r"[.:]", PROBLEMS[code]["en"])) >= 2
