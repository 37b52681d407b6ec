"""Rows as bytes: tables that spreadsheets open without harm, and lines of JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from testimonia.publish.words import safe

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as the local code page
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def cell(value: object) -> str:
    """Return a value as the text of a cell; before text that a spreadsheet would run as a formula goes an apostrophe.

    Method: OWASP, CSV injection. Numbers are written as they are: a minus before a latitude is no formula.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    text = safe(value)
    runs = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(FORMULA)
    return f"'{text}" if runs else text


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV (RFC 4180; UTF-8 with a byte order mark); columns that a row lacks stay empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8")


def line(row: Mapping[str, Any]) -> bytes:
    """Return a row as one line of JSON, keys in the order of the row.

    Half a surrogate pair, which UTF-8 cannot hold, is written as its JSON escape.
    """
    text = json.dumps(row, ensure_ascii=False, separators=(", ", ": "))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as JSON Lines."""
    return b"".join(line(row) for row in rows)
