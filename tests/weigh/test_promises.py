"""What holds for any claims and documents: sides are alike, the order of input never shows, bounds are stated."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings

from testimonia.link import link
from testimonia.records import Claim, Contradiction, Document, Weight
from testimonia.settings import LinkSettings, WeighSettings
from testimonia.weigh import weigh
from tests.link.any_claims import DOCUMENTS, many, swapped, swapped_papers
from tests.link.told import PACKS


def _weights(claims: Sequence[Claim], documents: Sequence[Document]) -> tuple[Weight, ...]:
    by_id = {document.id: document for document in documents}
    _, events = link(claims, by_id, LinkSettings(), PACKS)
    return weigh(events, {claim.id: claim for claim in claims}, by_id, WeighSettings())


def _without_names(found: Contradiction, at: dict[str, int]) -> tuple[str, str, frozenset[frozenset[int]]]:
    """Return a contradiction without the words of its versions: kind, rule, and which claims stand on which side."""
    return found.kind, found.rule, frozenset(frozenset(at[claim] for claim in side) for _, side in found.sides)


def _told(claims: Sequence[Claim], documents: Sequence[Document]) -> set[tuple[object, ...]]:
    at = {claim.id: number for number, claim in enumerate(claims)}
    return {
        (
            frozenset(at[claim] for claim in weight.number_claims),
            *(weight.unit, weight.low, weight.high, weight.number_rule, weight.origins_low, weight.origins_high),
            frozenset(_without_names(found, at) for found in weight.contradictions),
            tuple(origin.documents for origin in weight.origins),
        )
        for weight in _weights(claims, documents)
    }


@settings(max_examples=80, deadline=None)
@given(many)
def test_swapped_sides_give_the_same_weights_with_swapped_sides(claims: list[Claim]) -> None:
    assert _told(swapped(claims), swapped_papers(DOCUMENTS)) == _told(claims, DOCUMENTS)


@settings(max_examples=40, deadline=None)
@given(many)
def test_any_order_of_claims_and_documents_gives_the_same_weights(claims: list[Claim]) -> None:
    assert _weights(claims[::-1], DOCUMENTS[::-1]) == _weights(claims, DOCUMENTS)


@settings(max_examples=60, deadline=None)
@given(many)
def test_bounds_are_numbers_that_asserted_claims_state(claims: list[Claim]) -> None:
    by_id = {claim.id: claim for claim in claims}
    for weight in _weights(claims, DOCUMENTS):
        counts = [by_id[claim].count for claim in weight.number_claims]
        assert all(by_id[claim].modality == "asserted" for claim in weight.number_claims)
        assert weight.low is None or weight.low in {count.low for count in counts if count}
        assert weight.high is None or weight.high in {count.high for count in counts if count}
        assert weight.low is None or weight.high is None or weight.low <= weight.high
        assert 0 <= weight.origins_low <= weight.origins_high
