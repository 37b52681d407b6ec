"""Records to plain JSON data and back, one shape for store, exports and seals."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

T = TypeVar("T")

_converter = make_converter()
_converter.register_unstructure_hook(date, lambda day: day.isoformat())
_converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
_converter.register_structure_hook(int | float | None, lambda number, _: number)


def to_data(record: object) -> dict[str, Any]:
    """Return a record as plain data: dictionaries, lists, texts, numbers, None."""
    data: dict[str, Any] = _converter.unstructure(record)
    return data


def from_data(kind: type[T], data: object) -> T:
    """Return the record of this kind that `to_data` made the data from."""
    return _converter.structure(data, kind)


def canonical(data: object) -> str:
    """Return data as one line of JSON that is the same for the same data: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
