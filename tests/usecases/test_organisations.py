"""Organisations: created, changed, found; no two look alike."""

import unicodedata

import pytest

from dxassess.errors import OrganisationNameMissing, OrganisationNameTaken, TextNotStorable, TextTooLong
from dxassess.text import Words
from dxassess.usecases import change_organisation, create_organisation, organisations
from dxassess.usecases.organisations import INDUSTRIES, NAME_LIMIT, SIZES
from tests.usecases.conftest import TODAY, new_application, new_house


def make(app, name):
    return create_organisation(app, name, "finance", "up_to_20", 4)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  甲　社 \n", "甲 社"),
        (unicodedata.normalize("NFD", "ガラス"), "ガラス"),
        ("A  &  B <b>", "A & B <b>"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_a_name_is_kept_as_it_looks(app, typed, kept):
    assert make(app, typed).name == kept
    assert organisations(app)[0].name == kept


@pytest.mark.parametrize("typed", ["", "   ", "　", "\n", "\u200b\u200d"])
def test_a_name_that_cannot_be_seen_is_missing(app, typed):
    with pytest.raises(OrganisationNameMissing):
        make(app, typed)
    assert organisations(app) == ()


def test_a_name_has_a_limit(app):
    assert make(app, "あ" * NAME_LIMIT).name == "あ" * NAME_LIMIT
    with pytest.raises(TextTooLong):
        make(app, "い" * (NAME_LIMIT + 1))


def test_a_name_no_export_could_carry_is_refused(app):
    with pytest.raises(TextNotStorable):
        make(app, "甲\x00社")


@pytest.mark.parametrize(
    "typed", ["ｱﾙﾌｧ ｼｮｳｼﾞ", "アルファ　商事", "アルファ 商\u200b事", "ALPHA", "ａｌｐｈａ"]
)
def test_two_organisations_never_look_alike(database, tiny, typed):
    app = new_application(database, tiny)
    for name in ("アルファ ショウジ", "アルファ 商事", "Alpha"):
        make(app, name)
    with pytest.raises(OrganisationNameTaken):
        make(app, typed)
    assert len(organisations(app)) == 3


def test_a_name_is_taken_also_among_many_that_contain_it(app):
    make(app, "甲")
    for number in range(60):
        make(app, f"甲{number}")
    with pytest.raises(OrganisationNameTaken):
        make(app, "甲")


def test_an_organisation_may_keep_its_name_and_change_its_spelling(app):
    created = make(app, "Alpha")
    change_organisation(app, created, "ALPHA", "services", "over_1000", 1)
    found = app.database.store(created.id).organisation
    assert (found.name, found.industry, found.size, found.first_month) == (
        "ALPHA",
        "services",
        "over_1000",
        1,
    )


def test_an_organisation_may_not_take_the_name_of_another(app):
    make(app, "甲")
    other = make(app, "乙")
    with pytest.raises(OrganisationNameTaken):
        change_organisation(app, other, "甲", "finance", "up_to_20", 4)
    with pytest.raises(OrganisationNameMissing):
        change_organisation(app, other, " ", "finance", "up_to_20", 4)
    assert app.database.store(other.id).organisation.name == "乙"


def test_a_changed_fiscal_year_leaves_the_quarters_of_rounds_alone(app):
    house = new_house(app, first_month=4)
    held = house.start(TODAY)
    change_organisation(app, house.store.organisation, "甲社", "finance", "up_to_20", 1)
    assert house.store.round(held.id).quarter == held.quarter
    assert house.start(TODAY).quarter != held.quarter


def test_fifty_are_offered_and_more_are_found_by_name(app):
    for number in range(55):
        make(app, f"会社{number:02d}")
    assert len(organisations(app)) == 50
    assert [found.name for found in organisations(app, "会社０３")] == ["会社03"]
    assert organisations(app, "%") == ()


def test_the_last_active_comes_first(app):
    first, second = new_house(app, "甲"), new_house(app, "乙")
    first.start()
    assert [known.name for known in organisations(app)] == ["甲", "乙"]
    second.start()
    assert [known.name for known in organisations(app)] == ["乙", "甲"]


@pytest.mark.parametrize(("word", "values"), [("industries", INDUSTRIES), ("sizes", SIZES)])
def test_every_industry_and_size_has_its_words(word, values):
    for value in values:
        assert Words("ja")(f"rounds.{word}.{value}") != Words("en")(f"rounds.{word}.{value}")
