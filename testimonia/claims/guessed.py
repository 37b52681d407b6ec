"""Names that may be places where the rules of `mentions.py` see none, for something that reads more than they do.

A name of the gazetteer that nothing around it calls a place ("the occupation of X", X at the head of a line), and a
capitalised word that no table holds behind a word of place ("at X").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.claims.mentions import Finder, Mention
from testimonia.claims.toponyms import usual

LONGEST = 3  # words of a name that no table holds
NO_NAME = 2  # letters that are no name


def guesses(finder: Finder, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names that may be places, apart from those that were found, in text order."""
    taken = {at for mention in found for at in range(mention.first, mention.last)}
    for at in range(len(finder.words)):
        made = _known(finder, at) or _unknown(finder, at) if at not in taken and _name(finder, at) else None
        if made and taken.isdisjoint(range(made.first, made.last)):
            taken |= set(range(made.first, made.last))
            yield replace(made, role=finder.role(made, None))


def _name(finder: Finder, at: int) -> bool:
    """Say whether a word may begin a name: a capitalised one that is no common word, no person's name, no state."""
    form, line = finder.words[at].form, finder.line
    if not line.capital(at) or len(form) <= NO_NAME or not form[0].isalpha() or form in finder.places.frequent:
        return False
    return not (line.acronym(at) or at in line.abroad or line.hit(at, "not") or line.given(at))


def _known(finder: Finder, at: int) -> Mention | None:
    """Return the longest name of the gazetteer that begins at a word; at the head of a sentence only as it stands."""
    rows = [row for row in finder.places.starting(finder.words[at].form) if finder.meant(row, at)]
    for size in sorted({len(row.name) for row in rows}, reverse=True):
        fitting = usual([row for row in rows if len(row.name) == size], finder.words[at].form)
        exact = any(row.name[0] == finder.words[at].form for row in fitting)
        if finder.line.person(at, at + size) or (size == 1 and (finder.line.starts(at) and not exact)):
            continue
        bearers = tuple(dict.fromkeys(row.bearer for row in fitting))
        if bearers and bearers[0].kind != "unit":
            return finder.mention(at, at + size, "settlement", bearers[0].name, bearers)
    return None


def _unknown(finder: Finder, at: int) -> Mention | None:
    """Return a name that no table holds, with the capitalised words that it goes on with, behind a word of place."""
    if not finder.line.leads(at):
        return None
    last = at + 1
    while last < len(finder.words) and last - at < LONGEST and finder.line.joined(last - 1):
        last += 1
    return finder.mention(at, last, "settlement", finder.line.written(at, last), ())
