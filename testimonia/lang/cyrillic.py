"""What Ukrainian and Russian share: cutting a word down to a stem that its case forms have in common.

The stemmer is a light one, without a dictionary: it takes off one ending of noun or adjective, then evens out what
changes when an ending is added ("Київ", "Києва"; "Авдіївка", "Авдіївці"; "Тростянець", "Тростянця"). Two different
words may fall together ("Суми", "сума"): it is made for names and for search, where a missed case form costs more than
a namesake. Verbs are not its business.
"""

from __future__ import annotations

import re
from pathlib import Path

from testimonia.packs import LanguagePack, language_from
from testimonia.phrases import fold

KEPT, KEPT_OF_ONE = 3, 2  # letters that stay of a word at least; where the ending is a single letter
LAST = 3  # letters at the end of a stem in which a closed syllable changes its vowel
LETTERS = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъ'")
NOUNS = (
    "а я о е є и і ї ы у ю й ь ою ею єю ям ам ях ах ями ами ом ем єм ові еві єві ія ії ію ією іям іях іями "
    "ия ии ию ией иям иях иями ий ие ій іє оя оєм оєві оем ей"
)
ADJECTIVES = "ого ому ої ій ою ім им ых их ими ыми ым ий ый ой ая яя ую юю ое ее ые ие его ему"
OWNERS = ("ов", "ев", "єв", "ин", "ін", "їн")  # names made like owners' names: "Харкова", "Сватового", "Шебекино"
BARE = ("ів", "їв")  # the same in a closed syllable: "Харків", "Київ"
TOWNS = ("ськ", "ск")  # names made with a suffix that stays: "Донецьк", "Скадовського"
OWNED = " а у ом е і ові и ы о ого ому ої ою ій им ым ім их ых ими ыми ий ый ой"
ENDINGS = {
    *NOUNS.split(),
    *ADJECTIVES.split(),
    *(owner + ending for owner in OWNERS for ending in OWNED.split(" ")),
    *BARE,
    *(town + ending for town in TOWNS for ending in ADJECTIVES.split()),
}
SUFFIXES = tuple(sorted(ENDINGS, key=lambda ending: (-len(ending), ending)))
CLOSED = str.maketrans("іїеє", "оооо")
FLEETING = re.compile(r"(?<=[^аеєиіїоуюяыэ])(?:о|е|ьо)(?=(?:к|ць?)$)")
SOFTENED = re.compile(r"(?<=[^аеєиіїоуюяыэ])ць?$")
DOUBLED = re.compile(r"(.)\1$")


def _even(stem: str) -> str:
    """Even out a stem: fleeting vowel, "ц" for "к" before an ending, doubled letter, vowel of a closed syllable."""
    bare = DOUBLED.sub(r"\1", SOFTENED.sub("к", FLEETING.sub("", stem.rstrip("ьй'"))))
    return bare[:-LAST] + bare[-LAST:].translate(CLOSED)


def _cut(word: str) -> str:
    """Take the longest ending off, leaving a suffix that is a part of the name and letters enough to know it by."""
    for ending in SUFFIXES:
        kept = KEPT_OF_ONE if len(ending) == 1 else KEPT
        if word.endswith(ending) and len(word) - len(ending) >= kept:
            return word.removesuffix(ending) + next((town for town in TOWNS if ending.startswith(town)), "")
    return word


def stem(word: str) -> str:
    """Return the stem that the case forms of a Ukrainian or Russian noun, adjective or name share.

    A hyphenated word is cut at its last part; a word with other letters or digits in it is only folded.

    >>> {stem(form) for form in ("Скадовськ", "Скадовська", "Скадовську", "Скадовськом")}
    {'скадовськ'}
    """
    head, hyphen, last = fold(word).rpartition("-")
    return head + hyphen + (_even(_cut(last)) if LETTERS.issuperset(last) else last)


def cyrillic_pack(folder: Path, code: str, name: str) -> LanguagePack:
    """Build the pack of a language written in Cyrillic from its folder of tables, with this stemmer."""
    return language_from(folder, code, name, stem)
