"""Is what stands beside a verb of saying the name of a speaker, and where does that name end?

A speaker is a named person, body, office or outlet. A place, a day, or a happening is none; a preposition or a word
that tells of a happening ends a name. Better none than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from testimonia.claims.gazetteer import gazetteer
from testimonia.claims.nominative import given
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, Words, words

CAPITALS = 2_000_000  # people of a town that may stand for its government
LONG = 14  # words that a speaker's name and office may take
LEAST = 3  # words of a complement with its preposition and a person's two names: fewer are none
ODD = re.compile(r"[|=<>\[\]{}_]|https?:|\d[:.]\d|\d\)")  # signs of a page's furniture


def capital(text: str, word: Word) -> bool:
    """Say whether a word begins with a capital letter, or its part behind a hyphen does (аль-Моджеб)."""
    return any(part[:1].isupper() for part in text[word.start : word.end].split("-"))


def _before_a_break(text: str, split: Sequence[Word], pack: LanguagePack) -> int:
    """Return how many words a name may have: up to the first preposition, time or happening behind its first word."""
    offices = {at for hit in pack.table("speakers").find(split) for at in range(hit.first, hit.last)}
    joined = pack.list("prepositions")
    ends = [at for at, word in enumerate(split) if at and word.form in joined and at not in offices]
    ends += [hit.first for hit in pack.table("dates").find(split) if hit.first and _time(hit, text)]
    ends += [hit.first for hit in pack.table("triggers").find(split) if hit.first and _happens(hit, text)]
    return min(ends, default=len(split))


def _time(hit: Hit, text: str) -> bool:
    """Say whether a word of time is one by itself: a day, a month, "yesterday"; not "this", "in" or "on"."""
    kind = hit.value.split()[0]
    capital = "capital" not in hit.tags or text[hit.start].isupper()
    return kind in ("month", "weekday", "span", "week", "months", "years") and capital


def _happens(hit: Hit, text: str) -> bool:
    """Say whether a phrase tells of a happening: in small letters and no noun, unless it is an office's word."""
    return hit.tags.isdisjoint({"noun", "tag"}) and hit.value != "none" and text[hit.start].islower()


def _where(text: str, pack: LanguagePack, packs: Packs) -> set[int]:
    """Return the words of a name that name places; not those of a capital or a state, which may speak."""
    found: set[int] = set()
    for mention in gazetteer(pack, packs).find(text):
        speaks = mention.kind == "country" or any(b.population >= CAPITALS for b in mention.bearers)
        if not speaks:
            found.update(range(mention.first, mention.last))
    return found


def _leading(text: str, split: Sequence[Word], pack: LanguagePack) -> int:
    """Return how many words before a name are none of it: words of time and the commonest ones."""
    times = {at for hit in pack.table("dates").find(split) if _time(hit, text) for at in range(hit.first, hit.last)}
    common, at = pack.list("frequent"), 0
    common |= pack.list("adverbs")
    while at < len(split) - 1 and (at in times or split[at].form in common or split[at].form.isdigit()):
        at += 1
    return at


def name(text: str, pack: LanguagePack, packs: Packs, *, to_end: bool = False) -> str | None:
    """Return the speaker's name in a stretch of words, None where the stretch names no speaker.

    The name ends at its last capital or noun for a speaker, or, `to_end`, where the stretch does.
    """
    if ODD.search(text):
        return None
    first = _leading(text, words(text), pack)
    text = text[words(text)[first].start :] if words(text) else ""
    split = words(text)
    last = min(_before_a_break(text, split, pack), LONG)
    person = _person_behind(text, split, last, pack)
    if person:
        return text[person[0].start : person[-1].end]
    split = Words(split[:last])
    nouns = [hit for hit in pack.table("speakers").find(split) if hit.value != "same"]
    anchors = {at for at, word in enumerate(split) if capital(text, word)}
    anchors |= {at for hit in nouns for at in range(hit.first, hit.last)}
    if not anchors or _begins_with_a_happening(split, nouns, pack):
        return None
    said = text[: split[-1 if to_end else max(anchors)].end]
    return said if nouns or _speaks(said, words(said), pack, packs) else None


def _person_behind(text: str, split: Sequence[Word], last: int, pack: LanguagePack) -> Sequence[Word]:
    """Return the given name and surname that end a stretch behind an office's complement: "head for X, Ivan Hrim"."""
    office = any(hit.first < last for hit in pack.table("speakers").find(split))
    if not office or last < 1 or len(split) - last < LEAST or split[last].form not in pack.list("prepositions"):
        return ()
    body, *two = split[-3:]
    names = all(capital(text, word) and not text[word.start : word.end].isupper() for word in two)
    told = given_name(two[0].form, pack) or text[body.start : body.end].isupper()
    return two if names and told else ()


def given_name(form: str, pack: LanguagePack) -> bool:
    """Say whether a word is a given name, in any case form."""
    return form in pack.list("given_names") or given(form, pack) is not None


def _begins_with_a_happening(split: Sequence[Word], nouns: Sequence[Hit], pack: LanguagePack) -> bool:
    """Say whether a stretch is headed by a happening ("the arrest of the director"), not by who may speak of it."""
    first = next((hit for hit in pack.table("triggers").find(split) if hit.first == 0 and hit.value != "none"), None)
    if first is None or any(hit.first == 0 for hit in nouns):
        return False
    compounds = not pack.table("nominative").entries  # without case forms nouns stand side by side: "rescue officials"
    return not (compounds and any(hit.first == first.last for hit in nouns))


def _speaks(said: str, split: Sequence[Word], pack: LanguagePack, packs: Packs) -> bool:
    """Say whether a name without any noun for a speaker may be one: no place, no time, no adjective alone."""
    large = {at for at, word in enumerate(split) if capital(said, word)}
    placed = large & _where(said, pack, packs)
    timed = {at for hit in pack.table("dates").find(split) if _time(hit, said) for at in range(hit.first, hit.last)}
    left = large - placed - timed
    none = pack.list("frequent") | pack.list("adverbs")
    left = {at for at in left if split[at].form not in none and not split[at].form.isdigit()} - _things(split, pack)
    return bool(left - _adjectives(split, pack, packs)) and not _tells(said, split, pack)


def _things(split: Sequence[Word], pack: LanguagePack) -> set[int]:
    """Return the words that name means of attack: no speaker by themselves."""
    return {at for hit in pack.table("means").find(split) for at in range(hit.first, hit.last)}


def _adjectives(split: Sequence[Word], pack: LanguagePack, packs: Packs) -> set[int]:
    """Return the words that say whose something is ("Russian"): no speaker by themselves."""
    hits = (hit for region in packs.regions for hit in region.table("parties", pack.code).find(split))
    return {at for hit in hits if "adjective" in hit.tags for at in range(hit.first, hit.last)}


def _tells(said: str, split: Sequence[Word], pack: LanguagePack) -> bool:
    """Say whether a stretch tells of a happening by any but a noun: a headline, no name."""
    hits = pack.table("triggers").find(split)
    return any(
        hit.tags.isdisjoint({"noun", "tag"}) and hit.value != "none" and said[hit.start].islower() for hit in hits
    )
