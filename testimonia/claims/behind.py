"""Which speaker stands behind a word of saying, or behind "according to"?

Behind a verb he stands right there, or behind the time or place of speaking («написал в своём канале глава района»).
"""

from __future__ import annotations

from dataclasses import replace

from testimonia.claims.called import named
from testimonia.claims.citing import LEAD, SAME, Said, Sentence, spoken
from testimonia.claims.clause import Segment, holding
from testimonia.claims.nominative import is_nominative, nominative, oblique
from testimonia.phrases import Hit

AFTER = 9  # words after "according to" or "said" among which the speaker is looked for
FIELD = 3  # more of them in a language with case forms, where an office has its field before the name
LISTENING = frozenset({"agency", "outlet"})  # roles of those whom others speak to


def behind(sentence: Sentence, hit: Hit) -> Said | None:
    """Read the speaker that stands after the words of saying, in their segment or right after a sign.

    Behind a verb it stands right there: not behind a preposition, nor words away.
    """
    index = holding(sentence.parts, hit.last - 1)
    part = sentence.parts[index]
    if hit.last >= part.last and index + 1 < len(sentence.parts):
        part = sentence.parts[index + 1]
        if part.opens in ("clause", "after", "stop", "sub"):
            return None
    reach = AFTER if sentence.pack.list("determiners") else AFTER + FIELD
    first, last = max(hit.last, part.first), min(_whole_name(sentence, part), hit.last + reach)
    if first >= last:
        return None
    if hit.value in ("according", "cites"):
        return named(sentence, first, last, hit, whole=True) or _described(sentence, first, last, hit)
    first = _past_listener(sentence, _past_time(sentence, first), last)
    if first < last and sentence.listed(first, "prepositions"):
        first = _past_place(sentence, first, last)
    if first >= last or sentence.listed(first, "prepositions") or not _heads_a_name(sentence, first, last):
        return None
    return named(sentence, first, last, hit, whole=True)


def _past_listener(sentence: Sentence, first: int, last: int) -> int:
    """Return the word behind the outlet that somebody spoke to: «рассказал агентству ТАСС Иван Грим»."""
    people = {hit.first for hit in sentence.pack.table("offices").find(sentence.words)}
    outlets = {n.first: n.last for n in sentence.nouns if n.value in LISTENING and n.first not in people}
    at = first
    while at in outlets and not (at == first and is_nominative(sentence.words[at].form, sentence.pack)):
        at = outlets[at]
    if not first < at < last or not sentence.pack.table("offices").entries:
        return first
    given = sentence.capital(at) and sentence.listed(at, "given_names")
    to_it = sentence.capital(at) and oblique(sentence.stretch(first, at), sentence.pack)
    return at if at in people or given or to_it else first


def _past_place(sentence: Sentence, first: int, last: int) -> int:
    """Return the word that the speaker behind the place of speaking begins at, the first where there is none.

    Only a nominative can be the speaker: a noun that the table knows as one, or a given name.
    """
    for at in range(first + 2, min(last, first + LEAD + LEAD)):
        form = sentence.words[at].form
        noun = any(n.first == at and n.value != SAME for n in sentence.nouns)
        given = sentence.capital(at) and sentence.listed(at, "given_names")
        if given or (noun and is_nominative(form, sentence.pack)):
            return at
    return first


def _heads_a_name(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether a name stands right behind a verb: a capital or a noun for a speaker is among its first words."""
    if any(noun.first == first for noun in sentence.nouns):
        return True
    if sentence.pack.list("determiners"):
        return spoken(sentence, first) or sentence.listed(first, "determiners")
    return any(spoken(sentence, at) for at in range(first, min(first + LEAD, last)))


def _whole_name(sentence: Sentence, part: Segment) -> int:
    """Return where a segment ends, with what goes on with its name: "Russian and Ukrainian channels", "X «Y»"."""
    at = sentence.parts.index(part) + 1
    after = sentence.parts[at] if at < len(sentence.parts) else None
    if after and after.opens == "and" and not after.comma and _ends_in_a_person(sentence, part, after):
        return after.last
    if after and after.opens == "and" and not after.comma and _adjective(sentence, part.last - 1):
        nouns = any(after.first < n.first < after.last for n in sentence.nouns)
        return after.last if nouns and sentence.capital(after.first + 1) else _quoted_name(sentence, part)
    return _quoted_name(sentence, part)


def _ends_in_a_person(sentence: Sentence, part: Segment, after: Segment) -> bool:
    """Say whether a person's name ends an office's field of two parts: "head for trade and transport Ivan Hrim"."""
    office = any(part.first <= n.first < part.last and n.value != SAME for n in sentence.nouns)
    name = after.last - after.first > LEAD and all(sentence.capital(at) for at in (after.last - 2, after.last - 1))
    return office and name


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
    found = sentence.spoken(hit, first, plain[-1] + 1, same=not sentence.cyrillic)
    return replace(found, name=nominative(found.name, sentence.pack)) if sentence.cyrillic else found
