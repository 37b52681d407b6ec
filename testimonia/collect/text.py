"""Plain text: the bytes decoded, nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from testimonia.collect.decode import decode
from testimonia.collect.front_matter import front_matter
from testimonia.collect.item import Item

FORMAT = "text"


def read_text(file: str, data: bytes, form: str = FORMAT) -> Iterator[Item]:
    """Yield the one document of a text file. For UTF-8, `item.text == data.decode("utf-8")`.

    Raises UnreadableError where the bytes are no text or hold nothing but white space.
    """
    decoded = decode(file, data)
    known, notes = front_matter(decoded.text)
    yield Item(file, "", data, decoded.text, form, known, (*decoded.notes, *notes))
