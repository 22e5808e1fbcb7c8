"""An uploaded file may do to its reader whatever it likes: it is refused by a sentence, or it ends only the reader."""

from __future__ import annotations

import os
import sys
import time
import zipfile
from collections.abc import Callable, Sequence

import pytest

from dxassess.errors import Problem
from dxassess.exchange.workbook.parts import MAX_PARTS
from dxassess.exchange.workbook.reader import COMMAND, MAX_BYTES, Upload, read_workbooks
from dxassess.exchange.workbook.sheets import MAX_CELLS, MAX_COLUMN, MAX_ROW
from dxassess.exchange.workbook.values import Workbook, address
from dxassess.text import LANGUAGES, Words
from tests.exchange import workbooks as made
from tests.exchange.workbooks import bare, cell, packed, parts, row, workbook

LAUGHS = """<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
DEEP = "<a>" * 100 + "</a>" * 100


def refused(raw: bytes, name: str = "a.xlsx") -> str:
    """Why a file is not read: the code of its sentence."""
    (found,) = read_workbooks([Upload(name, raw)])
    assert isinstance(found, Problem)
    assert found.file == name
    for language in LANGUAGES:
        assert name in Words(language).problem(found)
    return found.code.removeprefix("workbook.")


def with_part(name: str, content: str | bytes) -> bytes:
    return packed(parts() | {name: content})


OTHER_FILES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "nothing": (b"", "empty"),
    "a CSV": ("番号,回答\n4-1,3\n".encode("cp932"), "only_text"),
    "a page of HTML": (b"<html><table><tr><td>4-1</td></tr></table></html>", "only_text"),
    "a PDF": (b"%PDF-1.7\n\x00\x01", "no_workbook"),
    "an old workbook": (made.OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old_format"),
    "a workbook with a password": (made.OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an encrypted zip": (made.locked(), "encrypted"),
    "a workbook with macros": (with_part("xl/vbaProject.bin", b"\xcc\x61"), "macros"),
    "a workbook that declares macros": (
        with_part(made.TYPES, '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'),
        "macros",
    ),
    "a zip of workbooks": (packed({"a.xlsx": workbook(), "b.xlsx": workbook()}), "zip_of_files"),
    "a zip of anything": (packed({"a.txt": "a"}), "no_workbook"),
    "an empty zip": (packed({}), "no_workbook"),
    "an OpenDocument sheet": (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}), "other_format"),
    "a binary workbook": (with_part("xl/workbook.bin", b"\0"), "other_format"),
    "a document": (with_part(made.WORKBOOK, '<document xmlns="w"/>'), "no_workbook"),
    "a workbook without a main part": (with_part("_rels/.rels", '<Relationships xmlns="r"/>'), "no_workbook"),
    "a truncated workbook": (workbook(row(cell("A1", 1)))[:-300], "damaged"),
    "half a workbook": (workbook()[:200], "damaged"),
    "a link": (made.symlinked(), "damaged"),
    "two parts of one name": (made.twice(), "damaged"),
    "another way of packing": (packed(parts(), zipfile.ZIP_BZIP2), "damaged"),
    "too many parts": (lambda: packed(parts() | {f"xl/media/{n}": "" for n in range(10_000)}), "too_many_parts"),
    "a flipped bit": (bytes(byte ^ (0x10 if at == 700 else 0) for at, byte in enumerate(workbook("<row/>" * 3))), "damaged"),
    "a bomb": (made.bomb, "too_much"),
    "a part packed tighter than any text": (lambda: with_part("xl/media/a", b"\0" * 5_000_000), "too_much"),
    "small parts that are much together": (
        lambda: packed(parts() | {f"xl/media/{n}": b"\0" * 900_000 for n in range(25)}),
        "too_much",
    ),
    "one large part read as fifty sheets": (made.many_times, "too_much"),
    "a directory that lies": (made.lying, "damaged"),
    "entities that multiply": (with_part(made.STRINGS, f'{LAUGHS}<sst><si><t>&b;</t></si></sst>'), "document_type"),
    "an entity from outside": (with_part(made.SHEET, '<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>'), "document_type"),
    "a document type in the workbook": (with_part(made.WORKBOOK, "<!DOCTYPE workbook><workbook/>"), "document_type"),
    "XML that ends too soon": (with_part(made.SHEET, "<worksheet><sheetData>"), "damaged"),
    "no XML": (with_part(made.SHEET, b"\x00\x01\x02"), "damaged"),
    "depth": (with_part(made.SHEET, f"<worksheet>{DEEP}</worksheet>"), "damaged"),
    "a missing part": (packed({name: text for name, text in parts().items() if name != made.SHEET}), "damaged"),
    "a far cell": (workbook(row(cell("A1", 1)) + f'<row r="1048576">{cell("XFD1048576", 1)}</row>'), "far_cell"),
    "a row too many": (workbook(f'<row r="{MAX_ROW + 1}">{cell(f"A{MAX_ROW + 1}", 1)}</row>'), "far_cell"),
    "a column too many": (workbook(row(cell(address((1, MAX_COLUMN + 1)), 1))), "far_cell"),
    "too many cells": (workbook(row(bare(1) * MAX_COLUMN) * (MAX_CELLS // MAX_COLUMN + 1)), "too_much"),
    "elements without end": (lambda: workbook("<row/>" * 510_000), "too_much"),
    "one text in every cell": (
        workbook(row(bare(0, 't="s"') * 190) * 20, strings=f"<si><t>{'a' * 30_000}</t></si>"),
        "too_much",
    ),
    "a text longer than a cell": (workbook(row(cell("A1", 0, 't="s"')), strings=f"<si><t>{'a' * 32_768}</t></si>"), "too_much"),
    "a string that is not there": (workbook(row(cell("A1", 7, 't="s"'))), "damaged"),
    "a negative string": (workbook(row(cell("A1", -1, 't="s"'))), "damaged"),
    "no reference": (workbook(row(cell("A0", 1))), "damaged"),
    "a cell twice": (workbook(row(cell("A1", 1), cell("A1", 2))), "damaged"),
    "merged areas without end": (
        workbook(after="<mergeCells>" + '<mergeCell ref="A1:B1"/>' * 10_001 + "</mergeCells>"),
        "too_much",
    ),
    "sheets without end": (
        with_part(made.WORKBOOK, "<workbook><sheets>" + "<sheet/>" * 51 + "</sheets></workbook>"),
        "too_much",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "code"), OTHER_FILES.values(), ids=OTHER_FILES.keys())
def test_a_file_that_is_no_sound_workbook_is_refused_by_name(
    raw: bytes | Callable[[], bytes], code: str
) -> None:
    built = raw if isinstance(raw, bytes) else raw()
    assert len(built) < 2_000_000
    began = time.monotonic()
    assert refused(built) == code
    assert time.monotonic() - began < 10


def test_what_is_handed_in_is_measured_before_it_is_looked_at() -> None:
    assert refused(b"P" * (MAX_BYTES + 1)) == "too_large"


def test_a_million_rows_are_refused() -> None:
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(MAX_ROW + 1))
    assert refused(workbook(rows)) == "far_cell"
    (found,) = read_workbooks([Upload("a.xlsx", workbook(rows[: rows.rindex("<row>")]))])
    assert isinstance(found, Workbook)
    assert len(found.grids[0].cells) == MAX_ROW


def test_a_far_row_or_cell_that_holds_nothing_is_passed_over() -> None:
    """LibreOffice writes the last row, Google a thousand empty ones."""
    rows = row(cell("A1", 3)) + '<row r="1048576" hidden="1"><c r="XFD1048576" s="1"/></row>'
    (found,) = read_workbooks([Upload("a.xlsx", workbook(rows))])
    assert isinstance(found, Workbook)
    assert found.grids[0].cells == {(1, 1): 3}


def test_a_far_cell_is_named_with_its_sheet() -> None:
    (found,) = read_workbooks([Upload("a.xlsx", workbook(f'<row r="3000">{cell("C3000", 1)}</row>'))])
    assert isinstance(found, Problem)
    assert "シート「票」のセル C3000" in Words("ja").problem(found)
    assert "Cell C3000 of sheet “票”" in Words("en").problem(found)


def test_a_part_may_not_inflate_to_more_than_its_directory_says() -> None:
    began = time.monotonic()
    assert refused(made.lying(made.STRINGS)) == "damaged"
    assert time.monotonic() - began < 3


def stub(does: str) -> Sequence[str]:
    """A process that does something else with the file it is given; on whatever else it answers soundly."""
    start = COMMAND[4].replace("main()", "")
    wrapped = (
        f"{start}\nimport os, time\nfrom dxassess.exchange.workbook import book, child\nsound = book.read\n"
        f"def read(raw):\n    if raw[:2] != b'PK':\n        {does}\n    return sound(raw)\nbook.read = read\nchild.main()"
    )
    return [sys.executable, "-I", "-S", "-c", wrapped, COMMAND[5]]


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("os.abort()", "unreadable"),
        ("os._exit(0)", "unreadable"),
        ("os.write(1, b'x' * 8)", "unreadable"),
        ("raise SystemExit", "unreadable"),
        ("1 / 0", "unreadable"),
        ("time.sleep(60)", "too_slow"),
        ("raise MemoryError", "too_much"),
    ],
)
def test_whatever_a_file_does_to_its_reader_the_others_are_read(does: str, code: str) -> None:
    good = Upload("good.xlsx", workbook(row(cell("A1", 3))))
    bad = Upload("bad.xlsx", b"hostile")
    first, second, third, fourth = read_workbooks([good, bad, good, bad], seconds=2, command=stub(does))
    assert all(isinstance(each, Workbook) for each in (first, third))
    assert [each.code for each in (second, fourth) if isinstance(each, Problem)] == [f"workbook.{code}"] * 2


def test_a_reader_that_grows_is_stopped_at_512_megabytes() -> None:
    """Where the system can limit memory; on Windows the file is only found to be none."""
    held = stub("held = [bytes(64_000_000) for _ in range(20)]")
    grown = [Upload("bad.xlsx", b"hostile"), Upload("good.xlsx", workbook())]
    bad, good = read_workbooks(grown, command=held)
    assert isinstance(bad, Problem)
    assert bad.code == ("workbook.only_text" if os.name == "nt" else "workbook.too_much")
    assert isinstance(good, Workbook)


def test_a_program_that_cannot_start_is_a_sentence_too() -> None:
    (found,) = read_workbooks([Upload("a.xlsx", workbook())], command=["/nowhere/python"])
    assert isinstance(found, Problem)
    assert found.code == "workbook.unreadable"


def test_the_reader_knows_no_settings_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of the database may hold a password."""
    monkeypatch.setenv("DXASSESS_DATABASE_URL", "postgresql://user:password@host/name")
    tells = stub(
        "raise child.Refused('empty' if not any(n.startswith('DXASSESS') for n in os.environ) else 'macros')"
    )
    (found,) = read_workbooks([Upload("a.xlsx", b"hostile")], command=tells)
    assert isinstance(found, Problem)
    assert found.code == "workbook.empty"


def test_forty_workbooks_are_read_in_a_moment() -> None:
    rows = "".join(row(bare(number) * 12) for number in range(50))
    files = [Upload(f"{number}.xlsx", workbook(rows)) for number in range(40)]
    began = time.monotonic()
    assert all(isinstance(found, Workbook) for found in read_workbooks(files))
    assert time.monotonic() - began < 5


def test_too_many_parts_are_more_than_a_workbook_has() -> None:
    assert MAX_PARTS > 100
