"""Tokens of invitations and secrets of seats: long, random, bound to one organisation; only their hash is ever stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

ORGANISATION_BYTES = 16
RANDOM_BYTES = 32
LENGTH = 64


class Token:
    """The organisation's 16 bytes and 256 random bits, in base64url. What it is made of is shown by `clear` alone."""

    __slots__ = ("_clear",)

    def __init__(self, clear: str) -> None:
        self._clear = clear

    @classmethod
    def new(cls, organisation: str) -> Token:
        """A fresh one. `organisation`: 32 hex digits."""
        raw = bytes.fromhex(organisation) + secrets.token_bytes(RANDOM_BYTES)
        return cls(urlsafe_b64encode(raw).decode())

    def made_with(self, once: str) -> Token:
        """Another one of the same organisation, the same whenever it is made of this one and `once`, and known to nobody who
        does not hold both. `once`: at least 256 random bits."""
        raw = urlsafe_b64decode(self._clear.encode())[:ORGANISATION_BYTES]
        made = hmac.new(once.encode(), self._clear.encode(), "sha256").digest()
        return Token(urlsafe_b64encode(raw + made).decode())

    @classmethod
    def read(cls, text: str) -> Token | None:
        """What somebody sent, if it has the form of a token; None for anything else."""
        if len(text) != LENGTH or not text.isascii():
            return None
        try:
            raw = urlsafe_b64decode(text.encode())
        except (Error, ValueError):
            return None
        whole = len(raw) == ORGANISATION_BYTES + RANDOM_BYTES
        return cls(text) if whole and urlsafe_b64encode(raw).decode() == text else None

    @property
    def clear(self) -> str:
        """The token itself: into an address or a cookie, nowhere else."""
        return self._clear

    @property
    def organisation(self) -> str:
        """Id of the organisation it claims to belong to."""
        return urlsafe_b64decode(self._clear.encode())[:ORGANISATION_BYTES].hex()

    @property
    def digest(self) -> str:
        """SHA-256 of the whole token, 64 hex digits: what the database knows it by."""
        return hashlib.sha256(self._clear.encode()).hexdigest()

    @property
    def paper_seat(self) -> Token:
        """The secret of the seat a paper ballot takes by this token: made of it, so that the same paper finds its seat again.

        Whoever has the blank paper can make it as well, so no device is let in by it: its digest is one of its own.
        """
        made = hashlib.sha256(b"paper\0" + self._clear.encode()).digest()
        return PaperSeat(urlsafe_b64encode(bytes.fromhex(self.organisation) + made).decode())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and secrets.compare_digest(self._clear, other._clear)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return "Token(…)"


class PaperSeat(Token):
    """The seat of a paper ballot, which only `Store.enter` and `Store.ballot` are given; a cookie never becomes one."""

    @property
    def digest(self) -> str:
        return hashlib.sha256(b"paper seat\0" + self.clear.encode()).hexdigest()
