"""What an event is by how its claims are said: stated, alleged only, planned, predicted, or nothing but denied."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Literal, TypeAlias

from testimonia.records import Claim, Event

Status: TypeAlias = Literal["stated", "alleged only", "planned", "predicted", "denied"]


def status(event: Event, claims: Mapping[str, Claim]) -> Status:
    """Return the status of an event; `claims` maps claim ids to claims. Only "stated" may be counted.

    "denied" means that the documents hold nothing but the denial: it is no event, and is shown apart.
    """
    return status_of({claims[claim].modality for claim in event.claims})


def status_of(said: Set[str]) -> Status:
    """Return the status of an event that is told in these modalities."""
    if "asserted" in said:
        return "stated"
    if "alleged" in said:
        return "alleged only"
    if "planned" in said:
        return "planned"
    return "predicted" if "predicted" in said else "denied"
