"""Values in plain words: numbers, dates, places, without adjectives and without taking a side."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from testimonia.codebook import load_codebook
from testimonia.precision import lies
from testimonia.records import Confidence, Place, Speaker, When
from testimonia.show import least

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LANGUAGES = {"en": "English", "uk": "Ukrainian", "ru": "Russian", "und": "language not known"}
UNITS = {
    "person": ("person", "persons"),
    "item": ("thing", "things"),
    "event": ("event", "events"),
    "day": ("day", "days"),
    "year": ("year", "years"),
    "percent": ("per cent", "per cent"),
}
PLACES = {
    "site": "site",
    "settlement": "settlement",
    "hromada": "hromada only",
    "district": "district only",
    "oblast": "oblast only",
    "country": "country only",
    "wider": "wider region only",
    "water": "at sea",
    "unresolved": "which one is open",
}
KNOWN = {
    "site": "known to the site",
    "settlement": "known to the settlement",
    "hromada": "known to the hromada",
    "district": "known to the district",
    "oblast": "known to the oblast",
    "country": "known to the country",
    "wider": "known to the wider region",
    "water": "at sea",
    "unresolved": "several places have this name",
}
DATES = {
    "day": "known to the day",
    "days": "known to a few days",
    "week": "known to the week",
    "month": "known to the month",
    "season": "known to the season",
    "year": "known to the year",
    "vague": "known only roughly",
}
FEW = 14  # days up to which a span of days is "a few"; a longer one is a time of its own
Number = int | float


@cache
def _entries(kind: str) -> Mapping[str, object]:
    found: Mapping[str, object] = getattr(load_codebook(), kind)
    return found


def label(kind: str, code: str | None) -> str:
    """Return the codebook's word for a code of one kind (types, modalities, parties, groups, means, resistance).

    A code that the codebook does not hold (a party of another conflict) is shown as it is, without underscores.
    """
    if code is None:
        return ""
    return str(getattr(_entries(kind).get(code), "label", "") or code.replace("_", " "))


def capital(text: str) -> str:
    """Return the text with its first letter raised and the rest as it is."""
    return text[:1].upper() + text[1:]


def plain(number: Number) -> Number:
    """Return 3.0 as 3."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _digits(number: Number) -> str:
    return f"{plain(number):,}"


def span(low: Number | None, high: Number | None) -> str:
    """Return bounds in words: "3", "3–5", "at least 73", "up to 50"; nothing where both are open."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"at least {_digits(low)}" if low is not None else f"up to {_digits(high or 0)}"
    return _digits(low) if low == high else f"{_digits(low)}–{_digits(high)}"


def amount(low: Number | None, high: Number | None, unit: str | None, kind: str = "") -> str:
    """Return bounds with their unit ("3–5 persons", "up to 5,000 UAH"); `kind` is the group of people, if any."""
    said = span(low, high)
    if not said:
        return ""
    one, many = UNITS.get(unit or "", (unit or "", unit or ""))
    counted = one if {low, high} <= {1, None} else many
    return " ".join(part for part in (said, counted, f"({kind})" if kind else "") if part)


def day(when: date) -> str:
    """Return "3 July 2026"."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def _ends_month(when: date) -> bool:
    return when == date.max or (when + timedelta(days=1)).day == 1


def month(when: date) -> str:
    """Return "July 2026"."""
    return f"{MONTHS[when.month - 1]} {when.year}"


def _whole_months(first: date, last: date) -> str:
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    if first.year == last.year:
        return f"{MONTHS[first.month - 1]}–{month(last)}"
    return f"{month(first)} – {month(last)}"


def dates(when: When | None) -> str:
    """Return the days in words, as short as they can be said; nothing where no date is known."""
    if when is None:
        return ""
    first, last = when.first, when.last
    if first == last:
        return day(first)
    if first.day == 1 and _ends_month(last):
        return _whole_months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def how_known(when: When) -> str:
    """Return how precisely a date is known: "known to the day"; a long span is what the words tell of, not a guess."""
    if when.precision == "days" and (when.last - when.first).days > FEW:
        return "some time in these days, or over all of them"
    return DATES[when.precision]


def _precisely(where: Place) -> str:
    """Return how precisely a place is known: "known to the settlement", "within 25 km of there"."""
    if where.candidates:
        return f"{len(where.candidates)} places have this name"
    if where.relation == "between":
        return "somewhere between the two"
    if where.relation != "at" and where.radius_km:
        return f"within {plain(where.radius_km)} km of there"
    return KNOWN[where.precision]


def place(where: Place | None, adm1: str | None) -> str:
    """Return a place with its precision: "Sumy (settlement), Sumy Oblast"; nothing where none is known."""
    area = adm1 or (where.adm1 if where else None)
    if where is None:
        return f"{area} (oblast only)" if area else ""
    if where.is_area or not where.name:
        name = where.name or area or ""
        return f"{name} ({PLACES[where.precision]})" if name else ""
    open_ = f"which of {len(where.candidates)} is open" if where.candidates else PLACES[where.precision]
    named = f"{lies(where)} ({open_})" if where.relation == "at" else lies(where)
    return f"{named}, {area}" if area and area != where.name else named


def spot(where: Place | None, adm1: str | None) -> tuple[str, str]:
    """Return a place and how precisely it is known: ("Sumy, Sumy Oblast", "known to the settlement")."""
    area = adm1 or (where.adm1 if where else None) or ""
    if where is None or not where.name:
        return area, KNOWN["oblast"] if area else ""
    apart = area and area != where.name and not where.is_area
    return f"{lies(where)}, {area}" if apart else lies(where), _precisely(where)


def chain(speaker: Speaker | None) -> str:
    """Return who is cited, from the nearest speaker outwards; nothing where the document speaks itself."""
    if speaker is None:
        return ""
    role = f" ({speaker.role})" if speaker.role else ""
    return ", as cited by ".join((speaker.name + role, *reversed(speaker.via)))


SLOTS = {"count": "number"}  # slots of a claim that have a plainer name


def hundredths(share: float) -> str:
    """Return a share between 0 and 1 as ".82"."""
    return f"{share:.2f}".removeprefix("0")


def how_sure(confidence: Confidence | None) -> str:
    """Return how sure a claim was read: "read with confidence .82; least sure: actor .55"; nothing where not known."""
    if confidence is None:
        return ""
    slot, share = least(confidence)
    said = f"read with confidence {hundredths(confidence.told)}"
    return f"{said}; least sure: {SLOTS.get(slot, slot)} {hundredths(share)}" if share < confidence.told else said


def language(code: str | None) -> str:
    """Return the English name of a language, or its code."""
    return LANGUAGES.get(code or "und", code or "")


def count_of(number: int, one: str, many: str = "") -> str:
    """Return "1 claim", "2 claims"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(items: list[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _sign(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Cs":
        return "\ufffd"
    return f"[U+{ord(char):04X}]" if kind in ("Cc", "Cf") else char


# Joiners and the soft hyphen belong to words in many scripts; they can reorder nothing.
_HARMLESS = frozenset("\n\t\r\u00ad\u200b\u200c\u200d\u2060\ufeff")


def safe(text: str) -> str:
    """Return text whose control and direction signs are written out ("[U+202E]"), so that they cannot reorder a page.

    The exact characters stay in the archived document and in `claims.jsonl`.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _HARMLESS else _sign(char) for char in text)
