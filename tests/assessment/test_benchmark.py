from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from dxassess.assessment.benchmark import beside, groups_for, in_order, latest
from dxassess.catalogue.benchmarks import Comparable
from dxassess.catalogue.model import Benchmarks, Edition, Option, PublishedAverage


def _published(year: int, group: str = "all", of: str = "all") -> PublishedAverage:
    return PublishedAverage(year=year, group=group, of=of, current_mean=year / 1000, source="架空")


@pytest.fixture
def benchmarks(make: SimpleNamespace) -> Benchmarks:
    averages = (
        _published(2024),
        _published(2022),
        _published(2025, "small"),
        _published(2024, "small"),
        _published(2023),
        _published(2026, of="it"),
        PublishedAverage(year=2027, group="small", of="all", target_mean=3.0, source="架空"),
    )
    groups = (Option(id="all", ja="全体", en="All"), Option(id="small", ja="中小", en="Small"))
    comparable = (Comparable(sizes=("up_to_20", "up_to_100"), groups=("small", "all")),)
    return Benchmarks(groups=groups, warning=make.words("warning"), averages=averages, comparable=comparable)


def test_the_latest_average_is_the_newest_mean_of_its_node_and_group(benchmarks: Benchmarks) -> None:
    assert latest(benchmarks, "all", "all") == _published(2024)
    assert latest(benchmarks, "all", "small") == _published(2025, "small")
    assert latest(benchmarks, "it", "all") == _published(2026, of="it")
    assert latest(benchmarks, "it", "small") is None
    assert latest(benchmarks, "t.1", "all") is None


def test_the_size_picks_the_group_and_the_next_stands_in_where_nothing_was_published(
    benchmarks: Benchmarks,
) -> None:
    own, other = beside(benchmarks, "all", "up_to_100"), beside(benchmarks, "it", "up_to_100")
    assert own and (own.average, own.stands_in) == (_published(2025, "small"), False)
    assert other and (other.average, other.wanted, other.stands_in) == (
        _published(2026, of="it"),
        "small",
        True,
    )
    assert beside(benchmarks, "t.1", "up_to_100") is None
    assert beside(None, "all", "up_to_100") is None


def test_a_size_that_no_group_is_named_for_stands_beside_all_who_submitted(benchmarks: Benchmarks) -> None:
    assert groups_for(benchmarks, "over_1000") == ("all",)
    found = beside(benchmarks, "all", "over_1000")
    assert found and (found.average, found.stands_in) == (_published(2024), False)


def test_every_mean_of_a_node_stands_newest_year_first(benchmarks: Benchmarks) -> None:
    assert [(found.year, found.group) for found in in_order(benchmarks, "all")] == [
        (2025, "small"),
        (2024, "all"),
        (2024, "small"),
        (2023, "all"),
        (2022, "all"),
    ]


def test_how_groups_match_sizes_is_no_part_of_what_a_round_stores(
    benchmarks: Benchmarks, framework: Callable[..., Edition]
) -> None:
    tree = {"id": "all", "items": ["1"]}
    without = benchmarks.model_copy(update={"comparable": ()})
    assert framework(tree, benchmarks=benchmarks).hash == framework(tree, benchmarks=without).hash
