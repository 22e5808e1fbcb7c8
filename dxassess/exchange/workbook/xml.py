"""Walking through the XML of a part: names without their namespaces, no document type, nothing deep, nothing endless."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol
from xml.parsers import expat

from dxassess.exchange.workbook.values import Refused

MAX_DEPTH = 40
MAX_ELEMENTS = 500_000
_SPACE = " "


class Handler(Protocol):
    """What is told of each element, in the order of the file."""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """An element begins; `given` are its attributes."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, text: str) -> None:
        """Text inside the element that began last; a long one comes in pieces."""


def walk(chunks: Iterable[bytes], handler: Handler) -> None:
    """Tell `handler` what stands in a part. Refused when it is no sound XML, has a document type, or is too much."""
    walker = _Walker(handler)
    try:
        for chunk in chunks:
            walker.parser.Parse(chunk, False)
        walker.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError, OverflowError):
        raise Refused("damaged") from None


class _Walker:
    def __init__(self, handler: Handler) -> None:
        self.parser = expat.ParserCreate(namespace_separator=_SPACE)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = handler.text
        self.parser.StartDoctypeDeclHandler = _refuse_document_type
        self._handler = handler
        self._depth = self._elements = 0

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise Refused("damaged")
        if self._elements > MAX_ELEMENTS:
            raise Refused("too_much")
        self._handler.start(_local(name), {_local(each): value for each, value in given.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(_local(name))


@lru_cache(maxsize=1_000)
def _local(name: str) -> str:
    return name.rpartition(_SPACE)[2]


def _refuse_document_type(*_: object) -> None:
    raise Refused("document_type")
