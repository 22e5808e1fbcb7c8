"""Where everything is kept: every query of the program, on SQLite and PostgreSQL alike."""

from dxassess.storage.database import Database, open_database
from dxassess.storage.plans import tidy as tidy_action
from dxassess.storage.store import Store
from dxassess.storage.tokens import Token

__all__ = ["Database", "Store", "Token", "open_database", "tidy_action"]
