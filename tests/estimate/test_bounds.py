"""What is documented at least, and why nothing more is estimated."""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.estimate import estimate
from testimonia.link import link
from testimonia.packs import load_packs
from testimonia.records import Claim, Document, Estimate
from testimonia.settings import LinkSettings, WeighSettings
from testimonia.weigh import weigh
from tests.link.told import report, says

PACKS = load_packs()


A, B = report("a.txt"), report("b.txt")


def estimates(claims: Sequence[Claim], documents: Sequence[Document] = (A, B)) -> tuple[Estimate, ...]:
    by_id = {document.id: document for document in documents}
    said = {claim.id: claim for claim in claims}
    _, events = link(claims, by_id, LinkSettings(), PACKS)
    weights = weigh(events, said, by_id, WeighSettings())
    return estimate(weights, {event.id: event for event in events}, said, PACKS)


def test_the_minimum_is_the_largest_single_number_and_no_sum() -> None:
    (found,) = estimates([says(A, number=12, at="2023-05-04"), says(B, number=7, at="2023-04-01", place="Verbne")])
    assert (found.low, found.high, found.estimable) == (12, None, False)
    assert "single event" in found.method
    assert "no lists of identified persons" in found.reason


def test_a_larger_running_total_is_the_minimum_and_says_so() -> None:
    claims = [says(A, number=12, at="2023-05-04"), says(B, number=90, at="2022-02-24/2023-05-05")]
    (found,) = estimates(claims)
    assert found.low == 90
    assert "running total" in found.method


def test_a_number_without_a_date_goes_on_with_the_running_total_of_its_paragraph() -> None:
    total = says(A, "injury", number=90, at="2022-02-24/2023-05-05")
    claims = [total, says(A, "injury", number=600), says(B, "injury", number=12, at="2023-05-04")]
    (found,) = estimates(claims)
    assert found.low == 600
    assert "running total" in found.method
    assert "At least 600" in found.reason


def test_a_smaller_running_total_does_not_lower_the_minimum() -> None:
    claims = [says(A, number=12, at="2023-05-04"), says(B, number=9, at="2022-02-24/2023-05-05")]
    (found,) = estimates(claims)
    assert found.low == 12
    assert "single event" in found.method


def test_what_is_alleged_denied_or_expected_is_not_counted() -> None:
    for modality in ("alleged", "denied", "predicted", "planned"):
        (found,) = estimates([says(A, number=12, at="2023-05-04", modality=modality)])
        assert found.low is None
        assert "does not mean that there were none" in found.reason


def test_things_are_not_people() -> None:
    (found,) = estimates([says(A, number=12, at="2023-05-04", unit="item")])
    assert found.low is None


def test_a_contested_minimum_says_so() -> None:
    claims = [says(A, number=39, at="2023-05-04"), says(B, number=52, at="2023-05-04")]
    (found,) = estimates(claims)
    assert found.low == 39
    assert "contested" in found.reason


def test_only_people_killed_injured_or_detained_are_asked_about() -> None:
    assert estimates([says(A, "shelling", at="2023-05-04")]) == ()
    kinds = ("detention", "injury", "killing")
    assert len(estimates([says(A, kind, 2, at="2023-05-04") for kind in kinds])) == 3
