"""Links and seats that do not fit: who tries one after the other is slowed down; a right one opens all the same."""

from __future__ import annotations

import asyncio

from dxassess.ui.attempts import Attempts

EACH, ALL = 20, 200
HOLD_SECONDS, HELD = 0.25, 100


class Guesses:
    """Belongs to the event loop."""

    def __init__(self) -> None:
        self._wrong = Attempts(EACH, ALL)
        self._held = 0

    async def too_many(self, place: str) -> bool:
        """Count one from an address. Who guesses on waits a little before they hear of it, as long as there are few who wait."""
        if not self._wrong.too_many(place):
            return False
        if self._held < HELD:
            self._held += 1
            try:
                await asyncio.sleep(HOLD_SECONDS)
            finally:
                self._held -= 1
        return True
