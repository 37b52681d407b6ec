"""The tables of a project's database: each keeps a record whole in `body`, beside the columns that are asked by."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()


def _table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(name, metadata, *columns)


def _text(name: str, *, key: bool = False, index: bool = False, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, primary_key=key, index=index, nullable=null)


files = _table("files", _text("file", key=True), _text("original"), _text("key"), _text("state", index=True))
sightings = _table(
    "sightings",
    _text("file", key=True),
    _text("document", key=True),
    _text("part"),
    _text("state"),
    _text("text_sha256"),
    _text("body"),
)
texts = _table("texts", _text("sha256", key=True), _text("text"))
documents = _table(
    "documents",
    _text("id", key=True),
    _text("state", index=True),
    _text("file", index=True),
    _text("text_sha256"),
    _text("body"),
    _text("coded", null=True),
    sa.Column("uncoded", sa.Boolean, nullable=False),  # it speaks of no conflict
)
quotes = _table(
    "quotes",
    sa.Column("number", sa.Integer, primary_key=True),  # its row in the full-text index
    _text("id", index=True),
    _text("document", index=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    _text("kind"),
    _text("lang"),
    sa.Column("paragraph", sa.Integer, nullable=False),
)
claims = _table(
    "claims",
    _text("id", key=True),
    _text("document", index=True),
    sa.Column("start", sa.Integer, nullable=False),
    _text("type", index=True),
    _text("modality"),
    _text("body"),
    _text("means", index=True, null=True),
)
links = _table("links", _text("id", key=True), _text("a", index=True), _text("b", index=True), _text("body"))
events = _table("events", _text("id", key=True), _text("handle", index=True), _text("type", index=True), _text("body"))
event_claims = _table("event_claims", _text("claim", key=True), _text("event", index=True))
weights = _table(
    "weights",
    _text("id", key=True),
    _text("event", index=True),
    sa.Column("contested", sa.Boolean, nullable=False),
    _text("body"),
)
estimates = _table("estimates", _text("id", key=True), _text("body"))
failures = _table(
    "failures",
    _text("id", key=True),
    _text("file", index=True),
    _text("stage"),
    _text("document", null=True),  # the one that could not be coded
    _text("body"),
)
runs = _table("runs", _text("id", key=True), _text("body"))
done = _table("done", _text("stage", key=True), _text("key"))
log = _table(
    "log",
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    _text("at"),
    _text("act"),
    _text("body"),
)

# the full-text index, `quotes_fts`, is made by the migrations alone: its row numbers are those of `quotes`, and its
# tokenizer cuts English words down (Porter 1980); `stems` holds those of the other languages, which packs cut
