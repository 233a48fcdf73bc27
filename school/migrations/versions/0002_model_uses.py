"""Uses of hosted language models."""

import sqlalchemy as sa
from alembic import op

from runtime.security import protect

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "model_uses",
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("dollars", sa.Numeric(12, 6), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("purpose IN ('conversation', 'writing', 'remarks')", name="ck_model_uses_purpose"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_model_uses_user_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_model_uses_person_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_model_uses_school_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_model_uses"),
    )
    op.create_index("ix_model_uses_school_id", "model_uses", ["school_id"])
    op.create_index("ix_model_uses_school_created", "model_uses", ["school_id", "created_at"])
    for statement in protect("model_uses"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("model_uses")
