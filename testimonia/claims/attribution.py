"""Whom does a sentence cite? Every word of saying in it, with the speaker that stands beside it.

A speaker stands before the verb or behind it, behind "according to", or in the segments before where a sign stands
right before the verb; "he" and "the ministry" stand for the speaker before. Who cites another is between (`via`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from testimonia.claims.clause import Segment, holding, segments
from testimonia.claims.named import name as proper
from testimonia.claims.nominative import nominative
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word

NAME = 14  # words that a speaker's name and office may take
LEAD = 3  # words in no table that a name may begin with, or be
BESIDE = 2  # words between a name of one word at the head of a sentence and its verb
PARTS = 6  # segments looked back through for the speaker of a verb
AFTER = 9  # words after "according to" or "said" among which the speaker is looked for
SAME = "same"


@dataclass(frozen=True, slots=True)
class Said:
    """Words of saying at `at` (word index) with the speaker they name; `same` where it is the speaker before."""

    at: int
    name: str
    role: str | None = None
    same: bool = False
    value: str = "said"
    via: tuple[str, ...] = ()
    begin: int = -1


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
    found = (hit for hit in pack.table("speech").find(split) if hit.value not in ("none", "heading"))
    verbs = tuple(hit for hit in found if not _of_a_count(hit, split, pack))
    return Sentence(text, split, segments(text, split, pack), nouns, verbs, pack, packs)


def _of_a_count(hit: Hit, split: Sequence[Word], pack: LanguagePack) -> bool:
    """Say whether a word only tells of a counted noun that it is reported: "73 reported deaths"."""
    if not hit.first or not split[hit.first - 1].form[-1].isdigit():
        return False
    return any(trigger.first == hit.last and "noun" in trigger.tags for trigger in pack.table("triggers").find(split))


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
    if not name or (not real and begin == 0 and " " not in name and hit.first - 1 > BESIDE):
        return None
    name = nominative(name, sentence.pack) if _oblique(sentence, begin, hit) else name
    return Said(hit.first, name, real[0].value if real else None, False, hit.value, (), begin)


def _oblique(sentence: Sentence, begin: int, hit: Hit) -> bool:
    """Say whether a name stands in another case than the nominative: behind a preposition or "in the words of"."""
    governed = "of" in hit.tags and hit.last <= begin
    return governed or (begin > 0 and sentence.listed(begin - 1, "prepositions"))


def _with_name(sentence: Sentence, found: Said, index: int) -> Said:
    """Put the name before an office that stands beside it: "Oleh Petrenko, the mayor, said"."""
    part, before = sentence.parts[index], sentence.parts[index - 1] if index else None
    if found.same or before is None or part.opens != "comma" or before.last - before.first > 4:
        return found
    named = sentence.stretch(before.first, before.last)
    capitals = all(sentence.capital(at) for at in range(before.first, before.last))
    if (
        not capitals
        or sentence.listed(before.first, "prepositions")
        or not proper(named, sentence.pack, sentence.packs)
    ):
        return found
    last = next((n.last for n in reversed(sentence.nouns) if part.first <= n.first and n.last <= part.last), part.last)
    return replace(found, name=sentence.stretch(before.first, last), same=False)


def _before(sentence: Sentence, hit: Hit) -> Said | None:
    """Read the speaker that stands before the words of saying: in their segment, else in the ones before it.

    Where a sign stands right before them, clauses in between ("the head, who …, said") are passed over.
    """
    index = holding(sentence.parts, hit.first)
    bare = hit.first == sentence.parts[index].first
    gloss: Segment | None = None
    for at in range(index, max(-1, index - PARTS), -1):
        part = sentence.parts[at]
        found = None
        if part.opens == "open" and at < index:
            gloss = part  # "Ivan Hrim (head of the office) said"
            continue
        if not (bare and part.opens == "sub" and at < index):
            found = _named(sentence, part.first, min(hit.first, part.last), hit)
        if found and _of_another_verb(sentence, part, hit):
            continue
        if found:
            return _with_name(sentence, found, at)
        if at == index and not bare and (unlisted := _unlisted(sentence, hit, index)):
            return unlisted
        if at == index and not bare and _has_a_subject(sentence, part.first, hit.first):
            break
        if part.opens not in ("comma", "sub", "close", "dash", "quote"):
            break
    found = _named(sentence, gloss.first, gloss.last, hit) if gloss else None
    return found or _unlisted(sentence, hit, index) or _inside(sentence, hit, index)


def _has_a_subject(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether words before a verb may be its subject though no table holds them: "their superior officer says"."""
    plain = [
        at for at in range(first, last) if not sentence.listed(at, "frequent") and not sentence.listed(at, "adverbs")
    ]
    return len(plain) > 1


def _inside(sentence: Sentence, hit: Hit, index: int) -> Said | None:
    """Read a preposition, a speaker and the verb where something else comes first: «обвинения в Кремле отвергли»."""
    first = sentence.parts[index].first
    for at in range(hit.first - 2, max(first, hit.first - NAME) - 1, -1):
        if sentence.listed(at, "prepositions"):
            ends = any(n.last == hit.first and n.value != SAME and n.first > at for n in sentence.nouns)
            return _named(sentence, at + 1, hit.first, hit, whole=True) if ends else None
    return None


def _of_another_verb(sentence: Sentence, part: Segment, hit: Hit) -> bool:
    """Say whether the words before a verb have one of their own: "the office that soldiers installed said"."""
    if part.opens != "sub" or not part.first < hit.first < part.last:
        return False
    before = hit.first - 1
    noun = any(n.first <= before < n.last for n in sentence.nouns)
    return not noun and not sentence.capital(before)


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
    first, last = max(hit.last, part.first), min(_whole_name(sentence, part), hit.last + AFTER)
    if first >= last:
        return None
    if hit.value in ("according", "cites"):
        return _named(sentence, first, last, hit, whole=True) or _described(sentence, first, last, hit)
    first = _past_time(sentence, first)
    if first >= last or sentence.listed(first, "prepositions"):
        return None
    return _named(sentence, first, last, hit, whole=True)


def _whole_name(sentence: Sentence, part: Segment) -> int:
    """Return where a segment ends, with what goes on with its name: "Russian and Ukrainian channels", "X «Y»"."""
    at = sentence.parts.index(part) + 1
    after = sentence.parts[at] if at < len(sentence.parts) else None
    if after and after.opens == "and" and not after.comma and _adjective(sentence, part.last - 1):
        nouns = any(after.first < n.first < after.last for n in sentence.nouns)
        return after.last if nouns and sentence.capital(after.first + 1) else _quoted_name(sentence, part)
    return _quoted_name(sentence, part)


def _adjective(sentence: Sentence, at: int) -> bool:
    """Say whether a word is one that says whose something is: "Russian"."""
    tables = (region.table("parties", sentence.pack.code) for region in sentence.packs.regions)
    hits = (hit for table in tables for hit in table.find(sentence.words))
    return any("adjective" in hit.tags and hit.last == at + 1 for hit in hits)


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
