"""Marks keep what their points are made of, by item of the rubric."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("marks", sa.Column("items", sa.JSON(none_as_null=True), nullable=True))
