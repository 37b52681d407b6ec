"""Is a figure part of a date? Then it counts nobody, whatever stands behind it ("on 6 May 2023, the mayor said").

The day behind a month's name is ("on May 4, rescuers said"). A year is one behind a month, a season or a day, behind
words that a bare year stands behind ("in", "since the start of"), before a word for "year", right before a sign,
and where it goes on with another year ("2022 and 2023"). Words that as often stand before a count (tag `loose` of the
table `dates`: "of", "by") make a year only of a figure that is not round.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from testimonia.packs import LanguagePack
from testimonia.phrases import Hit, Word

FIGURE = re.compile(r"(?:19|20)\d\d(?:[-–](?:(?:19|20)\d\d|\d\d))?$")  # "2023" and, as one word, "2022-2023"
LATE = range(1980, 2050)  # years that the texts tell of
DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th|-?го|-?е|-?те)?$|\d{1,2}[-–]\d{1,2}$")
SIGN = re.compile(r"\s*[,;:)]")
IN_FIGURES = re.compile(r"\d{1,2}[./]\s*\d{1,2}[./]\s*$")  # "06. 05. 2023"
BACK = 5  # words from a year back to its month: "May 24 and 25, 2023"
MARKS = frozenset({"in", "since", "year", "part", "season", "month"})
JOINS = frozenset({"and", "to"})


def dated(text: str, words: Sequence[Word], pack: LanguagePack) -> frozenset[int]:
    """Return the words of a sentence that are the number of a year, or of a day behind the name of its month."""
    like = [at for at, word in enumerate(words) if word.form[0].isdigit()]
    if not like:
        return frozenset()
    hits = pack.table("dates").find(words, overlapping=True)
    found = {at for at in like if DAY.match(words[at].form) and _follows_its_month(at, text, words, hits)}
    for at in (at for at in like if FIGURE.match(words[at].form)):
        if _is_year(at, text, words, hits) or _goes_on(at, hits, found):
            found.add(at)
    return frozenset(found)


def _follows_its_month(at: int, text: str, words: Sequence[Word], hits: Sequence[Hit]) -> bool:
    """Say whether a day stands behind the name of its month: "March 4, rescuers said", not "in March 4 men"."""
    months = [hit for hit in hits if _kind(hit) == "month" and hit.last == at and "capital" in hit.tags]
    months = [hit for hit in months if text[hit.start].isupper() and text[hit.end : words[at].start].strip(". ") == ""]
    return any(not _ends(hit.first, ("in",), hits) or SIGN.match(text, words[at].end) for hit in months)


def _is_year(at: int, text: str, words: Sequence[Word], hits: Sequence[Hit]) -> bool:
    """Say whether what stands on either side makes a figure a year."""
    if SIGN.match(text, words[at].end) or IN_FIGURES.search(text[: words[at].start]):
        return True
    if any(_kind(hit) == "year" and "after" not in hit.tags and hit.first == at + 1 for hit in hits):
        return True
    before = [hit for hit in hits if hit.last == at]
    if any(_marks(hit, words[at].form) for hit in before):
        return True
    joined = at - 1 if any(_kind(hit) == "in" for hit in before) else at  # "May of 2023"
    return _ends(joined, ("month", "season"), hits) or _of_a_day(at, words, hits)


def _marks(hit: Hit, figure: str) -> bool:
    """Say whether a word right before a figure makes it a year."""
    if _kind(hit) not in MARKS or (_kind(hit) == "year" and "after" not in hit.tags):
        return False
    return "loose" not in hit.tags or (int(figure[:4]) in LATE and int(figure[:4]) % 100 != 0)


def _of_a_day(at: int, words: Sequence[Word], hits: Sequence[Hit]) -> bool:
    """Say whether a figure follows the day of a month: "May 6, 2023", "May 24 and 25, 2023"."""
    first = at
    while first > max(0, at - BACK) and (DAY.match(words[first - 1].form) or _is_joint(first - 1, hits)):
        first -= 1
    return first < at and _ends(first, ("month",), hits)


def _goes_on(at: int, hits: Sequence[Hit], found: Container[int]) -> bool:
    """Say whether a figure goes on with a year right before it: "in 2022 and 2023", "2022, 2023"."""
    return at - 1 in found or (at - 2 in found and _is_joint(at - 1, hits))


def _is_joint(at: int, hits: Sequence[Hit]) -> bool:
    return any(_kind(hit) in JOINS and hit.first == at and hit.last == at + 1 for hit in hits)


def _ends(at: int, kinds: Sequence[str], hits: Sequence[Hit]) -> bool:
    return any(_kind(hit) in kinds and hit.last == at for hit in hits)


def _kind(hit: Hit) -> str:
    return hit.value.split()[0]
