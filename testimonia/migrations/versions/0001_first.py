"""The first form: what was collected, what follows from it, and the log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FULL_TEXT = """CREATE VIRTUAL TABLE quotes_fts
USING fts5(text, stems, quote UNINDEXED, document UNINDEXED, tokenize = "unicode61 remove_diacritics 0")"""


def _text(name: str, *, key: bool = False, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


TABLES: dict[str, list[sa.Column[Any]]] = {
    "files": [_text("file", key=True), _text("original"), _text("key"), _text("state")],
    "sightings": [_text("file", key=True), _text("document", key=True), _text("part"), _text("body")],
    "documents": [
        _text("id", key=True), _text("state"), _text("file"), _text("text"), _text("body"), _text("coded", null=True),
    ],
    "quotes": [
        _text("id", key=True), _text("document"), sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False), _text("kind"), _text("lang"),
        sa.Column("paragraph", sa.Integer, nullable=False),
    ],
    "claims": [
        _text("id", key=True), _text("document"), sa.Column("start", sa.Integer, nullable=False), _text("type"), _text("body"),
    ],
    "links": [_text("id", key=True), _text("a"), _text("b"), _text("body")],
    "events": [_text("id", key=True), _text("handle"), _text("type"), _text("body")],
    "event_claims": [_text("claim", key=True), _text("event")],
    "weights": [_text("id", key=True), _text("event"), _text("body")],
    "estimates": [_text("id", key=True), _text("body")],
    "failures": [_text("id", key=True), _text("file"), _text("stage"), _text("body")],
    "runs": [_text("id", key=True), _text("body")],
    "done": [_text("stage", key=True), _text("key")],
    "log": [
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True), _text("at"), _text("act"), _text("body"),
    ],
}
INDEXES = [
    ("files", "state"), ("documents", "state"), ("documents", "file"), ("quotes", "document"), ("claims", "document"),
    ("claims", "type"), ("links", "a"), ("links", "b"), ("events", "handle"), ("events", "type"), ("event_claims", "event"),
    ("weights", "event"), ("failures", "file"),
]


def upgrade() -> None:
    """Make the tables."""
    for name, columns in TABLES.items():
        op.create_table(name, *columns)
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(FULL_TEXT)
