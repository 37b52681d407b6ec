"""Who is called by an office alone? "The governor" is the governor whom the document has named before."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from testimonia.claims.asked import Asked
from testimonia.claims.attribution import heard
from testimonia.claims.named import capital, given_name
from testimonia.packs import LanguagePack
from testimonia.phrases import Words, words

ALONE = 2  # words of an office without a name
PEOPLE = frozenset({"official", "military", "outlet", "witness", None})  # roles in which an office alone may stand
ANY = "any"  # the kind of an office that anyone may have


def fuller(asked: Asked, name: str, role: str | None) -> str:
    """Return the name under which the document cited before who is now called by an office or a surname alone.

    "The deputy" is "deputy Ivan Hrim" of before, else one who is a person and has no office of another kind.
    """
    short = words(name)
    if role not in PEOPLE:
        return name
    if len(short) <= ALONE:
        longer = (other for other, pack in _named_before(asked) if _stems(short, pack) < _stems(words(other), pack))
        if other := next(longer, None):
            return other
    kinds = _kinds(short, asked.pack, whole=True)
    people = (other for other, pack in _named_before(asked) if kinds and _may_be(other, kinds, pack))
    return next(people, name)


def _stems(split: Words, pack: LanguagePack) -> set[str]:
    """Return the stems of words, by which the case forms of one name are told alike."""
    return {pack.stem(word.form) for word in split}


def alone(name: str, pack: LanguagePack) -> bool:
    """Say whether a name is the office of a person and nothing else."""
    return bool(_kinds(words(name), pack, whole=True))


def _named_before(asked: Asked) -> Iterator[tuple[str, LanguagePack]]:
    """Yield whom the sentences before cite, the last first, with the pack of their language."""
    for quote in reversed(asked.before):
        if pack := asked.packs.language(quote.lang):
            for said in reversed(heard(quote.text, pack, asked.packs)):
                yield from ((name, pack) for name in (said.name, *said.via))


def _kinds(split: Words, pack: LanguagePack, *, whole: bool = False) -> set[str]:
    """Return the kinds of the offices among some words; `whole` where an office has to be all of them."""
    hits = pack.table("offices").find(split)
    return {hit.value for hit in hits if not whole or hit.last - hit.first == len(split)}


def _may_be(name: str, kinds: Collection[str], pack: LanguagePack) -> bool:
    """Say whether an office may mean one who was named: a person with that office, or with none that is known."""
    split = words(name)
    own = _kinds(split, pack) - {ANY}
    large = [word for word in split if capital(name, word)]
    person = len(large) > 1 and any(given_name(word.form, pack) for word in large)
    return person and (not own or ANY in kinds or not own.isdisjoint(kinds))
