"""What a document speaks of again: "the dam", where it has named one dam, and the day that it has given for it.

A text names a place once and then calls it by what it is. Where one document has named exactly one site by that word, a
claim that names no place, but says the word, is about that site; and where the document's dated claims on that site and
kind of act have one date, so has this one. An "earlier figure" without a place is of the place of the figure before it.
Only comparing uses this: the claim itself, and what is shown of it, stay as they were read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from testimonia.link.act import act
from testimonia.link.view import LETTERS, View
from testimonia.phrases import WORD, fold

SHORTEST = 3  # letters of the shortest word that says what a site is: "dam", «міст»


def what_it_is(name: str) -> str:
    """Return the word of a site's name, as a text writes it, that says what it is; "" where it only has a proper name.

    >>> what_it_is("Lypove dam"), what_it_is("Липівську ГЕС"), what_it_is("Redstone")
    ('dam', 'гес', '')
    """
    said = WORD.findall(name)
    common = [word for word in said if word.islower() or word.isupper()] or said[1:]
    return fold(common[-1]) if common and len(common[-1]) >= SHORTEST else ""


def same_word(a: str, b: str) -> bool:
    """Say whether two folded words may be forms of one: they begin alike, and endings differ by little."""
    if min(len(a), len(b)) < LETTERS:
        return a == b or (len(a) == len(b) == LETTERS - 1 and a[:-1] == b[:-1])
    return a[:LETTERS] == b[:LETTERS] and abs(len(a) - len(b)) <= 3


def _word(view: View) -> str:
    place = view.claim.place
    return what_it_is(place.words or place.name) if place and view.where.level == "site" else ""


def _meant(view: View, sites: Sequence[tuple[str, View]]) -> tuple[str, View] | None:
    """Return the one site of the document that a claim without a place calls by its word."""
    said = {fold(word) for word in WORD.findall(view.claim.quote.text)}
    found = {
        site.where.words: (word, site)
        for word, site in sites
        if any(same_word(word, other) for other in said) and view.where.adm1 in ("", site.where.adm1)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _told_of(at: int, views: Sequence[View]) -> tuple[str, View] | None:
    """Return the claim that an "earlier figure" without a place was the figure of: the last of its type before it."""
    if not views[at].earlier:
        return None
    before = (view for view in reversed(views[:at]) if view.claim.type == views[at].claim.type and view.where.named)
    found = next(before, None)
    return (views[at].earlier, found) if found else None


def _placed(views: Sequence[View]) -> list[View]:
    """Return the claims of one document, each that speaks of a place again with that place."""
    named = {(view.where.words, word): (word, view) for view in reversed(views) if (word := _word(view))}
    sites = list(named.values())
    placed = []
    for at, view in enumerate(views):
        found = None if view.where.named else _told_of(at, views) or _meant(view, sites)
        placed.append(replace(view, where=found[1].where, again=found[0]) if found else view)
    return placed


def _dated(views: Sequence[View]) -> list[View]:
    """Return the claims of one document, those that speak of a site again with its day for that kind of act, if one."""
    days: dict[tuple[str, tuple[str, ...]], set[tuple[int, int]]] = defaultdict(set)
    for view in views:
        if view.dating == "own" and view.where.named:
            days[act(view.claim.type), view.where.words].add((view.first, view.last))
    return [_lent(view, days.get((act(view.claim.type), view.where.words), set())) for view in views]


def _lent(view: View, days: set[tuple[int, int]]) -> View:
    if not view.again or view.dating == "own" or len(days) != 1 or view.total:
        return view
    ((first, last),) = days
    return replace(view, first=first, last=last, dating="own")


def again(views: Iterable[View]) -> list[View]:
    """Return the views of claims in their order, with what each document's other claims say of place and date."""
    of_document: dict[str, list[View]] = defaultdict(list)
    for view in views:
        of_document[view.document].append(view)
    told = [view for own in of_document.values() for view in _dated(_placed(own))]
    return sorted(told, key=lambda view: view.rank)
