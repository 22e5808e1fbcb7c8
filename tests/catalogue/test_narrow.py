"""An edition for one of its sections: nothing of the others is asked, and nothing of what was published for the whole is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassess.catalogue.load import load_edition
from dxassess.catalogue.model import edition_from_text
from dxassess.catalogue.narrow import as_asked, covers, is_pulse, narrowed, pulse, sections_for_rounds


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


def test_a_pulse_asks_its_items_alone_under_a_root_of_its_own(edition):
    found = pulse(edition, ["1-1", "2", "2-1"])
    assert [item.code for item in found.scored] == ["1-1", "2", "2-1"]
    assert (found.head.tree.id, found.head.averages, found.head.groups) == (
        "pulse",
        ("pulse",),
        ("people", "tools"),
    )
    assert (found.head.thresholds, found.measured, found.benchmarks) == ((), (), None)
    assert (found.id, found.revision, found.head.tree.over) == (edition.id, edition.revision, "items")
    assert found.sections["tools"].aggregate == "weighted_mean"
    assert edition_from_text(found.text) == found
    assert is_pulse(found) and not is_pulse(edition)
    assert (found.head.short.ja, found.head.short.en) == ("ちいさな診断（パルス）", "Tiny (pulse)")


def test_a_sub_question_without_its_key_question_stands_for_itself(edition):
    found = pulse(edition, ["1-1", "2", "2-1"])
    assert found.by_code["1-1"].parent is None
    assert found.by_code["2-1"].parent == edition.by_code["2"].id


def test_groups_without_an_item_are_gone_and_a_root_that_is_the_group_keeps_the_pulse(edition):
    assert pulse(edition, ["2"]).head.groups == ("tools",)
    flat = edition.model_copy(update={"head": edition.head.model_copy(update={"groups": ("all",)})})
    assert pulse(flat, ["2"]).head.groups == ("pulse",)


def test_a_pulse_of_nothing_or_of_what_is_not_there_is_refused(edition):
    with pytest.raises(ValueError, match=r"\[\]"):
        pulse(edition, [])
    for code in ("9", "q-days"):
        with pytest.raises(KeyError):
            pulse(edition, ["1", code])


def test_a_pulse_is_covered_by_what_asks_all_of_its_items_and_covers_no_full_round(edition):
    people, some, more = narrowed(edition, "people"), pulse(edition, ["1"]), pulse(edition, ["1", "2"])
    assert covers(edition, people) and not covers(people, edition)
    assert covers(edition, more) and covers(people, some) and covers(more, some)
    assert not covers(people, more) and not covers(some, more)
    assert not covers(more, edition) and not covers(more, people)
    other = edition.model_copy(update={"head": edition.head.model_copy(update={"id": "other"})})
    assert not covers(other, some) and not covers(other, edition)


def test_the_edition_of_today_is_narrowed_the_way_a_round_was(edition):
    for asked in (edition, narrowed(edition, "people"), pulse(edition, ["1", "2-1"])):
        assert as_asked(edition, asked).hash == asked.hash
    people = narrowed(edition, "people")
    assert as_asked(people, edition) is people
    assert as_asked(people, pulse(edition, ["1", "2"])) is people
