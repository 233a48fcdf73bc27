"""Every table of the record with its row-level security."""

from alembic import op
from sqlalchemy import text

from runtime.security import policies
from school.record import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in policies(metadata):
        connection.execute(text(statement))


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
