"""Kept figures: totals beside their sheets, and the risks of each class with a mark of what they rest on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from runtime.security import protect, read_by, restrict

revision = "0003"
down_revision = "0002"
STAFF = "COALESCE(NULLIF(current_setting('app.role', true), ''), 'guardian') NOT IN ('guardian', 'student')"


def upgrade() -> None:
    op.create_table(
        "sheet_totals",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("weights", sa.String(), nullable=False),
        sa.Column("student_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("totals", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_school(),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheets.id"], name="fk_sheet_totals_sheet_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_sheet_totals_school_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sheet_totals"),
        sa.UniqueConstraint("sheet_id", name="uq_sheet_totals_sheet_id"),
    )
    op.create_index("ix_sheet_totals_school_id", "sheet_totals", ["school_id"])
    op.create_table(
        "risk_standings",
        sa.Column("class_arm_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("risks", sa.String(), nullable=False),
        sa.Column("features", sa.String(), nullable=False),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_school(),
        sa.ForeignKeyConstraint(
            ["class_arm_id"], ["class_arms.id"], name="fk_risk_standings_class_arm_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_risk_standings_school_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_risk_standings"),
        sa.UniqueConstraint("class_arm_id", name="uq_risk_standings_class_arm_id"),
    )
    op.create_index("ix_risk_standings_school_id", "risk_standings", ["school_id"])
    statements = (
        *protect("sheet_totals"), *read_by("sheet_totals", STAFF), *protect("risk_standings"), *restrict("risk_standings"),
    )  # fmt: skip
    for statement in statements:
        op.execute(statement)


def _of_a_school() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    ]


def downgrade() -> None:
    op.drop_table("risk_standings")
    op.drop_table("sheet_totals")
