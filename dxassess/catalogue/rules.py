"""All rules inside an edition and between its files, in one call.

A rule speaks only of what could be read: where a file is broken, nothing is said about what it might have contained.
"""

from __future__ import annotations

from collections.abc import Iterator

from dxassess.catalogue.folder import Folder
from dxassess.catalogue.rules_crosswalk import OF_CROSSWALKS
from dxassess.catalogue.rules_edition import OF_BENCHMARKS, OF_EDITIONS
from dxassess.catalogue.rules_indicator import BETWEEN_INDICATORS, OF_INDICATORS
from dxassess.errors import Problem


def problems_of(folder: Folder) -> Iterator[Problem]:
    """Everything the rules find in a folder."""
    for sheet in folder.indicators:
        for rule in (*OF_INDICATORS, *OF_CROSSWALKS):
            yield from rule(sheet, folder)
    for between in BETWEEN_INDICATORS:
        yield from between(folder)
    if folder.head is None:
        return
    for inside in OF_EDITIONS:
        yield from inside(folder.head, folder)
    if folder.benchmarks is not None:
        for published in OF_BENCHMARKS:
            yield from published(folder.benchmarks, folder.head)
