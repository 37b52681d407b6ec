"""Who is called by an office or a surname alone? "The governor" is the governor whom the document has named before.

Better none than a wrong one: an office means only one of its own kind, the nearest, and nobody who held it formerly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from itertools import pairwise

from testimonia.claims.asked import Asked
from testimonia.claims.attribution import heard
from testimonia.claims.named import capital, given_name
from testimonia.packs import LanguagePack
from testimonia.phrases import Word, words

ALONE = 2  # words of an office or a surname without the rest of the name
LEAD = 30  # characters before a name in which "former" may stand
PEOPLE = frozenset({"official", "military", "outlet", "witness", None})  # roles in which an office alone may stand
ANY, FORMER = "any", "former"  # the kind of an office that anyone may have; a word that says it was once held
ENDINGS = frozenset(["а", "у", "е", "і", "ом", "ем", "ым", "им", "ові", "еві"])  # of a man's surname in other cases
VOWELS = "аеиіоуыэюяєїьй"


def fuller(asked: Asked, name: str, role: str | None) -> str:
    """Return the name under which the document cited before who is now called by an office or a surname alone."""
    short = words(name)
    if role not in PEOPLE:
        return name
    kinds = _kinds(name, asked.pack, whole=True)
    for other, before, pack in _named_before(asked):
        own = _kinds(other, pack)
        if _short_for(short, name, other, pack) and not _formerly(own, before, pack):
            return other
        if _meets(kinds, own) and not _kinds(other, pack, whole=True):
            return other if _person(other, pack) and own - {ANY} and not _formerly(own, before, pack) else name
    return name


def _short_for(short: tuple[Word, ...], name: str, other: str, pack: LanguagePack) -> bool:
    """Say whether a name is another's office in the same words, or another's surname."""
    office = name == name.lower() and {word.form for word in short} < {word.form for word in words(other)}
    return len(short) <= ALONE and (office or _surname(short, other, pack))


def _meets(kinds: Set[str], own: Set[str]) -> bool:
    """Say whether an office of some kinds may be one of others."""
    return bool(kinds and own) and (ANY in kinds | own or not kinds.isdisjoint(own))


def _formerly(own: Collection[str], before: str, pack: LanguagePack) -> bool:
    """Say whether somebody's office, or what stands before the name, is one once held."""
    return FORMER in own or FORMER in _kinds(before[-LEAD:], pack)


def _named_before(asked: Asked) -> Iterator[tuple[str, str, LanguagePack]]:
    """Yield whom the sentences before cite, the last first, what stands before the name, and the pack."""
    for quote in reversed(asked.before):
        if pack := asked.packs.language(quote.lang):
            for said in reversed(heard(quote.text, pack, asked.packs)):
                before = quote.text[: said.start] if said.start >= 0 else ""
                yield from ((name, before, pack) for name in (said.name, *said.via))


def _kinds(name: str, pack: LanguagePack, *, whole: bool = False) -> set[str]:
    """Return the kinds of the offices among some words; `whole` where an office has to be all of them."""
    split = words(name)
    hits = pack.table("offices").find(split)
    return {hit.value for hit in hits if not whole or hit.last - hit.first == len(split)}


def _person(name: str, pack: LanguagePack) -> bool:
    """Say whether a name is that of a person: a given name stands in it, and another capital."""
    large = [word for word in words(name) if capital(name, word)]
    return len(large) > 1 and any(given_name(word.form, pack) for word in large)


def _surname(short: tuple[Word, ...], name: str, pack: LanguagePack) -> bool:
    """Say whether a word is the surname behind a given name, in any case form of a man's."""
    split = words(name)
    behind = [two.form for one, two in pairwise(split) if given_name(one.form, pack)]
    return any(short[-1].form == form or _declined(short[-1].form, form) for form in behind[-1:])


def _declined(form: str, surname: str) -> bool:
    return form.startswith(surname) and form[len(surname) :] in ENDINGS and surname[-1] not in VOWELS
