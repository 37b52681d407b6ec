"""Alembic's entry: it migrates the connection that `store.py` hands over, and no other."""

from __future__ import annotations

from alembic import context

from testimonia.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
