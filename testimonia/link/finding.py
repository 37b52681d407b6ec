"""What one comparison of two claims finds: points for or against their being one happening, in words."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """Points for or against one happening, and why; "" where there is nothing to say."""

    points: float
    reason: str = ""
    apart: bool = False


NOTHING = Finding(0.0)


def apart(reason: str) -> Finding:
    """Rule it out."""
    return Finding(0.0, reason, apart=True)
