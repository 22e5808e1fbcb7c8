"""Counterparts in other editions as a table: proposals to be looked at in a spreadsheet, and what a person accepted taken back.

Indicators are named by their ids, `form.4-1`: a number alone would become a date in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dxassess.catalogue.likeness import Proposal
from dxassess.catalogue.model import Bilingual, Crosswalk, Edition
from dxassess.errors.form import CrosswalkRefused
from dxassess.exchange.cells import folded, shown
from dxassess.exchange.form_sheet import clean
from dxassess.exchange.safe_csv import csv_of, unguarded
from dxassess.exchange.tablereader import Column, Line, TableReader
from dxassess.text import Language, Words
from dxassess.usecases.catalogues import counterparts
from dxassess.usecases.shelf import Shelf

RELATIONS = ("same", "broader", "narrower", "overlaps")
COLUMNS = ("accept", "number", "name", "to", "to_name", "relation", "reason_ja", "reason_en")
NEEDED = ("accept", "number", "to")
YES = frozenset(["1", "x", "y", "yes", "true", "○", "〇", "◯", "はい", "採用", "✓", "✔", "レ"])
NO = frozenset(["", "0", "-", "n", "no", "false", "×", "いいえ", "不採用"])


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposed counterpart, or one that is kept already: of which number, to which indicator, and why."""

    code: str
    title: Bilingual
    to: str
    to_title: Bilingual
    relation: str
    reason: Bilingual
    accepted: bool
    kept: Crosswalk | None = None


def pairs_of(shelf: Shelf, edition: Edition) -> tuple[Pair, ...]:
    """What is kept already, then what is proposed, indicator by indicator."""
    titles = {each.id: each.title for known in shelf.values() for each in known.indicators.values()}
    found: list[Pair] = []
    proposed = counterparts(shelf, edition)
    for one in (*edition.scored, *edition.measured):
        kept = {each.to for each in one.crosswalk}
        found += [
            Pair(
                one.code,
                one.title,
                each.to,
                titles.get(each.to, one.title),
                each.relation,
                each.reason,
                True,
                each,
            )
            for each in one.crosswalk
        ]
        found += [
            Pair(one.code, one.title, each.to.id, each.to.title, "overlaps", each.reason, False)
            for each in proposed
            if each.code == one.code and each.to.id not in kept
        ]
    return tuple(found)


def accepted_pairs(
    pairs: Sequence[Pair], changes: Mapping[int, Mapping[str, object]], language: Language
) -> dict[str, tuple[Crosswalk, ...]]:
    """What stays of these pairs after a person's changes: by row, the fields `accept`, `relation`, `reason` in one language."""
    found: dict[str, list[Crosswalk]] = {}
    for row, pair in enumerate(pairs):
        change = changes.get(row, {})
        if change.get("accept", pair.accepted):
            found.setdefault(pair.code, []).append(_crosswalk(pair, change, language))
    return {code: tuple(each) for code, each in found.items()}


def _crosswalk(pair: Pair, change: Mapping[str, object], language: Language) -> Crosswalk:
    typed = clean(str(change.get("reason") or ""))[:2000]
    reason = pair.reason.model_copy(update={language: typed}) if typed else pair.reason
    fixed = {"relation": change.get("relation") or pair.relation, "reason": reason}
    if pair.kept is not None:
        return pair.kept.model_copy(update=fixed)
    return Crosswalk.model_validate({"to": pair.to, "levels": "changed", "basis": "own", **fixed})


def columns() -> tuple[Column, ...]:
    """The columns of the table in both languages."""
    ja, en = Words("ja"), Words("en")
    return tuple(Column(name, ja(f"form.column_{name}"), en(f"form.column_{name}"), name in NEEDED) for name in COLUMNS)  # fmt: skip


def proposed_table(edition: Edition, proposed: Sequence[Proposal], words: Words) -> bytes:
    """The proposals as CSV, none of them accepted but those the edition already has."""
    heads = [column[words.language] for column in columns()]
    rows = [_row(edition, each, words) for each in proposed]
    return csv_of(heads, rows)


def _row(edition: Edition, each: Proposal, words: Words) -> list[str]:
    one = edition.by_code[each.code]
    kept = next((known for known in one.crosswalk if known.to == each.to.id), None)
    reason = kept.reason if kept else each.reason
    return [
        "1" if kept else "",
        one.id,
        words.of(one.title),
        each.to.id,
        words.of(each.to.title),
        kept.relation if kept else each.crosswalk.relation,
        reason.ja,
        reason.en,
    ]


def accepted(
    edition: Edition, others: Mapping[str, Edition], file: str, raw: bytes, words: Words
) -> dict[str, tuple[Crosswalk, ...]]:
    """What a person accepted, by number. Raises CrosswalkRefused with every row that cannot be read; then nothing is taken."""
    reader = TableReader(file, columns(), words.language)
    known = {each.id for other in others.values() for each in other.indicators.values()}
    codes = {name.lower(): each.code for each in edition.indicators.values() for name in (each.id, each.code)}
    found: dict[str, list[Crosswalk]] = {}
    for line in reader.lines(raw):
        if _is_accepted(reader, line):
            pair = _pair(reader, line, codes, known)
            if pair is not None:
                found.setdefault(codes[folded(line["number"])], []).append(pair)
    if reader.problems:
        raise CrosswalkRefused(reader.problems, file=file, count=reader.count)
    return {code: tuple(pairs) for code, pairs in found.items()}


def _is_accepted(reader: TableReader, line: Line) -> bool:
    said = folded(line["accept"])
    if said in YES or said in NO:
        return said in YES
    reader.complain("accept_unknown", line.number, value=shown(line["accept"]))
    return False


def _pair(reader: TableReader, line: Line, codes: Mapping[str, str], known: set[str]) -> Crosswalk | None:
    before = reader.count
    relation = folded(line["relation"]) or "overlaps"
    if folded(line["number"]) not in codes:
        reader.complain("counterpart_number", line.number, value=shown(line["number"]))
    if line["to"] not in known:
        reader.complain("counterpart_unknown", line.number, value=shown(line["to"]))
    if relation not in RELATIONS:
        reader.complain("relation_unknown", line.number, value=shown(line["relation"]), allowed=RELATIONS)
    reasons = [clean(unguarded(line[name])) for name in ("reason_ja", "reason_en")]
    reason = reasons[0] or reasons[1]
    if not reason:
        reader.complain("reason_missing", line.number)
    if reader.count > before:
        return None
    return Crosswalk.model_validate(
        {
            "to": line["to"],
            "relation": relation,
            "levels": "changed",
            "basis": "own",
            "reason": Bilingual(ja=reason[:2000], en=(reasons[1] or reason)[:2000]),
        }
    )
