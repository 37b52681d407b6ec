"""Read: a document's text becomes quotes: titles, headings, sentences, and the direct speech in them.

The text is never rewritten; every quote only points into it. The order of work, each step on the one before:

    lines → blocks (apart by blank lines) → runs of lines that belong together → sentences → language of each
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from testimonia.packs import Packs
from testimonia.phrases import WORD, Phrases, fold, words
from testimonia.records import Document, Quote, QuoteKind

LONGEST = 2000  # characters; a longer stretch without a stop is a table or a list, and is cut between words
TITLE, HEADING = 250, 100  # characters up to which a line without a final stop may be one
SPOKEN = 4  # words from which on a stretch in quotation marks counts as direct speech; shorter ones are names and irony
SAMPLE = 600  # characters of a stretch by which its language is told
WRAPPED = (40, 200)  # characters that lines have in text wrapped at a fixed width

LETTERS = {"uk": re.compile("[іїєґ]"), "ru": re.compile("[ыэъё]")}
CYRILLIC, LATIN = re.compile("[а-яёіїєґў’'-]*[а-яёіїєґў]"), re.compile("[a-z’'-]*[a-z]")  # words, in small letters

LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
BREAK = re.compile(r"\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,65536}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
KEYED = re.compile(r"\s*$|\s*#|\s|-\s|[\w\"'][^:\n]{0,80}:(?:\s|$)")

EMOJI = "\u203c\u2049\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff"  # flags are names, and left out
DECOR = re.compile(rf"(?:[\s\ufeff\u200d\ufe0e\ufe0f\u20e3{EMOJI}•·]|[-–—*+>|#]+(?=[\s\ufe0f])|\d{{1,3}}[.)](?=\s))+")
MARKED = re.compile(rf"\s*(?:#{{1,6}}\s|>|[-–—*+•·]\s|\d{{1,3}}[.)]\s|[|@#{EMOJI}])")
PROMOTED = re.compile(r"\s{0,3}#{1,6}[ \t]+")
UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*")
TAG = re.compile(r"\s*<[^<>]{1,200}>\s*")
LAST_WORD = re.compile(r"[^\W\d_]+$")
FINAL = (".", "!", "?", "…", ":", ";", ",", ".”", ".»", '."', "!»", "?»", "!”", "?”")
GOES_ON = frozenset(",;.:!?…)]»”%")
OPENS = frozenset("(«“„[")

SOURCE = re.compile(r"[,»”\"!?]\s*[–—]\s+(?=[^\W\d_])")  # before the source of a headline
SOURCES, NEAR, LEAST = 5, 120, 40  # words a source may have, characters in which it stands, and that follow at least
STOP = re.compile(r"([.!?…]+)([»”\"’')\]]*)(\[\^?\d{1,3}\]|\d{1,3}(?=\s))?")
NEXT = re.compile(r"(\s{0,99})([«“„\"'‘(\[*_—–-]{0,5}\s?[«“„\"'‘(\[]{0,3})(\w{0,40})")
BEFORE = re.compile(r"[^\W_](?:[\w’'/-]|\.(?=\w)){0,20}$")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
ITEM = re.compile(rf"(?<=\s)[{EMOJI}•][\ufe0e\ufe0f\u200d\s{EMOJI}•]*(?=[«“\"]?[A-ZА-ЯЁІЇЄҐ])")
FOREIGN = re.compile("[ß-ɏ]")  # letters that English has in foreign names alone
ADDRESS = re.compile(r"://|www\.|t\.me|@\w|\w/\w", re.IGNORECASE)
TOKEN = re.compile(r"\S*$")
DOMAINS = frozenset(
    ("biz", "bot", "by", "com", "edu", "eu", "gov", "info", "io", "int", "js", "kz", "me", "mil", "net", "org", "ru")
) | frozenset(("su", "tv", "ua", "uk", "us", "нет", "ру", "рф", "укр"))
MARKS = re.compile(r"[«»“”„]|\"+")
CLOSED_BY = {"«": "»", "“": "”", "„": "“”"}


@dataclass(frozen=True)
class _Line:
    """A line that holds something: trimmed span, whether white space stood around it, and what stands before it."""

    start: int
    end: int
    loose: bool
    gap: str  # "" the line before is the one just above, "soft" a line of mere spaces between, "blank" an empty one


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    kind: QuoteKind
    paragraph: int


@dataclass(frozen=True)
class _Rules:
    """The word lists of all packs: abbreviations, those that count only before a number, and function words."""

    short: frozenset[str]
    before_numbers: frozenset[str]
    frequent: dict[str, frozenset[str]]
    all_frequent: frozenset[str]
    given: frozenset[str]
    happenings: dict[str, Phrases]


def read(document: Document, packs: Packs) -> tuple[Quote, ...]:
    """Return the quotes of a document in text order: titles, headings, sentences and the direct speech inside them.

    Sentences, headings and titles never overlap; a quotation (without its marks) overlaps those it stands in. Front
    matter is skipped. The language of each is told from its letters, else its function words, else its neighbours.
    """
    rules, text = _rules(packs), document.text
    lines = _lines(text, _body(text))
    spans = [span for at, block in enumerate(_blocks(lines)) for span in _block(text, block, at, rules)]
    spans = _titled(document, spans)
    spoken = _spoken(text, lines, spans)
    ordered = sorted([*spans, *spoken], key=lambda span: (span.start, -span.end))
    langs = _languages(text, ordered, rules, document.lang)
    name = document.id  # a hash: taken once
    return tuple(
        Quote(name, span.start, span.end, text[span.start : span.end], span.kind, lang, span.paragraph)
        for span, lang in zip(ordered, langs, strict=True)
    )


def _rules(packs: Packs) -> _Rules:
    listed = [entry for pack in packs.languages.values() for entry in pack.list("abbreviations")]
    frequent = {code: pack.list("frequent") for code, pack in packs.languages.items()}
    numbered = frozenset(entry.removesuffix(" #") for entry in listed if entry.endswith(" #"))
    short = frozenset(entry for entry in listed if not entry.endswith(" #"))
    given = frozenset().union(*(pack.list("given_names") for pack in packs.languages.values()))
    happenings = {code: pack.table("triggers") for code, pack in packs.languages.items()}
    return _Rules(short, numbered - short, frequent, frozenset().union(*frequent.values()), given, happenings)


# --- lines, blocks, runs ----------------------------------------------------------------------------------------


def _body(text: str) -> int:
    """Return where the text begins after front matter: a block between dashes in which every line looks like YAML."""
    block = FRONT.match(text)
    if block and all(KEYED.match(line) for line in block[1].splitlines()):
        return block.end()
    return 0


def _lines(text: str, start: int) -> list[_Line]:
    lines: list[_Line] = []
    last, soft = start, False
    for match in LINE.finditer(text, start):
        content = match[0].strip()
        if not content.strip("\ufeff"):
            soft = True
            continue
        first = match.start() + match[0].index(content[0])
        end = first + len(content)
        breaks = len(BREAK.findall(text, last, match.start())) if lines else 0
        soft = (soft and breaks == 2) or (breaks == 2 and _broken_off(text, lines[-1], first))
        gap = "" if breaks < 2 else "soft" if soft else "blank"
        lines.append(_Line(first, end, end < match.end() or first > match.start(), gap))
        last, soft = match.end(), False
    return lines


def _broken_off(text: str, above: _Line, first: int) -> bool:
    """Say whether a blank line stands inside a sentence: a long line ends on a letter, the next begins small."""
    return above.end - above.start > WRAPPED[0] and text[above.end - 1].isalpha() and text[first].islower()


def _blocks(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in lines:
        if line.gap == "blank" and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _block(text: str, block: list[_Line], number: int, rules: _Rules) -> Iterator[_Span]:
    """Yield the spans of a block: headings, or the sentences of each run of lines that belong together."""
    runs = list(_runs(text, block, rules))
    for at, (start, end) in enumerate(runs):
        ends = _ends(text, start, end, rules)
        if number == 0 and at == 0:
            ends = sorted({*ends, *_after_source(text, start, min([*ends, end]), rules)})
        underlined = at + 1 < len(runs) and UNDERLINE.fullmatch(text, *runs[at + 1])
        alone = len(runs) == 1 and not ends and _stands_alone(text, start, end)
        if PROMOTED.match(text, start, end) or underlined or alone:
            yield from _cut(text, [start, end], "heading", number)
        elif not TAG.fullmatch(text, start, end):
            yield from _cut(text, [start, *ends, end], "sentence", number)


def _runs(text: str, block: list[_Line], rules: _Rules) -> Iterator[tuple[int, int]]:
    wrapped = _wrapped_at(text, block)
    start = block[0].start
    for above, line in pairwise(block):
        if not _belongs(text, above, line, wrapped, rules):
            yield start, above.end
            start = line.start
    yield start, block[-1].end


def _wrapped_at(text: str, block: list[_Line]) -> int:
    """Return the width at which the lines of a block are wrapped, 0 where they are not: few go on in small letters."""
    widest = max(line.end - line.start for line in block)
    small = sum(text[line.start].islower() for line in block[1:])
    in_range = WRAPPED[0] <= widest <= WRAPPED[1]
    return widest if in_range and len(block) > 1 and small >= 0.3 * (len(block) - 1) else 0


def _belongs(text: str, above: _Line, line: _Line, wrapped: int, rules: _Rules) -> bool:
    """Say whether a line goes on with the sentence of the line above (markup and wrapping break lines anywhere)."""
    first, before = text[line.start], text[max(above.start, above.end - 40) : above.end]
    if PROMOTED.match(text, above.start, above.end) or UNDERLINE.fullmatch(text, line.start, line.end):
        return False
    if first == ">" or text[above.start] == ">":
        return first == text[above.start] and not before.endswith(FINAL[:4])
    marked = MARKED.match(text, line.start, line.end) is not None
    if _is_open(before, rules) or (first in GOES_ON and not marked):
        return True
    if first.islower():
        return not before.endswith((".", "!", "?", ":", ";"))
    open_ended = not before.endswith(FINAL)
    if line.gap or marked:
        return line.loose and first in "–—" and open_ended
    cut_out = open_ended and _marked_up(text, above, line)
    return cut_out or _fitted_no_more(text, above, line, wrapped) or _abbreviated(before, rules)


def _marked_up(text: str, above: _Line, line: _Line) -> bool:
    """Say whether a line looks like a name cut out by markup: one space before the break, and no stop at its end."""
    one_space = text[above.end : above.end + 2] in (" \n", " \r")
    return one_space and line.end - line.start <= WRAPPED[0] and not text.endswith(FINAL, line.start, line.end)


def _is_open(before: str, rules: _Rules) -> bool:
    """Say whether a line ends where no sentence can: on a comma, an opening bracket or a function word."""
    if before[-1] in OPENS or before[-1] == ",":
        return True
    word = LAST_WORD.search(before)
    return bool(word and word[0].islower() and len(word[0]) < 4 and word[0] in rules.all_frequent)


def _fitted_no_more(text: str, above: _Line, line: _Line, wrapped: int) -> bool:
    """Say whether the first word of a line would have stood too far right in the line above."""
    word = text.find(" ", line.start, line.end)
    first = (word if word > 0 else line.end) - line.start
    return bool(wrapped) and above.end - above.start + 1 + first > wrapped


def _abbreviated(before: str, rules: _Rules) -> bool:
    word = BEFORE.search(before[:-1]) if before.endswith(".") else None
    return bool(word and fold(word[0]) in rules.short)


def _stands_alone(text: str, start: int, end: int) -> bool:
    if end - start > HEADING or text.endswith(FINAL, start, end) or MARKED.match(text, start, end):
        return False
    return text[start].isupper() or text[start].isdigit() or text[start] in OPENS or text[start] in '"*_'


# --- sentences --------------------------------------------------------------------------------------------------


def _ends(text: str, start: int, end: int, rules: _Rules) -> list[int]:
    """Return the places between `start` and `end` where one sentence ends and the next begins."""
    stops = (place for stop in STOP.finditer(text, start, end) if (place := _after(text, stop, start, end, rules)))
    items = (item.start() for item in ITEM.finditer(text, start, end))
    return sorted({*stops, *items})


def _after_source(text: str, start: int, end: int, rules: _Rules) -> list[int]:
    """Return where a headline ends in its source and the text runs on without a stop: "…, — the mayor In the night …".

    Only where it is sure: behind a given name and a surname, or before a function word with a capital, both within a
    few words of the dash; a source is capitalised words, and a text of some length follows.
    """
    dash = SOURCE.search(text, start, end)
    if dash is None or end - dash.end() < LEAST:
        return []
    told = list(WORD.finditer(text, dash.end(), min(end, dash.end() + NEAR)))
    for at, word in enumerate(told[: SOURCES + 1]):
        gap = text[told[at - 1].end() : word.start()] if at else ""
        if at and gap != " ":
            return []
        if at and word[0][0].isupper() and fold(word[0]) in rules.all_frequent:
            return [word.start()]
        if at == 2 and fold(told[0][0]) in rules.given and told[1][0][0].isupper():
            return [word.start()]
        if at == 0 and not (word[0][0].isupper() or word[0][0].islower()):
            return []
    return []


def _after(text: str, stop: re.Match[str], start: int, end: int, rules: _Rules) -> int | None:
    """Return where the sentence that this stop ends is over, None where the stop ends none."""
    after = NEXT.match(text, stop.end(), end)
    if stop.end() >= end or after is None:
        return None
    gap, opening, word = after.groups()
    if not word:
        return stop.end() if gap or text[after.end() : after.end() + 1] > "\u25a0" else None
    if word[0].islower() or (stop[3] and text[stop.start() - 1].isdigit()):
        return None
    if not gap and not _run_together(text, stop, start, opening, word):
        return None
    if stop[1] == "." and _goes_on(text, stop, after, start, rules):
        return None
    return stop.end()


def _run_together(text: str, stop: re.Match[str], start: int, opening: str, word: str) -> bool:
    """Say whether a space is missing after a stop, as in scraped text; addresses and names with a dot are not that."""
    before = text[stop.start() - 1] if stop.start() > start else " "
    if not (before.islower() or before.isdigit() or before in ')%»”"') or not word[0].isupper():
        return False
    token = TOKEN.search(text, max(start, stop.start() - 80), stop.start() + 1)
    if (token and ADDRESS.search(token[0])) or (not opening and word.lower() in DOMAINS):
        return False
    return not (before.isdigit() and stop.start() - start < 4) and (len(word) == 1 or not word[1].isdigit())


def _goes_on(text: str, stop: re.Match[str], after: re.Match[str], start: int, rules: _Rules) -> bool:
    """Say whether a stop belongs to an abbreviation, an initial or a list number and the sentence goes on."""
    word, follows = after[3], text[after.end() : after.end() + 1]
    token = BEFORE.search(text[max(start, stop.start() - 24) : stop.start()])
    if token is None or len(token[0]) > 12:
        return False
    short, at_start = fold(token[0]), stop.start() - len(token[0]) - start < 3
    if short.isdigit() and at_start:
        return True
    if short in rules.before_numbers:
        return word[0].isdigit()
    if short not in rules.short and not (INITIALS.fullmatch(token[0]) and token[0][-1].isupper()):
        return False
    begins = fold(word) in rules.all_frequent and not (len(word) == 1 and follows == ".")
    return not begins


def _cut(text: str, cuts: list[int], kind: QuoteKind, paragraph: int) -> Iterator[_Span]:
    """Yield what lies between each two cuts: trimmed, never longer than `LONGEST`, and only what holds a letter."""
    for start, end in pairwise(cuts):
        for first, last in _limited(text, start, end):
            span = _trimmed(text, first, last)
            if span[0] < span[1] and any(map(str.isalpha, text[span[0] : span[1]])):
                yield _Span(*span, kind, paragraph)


def _limited(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        half = start + LONGEST // 2
        places = (text.rfind(sign, half, start + LONGEST) for sign in (";", ",", " "))
        place = next((place + 1 for place in places if place >= 0), start + LONGEST)
        yield start, place
        start = place
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space around a stretch, and list marks, quote marks (>) and emoji before it."""
    decor = DECOR.match(text, start, end)
    start = decor.end() if decor else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


# --- titles and direct speech -----------------------------------------------------------------------------------


def _titled(document: Document, spans: list[_Span]) -> list[_Span]:
    """Make the first stretch the title where it is the known one, a heading, or a line without a final stop."""
    if not spans:
        return spans
    first, text = spans[0], document.text
    own = text[first.start : first.end]
    alone = len(spans) == 1 or BREAK.search(text, first.end, spans[1].start) is not None
    sourced = SOURCE.search(own) is not None  # cut off behind its source
    untold = (alone or sourced) and len(own) <= TITLE and not own.endswith(FINAL) and not own[0].islower()
    if first.kind == "heading" or untold or (document.title and fold(own) == fold(document.title)):
        return [replace(first, kind="title"), *spans[1:]]
    return spans


def _spoken(text: str, lines: Sequence[_Line], spans: Sequence[_Span]) -> list[_Span]:
    taken = {(span.start, span.end) for span in spans}
    starts = [span.start for span in spans]
    found = []
    for block in _blocks(lines):
        for start, end in _between_marks(text, block[0].start, block[-1].end):
            at = bisect_right(starts, start) - 1
            if (start, end) not in taken and len(WORD.findall(text, start, end)) >= SPOKEN:
                found.append(_Span(start, end, "quotation", spans[at].paragraph if at >= 0 else 0))
    return found


def _between_marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands between quotation marks, the outermost ones, without the marks."""
    opened, closing, depth = -1, "", 0  # CSV doubles the marks inside a marked text: runs of marks pair by length
    for mark in MARKS.finditer(text, start, end):
        sign = mark[0][0]
        if opened >= 0 and mark.start() - opened > LONGEST:
            opened, depth = -1, 0  # a mark that nothing closes
        if opened < 0:
            if _opens(text, mark, sign):
                opened, closing = mark.end(), CLOSED_BY.get(sign, mark[0])
        elif _closes(text, mark, closing):
            if depth == 0:
                yield _trimmed(text, opened, mark.start())
                opened = -1
            depth = max(0, depth - 1)
        elif closing == CLOSED_BY.get(sign):
            depth += 1


def _closes(text: str, mark: re.Match[str], closing: str) -> bool:
    if mark[0][0] == '"':
        return mark[0] == closing and not _opens(text, mark, '"')
    return mark[0] in closing


def _opens(text: str, mark: re.Match[str], sign: str) -> bool:
    if sign != '"':
        return sign in CLOSED_BY
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end() : mark.end() + 1]
    return (before.isspace() or before in "([—–-:«“") and bool(after) and not after.isspace()


# --- language ---------------------------------------------------------------------------------------------------


def _languages(text: str, spans: Sequence[_Span], rules: _Rules, given: str | None) -> list[str]:
    """Tell the language of each stretch; one that does not show it takes that of the nearest of its script."""
    told = []
    for span in spans:
        sample = _without_addresses(text[span.start : min(span.end, span.start + SAMPLE)].lower())
        script = _script(sample)
        told.append((script, _language(sample, script, rules)))
    behind = _carried(told)
    ahead = reversed(_carried(reversed(told)))
    return [
        before or after or (given if _fits(given, script) else None) or "und"
        for (script, _), before, after in zip(told, behind, ahead, strict=True)
    ]


def _without_addresses(sample: str) -> str:
    if not ADDRESS.search(sample):
        return sample
    return " ".join(word for word in sample.split() if not ADDRESS.search(word))


def _carried(told: Iterable[tuple[str, str | None]]) -> list[str | None]:
    """Return for each stretch its own language, or else the last one told of its script (of any, if it has none)."""
    last: dict[str, str | None] = {}
    carried = []
    for script, lang in told:
        if lang:
            last[script] = last[""] = lang
        carried.append(lang or last.get(script))
    return carried


def _fits(given: str | None, script: str) -> bool:
    return given in (*LETTERS, "en") and (not script or (script == "latin") == (given == "en"))


def _script(sample: str) -> str:
    """Return which script most words are in, "" where there are none."""
    cyrillic, latin = len(CYRILLIC.findall(sample)), len(LATIN.findall(sample))
    if not cyrillic and not latin:
        return ""
    return "cyrillic" if cyrillic >= latin else "latin"


def _language(sample: str, script: str, rules: _Rules) -> str | None:
    if script == "cyrillic":
        marks = {code: len(letters.findall(sample)) for code, letters in LETTERS.items()}
        return _most(marks) or _most(_votes(sample, rules)) or _most(_known(sample, rules))
    if script == "latin" and (sample.isascii() or not FOREIGN.search(sample) or _is_english(sample, rules)):
        return "en"
    return None


def _is_english(sample: str, rules: _Rules) -> bool:
    listed = rules.frequent.get("en", frozenset())
    return 5 * sum(word in listed for word in WORD.findall(sample)) > len(WORD.findall(sample))


def _votes(sample: str, rules: _Rules) -> dict[str, int]:
    found = [fold(word) for word in WORD.findall(sample)]
    return {code: sum(word in rules.frequent.get(code, ()) for word in found) for code in LETTERS}


def _known(sample: str, rules: _Rules) -> dict[str, int]:
    """Count the words for what happened that each language knows: the last resort for a few words without a mark."""
    split = words(sample)
    return {code: len(rules.happenings[code].find(split)) if code in rules.happenings else 0 for code in LETTERS}


def _most(votes: dict[str, int]) -> str | None:
    best = max(votes, key=lambda code: votes[code])
    return best if list(votes.values()).count(votes[best]) == 1 else None
