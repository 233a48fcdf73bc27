"""Curriculum items remember the words their document has, beside what people corrected them to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("curriculum_items", sa.Column("read_as", sa.String(), nullable=True))
    op.execute("UPDATE curriculum_items SET read_as = text WHERE document_id IS NOT NULL AND NOT edited")


def downgrade() -> None:
    op.drop_column("curriculum_items", "read_as")
