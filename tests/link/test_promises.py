"""What holds for any claims: the order of input never shows, sides are treated alike, each claim is in one event."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.link import cluster
from testimonia.records import Claim
from tests.link.told import linked, report, says

DOCUMENTS = [report(f"{n}.txt", f"2023-05-{n + 1:02}", outlet=f"outlet {n % 3}") for n in range(9)]
SWAP = {"north_forces": "south_forces", "south_forces": "north_forces", None: None}
WORDS = ("people died when a house was hit", "another attack killed people in the market", "the street was on fire")

told = st.builds(
    lambda document, kind, number, at, place, modality, actor, words, start: says(
        document, kind, number, at, place, words, start, modality, actor
    ),
    st.sampled_from(DOCUMENTS),
    st.sampled_from(["killing", "shelling"]),
    st.sampled_from([None, 1, 3, 12, 39, (3, None), (None, 50)]),
    st.sampled_from([None, "2023-05-01", "2023-05-02", "2023-05-01/2023-05-03", "2022-02-24/2023-05-05"]),
    st.sampled_from([None, "Lypove", "Verbne"]),
    st.sampled_from(["asserted", "alleged", "denied", "planned"]),
    st.sampled_from([None, "north_forces", "south_forces"]),
    st.sampled_from(WORDS),
    st.integers(0, 400),
)
many = st.lists(told, max_size=14, unique_by=lambda claim: claim.id)


@settings(max_examples=60, deadline=None)
@given(many, st.randoms(use_true_random=False))
def test_any_order_of_input_gives_the_same_links_and_events(claims: list[Claim], dice: random.Random) -> None:
    shuffled, documents = list(claims), list(DOCUMENTS)
    dice.shuffle(shuffled)
    dice.shuffle(documents)
    assert linked(shuffled, documents) == linked(claims, DOCUMENTS)


@settings(max_examples=60, deadline=None)
@given(many)
def test_every_claim_is_in_exactly_one_event(claims: list[Claim]) -> None:
    _, events = linked(claims, DOCUMENTS)
    assert sorted(claim for event in events for claim in event.claims) == sorted(claim.id for claim in claims)


def _as_sets(claims: list[Claim]) -> set[frozenset[tuple[str, int]]]:
    """Return the events by what a swap of sides leaves as it is: document, offset and place in the list."""
    at = {claim.id: (claim.quote.id, number) for number, claim in enumerate(claims)}
    return {frozenset(at[claim] for claim in event.claims) for event in linked(claims, DOCUMENTS)[1]}


@settings(max_examples=60, deadline=None)
@given(st.lists(told, max_size=14, unique_by=lambda claim: (claim.quote.id, claim.type)))
def test_swapped_sides_give_the_same_events_with_swapped_sides(claims: list[Claim]) -> None:
    swapped = [replace(claim, actor=SWAP[claim.actor]) for claim in claims]
    assert _as_sets(swapped) == _as_sets(claims)


@settings(max_examples=40, deadline=None)
@given(many)
def test_nothing_that_is_ruled_out_is_in_one_event(claims: list[Claim]) -> None:
    by_id = {claim.id: claim for claim in claims}
    for event in linked(claims, DOCUMENTS)[1]:
        members = [by_id[claim] for claim in event.claims]
        assert len({claim.type for claim in members}) == 1
        assert len({claim.place.name for claim in members if claim.place}) <= 1
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
    from testimonia.link import block
    from testimonia.link.view import views

    from .told import PACKS

    claims = [says(DOCUMENTS[n % 9], "shelling", at="2023-05-01", start=n) for n in range(2000)]
    compared = sum(1 for _ in block.pairs(views(claims, {d.id: d for d in DOCUMENTS}, PACKS), 1))
    assert compared < 2000 * block.WINDOW * 4
