"""Web pages: the main text by trafilatura, the publication date by htmldate; neither is given an address to call."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import htmldate
import trafilatura
from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from lxml.html import HTMLParser as PageParser

from testimonia.collect.decode import Decoded, decode
from testimonia.collect.item import Item, Known
from testimonia.collect.outline import outline
from testimonia.collect.when import when
from testimonia.errors import UnreadableError
from testimonia.records import When

for _library in ("trafilatura", "htmldate"):  # what they have to say is said by the failure, with the file's name
    logging.getLogger(_library).setLevel(logging.CRITICAL)

DEPTH = 200  # below the 256 that libxml2 reads; beyond it the parser loses text and recursion may end the process
DECLARED = re.compile(rb"charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
DECLARABLE = ("windows-1251", "cp1251", "koi8-u", "koi8-r", "windows-1252", "iso-8859-1", "iso-8859-5")
TAGS, CHARACTERS = 60_000, 5_000_000  # in larger pages telling the main text from menus takes minutes
NOTES = {
    "deep": "The page is nested too deep to tell its main text from menus: all its text is kept. Save the text alone.",
    "large": "The page is too large to tell its main text from menus: all its text is kept. Save the text alone.",
    "short": "No main text was recognised in the page: all its text is kept, menus included. Save the text alone.",
}
FAULTS = (etree.LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError)


def read_html(file: str, data: bytes) -> Iterator[Item]:
    """Yield the one document of a web page; headings are written as Markdown headings, a blank line between blocks.

    Raises UnreadableError where the page holds no text.
    """
    decoded = _decoded(file, data)
    seen = outline(decoded.text)
    large = seen.tags > TAGS or len(decoded.text) > CHARACTERS
    fit = "deep" if seen.depth >= DEPTH else "large" if large else ""
    text, known, notes = ("", Known(), (fit,)) if fit else _main(decoded.text)
    if not text.strip():
        text, known = seen.text, replace(known, title=known.title or seen.title or None)
    if not any(char.isalnum() for char in text):
        raise UnreadableError(
            f"{file}: this page holds no text. If scripts fill it, save it from a browser after it has loaded."
        )
    yield Item(file, "", data, text, "html", known, (*decoded.notes, *(NOTES[note] for note in notes)))


def _decoded(file: str, data: bytes) -> Decoded:
    """Decode a page: UTF-8 where it is that, else what the page declares, else what it looks like."""
    declared = DECLARED.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if name in DECLARABLE:
            return Decoded(data.decode(name, "replace"), (f"The page says that it is in {name}, and was read so.",))
    return decode(file, data)


def _main(page: str) -> tuple[str, Known, tuple[str, ...]]:
    """Return the main text, what the page's head says, and which of `NOTES` apply."""
    try:
        tree = document_fromstring(page.encode(), parser=PageParser(encoding="utf-8", huge_tree=True))
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True)
        day = _day(tree)
    except FAULTS:
        return "", Known(), ("short",)
    if found is None or isinstance(found, dict):
        return "", Known(date=day), ("short",)
    text = _blocks(found.body)
    return text, _known(found, day), () if text.strip() else ("short",)


def _known(found: Any, day: When | None) -> Known:
    extra = tuple((key, value) for key in ("description", "hostname") if (value := getattr(found, key, None)))
    lang = (found.language or "").lower()[:2] or None
    return Known(found.sitename, found.title, found.author, found.url, day, lang, found.license, extra=extra)


def _day(tree: HtmlElement) -> When | None:
    """Return the day of publication; the latest day allowed is fixed, so that the answer never depends on today."""
    found = htmldate.find_date(tree, original_date=True, max_date="2100-12-31")
    return when(found) if found else None


def _blocks(body: Any) -> str:
    """Write what trafilatura found as text: headings with #, quotes with >, list items with a dash."""
    return "\n\n".join(block for element in body for block in _block(element))


def _block(element: Any) -> Iterator[str]:
    if element.tag in ("list", "table", "row", "quote", "div") and len(element):
        yield from _nested(element)
        return
    text = " ".join("".join(element.itertext()).split()) if isinstance(element.tag, str) else ""
    if text:
        yield _mark(element) + text
    if element.tail and element.tail.strip():
        yield " ".join(element.tail.split())


def _nested(element: Any) -> Iterator[str]:
    mark = "> " if element.tag == "quote" else ""
    if element.text and element.text.strip():
        yield mark + " ".join(element.text.split())
    yield from (mark + block for child in element for block in _block(child))
    if element.tail and element.tail.strip():
        yield " ".join(element.tail.split())


def _mark(element: Any) -> str:
    if element.tag == "head":
        level = str(element.get("rend", "h2")).lstrip("h")
        return "#" * (int(level) if level.isdigit() and 0 < int(level) < 7 else 2) + " "
    return {"item": "- ", "quote": "> "}.get(element.tag, "")
