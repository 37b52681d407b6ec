"""Is this the same person, written in another alphabet or another language? By the consonants of the two names."""

from __future__ import annotations

import re

NAMES = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
SHORTEST = 2  # consonants of each of the two names below which they say too little

# How letters of either alphabet sound, as far as a romanisation keeps it: vowels, signs and doubled letters fall away.
LONG = (("shch", "š"), ("sch", "š"), ("sh", "š"), ("ch", "č"), ("zh", "ž"), ("kh", "x"), ("ts", "c"), ("ph", "f"))
SOUNDS = str.maketrans(
    dict(zip("бвгґджзклмнпрстфхцчшщ", "bvggdžzklmnprstfxcčšš", strict=True)) | {"w": "v", "h": "g", "q": "k"}
)
VOWELS = re.compile(r"[aeiouyjаеёєиіїйоуыэюяьъ'’ʼ-]")
DOUBLED = re.compile(r"(.)\1+")


def sound(name: str) -> str:
    """Return the consonants of a name, the same for its usual spellings in both alphabets.

    >>> sound("Шевченко") == sound("Shevchenko")
    True
    """
    folded = name.casefold()
    for letters, one in LONG:
        folded = folded.replace(letters, one)
    return DOUBLED.sub(r"\1", VOWELS.sub("", folded.translate(SOUNDS)))


def person(speaker: str) -> str:
    """Return how the first and the last name of a speaker sound, "" where no two names end what is said of him.

    Two names are two words with capitals, one after the other; what stands before them is the office.

    >>> person("the mayor, Olena Petrenko") == person("мэр Елена Петренко")
    True
    >>> person("the mayor, Olena Petrenko") == person("мэр Иван Петренко")
    False
    """
    found = NAMES.findall(speaker)[-2:]
    if len(found) < 2 or not all(word[0].isupper() and not word.isupper() for word in found):
        return ""
    sounds = [sound(word) for word in found]
    return " ".join(sounds) if all(len(said) >= SHORTEST for said in sounds) else ""
