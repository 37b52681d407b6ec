"""The links that are kept: why a claim is in its event, and why two events that look alike are not one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from testimonia.link.compare import judge, score
from testimonia.link.view import View
from testimonia.records import Link, Verdict
from testimonia.settings import LinkSettings

LOOKED_AT = 10  # claims of an event among which what keeps it from another is looked for


def links(
    found: Sequence[Sequence[int]],
    known: Mapping[int, View],
    near: Mapping[tuple[int, int], float],
    settings: LinkSettings,
) -> list[Link]:
    """Return, for each claim, the link to the most alike of its event, and one for each two events nearly joined."""
    home = {rank: number for number, group in enumerate(found) for rank in group}
    said = [_said(known[a], known[b], "same", settings) for a, b in sorted(set(_nearest(found, home, near)))]
    return said + _between(found, home, known, near, settings)


def _nearest(
    found: Sequence[Sequence[int]], home: Mapping[int, int], near: Mapping[tuple[int, int], float]
) -> Iterator[tuple[int, int]]:
    """Yield, for each claim but the oldest of its event, the pair with the most alike one; else with the oldest."""
    best: dict[int, tuple[float, int]] = {}
    for (a, b), value in near.items():
        if home[a] == home[b]:
            for one, other in ((a, b), (b, a)):
                best[one] = min(best.get(one, (0.0, 0)), (-value, other))
    for group in found:
        for rank in group[1:]:
            other = best[rank][1] if rank in best else group[0]
            yield (rank, other) if rank < other else (other, rank)


def _between(
    found: Sequence[Sequence[int]],
    home: Mapping[int, int],
    known: Mapping[int, View],
    near: Mapping[tuple[int, int], float],
    settings: LinkSettings,
) -> list[Link]:
    """Say of each two events that a good pair connects what keeps them apart."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {}
    for (a, b), value in near.items():
        if home[a] != home[b]:
            events = (min(home[a], home[b]), max(home[a], home[b]))
            best[events] = min(best.get(events, (0.0, (a, b))), (-value, (a, b)))
    return [_kept_apart(found[x], found[y], known, best[x, y][1], settings) for x, y in sorted(best)]


def _kept_apart(
    x: Sequence[int], y: Sequence[int], known: Mapping[int, View], best: tuple[int, int], settings: LinkSettings
) -> Link:
    """Return what rules two events out as one, or "unsure" for the pair that is most alike.

    Only the oldest claims of each are looked at, so that two large events cost no more than two small ones.
    """
    for a in x[:LOOKED_AT]:
        for b in y[:LOOKED_AT]:
            if score(known[a], known[b], settings.days) is None:
                return _said(known[min(a, b)], known[max(a, b)], "different", settings)
    return _said(known[best[0]], known[best[1]], "unsure", settings)


def _said(a: View, b: View, verdict: Verdict, settings: LinkSettings) -> Link:
    judged = judge(a, b, settings.days)
    return Link(a.id, b.id, verdict, round(judged.score, 4), judged.reasons)
