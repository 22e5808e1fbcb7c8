"""`compare`: sheets of several rounds side by side, and why their values moved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from dxassess.catalogue.model import Edition
from dxassess.cli.usage import Misuse, words, writes_unicode
from dxassess.exchange.roundsheets import Held, as_json, as_lines, held, node_of
from dxassess.exchange.sheetreader import read_sheet


def compared(
    editions: Sequence[Edition], sheets: Sequence[Path], wanted: Sequence[str], *, as_data: bool
) -> str:
    """What is printed: one edition for all sheets, or one for each. Misuse, ScoreSheetProblems."""
    context = click.get_current_context()
    if len(editions) not in (1, len(sheets)):
        raise Misuse("catalogues", str(len(editions)), context)
    each = list(editions) if len(editions) == len(sheets) else [editions[0]] * len(sheets)
    rounds = [
        held(name, edition, read_sheet(path, edition))
        for name, path, edition in zip(_names(sheets), sheets, each, strict=True)
    ]
    nodes = _nodes(each, wanted, context)
    return _as_data(rounds, nodes) if as_data else "\n".join(as_lines(rounds, nodes, words()))


def _names(sheets: Sequence[Path]) -> list[str]:
    """The names of the files; with their folders where two are alike."""
    short = [path.name for path in sheets]
    return short if len(set(short)) == len(short) else [str(path) for path in sheets]


def _nodes(editions: Sequence[Edition], wanted: Sequence[str], context: click.Context) -> list[str]:
    if not wanted:
        return [editions[-1].head.averages[0]]
    found: list[str] = []
    for name in wanted:
        node = next((node for edition in editions if (node := node_of(edition, name))), None)
        if node is None:
            raise Misuse("node", name, context)
        found.append(node)
    return list(dict.fromkeys(found))


def _as_data(rounds: Sequence[Held], nodes: Sequence[str]) -> str:
    return json.dumps(as_json(rounds, nodes), ensure_ascii=not writes_unicode(), indent=2)
