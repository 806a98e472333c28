"""Run by Alembic for each command; the connection comes from `upgrade`, there is no alembic.ini."""

from alembic import context

from supportdesk.desk.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can; the transaction is the caller's
)
context.run_migrations()
