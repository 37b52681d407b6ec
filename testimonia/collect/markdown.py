"""Markdown: plain text whose front matter is looked at; the marks stay in the text."""

from __future__ import annotations

from collections.abc import Iterator

from testimonia.collect.item import Item
from testimonia.collect.text import read_text


def read_markdown(file: str, data: bytes) -> Iterator[Item]:
    """Yield the one document of a Markdown file.

    Raises UnreadableError where the bytes are no text.
    """
    yield from read_text(file, data, "markdown")
