"""Days that words name by themselves: "16 March 2022", "04.05.2022", "in April", "in the spring of 2023", "in 2014".

A day or month without a year takes the year that the text goes on in, else the document's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from testimonia.claims.days import SEASONS, day_of, interval, season_of
from testimonia.claims.reading import DAY, Found, Reading, Span

NUMERIC = re.compile(
    r"(?<![\d.])(?:(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)"
    r"|(?P<d2>[0-3]?\d)[./](?P<m2>[01]?\d)[./](?P<y2>(?:19|20)\d\d|\d\d))(?![\d])(?!\.\d)"
)
YEAR = re.compile(r"(19[89]\d|20[0-4]\d)(?:-?го|-?м|-?му|-?й|s)?$")
LAST_YEAR = 2049
DAYS = re.compile(r"(\d{1,2})[-–](\d{1,2})$")  # a hyphenated word is one word
DASH = re.compile(r"\s*[-–—]\s*$")


def numeric(reading: Reading) -> Iterator[Span]:
    """Yield the dates in figures: "2022-05-04", "04.05.2022"."""
    for m in NUMERIC.finditer(reading.text):
        year, month, day = (int(m[g] or m[g + "2"]) for g in "ymd")
        made = day_of(year + 2000 * (year < 100), month, day)
        if made:
            yield Span(m.start(), m.end(), made, made, "day", "a date in figures")


def _year_after(reading: Reading, at: int) -> tuple[int | None, int]:
    """Return the year said at a word, or the document's, and the last word that belongs to it."""
    if reading.hit(at, "in") and reading.number(at + 1, YEAR, LAST_YEAR):
        at += 1  # "the spring of 2023"
    year = reading.number(at, YEAR, LAST_YEAR)
    if year and "(" not in reading.text[reading.words[at - 1].end : reading.words[at].start]:
        return year, at + (1 if _year_word(reading, at + 1) else 0)
    hit = reading.hit(at, "years")
    if hit and reading.base:
        return reading.base[0].year + int(hit.value.split()[1]), hit.last - 1
    return reading.year, at - 1


def _year_word(reading: Reading, at: int) -> bool:
    hit = reading.hit(at, "year")
    return bool(hit and "after" not in hit.tags)


def day_month(reading: Reading, at: int) -> Found | None:
    """Read "16 March", "16th of March 2022", "24–26 May", "24 and 25 May"."""
    read = _days(reading, at)
    if not read:
        return None
    first, last, month_at = read
    if month_at < len(reading.words) and reading.words[month_at].form == "of":
        month_at += 1
    month = reading.hit(month_at, "month")
    if not month or re.search(r"[.;:!?]", reading.text[reading.words[month_at - 1].end : month.start]):
        return None
    year, end = _year_after(reading, month.last)
    days = interval(day_of(year, int(month.value.split()[1]), first), day_of(year, int(month.value.split()[1]), last))
    return reading.span(at, max(end, month.last - 1), days, "day" if first == last else "days", "a day of a month")


def _days(reading: Reading, at: int) -> tuple[int, int, int] | None:
    """Read one day in figures, or two ("24–26", "24 and 25"): the first, the last, and the word after them."""
    pair = DAYS.match(reading.words[at].form) if at < len(reading.words) else None
    if pair:
        return (int(pair[1]), int(pair[2]), at + 1) if 0 < int(pair[1]) < int(pair[2]) < 32 else None
    first = reading.number(at, DAY, 31)
    if not first or _decimal(reading, at):
        return None
    dash = DASH.match(reading.between(at))
    more = at + 1 if dash else at + 2 if reading.hit(at + 1, "and") or reading.hit(at + 1, "to") else 0
    second = reading.number(more, DAY, 31) if more else None
    return (first, second, more + 1) if second and second > first else (first, first, at + 1)


def _decimal(reading: Reading, at: int) -> bool:
    """Say whether a number is a part of a longer figure: "7.62", "12:30", "1,16"."""
    start = reading.words[at].start
    return bool(
        re.search(r"\d[.,:/]$", reading.text[:start]) or re.match(r"[.,:/]\d", reading.text[reading.words[at].end :])
    )


def month_day(reading: Reading, at: int) -> Found | None:
    """Read "March 16", "March 16–18, 2022"; not "in March 25 men"."""
    month = reading.hit(at, "month")
    if not month or "capital" not in month.tags or _only_month(reading, at):
        return None
    read = _days(reading, month.last)
    if not read or re.search(r"[.;:!?,]", reading.between(month.last - 1).replace(".", "", 1)):
        return None
    first, last, last_at = read[0], read[1], read[2] - 1
    year, end = _year_after(reading, last_at + 1) if last_at + 1 < len(reading.words) else (reading.year, last_at)
    number = int(month.value.split()[1])
    days = interval(day_of(year, number, first), day_of(year, number, last))
    return reading.span(at, max(end, last_at), days, "day" if first == last else "days", "a day of a month")


def _only_month(reading: Reading, at: int) -> bool:
    """Say whether "in" before a month makes the number after it a count: "in March 25 men"."""
    hit = reading.before(at, "in")
    return bool(hit and reading.text[hit.start : hit.end].lower() == "in")


def month(reading: Reading, at: int) -> Found | None:
    """Read "in April", "in early April 2022", "since last November"; not a month's name that may be something else."""
    month = reading.hit(at, "month")
    if not month or "short" in month.tags:
        return None
    year, end = _year_after(reading, month.last) if month.last < len(reading.words) else (reading.year, at)
    end = max(end, month.last - 1)
    number = int(month.value.split()[1])
    said = end >= month.last
    if not said and _stands_alone(reading, at):
        return None
    if not said and year and reading.base and reading.before(at, "last") and number >= reading.base[0].month:
        year -= 1
    if not year:
        return reading.span(at, end, None, "month", "a month of an unknown year")
    first, last, precision = 1, monthrange(year, number)[1], "month"
    part = reading.before(at, "part")
    if part:
        first, last = int(part.value.split()[1]), min(last, int(part.value.split()[2]))
    days = (date(year, number, first), _so_far(reading, date(year, number, first), date(year, number, last)))
    return reading.span(part.first if part else at, end, days, "days" if part else "month", f"a {precision}")


def _so_far(reading: Reading, first: date, last: date) -> date:
    """Return the last day of a month, or the document's day in it: what is told of had not gone further."""
    return min(last, reading.day) if reading.day and first < reading.day else last


def half(reading: Reading, at: int) -> Found | None:
    """Read "in the first half of 2026", "in the second quarter", with the year said or the document's."""
    hit = reading.hit(at, "half")
    if not hit:
        return None
    year, end = _year_after(reading, hit.last) if hit.last < len(reading.words) else (reading.year, at)
    first, last = (int(month) for month in hit.value.split()[1:])
    days = (date(year, first, 1), date(year, last, monthrange(year, last)[1])) if year else None
    return reading.span(at, max(end, hit.last - 1), days, "days", "a part of a year")


def _stands_alone(reading: Reading, at: int) -> bool:
    """Say whether a month's name without a year may be something else: no word that a date follows is before it."""
    return not any(
        reading.before(at, kind) for kind in ("in", "since", "part", "last", "this", "to", "between", "and", "next")
    )


def season(reading: Reading, at: int) -> Found | None:
    """Read "in the spring of 2023", "last summer"."""
    hit = reading.hit(at, "season")
    if not hit:
        return None
    year, end = _year_after(reading, hit.last) if hit.last < len(reading.words) else (reading.year, at)
    if end < hit.last and not (reading.before(at, "this") or reading.before(at, "last")):
        return None
    number = int(hit.value.split()[1])
    if (
        year
        and end < hit.last
        and reading.before(at, "last")
        and reading.base
        and reading.base[0].month <= SEASONS[number][2] % 12 + 1
    ):
        year -= 1
    return reading.span(at, max(end, at), season_of(year, number), "season", "a season")


def year(reading: Reading, at: int) -> Found | None:
    """Read "in 2014", «2014 року»; not a year of birth, nor a bare number."""
    year = reading.number(at, YEAR, LAST_YEAR)
    if not year or _decimal(reading, at) or reading.hit(at + 1, "born") or reading.before(at, "born"):
        return None
    after = _year_word(reading, at + 1)
    marks = [hit for kind in ("in", "since", "year") if (hit := reading.before(at, kind))]
    if year % 100 == 0:  # "a crowd of 2000 people"
        marks = [hit for hit in marks if "loose" not in hit.tags]
    if not after and not marks:
        return None
    return reading.span(at, at + after, (date(year, 1, 1), date(year, 12, 31)), "year", "a year")
