"""Where everything is kept: every query of the program, on SQLite and PostgreSQL alike."""

from dxassess.storage.database import Database, open_database
from dxassess.storage.store import Store

__all__ = ["Database", "Store", "open_database"]
