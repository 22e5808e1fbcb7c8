"""One transaction of one organisation: every statement that runs through it carries the organisation's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    CursorResult,
    Executable,
    Row,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from dxassess.errors import DatabaseReplaced, OrganisationUnknown
from dxassess.storage import schema_effects, schema_planning, schema_rhythm, schema_voting
from dxassess.storage.schema import events, organisations

LARGEST_SEQUENCE = 2**63 - 1

TENANT: BindParameter[str] = bindparam("tenant")

_COUNTER = select(organisations.c.sequence).where(organisations.c.organisation == TENANT)
COUNTER = "SELECT sequence FROM organisations WHERE organisation = ?"
_LOCK = _COUNTER.with_for_update(key_share=True)
_COUNT = (
    update(organisations)
    .where(organisations.c.organisation == TENANT)
    .values(sequence=bindparam("count"), active=bindparam("moment"))
)


@dataclass(slots=True)
class Scope:
    """A transaction bound to one organisation. `now` is the UTC moment written with everything.

    `least` is the counter this program acknowledged last: a database that counts less is an older copy put in its place.
    """

    connection: Connection
    organisation: str
    now: datetime
    place: str
    least: int = 0
    _counter: int | None = None

    def execute(self, statement: Executable, **values: object) -> CursorResult[Any]:
        """Run a statement that names `TENANT`."""
        result = self.connection.execute(statement, {"tenant": self.organisation, **values})
        assert isinstance(result, CursorResult)
        return result

    def first(self, statement: Executable, **values: object) -> Row[Any] | None:
        """The only row of a statement, or None."""
        return self.execute(statement, **values).first()

    def insert(self, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
        """Insert rows as this organisation's."""
        mine = [{"organisation": self.organisation, **row} for row in rows]
        if mine:
            self.connection.execute(_inserts[table.name], mine if len(mine) > 1 else mine[0])

    def lock(self) -> int:
        """Queue behind the organisation's other writers; returns the counter. OrganisationUnknown, DatabaseReplaced."""
        if self._counter is None:
            row = self.first(_LOCK)
            if row is None:
                raise OrganisationUnknown(organisation=self.organisation)
            self.saw(int(row.sequence))
        return self.counter()

    def queue(self) -> None:
        """Queue behind the organisation's other writers; on SQLite the transaction holds the whole database already."""
        if self.connection.dialect.name != "sqlite":
            self.lock()

    def saw(self, counter: int) -> None:
        """A statement of this transaction, after `queue`, read the counter on its way. DatabaseReplaced."""
        if counter < self.least:
            raise DatabaseReplaced(place=self.place)
        self._counter = counter

    def counter(self) -> int:
        """The organisation's counter as this transaction sees it; −1 when there is no organisation."""
        if self._counter is None:
            row = self.first(_COUNTER)
            self._counter = -1 if row is None else int(row.sequence)
        return self._counter

    @property
    def reached(self) -> int:
        """The counter as this transaction leaves it; 0 when it never looked."""
        return self._counter or 0

    def take(self, count: int = 1) -> int:
        """Reserve `count` sequence numbers; returns the first. Marks the organisation as active now."""
        first = self.lock() + 1
        self._counter = first + count - 1
        self.execute(_COUNT, count=self._counter, moment=self.now)
        return first

    def log(self, what: str, subject: str, who: str, detail: Mapping[str, object]) -> None:
        """Append a line to the log."""
        self.insert(
            events,
            [
                {
                    "sequence": self.take(),
                    "what": what,
                    "subject": subject,
                    "who": who,
                    "recorded": self.now,
                    "detail": dict(detail),
                }
            ],
        )


_known = (
    schema_voting.workshops.metadata,
    schema_planning.actions.metadata,
    schema_effects.kpis.metadata,
    schema_rhythm.planned_rounds.metadata,
)
_inserts = {table.name: insert(table) for metadata in _known for table in metadata.sorted_tables}
