"""The same rules hold for both sides: with their words exchanged, the claims are the same, the sides exchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from testimonia.archive import document
from testimonia.claims import code
from testimonia.collect import Item, find_sources, items, walk
from testimonia.packs import Packs
from testimonia.read import read
from testimonia.records import Claim, Document
from testimonia.settings import CollectSettings
from tests.claims.test_party import OTHER, swapped

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "kherson"
CASES = Path(__file__).parent.parent / "cases"
SIDES = {"ukrainian": "russian", "russian": "ukrainian"}
EXAMPLES_ALIKE = 0.99
CASES_ALIKE = 0.99  # measured .992: the rest are words that name one side alone (a person, "gauleiter")


def examples() -> Iterator[Document]:
    known = find_sources(EXAMPLES)
    for path in walk(EXAMPLES):
        name = path.relative_to(EXAMPLES).as_posix()
        for item in items(name, path.read_bytes(), CollectSettings()):
            if isinstance(item, Item):
                yield document(item, known.known(name), "")


def written_cases() -> Iterator[Document]:
    """Every sentence of the cases of the coder, each a document of its own."""
    for path in sorted(CASES.glob("*.*.txt")):
        lang = path.name.split(".")[1]
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
            if lines and not path.name.startswith("sentences"):
                text = lines[0].replace("[", "").replace("]", "")
                yield Document(sha256=text, text=text, file=path.name, lang=lang)


def turned(document: Document, packs: Packs) -> Document:
    """Exchange the words of the sides in a document, and the side that it stands on."""
    quotes = [quote for quote in read(document, packs) if quote.kind != "quotation"]
    text, at = "", 0
    for quote in quotes:
        text += document.text[at : quote.start] + swapped(quote.text, quote.lang, packs)
        at = quote.end
    text += document.text[at:]
    lang = document.lang or (quotes[0].lang if quotes else "en")
    title = swapped(document.title, lang, packs) if document.title else None
    return replace(document, text=text, title=title, alignment=SIDES.get(document.alignment or "", document.alignment))


def coding(claim: Claim, *, exchange: bool) -> tuple[object, ...]:
    """Everything of a claim that the exchange of words must leave as it is; the sides exchanged where asked."""
    actor, target = claim.actor, claim.target
    if exchange:
        actor, target = OTHER.get(actor or "", actor), OTHER.get(target or "", target)
    count = claim.count and (claim.count.low, claim.count.high, claim.count.unit, claim.count.approx)
    when = claim.when and (claim.when.first, claim.when.last)
    role = claim.speaker.role if claim.speaker else None
    return (
        claim.type,
        claim.modality,
        actor,
        target,
        claim.group,
        count,
        when,
        claim.resistance,
        bool(claim.speaker),
        role,
        claim.speaker and len(claim.speaker.via),
        bool(claim.place),
        bool(claim.adm1),
    )


def different(one: Document, packs: Packs) -> tuple[int, list[str]]:
    """Return how many claims a document has, and those that the exchange changes."""
    other = turned(one, packs)
    said = Counter(coding(claim, exchange=True) for claim in code(one, read(one, packs), packs))
    again = Counter(coding(claim, exchange=False) for claim in code(other, read(other, packs), packs))
    changed = [f"{one.name}: - {row}" for row in (said - again).elements()]
    changed += [f"{one.name}: + {row}" for row in (again - said).elements()]
    return max(said.total(), again.total()), changed


def alike(documents: Iterable[Document], packs: Packs) -> tuple[float, str]:
    """Return the share of claims that the exchange leaves as they are, and what it changes, in words."""
    found = [different(one, packs) for one in documents]
    total, changed = sum(number for number, _ in found), [line for _, lines in found for line in lines]
    missing = sum(": - " in line for line in changed)
    share = 1 - max(missing, len(changed) - missing) / total
    return share, f"{share:.3f} of {total} claims alike\n" + "\n".join(changed)


def test_the_example_reports_are_coded_alike_with_the_sides_exchanged(packs: Packs) -> None:
    share, said = alike(examples(), packs)
    assert share >= EXAMPLES_ALIKE, said


def test_the_written_cases_are_coded_alike_with_the_sides_exchanged(packs: Packs) -> None:
    share, said = alike(written_cases(), packs)
    assert share >= CASES_ALIKE, said
