"""What a reader gives: one document's bytes and text, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from testimonia.records import When


@dataclass(frozen=True, slots=True)
class Known:
    """What a file or a sidecar row says about a document; None where it says nothing.

    `extra` holds what has no field of its own, as name and text, in the order it was met.
    """

    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    date: When | None = None
    lang: str | None = None
    licence: str | None = None
    alignment: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a file. `part` is its address inside the file, "" where the file is the document.

    `data` are the document's own bytes (of a chat export: one message), `text` is the text layer that every offset
    counts in, `notes` say what a reader of the document should know about how its text was made.
    """

    file: str
    part: str
    data: bytes
    text: str
    format: str
    known: Known = field(default_factory=Known)
    notes: tuple[str, ...] = ()
