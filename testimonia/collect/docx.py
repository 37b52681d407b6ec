"""DOCX: paragraphs, headings (written as Markdown headings) and table rows, in the order of the document."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from docx.table import Table
from lxml.etree import LxmlError

from testimonia.collect.item import Item, Known
from testimonia.errors import UnreadableError

BROKEN = (OpcError, InvalidXmlError, LxmlError, zipfile.BadZipFile, zlib.error, EOFError, OSError)
# python-docx lets these through where parts or attributes that it takes for granted are missing
MISSING = (ValueError, LookupError, TypeError, AttributeError, RecursionError, NotImplementedError)


def read_docx(file: str, data: bytes, limit: int) -> Iterator[Item]:
    """Yield the one document of a DOCX, a blank line between paragraphs. `limit`: bytes it may unpack to.

    Raises UnreadableError where the file is broken, locked, empty, or unpacks to more than `limit`.
    """
    try:
        text, known = _read(file, data, limit)
    except (*BROKEN, *MISSING) as error:
        raise UnreadableError(
            f"{file}: this DOCX is broken ({type(error).__name__}: {str(error)[:120]}). "
            "Open it in a word processor and save it again, or save it as text."
        ) from error
    if not text.strip():
        raise UnreadableError(f"{file}: this DOCX holds no text. If its text is in pictures, add it as a text file.")
    yield Item(file, "", data, text, "docx", known)


def _read(file: str, data: bytes, limit: int) -> tuple[str, Known]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = sum(entry.file_size for entry in packed.infolist())
    if size > limit:
        raise UnreadableError(
            f"{file}: this DOCX unpacks to {size:,} bytes, more than the {limit:,} allowed. Save it as text."
        )
    document = docx.Document(io.BytesIO(data))
    text = "\n\n".join(filter(None, (_block(block) for block in document.iter_inner_content())))
    return text, _known(document.core_properties)


def _block(block: Any) -> str:
    if isinstance(block, Table):
        return "\n".join(_row(row) for row in block.rows)
    text = str(block.text).strip()
    style = str(block.style.name if block.style is not None else "")
    if not text or not style.startswith(("Heading", "Title")):
        return text
    level = style.rpartition(" ")[2]
    return f"{'#' * (int(level) if level.isdigit() and 0 < int(level) < 7 else 1)} {text}"


def _row(row: Any) -> str:
    """Join a row's cells; a cell that spans several columns is met several times and taken once."""
    cells = [cell.text.strip() for at, cell in enumerate(row.cells) if at == 0 or cell._tc is not row.cells[at - 1]._tc]
    return " | ".join(cells)


def _known(core: Any) -> Known:
    """Take title and author. When the file was made is kept aside: it need not be when the text was published."""
    created = (("created", core.created.date().isoformat()),) if core.created else ()
    return Known(title=core.title or None, author=core.author or None, lang=core.language or None, extra=created)
