"""Which speaker stands before a word of saying, as its subject?

He stands in the segment of the verb, or in the ones before where a sign stands right before the verb; clauses in
between ("the head, who …, said") are passed over. In a language with determiners he is the noun phrase right before it.
"""

from __future__ import annotations

from dataclasses import replace

from testimonia.claims.called import named
from testimonia.claims.citing import LEAD, SAME, Said, Sentence, plain, spoken
from testimonia.claims.clause import Segment, holding
from testimonia.claims.named import name as proper
from testimonia.phrases import Hit

NAME = 14  # words before a verb among which a preposition and its speaker are looked for
PARTS = 6  # segments looked back through for the speaker of a verb


def before(sentence: Sentence, hit: Hit) -> Said | None:
    """Read the speaker that stands before the words of saying: in their segment, else in the ones before it."""
    index = holding(sentence.parts, hit.first)
    first = sentence.parts[index].first
    if _passive(sentence, first, hit):
        return None
    bare = hit.first == first
    if sentence.pack.list("determiners") and not bare and not _again_only(sentence, first, hit):
        near = _adjacent(sentence, first, hit)
        if near:
            return _with_name(sentence, near, index)
    return _in_parts(sentence, hit, index) or _unlisted(sentence, hit, index) or _inside(sentence, hit, index)


def _in_parts(sentence: Sentence, hit: Hit, index: int) -> Said | None:
    """Read the speaker in the segment of a verb, else in the ones that lead up to it, back to an independent one."""
    gloss: Segment | None = None
    for at in range(index, max(-1, index - PARTS), -1):
        part = sentence.parts[at]
        if part.opens == "open" and at < index:
            gloss = part  # "Ivan Hrim (head of the office) said"
            continue
        found = _in_part(sentence, hit, at, index)
        if found and _of_another_verb(sentence, part, hit):
            continue
        if found or _ends_here(sentence, hit, at, index):
            return found or (named(sentence, gloss.first, gloss.last, hit) if gloss else None)
    return named(sentence, gloss.first, gloss.last, hit) if gloss else None


def _in_part(sentence: Sentence, hit: Hit, at: int, index: int) -> Said | None:
    """Read the speaker in one segment: not in a subordinate clause or one that tells of a happening before the verb."""
    part = sentence.parts[at]
    if at < index and hit.first == sentence.parts[index].first and (part.opens == "sub" or _tells(sentence, part)):
        return None
    found = named(sentence, part.first, min(hit.first, part.last), hit)
    if found and not _of_another_verb(sentence, part, hit):
        return _with_name(sentence, found, at)
    return found


def _ends_here(sentence: Sentence, hit: Hit, at: int, index: int) -> bool:
    """Say whether the speaker of a verb can stand no further back than in a segment."""
    part = sentence.parts[at]
    own = at == index and hit.first > part.first
    subject = own and (_unlisted(sentence, hit, index) or _has_a_subject(sentence, part.first, hit.first))
    return bool(subject) or part.opens not in ("comma", "sub", "close", "dash", "quote")


def _tells(sentence: Sentence, part: Segment) -> bool:
    """Say whether a segment tells of a happening by a verb: then a verb of saying behind it has another subject."""
    hits = sentence.pack.table("triggers").find(sentence.words)
    return any(
        part.first <= hit.first < part.last and hit.value != "none" and hit.tags.isdisjoint({"noun", "tag", "means"})
        for hit in hits
    )


def _has_a_subject(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether words before a verb may be its subject though no table holds them: "their superior officer says"."""
    content = [
        at for at in range(first, last) if not sentence.listed(at, "frequent") and not sentence.listed(at, "adverbs")
    ]
    return len(content) > 1


def _inside(sentence: Sentence, hit: Hit, index: int) -> Said | None:
    """Read a preposition, a speaker and the verb where something else comes first: «обвинения в Кремле отвергли»."""
    first = sentence.parts[index].first
    prepositions = "inside" if sentence.pack.list("inside") else "prepositions"
    for at in range(hit.first - 2, max(first, hit.first - NAME) - 1, -1):
        if sentence.listed(at, prepositions):
            ends = any(n.last == hit.first and n.value != SAME and n.first > at for n in sentence.nouns)
            return named(sentence, at + 1, hit.first, hit, whole=True) if ends else None
    return None


def _of_another_verb(sentence: Sentence, part: Segment, hit: Hit) -> bool:
    """Say whether the words before a verb have one of their own: "the office that soldiers installed said"."""
    if part.opens != "sub" or not part.first < hit.first < part.last:
        return False
    last = hit.first - 1
    noun = any(n.first <= last < n.last for n in sentence.nouns)
    return not noun and not sentence.capital(last)


def _unlisted(sentence: Sentence, hit: Hit, index: int) -> Said | None:
    """Read "a pensioner said": an article and a noun or two, in no table, right before the words of saying."""
    part = sentence.parts[index]
    articles = {h.first for h in sentence.pack.table("numbers").find(sentence.words) if "article" in h.tags}
    between = range(part.first + 1, hit.first)
    nouns = all(not sentence.listed(at, "frequent") and not sentence.listed(at, "prepositions") for at in between)
    if part.first in articles and 1 <= len(between) <= LEAD and nouns:
        return sentence.spoken(hit, part.first + 1, hit.first)
    return None


def _with_name(sentence: Sentence, found: Said, index: int) -> Said:
    """Put the name before an office that stands beside it: "Oleh Petrenko, the mayor, said"."""
    part, left = sentence.parts[index], sentence.parts[index - 1] if index else None
    if found.same or left is None or part.opens != "comma" or left.last - left.first > LEAD + 1:
        return found
    called = sentence.stretch(left.first, left.last)
    capitals = all(sentence.capital(at) for at in range(left.first, left.last))
    governed = sentence.listed(left.first, "prepositions")
    if not capitals or governed or not proper(called, sentence.pack, sentence.packs):
        return found
    last = next((n.last for n in reversed(sentence.nouns) if part.first <= n.first and n.last <= part.last), part.last)
    name = sentence.stretch(left.first, last)
    start = sentence.words[left.first].start
    return replace(found, name=name, same=False, start=start, end=start + len(name))


def _adjacent(sentence: Sentence, first: int, hit: Hit) -> Said | None:
    """Read the speaker off the noun phrase that ends right before a verb, in a language that has determiners.

    "Rebels fired on a hospital in the city a source in the army said": whatever else is named before is no part of it.
    """
    last = _before_auxiliaries(sentence, first, hit)
    begin = _opens(sentence, first, last)
    part = sentence.parts[holding(sentence.parts, hit.first)]
    if part.opens == "sub" and not spoken(sentence, last - 1):
        return None  # "the council that soldiers guard said"
    if _joins(sentence, first, begin - 1) and begin < last:
        return None  # "residents evacuated by the fleet said"
    if begin == last and 0 < last - first <= LEAD and all(plain(sentence, at) for at in range(first, last)):
        return sentence.spoken(hit, first, last)  # nothing else is there: "…, rights groups say"
    if begin >= last or all(sentence.listed(at, "determiners") for at in range(begin, last)):
        return None
    if not any(spoken(sentence, at) for at in range(begin, last)):
        return sentence.spoken(hit, begin, last)
    nouns = [n for n in sentence.nouns if begin <= n.first and n.last <= last and n.value != SAME]
    called = proper(sentence.stretch(begin, last), sentence.pack, sentence.packs, to_end=True)
    start = sentence.text.find(called, sentence.words[begin].start) if called else -1
    role = nouns[0].value if nouns else None
    return Said(hit.first, called, role, False, hit.value, (), begin, start, start + len(called)) if called else None


def _again_only(sentence: Sentence, first: int, hit: Hit) -> bool:
    """Say whether what stands right before a verb stands for the speaker before: "he said", "the source told"."""
    return any(n.value == SAME and n.last == hit.first and n.first >= first for n in sentence.nouns)


def _passive(sentence: Sentence, first: int, hit: Hit) -> bool:
    """Say whether a verb that may be a participle has a thing before it, not a speaker: "casualties reported"."""
    if "both" not in hit.tags or not sentence.pack.list("determiners"):
        return False
    nouns = any(first <= n.first and n.last <= hit.first for n in sentence.nouns)
    last = _before_auxiliaries(sentence, first, hit)
    return not nouns and last > first and not sentence.capital(last - 1)


def _before_auxiliaries(sentence: Sentence, first: int, hit: Hit) -> int:
    """Return where the subject of a verb ends: before the adverbs and auxiliaries that lead up to it."""
    last = hit.first
    while last > first + 1 and any(sentence.listed(last - 1, name) for name in ("adverbs", "auxiliaries")):
        last -= 1
    return last


def _opens(sentence: Sentence, first: int, last: int) -> int:
    """Return the word that the noun phrase begins at which ends before `last`, `last` itself where none does.

    It is a run of names and nouns for speakers, or a few plain words behind a determiner; a preposition joins two.
    """
    region = last - first > 2 and plain(sentence, last - 1) and sentence.capital(last - 2)  # "of Kherson region"
    at = last - 1 if region else last
    while at > first:
        inside = at == last or not sentence.capital(at) or not plain(sentence, at - 1) or spoken(sentence, at - 1)
        opened = _opened(sentence, at) if inside else None
        if opened is not None and opened >= first:
            at = opened
        elif spoken(sentence, at - 1) or (sentence.listed(at - 1, "determiners") and at < last):
            at -= 1
        elif at < last and at - 2 >= first and sentence.listed(at - 1, "joiners") and spoken(sentence, at - 2):
            at -= 2
        else:
            break
        if sentence.listed(at, "determiners"):
            if not _joins(sentence, first, at - 1) or _opens(sentence, first, at - 1) == at - 1:
                break
            at -= 1
    return at


def _opened(sentence: Sentence, last: int) -> int | None:
    """Return the determiner that opens the few plain words before a word, None where there is none."""
    for at in range(last - 1, max(-1, last - 2 - LEAD), -1):
        if sentence.listed(at, "determiners"):
            return at if at < last - 1 else None
        if not plain(sentence, at):
            return None
    return None


def _joins(sentence: Sentence, first: int, at: int) -> bool:
    """Say whether a word is a preposition with something before it."""
    return at > first and (sentence.listed(at, "prepositions") or sentence.listed(at, "joiners"))
