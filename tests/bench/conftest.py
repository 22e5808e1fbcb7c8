"""The table a module of benchmarks writes; the module names it in `TABLE`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench.table import Table, load_average


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> Iterator[Table]:
    made = Table(load_average())
    yield made
    made.write(request.module.TABLE)
