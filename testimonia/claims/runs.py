"""How far does an attribution run on?

Ukrainian and Russian reporting names the speaker once and goes on in his words: the sentences behind, in the same
paragraph, are his, until somebody else is named or the writer takes the word back ("earlier", «нагадаємо», «напомним»).
In the documents that were counted (Ukrainian and Russian news and posts) the next sentence was the same speaker's two
to five times as often as the writer's, the one after that as often; further on, and in another paragraph, the writer's.
In English, where every sentence says "he added", it was the writer's three times as often. So it runs on for `FAR`
sentences where the table `narrator` has a row `runs`, and not at all where it has none; for one more in a short piece,
which tells of one happening from one source, and to the end of the paragraph where a daily summary is retold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.claims.attribution import Said, heard
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import words
from testimonia.records import Quote

VOICES = frozenset({"official", "military", "agency", "ngo"})  # roles whose statements are retold at length
MARK = re.compile(r"(?:[^\w\s.,!?…\"»”)]|\d[.)])\ufe0f?\s*$")  # what a line of a list begins with
STOP = re.compile(r"[.!…:;]\W*$")
FAR = 2  # sentences
LOOK = 20  # sentences looked back through
LIST = 12  # lines of a list
OPENING, LONGEST = 60, 4  # characters of a sentence's opening; words of the longest phrase there
HEAD = 2  # words at the head of a sentence among which the writer takes the word back


def own(text: str, pack: LanguagePack) -> bool:
    """Say whether a sentence begins with words by which the one who writes takes the word back."""
    hits = pack.table("narrator").find(words(text[:OPENING])[: HEAD + LONGEST])
    return any(hit.value == "apart" and hit.first < HEAD for hit in hits)


def run_on(pack: LanguagePack) -> bool:
    """Say whether the words of whom a text cites run on beyond their sentence in a language."""
    return any(entry.value == "runs" for entry in pack.table("narrator").entries)


def goes_on(sentence: Quote, before: Sequence[Quote], pack: LanguagePack, packs: Packs, far: int = FAR) -> Said | None:
    """Return the speaker whose words a sentence goes on with, None where they are the writer's.

    `far` is how many sentences the words of one speaker run on for at most.
    """
    if not run_on(pack) or own(sentence.text, pack):
        return None
    again = False
    for step, quote in enumerate(reversed(before[-LOOK:])):
        if not _together(quote, sentence):
            return None
        said = heard(quote.text, pack, packs)
        if said and not _stands_for(said[-1]):
            near = step < far or again or _retold(said[-1], quote.text, pack)
            return _last(said, quote.text, pack) if near else None
        again = again or bool(said)  # "he added": who that is stands further back
        if own(quote.text, pack):
            return None
    return None


def _together(quote: Quote, sentence: Quote) -> bool:
    """Say whether two sentences are of one paragraph; a list of headlines, without stops, is none."""
    alike = (quote.paragraph, quote.lang, quote.kind) == (sentence.paragraph, sentence.lang, sentence.kind)
    return alike and bool(STOP.search(quote.text))


def _retold(said: Said, text: str, pack: LanguagePack) -> bool:
    """Say whether a sentence cites a daily summary, which is retold to the end."""
    return any(hit.first == said.at and "whole" in hit.tags for hit in pack.table("speech").find(words(text)))


def _stands_for(said: Said) -> bool:
    """Say whether a saying only has a word that stands for the speaker before."""
    return said.same and not said.name


def announced(text: str, sentence: Quote, before: Sequence[Quote], packs: Packs) -> Said | None:
    """Return who is announced by the line above a list: "The staff reports:", and each line below is a claim of his.

    `text` is the document's: a line of a list, but the first, begins with a mark.
    """
    if not any(quote.text.rstrip().endswith(":") for quote in before[-LIST:]):
        return None
    marked = MARK.search(text[max(0, sentence.start - 4) : sentence.start])
    for step, quote in enumerate(reversed(before[-LIST:])):
        pack = packs.language(quote.lang)
        said = heard(quote.text, pack, packs) if pack else ()
        if quote.text.rstrip().endswith(":") and (step == 0 or marked):
            named = [one for one in said if one.name and not one.same]
            return named[-1] if named else None
        if said or (pack and own(quote.text, pack)):
            return None
    return None


def _last(said: Sequence[Said], text: str, pack: LanguagePack) -> Said | None:
    """Return whom a sentence cites last, if it names him and tells what he says rather than what he does by it."""
    deeds = {hit.first for hit in pack.table("speech").find(words(text)) if "deed" in hit.tags}
    one = said[-1]
    tells = one.name and one.value != "claimed" and one.at not in deeds
    return one if tells and (one.role in VOICES or (one.role is None and one.value == "said")) else None
