"""Who is asked for by name: families are answered, nobody browses people.

Whatever finds, filters or narrows by the name of a private person goes through `allow`: it is answered only to a
guardian who gives a reason, and the log keeps who asked what and why, before it is answered.
"""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser

from testimonia.errors import NotAllowedError
from testimonia.store import Store


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # no name is known for this process: containers, Windows services
        return "unknown"


def allow(store: Store, act: str, query: str, reason: str | None) -> None:
    """Let a question for a person pass with a guardian's reason, and log it.

    Raises NotAllowedError where there is no reason; the message says how one is given.
    """
    if not (reason or "").strip():
        raise NotAllowedError(
            f"{query!r} reads as a personal name. Testimonia does not look people up, except for a guardian with a "
            'reason, which is logged: add --guardian --reason "…". Office-holders on the list are free to search.'
        )
    at = datetime.now(UTC).isoformat(timespec="seconds")
    store.note(at, act, {"query": query, "guardian": _user(), "reason": reason})
