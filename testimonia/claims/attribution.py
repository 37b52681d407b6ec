"""Whom does a sentence cite? Every word of saying in it, with the speaker that stands beside it.

A speaker stands before the verb (`subject`) or behind it, or behind "according to" (`behind`); "he" and "the ministry"
stand for the speaker before. Who cites another is between (`via`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from testimonia.claims.behind import behind
from testimonia.claims.citing import KEPT, SAME, Said, Sentence, ready, spoken
from testimonia.claims.clause import holding
from testimonia.claims.sides import Tables
from testimonia.claims.subject import before
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit

__all__ = ["SAME", "Said", "Sentence", "heard", "ready", "sayings"]

LONGEST = 2000  # characters of a sentence; more is a table or a broken text


def _quoted_before(sentence: Sentence, hit: Hit) -> bool:
    """Say whether the words of saying follow a quotation or a sign (“…”, said the governor)."""
    part = sentence.parts[holding(sentence.parts, hit.first)]
    return hit.first == part.first and part.opens in ("quote", "comma", "dash")


def _inverted(sentence: Sentence, hit: Hit) -> bool:
    """Say whether nothing but a speaker stands behind a verb: "Dozens were killed said the Observatory"."""
    part = sentence.parts[holding(sentence.parts, hit.last - 1)]
    if not sentence.pack.list("determiners") or part.last != len(sentence.words) or hit.last >= part.last:
        return False
    names = all(
        spoken(sentence, at) or sentence.listed(at, "determiners") or sentence.listed(at, "joiners")
        for at in range(hit.last, part.last)
    )
    return names and any(n.first >= hit.last and n.value != SAME for n in sentence.nouns)


def _of(sentence: Sentence, hit: Hit) -> Said | None:
    """Read the speaker of one word of saying, by what kind of word it is."""
    cites = hit.value in ("according", "cites")
    if "same" in hit.tags or (not cites and "before" not in hit.tags and _shares(sentence, hit)):
        return Said(hit.first, "", None, True, hit.value)
    if cites or "before" in hit.tags:
        return behind(sentence, hit) if cites else before(sentence, hit)
    if _quoted_before(sentence, hit) or _inverted(sentence, hit):
        return behind(sentence, hit) or before(sentence, hit)
    if sentence.pack.list("determiners"):  # with them the order of words is fixed
        return before(sentence, hit)
    return before(sentence, hit) or behind(sentence, hit)


def _shares(sentence: Sentence, hit: Hit) -> bool:
    """Say whether a verb stands right behind "and", so that its speaker is that of the verb before."""
    part = sentence.parts[holding(sentence.parts, hit.first)]
    return (
        part.opens == "and" and hit.first - part.first <= 1 and any(verb.last <= part.first for verb in sentence.verbs)
    )


def _cited(found: list[Said], sentence: Sentence) -> list[Said]:
    """Put those who cite between the document and whom they cite, and leave them out as speakers."""
    out = list(found)
    for cite in [said for said in found if said.value == "cites"]:
        hit = next(verb for verb in sentence.verbs if verb.first == cite.at)
        others = [said for said in found if said.value != "cites" and said.name not in ("", cite.name)]
        middle = others[0] if others else before(sentence, hit)
        if middle and middle.name:
            out = [said for said in out if said.at == cite.at or said.name not in (middle.name, cite.name)]
            out = [replace(said, via=(middle.name,)) if said.at == cite.at else said for said in out]
    return out


@lru_cache(maxsize=KEPT)
def sayings(sentence: Sentence) -> tuple[Said, ...]:
    """Return every saying in a sentence whose speaker can be read, in text order."""
    found = [said for hit in sentence.verbs if (said := _of(sentence, hit)) is not None]
    return tuple(_cited(found, sentence))


@lru_cache(maxsize=KEPT)
def _heard(text: str, tables: Tables) -> tuple[Said, ...]:
    return sayings(ready(text, tables.pack, tables.packs))


def heard(text: str, pack: LanguagePack, packs: Packs) -> tuple[Said, ...]:
    """Return the sayings of a sentence given as text; none where it is too long to be one."""
    return _heard(text, Tables.of(pack, packs)) if len(text) <= LONGEST else ()
