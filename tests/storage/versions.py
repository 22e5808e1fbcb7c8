"""The versions of the schema there are, and one more: what it takes to try the way from one to the next."""

from __future__ import annotations

import shutil
from pathlib import Path

from dxassess.storage import migrate

OURS = migrate.FOLDER
NOW = migrate.HEAD
NEXT = f"{int(NOW) + 1:04d}"

_HEAD_OF_A_MIGRATION = """
from alembic import op

revision = "{next}"
down_revision = "{now}"
branch_labels = None
depends_on = None


def upgrade():
{statements}
"""


def with_one_more(folder: Path, *statements: str) -> Path:
    """A folder of migrations in `folder` with the version `NEXT` after our own; `statements` are lines of Python."""
    made = folder / "migrations"
    shutil.copytree(OURS, made, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    lines = "\n".join(f"    {statement}" for statement in statements)
    text = _HEAD_OF_A_MIGRATION.format(next=NEXT, now=NOW, statements=lines)
    (made / "versions" / f"v{NEXT}_next.py").write_text(text, encoding="utf-8")
    return made
