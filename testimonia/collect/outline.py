"""One pass through a web page, without recursion and in time that grows with its length: depth, title, all its text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object"})
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
OPEN_ENDED = ("p", "li", "td", "th", "tr", "dt", "dd", "option")  # their end tags may be left out
FLAT = frozenset((*VOID, *OPEN_ENDED))
BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|d[dlt]|div|fig.+|footer|form|h[1-6r]|header|li|main|nav|[ou]l|p|pre"
    "|section|t[dhr]|table|title"
)
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]{0,30})")


@dataclass(frozen=True, slots=True)
class Outline:
    """`depth`: how deep tags nest at most; `tags`: how many open; `text`: all that a reader sees, block by block."""

    depth: int
    tags: int
    title: str
    text: str


def outline(page: str) -> Outline:
    """Go through a page once."""
    depth = deepest = tags = 0
    title: list[str] = []
    lines: list[list[str]] = [[]]
    goes_to = lines[0]
    for tag, closes, words in _tokens(page):
        goes_to.append(words)
        if not tag:
            continue
        if tag not in FLAT:
            depth = max(0, depth - 1) if closes else depth + 1
            deepest = max(deepest, depth)
        tags += not closes
        if BLOCK.fullmatch(tag):
            lines.append([])
        goes_to = title if tag == "title" and not closes and not title else lines[-1]
    return Outline(deepest, tags, _joined(title), "\n\n".join(filter(None, map(_joined, lines))))


def _joined(words: list[str]) -> str:
    return " ".join(html.unescape("".join(words)).split())


def _tokens(page: str) -> Iterator[tuple[str, bool, str]]:
    """Yield the text before each tag, the tag's name, and whether it is an end tag; at last the text after all tags."""
    at = 0
    while True:
        opens = _next_tag(page, at)
        if opens < 0:
            yield "", False, page[at:]
            return
        words, name = page[at:opens], NAME.match(page, opens)
        tag = name[1].lower() if name else ""
        closes = page.startswith("</", opens)
        at = _skipped(page, opens, "" if closes else tag)
        yield tag, closes, words
        if at < 0:
            return


def _next_tag(page: str, at: int) -> int:
    """Return where the next tag or comment opens; a "<" before anything else is text."""
    opens = page.find("<", at)
    while opens >= 0 and not (page[opens + 1 : opens + 2].isalpha() or page[opens + 1 : opens + 2] in ("/", "!", "?")):
        opens = page.find("<", opens + 1)
    return opens


def _skipped(page: str, opens: int, tag: str) -> int:
    """Return where a tag, a comment, or an element that no reader sees is over; -1 where it never is."""
    if page.startswith("<!--", opens):
        end = page.find("-->", opens)
        return end + 3 if end >= 0 else -1
    end = page.find(">", opens)
    if end < 0 or tag not in SILENT:
        return end + 1 if end >= 0 else -1
    closed = re.compile(f"</{tag}", re.IGNORECASE).search(page, end)
    return closed.start() if closed else -1
