from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from dxassess.assessment.benchmark import all_of, latest
from dxassess.catalogue.model import Benchmarks, Edition, Option, PublishedAverage


def _published(year: int, group: str = "all", of: str = "all") -> PublishedAverage:
    return PublishedAverage(year=year, group=group, of=of, current_mean=year / 1000, source="架空")


@pytest.fixture
def edition(framework: Callable[..., Edition], make: SimpleNamespace) -> Edition:
    averages = (
        _published(2024),
        _published(2022),
        _published(2025, "small"),
        _published(2024, "small"),
        _published(2023),
        _published(2026, of="it"),
    )
    groups = (Option(id="all", ja="全体", en="All"), Option(id="small", ja="中小", en="Small"))
    published = Benchmarks(groups=groups, warning=make.words("warning"), averages=averages)
    return framework({"id": "all", "items": ["1"]}, benchmarks=published)


def test_the_latest_average_is_the_newest_of_its_node_and_group(edition: Edition) -> None:
    assert latest(edition, "all") == _published(2024)
    assert latest(edition, "all", "small") == _published(2025, "small")
    assert latest(edition, "it") == _published(2026, of="it")


def test_where_nothing_was_published_there_is_no_benchmark(
    framework: Callable[..., Edition], edition: Edition
) -> None:
    assert latest(edition, "it", "small") is None
    assert latest(edition, "t.1") is None
    assert latest(framework({"id": "all", "items": ["1"]}), "all") is None
    assert all_of(framework({"id": "all", "items": ["1"]}), "all") == ()


def test_all_averages_of_a_node_stand_oldest_first(edition: Edition) -> None:
    assert [(found.year, found.group) for found in all_of(edition, "all")] == [
        (2022, "all"),
        (2023, "all"),
        (2024, "all"),
        (2024, "small"),
        (2025, "small"),
    ]
