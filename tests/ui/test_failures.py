"""What people read when something fails, in both languages: place, fact, next step; and that nothing is lost.

The same faults at the storage itself are under `tests/faults`.
"""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import dxassess.usecases.catalogues  # noqa: F401  loaded before the rights are given up, with its codecs
from dxassess.errors import DatabaseUnreachable
from dxassess.settings import from_environment
from dxassess.storage import Store, cautions, database, migrate
from dxassess.text import Words
from dxassess.ui import server
from dxassess.ui.context import application
from dxassess.ui.shell import PAGE_NAMES
from dxassess.usecases import standing
from tests.conftest import TINY
from tests.ui.conftest import Visit, end, faults
from tests.usecases.conftest import flip_levels, new_house

NOBODY = 65534
LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked(path):
    """The database is locked by another process."""
    other = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            other.stdin.close()


@contextmanager
def full_disk(path):
    """No file of this process may grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = Path(f"{path}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def without_special_rights():
    """The superuser may write everywhere: be nobody for a while."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder(monkeypatch):
    """A folder everybody may enter and read, with the tiny catalogue."""
    folder = Path(tempfile.mkdtemp(prefix="dxassess-"))
    shutil.copytree(TINY, folder / "indicators" / "tiny")
    folder.chmod(0o755)
    monkeypatch.setenv("DXASSESS_DATABASE_URL", str(folder / "dx.sqlite"))
    monkeypatch.setenv("DXASSESS_CATALOGUES", str(folder / "indicators"))
    end()
    yield folder
    end()
    folder.chmod(0o755)
    shutil.rmtree(folder)


def levels(house, held):
    return {record.answer.indicator: record.answer.level for record in house.store.answers(held.id)}


def change_on_disk(path, *statements):
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def save_fails_and_works_again(house, held, words, failing, sentence):
    """The chosen value stays on screen, the page says "not saved" and why; a retry keeps it."""
    visit = Visit("answering", lang=words.language, item="1").fill("level-1", 1)
    with failing:
        visit.fill("level-1", 3)
        assert sentence in visit.alerts[0]
        assert words("answering.not_saved") in visit.text
        assert visit.shown("level-1") == 3
        assert levels(house, held) == {"tiny.1": 1}
        assert not Visit("result", lang=words.language).alerts
        visit.press("go-next")
        assert visit.address["item"] == "1"
        assert visit.shown("level-1") == 3
    visit.press("save-again")
    assert not visit.alerts
    assert levels(house, held) == {"tiny.1": 3}
    assert len(house.store.history(held.id, "tiny.1")) == 2


def test_locked_by_another_program_a_save_says_so_in_time_and_is_kept_later(started, folder, words):
    house, held = started
    path = str(folder / "dx.sqlite")
    house.app.database._access.wait_seconds = 0.3
    sentence = words("error.DatabaseBusy", place=path, seconds=0.3)
    save_fails_and_works_again(house, held, words, locked(path), sentence)


def test_a_save_gives_up_after_five_seconds(started, folder):
    visit = Visit("answering", item="1")
    with locked(folder / "dx.sqlite"):
        begun = time.monotonic()
        visit.fill("level-1", 3)
        assert 4.5 < time.monotonic() - begun < 8
    assert len(visit.alerts) == 1


def test_with_a_full_disk_a_save_says_so_and_is_kept_once_there_is_room(started, folder, words):
    house, held = started
    path = str(folder / "dx.sqlite")
    house.say(held, "2", comment="会議" * 1000)
    visit = Visit("answering", lang=words.language, item="1").fill("level-1", 1)
    with full_disk(path):
        visit.fill("comment-1", "議論" * 1000)
        assert words("error.DiskFull", place=path) in visit.alerts[0]
        assert words("answering.not_saved") in visit.text
        assert visit.shown("comment-1") == "議論" * 1000
        assert not Visit("progress").alerts
    visit.press("save-again")
    assert not visit.alerts
    assert house.store.answers(held.id)[-1].answer.comment == "議論" * 1000


def test_a_measure_that_could_not_be_kept_stays_on_screen_too(started, folder, words):
    house, held = started
    path = str(folder / "dx.sqlite")
    house.app.database._access.wait_seconds = 0.3
    visit = Visit("measures", lang=words.language)
    with locked(path):
        visit.fill("amount-q-days", "12")
        assert words("error.DatabaseBusy", place=path, seconds=0.3) in visit.alerts[0]
        assert visit.shown("amount-q-days") == "12"
    visit.run()
    assert not visit.alerts
    assert house.store.answers(held.id)[0].answer.amount == 12


@pytest.mark.parametrize("button", ["start-round", "close-round"])
def test_a_form_that_could_not_be_kept_says_so_beside_it(started, folder, words, button):
    house, _ = started
    path = str(folder / "dx.sqlite")
    visit = Visit("rounds", lang=words.language)
    if button == "close-round":
        visit.press(button)
        button = "sure-yes"
    house.app.database._access.wait_seconds = 0.3
    with locked(path):
        visit.press(button)
        assert words("error.DatabaseBusy", place=path, seconds=0.3) in visit.alerts[0]
    visit.press(button)
    where = standing(house.store)
    assert len(where.rounds) == (2 if button == "start-round" else 1)
    assert (where.running is None) == (button == "sure-yes")


def test_a_database_that_may_only_be_read_is_shown_and_a_save_says_why(open_folder, words):
    path = open_folder / "dx.sqlite"
    house = new_house(application())
    held = house.start()
    house.say(held, "1", 2)
    end()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with without_special_rights():
        for page in PAGE_NAMES:
            assert not Visit(page, lang=words.language).alerts
        visit = Visit("answering", lang=words.language, item="1").fill("level-1", 3)
        assert words("error.DatabaseReadOnly", place=str(path)) in visit.alerts[0]
        assert visit.shown("level-1") == 3
        assert Visit("answering", item="1").shown("level-1") == 2


def test_a_folder_where_nothing_may_be_written_is_named_at_the_start(open_folder, words):
    open_folder.chmod(0o555)
    with without_special_rights():
        visit = Visit(lang=words.language)
        assert words("error.DatabaseReadOnly", place=str(open_folder / "dx.sqlite")) in visit.alerts[0]
    open_folder.chmod(0o755)
    assert words("home.welcome") in visit.press("try-again").text


def test_a_missing_folder_is_named_and_the_program_goes_on_once_it_is_there(folder, words, monkeypatch):
    path = folder / "gone" / "dx.sqlite"
    monkeypatch.setenv("DXASSESS_DATABASE_URL", str(path))
    visit = Visit(lang=words.language)
    assert words("error.DatabaseFolderMissing", place=str(path)) in visit.alerts[0]
    path.parent.mkdir()
    assert words("home.welcome") in visit.press("try-again").text


def test_a_database_of_a_newer_version_is_refused_and_left_alone(started, folder, words):
    path = folder / "dx.sqlite"
    end()
    change_on_disk(path, "PRAGMA user_version = 9000")
    before = path.read_bytes()
    visit = Visit(lang=words.language)
    assert words("error.DatabaseNewer", place=str(path), found="9000", known=migrate.HEAD) in visit.alerts[0]
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["text", "other"])
def test_a_file_of_another_program_is_refused_and_left_alone(folder, words, kind):
    path = folder / "dx.sqlite"
    if kind == "text":
        path.write_text("これはデータベースではありません。" * 100, encoding="utf-8")
    else:
        change_on_disk(path, "CREATE TABLE recipes (name)", "INSERT INTO recipes VALUES ('soup')")
    before = path.read_bytes()
    visit = Visit(lang=words.language)
    assert words("error.DatabaseForeign", place=str(path)) in visit.alerts[0]
    assert path.read_bytes() == before


def test_a_database_replaced_under_the_running_program_is_noticed_at_the_next_save(started, folder, words):
    path = folder / "dx.sqlite"
    visit = Visit("answering", lang=words.language, item="1").fill("level-1", 1)
    copy = folder / "copy.sqlite"
    shutil.copy(path, copy)
    copy.replace(path)
    visit.fill("level-1", 2)
    assert words("error.DatabaseReplaced", place=str(path)) in visit.alerts[0]
    assert words("answering.not_saved") in visit.text


def test_a_broken_catalogue_is_named_with_file_and_line_and_mended_without_a_restart(folder, words):
    broken = folder / "indicators" / "tiny" / "1.yaml"
    text = broken.read_text(encoding="utf-8")
    broken.write_text(text.replace("kind: key", "kind: key\nkind: sub"), encoding="utf-8")
    visit = Visit(lang=words.language)
    assert "tiny/1.yaml:4:" in visit.alerts[0]
    assert words("error.CatalogueProblems", folder=str(folder / "indicators"), count=1) in visit.alerts[0]
    assert not (folder / "dx.sqlite").exists()
    broken.write_text(text, encoding="utf-8")
    assert words("home.welcome") in visit.press("try-again").text


def test_all_problems_of_a_catalogue_are_named_at_once(folder, words):
    for name in ("1.yaml", "2.yaml"):
        path = folder / "indicators" / "tiny" / name
        path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    (alert,) = Visit(lang=words.language).alerts
    assert "tiny/1.yaml:" in alert
    assert "tiny/2.yaml:" in alert


def test_a_round_whose_folder_is_gone_is_answered_closed_and_shown_with_its_texts(started, folder, words):
    house, held = started
    house.say(held, "1", 2)
    end()
    (folder / "indicators" / "tiny").rename(folder / "elsewhere")
    shutil.copytree(TINY, folder / "indicators" / "other")
    for name in (folder / "indicators" / "other").iterdir():
        text = name.read_text(encoding="utf-8")
        name.write_text(
            text.replace("id: tiny", "id: other").replace("parent: tiny", "parent: other"), encoding="utf-8"
        )
    for page in PAGE_NAMES:
        assert not Visit(page, lang=words.language).alerts
    rounds = Visit("rounds", lang=words.language)
    assert words("rounds.edition_gone", edition="tiny") in rounds.text
    Visit("answering", lang=words.language, item="1").fill("level-1", 3)
    store = application().database.store(application().database.organisations()[0].id)
    assert store.answers(held.id)[0].answer.level == 3
    rounds.press("close-round").press("sure-yes")
    assert store.round(held.id).closed
    assert not Visit("result", lang=words.language, round=held.id).alerts
    assert not Visit("progress", lang=words.language).alerts


def test_without_any_edition_it_is_said_where_one_is_looked_for(started, folder, words):
    end()
    shutil.rmtree(folder / "indicators" / "tiny")
    visit = Visit(lang=words.language)
    assert len(visit.alerts) == 1
    assert str(folder / "indicators") in visit.alerts[0]


def test_a_catalogue_edited_while_a_round_is_open_changes_new_rounds_only(started, folder, words):
    house, held = started
    organisation = house.store.organisation.id
    end()
    path = folder / "indicators" / "tiny" / "1.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("学びは行われて", "学びはいま行われて")
        .replace("Is learning", "Is any learning"),
        encoding="utf-8",
    )
    old = Visit("answering", lang=words.language, item="1")
    asked = words("rounds.edition_changed")
    assert ("学びはいま" if words.language == "ja" else "Is any") not in old.text
    assert asked in Visit("rounds", lang=words.language).text
    new = Visit("rounds", lang=words.language).press("start-round")
    assert ("学びはいま" if words.language == "ja" else "Is any") in new.text
    assert application().database.store(organisation).round(held.id).edition_hash == held.edition_hash


@pytest.fixture
def damaged(told, folder):
    """A closed round whose stored level changed on the disk; the round after it is sound, and one is open."""
    first, second, _ = standing(told.store).rounds
    organisation = told.store.organisation.id
    end()
    flip_levels(folder / "dx.sqlite", second)
    return organisation, first, second


def test_a_damaged_round_is_named_and_not_shown_and_every_other_page_works(damaged, words):
    _, _, second = damaged
    for page in ("result", "answering", "measures"):
        visit = Visit(page, lang=words.language, round=second.id)
        assert words("error.RoundDamaged", title=second.title) in visit.alerts[0]
        assert "1.50" not in visit.text
    for page in ("home", "answering", "measures", "result", "rounds", "about"):
        assert not Visit(page, lang=words.language).alerts, page
    assert words("home.round_damaged") in Visit(lang=words.language).text
    (named,) = Visit("progress", lang=words.language).alerts
    assert words("rounds.damaged", title=second.title) in named
    assert (
        words("rounds.damaged", title=second.title) in Visit("answering", lang=words.language, item="1").text
    )


def test_a_round_after_a_damaged_one_is_answered_and_closed(damaged, words):
    organisation, _, _ = damaged
    visit = Visit("answering", lang=words.language, item="1-1").fill("level-1-1", 3)
    assert not visit.alerts
    Visit("rounds", lang=words.language).press("close-round").press("sure-yes")
    assert standing(application().database.store(organisation)).running is None


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [("DXASSESS_LANGUAGE", "fr", "ja{comma}en"), ("DXASSESS_PORT", "abc", "1-65535")],
)
def test_a_setting_that_is_not_understood_is_named(folder, words, monkeypatch, name, value, allowed):
    monkeypatch.setenv(name, value)
    visit = Visit(lang=words.language)
    sentence = words(
        "error.SettingNotUnderstood",
        name=name,
        value=value,
        allowed=allowed.format(comma=words("common.comma")),
    )
    assert sentence in visit.alerts[0]
    monkeypatch.delenv(name)
    assert words("home.welcome") in visit.press("try-again").text


def test_a_language_that_is_not_understood_is_named_in_japanese(folder, monkeypatch):
    monkeypatch.setenv("DXASSESS_LANGUAGE", "fr")
    assert "DXASSESS_LANGUAGE: 「fr」は読み取れません" in Visit().alerts[0]


def test_a_failure_is_told_in_the_language_of_the_settings(folder, monkeypatch):
    monkeypatch.setenv("DXASSESS_LANGUAGE", "en")
    (folder / "dx.sqlite").write_text("x" * 5000, encoding="utf-8")
    assert Words("en")("error.DatabaseForeign", place=str(folder / "dx.sqlite")) in Visit().alerts[0]


def test_what_the_program_warns_of_is_printed_at_the_start(house, words, monkeypatch, capsys):
    """F11, F13, F45: a network share, an old SQLite, a clock behind the last entry."""
    end()
    monkeypatch.setenv("DXASSESS_LANGUAGE", words.language)
    monkeypatch.setattr(cautions, "file_system", lambda *_: "nfs4")
    monkeypatch.setattr(cautions.sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setattr(database, "utc_now", lambda: datetime(2000, 1, 1, tzinfo=UTC))
    monkeypatch.setattr(server, "FIRST_PAGE_SECONDS", 0)
    monkeypatch.setattr(server.gc, "freeze", lambda: None)
    capsys.readouterr()
    server._warm(from_environment(), None)
    said = capsys.readouterr().err.splitlines()
    assert said == [
        words(f"common.warning.{code}") for code in ("sqlite_old", "network_share", "clock_behind")
    ]


def test_what_keeps_the_program_from_starting_is_printed_too(folder, words, monkeypatch, capsys):
    monkeypatch.setenv("DXASSESS_LANGUAGE", words.language)
    monkeypatch.setenv("DXASSESS_DATABASE_URL", str(folder / "gone" / "dx.sqlite"))
    monkeypatch.setattr(server, "FIRST_PAGE_SECONDS", 0)
    monkeypatch.setattr(server.gc, "freeze", lambda: None)
    server._warm(from_environment(), None)
    said = capsys.readouterr().err.splitlines()
    assert said == [words("error.DatabaseFolderMissing", place=str(folder / "gone" / "dx.sqlite"))]


def test_a_fault_within_a_part_of_a_page_is_told_there_and_not_as_a_stack(started, words, monkeypatch):
    """A fragment runs apart from the script: it needs its own boundary."""
    visit = Visit("answering", lang=words.language, item="1")

    def gone(self, *arguments):
        raise DatabaseUnreachable(place="db")

    monkeypatch.setattr(Store, "voices", gone)
    visit.run()
    assert words("error.DatabaseUnreachable", place="db") in visit.alerts[0]


def test_a_fault_of_the_program_is_told_in_a_sentence_and_logged(started, words, monkeypatch):
    visit = Visit("answering", lang=words.language, item="1")

    def wrong(self, *arguments):
        raise ZeroDivisionError("somewhere deep")

    monkeypatch.setattr(Store, "voices", wrong)
    with pytest.raises(AssertionError):
        visit.run()
    assert words("error.NotExpected", kind="ZeroDivisionError") in visit.alerts[0]
    assert "somewhere deep" not in visit.text
    assert faults[0].exc_info[0] is ZeroDivisionError
