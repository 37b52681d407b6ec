"""Bytes to text, in one place; every offset of every later stage counts in what comes out here.

The text is never rewritten: newlines stay as they are, and a byte order mark stays as a character.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from testimonia.errors import UnreadableError

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OLD = ("cp1251", "koi8_u", "cp1252")  # one byte a character: what Ukrainian, Russian and English files came in
NAMES = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "koi8_u": "KOI8-U"}
SAMPLE = 200_000  # bytes looked at to recognise an encoding; more does not change the answer
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f]")
BINARY = 0.02  # share of control characters from which on a file is no text; prose has none
DAMAGED = 0.02  # share of broken among the characters beyond ASCII up to which a file is damaged UTF-8
LIKELY = 0.93  # share of likely characters from which on an encoding is believed; prose has 0.97 and more
USUAL = frozenset("оеаинтсрвліОЕАИНТСРВЛІetaoinshrdETAOINSHRD")  # half of all letters of any prose
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and, where it was not plain UTF-8, a note that says how it was read."""

    text: str
    notes: tuple[str, ...] = ()


def decode(file: str, data: bytes) -> Decoded:
    """Return the text of a file: UTF-8, UTF-16 or 32 with or without mark, Windows-1251, Windows-1252 or KOI8-U.

    Raises UnreadableError, naming the place of the first byte that cannot be, where the bytes are no text.
    """
    if not data:
        raise UnreadableError(f"{file}: the file is empty. Fetch it again from its source, or remove it.")
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(file, data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(file, data, error)
    if "\0" in text[:SAMPLE] and (wide := _unmarked(data)):
        return wide
    return Decoded(_plausible(file, text))


def _marked(file: str, data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), (f"The file is in {encoding.upper()}, by its byte order mark.",))
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") > max(1, len(text) * DAMAGED):
            raise _no_text(file, data, error.start) from error
        note = (
            f"The file is in {encoding.upper()} and damaged from byte {error.start} on; what is broken shows as "
            "\ufffd. Fetch it again from its source."
        )
        return Decoded(text, (note,))


def _unmarked(data: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: in Western and Cyrillic prose every other byte is then one of very few."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        if "\ufffd" not in text and not CONTROL.search(text[:SAMPLE]) and _likely(text[:SAMPLE]) > LIKELY:
            return Decoded(text, (f"The file is in {encoding.upper()} without a byte order mark.",))
    return None


def _plausible(file: str, text: str) -> str:
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableError(f"{file}: the file holds nothing but white space. Fetch it again, or remove it.")
    found = CONTROL.search(text)
    if found and len(CONTROL.findall(text)) > len(text) * BINARY:
        raise _no_text(file, text.encode(), len(text[: found.start()].encode()))
    return text


def _not_utf8(file: str, data: bytes, error: UnicodeDecodeError) -> Decoded:
    truncated = error.reason == "unexpected end of data" and error.end == len(data)
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    if truncated or broken <= _beyond_ascii(text) * DAMAGED:
        how = "is cut off inside a character at its end" if truncated else f"has {broken} broken characters"
        note = f"The file {how} (UTF-8, from byte {error.start} on): what is broken shows as \ufffd. Fetch it again."
        return Decoded(_plausible(file, text), (note,))
    wide = _unmarked(data) if b"\0" in data[:SAMPLE] else None
    return wide or _old(file, data, error.start)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _old(file: str, data: bytes, place: int) -> Decoded:
    """Read an older encoding: charset-normalizer proposes, and the share of likely characters decides."""
    best = max(_proposals(data[:SAMPLE]), key=lambda pair: pair[0], default=(0.0, ""))
    if best[0] < LIKELY:
        raise _no_text(file, data, place)
    text = data.decode(best[1], "replace")
    note = f"The file is not UTF-8; it was read as {NAMES.get(best[1], best[1])}. Compare a line with the original."
    return Decoded(_plausible(file, text), (note,))


def _proposals(sample: bytes) -> Iterator[tuple[float, str]]:
    """Yield how likely each encoding is; usual letters and what charset-normalizer puts first weigh a little more."""
    guess = from_bytes(sample, cp_isolation=list(OLD)).best()
    for encoding in OLD:
        text = sample.decode(encoding, "replace")
        usual = sum(char in USUAL for char in text) / len(text)
        likely = _likely(text)
        more = 0.05 * usual + (0.005 if guess and guess.encoding == encoding else 0)
        yield likely + more if likely >= LIKELY else likely, encoding


def _likely(text: str) -> float:
    """Return the share of characters that stand in words of one script and one case pattern, or between words."""
    if not text:
        return 0.0
    odd = sum(len(word) for word in WORD.findall(text) if not _is_word(word))
    marks = sum(
        1
        for char in text
        if not (char.isalnum() or char.isspace() or char in "_.,;:!?…-–—()[]{}\"'«»“”„’‘ʼ/№%*+=#@&<>|•")
    )
    return 1 - (odd + marks) / len(text)


def _is_word(word: str) -> bool:
    """Say whether letters look like a word: Cyrillic or English (with few accents), not small before capital."""
    cyrillic = all("Ѐ" <= char <= "ӿ" for char in word)
    if not cyrillic and sum(char > "ӿ" or char > "z" for char in word) > len(word) / 3:
        return False
    if not cyrillic and any("Ѐ" <= char <= "ӿ" for char in word):
        return False
    return word.islower() or word.isupper() or word[1:].islower()


def _no_text(file: str, data: bytes, place: int) -> UnreadableError:
    byte = data[place] if place < len(data) else 0
    return UnreadableError(
        f"{file}: this is no text in any encoding known here; byte 0x{byte:02x} at place {place} cannot be. "
        "If it is text, save it as UTF-8; if not, remove it or give it its right extension."
    )
