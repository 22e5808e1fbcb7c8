"""`dxassess catalogue import` and `verify`: what they print, what they write, and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import Edition
from dxassess.cli import cli
from dxassess.settings import from_environment
from tests.exchange.forms import GARDEN, LIKE_2019, book, like_2019, put, saved

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "data" / "tiny"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(saved(like_2019()))
    return path


def run(form: Path, *words: str, command: str = "import", catalogues: Path = TINY.parent) -> Result:
    own = {
        "DXASSESS_LANGUAGE": "en",
        "DXASSESS_CATALOGUES": str(catalogues),
        "DXASSESS_OWN_CATALOGUES": str(form.parent / "own"),
    }
    return CliRunner().invoke(cli, ["catalogue", command, str(form), *words], env=own)


def imported(form: Path, name: str = "niwa") -> Edition:
    return load_edition(form.parent / "own" / name, name)


def test_a_form_is_shown_and_written_when_somebody_agrees(form: Path) -> None:
    asked = run(form, "--id", "niwa")
    assert (asked.exit_code, asked.stderr.count("--yes")) == (0, 1)
    assert "6 scored and 1 quantitative items" in asked.stdout
    assert "Column G “DX推進指標” → question" in asked.stdout
    assert not (form.parent / "own").exists()
    done = run(form, "--id", "niwa", "--yes")
    assert (done.exit_code, done.stderr) == (0, "")
    edition = imported(form)
    assert edition.head.title.ja == "庭の手入れ 自己診断フォーマット"
    assert edition.head.status == "own"
    again = run(form, "--id", "niwa", "--yes")
    assert "nothing was changed" in again.stdout
    assert imported(form) == edition


def test_a_dry_run_writes_nothing(form: Path, tmp_path: Path) -> None:
    done = run(form, "--id", "niwa", "--dry-run", "--yes", "--crosswalk", str(tmp_path / "c.csv"))
    assert (done.exit_code, "Nothing was written" in done.stdout) == (0, True)
    assert [path.name for path in tmp_path.iterdir()] == ["form.xlsx"]


def test_a_corrected_form_tells_the_differences_and_is_the_next_revision(form: Path) -> None:
    run(form, "--id", "niwa", "--yes")
    form.write_bytes(saved(like_2019(GARDEN[:-1])))
    done = run(form, "--id", "niwa", "--yes")
    assert "revision 2" in done.stdout
    assert "4: gone (kept for earlier rounds)" in done.stdout
    assert imported(form).by_code["4"].withdrawn


def test_what_the_sheet_leaves_open_is_said_by_options(form: Path) -> None:
    options = ("--title", "庭", "--title-en", "Garden", "--official", "--scale", "1-4", "--column", "C=none")
    done = run(form, "--id", "niwa", "--yes", *options, "--number", "自己診断!10=9-1", "--sheet", "自己診断")
    assert (done.exit_code, done.stderr) == (0, "")
    edition = imported(form)
    assert (edition.head.title.en, edition.head.status, edition.scale.values) == ("Garden", "current", (1, 2, 3, 4))  # fmt: skip
    assert "9-1" in edition.by_code
    assert edition.head.tree.sections[0].title.ja == "土"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "has no id"),
        (("--id", "tiny"), "that of a shipped edition"),
        (("--id", "../x"), "cannot be used"),
        (("--id", "niwa", "--column", "7=question"), "Write it as E=question"),
        (("--id", "niwa", "--column", "E=questions"), "“questions” cannot be understood"),
        (("--id", "niwa", "--scale", "5-0"), "Write it as 0-5"),
        (("--id", "niwa", "--number", "x"), "Write it as 12=4-1"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    form: Path, options: tuple[str, ...], said: str
) -> None:
    done = run(form, "--yes", *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (form.parent / "own").exists()


def test_headings_nobody_knows_are_named_by_options(form: Path) -> None:
    made = book("表")
    put(made["表"], [["甲", "乙", "丙"], ["1", "水やり", "水をやりますか。"]])
    form.write_bytes(saved(made))
    assert "There is no table of a self-assessment here" in run(form, "--id", "niwa", "--yes").stderr
    columns = [each for pair in ("A=number", "B=title", "C=question") for each in ("--column", pair)]
    done = run(form, "--id", "niwa", "--title", "庭", "--yes", "--headings", "1", *columns)
    assert (done.exit_code, done.stderr) == (0, "")
    assert imported(form).by_code["1"].title.ja == "水やり"


@pytest.mark.parametrize("raw", [b"a,b\n1,2\n", b"", b"x" * 5_000_001])
def test_a_file_that_is_no_workbook_is_refused(form: Path, raw: bytes) -> None:
    form.write_bytes(raw)
    for command in ("import", "verify"):
        done = run(form, command=command)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "form.xlsx" in done.stderr
    assert run(form.parent / "none.xlsx").exit_code == 2
    assert run(form.parent).exit_code == 2


def test_counterparts_are_written_once_and_taken_back(form: Path, tmp_path: Path) -> None:
    tiny = load_edition(TINY)
    form.write_bytes(saved(like_2019([(1, 1, "人", None, None, tiny.by_code["1"].title.ja, "問い", "定性")])))
    table = tmp_path / "pairs.csv"
    first = run(form, "--id", "niwa", "--yes", "--crosswalk", str(table))
    assert "proposed counterparts were written" in first.stdout
    assert imported(form).by_code["1"].crosswalk == ()
    lines = table.read_text("utf-8-sig").splitlines()
    table.write_text("\n".join([lines[0], f"1{lines[1]}"]), encoding="utf-8")
    second = run(form, "--id", "niwa", "--yes", "--crosswalk", str(table))
    assert "Only the counterparts" in second.stdout
    assert [pair.to for pair in imported(form).by_code["1"].crosswalk] == ["tiny.1"]
    table.write_text("\n".join([lines[0], f"maybe{lines[1]}"]), encoding="utf-8")
    assert run(form, "--id", "niwa", "--yes", "--crosswalk", str(table)).exit_code == 2


def official(changes: dict[str, str] | None = None, without: str = "") -> bytes:
    """The numbers and names of the shipped edition as a file might have them."""
    edition = load_edition(from_environment({}).catalogues / "dx2019")
    listed = [each for each in (*edition.scored, *edition.measured) if each.code != without]
    rows = [
        (
            n,
            None if each.kind == "quantitative" else each.code,
            *("経営", None, None),
            (changes or {}).get(each.code, each.title.ja),
            f"{each.title.ja}についての問いです。",
            "定量" if each.kind == "quantitative" else "定性",
        )
        for n, each in enumerate(listed, start=1)
    ]
    return saved(like_2019(rows, LIKE_2019))


def test_verify_finds_nothing_where_numbers_and_names_are_the_same(form: Path) -> None:
    form.write_bytes(official())
    done = run(form, command="verify", catalogues=ROOT / "indicators")
    assert (done.exit_code, done.stdout) == (
        0,
        "Numbers and names are the same (35 scored, 22 quantitative).\n",
    )


def test_verify_tells_what_differs_and_ends_with_1(form: Path) -> None:
    form.write_bytes(official({"1": "ビジョンの 共有", "2": "別の名前"}, without="4-1"))
    done = run(form, command="verify", catalogues=ROOT / "indicators")
    assert done.exit_code == 1
    assert "4-1: not in the file. Shipped “体制”" in done.stdout
    assert "2: name. Shipped “危機感とビジョン実現の必要性の共有”, file “別の名前” (row 8)" in done.stdout
    assert done.stdout.count("\n") == 3


def test_an_imported_edition_scores_a_sheet_by_its_id(form: Path, tmp_path: Path) -> None:
    run(form, "--id", "niwa", "--yes")
    answers = tmp_path / "answers.csv"
    answers.write_text("indicator,current\n1,2\n3-1,4\n", encoding="utf-8")
    own = {"DXASSESS_LANGUAGE": "en", "DXASSESS_CATALOGUES": str(TINY.parent), "DXASSESS_OWN_CATALOGUES": str(tmp_path / "own")}  # fmt: skip
    done = CliRunner().invoke(cli, ["score", "--catalogue", "niwa", str(answers), "--json"], env=own)
    assert done.exit_code == 0, done.stderr
    unknown = CliRunner().invoke(cli, ["score", "--catalogue", "nope", str(answers)], env=own)
    assert "“niwa, tiny”" in unknown.stderr
