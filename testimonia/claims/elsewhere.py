"""Whose words does the document retell, where the sentence itself and those before it name nobody?

In this order: the source that ends the line; whom the next sentence cites for this one; who is announced above a list;
whose words run on from the sentence before (`runs`); the source of the headline, which holds for the whole text; whom a
paragraph of a short piece cites for all of it; the source that its footer names; who signs it; whom its lead cites.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import lru_cache

from testimonia.claims.asked import Asked
from testimonia.claims.attribution import Said, heard
from testimonia.claims.headline import first, last, role_of, source, within
from testimonia.claims.named import name as proper
from testimonia.claims.nominative import nominative
from testimonia.claims.runs import announced, goes_on, own, run_on
from testimonia.claims.sides import Tables
from testimonia.phrases import words
from testimonia.records import Quote

KEPT = 512  # texts whose speakers are kept: the same ones are asked for claim by claim
HEADS = frozenset({"title", "heading"})
PEOPLE = frozenset({"official", "military", "outlet", "witness"})  # roles in which a person or an office signs
NEXT = 120  # characters of a line that announces whose words follow
BRIEF = 1200  # characters of a short piece; more is a report
LEADS = 3  # sentences: the headline, the lead that repeats it, and one more
RUN, POST = 2, 3  # sentences for which the words of one speaker run on, in a report and in a short piece
LONG_POST = 2500  # characters of a post with pictures or tags in it
STEM = 5  # letters by which two forms of a name are told alike
AFTER = re.compile(r"[\s.!?…»”\"]*([^.!?\n]{3,})")
FOOTER = re.compile(r"\s*:\s*((?:https?://)?@?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|[^\n.:;|📌]{2,40})")
FORWARD = re.compile(r"\s*:?\s*([^\n.:;|]{2,40})")
CLOCK = re.compile(r"(?<=[^\W\d_])\W+\d")  # the day or hour behind a name: "Summary of the ministry, 6:00"
STRETCH = re.compile(r"[^.!?\n]{3,}")
PICTURE = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]|t\.me/|(?:^|\s)[#@]\w")  # of a post
MARKS = "©✍️✅👉🔹📌 "  # signs before a signature
TELLS = re.compile(r"[:!?…]|\w{3}\.(?:\s|$)")  # signs of a sentence, which no signature has


def head(asked: Asked) -> Quote:
    """Return the document's headline: its title, else its first sentence (which may be the one asked about)."""
    opening = next((quote for quote in asked.before if quote.start <= asked.sentence.start), asked.sentence)
    return asked.before[0] if asked.before and asked.before[0].kind in HEADS else opening


def _line_end(asked: Asked) -> Said | None:
    """Read the source that ends a line, or a headline in it; a headline of its own is the document's or a heading's."""
    read = source if asked.sentence.kind in HEADS else within
    found = read(asked.sentence.text, asked.pack, asked.packs)
    return found.said if found else None


def _told_after(asked: Asked) -> Said | None:
    """Read whom the next sentence cites for this one: "Two died. This was reported by the governor"."""
    line = AFTER.match(asked.document.text, asked.sentence.end, asked.sentence.end + 4 * NEXT)
    return _told_back(line[1], Tables.of(asked.pack, asked.packs)) if line else None


@lru_cache(maxsize=KEPT)
def _told_back(text: str, tables: Tables) -> Said | None:
    """Return whom a sentence cites at its head for what stands before it."""
    hits = tables.pack.table("speech").find(words(text))
    back = {hit.first for hit in hits if "back" in hit.tags and hit.first <= 1}
    said = heard(text, tables.pack, tables.packs) if back else ()
    return next((one for one in said if one.name and _speaks_for(one, back)), None)


def _speaks_for(said: Said, back: Collection[int]) -> bool:
    """Say whether a saying is one of those at some words, or whom the speaker there cites."""
    return said.at in back or (said.value == "cites" and bool(said.via))


def _announced(asked: Asked) -> Said | None:
    return announced(asked.document.text, asked.sentence, asked.before, asked.packs)


def _goes_on(asked: Asked) -> Said | None:
    text = asked.document.text
    far = POST if len(text) <= BRIEF // 2 or (len(text) <= LONG_POST and PICTURE.search(text)) else RUN
    return goes_on(asked.sentence, asked.before, asked.pack, asked.packs, far)


def _headline(asked: Asked) -> Said | None:
    above = _statement(asked)
    if above:
        return above
    top = head(asked)
    pack = asked.packs.language(top.lang)
    found = source(top.text, pack, asked.packs) if pack else None
    return found.said if found else None


def _statement(asked: Asked) -> Said | None:
    """Read whose words a line announces: "Summary of the ministry:", «Заявления губернатора:», or such a title."""
    for quote in reversed(asked.before):
        pack = asked.packs.language(quote.lang)
        title = quote is asked.before[0] and quote.text[-1:] not in ".!?…"
        if pack is None or len(quote.text) > NEXT or not (title or quote.text.rstrip().endswith(":")):
            continue
        hits = pack.table("speech").find(words(quote.text), overlapping=True)
        hit = next((hit for hit in hits if hit.value == "heading" and (hit.first <= 1 or not title)), None)
        if hit is None:
            return None
        called = proper(_untimed(quote.text[hit.end :]), pack, asked.packs, to_end=True)
        return Said(0, nominative(called, pack), role_of(called, pack)) if called else None
    return None


def _untimed(text: str) -> str:
    return CLOCK.split(text, maxsplit=1)[0].rstrip(" :")


def _only(asked: Asked) -> Said | None:
    """Return the one speaker whom a paragraph of a short document cites for all that it tells, None where none is.

    For all of it speaks whom a sentence cites for what stands before it ("this was reported by …"), and a source that
    ends a line.
    """
    text = asked.document.text
    if len(text) > BRIEF or own(asked.sentence.text, asked.pack):
        return None
    begin, end = text.rfind("\n", 0, asked.sentence.start) + 1, text.find("\n", asked.sentence.end)
    named = _cited_for_all(text[begin : end if end >= 0 else len(text)], Tables.of(asked.pack, asked.packs))
    if not named or any(not _alike(named[0].name, said.name) for said in named):
        return None
    return max(named, key=lambda said: len(said.name))


@lru_cache(maxsize=KEPT)
def _cited_for_all(text: str, tables: Tables) -> tuple[Said, ...]:
    """Return the speakers who are cited, line by line, for what stands before."""
    found: list[Said] = []
    for m in STRETCH.finditer(text):
        line = m[0].strip()
        speech = {hit.first for hit in tables.pack.table("speech").find(words(line)) if "back" in hit.tags}
        said = heard(line, tables.pack, tables.packs) if speech else ()
        found += [one for one in said if one.name and not one.same and _speaks_for(one, speech)]
        ends = last(line, tables.pack, tables.packs, head=False)
        found += [ends.said] if ends else []
    return tuple(found)


def _alike(one: str, other: str) -> bool:
    """Say whether two names share a word's beginning, as the case forms of one name do."""
    starts = {word.form[:STEM] for word in words(one)}
    return any(word.form[:STEM] in starts for word in words(other))


def _footer(asked: Asked) -> Said | None:
    """Read the source that a short piece names by the word: "Source: example.org"."""
    text = asked.document.text
    return _named_below(text, Tables.of(asked.pack, asked.packs)) if len(text) <= BRIEF else None


@lru_cache(maxsize=KEPT)
def _named_below(text: str, tables: Tables) -> Said | None:
    hits = [hit for hit in tables.pack.table("speech").find(words(text)) if "footer" in hit.tags]
    names = [m for hit in hits if (m := (FORWARD if "forward" in hit.tags else FOOTER).match(text, hit.end))]
    name = names[-1][1].rstrip() if names else ""
    return Said(0, name, role_of(name, tables.pack) or "outlet") if name else None


def _signed(asked: Asked) -> Said | None:
    """Read who signs a short piece: its last line is a name and an office and nothing else."""
    if len(asked.document.text) > BRIEF:
        return None
    lines = [line.strip(" \t—–-") for line in asked.document.text.rstrip().split("\n") if line.strip()]
    if len(lines) < LEADS or asked.sentence.text in lines[-1] or TELLS.search(lines[-1]):
        return None
    found = first(lines[-1].replace(", ", " ").lstrip(MARKS) + ":", asked.pack, asked.packs)
    return replace(found.said, name=lines[-1].lstrip(MARKS)) if found and found.said.role in PEOPLE else None


def _lead(asked: Asked) -> Said | None:
    """Return whom the headline or the first sentences of a brief cite, where they cite one only.

    Only where words run on no further than their sentence: elsewhere `runs` tells.
    """
    if len(asked.document.text) > BRIEF // 2 or own(asked.sentence.text, asked.pack) or run_on(asked.pack):
        return None
    if any(said.name for said in heard(asked.sentence.text, asked.pack, asked.packs)):
        return None
    lead = [quote for quote in asked.before if quote.start <= asked.sentence.start][:LEADS]
    packs = ((quote.text, asked.packs.language(quote.lang)) for quote in lead)
    found = [said for text, pack in packs if pack for said in heard(text, pack, asked.packs) if _leads(said)]
    return found[0] if found and all(_alike(found[0].name, said.name) for said in found) else None


def _leads(said: Said) -> bool:
    """Say whether a saying in a lead names one who may tell all of a brief."""
    sure = said.role is not None or said.begin > 0 or " " in said.name
    return bool(said.name) and not said.same and said.value in ("said", "according") and sure and said.role != "witness"


ON, HEADLINE = "goes on from the sentence before", "of the headline"
ELSEWHERE: Mapping[str, Callable[[Asked], Said | None]] = {
    "at the end of the line": _line_end,
    "named in the sentence after": _told_after,
    "announced above a list": _announced,
    ON: _goes_on,
    HEADLINE: _headline,
    "the only one of a short document": _only,
    "the source of the footer": _footer,
    "signed": _signed,
    "of the lead": _lead,
}
