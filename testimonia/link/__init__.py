"""Claims → links → events: which claims, in one document or in many, speak of the same happening.

The method, and what it does not claim, is told in `docs/method.md`; here is the way through it. `block` says which
pairs are worth a look, `compare` scores a pair, `cluster` joins what is alike enough, `common` says what the claims of
an event share, `handle` names it. All of it is a pure function of its input, whatever the order of that input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from testimonia.link import block, cluster, common, explain
from testimonia.link.again import again
from testimonia.link.compare import score
from testimonia.link.handle import handle
from testimonia.link.view import View, views
from testimonia.packs import Packs
from testimonia.records import Claim, Document, Event, Link, Place
from testimonia.settings import LinkSettings

__all__ = ["handle", "link"]

NEAR = 0.1  # below the threshold by this much, a pair is still worth a person's look


def link(
    claims: Sequence[Claim], documents: Mapping[str, Document], settings: LinkSettings, packs: Packs
) -> tuple[tuple[Link, ...], tuple[Event, ...]]:
    """Return links and events; every claim is in exactly one event, many are alone in theirs.

    `documents` maps document ids to documents; a claim whose document is missing counts as undated. `packs` bring the
    words for a further happening and for totals. Events are in the
    order of their oldest claims; so are links. A claim has a link to the claim of its event that it is most like
    ("same"); two events that might be one have a link that says what keeps them apart ("different" or "unsure").
    """
    everything = again(views(claims, documents, packs))
    links: list[Link] = []
    events: list[Event] = []
    for part in block.separate(everything):
        found, said = _linked(part, settings)
        links.extend(said)
        events.extend(_event(members) for members in found)
    rank = {view.id: view.rank for view in everything}
    links.sort(key=lambda item: (rank[item.a], rank[item.b]))
    return tuple(links), tuple(sorted(events, key=lambda event: rank[event.claims[0]]))


def _linked(part: Sequence[View], settings: LinkSettings) -> tuple[list[list[View]], list[Link]]:
    """Link claims that have the same type: the clusters, oldest claim first, and what is said of them."""
    known = {view.rank: view for view in part}
    scores = {(a.rank, b.rank): score(a, b, settings.days) for a, b in block.pairs(part, settings.days)}
    near = {pair: value for pair, value in scores.items() if value is not None and value >= settings.threshold - NEAR}
    compare = partial(_pair_score, known, scores, settings.days)
    found = _clusters(known, near, compare, settings.threshold)
    said = explain.links(found, known, near, settings)
    return [[known[rank] for rank in group] for group in found], said


def _clusters(
    known: Iterable[int],
    near: Mapping[cluster.Pair, float],
    compare: Callable[[int, int], float | None],
    threshold: float,
) -> list[list[int]]:
    """Cluster within what good pairs connect: nothing else can reach the threshold."""
    edges = {pair: value for pair, value in near.items() if value > threshold}
    found: list[list[int]] = []
    for component in cluster.components(known, edges):
        inside = set(component) if len(component) > cluster.LARGEST else set()
        own = {pair: value for pair, value in edges.items() if pair[0] in inside} if inside else {}
        for group in cluster.manageable(component, own, threshold):
            found.extend(cluster.clusters(group, compare, threshold) if len(group) > 1 else [group])
    return found


def _pair_score(
    known: Mapping[int, View], scores: Mapping[cluster.Pair, float | None], days: int, a: int, b: int
) -> float | None:
    """Return the score of a pair, which no block may have held."""
    return scores[a, b] if (a, b) in scores else score(known[a], known[b], days)


def _where(members: Sequence[View], told: Sequence[View]) -> tuple[Place | None, str | None]:
    """Return place and first-level unit, both from the same claims: a sure unit says nothing of an unsure place."""
    sure = common.place(members), common.adm1(members)
    return sure if any(sure) else (common.place(told), common.adm1(told))


def _event(members: Sequence[View]) -> Event:
    """Return the event of these claims: it says what they are sure of, and where none is, what they say."""
    ids, told = tuple(view.id for view in members), [view.as_told for view in members]
    return Event(
        handle(told[0].claim),
        common.kind(members),
        ids,
        *_where(members, told),
        common.when(members) or common.when(told),
    )
