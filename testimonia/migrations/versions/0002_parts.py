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
USING fts5(text, stems, tokenize = "porter unicode61 remove_diacritics 0")"""


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
    "failures": [
        _text("id", key=True), _text("file"), _text("stage"), sa.Column("document", sa.Text), _text("body"),
    ],
}  # fmt: skip
INDEXES = [("failures", "file"), ("quotes", "id"), ("quotes", "document"), ("claims", "document"), ("claims", "type"), ("weights", "event")]
DERIVED = ("links", "events", "event_claims", "estimates", "done")


def _part_texts() -> None:
    """Give the texts a table of their own: files of several formats may read the same bytes differently."""
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id, text FROM documents")).all():
        digest = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
        values = {"digest": digest, "text": row.text, "id": row.id}
        connection.execute(sa.text("INSERT OR IGNORE INTO texts VALUES (:digest, :text)"), values)
        connection.execute(sa.text("UPDATE documents SET text_sha256 = :digest, coded = NULL WHERE id = :id"), values)
        connection.execute(sa.text("UPDATE sightings SET text_sha256 = :digest WHERE document = :id"), values)


def upgrade() -> None:
    """Add the columns to what was collected, and make the other tables anew."""
    op.create_table("texts", _text("sha256", key=True), _text("text"))
    op.add_column("sightings", sa.Column("state", sa.Text, nullable=False, server_default="present"))
    for table in ("documents", "sightings"):
        op.add_column(table, sa.Column("text_sha256", sa.Text, nullable=False, server_default=""))
    _part_texts()
    with op.batch_alter_table("documents") as documents:
        documents.drop_column("text")
    op.execute("DROP TABLE quotes_fts")
    for table in DERIVED:
        op.execute(f"DELETE FROM {table}")
    for table, columns in TABLES.items():
        op.drop_table(table)
        op.create_table(table, *columns)
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(FULL_TEXT)
