"""Who says so? The nearest speaker that the sentence cites, and those between the document and that speaker.

Where the sentence names none: a pronoun ("he added") and a quotation that runs on keep the speaker of the sentences
before; a headline that ends in its source ("…, – the governor") gives the speaker of what follows it; and a short piece
that cites one speaker only tells what it tells from that speaker. Else the document speaks itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.attribution import LEAD, SAME, Said, Sentence, ready, sayings
from testimonia.claims.clause import holding
from testimonia.claims.named import name as proper
from testimonia.claims.nominative import nominative
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, words
from testimonia.records import Quote, Reason, Speaker

BACK = 6  # sentences looked back through for the speaker of a pronoun or of a quotation that runs on
NEXT = 120  # characters after the dash of a headline among which its source is read
BRIEF = range(300, 1200)  # characters of a short piece: less is a headline, more a report
STEM = 5  # letters by which two forms of a name are told alike
AFTER = re.compile(r"[\s.!?…»”\"]*([^.!?\n]{3,})")
STRETCH = re.compile(r"[^.!?\n]{3,}")
SOURCE = re.compile(r"(?:[,»”\"!?.]\s*[-–—]|\s[–—]|:)\s*([^,–—:\n]{2,80})$")
RUN_ON = re.compile(r"[,»”\"!?]\s*[–—]\s+(?=[^\W\d_])")
OPENING, CLOSING = "“«„", "”»"


def _nearest(found: Sequence[Said], sentence: Sentence, at: int) -> Said:
    """Choose the saying nearest to a word: the one in its clause, and rather the one before than the one after."""

    def far(said: Said) -> tuple[int, int]:
        low, high = sorted((said.at, at))
        breaks = sum(part.opens in ("clause", "stop") for part in sentence.parts if low < part.first <= high)
        return breaks, abs(said.at - at) + (0 if said.at <= at else 2)

    return min(found, key=far)


def _open_quotation(asked: Asked) -> bool:
    """Say whether the sentence stands in a quotation that began before it in the same paragraph."""
    text = asked.document.text
    begin = text.rfind("\n", max(0, asked.sentence.start - 3000), asked.sentence.start) + 1
    before = text[max(begin, asked.sentence.start - 3000) : asked.sentence.start]
    opened = sum(before.count(sign) for sign in OPENING) - sum(before.count(sign) for sign in CLOSING)
    return opened > 0 or (before.count('"') % 2 == 1 and not any(sign in before for sign in OPENING))


def _starts_quoted(asked: Asked) -> bool:
    return asked.sentence.text[:1] in '“«„"'


def _last_named(asked: Asked) -> Said | None:
    """Return the speaker named last in the sentences before: a name rather than an office that stands for one."""
    office: Said | None = None
    for quote in reversed(asked.before[-BACK:]):
        pack = asked.packs.language(quote.lang)
        if pack is not None and len(quote.text) <= 2000:
            said = [one for one in sayings(ready(quote.text, words(quote.text), pack, asked.packs)) if one.name]
            named = [one for one in said if not one.same]
            if named:
                return named[-1]
            office = office or next(iter(said), None)
    return office


def _source(quote: Quote, pack: LanguagePack, packs: Packs) -> Said | None:
    """Read the source that ends a headline: "Two killed in Kherson, – governor"."""
    m = SOURCE.search(quote.text.rstrip(" .!"))
    if m is None:
        return _run_on(quote, pack)
    split = words(m[1])
    nouns = [hit for hit in pack.table("speakers").find(split) if hit.value != SAME]
    called = proper(m[1].strip(), pack, packs) if nouns and len(split) <= 8 else None
    return Said(0, called, nouns[0].value) if called else _run_on(quote, pack)


def _run_on(quote: Quote, pack: LanguagePack) -> Said | None:
    """Read the source of a headline from which the text runs on without a stop: "…, — the governor In the night …".

    The source is the run of names and nouns for speakers after the dash, up to a common word or its last capital.
    """
    m = RUN_ON.search(quote.text) if quote.paragraph == 0 else None
    if m is None:
        return None
    rest = quote.text[m.end() : m.end() + NEXT]
    split = words(rest)
    nouns = [hit for hit in pack.table("speakers").find(split) if hit.value != SAME and hit.first <= 1]
    spoken = {at for hit in nouns for at in range(hit.first, hit.last)}
    run = next((at for at, word in enumerate(split) if at not in spoken and not rest[word.start].isupper()), len(split))
    common = pack.list("frequent")
    stop = next((at for at in range(1, run) if at not in spoken and split[at].form in common), run - 1)
    if not nouns and stop != 2:  # a bare name is two words
        return None
    return Said(0, rest[: split[stop - 1].end], nouns[0].value if nouns else None) if 0 < stop < run else None


def _told_after(asked: Asked) -> Said | None:
    """Read whom the next sentence cites for this one: "Two died. This was reported by the governor"."""
    line = AFTER.match(asked.document.text, asked.sentence.end, asked.sentence.end + 4 * NEXT)
    if line is None:
        return None
    split = words(line[1])
    back = {hit.first for hit in asked.pack.table("speech").find(split) if "back" in hit.tags and hit.first == 0}
    found = sayings(ready(line[1], split, asked.pack, asked.packs)) if back else []
    return next((said for said in found if said.at in back and said.name), None)


def _headline(asked: Asked) -> Said | None:
    above = _statement(asked)
    if above:
        return above
    first = next((quote for quote in asked.before if quote.start <= asked.sentence.start), None)
    heads = [quote for quote in asked.before[:1] if quote.kind in ("title", "heading")] or ([first] if first else [])
    found = (_source(quote, asked.pack, asked.packs) for quote in heads)
    return next((said for said in found if said is not None), None)


def _statement(asked: Asked) -> Said | None:
    """Read whose words a line announces that ends in a colon: "Summary of the ministry:", «Заявления губернатора:»."""
    for quote in reversed(asked.before):
        pack = asked.packs.language(quote.lang)
        if pack is None or len(quote.text) > NEXT or not quote.text.rstrip().endswith(":"):
            continue
        split = words(quote.text)
        hits = pack.table("speech").find(split, overlapping=True)
        hit = next((hit for hit in hits if hit.value == "heading"), None)
        if hit is None:
            return None
        called = proper(quote.text[hit.end :].rstrip(" :"), pack, asked.packs, to_end=True)
        return Said(0, nominative(called, pack)) if called else None
    return None


def _only(asked: Asked) -> Said | None:
    """Return the one speaker that a short document cites, None where it is long, cites nobody or several."""
    text = asked.document.text
    if len(text) not in BRIEF:
        return None
    lines = (m[0] for m in STRETCH.finditer(text))
    found = [said for line in lines for said in sayings(ready(line, words(line), asked.pack, asked.packs)) if said.name]
    named = [said for said in found if not said.same and said.value != "claimed"]
    if not named or any(not _alike(named[0].name, said.name) for said in named):
        return None
    return max(named, key=lambda said: len(said.name))


def _alike(one: str, other: str) -> bool:
    """Say whether two names share a word's beginning, as the case forms of one name do."""
    starts = {word.form[:STEM] for word in words(one)}
    return any(word.form[:STEM] in starts for word in words(other))


def _answer(said: Said, rule: str) -> Answer[Speaker | None]:
    return Answer(Speaker(said.name, said.role, said.via), (Reason("speaker", rule, said.name),))


def _only_onwards(said: Said, sentence: Sentence, trigger: Hit) -> bool:
    """Say whether a saying is a clause of its own behind a happening: "Two died, and officials claim that …"."""
    part = sentence.parts[holding(sentence.parts, said.at)]
    own = part.opens in ("and", "clause") and part.comma and said.value in ("said", "claimed")
    follows = part.last < len(sentence.words) and part.last - said.at <= LEAD
    return own and follows and trigger.last <= part.first and trigger.first < said.at


def _of_the_speaker(said: Said, sentence: Sentence, trigger: Hit) -> bool:
    """Say whether a happening only tells who the speaker is: "refugees evacuated from the town said …"."""
    inside = 0 <= said.begin <= trigger.first < said.begin + len(words(said.name))
    between = 0 <= said.begin < trigger.first < said.at
    return inside or (between and holding(sentence.parts, said.begin) == holding(sentence.parts, said.at))


def _here(asked: Asked) -> Said | None:
    sentence = ready(asked.sentence.text, asked.words, asked.pack, asked.packs)
    found = [
        said
        for said in sayings(sentence)
        if not _only_onwards(said, sentence, asked.trigger) and not _of_the_speaker(said, sentence, asked.trigger)
    ]
    if not found:
        return None
    near = _nearest(found, sentence, asked.trigger.first)
    before = [said for said in found if said.at < near.at and not said.same]
    return before[-1] if near.same and before else near


def speaker(asked: Asked) -> Answer[Speaker | None]:
    """Return who is cited for the happening, None where the document speaks itself."""
    here = _here(asked)
    if here and not here.same:
        return _answer(here, "named in the sentence")
    last = _last_named(asked) if here or _open_quotation(asked) or _starts_quoted(asked) else None
    if last:
        return _answer(last, "the speaker before")
    if here and here.name:
        return _answer(here, "named in the sentence")
    for rule, read in ELSEWHERE.items():
        if said := read(asked):
            return _answer(said, rule)
    return Answer(None)


def _line_end(asked: Asked) -> Said | None:
    return _source(asked.sentence, asked.pack, asked.packs)


ELSEWHERE = {
    "at the end of the line": _line_end,
    "named in the sentence after": _told_after,
    "of the headline": _headline,
    "the only one of a short document": _only,
}
