"""Editions: which are at hand, and how one's own copy of a form becomes one."""

from __future__ import annotations

from dxassess.ui import catalogues_parts as parts
from dxassess.ui.catalogue_form_parts import bring_in
from dxassess.ui.components import empty_house, heading
from dxassess.ui.context import current
from dxassess.usecases.catalogues import shelf_of

here = current()
words = here.words
heading(words("catalogues.title"), words("catalogues.lead"))
if here.store is None:
    empty_house(here, "catalogues")
else:
    shelf = shelf_of(here.app)
    parts.at_hand(words, shelf)
    parts.left_out(words, shelf)
    bring_in(here, shelf)
