"""Do the same rules hold for both sides? Exchange their words in every document, and see which claims change.

    python bench/neutral.py DOCS [--sources INDEX] [--every 3] [--show 20]

Words are exchanged by the tables `swaps` of the region packs, and with them the side that the list of sources states of
a document. A claim is the same if all that was coded of it is, the sides exchanged. Prints the share of such claims by
language and in all, with rules alone and with the encoder; --show prints so many of those that change, "-" as they were
and "+" as they are with the sides exchanged; --every 3 takes each third document. Where the folder or the weights are
missing, it says so: nothing to measure.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

from testimonia.claims import code
from testimonia.claims.learned import encoder
from testimonia.claims.learned.encoder import Encoder
from testimonia.claims.learned.marks import stance_of
from testimonia.claims.sides import HERE
from testimonia.packs import Packs, load_packs
from testimonia.phrases import fold
from testimonia.read import read
from testimonia.records import Claim, Document
from testimonia.without_project import documents

Coding: TypeAlias = tuple[object, ...]

AIM = 0.99
LETTER = r"[^\W\d_]"


@dataclass(frozen=True)
class Sides:
    """What is exchanged: the words of each language, the parties' codes, and the sides that sources stand on."""

    words: Mapping[str, Mapping[str, str]]
    here: Mapping[str, frozenset[str]]  # words that name a side in a document on the region packs' conflict alone
    enemies: Mapping[str, str]
    alignments: Mapping[str, str]

    @classmethod
    def of(cls, packs: Packs) -> Sides:
        """Read the tables of the region packs."""
        rows = [row for region in packs.regions for row in region.rows.get("swaps", ())]
        pairs = [(row["lang"], row["one"], row["other"]) for row in rows]
        pairs += [(row["lang"], row["other"], row["one"]) for row in rows if row.get("way") != ">"]
        words: dict[str, dict[str, str]] = {}
        for lang, one, other in sorted(pairs, key=lambda pair: -len(pair[1])):  # of two that fit, the longer one
            words.setdefault(lang, {}).setdefault(fold(one), other)
        stated = [row for region in packs.regions for row in region.rows.get("enemies", ())]
        said = {row["own"]: row["alignment"] for row in stated}
        alignments = {row["alignment"]: said[row["enemy"]] for row in stated}
        here = {lang: frozenset(word for word in known if _here(word, lang, packs)) for lang, known in words.items()}
        return cls(words, here, {row["own"]: row["enemy"] for row in stated}, alignments)

    def party(self, code: str | None) -> str | None:
        """Return the code of the like party on the other side."""
        side, _, kind = (code or "").partition("_")
        return f"{self.enemies[side]}_{kind}" if side in self.enemies else code

    def text(self, text: str, lang: str, *, abroad: bool = False) -> str:
        """Return a text with the words of the sides exchanged; `abroad` in a document on another conflict."""
        words, apart = self.words.get(lang), self.here.get(lang, frozenset()) if abroad else frozenset()
        if not words:
            return text
        out, at = [], 0
        for found in re.finditer(rf"(?<!{LETTER})(?:{'|'.join(map(re.escape, words))})(?!{LETTER})", fold(text)):
            if found[0] in apart:
                continue
            out += [text[at : found.start()], _spelled(words[found[0]], text[found.start() : found.end()])]
            at = found.end()
        return "".join([*out, text[at:]])

    def document(self, document: Document, packs: Packs) -> Document:
        """Return a document with the words of the sides exchanged, and the side that it stands on."""
        quotes = [quote for quote in read(document, packs) if quote.kind != "quotation"]
        text, at, abroad = "", 0, stance_of(document, quotes, packs).abroad
        for quote in quotes:
            text += document.text[at : quote.start] + self.text(quote.text, quote.lang, abroad=abroad)
            at = quote.end
        text += document.text[at:]
        title = self.text(document.title, _lang(document, packs)) if document.title else None
        stands = self.alignments.get(document.alignment or "", document.alignment)
        return replace(document, text=text, title=title, alignment=stands)

    def coding(self, claim: Claim, *, exchanged: bool) -> Coding:
        """Return all of a claim that the exchange of words must leave as it is; the parties exchanged where asked."""
        actor, target = claim.actor, claim.target
        if exchanged:
            actor, target = self.party(actor), self.party(target)
        count = claim.count and (claim.count.low, claim.count.high, claim.count.unit, claim.count.approx)
        when = claim.when and (claim.when.first, claim.when.last)
        speaker = claim.speaker and (claim.speaker.role, len(claim.speaker.via))
        placed = (bool(claim.place), bool(claim.adm1))
        return (claim.type, claim.modality, actor, target, claim.group, count, when, claim.resistance, speaker, placed)


class Compared(NamedTuple):
    """A document with its sides exchanged: how many claims are the same, of how many, and those that are not."""

    lang: str
    same: int
    total: int
    changed: tuple[str, ...]


def _lang(document: Document, packs: Packs) -> str:
    """Return the language of a document: as it is stated, else that of its first words."""
    return document.lang or next((quote.lang for quote in read(document, packs)), "en")


def _here(word: str, lang: str, packs: Packs) -> bool:
    """Say whether a word names a side only in a document on the region packs' conflict."""
    return any(HERE in hit.tags for region in packs.regions for hit in region.table("parties", lang).find(word))


def _spelled(word: str, like: str) -> str:
    """Return a word spelled as the one whose place it takes: small letters, a capital, a typographic apostrophe."""
    if "’" in like:
        word = word.replace("'", "’")
    if like.islower():
        return word.lower()
    return word[0].upper() + word[1:] if like[0].isupper() else word


def _told(name: str, sign: str, kept: Counter[Coding], claims: Sequence[tuple[Coding, Claim]]) -> list[str]:
    """Return the claims that are not among those that both have, in words."""
    left, out = Counter(kept), []
    for coded, claim in claims:
        if left[coded]:
            left[coded] -= 1
        else:
            out.append(f"{name}: {sign} {' '.join(map(str, coded))} | {' '.join(claim.quote.text.split())}")
    return out


def compared(document: Document, packs: Packs, sides: Sides, second: Encoder | None = None) -> Compared:
    """Code a document as it is and with its sides exchanged, by the rules or by rules and encoder."""
    turned = sides.document(document, packs)
    said = [(sides.coding(one, exchanged=True), one) for one in code(document, read(document, packs), packs, second)]
    again = [(sides.coding(one, exchanged=False), one) for one in code(turned, read(turned, packs), packs, second)]
    kept = Counter(coded for coded, _ in said) & Counter(coded for coded, _ in again)
    changed = (*_told(document.name, "-", kept, said), *_told(document.name, "+", kept, again))
    return Compared(_lang(document, packs), kept.total(), max(len(said), len(again)), changed)


def share(found: Iterable[Compared]) -> float:
    """Return the share of claims that the exchange leaves as they are; one where there are none."""
    pairs = [(one.same, one.total) for one in found]
    total = sum(number for _, number in pairs)
    return sum(same for same, _ in pairs) / total if total else 1.0


def told(found: Sequence[Compared]) -> None:
    """Print the share of every language, and of all."""
    for lang in sorted({one.lang for one in found}):
        part = [one for one in found if one.lang == lang]
        print(f"  {lang}   {share(part):.4f}  of {sum(one.total for one in part)} claims")
    print(f"  all  {share(found):.4f}  of {sum(one.total for one in found)} claims, aim {AIM}")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("docs", type=Path)
    ask.add_argument("--sources", type=Path)
    ask.add_argument("--every", type=int, default=1)
    ask.add_argument("--show", type=int, default=0)
    return ask.parse_args()


def measured(name: str, taken: Sequence[Document], packs: Packs, second: Encoder | None, show: int) -> None:
    """Compare all documents with rules alone or with the encoder, and print what is found."""
    sides = Sides.of(packs)
    found = [compared(document, packs, sides, second) for document in taken]
    print(name)
    told(found)
    for line in [line for one in found for line in one.changed][:show]:
        print(f"    {line}")


def main() -> None:
    """Measure with the rules alone, and with the encoder where it is installed."""
    said = arguments()
    missing = [str(path) for path in (said.docs, said.sources) if path and not path.exists()]
    if missing:
        print(f"nothing to measure: {', '.join(missing)} is not there")
        return
    packs, taken = load_packs(), documents(said.docs, said.sources)[:: said.every]
    measured("rules alone", taken, packs, None, said.show)
    if second := encoder.load():
        measured("with the encoder", taken, packs, second, said.show)
    else:
        print("with the encoder: nothing to measure, its weights or its word table are not installed")


if __name__ == "__main__":
    main()
