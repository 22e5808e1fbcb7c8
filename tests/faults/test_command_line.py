"""What keeps `dxassess demo` from starting: one sentence on standard error, exit code 2, nothing started, nothing changed."""

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from dxassess.cli import cli
from dxassess.storage import migrate, open_database
from dxassess.text import Words
from tests.conftest import TINY
from tests.faults.test_disk import file_limit, without_special_rights


@pytest.fixture(autouse=True)
def _environment_as_before():
    """Options of the command line are handed on as environment variables."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(params=["ja", "en"])
def words(request):
    return Words(request.param)


@pytest.fixture
def asked(tmp_path, words, monkeypatch):
    """Ask for the sample company at an address: (exit code, standard output, standard error)."""
    monkeypatch.setenv("DXASSESS_LANGUAGE", words.language)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DXASSESS_OWN_CATALOGUES", "/nowhere/catalogues")

    def ask(address):
        done = CliRunner().invoke(cli, ["--no-browser", "--database", str(address), "demo"])
        return done.exit_code, done.stdout, done.stderr

    return ask


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "data" / "dx.sqlite"
    path.parent.mkdir()
    open_database(str(path)).close()
    return path


def _refused(outcome, sentence):
    code, said, told = outcome
    assert code == 2
    assert "127.0.0.1:8501" not in said
    assert told.splitlines() == sentence.splitlines()


def test_a_newer_database(asked, made, words):
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA user_version = 9000")
    before = made.read_bytes()
    sentence = words("error.DatabaseNewer", place=str(made), found="9000", known=migrate.HEAD)
    _refused(asked(made), sentence)
    assert made.read_bytes() == before


def test_a_file_that_is_no_database(asked, made, words):
    made.write_text("こんにちは" * 100, encoding="utf-8")
    _refused(asked(made), words("error.DatabaseForeign", place=str(made)))
    assert made.read_text(encoding="utf-8").startswith("こんにちは")


def test_a_folder_that_is_not_there(asked, tmp_path, words):
    path = tmp_path / "nowhere" / "dx.sqlite"
    _refused(asked(path), words("error.DatabaseFolderMissing", place=str(path)))


@contextmanager
def _nothing_may_be_written(path):
    """Whoever has no rights may not read a Python below another's home either: what the program loads late is loaded before."""
    for late in ("dxassess.usecases", "dxassess.usecases.demo", "dxassess.ui.server", "dxassess.ui.host_key"):
        import_module(late)
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0
    for folder in (path.parents[1], path.parents[2]):
        folder.chmod(0o755)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    with without_special_rights():
        yield
    path.parent.chmod(0o755)


def test_a_database_that_may_only_be_read(made, words, asked):
    with _nothing_may_be_written(made):
        outcome = asked(made)
    _refused(outcome, words("error.DatabaseReadOnly", place=str(made)))


def test_a_locked_database(asked, made, words):
    with closing(sqlite3.connect(made, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        _refused(asked(made), words("error.DatabaseBusy", place=str(made), seconds=5))


@pytest.mark.parametrize("exists", [False, True])
def test_a_full_disk(asked, made, words, exists):
    if not exists:
        made.unlink()
    with file_limit(4096):
        outcome = asked(made)
    _refused(outcome, words("error.DiskFull", place=str(made)))


def test_a_server_that_does_not_answer(asked, words):
    address = "postgresql://dx:geheim@127.0.0.1:1/dx"
    place = "postgresql://dx:***@127.0.0.1:1/dx"
    _refused(asked(address), words("error.DatabaseUnreachable", place=place))


def test_an_address_of_no_database_known_here(asked, words):
    _refused(
        asked("mysql://dx:geheim@host/dx"), words("error.DatabaseAddressUnknown", place="mysql://…@host/dx")
    )


@pytest.mark.parametrize("broken", [True, False], ids=["broken catalogue", "folder of the edition gone"])
def test_the_catalogue(asked, made, words, tmp_path, monkeypatch, broken):
    folder = tmp_path / "indicators"
    shutil.copytree(TINY, folder / "tiny")
    monkeypatch.setenv("DXASSESS_CATALOGUES", str(folder))
    sentence = words("error.EditionUnknown", edition="dx2019", known="tiny")
    if broken:
        path = folder / "tiny" / "1.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
        line = len(path.read_text(encoding="utf-8").splitlines())
        place = f"{Path(path)}:{line}: "
        sentence = words("error.CatalogueProblems", folder=str(folder), count=1)
        code, said, told = asked(made)
        assert told.splitlines()[1].startswith(place)
        _refused((code, said, told.splitlines()[0]), sentence)
    else:
        _refused(asked(made), sentence)
