"""Claims say how sure they are. Those that stand were made without it: the next run codes all texts again."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Leave every document due: the confidence lies in the record of the claim, and no question is asked by it."""
    op.execute("UPDATE documents SET coded = NULL")
