"""Ballots as files: names every system takes, none twice, one zip."""

from __future__ import annotations

import io
import zipfile

import pytest

from dxassess.exchange.paper_files import LONGEST, bundled, distinct, file_name
from dxassess.exchange.workbook.values import Upload


@pytest.mark.parametrize(
    ("parts", "called"),
    [
        (("投票用紙", "経営", "佐藤 花子"), "投票用紙_経営_佐藤 花子.xlsx"),
        (("投票用紙", "経営", ""), "投票用紙_経営.xlsx"),
        (("a/b\\c:d*e?f\"g<h>i|j", "..", "\x00\n\u202e\u200bk"), "abcdefghij_k.xlsx"),
        (("か\u3099",), "が.xlsx"),
        (("x" * 500,), "x" * LONGEST + ".xlsx"),
    ],
)  # fmt: skip
def test_a_file_is_called_what_every_system_takes(parts: tuple[str, ...], called: str) -> None:
    assert file_name(*parts) == called


def test_no_two_files_have_one_name() -> None:
    names = ["a.xlsx", "a.xlsx", "a (2).xlsx", "a.xlsx", "b", "b"]
    found = [file.name for file in distinct(Upload(name, b"") for name in names)]
    assert found == ["a.xlsx", "a (2).xlsx", "a (2) (2).xlsx", "a (3).xlsx", "b", "b (2)"]


def test_all_files_are_in_one_zip_under_their_japanese_names() -> None:
    files = [Upload("投票用紙_佐藤.xlsx", b"1"), Upload("b.xlsx", b"2")]
    raw = bundled(files)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            file.name: file.content for file in files
        }
    assert bundled(files) == raw
