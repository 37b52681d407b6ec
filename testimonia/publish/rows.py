"""Records as rows: one dictionary a claim, an event, a failure, with the field names of the annotation guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any

from testimonia.material import MARK
from testimonia.precision import date_prec, geo_precision, time_precision, where_prec
from testimonia.publish.words import count_of, plain
from testimonia.records import Claim, Confidence, Contradiction, Document, Event, Failure, Place, Sighting, Weight, When
from testimonia.veil import Shown
from testimonia.watch import iso_of
from testimonia.weigh import status

Row = dict[str, Any]


def _number(value: int | float | None) -> int | float | None:
    return None if value is None else plain(value)


def _count(claim: Claim) -> Row | None:
    count = claim.count
    if count is None:
        return None
    return {"low": _number(count.low), "high": _number(count.high), "unit": count.unit, "approx": count.approx}


def _days(when: When | None) -> list[str] | None:
    return [when.first.isoformat(), when.last.isoformat()] if when else None


def coded(claim: Claim) -> Row:
    """Return a claim with the fields of the annotation guide."""
    speaker, place = claim.speaker, claim.place
    return {
        "start": claim.quote.start,
        "end": claim.quote.end,
        "quote": claim.quote.text,
        "type": claim.type,
        "modality": claim.modality,
        "speaker": speaker.name if speaker else None,
        "via": list(speaker.via) if speaker and speaker.via else None,
        "actor": claim.actor,
        "target": claim.target,
        "group": claim.group,
        "means": claim.means,
        "count": _count(claim),
        "place": place.name if place and not place.is_area else None,
        "adm1": claim.adm1,
        "date": _days(claim.when),
    }


def _lang(claim: Claim, document: Document) -> str | None:
    return claim.quote.lang if claim.quote.lang != "und" else document.lang


def handles(events: Iterable[Event]) -> dict[str, str]:
    """Return the handle of the event that each claim belongs to."""
    return {claim: event.handle for event in events for claim in event.claims}


def _row(key: str, claim: Claim, document: Document, event: str | None, seen: Document | Sighting) -> Row:
    """Return a claim as one row: the fields of the annotation guide, then where it comes from, with the file seen."""
    sure, place = claim.confidence, claim.place
    return {
        **coded(claim),
        "where": {**_placed(place, claim.adm1), **_held(place)} if place or claim.adm1 else None,
        "confidence": asdict(sure) if sure else None,
        "event": event,
        "document": seen.file,
        "part": document.part or None,
        "id": key,
        "document_id": document.id,
        "sha256": document.sha256,
        "outlet": seen.outlet or document.outlet,
        "url": seen.url or document.url,
        "lang": _lang(claim, document),
    }


def shown_claims(shown: Shown) -> Iterator[Row]:
    """Yield every claim of an edition as a row of `claims.jsonl`."""
    given = handles(shown.events)
    for key, claim in shown.claims.items():
        document = shown.documents[claim.quote.document]
        yield {"edition": MARK, **_row(key, claim, document, given.get(key), document)}


def _explained(claim: Claim) -> Row:
    """Return which rule answered which question, and the words that decided."""
    return {"reasons": [{"question": one.question, "rule": one.rule, "words": one.words} for one in claim.reasons]}


def coded_rows(shown: Shown, *, explained: bool = False) -> Iterator[Row]:
    """Yield every claim as a row, `explained` with its reasons; of a document seen in several files once for each."""
    given, grouped = handles(shown.events), defaultdict(list)
    for key, claim in shown.claims.items():
        grouped[claim.quote.document].append((key, claim))
    for id_, claims in grouped.items():
        document = shown.documents[id_]
        for seen in document.sightings or (document,):
            for key, claim in claims:
                row = _row(key, claim, document, given.get(key), seen)
                yield row | _explained(claim) if explained else row


CONFIDENCE = {f"confidence_{field.name}".removesuffix("_told"): field.name for field in fields(Confidence)}


def _by_slot(claim: Claim) -> Row:
    """Return how sure a claim and each of its slots is, in the columns `CONFIDENCE`."""
    sure = claim.confidence
    return {column: getattr(sure, slot) if sure else None for column, slot in CONFIDENCE.items()}


def _dated(when: When | None) -> Row:
    """Return the days of a claim or an event, and how precise they are."""
    return {
        "first": when.first.isoformat() if when else None,
        "last": when.last.isoformat() if when else None,
        "date_precision": when.precision if when else None,
        "date_prec": date_prec(when) if when else None,
        "time_precision": time_precision(when) if when else None,
    }


POINTS = ("site", "settlement")  # the precision of a place that has coordinates: an area is never a point


def _placed(place: Place | None, adm1: str | None) -> Row:
    """Return where a claim or an event is placed, and how precisely, in the columns `PLACE`.

    The first-level unit has its code of ISO 3166-2, whoever claims or holds it.
    """
    point = place if place and place.precision in POINTS else None
    area = adm1 or (place.adm1 if place else None)
    known = place is not None or area is not None
    return {
        "place": place.name if place else None,
        "place_precision": place.precision if place else "oblast" if area else None,
        "relation": place.relation if place else None,
        "bearing": place.bearing if place else None,
        "distance_km": place.distance_km if place else None,
        "other_place": place.other if place else None,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "radius_km": point.radius_km if point and point.lat is not None else None,
        "candidates": len(place.candidates) or None if place else None,
        "candidate_ids": " ".join(place.candidates) or None if place else None,
        "adm1": area,
        "iso_3166_2": iso_of(area) if area else None,
        "where_prec": where_prec(place, area) if known else None,
        "geo_precision": geo_precision(place, area) if known else None,
    }


PLACE = (
    *("place", "place_precision", "relation", "bearing", "distance_km", "other_place", "lat", "lon", "radius_km"),
    *("candidates", "candidate_ids", "adm1", "iso_3166_2", "where_prec", "geo_precision"),
)


def _held(place: Place | None) -> Row:
    """Return under whose name the words put a place, and who holds it, as they say, in the columns `HELD`."""
    return {column: getattr(place, column) if place else None for column in HELD}


HELD = ("claimant", "controller")


def _flat(claim: Claim) -> Row:
    count, when, place, speaker = claim.count, claim.when, claim.place, claim.speaker
    observed = claim.observed
    return {
        "speaker_role": speaker.role if speaker else None,
        "via": " > ".join(speaker.via) if speaker else None,
        "low": _number(count.low) if count else None,
        "high": _number(count.high) if count else None,
        "unit": count.unit if count else None,
        "approx": count.approx if count else None,
        "number_words": count.words if count else None,
        **_placed(place, claim.adm1),
        "place_words": place.words if place else None,
        **_held(place),
        **_dated(when),
        "date_words": when.words if when else None,
        "observed_first": observed.first.isoformat() if observed else None,
        "observed_last": observed.last.isoformat() if observed else None,
        "resistance": claim.resistance,
        **_by_slot(claim),
    }


CLAIM_COLUMNS = (
    *("edition", "id", "event", "type", "modality"),
    *("low", "high", "unit", "approx", "number_words", "group", "means", "actor", "target"),
    *PLACE,
    "place_words",
    *HELD,
    *("first", "last", "date_precision", "date_prec", "time_precision", "date_words"),
    *("observed_first", "observed_last"),
    *("speaker", "speaker_role", "via", "resistance", "quote", "start", "end", "lang"),
    *("document", "part", "document_id", "sha256", "outlet", "published", "alignment", "url"),
    *("origins_low", "origins_high"),
    *CONFIDENCE,
)


def claim_table(shown: Shown) -> Iterator[Row]:
    """Yield every claim as a flat row of `claims.csv`, with its event's number of independent origins."""
    weights = {claim: shown.weights.get(event.id) for event in shown.events for claim in event.claims}
    for row in shown_claims(shown):
        claim, document = shown.claims[row["id"]], shown.documents[row["document_id"]]
        weight = weights.get(row["id"])
        published = document.date.first.isoformat() if document.date else None
        origins = {
            "origins_low": weight.origins_low if weight else None,
            "origins_high": weight.origins_high if weight else None,
        }
        yield {**row, **_flat(claim), "published": published, "alignment": document.alignment, **origins}


EVENT_COLUMNS = (
    *("edition", "event", "status", "type"),
    *PLACE,
    *("first", "last", "date_precision", "date_prec", "time_precision", "unit", "low", "high", "number_rule"),
    *("origins_low", "origins_high", "contested", "contradictions", "documents", "claims", "id"),
)


def told(contradiction: Contradiction) -> str:
    """Return a contradiction in words: "number: 3 (2 claims) against 5 (1 claim)"."""
    sides = (f"{value} ({count_of(len(claims), 'claim')})" for value, claims in contradiction.sides)
    return f"{contradiction.kind}: {' against '.join(sides)}"


def _weighed(weight: Weight | None) -> Row:
    if weight is None:
        return {"contested": False}
    return {
        "unit": weight.unit,
        "low": _number(weight.low),
        "high": _number(weight.high),
        "number_rule": weight.number_rule,
        "origins_low": weight.origins_low,
        "origins_high": weight.origins_high,
        "contested": weight.contested,
        "contradictions": "; ".join(told(c) for c in weight.contradictions),
    }


def event_table(shown: Shown, events: Iterable[Event]) -> Iterator[Row]:
    """Yield events as rows of `events.csv`, in the order given."""
    for event in events:
        documents = (shown.documents[shown.claims[key].quote.document] for key in event.claims)
        files = sorted({document.name for document in documents})
        yield {
            "edition": MARK,
            "event": event.handle,
            "id": event.id,
            "status": status(event, shown.claims),
            "type": event.type,
            **_placed(event.place, event.adm1),
            **_dated(event.when),
            **_weighed(shown.weights.get(event.id)),
            "documents": "; ".join(files),
            "claims": " ".join(event.claims),
        }


FAILURE_COLUMNS = ("edition", "file", "part", "stage", "reason", "remedy", "original", "id")


def failure_table(failures: Iterable[Failure]) -> Iterator[Row]:
    """Yield what could not be read or coded, as rows of `failures.csv`."""
    for failure in sorted(failures, key=lambda f: (f.file, f.part, f.stage, f.id)):
        yield {
            "edition": MARK,
            "file": failure.file,
            "part": failure.part,
            "stage": failure.stage,
            "reason": failure.reason,
            "remedy": failure.remedy,
            "original": failure.original,
            "id": failure.id,
        }
