"""What a file's own keys say about its document: front matter, JSON keys and columns have the same meanings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from testimonia.collect.item import Known
from testimonia.collect.when import when
from testimonia.collect.whole import whole
from testimonia.records import When
from testimonia.wire import canonical

FIELDS: Mapping[str, tuple[str, ...]] = {
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "channel"),
    "title": ("title", "headline"),
    "author": ("author", "authors", "by", "byline"),
    "url": ("url", "url_or_repo", "link", "permalink"),
    "date": ("date", "published", "pubdate", "date_published", "published_at", "created_at"),
    "lang": ("lang", "language"),
    "licence": ("licence", "license"),
    "alignment": ("alignment",),
}


def plain(value: object) -> str | None:
    """Return a value as one text: lists of texts joined by commas, other things as JSON; None where it is empty."""
    if value is None:
        return None
    if isinstance(value, str):
        return whole(value)[0].strip() or None
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return whole(", ".join(value))[0]
    return whole(canonical(value))[0]


def about(given: Mapping[str, object], leave_out: Iterable[str] = ()) -> tuple[Known, tuple[str, ...]]:
    """Sort keys and values into `Known`; what has no field goes into its `extra`. Also return notes on bad dates.

    Of several keys for one field, the first of `FIELDS` that has a value wins, and the others stay in `extra`.
    """
    kept = ((whole(str(key))[0].strip(), plain(value)) for key, value in given.items() if key not in leave_out)
    texts = {key: text for key, text in kept if text}
    lower = {key.lower(): key for key in reversed(texts)}
    chosen = {name: lower[key] for name, keys in FIELDS.items() for key in reversed(keys) if key in lower}
    day, notes = _day(texts.get(chosen.get("date", "")))
    left = tuple(
        (key, text) for key, text in texts.items() if key not in chosen.values() or (notes and key == chosen["date"])
    )
    known = {name: texts[key] for name, key in chosen.items() if name != "date"}
    return Known(**known, date=day, extra=left), notes


def _day(text: str | None) -> tuple[When | None, tuple[str, ...]]:
    try:
        return (when(text), ()) if text else (None, ())
    except ValueError as error:
        return None, (f"The date is not used: {error}.",)
