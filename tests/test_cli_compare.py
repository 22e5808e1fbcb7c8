"""`compare` on the command line: which sheets, which edition, which value."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_cli import TINY, run
from tests.test_cli import _environment_as_before as _environment_as_before  # noqa: PLC0414


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., str]:
    def write(name: str, rows: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"indicator,current\n{rows}", encoding="utf-8")
        return str(path)

    return write


def test_rounds_are_compared_in_the_order_they_are_named(sheet) -> None:
    files = [sheet(f"q{number}.csv", f"1,{level}\n") for number, level in ((3, 0), (1, 2), (2, 3))]
    done = run("compare", "--catalogue", "tiny", *files, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert [one["name"] for one in found["rounds"]] == ["q3.csv", "q1.csv", "q2.csv"]
    assert [pair["change"]["exact"] for pair in found["pairs"]] == ["2", "1"]
    assert found["nodes"] == ["all"]


def test_a_text_for_the_terminal_in_both_languages(sheet) -> None:
    files = [sheet("a.csv", "1,1\n"), sheet("b.csv", "1,2\n2,0\n")]
    said = run("compare", "--catalogue", str(TINY), *files, "--node", "people", "--node", "1")
    assert said.exit_code == 0
    assert "人" in said.stdout
    assert "合計（＝後の値 − 前の値）" in said.stdout
    english = run("compare", "--catalogue", str(TINY), *files, "--lang", "en")
    assert "Like for like (items answered in both: 1): 1.000 → 2.000 (+1.000)" in english.stdout


def test_files_of_one_name_keep_their_folders(sheet) -> None:
    files = [sheet("a/x.csv", "1,1\n"), sheet("b/x.csv", "1,2\n")]
    found = json.loads(run("compare", "--catalogue", "tiny", *files, "--json").stdout)
    assert [one["name"] for one in found["rounds"]] == files


def test_each_round_may_have_its_own_revision(sheet, tmp_path: Path) -> None:
    newer = tmp_path / "new" / "tiny"
    shutil.copytree(TINY, newer)
    path = newer / "2-1.yaml"
    path.write_text(path.read_text("utf-8") + "\nwithdrawn: true\n", "utf-8")
    edition = newer / "edition.yaml"
    edition.write_text(edition.read_text("utf-8").replace('items: ["2", "2-1"]', 'items: ["2"]'), "utf-8")
    files = [sheet("a.csv", "1,1\n2-1,3\n"), sheet("b.csv", "1,1\n")]
    done = run("compare", "--catalogue", "tiny", "--catalogue", str(newer), *files, "--json")
    (pair,) = json.loads(done.stdout)["pairs"]
    assert [
        (part["kind"], part["change"]["exact"], part["items"][0]["reason"]) for part in pair["parts"]
    ] == [("revision", "-1", "gone")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--catalogue", "tiny", "--node", "9-9"], "this edition has no section or indicator “9-9”"),
        (
            ["--catalogue", "tiny", "--catalogue", "tiny", "--catalogue", "tiny"],
            "“--catalogue” was given 3 times",
        ),
        ([], "option “--catalogue” is missing"),
    ],
)
def test_what_cannot_be_compared_is_said(sheet, words, said) -> None:
    files = [sheet("a.csv", "1,1\n"), sheet("b.csv", "1,2\n")]
    done = run("compare", *files, *words, language="en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_without_a_sheet_it_asks_for_one_and_a_bad_row_stops_everything(sheet) -> None:
    none = run("compare", "--catalogue", "tiny", language="en")
    assert (none.exit_code, none.stdout) == (2, "")
    assert "ANSWERS.csv…" in none.stderr
    bad = run(
        "compare", "--catalogue", "tiny", sheet("a.csv", "1,1\n"), sheet("b.csv", "1,9\n"), language="en"
    )
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert "b.csv" in bad.stderr


def test_many_rounds_are_quick(sheet) -> None:
    files = [sheet(f"q{number:02}.csv", f"1,{number % 4}\n2,1\n") for number in range(80)]
    done = run("compare", "--catalogue", "tiny", *files, "--json")
    assert len(json.loads(done.stdout)["pairs"]) == 79
