"""The crosswalk of 2019 to the arrangement of the Digital Governance Code: topics only, each pair with a reason of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dxassess.catalogue.crosswalk import pairs
from dxassess.catalogue.load import check
from dxassess.catalogue.model import Crosswalk

SHIPPED = Path(__file__).parents[2] / "indicators"
EDITIONS, PROBLEMS = check(SHIPPED)
OLD = EDITIONS["dx2019"]
LINES = [(item.code, line) for item in OLD.indicators.values() for line in item.crosswalk]
WITHOUT: set[str] = set()
CODES = {
    *("1", "1-1", "1-2", "1-3", "1-4", "1-5", "1-6", "2", "2-1", "2-2", "2-3", "2-4", "2-5", "2-6"),
    *("3-1", "3-1-1", "3-1-2", "3-1-3", "3-1-4", "3-1-5", "3-2", "3-2-1", "3-2-2", "3-2-3", "3-2-4", "3-2-5"),
    *("3-3", "3-3-1", "3-3-2", "3-3-3", "3-3-4", "3-3-5", "4", "4-1", "4-2", "4-3", "5", "5-1", "5-2", "5-3"),
    "5-4",
}
HASH = "6a0dae6ffe9a5eadcd536b77b49fa4e3cc218e0f950ac3c2df29b354d9de6e9d"


def test_every_pair_leads_to_an_item_of_the_arrangement() -> None:
    known = {item.id for item in EDITIONS["dgc3"].scored} if "dgc3" in EDITIONS else set()
    assert {line.to for _, line in LINES} <= (known or {f"dgc3.{code}" for code in CODES})
    assert known in (set(), {f"dgc3.{code}" for code in CODES})
    assert [problem for problem in PROBLEMS if "dgc3" not in problem.file] == []


def test_once_both_are_there_every_line_is_a_pair_in_both_directions() -> None:
    if "dgc3" not in EDITIONS:
        assert not (SHIPPED / "dgc3").exists()
        return
    new, today = EDITIONS["dgc3"], EDITIONS.values()
    assert len(pairs(today, OLD, new)) == len(pairs(today, new, OLD)) == len(LINES)


def test_what_has_no_counterpart_has_none_written() -> None:
    assert {item.code for item in OLD.scored if not item.crosswalk} == WITHOUT
    assert not any(item.crosswalk for item in OLD.measured)


@pytest.mark.parametrize(("code", "line"), LINES, ids=lambda each: getattr(each, "to", each))
def test_topics_are_compared_and_never_levels(code: str, line: Crosswalk) -> None:
    assert (line.levels, line.basis) == ("changed", "own")
    assert line.relation != "same"
    assert "2019年版" in line.reason.ja
    assert "コード3.0の整理" in line.reason.ja
    assert "The 2019 edition" in line.reason.en or "in the 2019 edition" in line.reason.en
    assert "the arrangement of the code" in line.reason.en.lower()
    assert 40 <= len(line.reason.ja) <= 160
    said = line.relation in ("broader", "narrower")
    assert (
        said
        == ("範囲がより" in line.reason.ja)
        == ("which is more" in line.reason.en or "which is less" in line.reason.en)
    )


def test_no_reason_serves_two_pairs() -> None:
    for language in ("ja", "en"):
        assert max(Counter(line.reason[language] for _, line in LINES).values()) == 1


def test_the_rounds_held_before_the_crosswalk_was_written_still_fit() -> None:
    """The hash of revision 1 as it was stored with rounds. A corrected text raises the revision and gets a hash of its own."""
    assert OLD.revision > 1 or OLD.hash == HASH
