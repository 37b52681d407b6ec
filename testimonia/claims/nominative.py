"""In which form is a speaker kept? In the nominative, so that one speaker has one name in every sentence.

«По данным украинских властей» cites «украинские власти». The tables list the nouns that speakers are called by in
their other cases, and the endings of adjectives before them and of surnames behind a given name; what they do not hold
stays as the text has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from testimonia.packs import LanguagePack
from testimonia.phrases import Hit, Word, Words, words

BEFORE = 4  # words before the noun that may be its adjectives
ADJECTIVE = ("ый", "ий")  # what a noun ends with that may be an adjective
SHORT = 4  # letters that a word has at least for an ending to be told from its stem


def nominative(name: str, pack: LanguagePack) -> str:
    """Return a speaker's name that stands in another case in the nominative, as far as the pack's table tells."""
    split = words(name)
    heads = _heads(split, pack)
    new: dict[int, str] = {}
    if heads and heads[0].first <= BEFORE:
        new = _office(split, heads[0], pack)
    if not heads or new:
        new |= _person(name, split, pack, alone=not heads)
    return _written(name, split, new)


def is_nominative(form: str, pack: LanguagePack) -> bool:
    """Say whether a word is one of the nouns that the pack's table has the other cases of."""
    return any(entry.value == form for entry in pack.table("nominative").entries)


def oblique(name: str, pack: LanguagePack) -> bool:
    """Say whether the noun that heads a name can only stand in another case than the nominative («сына депутата»)."""
    split = words(name)
    heads = _heads(split, pack)
    if not heads or heads[0].first > BEFORE:
        return False
    if is_nominative(split[heads[0].first].form, pack):
        return False  # it may be either
    return heads[0].first == 0 or bool(_office(split, heads[0], pack))


def _heads(split: Words, pack: LanguagePack) -> list[Hit]:
    """Return the nouns that the table has; the first may be an adjective of the next («военного ведомства»)."""
    heads = [hit for hit in pack.table("nominative").find(split) if " " not in hit.value]
    if len(heads) > 1 and heads[1].first == heads[0].last and heads[0].value.endswith(ADJECTIVE):
        gender = next(iter(heads[1].tags))
        return heads[1:] if _ended(split[heads[0].first].form, "ending", gender, pack) else heads
    return heads


def _office(split: Sequence[Word], head: Hit, pack: LanguagePack) -> dict[int, str]:
    """Return the nominatives of the noun and of the adjectives before it; none where one before it is no adjective."""
    gender = next(iter(head.tags))
    new = {head.first: head.value}
    for at in range(head.first):
        form = _ended(split[at].form, "ending", gender, pack)
        if form is None:
            return {}
        new[at] = form
    return new


def _person(name: str, split: Sequence[Word], pack: LanguagePack, *, alone: bool) -> dict[int, str]:
    """Return the nominatives of a given name and the surname behind it, or of a surname alone."""
    capital = [at for at, word in enumerate(split) if name[word.start].isupper()]
    for at in capital:
        name_in = given(split[at].form, pack)
        if name_in and at + 1 in capital:
            gender = "f" if name_in[-1] in "ая" else "m"
            return {at: name_in, at + 1: _surname(split[at + 1].form, gender, pack)}
    if alone and capital == [0] and len(split) == 1:
        return {0: _ended(split[0].form, "surname", "m", pack) or split[0].form}
    return {}


def _surname(form: str, gender: str, pack: LanguagePack) -> str:
    """Return a surname in the nominative: by its ending, else without the -а or -я of a man's."""
    told = _ended(form, "surname", gender, pack)
    if told is not None or gender == "f" or len(form) <= SHORT:
        return told or form
    if form.endswith("а"):
        return form[:-1]
    return form[:-1] + "ь" if form.endswith("я") and form[-2] not in "аеиіоуюяєї" else form


def given(form: str, pack: LanguagePack) -> str | None:
    """Return the given name of which a form is another case, None where it is none or may be the name itself."""
    known = _by_stem(pack.list("given_names"), pack.stem)
    near = {*known.get(pack.stem(form), ()), *known.get(form[:-1], ())}
    same = [name for name in sorted(near) if name != form and len(form) <= len(name) + 1]
    fitting = [name for name in same if (name[-1] in "ая") != (form[-1] in "ая")]
    return max(fitting, key=lambda name: (_alike(name, form), -len(name)), default=None)


def _alike(name: str, form: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(name, form, strict=False)) if a != b), min(len(name), len(form)))


@lru_cache(maxsize=8)
def _by_stem(names: frozenset[str], stem: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Return the given names by their stems, and by all but their last letter («Сергей», «Сергея»)."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        for key in {stem(name), name[:-1]}:
            found[key] = (*found.get(key, ()), name)
    return found


def _ended(form: str, kind: str, gender: str, pack: LanguagePack) -> str | None:
    """Return a word with the ending of the nominative, by the longest ending that the table has for it."""
    fitting = [
        entry
        for entry in pack.table("nominative").entries
        if entry.value.startswith(f"{kind} ") and gender in entry.tags and form.endswith(entry.phrase)
    ]
    if not fitting or len(form) <= SHORT:
        return None
    best = max(fitting, key=lambda entry: len(entry.phrase))
    return form.removesuffix(best.phrase) + best.value.split()[1]


def _written(name: str, split: Sequence[Word], new: dict[int, str]) -> str:
    """Put the new forms into a name, with the capitals that the words have."""
    out, last = "", 0
    for at, form in sorted(new.items()):
        word = split[at]
        said = name[word.start : word.end]
        kept = form if said.islower() else form.capitalize() if not said.isupper() else said
        out += name[last : word.start] + (said if word.form == form else kept)
        last = word.end
    return out + name[last:]
