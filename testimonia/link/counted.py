"""Do two claims count the same? A contested toll is one event, a part of it is not the whole, houses are no tanks."""

from __future__ import annotations

import math

from testimonia.link.finding import NOTHING, Finding, apart
from testimonia.link.view import View
from testimonia.records import Count

CONTESTED = 3.0  # times that two tolls of one happening commonly differ at most
LARGEST = 10**15  # numbers beyond it are not told apart by how many times one is the other


def _bounds(count: Count) -> tuple[int | float, int | float]:
    """Return the bounds as they are read: whole numbers of any size are compared exactly."""
    return 0 if count.low is None else count.low, math.inf if count.high is None else count.high


def _in_reach(number: int | float) -> float:
    """Return a number as one that can be divided: what is beyond `LARGEST` counts as `LARGEST`."""
    return float(min(number, LARGEST))


def _stated(count: Count) -> tuple[float, float]:
    """The number as it is said: who says "at least 16" counts about 16, whatever else that leaves open."""
    low = count.low if count.low is not None else count.high
    high = count.high if count.high is not None else count.low
    return _in_reach(low or 0), _in_reach(high or 0)


def disjoint(a: Count, b: Count) -> bool:
    """Say whether two numbers cannot both be right."""
    (a_low, a_high), (b_low, b_high) = _bounds(a), _bounds(b)
    return a_low > b_high or b_low > a_high


def ratio(a: Count, b: Count) -> float:
    """Return how many times the higher number is the lower one, as they are said; 1 where they overlap."""
    (a_low, a_high), (b_low, b_high) = _stated(a), _stated(b)
    return max(1.0, a_low / max(b_high, 0.5), b_low / max(a_high, 0.5))


def _same_number(count: Count) -> float:
    """A large number agrees by chance less often than a small one."""
    low = count.low or count.high or 0
    return 1.5 if low >= 10 else 0.9 if low >= 3 else 0.2


def _other_things(a: View, b: View, x: Count, y: Count) -> bool:
    """Say whether two counts of things name different things; people are called by too many words."""
    return "person" not in (x.unit, y.unit) and a.lang == b.lang and bool(a.what and b.what) and a.what != b.what


def counts(a: View, b: View) -> Finding:
    """Compare how many: a contested toll belongs to one event, so only a wild gap speaks against it."""
    x, y = a.claim.count, b.claim.count
    if x is None or y is None:
        return NOTHING
    if x.unit != y.unit:
        people = "person" in (x.unit, y.unit)
        return apart(f"{x.unit} and {y.unit} are counted") if people else Finding(-1.0, "units differ")
    if _other_things(a, b, x, y):
        return Finding(-1.5, f"“{x.words}” and “{y.words}” are counted")
    if (x.low, x.high) == (y.low, y.high):
        return Finding(_same_number(x), "same number")
    if bool(a.another) != bool(b.another) and disjoint(x, y):
        return apart(f"“{a.another or b.another}” counts what came on top")
    return _gap(x, y)


def _times(times: float) -> str:
    return f"differ {times:.1f} times" if times >= 1.05 else "differ a little"


def _gap(x: Count, y: Count) -> Finding:
    times = ratio(x, y)
    if not disjoint(x, y):
        points = 0.5 if times <= 1.5 else 0.2 if times <= CONTESTED else -0.4 if times <= 10 else -2.0
        return Finding(points, "numbers overlap" if times <= 1.5 else f"numbers overlap, but {_times(times)}")
    points = 0.2 if times <= 1.5 else -0.2 if times <= CONTESTED else -1.5 if times <= 10 else -4.0
    return Finding(points, f"numbers {_times(times)}")


def groups(a: View, b: View) -> Finding:
    """Compare the kind of people: two children are not the five killed, but a part of them."""
    x, y = a.claim, b.claim
    if x.group == y.group:
        return Finding(0.3, "same group") if x.group else NOTHING
    if x.group and y.group:
        return apart(f"different groups: {x.group} and {y.group}")
    if x.count and y.count and (x.count.low, x.count.high) != (y.count.low, y.count.high):
        return apart(f"one counts only a part: {x.group or y.group}")
    return Finding(-0.7, "one names a group only")
