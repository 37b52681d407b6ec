"""How fast claims are linked: claims of a stated model, 10,000 and 100,000 of them, and how many events come out.

Run it with `python bench/linking.py [NUMBER …]`. The model: for every four claims there is one happening, of one of
eight types, on a day of a year, in one of 400 towns in 20 regions, of which the busier ones are the likelier (the
k-th with weight 1/k); a happening is told by 1 to 7 documents, within four days, with a number that may differ by a
fifth; a fifth of the claims name only the region, a quarter no date. A document holds 1 to 6 claims. The figures on
quality are for the model alone: it is made to load the blocks, not to be like the news.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from datetime import date, timedelta

from testimonia.link import link
from testimonia.packs import load_packs
from testimonia.records import Claim, Count, Document, Event, Place, Quote, When
from testimonia.settings import LinkSettings

PACKS = load_packs()


TYPES = ("killing", "injury", "shelling", "airstrike", "property", "detention", "clash", "deprivation")
TOWNS = [f"Town{number}" for number in range(400)]
WEIGHTS = [1 / (number + 1) for number in range(400)]
START = date(2023, 1, 1)
WORDS = ("fire", "house", "street", "roof", "night", "crew", "report", "people", "morning", "wall", "window", "market")


def happening(dice: random.Random, number: int) -> tuple[int, str, int, date, int]:
    """Return number, type, town, day and how many of one happening."""
    town = dice.choices(range(400), WEIGHTS)[0]
    day = START + timedelta(days=dice.randrange(365))
    return number, dice.choice(TYPES), town, day, min(int(dice.paretovariate(1.2)), 400)


def told(
    dice: random.Random, documents: dict[date, list[Document]], told_of: tuple[int, str, int, date, int], at: int
) -> Claim:
    """Return one claim on a happening, in a document that appears within four days of it."""
    _, kind, town, day, how_many = told_of
    appeared = day + timedelta(days=min(int(dice.expovariate(1.0)), 4))
    document = dice.choice(documents[appeared])
    number = max(1, round(how_many * dice.choice((1, 1, 1, 0.8, 1.2))))
    count = Count(number, number) if dice.random() < 0.6 else None
    place = Place(TOWNS[town], adm1=f"Region{town % 20}") if dice.random() < 0.8 else None
    text = " ".join([kind, *dice.sample(WORDS, 6)])
    quote = Quote(document.id, at, at + len(text), text, lang="en")
    when = When(day, day) if dice.random() < 0.75 else None
    return Claim(quote, kind, count=count, place=place, adm1=f"Region{town % 20}", when=when)


def newspapers(size: int) -> dict[date, list[Document]]:
    """Return the documents of each day: as many as make three and a half claims a document."""
    each = max(1, size // 1300)
    found: dict[date, list[Document]] = {}
    for number in range(370):
        day = START + timedelta(days=number)
        names = [f"{day.isoformat()}-{place:04}.txt" for place in range(each)]
        found[day] = [Document(name, "", name, outlet=f"outlet {name[-8:-4]}", date=When(day, day)) for name in names]
    return found


def model(size: int, seed: int = 1) -> tuple[list[Claim], dict[str, Document], dict[str, int]]:
    """Return claims, documents, and the happening that each claim is of."""
    dice = random.Random(seed)  # noqa: S311 - a model, not a secret
    documents = newspapers(size)
    claims: list[Claim] = []
    truth: dict[str, int] = {}
    number = 0
    while len(claims) < size:
        told_of = happening(dice, number)
        for _ in range(dice.randint(1, 7)):
            claim = told(dice, documents, told_of, at=len(claims) * 100)
            claims.append(claim)
            truth[claim.id] = number
        number += 1
    every = {document.id: document for day in documents.values() for document in day}
    return claims[:size], every, truth


def b_cubed(events: tuple[Event, ...], truth: dict[str, int]) -> tuple[float, float]:
    """Return precision and recall over claims: the share of an event that is of the claim's happening, and back."""
    sizes = Counter(truth[claim] for event in events for claim in event.claims)
    right = 0.0
    recalled = 0.0
    for event in events:
        inside: dict[int, int] = defaultdict(int)
        for claim in event.claims:
            inside[truth[claim]] += 1
        right += sum(n * n / len(event.claims) for n in inside.values())
        recalled += sum(n * n / sizes[number] for number, n in inside.items())
    total = sum(sizes.values())
    return right / total, recalled / total


def main() -> None:
    """Print, for each size, seconds, claims a second, events and B-cubed."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    for size in ask.parse_args().sizes:
        claims, documents, truth = model(size)
        began = time.perf_counter()
        links, events = link(claims, documents, LinkSettings(), PACKS)
        took = time.perf_counter() - began
        precision, recall = b_cubed(events, truth)
        print(
            f"{size:>9,} claims  {took:6.1f} s  {size / took:8,.0f} a second  {len(set(truth.values())):,} happenings  "
            f"{len(events):,} events  {len(links):,} links  B-cubed precision {precision:.3f} recall {recall:.3f}"
        )


if __name__ == "__main__":
    main()
