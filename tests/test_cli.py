"""The command line: what `check` and `score` print, where they print it, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dxassess.cli import cli

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "data" / "tiny"
SHEET = "indicator,current\n1,2\n1-1,3\n2,1\n2-1,0\n"


def run(*words: str, language: str = "ja", **environment: str) -> Result:
    own = {"DXASSESS_LANGUAGE": language, "DXASSESS_CATALOGUES": str(TINY.parent), **environment}
    return CliRunner().invoke(cli, list(words), env=own)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.mark.parametrize("catalogue", [str(TINY), "tiny"])
def test_a_sheet_is_scored_by_folder_or_by_id(sheet: Path, catalogue: str) -> None:
    done = run("score", "--catalogue", catalogue, str(sheet), "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    nodes = {node["id"]: node["current"]["exact"] for node in json.loads(done.stdout)["nodes"]}
    assert nodes == {"all": "3/2", "people": "5/2", "tiny.1": "2", "tiny.1-1": "3", "tools": "3/4", "tiny.2": "1", "tiny.2-1": "0"}  # fmt: skip


@pytest.mark.parametrize(
    ("catalogue", "said"),
    [
        ("nope", "There is no edition “nope”. The editions at hand are “tiny”."),
        (str(TINY.parent), f"The editions at hand are “{TINY}”."),
        ("/no/such/folder", "/no/such/folder: This folder was not found."),
        (str(TINY / "edition.yaml"), "This folder cannot be opened (it is not a folder)."),
    ],
)
def test_a_catalogue_that_is_not_there_is_named_and_nothing_is_printed(
    sheet: Path, catalogue: str, said: str
) -> None:
    done = run("score", "--catalogue", catalogue, str(sheet), language="en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "（その名前のものがありません）"), ("en", "(there is nothing of this name)")],
)
def test_a_sheet_that_is_not_there_is_said_in_one_language(tmp_path: Path, language: str, said: str) -> None:
    done = run("score", "--catalogue", "tiny", str(tmp_path / "none.csv"), language=language)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "No such file" not in done.stderr


def test_a_row_that_cannot_be_read_leaves_nothing_scored(sheet: Path) -> None:
    sheet.write_text(SHEET + "1,9\n", encoding="utf-8")
    done = run("score", "--catalogue", "tiny", str(sheet))
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{sheet}:6: current の「9」" in done.stderr


def test_check_counts_a_sound_folder_and_names_what_is_wrong_in_another(tmp_path: Path) -> None:
    sound = run("check", str(TINY), language="en")
    assert (sound.exit_code, sound.stderr) == (0, "")
    assert sound.stdout.startswith("tiny: A tiny assessment (revision 1), 4 scored and 2 quantitative")
    broken = run("check", str(tmp_path), language="en")
    assert (broken.exit_code, broken.stdout) == (2, "")
    assert broken.stderr.startswith(f"{tmp_path}: There is no catalogue here.")
