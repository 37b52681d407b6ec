"""Documents that speak of no conflict are marked. Which do, the next run says: it codes all texts again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and leave every document due."""
    op.add_column("documents", sa.Column("uncoded", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE documents SET coded = NULL")
