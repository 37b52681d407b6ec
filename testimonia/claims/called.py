"""What is the speaker called who stands among some words beside a word of saying?

A name is a run of capitalised words and nouns for speakers. A word that stands for the speaker before ("he", "the
ministry") names him again, where nobody else is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.claims.citing import LEAD, SAME, Said, Sentence, plain
from testimonia.claims.named import name as proper
from testimonia.claims.nominative import nominative, oblique
from testimonia.phrases import Hit

NAME = 14  # words that a speaker's name and office may take
BESIDE = 2  # words between a name of one word at the head of a sentence and its verb
ADVERB = "о"  # the ending of adverbs in the languages whose names go on in small letters


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
    if again.last - again.first == 1:
        return Said(hit.first, "", None, True, hit.value)
    return sentence.spoken(hit, again.first, again.last, same=True)


def named(sentence: Sentence, first: int, last: int, hit: Hit, *, whole: bool = False) -> Said | None:
    """Read a speaker off the words from `first` to `last`; `whole` where the name begins right at the first."""
    if not whole:
        last = next((verb.first for verb in sentence.verbs if first < verb.first < last), last)
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
    end = last if whole else _complement(sentence, anchors[-1] + 1, last)
    name = proper(sentence.stretch(begin, end), sentence.pack, sentence.packs, to_end=sentence.cyrillic)
    if not name or (not real and begin == 0 and " " not in name and hit.first - 1 > BESIDE):
        return None
    start = sentence.text.find(name, sentence.words[begin].start)
    if not whole and not _subject(sentence, begin, start + len(name), hit):
        return None
    said = nominative(name, sentence.pack) if _governed(sentence, begin, hit) else name
    role = real[0].value if real else None
    return Said(hit.first, said, role, False, hit.value, (), begin, start, start + len(name))


def _subject(sentence: Sentence, begin: int, end: int, hit: Hit) -> bool:
    """Say whether a name before a verb may be its subject: in the nominative, or in «у міністерстві повідомили».

    `end` is the character where the name ends.
    """
    if not _governed(sentence, begin, hit):
        return not oblique(sentence.text[sentence.words[begin].start : end], sentence.pack)
    inside = sentence.pack.list("inside")
    between = sum(word.start >= end for word in sentence.words[begin : hit.first])
    return not inside or (sentence.words[begin - 1].form in inside and between <= LEAD)


def _complement(sentence: Sentence, at: int, last: int) -> int:
    """Return where a name ends that goes on in small letters up to its verb: «Центр безпеки міста повідомляє»."""
    small = sentence.cyrillic and all(plain(sentence, word) for word in range(at, last))
    adverbs = any(sentence.words[word].form.endswith(ADVERB) for word in range(at, last))
    times = any(at <= hit.first < last for hit in sentence.pack.table("dates").find(sentence.words))
    return last if small and last - at <= LEAD and not adverbs and not times else at


def _governed(sentence: Sentence, begin: int, hit: Hit) -> bool:
    """Say whether a name stands in another case than the nominative: behind a preposition or "in the words of"."""
    governed = "of" in hit.tags and hit.last <= begin
    return governed or (begin > 0 and sentence.listed(begin - 1, "prepositions"))
