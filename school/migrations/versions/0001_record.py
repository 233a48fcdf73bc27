"""Every table of the record with its row-level security."""

from pathlib import Path

from alembic import op
from sqlalchemy import MetaData

revision = "0001"
down_revision = None

STATEMENTS = Path(__file__).with_suffix(".sql")


def upgrade() -> None:
    # Without parameters, so that a percent sign in a check is only that.
    connection = op.get_bind().execution_options(no_parameters=True)
    for statement in STATEMENTS.read_text().split(";\n-- --\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)


def downgrade() -> None:
    tables = MetaData()
    tables.reflect(op.get_bind())
    tables.remove(tables.tables["alembic_version"])
    tables.drop_all(op.get_bind())
