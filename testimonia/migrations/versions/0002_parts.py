"""Parts of a project can be asked for without reading all of it; what was once seen in a file is remembered.

All that follows from the documents is made again by the next run, so its tables are made anew.
"""

from __future__ import annotations

import hashlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FULL_TEXT = """CREATE VIRTUAL TABLE quotes_fts
USING fts5(text, stems, tokenize = "unicode61 remove_diacritics 0")"""


def _text(name: str, *, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


TABLES: dict[str, list[sa.Column[Any]]] = {
    "quotes": [
        sa.Column("number", sa.Integer, primary_key=True), _text("id"), _text("document"), _number("start"),
        _number("end"), _text("kind"), _text("lang"), _number("paragraph"),
    ],
    "claims": [
        _text("id", key=True), _text("document"), _number("start"), _text("type"), _text("modality"), _text("body"),
    ],
    "weights": [
        _text("id", key=True), _text("event"), sa.Column("contested", sa.Boolean, nullable=False), _text("body"),
    ],
}  # fmt: skip
INDEXES = [("quotes", "id"), ("quotes", "document"), ("claims", "document"), ("claims", "type"), ("weights", "event")]
DERIVED = ("links", "events", "event_claims", "estimates", "done")


def _hash_texts() -> None:
    connection = op.get_bind()
    for id_, text in connection.execute(sa.text("SELECT id, text FROM documents")).all():
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        hashed = sa.text("UPDATE documents SET text_sha256 = :digest, coded = NULL WHERE id = :id")
        connection.execute(hashed, {"digest": digest, "id": id_})


def upgrade() -> None:
    """Add the columns to what was collected, and make the other tables anew."""
    op.add_column("sightings", sa.Column("state", sa.Text, nullable=False, server_default="present"))
    op.add_column("documents", sa.Column("text_sha256", sa.Text, nullable=False, server_default=""))
    _hash_texts()
    op.execute("DROP TABLE quotes_fts")
    for table in DERIVED:
        op.execute(f"DELETE FROM {table}")
    for table, columns in TABLES.items():
        op.drop_table(table)
        op.create_table(table, *columns)
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(FULL_TEXT)
