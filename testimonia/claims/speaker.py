"""Who says so? The nearest speaker that the sentence cites, and those between the document and that speaker.

Where the sentence names none: a pronoun ("he added") and a quotation that runs on keep the speaker of the sentences
before; a headline that ends in its source ("…, – the governor") gives the speaker of what follows it; and a short piece
that cites one speaker only tells what it tells from that speaker. Else the document speaks itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.clause import Segment, holding, segments
from testimonia.claims.named import name as proper
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, words
from testimonia.records import Quote, Reason, Speaker

BACK = 6  # sentences looked back through for the speaker of a pronoun or of a quotation that runs on
NAME = 14  # words that a speaker's name and office may take
LEAD = 3  # words in no table that a name may begin with, or be
BESIDE = 2  # words between a name of one word at the head of a sentence and its verb
PARTS = 6  # segments looked back through for the speaker of a verb
NEXT = 120  # characters after the dash of a headline among which its source is read
AFTER = 9  # words after "according to" or "said" among which the speaker is looked for
SAME = "same"
BRIEF = range(300, 1200)  # characters of a short piece: less is a headline, more a report
STEM = 5  # letters by which two forms of a name are told alike
STRETCH = re.compile(r"[^.!?\n]{3,}")
SOURCE = re.compile(r"(?:[,»”\"!?.]\s*[-–—]|\s[–—]|:)\s*([^,–—:\n]{2,80})$")
RUN_ON = re.compile(r"[,»”\"!?]\s*[–—]\s+(?=[^\W\d_])")
OPENING, CLOSING = "“«„", "”»"


@dataclass(frozen=True, slots=True)
class Said:
    """Words of saying at `at` (word index) with the speaker they name; `same` where it is the speaker before."""

    at: int
    name: str
    role: str | None = None
    same: bool = False
    value: str = "said"
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence made ready for the question."""

    text: str
    words: tuple[Word, ...]
    parts: tuple[Segment, ...]
    nouns: tuple[Hit, ...]
    verbs: tuple[Hit, ...]
    pack: LanguagePack
    packs: Packs

    def stretch(self, first: int, last: int) -> str:
        """Return the text from one word to another (excluded)."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def capital(self, at: int) -> bool:
        """Say whether a word begins with a capital letter."""
        return self.text[self.words[at].start].isupper()

    def listed(self, at: int, name: str) -> bool:
        """Say whether a word stands in a list of the pack."""
        return self.words[at].form in self.pack.list(name)


def ready(text: str, split: tuple[Word, ...], pack: LanguagePack, packs: Packs) -> Sentence:
    """Look up once what the question needs."""
    nouns = tuple(pack.table("speakers").find(split))
    verbs = tuple(hit for hit in pack.table("speech").find(split) if hit.value not in ("none", "heading"))
    return Sentence(text, split, segments(text, split, pack), nouns, verbs, pack, packs)


def _anchors(sentence: Sentence, first: int, last: int, nouns: Sequence[Hit]) -> list[int]:
    """Return the words from `first` to `last` that a name is made of: capitalised ones and nouns for speakers.

    The first word of a sentence is always capitalised: it counts unless it is one of the commonest words.
    """
    proper = {at for at in range(first, last) if sentence.capital(at) and (at or not sentence.listed(0, "frequent"))}
    return sorted(proper | {at for noun in nouns for at in range(noun.first, noun.last)})


def _again(sentence: Sentence, first: int, last: int, hit: Hit, nouns: Sequence[Hit]) -> Said | None:
    """Read a word that stands for the speaker before ("he", "the ministry"), where nothing else is named."""
    if not nouns or any(n.value != SAME for n in nouns):
        return None
    near = nouns[-1].last >= last - 1 or nouns[0].first <= first + 1
    alone = all(n.first <= at < n.last for at in _anchors(sentence, first, last, ()) for n in nouns[:1])
    if not (alone or (near and hit.value not in ("according", "cites"))):
        return None
    again = nouns[-1]
    name = sentence.stretch(again.first, again.last) if again.last - again.first > 1 else ""
    return Said(hit.first, name, None, True, hit.value)


def _named(sentence: Sentence, first: int, last: int, hit: Hit, *, whole: bool = False) -> Said | None:
    """Read a speaker off the words from `first` to `last`; `whole` where the name begins right at the first."""
    nouns = [n for n in sentence.nouns if first <= n.first and n.last <= last]
    again = _again(sentence, first, last, hit, nouns) if whole or last == hit.first else None
    if again:
        return again
    real = [n for n in nouns if n.value != SAME]
    anchors = _anchors(sentence, first, last, real)
    anchors = [at for at in anchors if at >= anchors[-1] - NAME]
    if not anchors or (not real and anchors == [0] and not whole and hit.first - 1 > BESIDE):
        return None  # a capital at the head of a sentence, far from its verb, is no name
    begin = first if whole and real and anchors[0] - first <= LEAD else anchors[0]
    name = proper(sentence.stretch(begin, last if whole else anchors[-1] + 1), sentence.pack, sentence.packs)
    return Said(hit.first, name, real[0].value if real else None, False, hit.value) if name else None


def _with_name(sentence: Sentence, found: Said, index: int) -> Said:
    """Put the name before an office that stands beside it: "Oleh Petrenko, the mayor, said"."""
    part, before = sentence.parts[index], sentence.parts[index - 1] if index else None
    if before is None or part.opens != "comma" or before.last - before.first > 4:
        return found
    if not all(sentence.capital(at) for at in range(before.first, before.last)):
        return found
    last = next((n.last for n in reversed(sentence.nouns) if part.first <= n.first and n.last <= part.last), part.last)
    return replace(found, name=sentence.stretch(before.first, last), same=False)


def _before(sentence: Sentence, hit: Hit) -> Said | None:
    """Read the speaker that stands before the words of saying: in their segment, else in the ones before it.

    Where a sign stands right before them, clauses in between ("the head, who …, said") are passed over.
    """
    index = holding(sentence.parts, hit.first)
    bare = hit.first == sentence.parts[index].first
    for at in range(index, max(-1, index - PARTS), -1):
        part = sentence.parts[at]
        found = None
        if not (bare and part.opens == "sub" and at < index):
            found = _named(sentence, part.first, min(hit.first, part.last), hit)
        if found:
            return _with_name(sentence, found, at)
        if at == index and not bare and (unlisted := _unlisted(sentence, hit, index)):
            return unlisted
        if part.opens not in ("comma", "sub", "close", "dash", "quote"):
            return _unlisted(sentence, hit, index)
    return _unlisted(sentence, hit, index)


def _unlisted(sentence: Sentence, hit: Hit, index: int) -> Said | None:
    """Read "a pensioner said": an article and a noun or two, in no table, right before the words of saying."""
    part = sentence.parts[index]
    articles = {h.first for h in sentence.pack.table("numbers").find(sentence.words) if "article" in h.tags}
    between = range(part.first + 1, hit.first)
    plain = all(not sentence.listed(at, "frequent") and not sentence.listed(at, "prepositions") for at in between)
    if part.first in articles and 1 <= len(between) <= LEAD and plain:
        return Said(hit.first, sentence.stretch(part.first + 1, hit.first), None, False, hit.value)
    return None


def _behind(sentence: Sentence, hit: Hit) -> Said | None:
    """Read the speaker that stands after the words of saying, in their segment or right after a sign.

    Behind a verb it stands right there: not behind a preposition, nor words away.
    """
    index = holding(sentence.parts, hit.last - 1)
    part = sentence.parts[index]
    if hit.last >= part.last and index + 1 < len(sentence.parts):
        part = sentence.parts[index + 1]
        if part.opens in ("clause", "after", "stop", "sub"):
            return None
    first, last = max(hit.last, part.first), min(_quoted_name(sentence, part), hit.last + AFTER)
    if first >= last:
        return None
    if hit.value in ("according", "cites"):
        return _named(sentence, first, last, hit, whole=True) or _described(sentence, first, last, hit)
    first = _past_time(sentence, first)
    if first >= last or sentence.listed(first, "prepositions"):
        return None
    return _named(sentence, first, last, hit, whole=True)


def _past_time(sentence: Sentence, first: int) -> int:
    """Return the word behind a time that stands right behind a verb: "said on Friday", «заявила в п'ятницю»."""
    begins = (first, first + 1) if sentence.listed(first, "prepositions") else (first,)
    times = [hit for hit in sentence.pack.table("dates").find(sentence.words) if hit.first in begins]
    days = [hit for hit in times if hit.value.split()[0] in ("weekday", "span")]
    return max((hit.last for hit in days), default=first)


def _quoted_name(sentence: Sentence, part: Segment) -> int:
    """Return where a segment ends, with the name in quotation marks and what follows it where they go on with it."""
    last, end = part.last, sentence.parts.index(part) + 1
    while end < len(sentence.parts) and sentence.parts[end].opens == "quote" and sentence.capital(last):
        last, end = sentence.parts[end].last, end + 1
    return last


def _described(sentence: Sentence, first: int, last: int, hit: Hit) -> Said | None:
    """Read whom "according to" means by a noun in no table: it stands for the speaker before, or for itself."""
    plain = [at for at in range(first, min(last, first + LEAD)) if not sentence.words[at].form.isdigit()]
    stop = next((at for at in plain if sentence.listed(at, "prepositions") or sentence.listed(at, "frequent")), None)
    plain = [at for at in plain if stop is None or at < stop]
    if not plain or plain[0] != first or "free" in hit.tags:
        return None
    return Said(hit.first, sentence.stretch(first, plain[-1] + 1), None, True, hit.value)


def _quoted_before(sentence: Sentence, hit: Hit) -> bool:
    """Say whether the words of saying follow a quotation or a sign (“…”, said the governor)."""
    part = sentence.parts[holding(sentence.parts, hit.first)]
    return hit.first == part.first and part.opens in ("quote", "comma", "dash")


def _of(sentence: Sentence, hit: Hit) -> Said | None:
    """Read the speaker of one word of saying, by what kind of word it is."""
    if "same" in hit.tags:
        return Said(hit.first, "", None, True, hit.value)
    if hit.value in ("according", "cites"):
        return _behind(sentence, hit)
    if "before" in hit.tags:
        return _before(sentence, hit)
    if "unnamed" in hit.tags:
        return None
    if _quoted_before(sentence, hit):
        return _behind(sentence, hit) or _before(sentence, hit)
    return _before(sentence, hit) or _behind(sentence, hit)


def _cited(found: list[Said], sentence: Sentence) -> list[Said]:
    """Put those who cite between the document and whom they cite, and leave them out as speakers."""
    out = list(found)
    for cite in [said for said in found if said.value == "cites"]:
        hit = next(verb for verb in sentence.verbs if verb.first == cite.at)
        others = [said for said in found if said.value != "cites" and said.name not in ("", cite.name)]
        middle = others[0] if others else _before(sentence, hit)
        if middle and middle.name:
            out = [said for said in out if said.at == cite.at or said.name not in (middle.name, cite.name)]
            out = [replace(said, via=(middle.name,)) if said.at == cite.at else said for said in out]
    return out


def sayings(sentence: Sentence) -> list[Said]:
    """Return every saying in a sentence whose speaker can be read, in text order."""
    found = [said for hit in sentence.verbs if (said := _of(sentence, hit)) is not None]
    return _cited(found, sentence)


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
        return Said(0, called) if called else None
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


def _here(asked: Asked) -> Said | None:
    sentence = ready(asked.sentence.text, asked.words, asked.pack, asked.packs)
    found = [said for said in sayings(sentence) if not _only_onwards(said, sentence, asked.trigger)]
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
    source = _source(asked.sentence, asked.pack, asked.packs)
    if source:
        return _answer(source, "at the end of the line")
    head = _headline(asked)
    if head:
        return _answer(head, "of the headline")
    only = _only(asked)
    return _answer(only, "the only one of a short document") if only else Answer(None)
