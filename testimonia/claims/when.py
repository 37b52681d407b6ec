"""When it happened: the words of time in the clause, as days counted from the document's own day.

Read off the words alone. What no word says has no date; "recently" and "now" have none; a count is never a day ("on
Friday 25 men"). Months and years run from their first day to their last, a night from the evening before, "since D"
to the day of the document. A day or month without a year takes the document's year, and a document of which only the
month or year is known has no yesterday.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from testimonia.claims.asked import Answer, Asked
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Phrases, Word, words
from testimonia.records import DatePrecision, Document, Reason, When

NUMERIC = re.compile(
    r"(?<![\d.])(?:(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)"
    r"|(?P<d2>[0-3]?\d)[./](?P<m2>[01]?\d)[./](?P<y2>(?:19|20)\d\d|\d\d))(?![\d])(?!\.\d)"
)
DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|-?го|-?ого|-?е|-?те|-?му)?$")
YEAR = re.compile(r"(19[89]\d|20[0-4]\d)(?:-?го|-?м|-?му|-?й|s)?$")
DAYS = re.compile(r"(\d{1,2})[-–](\d{1,2})$")  # a hyphenated word is one word
YEAR_SAID = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
CLOCK = re.compile(r"\s*(?:[^\W\d]+\s+)?(?:\d{1,2}[:.]\d\d\s+)(?:[^\W\d]{1,3}\s+)?")  # " to 6:00 on "
DASH = re.compile(r"\s*[-–—]\s*$")
SEASONS = {1: (3, 1, 5), 2: (6, 1, 8), 3: (9, 1, 11), 4: (12, 1, 2)}
GOES_ON = frozenset(
    ("killing", "injury", "shelling", "airstrike", "explosion", "property", "clash", "displacement", "deprivation",
     "sabotage", "assassination")
)  # fmt: skip
BESIDE = 5  # characters between a verb of saying and its time: " on "
REACH = 6  # sentences
ONE_NIGHT = timedelta(days=1)
UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Span:
    """Words of time: where they stand in the sentence, and the days they mean (None: no day can be told)."""

    start: int
    end: int
    first: date | None
    last: date | None
    precision: DatePrecision = "day"
    rule: str = "day"


def when(asked: Asked) -> Answer[When | None]:
    """Return the days of the happening, None where the words do not say.

    Of several words of time those of the clause come first, then those nearest to the words that name the happening;
    where the clause has none, those of its sentence.
    """
    spans = times(asked.sentence.text, asked.pack, asked.packs, asked.document, _told(asked))
    spans = tuple(span for span in spans if not _of_saying(span, asked))
    inside = [span for span in spans if asked.within(span.start, span.end)]
    for span in sorted(inside or spans, key=lambda s: _distance(s, asked.trigger)):
        return _answer(span, asked.sentence.text)
    return _carried(asked) if asked.trigger.value in GOES_ON else Answer(None)


def _told(asked: Asked) -> tuple[date | None, int | None]:
    """Return the last single day that the paragraph told of before, and the last year that it said with a day or month.

    What a text tells of another year goes on in that year: "On 5 March 2022 …. On 21 March …".
    """
    day: date | None = None
    year: int | None = None
    for quote in asked.before[-REACH:]:
        here = quote.paragraph == asked.sentence.paragraph
        for span in times(quote.text, asked.pack, asked.packs, asked.document, (day, year)):
            if span.first and span.first == span.last:
                day = span.first
            if here and span.first and YEAR_SAID.search(quote.text[span.start : span.end]):
                year = span.first.year
    return day, year


def _carried(asked: Asked) -> Answer[When | None]:
    """Answer with the day or night of a sentence shortly before that tells of a blow or what it did.

    News tell one happening over several sentences and say its day once. A sentence with words of time of its own, even
    vague ones, ends that; so does one that tells of nothing of the kind.
    """
    for quote in reversed(asked.before[-REACH:]):
        spans = times(quote.text, asked.pack, asked.packs, asked.document, _told(replace(asked, sentence=quote)))
        if not spans:
            continue
        first = spans[0]
        if first.first and first.last and first.last - first.first <= ONE_NIGHT and _tells(quote.text, asked.pack):
            return Answer(
                When(first.first, first.last, first.precision, quote.text[first.start : first.end]),
                (Reason("when", "goes on from a sentence before", quote.text[first.start : first.end]),),
            )
        return Answer(None)
    return Answer(None)


def _tells(text: str, pack: LanguagePack) -> bool:
    """Say whether a sentence tells of a blow or what it did."""
    return any(hit.value in GOES_ON for hit in pack.table("triggers").find(text))


def _of_saying(span: Span, asked: Asked) -> bool:
    """Say whether words of time belong to a verb of saying beside them ("said on Tuesday"), not to what is said."""
    for said in asked.pack.table("speech").find(asked.words):
        if said.value not in ("said", "claimed"):
            continue
        gap = max(span.start - said.end, said.start - span.end)
        between = asked.sentence.text[min(span.end, said.end) : max(span.start, said.start)]
        if 0 <= gap <= BESIDE and gap < _distance(span, asked.trigger)[0] and "," not in between:
            return True
        if said.end <= span.start and any(a <= said.start and span.end <= b for a, b in asked.saying):
            return True
    return False


def _distance(span: Span, trigger: Hit) -> tuple[int, int]:
    gap = max(span.start - trigger.end, trigger.start - span.end, 0)
    return gap, span.start


def _answer(span: Span, text: str) -> Answer[When | None]:
    said = text[span.start : span.end]
    if span.first is None or span.last is None:
        return Answer(None, (Reason("when", f"{span.rule}: no day can be told", said),))
    return Answer(When(span.first, span.last, span.precision, said), (Reason("when", span.rule, said),))


def times(
    text: str,
    pack: LanguagePack,
    packs: Packs,
    document: Document,
    told: tuple[date | None, int | None] = (None, None),
) -> tuple[Span, ...]:
    """Return the words of time of a sentence in text order, resolved against the document's day.

    `told` are the day told of last and the year that the text goes on in, where the sentences before say them.
    """
    known = document.date
    base = (known.first, known.last) if known else None
    return _times(text, _Tables(pack.code, pack.table("dates"), _moments(pack, packs)), base, told)


def _moments(pack: LanguagePack, packs: Packs) -> tuple[Phrases, ...]:
    return tuple(region.table("moments", pack.code) for region in packs.regions)


@dataclass(frozen=True, eq=False)
class _Tables:
    """The tables that a sentence is read with; two of one language with the same tables are the same."""

    code: str
    dates: Phrases
    moments: tuple[Phrases, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tables) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, int, tuple[int, ...]]:
        return self.code, id(self.dates), tuple(map(id, self.moments))


@lru_cache(maxsize=4096)
def _times(
    text: str, tables: _Tables, base: tuple[date, date] | None, told: tuple[date | None, int | None]
) -> tuple[Span, ...]:
    reader = _Reader(text, words(text), base, told)
    for hit in tables.dates.find(reader.words, overlapping=True):
        if hit.tags.isdisjoint({"capital"}) or text[hit.start].isupper():
            reader.hits.setdefault(hit.first, []).append(hit)
    moments = [hit for table in tables.moments for hit in table.find(reader.words)]
    return tuple(reader.read(moments))


@dataclass
class _Reader:
    """Reads one sentence from left to right; every rule returns the span that begins at a word, and where it ends."""

    text: str
    words: Sequence[Word]
    base: tuple[date, date] | None
    told: tuple[date | None, int | None] = (None, None)
    hits: dict[int, list[Hit]] = field(default_factory=dict)

    # --- what stands at a word ---

    def hit(self, at: int, kind: str) -> Hit | None:
        """Return the longest hit of a kind that begins at a word."""
        found = [h for h in self.hits.get(at, ()) if h.value.split()[0] == kind]
        return max(found, key=lambda h: h.last, default=None)

    def before(self, at: int, kind: str) -> Hit | None:
        """Return the longest hit of a kind that ends right before a word."""
        found = [h for back in range(1, 5) if (h := self.hit(at - back, kind)) and h.last == at]
        return max(found, key=lambda h: h.last - h.first, default=None)

    def number(self, at: int, pattern: re.Pattern[str], top: int) -> int | None:
        """Return the number that a word is, if the pattern allows it and it is not above `top`."""
        match = pattern.match(self.words[at].form) if at < len(self.words) else None
        value = int(match[1]) if match else 0
        return value if 0 < value <= top else None

    def between(self, at: int) -> str:
        """Return what stands between a word and the next."""
        if at + 1 >= len(self.words):
            return ""
        return self.text[self.words[at].end : self.words[at + 1].start]

    @property
    def day(self) -> date | None:
        """The document's day, None where only its month or year is known."""
        return self.base[0] if self.base and self.base[0] == self.base[1] else None

    @property
    def year(self) -> int | None:
        """The year that the text goes on in, else the document's."""
        if self.told[1]:
            return self.told[1]
        return self.base[0].year if self.base and self.base[0].year == self.base[1].year else None

    # --- the sentence ---

    def read(self, moments: Iterable[Hit]) -> Iterator[Span]:
        """Yield the words of time of the sentence in text order."""
        fixed = sorted([*self._numeric(), *self._events(moments)], key=lambda s: s.start)
        at, made = 0, []
        while at < len(self.words):
            span, end = self._at(at)
            if span:
                made.append(self._governed(span, at))
            at = max(end, at + 1)
        made = [s for s in made if all(s.end <= f.start or s.start >= f.end for f in fixed)]
        yield from self._joined(sorted([*made, *fixed], key=lambda s: s.start))

    def _numeric(self) -> Iterator[Span]:
        for m in NUMERIC.finditer(self.text):
            year, month, day = (int(m[g] or m[g + "2"]) for g in "ymd")
            made = _day(year + 2000 * (year < 100), month, day)
            if made:
                yield Span(m.start(), m.end(), made, made, "day", "a date in figures")

    def _events(self, moments: Iterable[Hit]) -> Iterator[Span]:
        for hit in moments:
            first = date.fromisoformat(hit.value)
            if "since" in hit.tags or self.before(hit.first, "since"):
                end = self.base[1] if self.base else None
                yield Span(hit.start, hit.end, first, end, "days", "since a moment of the region's table")
            elif "on" in hit.tags:
                yield Span(hit.start, hit.end, first, first, "day", "a moment of the region's table")

    def _at(self, at: int) -> tuple[Span | None, int]:
        never = self.before(at, "never")
        for rule in (
            self._day_month,
            self._month_day,
            self._month,
            self._weekday,
            self._season,
            self._year,
            self._ago,
            self._same,
            self._relative,
        ):
            made = rule(at)
            if made:
                return (None if never else made[0]), made[1]
        return None, at + 1

    # --- rules: a span and the word after it, or None ---

    def _span(
        self, first_word: int, last_word: int, days: tuple[date, date] | None, precision: DatePrecision, rule: str
    ) -> tuple[Span, int]:
        start, end = self.words[first_word].start, self.words[last_word].end
        first, last = days or (None, None)
        return Span(start, end, first, last, precision, rule), last_word + 1

    def _year_after(self, at: int) -> tuple[int | None, int]:
        """Return the year said at a word, or the document's, and the last word that belongs to it."""
        year = self.number(at, YEAR, 2049)
        if year and "(" not in self.text[self.words[at - 1].end : self.words[at].start]:
            return year, at + (1 if self._year_word(at + 1) else 0)
        hit = self.hit(at, "years")
        if hit and self.base:
            return self.base[0].year + int(hit.value.split()[1]), hit.last - 1
        return self.year, at - 1

    def _year_word(self, at: int) -> bool:
        hit = self.hit(at, "year")
        return bool(hit and "after" not in hit.tags)

    def _day_month(self, at: int) -> tuple[Span, int] | None:
        """Read "16 March", "16th of March 2022", "24–26 May", "24 and 25 May"."""
        read = self._days(at)
        if not read:
            return None
        first, last, month_at = read
        if month_at < len(self.words) and self.words[month_at].form == "of":
            month_at += 1
        month = self.hit(month_at, "month")
        if not month or re.search(r"[.;:!?]", self.text[self.words[month_at - 1].end : month.start]):
            return None
        year, end = self._year_after(month.last)
        days = _interval(_day(year, int(month.value.split()[1]), first), _day(year, int(month.value.split()[1]), last))
        return self._span(at, max(end, month.last - 1), days, "day" if first == last else "days", "a day of a month")

    def _days(self, at: int) -> tuple[int, int, int] | None:
        """Read one day in figures, or two ("24–26", "24 and 25"): the first, the last, and the word after them."""
        pair = DAYS.match(self.words[at].form) if at < len(self.words) else None
        if pair:
            return (int(pair[1]), int(pair[2]), at + 1) if 0 < int(pair[1]) < int(pair[2]) < 32 else None
        first = self.number(at, DAY, 31)
        if not first or self._decimal(at):
            return None
        dash = DASH.match(self.between(at))
        more = at + 1 if dash else at + 2 if self.hit(at + 1, "and") or self.hit(at + 1, "to") else 0
        second = self.number(more, DAY, 31) if more else None
        return (first, second, more + 1) if second and second > first else (first, first, at + 1)

    def _decimal(self, at: int) -> bool:
        """Say whether a number is a part of a longer figure: "7.62", "12:30", "1,16"."""
        start = self.words[at].start
        return bool(
            re.search(r"\d[.,:/]$", self.text[:start]) or re.match(r"[.,:/]\d", self.text[self.words[at].end :])
        )

    def _month_day(self, at: int) -> tuple[Span, int] | None:
        """Read "March 16", "March 16–18, 2022"; not "in March 25 men"."""
        month = self.hit(at, "month")
        if not month or "capital" not in month.tags or self._only_month(at):
            return None
        read = self._days(month.last)
        if not read or re.search(r"[.;:!?,]", self.between(month.last - 1).replace(".", "", 1)):
            return None
        first, last, last_at = read[0], read[1], read[2] - 1
        year, end = self._year_after(last_at + 1) if last_at + 1 < len(self.words) else (self.year, last_at)
        number = int(month.value.split()[1])
        days = _interval(_day(year, number, first), _day(year, number, last))
        return self._span(at, max(end, last_at), days, "day" if first == last else "days", "a day of a month")

    def _only_month(self, at: int) -> bool:
        """Say whether "in" before a month makes the number after it a count: "in March 25 men"."""
        hit = self.before(at, "in")
        return bool(hit and self.text[hit.start : hit.end].lower() == "in")

    def _month(self, at: int) -> tuple[Span, int] | None:
        month = self.hit(at, "month")
        if not month or "short" in month.tags:
            return None
        year, end = self._year_after(month.last) if month.last < len(self.words) else (self.year, at)
        end = max(end, month.last - 1)
        number = int(month.value.split()[1])
        said = end >= month.last
        if not said and self._stands_alone(at):
            return None
        if not said and year and self.base and self.before(at, "last") and number >= self.base[0].month:
            year -= 1
        if not year:
            return self._span(at, end, None, "month", "a month of an unknown year")
        first, last, precision = 1, monthrange(year, number)[1], "month"
        part = self.before(at, "part")
        if part:
            first, last = int(part.value.split()[1]), min(last, int(part.value.split()[2]))
        days = (date(year, number, first), date(year, number, last))
        return self._span(part.first if part else at, end, days, "days" if part else "month", f"a {precision}")

    def _stands_alone(self, at: int) -> bool:
        """Say whether a month's name without a year may be something else: no word that a date follows is before it."""
        return not any(
            self.before(at, kind) for kind in ("in", "since", "part", "last", "this", "to", "between", "and", "next")
        )

    def _weekday(self, at: int) -> tuple[Span, int] | None:
        hit = self.hit(at, "weekday")
        if not hit:
            return None
        if self.day is None or self.before(at, "next"):
            return self._span(at, at, None, "day", "a day of the week of an unknown week")
        back = (self.day.weekday() - int(hit.value.split()[1])) % 7
        if self.before(at, "last") and back == 0:
            back = 7
        day = self.day - timedelta(days=back)
        return self._span(at, at, (day, day), "day", "the last such day of the week")

    def _season(self, at: int) -> tuple[Span, int] | None:
        hit = self.hit(at, "season")
        if not hit:
            return None
        year, end = self._year_after(hit.last) if hit.last < len(self.words) else (self.year, at)
        if end < hit.last and not (self.before(at, "this") or self.before(at, "last")):
            return None
        number = int(hit.value.split()[1])
        if (
            year
            and end < hit.last
            and self.before(at, "last")
            and self.base
            and self.base[0].month <= SEASONS[number][2] % 12 + 1
        ):
            year -= 1
        return self._span(at, max(end, at), _season_days(year, number), "season", "a season")

    def _year(self, at: int) -> tuple[Span, int] | None:
        year = self.number(at, YEAR, 2049)
        if not year or self._decimal(at) or self.hit(at + 1, "born") or self.before(at, "born"):
            return None
        after = self._year_word(at + 1)
        if not after and not self.before(at, "in") and not self.before(at, "since") and not self.before(at, "year"):
            return None
        return self._span(at, at + after, (date(year, 1, 1), date(year, 12, 31)), "year", "a year")

    def _ago(self, at: int) -> tuple[Span, int] | None:
        small = self.hit(at, "number")
        number = int(small.value.split()[1]) if small else self.number(at, DAY, 31)
        hit = self.hit(at + 1, "ago") if number else None
        if not number or not hit:
            return None
        unit = hit.value.split()[1]
        if self.day is None or "told" in hit.tags:
            return self._span(at, hit.last - 1, None, "day", "so long before an unknown day")
        return self._span(
            at,
            hit.last - 1,
            _ago(self.day, number, unit),
            "day" if unit == "day" else "vague",
            f"so many {unit}s before",
        )

    def _same(self, at: int) -> tuple[Span, int] | None:
        """Read "the same day": the day told of last before it."""
        hit = self.hit(at, "same")
        if not hit:
            return None
        day = self.told[0]
        return self._span(at, hit.last - 1, (day, day) if day else None, "day", "the day told of last")

    def _relative(self, at: int) -> tuple[Span, int] | None:
        found = [h for kind in ("span", "week", "months", "years") if (h := self.hit(at, kind))]
        hit = max(found, key=lambda h: h.last, default=None)
        if not hit:
            return None
        kind, *numbers = hit.value.split()
        if kind == "years":
            days = (
                (date(self.year + int(numbers[0]), 1, 1), date(self.year + int(numbers[0]), 12, 31))
                if self.year
                else None
            )
            return self._span(at, hit.last - 1, days, "year", "a year counted from the document's")
        if self.day is None:
            return self._span(at, hit.last - 1, None, "day", "counted from an unknown day")
        days = _relative(self.day, kind, [int(n) for n in numbers])
        precision: DatePrecision = (
            "week" if kind == "week" else "month" if kind == "months" else "day" if days[0] == days[1] else "days"
        )
        return self._span(at, hit.last - 1, days, precision, "counted from the document's day")

    # --- what governs a span, and what joins two ---

    def _governed(self, span: Span, at: int) -> Span:
        """Widen a span by the word before it: the night before a day, "since" a day."""
        first = next((i for i, w in enumerate(self.words) if w.start >= span.start), at)
        if span.first is None or span.last is None:
            return span
        night = self.before(first, "night") or (
            self.before(first - 1, "night") if self.hit(first - 1, "weekday") else None
        )
        if night and span.precision in ("day", "days"):
            begin = span.first - timedelta(days=1) if span.first == span.last else span.first
            return replace(span, start=night.start, first=begin, precision="days", rule="the night before a day")
        since = self.before(first, "since")
        if since and span.first.replace(day=1) == span.last.replace(day=1) and span.precision == "days":
            return span
        if since and not self._ends_later(span) and self.base and span.first <= self.base[1]:
            return replace(
                span, start=since.start, last=max(self.base[1], span.last), precision="days", rule="since then"
            )
        return span

    def _ends_later(self, span: Span) -> bool:
        """Say whether "from D" goes on with "to D": the end stands right behind."""
        at = next((i for i, w in enumerate(self.words) if w.start >= span.end), len(self.words))
        return (
            self.hit(at, "to") is not None or bool(DASH.match(self.text[span.end : self.words[at].start]))
            if at < len(self.words)
            else False
        )

    def _joined(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Join "from A to B", "between A and B", "A – B" into one span."""
        waiting: Span | None = None
        for span in spans:
            if waiting and self._joins(waiting, span):
                waiting = _from_to(waiting, span)
                continue
            if waiting:
                yield waiting
            waiting = span
        if waiting:
            yield waiting

    def _joins(self, a: Span, b: Span) -> bool:
        between = [i for i, w in enumerate(self.words) if a.end <= w.start and w.end <= b.start]
        if between and CLOCK.fullmatch(self.text[a.end : b.start]) and self.hit(between[0], "to"):
            return True
        if DASH.fullmatch(self.text[a.end : b.start]):
            return True
        if len(between) != 1:
            return False
        first = next(i for i, w in enumerate(self.words) if w.start >= a.start)
        if self.hit(between[0], "to"):
            return bool(self.before(first, "from") or self.before(first, "since") or a.precision != "day")
        return bool(self.hit(between[0], "and") and self.before(first, "between"))


# --- days ---


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _interval(first: date | None, last: date | None) -> tuple[date, date] | None:
    return (first, last) if first and last and first <= last else None


def _season_days(year: int | None, number: int) -> tuple[date, date] | None:
    if not year:
        return None
    first, day, last = SEASONS[number]
    end = year + (last < first)
    return date(year, first, day), date(end, last, monthrange(end, last)[1])


def _ago(day: date, number: int, unit: str) -> tuple[date, date]:
    """Return the interval that "so many units ago" can mean: the day itself, or half a unit on either side."""
    middle = day - timedelta(days=number * UNIT_DAYS[unit])
    slack = timedelta(days=UNIT_DAYS[unit] // 2)
    return middle - slack, middle + slack


def _relative(day: date, kind: str, numbers: Sequence[int]) -> tuple[date, date]:
    if kind == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=numbers[0])
        return monday, monday + timedelta(days=6)
    if kind == "months":
        count = day.year * 12 + day.month - 1 + numbers[0]
        year, month = count // 12, count % 12 + 1
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return day + timedelta(days=numbers[0]), day + timedelta(days=numbers[1])


def _from_to(a: Span, b: Span) -> Span:
    first, last = a.first, b.last
    if first and last and first > last and first.year == last.year:
        first = _day(first.year - 1, first.month, first.day)
    if not first or not last:
        first = last = None
    return Span(a.start, b.end, first, last, "days", "from one to another")
