"""A QR code on the page is read back by a reader, from its picture alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
import segno
import zxingcpp

from dxassess.ui.qr import QUIET_ZONE, qr_code

LINK = "http://192.168.100.200:8501/j/" + "Ab_-" * 10 + "xyz"
SCALE = 4
STEPS = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")


class Image(HTMLParser):
    """The one `<img>` of some HTML, and whatever else is in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.found: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found.update(attrs)


def drawn(html: str) -> np.ndarray:
    """The picture an SVG of one background and one line of modules makes: 255 white, 0 black."""
    kind, _, svg = str(Image(html).found["src"]).partition(",")
    assert kind.startswith("data:image/svg+xml")
    root = ElementTree.fromstring(unquote(svg))
    width, height = (int(each) for each in root.attrib["viewBox"].split()[2:])
    background, line = root.findall("{http://www.w3.org/2000/svg}path")
    assert background.attrib == {"fill": "#fff", "d": f"M0 0h{width}v{height}h-{width}z"}
    assert line.attrib["stroke"] == "#000"
    modules = np.full((height, width), 255, dtype=np.uint8)
    x = y = 0.0
    for step, first, second in STEPS.findall(line.attrib["d"]):
        if step == "h":
            modules[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
        elif step == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return modules


@pytest.mark.parametrize("link", [LINK, "http://10.0.0.7:8501/j/x", "https://dx.example.com"])
def test_a_reader_finds_the_link_in_it(link: str) -> None:
    found = zxingcpp.read_barcodes(
        np.kron(drawn(qr_code(link, "参加する")), np.ones((SCALE, SCALE), np.uint8))
    )
    assert [each.text for each in found] == [link]


def test_its_modules_are_those_of_the_code_with_four_white_ones_around() -> None:
    modules = drawn(qr_code(LINK, "参加する"))
    code = segno.make_qr(LINK, error="m")
    inner = modules[QUIET_ZONE:-QUIET_ZONE, QUIET_ZONE:-QUIET_ZONE]
    assert (inner == 0).astype(int).tolist() == [list(row) for row in code.matrix]
    assert modules.shape == code.symbol_size(border=QUIET_ZONE)
    modules[QUIET_ZONE:-QUIET_ZONE, QUIET_ZONE:-QUIET_ZONE] = 255
    assert (modules == 255).all()
    assert code.error in ("M", "Q", "H")


def test_a_part_of_it_may_be_hidden() -> None:
    modules = drawn(qr_code(LINK, "参加する"))
    modules[14:20, 20:32] = 255
    found = zxingcpp.read_barcodes(np.kron(modules, np.ones((SCALE, SCALE), np.uint8)))
    assert [each.text for each in found] == [LINK]


def test_its_label_is_text_and_it_asks_for_nothing() -> None:
    label = '<script>alert(1)</script>"&'
    image = Image(qr_code(LINK, label))
    assert image.tags == ["img"]
    assert set(image.found) == {"class", "alt", "src"}
    assert image.found["alt"] == label
    assert [
        word for word in ("script", "href", "style", "url(") if word in unquote(str(image.found["src"]))
    ] == []
