"""PDF: the text layer that the file holds; pictures of text stay pictures."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Mapping

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from testimonia.collect.item import Item, Known
from testimonia.collect.whole import whole
from testimonia.errors import UnreadableError

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it has to say is said by the failure, with the file's name

# pypdf lets through whatever a broken file makes its parser stumble over
BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError)
BROKEN_STREAMS = (zlib.error, struct.error, NotImplementedError, AssertionError)


def read_pdf(file: str, data: bytes) -> Iterator[Item]:
    """Yield the one document of a PDF: its pages' text, a form feed between pages.

    Raises UnreadableError where the file is encrypted, broken, or holds no text layer.
    """
    try:
        text, known, notes = _read(file, data)
    except (*BROKEN, *BROKEN_STREAMS) as error:
        raise UnreadableError(
            f"{file}: this PDF is broken ({type(error).__name__}: {str(error)[:120]}). "
            "Open it in a viewer and save it again, or fetch it again from its source."
        ) from error
    yield Item(file, "", data, text, "pdf", known, notes)


def _read(file: str, data: bytes) -> tuple[str, Known, tuple[str, ...]]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(f"{file}: this PDF is locked with a password. Save it without one, and run again.")
    pages = [page.extract_text() or "" for page in reader.pages]
    text, notes = whole("\n\f".join(pages))
    if not any(char.isalnum() for char in text):
        raise UnreadableError(
            f"{file}: this PDF has no text layer; its {len(pages)} pages are pictures. Reading text off "
            "pictures (OCR) is done elsewhere, for example with ocrmypdf; put its output here."
        )
    return text, _known(reader), (*notes, *_empty(pages))


def _empty(pages: list[str]) -> tuple[str, ...]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    return (
        (f"Pages without text: {', '.join(empty)}. They may be pictures of text: add it as a text file.",)
        if empty
        else ()
    )


def _known(reader: PdfReader) -> Known:
    """Take title and author. When the file was made is kept aside: it need not be when the text was published."""
    meta: Mapping[str, object] = reader.metadata or {}
    given = {name: str(meta.get(key) or "").strip("\0 ") for name, key in _KEYS.items()}
    extra = tuple((name, given[name]) for name in ("created", "producer") if given[name])
    return Known(title=given["title"] or None, author=given["author"] or None, extra=extra)


_KEYS = {"title": "/Title", "author": "/Author", "created": "/CreationDate", "producer": "/Producer"}
