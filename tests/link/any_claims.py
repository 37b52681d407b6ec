"""Any claims at all, for what must hold of all; how hypothesis makes them, and what a swap of sides makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from testimonia.records import Claim, Confidence, Document, Modality, Place, Speaker
from tests.link.told import report, says

DAM = Place("Lypove Dam", adm1="West Oblast", precision="site", words="Lypove dam")
SIDES = {"north": "south", "south": "north", "": ""}
APPEARED = [*(f"2023-05-0{n}" for n in range(1, 7)), "2023-05-01/2023-05-31", None, "0001-01-01", "9999-12-31"]
DOCUMENTS = [
    replace(report(f"{n}.txt", day, outlet=f"outlet {n % 3}"), alignment=("north", "south", "", "")[n % 4] or None)
    for n, day in enumerate(APPEARED)
]
WORDS = (
    "people died when a house was hit",
    "another attack killed people in the market",
    "the street was on fire",
    "the north accuses the south of blowing up the dam, the south accuses the north of destroying it",
    "an earlier figure had been lower",
)
MODALITIES: tuple[Modality, ...] = ("asserted", "alleged", "denied", "planned")
TYPES = ("killing", "shelling", "explosion", "property")
NUMBERS = (None, 1, 3, 12, 39, 10**320, (3, None), (None, 50), (None, None))
DAYS = (None, "2023-05-01", "2023-05-02", "2023-05-01/2023-05-03", "2022-02-24/2023-05-05", "0001-01-01/9999-12-31")
PARTIES = (None, "north_forces", "south_forces")
SPEAKERS = (None, "north_ministry", "south_ministry")
HIGH = Confidence(*[0.9] * 9)
SURE = (
    *(None, None, None, HIGH),
    *(replace(HIGH, place=0.4), replace(HIGH, date=0.4), replace(HIGH, count=0.4, group=0.1)),
    *(replace(HIGH, actor=0.4, target=0.4, speaker=0.4), replace(HIGH, place=0.1, date=0.1, told=0.1)),
)


def _told(
    document: Document,
    number: int | tuple[int | None, int | None] | None,
    modality: Modality,
    kind: str,
    words: str,
    sure: Confidence | None,
    *slots: str | None,
) -> Claim:
    at, place, actor, target, speaker = slots
    cited = Speaker(speaker, "official") if speaker else None
    where = DAM if place == "dam" else place
    claim = says(document, kind, number, at, where, words, modality=modality, actor=actor)
    return replace(claim, target=target, speaker=cited, confidence=sure)


told = st.builds(
    _told,
    st.sampled_from(DOCUMENTS),
    st.sampled_from(NUMBERS),
    st.sampled_from(MODALITIES),
    st.sampled_from(TYPES),
    st.sampled_from(WORDS),
    st.sampled_from(SURE),
    st.sampled_from(DAYS),
    st.sampled_from([None, "Lypove", "Verbne", "dam"]),
    st.sampled_from(PARTIES),
    st.sampled_from(PARTIES),
    st.sampled_from(SPEAKERS),
)


def _at(claim: Claim, start: int) -> Claim:
    """Return a claim as it would stand at another place of its document."""
    length = claim.quote.end - claim.quote.start
    return replace(claim, quote=replace(claim.quote, start=start, end=start + length))


def _in_order(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims of which every two share their words, as two claims of one sentence do."""
    placed = [_at(claim, 200 * (number // 2)) for number, claim in enumerate(claims)]
    return list({claim.id: claim for claim in placed}.values())


many = st.lists(told, max_size=14).map(_in_order)


def _other(party: str | None) -> str | None:
    side, _, rest = (party or "").partition("_")
    return f"{SIDES[side]}_{rest}" if rest else party


def swapped(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with the two sides in one another's place."""
    return [
        replace(
            claim,
            actor=_other(claim.actor),
            target=_other(claim.target),
            speaker=replace(claim.speaker, name=_other(claim.speaker.name) or "") if claim.speaker else None,
        )
        for claim in claims
    ]


def swapped_papers(documents: Sequence[Document]) -> list[Document]:
    """Return the documents with the papers of the two sides in one another's place."""
    return [replace(document, alignment=SIDES[document.alignment or ""] or None) for document in documents]
