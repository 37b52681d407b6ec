"""Which reader a file goes to: by its first bytes where they say it, else by its name, else by its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from testimonia.collect.docx import read_docx
from testimonia.collect.html import read_html
from testimonia.collect.item import Item
from testimonia.collect.jsonl import read_jsonl
from testimonia.collect.markdown import read_markdown
from testimonia.collect.pdf import read_pdf
from testimonia.collect.telegram import read_json
from testimonia.collect.text import read_text
from testimonia.errors import NotUnderstoodError, UnreadableError
from testimonia.records import Failure
from testimonia.settings import MEGABYTE, CollectSettings

Read = Callable[[str, bytes], Iterator[Item | Failure]]

UNDERSTOOD = "text, Markdown, HTML, JSON Lines, PDF, DOCX and Telegram Desktop exports (result.json)"
UNPACKED = 20  # how many times `max_megabytes` a packed file may unpack to

READERS: Mapping[str, Read] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".pdf": read_pdf,
}
OTHER: Mapping[str, str] = {
    ".csv": "a table: its rows are no documents. Write one JSON object a line into a .jsonl file",
    ".tsv": "a table: its rows are no documents. Write one JSON object a line into a .jsonl file",
    ".xml": "XML of a form not known here. Save the texts as .txt or .html",
    ".doc": "an old Word file. Save it as .docx",
    ".odt": "an OpenDocument text. Save it as .docx",
    ".rtf": "Rich Text. Save it as .docx or .txt",
    ".epub": "an e-book. Save its chapters as .html",
    ".eml": "an e-mail. Save it as .txt",
    ".mht": "a packed web page. Save it as .html",
    ".warc": "a web archive. Take the pages out of it and save them as .html",
}
SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"OggS", "sound (Ogg)"),
    (b"ID3", "sound (MP3)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska)"),
    (b"PK\x03\x04", "a ZIP archive. Unpack it into the folder"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive. Unpack it into the folder"),
    (b"7z\xbc\xaf", "a 7z archive. Unpack it into the folder"),
    (b"Rar!", "a RAR archive. Unpack it into the folder"),
    (b"\xfd7zXZ", "an xz archive. Unpack it into the folder"),
    (b"BZh", "a bzip2 archive. Unpack it into the folder"),
    (b"\xd0\xcf\x11\xe0", "an old or locked Office file. Save it as .docx without a password"),
    (b"{\\rtf", "Rich Text. Save it as .docx or .txt"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def items(file: str, data: bytes, settings: CollectSettings) -> Iterator[Item | Failure]:
    """Yield the documents of a file; a part that cannot be read (a line, a message) gives a Failure of that part.

    `file` is the file's name inside the folder with "/" between the parts; `data` are its bytes.

    Raises UnreadableError where the whole file cannot be read, NotUnderstoodError where its form is not known. Both
    may come at the first step of the iteration.
    """
    if not data:
        raise UnreadableError(f"{file}: the file is empty. Fetch it again from its source, or remove it.")
    if len(data) > settings.max_megabytes * MEGABYTE:
        raise UnreadableError(
            f"{file}: {len(data) / MEGABYTE:.0f} MB are more than the {settings.max_megabytes} MB allowed. "
            "Split the file, or raise max_megabytes under [collect] in testimonia.toml."
        )
    if data.startswith(b"PK") and (b"word/" in data or file.lower().endswith(".docx")):
        return read_docx(file, data, settings.max_megabytes * MEGABYTE * UNPACKED)
    return _reader(file, data)(file, data)


def _reader(file: str, data: bytes) -> Read:
    if data.startswith(b"%PDF-"):
        return read_pdf
    _refuse(file, data)
    suffix = PurePosixPath(file.lower()).suffix
    if suffix in READERS:
        return READERS[suffix]
    if suffix in OTHER:
        raise NotUnderstoodError(f"{file}: this is {OTHER[suffix]}. Understood are {UNDERSTOOD}.")
    return _sniffed(file, data)


def _refuse(file: str, data: bytes) -> None:
    what = next((name for sign, name in SIGNS if data.startswith(sign)), None)
    if what is None and data[4:8] == b"ftyp":
        what = "a film or picture (MP4, HEIC)"
    if what is None and file.lower().endswith(".docx"):
        raise UnreadableError(f"{file}: this is no DOCX inside, whatever its name says. Save it again as DOCX or text.")
    if what is not None:
        raise NotUnderstoodError(f"{file}: this is {what}. Understood are {UNDERSTOOD}.")


def _sniffed(file: str, data: bytes) -> Read:
    """Choose by content where the name says nothing: a page, an export, else text."""
    if PAGE.match(data[:4096]):
        return read_html
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"messages"' in data[:100_000]:
        return read_json
    if b"\0" in data[:1024] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotUnderstoodError(f"{file}: this is no text. Understood are {UNDERSTOOD}.")
    return read_text
