"""The order of an edition, which depends on what the records say and never on the order they came in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from testimonia.records import Event


def _key(event: Event) -> tuple[date, date, str, str, str]:
    first, last = (event.when.first, event.when.last) if event.when else (date.max, date.max)
    return first, last, event.type, event.handle, event.id


def ordered(events: Iterable[Event]) -> list[Event]:
    """Return events by their first day; those without a date come last."""
    return sorted(events, key=_key)
