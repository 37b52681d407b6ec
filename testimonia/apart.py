"""Events of which a part is under embargo, taken apart into what is open and what is not.

A fresh report may tell again what an old one told. The old one is public, and no copyist can take it back; so what it
says stays open. But if the fresh claim stood in one event with it, the place of the old one would be that of the fresh
one. So for showing, the claims under embargo stand in an event of their own, and the open ones in another, weighed as
if the fresh report had not been there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from testimonia.embargo import Embargo, bare
from testimonia.material import Material
from testimonia.records import Claim, Contradiction, Document, Event, Origin, Place, Weight, made_from


def called(oldest: str) -> str:
    """Return the handle of the event whose oldest claim has this id (as `link.handle` makes it of the claim)."""
    return made_from("evt", "handle", oldest)


def apart(material: Material) -> Material:
    """Return the material with every event that is partly under embargo as two: the open part, and the rest."""
    events: dict[str, Event] = {}
    weights = {weight.event: weight for weight in material.weights}
    for key, event in material.events.items():
        covered = _covered(event, material.claims, material.documents, material.embargo)
        if not covered or covered.issuperset(event.claims):
            events[key] = event
            continue
        shown = _part(event, [claim for claim in event.claims if claim not in covered], material.claims)
        rest = _part(event, [claim for claim in event.claims if claim in covered], material.claims)
        events |= {shown.id: shown, rest.id: rest}
        for name in (event.id, event.handle):
            if weight := weights.pop(name, None):
                weights[shown.handle] = _weighed(weight, shown, material.claims)
    return replace(material, events=events, weights=tuple(weights.values()))


def _covered(
    event: Event, claims: Mapping[str, Claim], documents: Mapping[str, Document], embargo: Embargo
) -> frozenset[str]:
    known = ((key, claims[key]) for key in event.claims if key in claims)
    return frozenset(key for key, claim in known if embargo.covers(claim, documents[claim.quote.document]))


def _part(event: Event, keys: Sequence[str], claims: Mapping[str, Claim]) -> Event:
    """Return the event of these claims alone, with a place and a day only where one of them has it."""
    oldest = next((key for key in keys if called(key) == event.handle), keys[0])
    own = [claims[key] for key in keys if key in claims]
    places = [claim.place for claim in own if claim.place]
    days = {(claim.when.first, claim.when.last) for claim in own if claim.when}
    place = as_told(event.place, places) or bare(event.place, event.adm1)
    when = event.when if event.when and (event.when.first, event.when.last) in days else None
    return replace(event, handle=called(oldest), claims=tuple(keys), place=place, when=when)


def as_told(place: Place | None, places: Sequence[Place]) -> Place | None:
    """Return a place as one of some claims tells it, None where none does: another may say how far off it lies."""
    same = (one for one in places if place and one.name == place.name)
    return place if place in places else next(same, None)


def _weighed(weight: Weight, event: Event, claims: Mapping[str, Claim]) -> Weight:
    """Return the weight of the open part of an event: nothing in it comes from a document that is in the other alone.

    A number or a contradiction stays only where all claims behind it do: over fewer claims it is another one.
    """
    left = frozenset(event.claims)
    documents = frozenset(claims[key].quote.document for key in left if key in claims)
    origins = tuple(_origin(origin, documents) for origin in weight.origins if documents & set(origin.documents))
    whole = bool(weight.number_claims) and left.issuperset(weight.number_claims)
    number = weight if whole else replace(weight, low=None, high=None, number_claims=(), number_rule="")
    return replace(
        number,
        event=event.handle,
        origins=origins,
        origins_low=min(weight.origins_low, len(origins)),
        origins_high=min(weight.origins_high, len(documents)),
        contradictions=tuple(one for one in weight.contradictions if left.issuperset(_behind(one))),
        documents=tuple(document for document in weight.documents if document in documents),
    )


def _origin(origin: Origin, documents: Set[str]) -> Origin:
    """Return an origin with these of its documents; why they are one may speak of another."""
    kept = tuple(document for document in origin.documents if document in documents)
    return origin if kept == origin.documents else Origin(kept, origin.reason if len(kept) > 1 else "")


def _behind(contradiction: Contradiction) -> Iterator[str]:
    return (key for _, keys in contradiction.sides for key in keys)
