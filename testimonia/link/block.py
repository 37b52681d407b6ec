"""Which claims are worth comparing: those that share a key, never all with all.

Within one type, one side of done and expected, and within or without running totals, a claim has these keys:

- week and named place, for each week that it may fall into (two claims a day apart at a week's end share one);
- week and first-level unit: for claims that name a site or district, compared with all that name a town or site; for
  claims that name no place, compared with one another;
- week, first-level unit and number: for claims that name no place, compared with all others;
- year and place, for claims that may fall anywhere in a long time: compared with all others of that year;
- the same number (10 and up) in one week, for claims that name no place anywhere; the same words;
- its document: for what a document says of one happening in several sentences.

A block of more than `LIMIT` claims is not compared all with all: sorted by day and number, each claim is compared with
the next `WINDOW` ones. So time stays proportional to the number of claims, and what is missed errs towards apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from testimonia.link.act import act
from testimonia.link.compare import REAL
from testimonia.link.view import View

Key: TypeAlias = tuple[str | int | float | None, ...]

LIMIT = 80
WINDOW = 30
BACK, AHEAD = 14, 3  # days before and after a document's date in which what it tells undated may have happened
LONG = 70  # days of a reach from which on a claim is blocked by years
EVER = 3660  # days of a reach from which on a date says as little as none
WORDS = 6  # stems from which on the same words are a key
SOME = 3  # numbers from which on the same number in one region is a key
NUMBER = 10  # numbers from which on the same number anywhere is a key


def separate(views: Iterable[View]) -> list[list[View]]:
    """Part claims that can never be one happening: by kind of act, done or expected, and running totals."""
    parts: dict[tuple[str, bool, bool], list[View]] = defaultdict(list)
    for view in views:
        parts[act(view.claim.type), view.claim.modality in REAL, view.total].append(view)
    return [parts[key] for key in sorted(parts)]


def _reach(view: View, days: int) -> tuple[int, int]:
    if view.dating in ("document", "unsure"):
        return view.first - BACK, view.last + AHEAD
    return view.first - days, view.last + days


def _head(view: View) -> str:
    """The first word of the place: a site shares it with its town."""
    return view.where.words[0] if view.where.named else ""


def _in_region(view: View, period: Key) -> Iterator[tuple[Key, bool]]:
    """Yield the keys by which claims meet that name one region, but not the same place in it.

    A site's name need not show its town. A claim that names the region alone says too little to be compared with every
    town's: it needs the same number.
    """
    where, count = view.where, view.claim.count
    if where.named:
        yield (*period, "region", where.adm1), where.level not in ("settlement", "unresolved")
    else:
        yield (*period, "region alone", where.adm1), True
    if count and count.low and count.low >= SOME:
        yield (*period, "region", where.adm1, count.low, count.high), not where.named


def _periods(view: View, days: int) -> list[Key]:
    """The weeks or years that a claim may fall into, one "undated", or one for all totals."""
    if view.total:
        return [("total",)]
    first, last = _reach(view, days)
    if view.dating == "none" or last - first > EVER:
        return [("undated",)]
    years = [("year", year) for year in range(first // 366, last // 365 + 1)]
    if last - first > LONG:
        return list(years)
    return [("week", week) for week in range(first // 7, last // 7 + 1)]


def _long(view: View, days: int) -> list[Key]:
    """The years in which a claim meets those of uncertain date."""
    first, last = _reach(view, days)
    if view.total or view.dating == "none" or last - first > EVER:
        return []
    return [("long", year) for year in range(first // 365, last // 365 + 1)]


def _is_long(view: View, days: int) -> bool:
    first, last = _reach(view, days)
    return last - first > LONG


def keys(view: View, days: int) -> Iterator[tuple[Key, bool]]:
    """Yield the keys of a claim, each with whether the claim is compared with all that share it.

    Where it is not, it is compared with those only that are. Claims of two types share the keys of a site alone.
    """
    for key, compared in _keys(view, days):
        yield (view.claim.type, *key), compared
    if view.where.level == "site":
        for period in _periods(view, days):
            yield (*period, "site", *view.where.words), True


def _keys(view: View, days: int) -> Iterator[tuple[Key, bool]]:
    where, count, periods = view.where, view.claim.count, _periods(view, days)
    yield ("document", view.document), True
    wording = (*sorted(view.stems),) if len(view.stems) >= WORDS else ()
    for period in periods:
        if wording:
            yield (*period, "words", *wording), True
        if where.named:
            yield (*period, "place", _head(view)), True
        if where.adm1:
            yield from _in_region(view, period)
        if count and count.low and count.low >= NUMBER:
            yield (*period, "number", count.low, count.high, count.unit), not where.named
    for year in _long(view, days):
        yield (*year, "place", _head(view) or where.adm1), _is_long(view, days)


def _order(view: View) -> tuple[int, int, int | float, int]:
    count = view.claim.count
    return view.first, view.last, count.low or 0 if count else -1, view.rank


def _far(a: View, b: View, days: int) -> bool:
    """Say whether the days rule a pair out, a being the one that begins first: not worth a full comparison."""
    return a.last + days < b.first and a.dating == b.dating == "own" and not a.total


def _within(members: list[tuple[View, bool]], days: int) -> Iterator[tuple[View, View]]:
    """Yield the pairs of a block: at least one of each is compared with all; in a large block only near ones."""
    ordered = sorted(members, key=lambda member: _order(member[0]))
    window = WINDOW if len(ordered) > LIMIT else len(ordered)
    for at, (a, a_all) in enumerate(ordered):
        for b, b_all in ordered[at + 1 : at + 1 + window]:
            if (a_all or b_all) and not _far(a, b, days):
                yield (a, b) if a.rank < b.rank else (b, a)


def pairs(views: Iterable[View], days: int) -> Iterator[tuple[View, View]]:
    """Yield each pair worth comparing once, the older claim first."""
    blocks: dict[Key, list[tuple[View, bool]]] = defaultdict(list)
    for view in views:
        for key, compared in dict(keys(view, days)).items():
            blocks[key].append((view, compared))
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) > 1 and any(compared for _, compared in members):
            for a, b in _within(members, days):
                if (a.rank, b.rank) not in seen:
                    seen.add((a.rank, b.rank))
                    yield a, b
