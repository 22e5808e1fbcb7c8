"""Decision record: one indicator over all rounds."""

from __future__ import annotations

from dxassess.ui.components import empty, heading
from dxassess.ui.context import current

here = current()
heading(here.words("record.title"), here.words("record.lead"))
if here.store is None:
    empty(here, "home", "home")
