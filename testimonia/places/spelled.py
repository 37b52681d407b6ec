"""How a place name may be spelled: in Latin letters, in Russian, in its case forms; and the key it is found by.

Romanisation of Ukrainian follows the resolution of the Cabinet of Ministers no. 55 of 2010; that of Russian what
English newspapers write (BGN/PCGN without its signs). A Russian form of a Ukrainian name is a guess by sound.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from testimonia.lang.cyrillic import stem
from testimonia.phrases import fold

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщюя"
UKRAINIAN_LATIN = "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch yu ya"
STARTS = dict(zip(UKRAINIAN, UKRAINIAN_LATIN.split(" "), strict=True))
INSIDE = STARTS | {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
RUSSIAN_LATIN = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
IN_LATIN = dict(zip(RUSSIAN, RUSSIAN_LATIN.split(" "), strict=True))
SOUNDS = (  # of Ukrainian in Russian, anywhere in a name
    ("рківськ", "рьковск"), ("івськ", "овск"), ("ївськ", "евск"), ("ськ", "ск"), ("цьк", "цк"), ("зьк", "зк"),
    ("іївка", "еевка"), ("ївка", "евка"), ("івка", "овка"), ("іїв", "еев"), ("піль", "поль"), ("'", ""),
)  # fmt: skip
ENDS = (
    ("ів", "ов"), ("їв", "ев"), ("и", "ы"), ("ець", "ец"), ("ове", "ово"), ("еве", "ево"), ("ине", "ино"),
    ("не", "ное"),
)  # fmt: skip
LETTERS = str.maketrans("іїєґІЇЄҐ", "ииегИИЕГ")
ADJECTIVES = (("ий", "ый"), ("а", "ая"), ("е", "ое"), ("і", "ые"))  # in Ukrainian and in Russian, before a noun
AFTER_VELARS = re.compile("(?<=[кгхКГХ])ы(?=й|е)")
UKRAINIAN_LETTERS = str.maketrans("иыэёИЫЭЁ", "іиеоІИЕЙ")
CHANGES = (  # endings whose case forms have another stem: i turns to o or e, k to ts; a fleeting vowel goes
    ("ів", "ова"), ("ів", "ові"), ("їв", "єва"), ("ка", "ці"), ("чук", "чуці"), ("га", "зі"), ("ха", "сі"),
    ("ець", "ця"), ("ниця", "ниці"), ("піль", "поля"), ("иль", "иля"), ("іг", "ога"), ("ень", "ня"), ("ок", "ку"),
)  # fmt: skip
SEEN_ALIKE = (
    ("kh", "h"), ("g", "h"), ("y", "i"), ("ii", "i"), ("ia", "a"), ("iu", "u"), ("ie", "e"), ("ts", "c"), ("w", "v"),
    ("'", ""),
)  # fmt: skip


def romanised(name: str) -> str:
    """Write a Ukrainian name in Latin letters.

    >>> romanised("Кам'янка-Дніпровська"), romanised("Згурівка"), romanised("Єнакієве")
    ('Kamianka-Dniprovska', 'Zghurivka', 'Yenakiieve')
    """
    words = re.split(r"([ -])", re.sub("['’ʼ]", "", name))
    return "".join(map(_romanised, words))


def _romanised(word: str) -> str:
    low = word.lower().replace("зг", "zgh")
    out = "".join((STARTS if at == 0 else INSIDE).get(char, "" if char == "ь" else char) for at, char in enumerate(low))
    return out[:1].upper() + out[1:] if word[:1].isupper() else out


def from_russian(name: str) -> str:
    """Write a Russian name in Latin letters.

    >>> from_russian("Енакиево"), from_russian("Артёмовск")
    ('Yenakiyevo', 'Artyomovsk')
    """
    out, last = "", ""
    for char in name.lower():
        letter = IN_LATIN.get(char, char).replace("_", "")
        out += "ye" if char == "е" and (not last or last in "аеёиоуыэюяьъ -") else letter
        last = char
    return re.sub(r"(^|[ -])(\w)", lambda m: m[1] + m[2].upper(), out)


def in_russian(name: str) -> str:
    """Return what a Ukrainian name is most likely in Russian.

    >>> in_russian("Скадовськ"), in_russian("Олександрівка"), in_russian("Степова Новоселівка")
    ('Скадовск', 'Олександровка', 'Степовая Новоселовка')
    """
    *adjectives, noun = name.split(" ")
    return " ".join((*map(_adjective_in_russian, adjectives), _noun_in_russian(noun)))


def _noun_in_russian(name: str) -> str:
    for old, new in SOUNDS:
        name = name.replace(old, new)
    old, new = next(((old, new) for old, new in ENDS if name.endswith(old)), ("", ""))
    return (name.removesuffix(old) + new).translate(LETTERS)


def _adjective_in_russian(word: str) -> str:
    for old, new in SOUNDS:
        word = word.replace(old, new)
    old, new = next(((old, new) for old, new in ADJECTIVES if word.endswith(old)), ("", ""))
    return AFTER_VELARS.sub("и", (word.removesuffix(old) + new).translate(LETTERS))


def in_ukrainian(name: str) -> str:
    """Return what a Russian name is most likely in Ukrainian.

    >>> in_ukrainian("Шебекино"), in_ukrainian("Грайворон")
    ('Шебекіно', 'Грайворон')
    """
    return name.translate(UKRAINIAN_LETTERS)


def alike(name: str) -> str:
    """Fold the romanisations of one name together, for comparing only."""
    name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    for old, new in SEEN_ALIKE:
        name = name.replace(old, new)
    return name


def key(word: str) -> str:
    """Return what a folded word is looked up by: the stem of a Cyrillic word, the word itself of another script."""
    return word if word.isascii() else _stem(word)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return "-".join(stem(part) for part in word.split("-"))


def named(name: str) -> tuple[str, ...]:
    """Return a name as its folded words."""
    return tuple(fold(name).split())


def keys(name: str) -> Iterator[tuple[str, str]]:
    """Yield the keys that a name is found by, with its folded words: that of its case forms may be another."""
    words = named(name)
    if not words:
        return
    yield key(words[0]), " ".join(words)
    if parts := named(name.replace("-", " ")) if "-" in name else ():
        yield key(parts[0]), " ".join(parts)
    for old, new in CHANGES:
        if words[0].endswith(old) and (changed := key(words[0].removesuffix(old) + new)) != key(words[0]):
            yield changed, " ".join((words[0].removesuffix(old) + new, *words[1:]))
