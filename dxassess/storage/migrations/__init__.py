"""Alembic's folder: one file per version in `versions/`, applied by `storage.migrate`."""
