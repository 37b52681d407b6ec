"""Can a word be a case form of a place name? Told by stems and endings, without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

CHANGING = str.maketrans({"і": "о", "ї": "є", "е": "о", "є": "о"})  # vowels that change within a word: one is another
VOWELS = frozenset("аеєиіїоуюяйыэё")  # a name that ends in another letter is no adjective
OWNED = ("ов", "ев", "єв", "ин", "ін", "їн")  # a surname's ending; of a place only where its name has it too
PLURAL = frozenset("ыиі")
OF_ADJECTIVES = (
    "ське",
    "цьке",
    "зьке",
    "ський",
    "цький",
    "зький",
    "ское",
    "цкое",
    "ский",
    "цкий",
)  # names that are such
MASCULINE = ("ський", "цький", "зький", "ский", "цкий")  # in the nominative
OF_FEMININES = (
    "ської",
    "цької",
    "ську",
    "цьку",
    "ською",
    "цькою",
    "ській",
    "ська",
    "ской",
    "цкой",
    "скую",
    "цкую",
    "ская",
    "цкая",
)
ADJECTIVAL = (
    "ському",
    "цькому",
    "ського",
    "цького",
    "ським",
    "цьким",
    "скому",
    "цкому",
    "ского",
    "цкого",
    "ским",
    "цким",
    "ском",
    "цком",
)
OF_TOWNS = ("ськ", "цьк", "зьк", "ск", "цк")
OF_TOWNS_ADJECTIVES = tuple(
    root + ending
    for root, endings in (
        ("ьк", ["ий", "ого", "ому", "им", "ім", "ої", "ій", "ою", "і", "их", "ими"]),
        ("ск", ["ий", "ого", "ому", "им", "ая", "ой", "ую", "ое", "ие", "их", "ими"]),
        ("цк", ["ий", "ого", "ому", "им", "ая", "ой", "ую", "ое", "ие", "их", "ими"]),
    )
    for ending in endings
)
FEMININE = ("ия", "ія")  # names whose case forms are never shorter
OF_A_TOWN = re.compile(r"[сзц]ь?к[а-яіїє]{1,3}$")  # the ending of an adjective made from a town's name
SURELY_OF_A_TOWN = re.compile(r"[сзц]ь?к(?:ий|ого|ому|им|ім|ої|ій|ою|ая|ой|ую|ое|ие|их|ими)$")  # and no town's own
OWNER = re.compile(r"['’]s$|['’]$")


def fits(name: str, form: str, stem: Callable[[str], str], endings: tuple[str, ...]) -> bool:
    """Say whether a word can be a case form of a name: the same stem, nearly as long, and alike but for the end.

    `endings` are those of adjectives that are no other word's.
    """
    if name == form or ("'" in form and name == OWNER.sub("", form).strip("'")):
        return True
    if not len(name) - 1 <= len(form) <= len(name) + 3 or name.isascii():
        return False
    if not _alike(name, form, max(len(name) - 2, 3)) or _of_another(name, form, endings):
        return False
    return key(name, stem) == key(form, stem)


def _of_another(name: str, form: str, endings: tuple[str, ...]) -> bool:
    """Say whether a form's ending is none that the name takes: an adjective's, a surname's, or too short."""
    if name[-1] not in VOWELS and form.endswith(endings):
        return True
    if name.endswith(OF_ADJECTIVES) and form.endswith(OF_FEMININES):
        return True  # "Kyiv and Odesa regions", whose adjectives stand apart from the noun
    if name.endswith(OF_TOWNS) and form.endswith(OF_TOWNS_ADJECTIVES):
        return True
    if form.endswith(OWNED) and name[-1] not in PLURAL and not name.endswith(OWNED):
        return True
    return name.endswith(FEMININE) and len(form) < len(name)


def _alike(name: str, form: str, letters: int) -> bool:
    """Say whether two words begin with so many letters alike."""
    if len(name) < letters or len(form) < letters:
        return False
    return name[:letters].translate(CHANGING) == form[:letters].translate(CHANGING)


def made_from(name: str, root: str) -> bool:
    """Say whether an adjective's root can come from a name: "бахмут" of "Бахмут", "бучан" of "Буча"."""
    if name.startswith(root):
        return len(name) - len(root) <= 3
    return len(name) <= len(root) and name.startswith(root[:-1])


def shared(name: str, form: str) -> int:
    """Return how many letters two words begin with alike; vowels that change within a word count as alike."""
    alike = zip(name.translate(CHANGING), form.translate(CHANGING), strict=False)
    return next((at for at, (a, b) in enumerate(alike) if a != b), min(len(name), len(form)))


def key(word: str, stem: Callable[[str], str]) -> str:
    """Return what a word is looked up by: the stem of a Cyrillic word, a Latin word without its owner's s."""
    if word.isascii():
        return OWNER.sub("", word).strip("'")
    return _stem(stem, word)


@lru_cache(maxsize=200_000)
def _stem(stem: Callable[[str], str], word: str) -> str:
    return "-".join(stem(part) for part in word.split("-"))
