"""What holds for any claims: the order of input never shows, sides are treated alike, each claim is in one event."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from testimonia.link import block, cluster
from testimonia.link.act import act
from testimonia.link.view import views
from testimonia.records import Claim
from tests.link.any_claims import DOCUMENTS, many, swapped
from tests.link.told import PACKS, linked, says


@settings(max_examples=80, deadline=None)
@given(many)
def test_any_order_of_claims_and_documents_gives_the_same_links_and_events(claims: list[Claim]) -> None:
    dice = random.Random(len(claims))
    shuffled, documents = list(claims), list(DOCUMENTS)
    dice.shuffle(shuffled)
    dice.shuffle(documents)
    assert linked(shuffled, documents) == linked(claims, DOCUMENTS)
    assert linked(claims[::-1], DOCUMENTS[::-1]) == linked(claims, DOCUMENTS)


@settings(max_examples=60, deadline=None)
@given(many)
def test_every_claim_is_in_exactly_one_event(claims: list[Claim]) -> None:
    _, events = linked(claims, DOCUMENTS)
    assert sorted(claim for event in events for claim in event.claims) == sorted(claim.id for claim in claims)


Told = tuple[set[tuple[frozenset[int], str, float, tuple[str, ...]]], set[tuple[frozenset[int], str]]]


def _as_numbers(claims: Sequence[Claim]) -> Told:
    """Return links and events with each claim as its place in the list, which a swap of sides leaves as it is."""
    at = {claim.id: number for number, claim in enumerate(claims)}
    links, events = linked(claims, DOCUMENTS)
    return (
        {(frozenset({at[link.a], at[link.b]}), link.verdict, link.score, link.reasons) for link in links},
        {(frozenset(at[claim] for claim in event.claims), event.type) for event in events},
    )


@settings(max_examples=80, deadline=None)
@given(many)
def test_swapped_sides_give_the_same_links_and_events_with_swapped_sides(claims: list[Claim]) -> None:
    assert _as_numbers(swapped(claims)) == _as_numbers(claims)


@settings(max_examples=40, deadline=None)
@given(many)
def test_nothing_that_is_ruled_out_is_in_one_event(claims: list[Claim]) -> None:
    by_id = {claim.id: claim for claim in claims}
    for event in linked(claims, DOCUMENTS)[1]:
        members = [by_id[claim] for claim in event.claims]
        assert len({act(claim.type) for claim in members}) == 1
        towns = {claim.place.name for claim in members if claim.place and claim.place.precision == "settlement"}
        assert len(towns) <= 1
        assert len({claim.modality == "planned" for claim in members}) == 1


def test_a_chain_of_good_pairs_is_not_enough() -> None:
    pairs = {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.1}
    assert cluster.clusters([0, 1, 2], lambda a, b: pairs[a, b], 0.5) == [[0, 1], [2]]


def test_a_pair_ruled_out_keeps_whole_clusters_apart() -> None:
    pairs = {(0, 1): 0.9, (2, 3): 0.9, (0, 2): 0.8, (0, 3): 0.8, (1, 2): 0.8, (1, 3): None}
    assert cluster.clusters([0, 1, 2, 3], lambda a, b: pairs[a, b], 0.5) == [[0, 1], [2, 3]]


@pytest.mark.parametrize("size", [150, 900])
def test_a_giant_component_is_broken_up(size: int) -> None:
    edges = {(n, n + 1): 0.6 for n in range(size - 1)}
    groups = cluster.manageable(range(size), edges, 0.5)
    assert max(map(len, groups)) <= cluster.LARGEST
    assert sorted(member for group in groups for member in group) == list(range(size))


def test_a_giant_block_stays_proportional_to_the_number_of_claims() -> None:
    claims = [says(DOCUMENTS[n % 6], "shelling", at="2023-05-01", start=n) for n in range(2000)]
    compared = sum(1 for _ in block.pairs(views(claims, {d.id: d for d in DOCUMENTS}, PACKS), 1))
    assert compared < 2000 * block.WINDOW * 4


def test_a_claim_of_any_time_at_all_has_few_keys() -> None:
    (ever,) = views([says(DOCUMENTS[0], at="0001-01-01/9999-12-31")], {}, PACKS)
    assert len(list(block.keys(ever, 1))) < 20
