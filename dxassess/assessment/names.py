"""What can be seen of a name: two that look alike are one, and one of nothing but unseen signs is none."""

from __future__ import annotations

import unicodedata


def seen(text: str) -> str:
    """The text without signs that nobody sees (zero width, direction), and without blanks around it."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf").strip()


def folded(text: str) -> str:
    """A name or a unit as it is compared: without regard to width, case, blanks and signs that nobody sees."""
    return "".join(seen(unicodedata.normalize("NFKC", text)).casefold().split())
