"""Within one document: does a later sentence tell of the happening again, or of a further one?"""

from __future__ import annotations

from testimonia.link.counted import CONTESTED, disjoint, ratio
from testimonia.link.finding import NOTHING, Finding, apart
from testimonia.link.view import View
from testimonia.records import Count

LOOSE = 1.5  # times by which "at least 16" and "at least 48" of one text may differ and still be one number


def _days_apart(a: View, b: View) -> bool:
    return a.dating == b.dating == "own" and (a.first > b.last or b.first > a.last)


def _two_tolls(a: View, b: View, x: Count, y: Count) -> bool:
    """Say whether two speakers give two tolls of one place and day, or one telling is of an earlier figure.

    People only: two numbers of things are mostly of parts, so many destroyed and so many damaged.
    """
    if x.unit != "person" or ratio(x, y) > CONTESTED:
        return False
    one, other = a.claim.speaker, b.claim.speaker
    cited = one is not None and other is not None and one.name != other.name
    same = a.where.named and a.where.words == b.where.words and (a.first, a.last) == (b.first, b.last)
    return bool(a.earlier or b.earlier or (cited and same))


def _numbers(a: View, b: View) -> Finding:
    """Compare two numbers that one text gives: it knows what it counts, so they are two happenings, or two tolls."""
    x, y = a.claim.count, b.claim.count
    if not (x and y) or (not disjoint(x, y) and ratio(x, y) <= LOOSE):
        return NOTHING
    if not _two_tolls(a, b, x, y):
        return apart("one document gives two numbers")
    if earlier := a.earlier or b.earlier:
        return Finding(1.0, f"an earlier figure: “{earlier}”")
    return Finding(0.0, "two speakers give two numbers")


def retold(a: View, b: View) -> Finding:
    """Compare two claims of one document; nothing where they are of two."""
    if a.document != b.document:
        return NOTHING
    later = max(a, b, key=lambda view: view.rank)
    if later.another:
        return apart(f"the document says “{later.another}”")
    if _days_apart(a, b):
        return apart("one document gives two days")
    return _numbers(a, b)
