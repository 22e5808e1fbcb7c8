"""What every use case works with: catalogues and database opened, and what is kept in memory."""

import shutil
from dataclasses import replace

import pytest

from dxassess.errors import CatalogueProblems, DatabaseFolderMissing, EditionUnknown
from dxassess.settings import Settings
from dxassess.usecases import application, open_application, questionnaire
from dxassess.usecases.application import ClosedNumbers, edition_of
from tests.conftest import TINY
from tests.usecases.conftest import new_house


@pytest.fixture
def settings(tmp_path):
    shutil.copytree(TINY, tmp_path / "indicators" / "tiny")
    return Settings(str(tmp_path / "dx.sqlite"), tmp_path / "backups", tmp_path / "indicators")


def test_opening_reads_the_catalogues_and_makes_the_database(settings, tiny):
    app = open_application(settings)
    try:
        assert app.edition("tiny") == tiny
        assert app.database.organisations() == ()
        assert app.now().tzinfo is not None
    finally:
        app.database.close()


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "pg_dump で取ってください"), ("en", "make one with pg_dump")]
)
def test_what_must_be_known_before_a_migration_goes_to_standard_error(
    settings, monkeypatch, capsys, language, said
):
    def open_older(url, *, backups, tell):
        tell("postgresql_no_backup")
        return url

    monkeypatch.setattr(application, "open_database", open_older)
    open_application(replace(settings, language=language))
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert said in err


def test_with_a_broken_catalogue_no_database_is_touched(settings, tmp_path):
    (settings.catalogues / "tiny" / "1.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(CatalogueProblems):
        open_application(settings)
    assert not (tmp_path / "dx.sqlite").exists()


def test_a_broken_imported_edition_is_told_and_keeps_nothing_from_starting(settings, tmp_path, capsys):
    (tmp_path / "own" / "broken").mkdir(parents=True)
    (tmp_path / "own" / "broken" / "edition.yaml").write_text("id: broken\n", encoding="utf-8")
    open_application(replace(settings, own_catalogues=tmp_path / "own")).database.close()
    assert "broken/edition.yaml" in capsys.readouterr().err


def test_a_failed_start_can_be_tried_again(settings, tmp_path):
    with pytest.raises(DatabaseFolderMissing):
        open_application(replace(settings, database_url=str(tmp_path / "gone" / "dx.sqlite")))
    (tmp_path / "gone").mkdir()
    open_application(replace(settings, database_url=str(tmp_path / "gone" / "dx.sqlite"))).database.close()


def test_an_edition_that_is_not_there_is_named_with_those_that_are(app):
    with pytest.raises(EditionUnknown) as refused:
        app.edition("dgc3")
    assert refused.value.values == {"edition": "dgc3", "known": ["tiny"]}


def test_a_round_keeps_the_texts_it_started_with(house, edited):
    held = house.start()
    later = house.with_edition(edited(("1.yaml", "学びは行われていますか。", "いま学びはありますか。")))
    assert questionnaire(later.store, held).edition.by_code["1"].question.ja == "学びは行われていますか。"
    assert edition_of(later.store, later.start()).by_code["1"].question.ja == "いま学びはありますか。"


def test_a_round_is_answered_also_when_its_folder_is_gone(house):
    held = house.start()
    gone = house.with_edition(None)
    assert gone.say(held, "1", 2).answer.level == 2
    with pytest.raises(EditionUnknown):
        gone.app.edition("tiny")


def test_an_edition_stored_by_one_organisation_is_not_read_by_another(house, app):
    held = house.start()
    with pytest.raises(EditionUnknown):
        edition_of(new_house(app, "乙社").store, held)


def test_what_is_kept_is_computed_once_and_what_was_not_asked_for_longest_goes_first():
    kept, computed = ClosedNumbers(limit=2), []

    def compute(name):
        return lambda: computed.append(name) or name

    for name in ("a", "b", "a", "c", "b", "a"):
        assert kept.get(name, compute(name)) == name
    assert computed == ["a", "b", "c", "b", "a"]


def test_an_error_is_not_kept():
    kept = ClosedNumbers()

    def fail():
        raise OSError

    with pytest.raises(OSError):
        kept.get("a", fail)
    assert kept.get("a", lambda: 1) == 1
