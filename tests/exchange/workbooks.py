"""Small workbooks put together by hand, sound ones and hostile ones, and files that only call themselves workbooks."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
WORKBOOK = "xl/workbook.xml"
RELATED = "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheet(rows: str, after: str = "") -> str:
    """The part of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(reference: str, value: object, more: str = "") -> str:
    """A cell with a number, or another value where `more` says its type."""
    return f'<c r="{reference}" {more}><v>{value}</v></c>'


def bare(value: object, more: str = "") -> str:
    """As `cell`, without saying where it stands: after the one before."""
    return f"<c {more}><v>{value}</v></c>"


def row(*cells: str) -> str:
    """A row, numbered by its place."""
    return f"<row>{''.join(cells)}</row>"


def parts(rows: str = "", **more: str) -> dict[str, str]:
    """The parts of a workbook of one sheet. `strings`, `styles`, `after`, `book` replace what is usual."""
    strings = more.get("strings", "")
    return {
        TYPES: '<Types xmlns="t"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        WORKBOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{more.get("book", "")}'
        '<sheets><sheet name="票" sheetId="1" r:id="r1"/></sheets></workbook>',
        RELATED: _relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        STRINGS: f'<sst xmlns="{MAIN}">{strings}</sst>',
        STYLES: f'<styleSheet xmlns="{MAIN}">{more.get("styles", "")}</styleSheet>',
        SHEET: sheet(rows, more.get("after", "")),
    }


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="r">{listed}</Relationships>'


def packed(made_of: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a file."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in made_of.items():
            archive.writestr(name, content)
    return raw.getvalue()


def workbook(rows: str = "", **more: str) -> bytes:
    """A workbook of one sheet with these rows."""
    return packed(parts(rows, **more))


def changed(raw: bytes, name: str, old: str, new: str) -> bytes:
    """A workbook with something replaced in one part."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        content = {each: archive.read(each) for each in archive.namelist()}
    assert old.encode() in content[name], name
    content[name] = content[name].replace(old.encode(), new.encode())
    return packed(content)


def bomb() -> bytes:
    """600 KB that inflate to 600 MB of shared strings."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts(row(cell("A1", 0, 't="s"'))).items():
            if name != STRINGS:
                archive.writestr(name, content)
        with archive.open(STRINGS, "w") as strings:
            strings.write(f'<sst xmlns="{MAIN}">'.encode())
            for _ in range(600):
                strings.write(b"<si><t>" + b"a" * 999_985 + b"</t></si>")
            strings.write(b"</sst>")
    return raw.getvalue()


def lying(part: str = SHEET) -> bytes:
    """A workbook whose directory says that a part of 30 MB has 100 bytes."""
    content = parts() | {part: sheet("<row/>" * 5_000_000)}
    raw = bytearray(packed(content))
    size = len(content[part])
    for found in _all(raw, struct.pack("<L", size)):
        raw[found : found + 4] = struct.pack("<L", 100)
    return bytes(raw)


def _all(raw: bytearray, wanted: bytes) -> list[int]:
    found, start = [], raw.find(wanted)
    while start >= 0:
        found.append(start)
        start = raw.find(wanted, start + 1)
    assert len(found) == 2, "the local header and the directory"
    return found


def many_times() -> bytes:
    """A workbook whose fifty sheets are one part of 3 MB, no line of it like another."""
    digits = "".join(f"<row ht='{3 ** (2_000 + number)}'/>" for number in range(2_500))
    listed = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="r1"/>' for number in range(50))
    content = parts() | {SHEET: sheet(digits)}
    content[WORKBOOK] = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    return packed(content)


def symlinked() -> bytes:
    """A workbook with a part that is a symbolic link."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        link = zipfile.ZipInfo("xl/media/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return raw.getvalue()


def locked() -> bytes:
    """A workbook whose zip says that its first part is encrypted."""
    raw = bytearray(workbook())
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def twice() -> bytes:
    """A workbook with two parts of one name."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        archive.writestr(SHEET.upper(), sheet(row(cell("A1", 1))))
    return raw.getvalue()
