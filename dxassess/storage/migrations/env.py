"""Run by Alembic: migrates over the connection it is handed, inside the transaction that is already open."""

from alembic import context

from dxassess.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
