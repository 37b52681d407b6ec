"""JSON Lines: one document a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from testimonia.collect.about import about
from testimonia.collect.decode import decode
from testimonia.collect.item import Item
from testimonia.collect.whole import whole
from testimonia.errors import NotUnderstoodError, UnreadableError
from testimonia.records import Failure

TEXTS = ("text", "body", "content", "message")
REMEDY = f"Write one JSON object a line, with the document's text under one of: {', '.join(TEXTS)}."


def read_jsonl(file: str, data: bytes) -> Iterator[Item | Failure]:
    """Yield a document for each line that holds one; a bad line gives a Failure of that line, and the rest goes on.

    The part is "line/N", counted from 1; the document's bytes are the line's, without its line end.

    Raises UnreadableError where the file is empty, or holds nothing but white space.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(file, data).text.encode()
    lines = [(number, line.strip(b"\r")) for number, line in enumerate(data.split(b"\n"), 1) if line.strip()]
    if not lines:
        raise UnreadableError(f"{file}: the file is empty. {REMEDY}")
    for number, line in lines:
        yield _read(file, f"line/{number}", line)


def _read(file: str, part: str, line: bytes) -> Item | Failure:
    try:
        given = json.loads(line.decode("utf-8").lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        return Failure(file, part, "collect", f"{file}, {part}: this line is not JSON ({_short(error)}).", REMEDY)
    try:
        return _item(file, part, line, given)
    except NotUnderstoodError as error:
        return Failure(file, part, "collect", str(error), REMEDY)


def _short(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0][:120]


def _item(file: str, part: str, line: bytes, given: object) -> Item:
    if not isinstance(given, dict):
        raise NotUnderstoodError(f"{file}, {part}: this line is JSON, but no object.")
    key = next((key for key in TEXTS if isinstance(given.get(key), str) and given[key].strip()), None)
    if key is None:
        raise NotUnderstoodError(f"{file}, {part}: no text under any of {', '.join(TEXTS)}.")
    text, notes = whole(given[key])
    known, more = about(given, leave_out=(key,))
    return Item(file, part, line, text, "jsonl", known, (*notes, *more))
