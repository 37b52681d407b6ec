"""What the claims of an event have in common: type, place, first-level unit and days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from testimonia.link.compare import places
from testimonia.link.view import View
from testimonia.records import DatePrecision, Place, When


def kind(views: Sequence[View]) -> str:
    """Return the type that most claims tell, those that assert it first; of equals, that of the oldest claim."""
    types = [view.claim.type for view in views]
    asserted = [view.claim.type for view in views if view.claim.modality == "asserted"]
    return max(types, key=lambda name: (asserted.count(name), types.count(name)))


def _coarseness(view: View) -> tuple[int, int, int]:
    """Towns before sites, since what claims agree on is the coarser; short names first, then the oldest."""
    level = {"settlement": 0, "unresolved": 1, "site": 2, "hromada": 3, "district": 4}.get(view.where.level, 5)
    return level, len(view.where.words), view.rank


def place(views: Sequence[View]) -> Place | None:
    """Return the town that all claims which name a place agree on (or the site, where all name it)."""
    named = sorted((view for view in views if view.where.named and not view.again), key=_coarseness)
    if not named:
        return None
    apart = any(places(named[0].where, view.where).apart for view in named[1:])
    return None if apart else named[0].claim.place


def adm1(views: Sequence[View]) -> str | None:
    """Return the first-level unit, where all claims that name one name the same."""
    stated = {view.where.adm1: view for view in reversed(views) if view.where.adm1}
    if len(stated) != 1:
        return None
    (view,) = stated.values()
    claim = view.claim
    return claim.adm1 or (claim.place.adm1 or claim.place.name if claim.place else None)


def when(views: Sequence[View]) -> When | None:
    """Return the days that all claims with a date of their own share, or else the days from the first to the last.

    None where no claim has a date: an event without one is told only by the dates of its documents.
    """
    dated = [view for view in views if view.claim.when]
    if not dated:
        return None
    first, last = max(view.first for view in dated), min(view.last for view in dated)
    if first > last:
        first, last = min(view.first for view in dated), max(view.last for view in dated)
    alike = [view.claim.when for view in dated if (view.first, view.last) == (first, last)]
    if alike and alike[0]:
        return alike[0]
    precision: DatePrecision = "day" if first == last else "days"
    return When(date.fromordinal(first), date.fromordinal(last), precision)
