"""Claims can be asked for by their means. Those that stand were made without it: the next run codes all texts again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and leave every document due."""
    op.add_column("claims", sa.Column("means", sa.Text, nullable=True))
    op.create_index("ix_claims_means", "claims", ["means"])
    op.execute("UPDATE documents SET coded = NULL")
