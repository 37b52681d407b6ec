"""Which documents copy one another: how much of the shorter text's runs of words stands in the other.

Containment, not Jaccard: a wire cut to half its length shares all of its runs with the wire, but only half of the runs
that both have together. Runs of words are found through an inverted index, so that only documents that share some are
ever compared. What one outlet puts under each of its reports is no copy and is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from testimonia.phrases import WORD
from testimonia.records import Document
from testimonia.settings import WeighSettings

SHORT = 12  # words below which a text is a headline, and single shared runs mean little
FEW = 3  # words in a run where a text is short
DIGIT = 24  # bits for the number of a word: 16 million different words
MANY = 60  # documents from which on a run's holders are compared with the oldest ones only
OLDEST = 5
FOOTER = 4  # documents of one outlet, and of no other, from which on a run is its footer


SAME = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‑": "-", "ё": "е"})

Run: TypeAlias = int  # a run of words, as one number


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that share text, the older first as far as their dates tell, and whether that is certain.

    `share` is the part of the shorter one's runs that the other holds; `short` says that one of them is a headline.
    """

    older: str
    newer: str
    share: float
    certain: bool
    short: bool = False

    @property
    def reason(self) -> str:
        """Why they count as one, in words."""
        if self.short and not self.certain:
            return "perhaps copies: the headline is shared"
        return f"{'copies' if self.certain else 'perhaps copies'}: {self.share:.2f} of the words are shared"


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies among some documents. `twins` maps each document to the oldest one of exactly its words.

    `found` holds the copies among those oldest ones, by the newer of the two.
    """

    twins: Mapping[str, str]
    found: Mapping[str, tuple[Copy, ...]]


def _age(document: Document) -> tuple[int, str, str]:
    return (document.date.first.toordinal() if document.date else 10**7, document.name, document.id)


def _folded(text: str) -> str:
    """Fold as `phrases.fold` does, but at the speed that whole texts need: here offsets do not matter."""
    return text.casefold().translate(SAME)


def _numbered(documents: Iterable[Document]) -> dict[str, tuple[int, ...]]:
    """Return the words of each document as numbers: runs of numbers are compared exactly, and take less room."""
    numbers: dict[str, int] = {}
    return {
        document.id: tuple(numbers.setdefault(word, len(numbers) + 1) for word in WORD.findall(_folded(document.text)))
        for document in documents
    }


def _runs(text: tuple[int, ...], length: int) -> frozenset[Run]:
    """Return the runs of a text, each as one number of `length` digits."""
    found = []
    run = 0
    for at, word in enumerate(text):
        run = ((run << DIGIT) | word) & ((1 << DIGIT * length) - 1)
        if at + 1 >= length:
            found.append(run)
    return frozenset(found)


def _index(runs: Mapping[str, frozenset[Run]]) -> dict[Run, list[str]]:
    """Return which documents hold each run that several hold, the oldest first (the order of `runs`)."""
    once: set[Run] = set()
    often: set[Run] = set()
    for held in runs.values():
        often |= once & held
        once |= held
    index: dict[Run, list[str]] = {}
    for document, held in runs.items():
        for run in held & often:
            index.setdefault(run, []).append(document)
    return index


def _is_footer(holders: Sequence[str], outlets: Mapping[str, str | None]) -> bool:
    if len(holders) < FOOTER:
        return False
    found = {outlets[holder] for holder in holders}
    return len(found) == 1 and None not in found


def _shared(index: Mapping[Run, Sequence[str]]) -> Counter[tuple[str, str]]:
    """Count the runs that two documents share; a run that many hold is counted with the oldest of them only."""
    shared: Counter[tuple[str, str]] = Counter()
    for holders in index.values():
        starts = holders if len(holders) <= MANY else holders[:OLDEST]
        for at, older in enumerate(starts):
            shared.update((older, newer) for newer in holders[at + 1 :])
    return shared


def _containment(
    runs: Mapping[str, frozenset[Run]], outlets: Mapping[str, str | None], settings: WeighSettings
) -> Iterator[tuple[str, str, float]]:
    """Yield the pairs of documents of which one holds enough of the other's runs, footers left out."""
    index = _index(runs)
    footers = {run for run, holders in index.items() if _is_footer(holders, outlets)}
    for (older, newer), count in _shared({run: index[run] for run in index if run not in footers}).items():
        share = count / min(len(runs[older] - footers), len(runs[newer] - footers))
        if share >= settings.suspected:
            yield older, newer, share


def _long_copies(
    texts: Mapping[str, tuple[int, ...]], outlets: Mapping[str, str | None], settings: WeighSettings
) -> Iterator[Copy]:
    runs = {document: _runs(text, settings.words) for document, text in texts.items() if len(text) >= SHORT}
    for older, newer, share in _containment(runs, outlets, settings):
        yield Copy(older, newer, share, certain=share >= settings.certain)


def _short_copies(
    texts: Mapping[str, tuple[int, ...]], outlets: Mapping[str, str | None], settings: WeighSettings
) -> Iterator[Copy]:
    """Compare headlines with all texts: most of the same short runs make perhaps a copy (equal words are twins)."""
    if all(len(text) >= SHORT for text in texts.values()):
        return
    runs = {document: _runs(text, min(FEW, len(text))) for document, text in texts.items()}
    for older, newer, share in _containment(runs, outlets, settings):
        if min(len(texts[older]), len(texts[newer])) < SHORT and share >= settings.certain:
            yield Copy(older, newer, share, certain=False, short=True)


def copies(documents: Iterable[Document], settings: WeighSettings) -> Copies:
    """Return which documents copy one another, certainly or perhaps.

    Documents of equal words are found first and stand in for one another, so that a wire that hundreds print costs
    little.
    """
    ordered = sorted({document.id: document for document in documents}.values(), key=_age)
    outlets = {document.id: document.outlet for document in ordered}
    first: dict[tuple[int, ...], str] = {}
    twins = {name: first.setdefault(text, name) if text else name for name, text in _numbered(ordered).items()}
    singles = {name: text for text, name in first.items() if text}
    by_newer: dict[str, list[Copy]] = defaultdict(list)
    for copy in (*_long_copies(singles, outlets, settings), *_short_copies(singles, outlets, settings)):
        by_newer[copy.newer].append(copy)
    place = {document.id: at for at, document in enumerate(ordered)}
    found = {
        newer: tuple(sorted(held, key=lambda copy: (not copy.certain, place[copy.older], copy.short)))
        for newer, held in by_newer.items()
    }
    return Copies(twins, found)
