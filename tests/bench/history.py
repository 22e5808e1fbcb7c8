"""Companies with long histories of many raters: what pages over many rounds are timed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dxassess.assessment.model import AGREED, Answer, FiscalQuarter, Round, State
from dxassess.catalogue.model import Edition
from dxassess.storage import Store, open_database

FIRST_YEAR = 2005


@dataclass(frozen=True, slots=True)
class History:
    """A company's id, how many closed rounds it has, and the newest of them."""

    organisation: str
    rounds: int
    newest: str


def write_histories(path: Path, edition: Edition, rounds: Sequence[int], raters: int) -> list[History]:
    """A company with each of these numbers of closed quarterly rounds, in each of them the votes of so many people."""
    database = open_database(str(path))
    found = []
    for number in rounds:
        made = database.create_organisation(f"{number} 回の会社", "manufacturing", "up_to_300", 4)
        store = database.store(made.id)
        last: Round | None = None
        for place in range(number):
            last = _hold(store, edition, place, last, raters)
        assert last is not None
        found.append(History(made.id, number, last.id))
    database.close()
    return found


def _hold(store: Store, edition: Edition, place: int, last: Round | None, raters: int) -> Round:
    year, quarter = FIRST_YEAR + place // 4, place % 4
    held = store.start_round(
        f"第{place + 1}回 自己診断",
        edition,
        date(year, quarter * 3 + 1, 15),
        FiscalQuarter(year, quarter + 1),
        last.id if last else None,
        "山田",
    )
    roles = [role.id for role in edition.head.roles]
    people = [store.add_respondent(held.id, roles[one % len(roles)], f"人{one}").id for one in range(raters)]
    entries = []
    for number, item in enumerate(edition.scored):
        level = min((number * 7 + place) % 3 + place // 30, 4)
        said = Answer(item.id, State.ANSWERED, level, target=level + 1)
        entries.append((store.agreed(held.id).id, AGREED, said, f"{place}.{number}"))
        for one, person in enumerate(people):
            vote = Answer(item.id, State.ANSWERED, max(0, min(5, level + (one * 5 + number) % 3 - 1)))
            entries.append((person, "first", vote, f"{place}.{number}.{one}"))
    store.append_many(held.id, entries)
    return store.close_round(held.id, held.version, "山田")
