"""The name by which an event is called: it stays while more claims join, since its oldest claim stays the same."""

from __future__ import annotations

from testimonia.records import Claim, made_from


def handle(oldest: Claim) -> str:
    """Return the handle of the event whose oldest claim this is: by document date, document name, offset.

    >>> from testimonia.records import Quote
    >>> handle(Claim(Quote("doc-1", 0, 3, "abc"), "killing")).startswith("evt-")
    True
    """
    return made_from("evt", "handle", oldest.id)
