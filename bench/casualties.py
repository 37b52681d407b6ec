"""How many civilians does an article say were killed? Scores the figure read off the claims against that of people.

    python bench/casualties.py ARTICLES.csv

ARTICLES.csv has the columns article_title, article_content and nb_civilians, as FA-KES. The share of articles whose
number comes out exactly is printed for all of them (no number read counts as 0), and for those that state it:
`nb_civilians` is above 0 and stands in title or text, in digits or (up to 99) in words. Each is given for the first
half of the rows, on which the rules were made, and for the second, which they have not seen.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from testimonia.casualties import killed_civilians
from testimonia.claims import code
from testimonia.packs import Packs, load_packs
from testimonia.read import read
from testimonia.records import Document

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


class Article(NamedTuple):
    """One article: the number given, the number read, and whether it states the one given."""

    given: int
    read: int
    stated: bool


def in_words(number: int) -> str | None:
    """Write a number up to 99 in words; None for a greater one.

    >>> in_words(42)
    'forty[- ]two'
    """
    if number > 99:
        return None
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (f"[- ]{ONES[number % 10]}" if number % 10 else "")


def stated(number: int, text: str) -> bool:
    """Say whether a number above 0 stands in a text, in digits or in words."""
    digits = rf"(?<![\d.,]){number}(?!\d|[.,]\d)"
    pattern = digits if (words := in_words(number)) is None else rf"{digits}|\b{words}\b"
    return number > 0 and re.search(pattern, text.replace(",", "") if number > 999 else text, re.IGNORECASE) is not None


def article(row: dict[str, str], packs: Packs) -> Article:
    """Code one article and read the number off its claims."""
    text = f"{row['article_title']}\n\n{row['article_content']}"
    document = Document(sha256=text, text=text, file="article", lang="en")
    number = killed_civilians(code(document, read(document, packs), packs), packs)
    given = int(row["nb_civilians"] or 0)
    return Article(given, number or 0, stated(given, text))


def articles(file: Path) -> list[Article]:
    """Code every article, without any region pack."""
    packs = load_packs(["en"], ())
    with file.open(encoding="utf-8", errors="replace", newline="") as lines:
        return [article(row, packs) for row in csv.DictReader(lines)]


def exact(found: Sequence[Article]) -> float:
    """Return the share of articles whose number was read exactly."""
    return sum(one.given == one.read for one in found) / max(1, len(found))


def halves(found: Sequence[Article]) -> dict[str, Sequence[Article]]:
    """Return the articles that state a number: all of them, and those of each half of the rows."""
    middle = len(found) // 2
    parts = {"all": found, "first half": found[:middle], "second half": found[middle:]}
    return {name: [one for one in part if one.stated] for name, part in parts.items()}


def main() -> None:
    """Score the articles."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("articles", type=Path)
    said = ask.parse_args()
    if not said.articles.exists():
        print(f"nothing to measure: {said.articles} is not there")
        return
    found = articles(said.articles)
    for name, part in halves(found).items():
        print(f"{len(part):4} articles that state a number, {name:12} exact {exact(part):.3f}")
    print(f"{len(found):4} articles, stated or not: exact {exact(found):.3f}")


if __name__ == "__main__":
    main()
