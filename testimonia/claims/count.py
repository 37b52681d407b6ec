"""How many? The numbers of a sentence with their bounds and units, each given to the happening that it belongs to.

A number is no count where its unit says so (a year of age, a distance, an hour, a calibre, a date), where it is part of
a name (T-72) or looks like a year. It belongs to the nearest trigger whose type is counted in its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from testimonia.claims.asked import Answer
from testimonia.claims.dated import LATE, dated
from testimonia.packs import LanguagePack
from testimonia.phrases import Hit, Word
from testimonia.records import Count, Reason

Number = int | float

PEOPLE = ("person",)
THINGS = ("item", "percent", "event")
MONEY = ("USD", "EUR", "UAH", "RUB")
TIME = ("year", "day")
COUNTED: dict[str, tuple[str, ...]] = {
    "killing": PEOPLE,
    "injury": PEOPLE,
    "torture": (*PEOPLE, "event", "percent"),
    "sexual_violence": (*PEOPLE, "event", "percent"),
    "detention": (*PEOPLE, "event", "percent", *TIME),
    "prosecution": (*PEOPLE, "event", "item", "percent", *TIME, *MONEY),
    "deportation": (*PEOPLE, "percent"),
    "conscription": (*PEOPLE, "percent"),
    "displacement": (*PEOPLE, "item", "percent"),
    "protest": (*PEOPLE, "event"),
    "refusal": (*PEOPLE, "percent"),
    "assassination": (*PEOPLE, "event"),
    "informing": (*PEOPLE, "item"),
    "deployment": (*PEOPLE, "item", *MONEY),
    "shelling": THINGS,
    "airstrike": THINGS,
    "explosion": THINGS,
    "clash": (*PEOPLE, *THINGS),
    "sabotage": THINGS,
    "property": (*THINGS, *MONEY),
    "deprivation": (*PEOPLE, *THINGS, "day"),
    "restriction": (*PEOPLE, *THINGS, "day", *MONEY),
    "imposition": (*PEOPLE, *THINGS),
    "territory": THINGS,
    "symbolic": (*THINGS, *PEOPLE),
    "reward": (*MONEY, *PEOPLE),
    "aid": (*MONEY, *PEOPLE, "item", "percent"),
    "demography": (*PEOPLE, "percent"),
    "disclosure": (*PEOPLE, "item"),
}
GROUPS = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+"  # 1,200 and 1 200 are one figure
DIGITS = re.compile(
    rf"(?<![\w.,:/-])({GROUPS})([.,]\d+)?(?:\s?[-–—]\s?({GROUPS}))?"
    r"(?:-(?:ти|х|ми|ма|ох))?([^\W\d_]{1,3})?(?!\w|-\w|[.,:/]\d)"  # «260-ти», "15bn"
)
THOUSANDS = re.compile(r"\.000")  # 200.000 people are two hundred thousand
SIGNS = {"$": "USD", "€": "EUR", "₴": "UAH", "₽": "RUB", "%": "percent"}
YEARS = range(1900, 2101)
LARGEST = 10**12  # a figure above is a number of a file or an account, never a count
UNIT_WITHIN = 4  # words after a number within which its unit may stand
BARE_WITHIN = 2  # words between a trigger and a number that names no unit ("five killed")
SAME = "same"  # the unit of "of them": that of the number before
PLACED = ("where", "between")  # words before a number of places in which, or from which
LONGEST = 40  # characters of a figure, or of two with a dash
ONE = {"clash": "item"}  # what one of a type is, where it is no person though the type may count people
BEFALLS = frozenset(("killing", "injury", "detention", "assassination"))  # what is told of one person by one verb
SURE = 0.6  # probability from which on a number is given to a type that no rule gives it to
PULL = 10  # by how many words a trigger is nearer that a number counts for certain
HARDLY = 0.05  # probability under which a number counts nothing
CROSSING = 3  # what it costs, in words, to reach over a sign to another segment


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence: its words `first` to `last` (excluded), its characters, its bounds and its unit."""

    first: int
    last: int
    start: int
    end: int
    low: Number | None
    high: Number | None
    approx: bool = False
    unit: str | None = None
    whole: tuple[int, int] = (0, 0)
    article: bool = False

    @property
    def single(self) -> bool:
        """True where it is one figure, no range."""
        return self.low is not None and self.low == self.high


def _value(digits: str, rest: str | None = None) -> Number:
    whole = int(re.sub(r"\D", "", digits))
    return float(f"{whole}.{rest[1:]}") if rest else whole


def _spanned(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Return the words that a stretch of characters covers, None where it cuts one."""
    inside = [at for at, word in enumerate(words) if word.start >= start and word.end <= end]
    cut = any(word.start < start < word.end or word.start < end < word.end for word in words)
    return (inside[0], inside[-1] + 1) if inside and not cut else None


def _noughts(sign: str, pack: LanguagePack) -> Number:
    """Return what a sign right behind a figure multiplies it with; 0 where it is another sign."""
    signs = (entry for entry in pack.table("numbers").entries if "after" in entry.tags)
    return next((_range(entry.value)[0] for entry in signs if entry.phrase == sign), 0)


def _figures(text: str, words: Sequence[Word], pack: LanguagePack) -> list[Figure]:
    """Read the numbers in digits: 1,200 and 1 200 are one number, 30-40 is a range, 15bn has nine more noughts."""
    found = []
    for m in DIGITS.finditer(text):
        span = _spanned(words, m.start(), m.end())
        factor = _noughts(m[4].casefold(), pack) if m[4] else 1
        if span and factor and len(m[0]) <= LONGEST:
            low = _value(m[1] + m[2][1:]) if m[2] and THOUSANDS.fullmatch(m[2]) else _value(m[1], m[2])
            high = _value(m[3]) if m[3] else low
            found.append(_times(Figure(*span, m.start(), m.end(), low, max(low, high), unit=None), factor))
    return found


def _times(number: Figure, factor: Number) -> Figure:
    def times(value: Number | None) -> Number | None:
        product = None if value is None else value * factor
        return int(product) if isinstance(product, float) and product.is_integer() else product

    return replace(number, low=times(number.low), high=times(number.high))


def _added(number: Figure, value: Number, hit: Hit) -> Figure:
    return replace(number, low=(number.low or 0) + value, high=(number.high or 0) + value, last=hit.last, end=hit.end)


def _range(value: str) -> tuple[Number, Number]:
    low, _, high = value.partition("..")
    first = float(low) if "." in low else int(low)
    return first, (int(high) if high else first)


def _from_hit(hit: Hit) -> Figure:
    low, high = _range(hit.value)
    if {"times"} <= hit.tags and "one" not in hit.tags:  # "thousands" by itself
        return Figure(hit.first, hit.last, hit.start, hit.end, 2 * low, 10 * low - 1, approx=True)
    unit = "percent" if "percent" in hit.tags else None
    return Figure(hit.first, hit.last, hit.start, hit.end, low, high, approx="vague" in hit.tags, unit=unit)


def _fits_under(number: Figure, value: Number) -> bool:
    """Say whether a word may be added to a number: "twenty" + "five", "two hundred" + "six", never "five" + "five"."""
    low = number.low or 0
    return (
        number.single and isinstance(low, int) and any(low % base == 0 and 0 < value < base for base in (1000, 100, 10))
    )


def _joined(before: Figure, part: Hit, joins: frozenset[int]) -> bool:
    """Say whether a number word goes on with the number before it: "twenty five", "two hundred and six"."""
    if part.tags or not _fits_under(before, _range(part.value)[0]):
        return False
    linked = part.first - before.last == 1 and before.last in joins and (before.low or 0) % 100 == 0
    return part.first == before.last or (linked and before.last - before.first > 1)


def _grouped(parts: list[Figure | Hit], joins: frozenset[int]) -> list[Figure]:
    """Put figures and number words that belong together into one: "2 thousand", "two hundred and six"."""
    out: list[Figure] = []
    for part in parts:
        before = out[-1] if out else None
        if isinstance(part, Figure):
            out.append(part)
        elif before and "times" in part.tags and part.first == before.last:
            out[-1] = replace(_times(before, _range(part.value)[0]), last=part.last, end=part.end)
        elif "after" in part.tags:
            continue
        elif before and _joined(before, part, joins):
            out[-1] = _added(before, _range(part.value)[0], part)
        else:
            out.append(_from_hit(part))
    return out


def _joins(words: Sequence[Word], pack: LanguagePack) -> frozenset[int]:
    """Return the words that are an "and"."""
    return frozenset(hit.first for hit in pack.table("breaks").find(words) if hit.value == "and")


def _words_and_figures(text: str, words: Sequence[Word], pack: LanguagePack) -> list[Figure]:
    figures = _figures(text, words, pack)
    taken = {at for number in figures for at in range(number.first, number.last)}
    hits = [hit for hit in pack.table("numbers").find(words) if hit.first not in taken]
    people = {hit.first for hit in pack.table("units").find(words) if hit.value in PEOPLE and "one" in hit.tags}
    usable = [hit for hit in hits if not {"not", "article"} & hit.tags or ("bare" in hit.tags and hit.last in people)]
    return _grouped(sorted([*figures, *usable], key=lambda part: part.first), _joins(words, pack))


def _singles(words: Sequence[Word], pack: LanguagePack, triggers: Sequence[Hit]) -> list[Figure]:
    """Read "a man" as one, not "a terrorist attack"; where the language has no articles, the singular noun alone."""
    named = {hit.last - 1 for hit in triggers}
    numbers = pack.table("numbers")
    articles = {hit.last: hit for hit in numbers.find(words) if "article" in hit.tags}
    needed = any("article" in entry.tags for entry in numbers.entries)
    found = []
    for hit in pack.table("units").find(words):
        article = articles.get(hit.first) or articles.get(hit.first - 1)
        if "one" in hit.tags and (article or not needed) and hit.last not in named:
            begin = article or hit
            found.append(
                Figure(
                    begin.first, hit.last, begin.start, hit.end, 1, 1, False, hit.value, (begin.first, hit.last), True
                )
            )
    return found


def _sided(number: Figure, value: str) -> Figure:
    if value == "at_least" and number.low is not None:
        return replace(number, high=None)
    if value == "at_most" and number.single:
        return replace(number, low=None)
    return replace(number, approx=True) if value == "approx" else number


def _bounded(number: Figure, bounds: Sequence[Hit]) -> Figure:
    """Apply the words right before a number and those right after it that bound it."""
    for hit in reversed(bounds):
        behind = "after" in hit.tags
        after = hit.first - number.whole[1] in (0, 1) or hit.first == number.last
        if after if behind else hit.last == number.whole[0]:
            number = _sided(number, hit.value)
            number = replace(number, whole=(min(number.whole[0], hit.first), max(number.whole[1], hit.last)))
    return number


def _ranged(numbers: Sequence[Figure], bounds: Sequence[Hit]) -> list[Figure]:
    """Join "between A and B", "from A to B", "A to B" into one range."""
    joins = {hit.first: hit for hit in bounds if hit.value == "to"}
    opened = {hit.last for hit in bounds if hit.value == "between"}
    out: list[Figure] = []
    for number in numbers:
        before = out[-1] if out else None
        join = joins.get(before.last) if before else None
        if before and join and number.first == join.last and before.single and number.single:
            plain = "open" not in join.tags or before.first in opened
            if plain and (before.low or 0) < (number.high or 0):
                out[-1] = replace(before, high=number.high, last=number.last, end=number.end)
                continue
        out.append(number)
    return out


def _unit(number: Figure, units: Sequence[Hit], stops: Sequence[int], text: str) -> Figure:
    """Give a number that has none the first unit within a few words after it, or one right before it.

    `stops` are the words at which another number, a verb or another clause ends the search. A singular noun after a
    number other than one is an adjective ("20 civilian objects") and gives way to the unit after it.
    """
    if number.unit:
        return replace(number, whole=(number.first, number.last))
    limit = min((at for at in stops if at > number.first and at >= number.last), default=number.last + UNIT_WITHIN)
    limit = min(limit, number.last + UNIT_WITHIN)
    for hit in units:
        if "before" in hit.tags and hit.last == number.first and "," not in text[hit.end : number.start]:
            return replace(number, unit=hit.value, whole=(hit.first, number.last))
    near = [
        hit for hit in units if number.last <= hit.first < limit and (hit.value != SAME or hit.first == number.last)
    ]
    plural = [hit for hit in near if number.low == 1 or "one" not in hit.tags]
    for hit in plural or near:
        return replace(number, unit=hit.value, whole=(number.first, hit.last))
    return replace(number, whole=(number.first, number.last))


def _resolved(found: Sequence[Figure], bounds: Sequence[Hit]) -> list[Figure]:
    """Give "four of them" the unit of the number before; where none is before and it says where, it counts nobody."""
    placed = {hit.last for hit in bounds if hit.value in PLACED}
    out: list[Figure] = []
    for number in found:
        last = next((one.unit for one in reversed(out) if one.unit not in (None, "none")), None)
        meant = last or ("none" if number.first in placed else None)
        out.append(replace(number, unit=meant) if number.unit == SAME else number)
    return out


def _says_where(number: Figure, bounds: Sequence[Hit]) -> bool:
    """Say whether a number of things only says where: "taken from four regions", «у трьох селах»."""
    return number.unit == "item" and any(
        hit.value in PLACED and (hit.last in (number.first, number.whole[0]) or hit.first == number.whole[0])
        for hit in bounds
    )


def _numbers_a_part(number: Figure, text: str) -> bool:
    """Say whether a figure only numbers what follows it: "Story 1: prisoners"."""
    return number.unit is None and text[number.end : number.end + 1] == ":"


def _signed(number: Figure, text: str) -> Figure:
    """Read the signs at a number: 5%, $5, €5, ₴5, ₽5."""
    before, after = text[max(0, number.start - 1) : number.start], text[number.end : number.end + 2].strip()[:1]
    unit = SIGNS.get(after) or SIGNS.get(before)
    return replace(number, unit=unit) if unit else number


def _is_year(number: Figure) -> bool:
    """Say whether a figure that no word of time marks is a year, or two are: "between 2022 and 2024"."""
    if number.low not in YEARS or number.high not in YEARS:
        return False
    if not number.single:
        return number.low in LATE and number.high in LATE and number.low != number.high
    return number.unit in (None, "year") and number.last - number.first == 1  # «2014 года» is a date too


def _stops(raw: Sequence[Figure], words: Sequence[Word], pack: LanguagePack, triggers: Sequence[Hit]) -> list[int]:
    """Return the words at which the search for a unit ends; a participle right before it does not end it."""
    ends = {number.last for number in raw}
    verbs = [hit.last for hit in triggers if "noun" not in hit.tags and hit.first not in ends]
    clauses = [hit.first for hit in pack.table("breaks").find(words) if hit.value in ("sub", "clause", "after")]
    return [*(number.first for number in raw), *verbs, *clauses, *_months(ends, words, pack)]


def _months(ends: Collection[int], words: Sequence[Word], pack: LanguagePack) -> list[int]:
    """Return the words at which a month stands that a number is no day of: "7 anglers in May", not "7 of May"."""
    dates = pack.table("dates").find(words, overlapping=True)
    joined = {hit.last for hit in dates if "loose" in hit.tags and hit.first in ends}
    return [hit.first for hit in dates if hit.value.startswith("month ") and hit.first not in joined.union(ends)]


def numbers(text: str, words: Sequence[Word], pack: LanguagePack, triggers: Sequence[Hit] = ()) -> tuple[Figure, ...]:
    """Return the numbers of a sentence that may be counts, in text order, with bounds and units."""
    bounds = pack.table("bounds").find(words)
    units = pack.table("units").find(words)
    raw = _ranged(_words_and_figures(text, words, pack), bounds)
    stops = _stops(raw, words, pack, triggers)
    with_units = _resolved([_signed(_unit(number, units, stops, text), text) for number in raw], bounds)
    dates = dated(text, words, pack)
    undated = [number for number in with_units if not _is_year(number) and number.first not in dates]
    full = [_bounded(number, bounds) for number in undated]
    usable = [number for number in full if max(number.low or 0, number.high or 0) <= LARGEST]
    counted = [
        number
        for number in usable
        if number.unit != "none" and not _says_where(number, bounds) and not _numbers_a_part(number, text)
    ]
    covered = {at for number in full for at in range(*number.whole)}
    ones = [one for one in _singles(words, pack, triggers) if not covered & set(range(one.first, one.last))]
    return tuple(sorted([*counted, *ones], key=lambda number: number.first))


def _crossings(text: str, words: Sequence[Word], first: int, last: int) -> int:
    return sum(bool(re.search(r"[,;:()–—]", text[words[at].end : words[at + 1].start])) for at in range(first, last))


def _between(number: Figure, trigger: Hit, text: str, words: Sequence[Word], joins: frozenset[int]) -> int:
    """Return how far a trigger is from a number, in words; a sign on the way costs more, so does an "and"."""
    if trigger.last <= number.first:
        gap, first, last = number.first - trigger.last, trigger.last, number.first
    elif number.last <= trigger.first:
        end = max(number.last, number.whole[1])
        gap, first, last = max(0, trigger.first - end), number.last, trigger.first
    else:
        return 0
    joined = sum(at in joins for at in range(first, last))
    return gap + CROSSING * (joined + _crossings(text, words, first - 1, last))


def takes(trigger: Hit, number: Figure, text: str, words: Sequence[Word], joins: frozenset[int]) -> bool:
    """Say whether what a trigger speaks of can be counted by a number."""
    units = COUNTED.get(trigger.value, ())
    if number.article and units[:1] != PEOPLE:
        return False
    if number.unit is not None:
        return number.unit in units
    near = _between(number, trigger, text, words, joins) <= BARE_WITHIN
    if "noun" in trigger.tags and units[:1] != PEOPLE:
        return near and number.last <= trigger.first
    return near and units[:1] == PEOPLE


def _usual_unit(trigger: Hit) -> str:
    """Return what a type counts where nothing is said: people, or things; money is always said."""
    return next(unit for unit in COUNTED.get(trigger.value, PEOPLE) if unit not in MONEY)


def of_one(trigger: Hit, said: str) -> Count:
    """Return the count of what befell one whom no number counts."""
    return Count(1, 1, ONE.get(trigger.value) or _usual_unit(trigger), False, said)


def _own_unit(number: Figure, trigger: Hit) -> str:
    return number.unit or _usual_unit(trigger)


def _count(number: Figure, trigger: Hit, text: str, words: Sequence[Word]) -> Count:
    first, last = min(number.first, number.whole[0]), max(number.last, number.whole[1])
    start, end = words[first].start, words[last - 1].end
    said = text[start - (text[start - 1 : start] in SIGNS and start > 0) : end + (text[end : end + 1] in SIGNS)]
    return Count(number.low, number.high, _own_unit(number, trigger), number.approx, said)


def shared(
    text: str,
    words: Sequence[Word],
    triggers: Sequence[Hit],
    pack: LanguagePack,
    saying: Sequence[tuple[int, int]] = (),
    likely: Callable[[Figure], Mapping[str, float]] | None = None,
) -> dict[Hit, list[Count]]:
    """Give every number of a sentence to the nearest trigger that takes it; those who only say it are not counted.

    `saying` are the stretches of the sentence that only say who says it; `likely` gives, by type, the probability that
    a number counts a claim of it, where that is known: a likelier trigger is nearer, one that is hardly likely takes
    nothing, and a number that no rule gives to a trigger goes to the likeliest one.
    """
    out: dict[Hit, list[Count]] = {}
    joins = _joins(words, pack)
    for number in numbers(text, words, pack, triggers):
        if any(start <= number.start and number.end <= end for start, end in saying):
            continue
        known = likely(number) if likely else {}
        able = [t for t in triggers if takes(t, number, text, words, joins)] or _likeliest(number, triggers, known)
        far = {t: _between(number, t, text, words, joins) - PULL * known.get(t.value, 0.0) for t in able}
        nearest = min(able, key=lambda t: (far[t], t in out), default=None)
        if nearest and known.get(nearest.value, 1.0) >= HARDLY:
            found = _count(number, nearest, text, words)
            if found not in out.setdefault(nearest, []):
                out[nearest].append(found)
    return out


def _likeliest(number: Figure, triggers: Sequence[Hit], likely: Mapping[str, float]) -> list[Hit]:
    """Return the triggers that a number in no unit of theirs most likely counts."""
    best = max((likely.get(t.value, 0.0) for t in triggers), default=0.0)
    fitting = [t for t in triggers if number.unit in (None, *COUNTED.get(t.value, ()))]
    return [t for t in fitting if likely.get(t.value, 0.0) == best] if best >= SURE else []


def counts(
    trigger: Hit, text: str, words: Sequence[Word], pack: LanguagePack, given: Mapping[Hit, Sequence[Count]]
) -> Answer[tuple[Count, ...]]:
    """Return the counts of one happening; `given` are those of the whole sentence, as `shared` gave them out."""
    found = list(given.get(trigger, ()))
    if not found and ("one" in trigger.tags or _befell_one(trigger, words, pack)):
        found = [of_one(trigger, text[trigger.start : trigger.end])]
    return Answer(tuple(found), tuple(Reason("count", "nearest happening that it can count", c.words) for c in found))


def _befell_one(trigger: Hit, words: Sequence[Word], pack: LanguagePack) -> bool:
    """Say whether the verb says that it befell one: "he was detained", "who has been badly wounded".

    Its subject must be a pronoun of one: "the family was killed" is in the singular too.
    """
    if trigger.value not in BEFALLS or "noun" in trigger.tags:
        return False
    gap = 1 if trigger.first and words[trigger.first - 1].form in pack.list("adverbs") else 0
    be = {hit.last: hit.first for hit in pack.table("breaks").find(words) if hit.value == "be" and "one" in hit.tags}
    subjects = {hit.last for hit in pack.table("speakers").find(words) if hit.value == "same"}
    return be.get(trigger.first - gap, 0) in subjects
