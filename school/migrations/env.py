"""What Alembic runs: the revisions over the connection that `runtime.migrate` opened."""

from alembic import context

from school.record import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
