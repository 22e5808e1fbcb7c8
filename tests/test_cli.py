"""The command line: what `check` and `score` print, where they print it, and the exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from dxassess import __version__
from dxassess.catalogue.load import load_edition
from dxassess.cli import cli, main, usage
from dxassess.errors import PortTaken
from dxassess.settings import Settings, from_environment
from dxassess.storage import open_database
from dxassess.text import Words
from dxassess.ui.host_key import HostKey
from tests.browser.program import free_port

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "data" / "tiny"
SHEET = "indicator,current\n1,2\n1-1,3\n2,1\n2-1,0\n"

PORT = str(free_port())


def run(*words: str, language: str = "ja", **environment: str) -> Result:
    own = {"DXASSESS_LANGUAGE": language, "DXASSESS_CATALOGUES": str(TINY.parent), **environment}
    return CliRunner().invoke(cli, list(words), env=own)


@pytest.fixture(autouse=True)
def _environment_as_before() -> Iterator[None]:
    """Options of the command line are handed on as environment variables."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@contextmanager
def taken_port() -> Iterator[int]:
    """A port another program listens on."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


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


def test_a_broken_edition_beside_it_keeps_no_other_from_scoring(sheet: Path, tmp_path: Path) -> None:
    home = tmp_path / "editions"
    shutil.copytree(TINY, home / "tiny")
    shutil.copytree(TINY, home / "broken")
    for catalogue, code in (("tiny", 0), ("broken", 2), ("other", 2)):
        done = run(
            "score", "--catalogue", catalogue, str(sheet), language="en", DXASSESS_CATALOGUES=str(home)
        )
        assert done.exit_code == code
    assert "The editions at hand are “tiny”" in done.stderr


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


def test_check_without_a_folder_checks_the_shipped_catalogues() -> None:
    done = run("check", DXASSESS_CATALOGUES="")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "dx2019：" in done.stdout
    assert "定性 35 項目、定量 22 項目。問題はありません。" in done.stdout


def test_check_names_file_and_line_of_every_problem_and_still_lists_what_is_sound(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    shutil.copytree(TINY, tmp_path / "broken")
    path = tmp_path / "broken" / "1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: key", "kind: main"), encoding="utf-8")
    done = run("check", str(tmp_path))
    assert done.exit_code == 2
    assert done.stdout.startswith("tiny：")
    assert f"{tmp_path}/broken/1.yaml:3: " in done.stderr
    assert done.stderr.splitlines()[-1].startswith("問題が ")


def test_the_table_shows_every_node_with_what_it_stands_on(sheet: Path) -> None:
    sheet.write_text("indicator,current,target\n1,2,3\n1-1,?,\n2,-,\n2-1,,2\n", encoding="utf-8")
    lines = run("score", "--catalogue", "tiny", str(sheet), language="en").stdout.splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "A tiny assessment (tiny, revision 1)",
        "Respondents: 1",
        "",
        "Node Current Stands on Target Stands on",
        "All indicators 2.00 1 of 3 items 2.50 2 of 3 items",
        "People 2.00 1 of 2 items 3.00 1 of 2 items",
        "1 Learning 2.00 3.00",
        "1-1 Training – cannot say – not answered",
        "Tools – 0 of 1 item: weighted mean 2.00 1 of 1 item: weighted mean",
        "2 Tooling – not applicable – not applicable",
        "2-1 Inspection – not answered 2.00",
        "",
        "Leading: All indicators is at 2 or more.",
        "Current: 1 not answered, 1 cannot say, 1 not applicable",
        "",
        "All wording is fictional.",
    ]


@pytest.mark.parametrize("encoding", ["ascii", "cp932", "cp1252", "utf-8"])
@pytest.mark.parametrize("options", [[], ["--json"], ["--lang", "en"]])
def test_whatever_code_page_the_output_is_redirected_in_everything_is_printed(
    sheet: Path, encoding: str, options: list[str]
) -> None:
    sheet.write_text("indicator,current\n1,2\n1-1,?\n", encoding="utf-8")
    program = "import sys; from dxassess.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "score", "--catalogue", str(TINY), str(sheet), *options],
        env={**os.environ, "PYTHONIOENCODING": encoding, "DXASSESS_LANGUAGE": "ja"},
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    if "--json" in options:
        assert json.loads(done.stdout.decode(encoding))["edition"]["title"]["ja"] == "ちいさな診断"
    else:
        said = done.stdout.decode("utf-8" if encoding == "ascii" else encoding)
        assert "2.00" in said
        assert ("A tiny assessment" in said) == ("en" in options)


def test_signs_a_code_page_lacks_are_written_plainly() -> None:
    usage.print_whatever_comes()
    assert "– “x” 診断 🙂".encode("cp932", "plainly").decode("cp932") == "- “x” 診断 \\U0001f642"
    assert "–1 “診”".encode("ascii", "plainly") == b'-1 "\\u8a3a"'
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "plainly")


def test_several_respondents_are_averaged_per_indicator_and_stay_exact_in_json(sheet: Path) -> None:
    rows = [
        "1,1,,甲,management",
        "1,2,,乙,it",
        "1,2,,丙,it",
        "2,3,,甲,management",
        "2,?,,乙,it",
        "2-1,0,,甲,management",
    ]
    sheet.write_text("indicator,current,target,respondent,role\n" + "\n".join(rows) + "\n", encoding="utf-8")
    data = json.loads(run("score", "--catalogue", "tiny", str(sheet), "--json").stdout)
    nodes = {node["id"]: node["current"] for node in data["nodes"]}
    assert data["respondents"] == 3
    assert (nodes["tiny.1"]["exact"], nodes["tiny.1"]["value"]) == ("5/3", 5 / 3)
    assert nodes["tiny.2"]["exact"] == "3"
    assert nodes["tools"]["exact"] == "9/4"
    assert nodes["all"]["exact"] == str(Fraction(5, 9) + 1)
    assert (nodes["all"]["n"], nodes["all"]["m"], nodes["all"]["not_answered"]) == (3, 4, 1)


def test_the_whole_official_form_is_scored(tmp_path: Path) -> None:
    edition = load_edition(ROOT / "indicators" / "dx2019")
    levels = [place % 6 for place in range(len(edition.scored))]
    rows = [f"{item.code},{level}" for item, level in zip(edition.scored, levels, strict=True)]
    path = tmp_path / "dx.csv"
    path.write_text("indicator,current\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done = run("score", "--catalogue", "dx2019", str(path), "--json", DXASSESS_CATALOGUES="")
    assert (done.exit_code, done.stderr) == (0, "")
    root = json.loads(done.stdout)["nodes"][0]["current"]
    assert (root["exact"], root["n"], root["m"]) == (str(Fraction(sum(levels), 35)), 35, 35)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicator,current\n9,1\n", ":2: "),
        ("indicator,current\n1,4\n", ":2: "),
        ("indicator,current\n1,1.5\n", ":2: "),
        ("indicator,current\n1,③\n", ":2: "),
        ("indicator,current\n1,1\n1,2\n", ":3: "),
        ("indicator,current\nq-days,1\n", ":2: "),
        ("indicator,score\n1,1\n", ":1: "),
        ("indicator,current,target\n1,1,7\n", ":2: "),
        ("indicator,current,respondent,role\n1,1,甲,dancer\n", ":2: "),
        ("", ": "),
        ("\x00\x01", ": "),
    ],
)
@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_whatever_cannot_be_read_names_the_row_and_prints_no_score(
    sheet: Path, text: str, said: str, options: list[str], language: str
) -> None:
    sheet.write_text(text, encoding="utf-8")
    done = run("score", "--catalogue", "tiny", str(sheet), *options, language=language)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{sheet}{said}" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)


MANY = "indicator,current,respondent\n" + "".join(f"1,{n % 4},p{n}\n" for n in range(50_000))
STRANGE = [
    ("semicolons of a European Excel", "indicator;current;target\r\n1;2;3\r\n1-1;3;\r\n2;1;\r\n2-1;0;\r\n", "3/2"),
    ("the line in which Excel names them", "sep=;\nindicator;current\n1;2\n1-1;3\n2;1\n2-1;0\n", "3/2"),
    ("everything in quotation marks", '"Indicator","Current"\r\n"1","2"\r\n"1-1","3"\r\n"2","1"\r\n"2-1","0"\r\n', "3/2"),
    ("columns in another order", "role,target,respondent,current,indicator\nit,,a,2,1\nit,,a,3,1-1\nit,,a,1,2\nit,,a,0,2-1\n", "3/2"),
    ("commas to the edge of the sheet", "indicator,current,,,\n1,2,,,\n1-1,3,,,\n2,1,,,\n2-1,0,,,\n,,,,\n", "3/2"),
    ("full-width digits", "indicator,current\n１,２\n１－１,３\n２,１\n２ー１,０\n".replace("ー", "−"), "3/2"),
    ("tabs of a Unicode text", "indicator\tcurrent\r\n1\t2\r\n1-1\t3\r\n2\t1\r\n2-1\t0\r\n", "3/2"),
    ("line ends of old and new", "indicator,current\r1,2\r\n1-1,3\n2,1\r2-1,0", "3/2"),
    ("decimals where the scale has none", "indicator,current\n1,2.0\n1-1,3.00\n2,1.0\n2-1,0.0\n", "3/2"),
    ("fifty thousand rows", MANY, "3/2"),
    ("a column of its own", "indicator,current,comment\n1,2,good\n", ":1: Column 3 is headed “comment”. The columns are indicator, current, target, respondent, role."),
    ("headings of its own", "Dimension;Score\nStrategy;3\n", ":1: There is no column “indicator”."),
    ("one row per rater", "respondent,1,1-1,2,2-1\nSato,2,3,1,0\n", ":1: Column 2 is headed “1”."),
    ("names instead of numbers", "indicator,current\nLearning,2\n", ":2: There is no indicator “Learning”. The numbers are 1, 1-1, 2, 2-1."),
    ("a formula for a level", "indicator,current\n1,=1+1\n", ":2: current: “=1+1” is not a level. Allowed are 0, 1, 2, 3,"),
    ("a command for a number", "indicator,current\n\"=cmd|'/c calc'!A1\",2\n", ":2: There is no indicator “=cmd|'/c calc'!A1”."),
    ("percent", "indicator,current\n1,60%\n", ":2: current: “60%” is not a level."),
    ("a decimal comma", "indicator;current\n1;2,5\n", ":2: current: “2,5” is not a level."),
    ("a decimal comma among commas", "indicator,current\n1,2,5\n", ":2: Cells in this row: 3, in the header: 2."),
    ("two levels in a cell", "indicator,current\n1,2-3\n", ":2: current: “2-3” is not a level."),
    ("levels with their names", "indicator,current\n1,レベル2\n", ":2: current: “レベル2” is not a level."),
    ("a number turned into a date", "indicator,current\n01-Jan,3\n", ":2: “01-Jan” looks like an indicator’s number that a spreadsheet turned into a date."),
    ("not available", "indicator,current\n1,N/A\n1-1,#N/A\n", ":3: current: “#N/A” is not a level."),
    ("a total below", "indicator,current\n1,2\nTotal,2\n", ":3: There is no indicator “Total”."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "result"), [each[1:] for each in STRANGE], ids=[each[0] for each in STRANGE]
)
def test_a_sheet_of_another_framework_is_scored_rightly_or_refused_with_row_and_reason(
    sheet: Path, text: str, result: str
) -> None:
    sheet.write_text(text, encoding="utf-8", newline="")
    done = run("score", "--catalogue", "tiny", str(sheet), "--json", language="en")
    if result.startswith(":"):
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{sheet}{result}" in done.stderr
    else:
        assert (done.exit_code, done.stderr) == (0, "")
        assert json.loads(done.stdout)["nodes"][0]["current"]["exact"] == result


def test_the_version_is_the_packages() -> None:
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"dxassess {__version__}\n")


# What may stand in a Japanese help text although it is not Japanese: names, and what is typed as it stands.
AS_TYPED = re.compile(
    r"--?[a-z-]+|127\.0\.0\.1|E=question|!E=none|\.xlsx|\.csv|(?<![A-Za-z])(dxassess|demo|check|score|compare|catalogue|import|verify"
    r"|DX|CSV|Excel|csv|ID|JSON|ja|en|postgresql)(?![A-Za-z])"
    r"|indicator,current\[,target\]\[,respondent,role\]"
)
COMMANDS = (
    [],
    ["demo"],
    ["check"],
    ["score"],
    ["compare"],
    ["catalogue"],
    ["catalogue", "import"],
    ["catalogue", "verify"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_help_is_in_one_language_and_says_of_everything_what_it_does(command: list[str]) -> None:
    ja, en = (run(*command, "--help", language=language) for language in ("ja", "en"))
    assert (ja.exit_code, ja.stderr, en.exit_code, en.stderr) == (0, "", 0, "")
    assert re.findall("[A-Za-z]+", AS_TYPED.sub("", ja.stdout)) == []
    assert re.findall("[ぁ-ん]+", en.stdout) == []
    assert ja.stdout.startswith("使い方：dxassess")
    assert en.stdout.startswith("Usage: dxassess")
    known = cli
    for name in command:
        known = known.commands[name]
    names = [name for each in known.params for name in each.opts if name.startswith("-")]
    assert [name for name in [*names, "-h, --help"] if f"\n  {name}" not in ja.stdout] == []
    assert [line for line in ja.stdout.splitlines() if line.startswith("      ")] != []


def test_the_help_of_the_program_names_every_command() -> None:
    shown = run("--help").stdout
    assert [name for name in cli.commands if f"\n  {name}\n      " not in shown] == []


@pytest.mark.parametrize(
    "words", [["--lang", "en", "score", "--help"], ["score", "--help", "--lang=en"], ["-h", "--lang", "en"]]
)
def test_the_language_may_be_chosen_anywhere_on_the_line(words: list[str]) -> None:
    assert run(*words, language="ja").stdout.startswith("Usage: dxassess")


WRONG = [
    (["--prot", "1"], "dxassess：「--prot」というオプションはありません。「--port」があります。", "dxassess: there is no option “--prot”, but there is “--port”."),
    (["check", "--xyzzy"], "dxassess check：「--xyzzy」というオプションはありません。", "dxassess check: there is no option “--xyzzy”."),
    (["dance"], "dxassess：「dance」というコマンドはありません。", "dxassess: there is no command “dance”."),
    (["check", "a", "b"], "dxassess check：「b」は余分な引数です。", "dxassess check: “b” is one argument too many."),
    (["score", "--catalogue", "tiny"], "dxassess score：「採点表.csv」がありません。", "dxassess score: “ANSWERS.csv” is missing."),
    (["score", "a.csv"], "dxassess score：オプション「--catalogue」がありません。「--catalogue フォルダー|ID」を付けてください。", "dxassess score: option “--catalogue” is missing. Add “--catalogue FOLDER|ID”."),
    (["score", "--catalogue"], "dxassess score：オプション「--catalogue」の後に値がありません。", "dxassess score: option “--catalogue” is followed by no value."),
    (["score", "--json=1"], "dxassess score：オプション「--json」に値は付けられません。", "dxassess score: option “--json” takes no value."),
    (["--port", "０"], "--port: 「０」は読み取れません。使える値は 1-65535 です。", "--port: “０” is not understood. It may be 1-65535."),
    (["demo", "--port", "65536"], "--port: 「65536」は読み取れません。", "--port: “65536” is not understood."),
    (["check", "--lang", "fr"], "--lang: 「fr」は読み取れません。使える値は ja、en です。", "--lang: “fr” is not understood. It may be ja, en."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "ja", "en"), WRONG, ids=[" ".join(words) for words, *_ in WRONG])
def test_wrong_use_is_told_in_one_language_with_the_next_step_and_code_two(
    words: list[str], ja: str, en: str
) -> None:
    for language, said in (("ja", ja), ("en", en)):
        done = run(*words, language=language)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith(said)
        assert len(done.stderr.splitlines()) == 1
        assert [word for word in ("Usage", "Error", "Try") if word in done.stderr] == []


def test_what_click_refuses_for_another_reason_points_to_the_help() -> None:
    with click.Context(cli, info_name="dxassess") as context:
        assert usage.wrong(click.BadParameter("odd", context), Words("en")) == (
            "dxassess: this cannot be understood. See “dxassess --help” for how it is used."
        )


@pytest.mark.parametrize(
    ("called", "said"),
    [("/usr/bin/dxassess", "dxassess"), ("/clone/dxassess/__main__.py", "python3 -m dxassess")],
)
def test_a_message_names_the_program_as_it_was_called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], called: str, said: str
) -> None:
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setattr(os, "name", "posix")
    assert main(["dance", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(f"{said}: there is no command “dance”.")


def test_stopping_it_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.commands["check"], "callback", stopped)
    done = run("check")
    assert (done.exit_code, done.stdout.strip(), done.stderr.strip()) == (130, "", "")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path: Path, language: str) -> None:
    with taken_port() as port:
        done = run(
            "--no-browser",
            "--port",
            str(port),
            language=language,
            DXASSESS_DATABASE_URL=str(tmp_path / "dx.sqlite"),
        )
    assert (done.exit_code, done.stdout) == (2, "")
    assert Words(language).error(PortTaken(port=port)) in done.stderr
    assert not (tmp_path / "dx.sqlite").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANGUAGE", "fr"),
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８５０１"),
        ("PORT", "9" * 5000),
    ],
)
def test_a_setting_that_is_not_understood_ends_with_its_name(name: str, value: str) -> None:
    done = CliRunner().invoke(cli, ["--no-browser"], env={f"DXASSESS_{name}": value})
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"DXASSESS_{name}: ")


def test_the_sample_company_is_never_put_beside_real_data(tmp_path: Path) -> None:
    path = tmp_path / "dx.sqlite"
    database = open_database(str(path))
    database.create_organisation("甲社", "finance", "up_to_20", 4)
    database.close()
    with taken_port() as port:
        done = run(
            "--database", str(path), "--port", str(port), "demo", language="en", DXASSESS_CATALOGUES=""
        )
    assert done.exit_code == 2
    assert f"{path}: data of your own is kept here" in done.stderr
    database = open_database(str(path))
    assert [known.name for known in database.organisations()] == ["甲社"]
    database.close()


def test_the_sample_has_a_database_of_its_own() -> None:
    real, sample = from_environment({}), from_environment({"DXASSESS_SAMPLE": "1"})
    assert (Path(real.database_url).name, Path(sample.database_url).name) == (
        "dxassess.sqlite",
        "sample.sqlite",
    )
    assert Path(real.database_url).parent == Path(sample.database_url).parent


def test_what_click_itself_refuses_ends_with_code_two(sheet: Path) -> None:
    for words in (["score", str(sheet)], ["dance"], ["--port", "0"], ["score", "--catalogue", "tiny"]):
        done = run(*words)
        assert (done.exit_code, done.stdout) == (2, "")


def test_the_exit_code_comes_back_from_main(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DXASSESS_CATALOGUES", str(TINY.parent))
    assert main(["check"]) == 0
    assert main(["check", "/no/such/folder"]) == 2


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, HostKey | None, bool]]:
    """What the command line would have started."""
    started: list[tuple[Settings, HostKey | None, bool]] = []

    def serve(settings: Settings, key: HostKey | None, *, open_browser: bool) -> None:
        started.append((settings, key, open_browser))

    monkeypatch.setattr("dxassess.ui.server.serve", serve)
    monkeypatch.setattr("dxassess.cli._has_screen", lambda: True)
    return started


def test_alone_on_this_machine_the_address_is_printed_without_a_key(served: list[Any]) -> None:
    done = run("--port", PORT, language="en")
    assert done.stdout == f"dxassess is running: http://127.0.0.1:{PORT}\nPress Ctrl+C to stop.\n"
    assert [(each[0].host, each[1], each[2]) for each in served] == [("127.0.0.1", None, True)]


@pytest.mark.parametrize(
    "words", [["--room"], ["--room", "--host", "127.0.0.1"], ["--host", "::1", "--room"]]
)
def test_in_a_room_the_hosts_link_and_the_address_for_phones_are_printed(
    served: list[Any], words: list[str]
) -> None:
    done = run(*words, "--port", PORT, "--no-browser", "--address", "10.1.2.3", language="en")
    settings, key, is_opened = served[0]
    assert (settings.host, is_opened) == ("0.0.0.0", False)
    assert f"    http://127.0.0.1:{PORT}/?key={key.secret}\n" in done.stdout
    assert f"    http://10.1.2.3:{PORT}\n" in done.stdout
    assert done.stderr == ""


def test_a_room_on_an_address_of_its_own_stays_there(served: list[Any]) -> None:
    run("--room", "--host", "0.0.0.0", "--port", PORT)
    run("--host", "::", "--port", PORT)
    assert [each[0].host for each in served] == ["0.0.0.0", "::"]
    assert served[0][1].secret != served[1][1].secret


def test_where_no_network_is_found_that_is_said(served: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dxassess.ui.addresses.room_addresses", lambda _: [])
    assert "None was found. Connect to a network" in run("--room", "--port", PORT, language="en").stdout


def test_a_key_that_was_set_is_used_and_not_printed(served: list[Any]) -> None:
    secret = "k" * 32
    done = run("--room", "--port", PORT, language="en", DXASSESS_HOST_KEY=secret)
    assert served[0][1].opens(secret)
    assert secret not in done.stdout
    assert "/?key=DXASSESS_HOST_KEY\n" in done.stdout
    assert "Put the value of the environment variable DXASSESS_HOST_KEY" in done.stdout


@pytest.mark.parametrize("key", ["short", "k" * 31, "k" * 257, "k" * 32 + "/", "鍵" * 32])
def test_a_key_that_could_be_guessed_or_typed_wrong_is_refused_without_printing_it(key: str) -> None:
    done = run("--room", language="en", DXASSESS_HOST_KEY=key)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("DXASSESS_HOST_KEY: ")
    assert key not in done.stderr


@pytest.mark.parametrize(
    "address", ["a b", "ftp://x", "http://x/path", "x:0", "x:65536", "http://a@b", "x?y"]
)
def test_an_address_that_is_none_is_refused_by_the_name_of_its_option(address: str) -> None:
    done = run("--address", address, language="en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"--address: “{address}” is not understood. It may be 192.0.2.10, ")
