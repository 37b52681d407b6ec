"""Cases for one question alone: a sentence with the words that name the happening in brackets, and under it the answer.

    2022-07-13 A shell [hit] a shop on Tuesday.
    shelling 2022-07-12

The document's day may stand before the sentence ("2022-07" and "2022" where only the month or year is known); sentences
apart by " / " come earlier in the document, the last one is asked about. A blank line ends a case, "#" is a comment.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path

from testimonia.claims.asked import Asked
from testimonia.claims.clause import segments
from testimonia.claims.saying import sayings
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Entry, Hit, words
from testimonia.records import Document, Quote, When

FOLDER = Path(__file__).parent.parent / "cases"
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))? ")


@dataclass(frozen=True)
class Question:
    """One case: the language, the day, the text with its brackets, the type and what is expected."""

    lang: str
    day: str
    text: str
    kind: str
    answer: str


def questions(name: str) -> list[Question]:
    """Read the cases of a file in `tests/cases`."""
    out = []
    for block in (FOLDER / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        found = DAY.match(lines[0])
        day = found[0].strip() if found else ""
        kind, _, answer = lines[1].partition(" ")
        out.append(Question(name.split(".")[1], day, lines[0][len(found[0]) if found else 0 :], kind, answer))
    return out


def known(day: str) -> When | None:
    """Return the document's date as its source list would state it."""
    parts = [int(part) for part in day.split("-")] if day else []
    if not parts:
        return None
    if len(parts) == 1:
        return When(date(parts[0], 1, 1), date(parts[0], 12, 31), "year", day)
    if len(parts) == 2:
        return When(date(parts[0], parts[1], 1), date(parts[0], parts[1], monthrange(*parts)[1]), "month", day)
    return When(date(*parts), date(*parts), "day", day)


def asked(case: Question, packs: Packs) -> Asked:
    """Ask about the bracketed words of a case; the clause is the whole sentence, or what stands between bars."""
    *before, last = case.text.split(" / ")
    opening, closing = last.index("["), last.index("]") - 1
    text = last.replace("[", "").replace("]", "")
    whole = " ".join((*before, text))
    document = Document(sha256=whole, text=whole, file="case.txt", date=known(case.day), lang=case.lang)
    pack = packs.languages[case.lang]
    starts = accumulate((len(part) + 1 for part in before), initial=0)
    parts = zip(starts, (*before, text), strict=True)
    quotes = [Quote(document.id, start, start + len(part), part, "sentence", case.lang) for start, part in parts]
    hit, split = trigger(text, opening, closing, case.kind, pack), words(text)
    only = sayings(split, segments(text, split, pack), [hit], pack)
    return Asked(document, quotes[-1], tuple(quotes[:-1]), split, hit, (0, len(text)), pack, packs, only)


def trigger(text: str, start: int, end: int, kind: str, pack: LanguagePack) -> Hit:
    """Return the table's phrase at the bracketed words where it has one of this type, else one made up."""
    split = words(text)
    found = pack.table("triggers").find(split, overlapping=True)
    same = [hit for hit in found if hit.start <= start and end <= hit.end and hit.value == kind]
    if same:
        return same[0]
    inside = [at for at, word in enumerate(split) if start <= word.start and word.end <= end]
    return Hit(start, end, Entry(kind, text[start:end]), inside[0], inside[-1] + 1)
