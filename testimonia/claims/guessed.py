"""Names that may be places where the rules of `mentions.py` see none, for something that reads more than they do.

A name of the gazetteer that nothing around it calls a place ("the occupation of X", X at the head of a line), and a
capitalised word that no table holds behind a word of place ("at X").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.claims.mentions import LONGEST, Finder, Mention
from testimonia.claims.toponyms import usual
from testimonia.places.book import Row

TOWN = 15_000  # people of a town of a state of which nothing else is said
DASHES = ("–", "—", "-", ":", ",", ".")
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
    """Say whether a word may begin a name: a capitalised one that is no person's name and no state's."""
    form, line = finder.words[at].form, finder.line
    if not line.capital(at) or not form[0].isalpha() or at in line.abroad or line.hit(at, "not") or line.given(at):
        return False
    return not line.acronym(at) or _heads(finder, at)


def _heads(finder: Finder, at: int) -> bool:
    """Say whether a word in capitals stands alone at the head of a text: "X – The army said"."""
    behind = finder.text[finder.words[at].end :].lstrip()
    return at == 0 and behind[:1] in DASHES


def _known(finder: Finder, at: int) -> Mention | None:
    """Return the longest name of the gazetteer that begins at a word; at the head of a sentence only as it stands."""
    form = finder.words[at].form
    rows = [row for row in finder.places.starting(form) if _may_be(finder, row, at)]
    for size in sorted({len(row.name) for row in rows}, reverse=True):
        fitting = usual([row for row in rows if len(row.name) == size], form)
        exact = any(row.name[0] == form for row in fitting)
        common = form in finder.places.frequent or (finder.line.starts(at) and not exact)
        if finder.line.person(at, at + size) or (size == 1 and (common or len(form) <= NO_NAME)):
            continue
        bearers = tuple(dict.fromkeys(row.bearer for row in fitting))
        return finder.mention(at, at + size, "settlement", bearers[0].name, bearers)
    return None


def _may_be(finder: Finder, row: Row, at: int) -> bool:
    """Say whether a name can be meant at a word: of a place of the states that are named, or of a town elsewhere."""
    if row.bearer.kind != "settlement" or (len(row.name) > 1 and not finder.goes(row.name, at)):
        return False
    return row.bearer.country in finder.states or row.bearer.population >= TOWN


def _unknown(finder: Finder, at: int) -> Mention | None:
    """Return a name that no table holds, with the capitalised words that it goes on with, behind a word of place."""
    if not finder.line.leads(at) or at in finder.line.others or finder.line.acronym(at):
        return None
    last = at + 1
    while (
        last < len(finder.words) and last - at < LONGEST and finder.line.joined(last - 1) and finder.line.capital(last)
    ):
        last += 1
    name = finder.line.written(at, last)
    whose = finder.line.person(at, last) or name.endswith(("'s", "’s"))
    return None if whose else finder.mention(at, last, "settlement", name, ())
