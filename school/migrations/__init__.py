"""Alembic revisions of the record; run by `runtime.migrate`."""
