"""An edition for one of its sections: nothing of the others is asked, and nothing of what was published for the whole is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import edition_from_text
from dxassess.catalogue.narrow import narrowed, sections_for_rounds


@pytest.fixture
def edition():
    """The tiny edition."""
    return load_edition(Path(__file__).parents[1] / "data" / "tiny")


def test_the_root_is_the_edition_itself(edition):
    assert narrowed(edition, "all") is edition


def test_a_section_alone_keeps_its_items_and_the_measures(edition):
    people = narrowed(edition, "people")
    assert [item.code for item in people.scored] == ["1", "1-1"]
    assert people.measured == edition.measured
    assert (people.head.groups, people.head.averages, people.head.thresholds) == (
        ("people",),
        ("people",),
        (),
    )
    assert (people.id, people.revision) == (edition.id, edition.revision)
    assert people.hash != edition.hash
    assert edition_from_text(people.text) == people
    assert people.head.title.en == "A tiny assessment: People"


def test_what_is_not_there_cannot_be_asked_alone(edition):
    with pytest.raises(KeyError):
        narrowed(edition, "gone")


def test_an_official_edition_is_answered_whole(edition):
    assert [section.id for section in sections_for_rounds(edition)] == ["people", "tools"]
    official = edition.model_copy(update={"head": edition.head.model_copy(update={"status": "current"})})
    assert sections_for_rounds(official) == ()
