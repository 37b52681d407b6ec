"""What `show` prints: blocks of claims and tables of events to read in a terminal, and rows for spreadsheets."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.cells import cell_len
from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from testimonia.material import MARK
from testimonia.precision import lies
from testimonia.publish.words import amount, count_of, dates, how_sure, label, safe, span
from testimonia.records import Claim, Place, Speaker, When
from testimonia.show import ShownClaim, ShownDocument, ShownEvent

UNCODED = "speaks of no conflict"
NARROWEST, WIDEST = 40, 110  # columns that words are wrapped to
GROWING = ("number", "place", "status", "type", "date", "origins", "claims")  # which columns are widened first
ROOM = 12  # columns that a word can count on
WIDE = 110  # columns from which on a table has room for the number of claims

CLAIM_COLUMNS = (
    "edition",
    "id",
    "type",
    "modality",
    "count",
    "who → whom",
    "place",
    "date",
    "speaker",
    "outlet",
    "confidence",
    "words",
)
DOCUMENT_COLUMNS = ("edition", "id", "document", "outlet", "date", "claims", "not coded")
EVENT_COLUMNS = ("edition", "event", "status", "type", "place", "date", "number", "origins", "contested in", "claims")


def days(when: When | None) -> str:
    """Return the days as 2022-11-11 or "2022-11-11 – 2022-11-13"; nothing where no date is known."""
    return _span(when.first, when.last) if when else ""


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first} – {last}"


def _said_by(speaker: Speaker | None) -> str:
    return " < ".join([speaker.name, *reversed(speaker.via)]) if speaker else ""


def _number(claim: Claim) -> str:
    count = claim.count
    if count is None:
        return label("groups", claim.group)
    said = amount(count.low, count.high, count.unit, label("groups", claim.group))
    return f"about {said}" if count.approx and said else said


def _where(place: Place | None, adm1: str | None) -> str:
    return lies(place) if place else adm1 or ""


# --- rows for spreadsheets ----------------------------------------------------------------------------------------


def claim_row(shown: ShownClaim) -> Mapping[str, Any]:
    """Return a claim as a row of `CLAIM_COLUMNS` and its words."""
    claim, document = shown.claim, shown.document
    count, sure = claim.count, claim.confidence
    return {
        "edition": MARK,
        "id": shown.id,
        "type": claim.type,
        "modality": claim.modality,
        "count": amount(count.low, count.high, count.unit) if count else "",
        "who → whom": f"{claim.actor or '?'} → {claim.target or '?'}",
        "place": _where(claim.place, claim.adm1),
        "date": days(claim.when),
        "speaker": _said_by(claim.speaker),
        "outlet": document.outlet or document.name,
        "confidence": sure.told if sure else "",
        "words": claim.quote.text,
    }


def event_row(shown: ShownEvent) -> Mapping[str, Any]:
    """Return an event as a row of `EVENT_COLUMNS`."""
    event, weight = shown.event, shown.weight
    return {
        "edition": MARK,
        "event": event.handle,
        "status": shown.status,
        "type": event.type,
        "place": _where(event.place, event.adm1),
        "date": days(event.when),
        "number": amount(weight.low, weight.high, weight.unit) if weight else "",
        "origins": _origins(shown),
        "contested in": ", ".join(_contested(shown)),
        "claims": len(shown.claims),
    }


def document_row(shown: ShownDocument) -> Mapping[str, Any]:
    """Return a document as a row of `DOCUMENT_COLUMNS`."""
    return {
        "edition": MARK,
        "id": shown.id,
        "document": shown.document.name,
        "outlet": shown.document.outlet or "",
        "date": days(shown.document.date),
        "claims": shown.claims,
        "not coded": UNCODED if shown.uncoded else "",
    }


def _origins(shown: ShownEvent) -> str:
    weight = shown.weight
    if weight is None:
        return ""
    same = weight.origins_low == weight.origins_high
    return str(weight.origins_low) if same else f"{weight.origins_low}–{weight.origins_high}"


def _contested(shown: ShownEvent) -> list[str]:
    return sorted({c.kind for c in shown.weight.contradictions}) if shown.weight else []


# --- documents and claims to read ---------------------------------------------------------------------------------


def document_line(shown: ShownDocument, id_: str) -> str:
    """Return a document in a line: its name, who published it when, and how many claims it gave."""
    document = shown.document
    source = ", ".join(filter(None, (document.outlet, dates(document.date))))
    gave = f"not coded: {UNCODED}" if shown.uncoded else count_of(shown.claims, "claim")
    return f"{id_}  {safe(' · '.join(filter(None, (document.name, source, gave))))}"


def _wrapped(text: str, width: int) -> list[str]:
    width = max(NARROWEST, min(width, WIDEST))
    return textwrap.wrap(safe(text), width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _who(claim: Claim) -> str:
    """Return who did it to whom; nothing where the words say neither."""
    if not (claim.actor or claim.target):
        return ""
    return " → ".join(label("parties", code) or "not said" for code in (claim.actor, claim.target))


def block(shown: ShownClaim, id_: str, width: int) -> Iterator[str]:
    """Yield the lines of one claim: what it says, of whom, where and when; who said it where; its words; how sure."""
    claim, document = shown.claim, shown.document
    what = ", ".join(filter(None, (claim.type.replace("_", " "), claim.modality, _number(claim))))
    yield f"{id_}  {what}"
    about = " · ".join(filter(None, (_who(claim), _where(claim.place, claim.adm1), dates(claim.when))))
    said = claim.speaker.name if claim.speaker else "the document itself"
    through = f", cited by {', '.join(reversed(claim.speaker.via))}" if claim.speaker and claim.speaker.via else ""
    outlet = ", ".join(filter(None, (document.outlet, dates(document.date)))) or document.name
    yield from _wrapped(about, width)
    yield from _wrapped(f"said by {said}{through}, in {outlet}", width)
    yield from _wrapped(f"“{' '.join(claim.quote.text.split())}”", width)
    yield from _wrapped(how_sure(claim.confidence), width)


# --- events to read -----------------------------------------------------------------------------------------------


def _status(shown: ShownEvent) -> str:
    kinds = _contested(shown)
    return f"{shown.status}, contested in {', '.join(kinds)}" if kinds else shown.status


_CELLS: Mapping[str, Callable[[ShownEvent], str]] = {
    "status": _status,
    "type": lambda shown: shown.event.type.replace("_", " "),
    "place": lambda shown: _where(shown.event.place, shown.event.adm1),
    "date": lambda shown: days(shown.event.when),
    "number": lambda shown: str(event_row(shown)["number"]),
    "origins": _origins,
    "claims": lambda shown: str(len(shown.claims)),
}


def _longest(cells: Iterable[str]) -> int:
    """Return the width of the longest word, up to the one that all columns have room for; " –" stays with its day."""
    words = (word for cell in cells for word in cell.replace(" –", "--").split())
    return min(max(map(cell_len, words)), ROOM)


def _widths(columns: Mapping[str, Sequence[str]], width: int) -> dict[str, int]:
    """Return a width for each column, each with one sign before it: room for its longest word, then for the rest of it.

    Nothing where the terminal is too narrow for the longest words.
    """
    found = {name: _longest([name, *cells]) for name, cells in columns.items()}
    room = width - sum(found.values()) - len(found)
    for name in sorted(columns, key=GROWING.index) if room >= 0 else ():
        more = min(room, max(0, max(map(cell_len, columns[name])) - found[name]))
        found[name], room = found[name] + more, room - more
    return found if room >= 0 else {}


def event_table(events: Sequence[ShownEvent], ids: Mapping[str, str], width: int) -> Table:
    """Return events as a table that fits into `width` columns from 80 on; what is empty everywhere has no column."""
    names = [name for name in _CELLS if name != "claims" or width >= WIDE]
    columns = {name: [_CELLS[name](shown) for shown in events] for name in names}
    kept = [name for name in names if any(columns[name])]
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    first = [ids[shown.event.handle] for shown in events]
    widths = _widths({name: columns[name] for name in kept}, width - max(map(cell_len, first)))
    table.add_column("event", no_wrap=True)
    for name in kept:
        side: JustifyMethod = "right" if name in ("origins", "claims") else "left"
        table.add_column(name, overflow="fold", justify=side, width=widths.get(name))
    for at, id_ in enumerate(first):
        table.add_row(Text(id_), *(Text(safe(columns[name][at])) for name in kept))
    return table


def counted(events: Iterable[ShownEvent]) -> str:
    """Return how many events there are, as a run counts them: "96 events; 16 more only denied, planned or expected"."""
    happened = [shown.happened for shown in events]
    here, others = sum(happened), len(happened) - sum(happened)
    more = f"; {span(others, others)} more only denied, planned or expected" if others else ""
    return f"{span(here, here)} {'event' if here == 1 else 'events'}{more}"
