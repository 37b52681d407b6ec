"""Is this the same happening? One small function for each thing compared, each with its reason in words.

Each feature returns a `Finding`: points for (above 0) or against (below 0) the two claims being one happening, or
`APART`, which rules it out whatever the rest says. The points are summed, `NEEDED` is taken off, and the logistic
function makes a score between 0 and 1 of it: above 0.5 where more than the needed points are reached. The points are
set by hand, as odds on a logarithmic scale, and the same for every party; a learned model can take their place later.

The costly mistake is joining too much, since it makes two victims one. So what is not known counts a little against.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from testimonia.link.act import acts, blame, one_sentence
from testimonia.link.counted import counts, groups
from testimonia.link.finding import NOTHING, Finding, apart
from testimonia.link.retold import retold
from testimonia.link.view import View, Where

NEEDED = 1.6  # about a shared day and a shared town without further agreement, or a little less
REAL = frozenset({"asserted", "alleged", "denied"})  # a denial speaks of the happening that it denies
EARTH = 6371.0  # kilometres
TOWN_KM = 10.0  # a site farther than this from a town's centre is not in it
DISTRICT_KM = 60.0  # a town farther than this from a district's centre is not in it
RECURRING = frozenset({"shelling", "airstrike", "clash"})  # what one place may suffer several times in a month
WIDE = 10  # days from which on a date does not tell one such blow from the next
COPIED = 6  # longer words from which on two quotes of the same words are a copy, and no turn of phrase
AGAIN = 1.0  # points at most for a place that is not named, but called "the dam"
NO_DATE = frozenset({"none", "unsure"})
COARSE = frozenset({"district", "hromada"})


COPIED_WORDS = Finding(2.6, "the same words")
SAME_WORDS = Finding(1.5, "nearly the same words")
SHARED_WORDS = Finding(0.6, "shared words")
OTHER_WORDS = Finding(-0.4, "other words")


# --- when ---------------------------------------------------------------------------------------------------------


def _gap(a: View, b: View) -> int:
    return max(a.first - b.last, b.first - a.last, 0)


def _by_width(width: int, points: tuple[float, float, float, float]) -> float:
    """Overlapping days say the more, the fewer they are: to 3 days, to 10, to a month, longer."""
    return points[0] if width <= 3 else points[1] if width <= 10 else points[2] if width <= 31 else points[3]


def _own_dates(a: View, b: View, days: int) -> Finding:
    gap = _gap(a, b)
    if gap > days:
        return apart(f"dates {gap} days apart")
    if gap:
        return Finding(-1.2, f"dates {gap} day apart" if gap == 1 else f"dates {gap} days apart")
    if (a.first, a.last) == (b.first, b.last):
        return Finding(_by_width(a.width, (1.5, 1.2, 0.9, 0.6)), "same dates")
    return Finding(_by_width(max(a.width, b.width), (1.5, 0.8, 0.4, 0.1)), "dates overlap")


def _own_and_published(dated: View, fresh: View) -> Finding:
    """One claim has a date, the other is news of its document's day; a document may look back, but never ahead."""
    if dated.first > fresh.last:
        return apart("one happened after the document of the other had appeared")
    lag = max(fresh.first - dated.last, 0)
    if lag > 31:
        return apart(f"one names no date, and its document appeared {lag} days later")
    if lag > 3:
        return Finding(0.1 if lag <= 10 else -1.5, f"one names no date, and its document appeared {lag} days later")
    return Finding(
        _by_width(max(dated.width, fresh.width), (1.0, 0.7, 0.4, 0.1)),
        "one names no date, and its document appeared then",
    )


def _both_published(a: View, b: View) -> Finding:
    """Neither claim has a date: far apart in time, only the same words can be of one happening."""
    gap = _gap(a, b)
    reason = f"no dates, and the documents appeared {gap} days apart"
    if gap > 31 or (gap > 10 and wording(a, b).points < SAME_WORDS.points):
        return apart(reason)
    if gap > 3:
        return Finding(-0.6 if gap <= 10 else -2.0, reason)
    if gap > 1:
        return Finding(0.0, f"the documents appeared {gap} days apart")
    width = max(a.width, b.width)
    how = "appeared" if width <= 3 else "may have appeared"
    return Finding(_by_width(width, (0.8, 0.6, 0.4, 0.1)), f"the documents {how} together")


def _by_dates(a: View, b: View, days: int) -> Finding:
    if a.dating == b.dating == "own":
        return _own_dates(a, b, days)
    if a.dating == b.dating:
        return _both_published(a, b)
    return _own_and_published(a, b) if a.dating == "own" else _own_and_published(b, a)


def _recurs(a: View, b: View) -> bool:
    """Say whether a blow of a kind that falls on one place again and again has no narrow date in common."""
    same = a.dating == b.dating == "own" and (a.first, a.last) == (b.first, b.last)
    return a.claim.type in RECURRING and max(a.width, b.width) > WIDE and not same


def dates(a: View, b: View, days: int) -> Finding:
    """Compare when: gap against the width of the intervals; without a date, about the document's own date."""
    if a.dating in NO_DATE or b.dating in NO_DATE:
        return Finding(-0.5, "no date known")
    if a.total and b.total:
        near = abs(a.first - b.first) <= 31 and abs(a.last - b.last) <= 45
        return Finding(1.0, "totals over the same time") if near else apart("totals over different times")
    found = _by_dates(a, b, days)
    if found.points > 0 and _recurs(a, b):
        return Finding(-0.5, f"no date nearer than {max(a.width, b.width) + 1} days, and {a.claim.type} recurs")
    return found


# --- where --------------------------------------------------------------------------------------------------------


def kilometres(a: Where, b: Where) -> float | None:
    """Return the distance on the great circle, None where a coordinate is missing."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, south = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def _same_place(a: Where, b: Where) -> bool:
    return bool(a.id and a.id == b.id) or (a.words == b.words and not (a.id and b.id))


def _within(a: Where, b: Where) -> bool:
    """A site is named after its town: "Orikhiv", "Orikhiv bus station"."""
    short, long = sorted((a.words, b.words), key=len)
    return long[: len(short)] == short and "site" in (a.level, b.level)


def _named_places(a: Where, b: Where) -> Finding:
    if _same_place(a, b):
        return Finding(1.8 if "site" in (a.level, b.level) else 1.2, "same place")
    if a.candidates & b.candidates or a.id in b.candidates or b.id in a.candidates:
        return Finding(0.5, "places of one name")
    if _within(a, b):
        return Finding(1.1, "a site in that town")
    distance = kilometres(a, b)
    if {a.level, b.level} & COARSE and a.level != b.level:
        far = distance is not None and distance > DISTRICT_KM
        return apart("far from that district") if far else Finding(0.0, "perhaps in that district")
    if "site" in (a.level, b.level):
        return _site(a, b, distance)
    return apart("different places")


def _site(a: Where, b: Where, distance: float | None) -> Finding:
    if distance is not None:
        return Finding(0.6, f"{distance:.0f} km apart") if distance <= TOWN_KM else apart(f"{distance:.0f} km apart")
    if a.level == b.level:
        return apart("different sites")
    shared = set(a.words) & set(b.words)
    return Finding(0.6, "a site of that name") if shared else Finding(-0.6, "perhaps a site in that town")


def places(a: Where, b: Where) -> Finding:
    """Compare where, at the level that both name: different towns are apart, a town in the named oblast is not."""
    if a.adm1 and b.adm1 and a.adm1 != b.adm1:
        return apart("different regions")
    if a.named and b.named:
        return _named_places(a, b)
    if not (a.adm1 and b.adm1):
        return Finding(-0.8, "only one names a place") if a.named or b.named else Finding(-1.0, "neither names a place")
    if a.named or b.named:
        return Finding(-0.5, "in the region that the other names")
    return Finding(-0.7, "only the region is known")


def _placed(a: View, b: View) -> Finding:
    """Compare where two claims place a happening; so many things damaged in a town are not the site that was hit."""
    found = places(a.where, b.where)
    if (word := a.again or b.again) and found.points > 0:
        found = Finding(min(found.points, AGAIN), f"{found.reason}, if “{word}” is said of it")
    around = [view for view in (a, b) if view.where.level != "site"]
    if a.claim.type == "property" and found.points > 0 and len(around) == 1 and around[0].claim.count:
        return Finding(-0.5, "damage at a site, and so many things in the town")
    return found


# --- who ----------------------------------------------------------------------------------------------------------


def actors(a: str | None, b: str | None) -> Finding:
    """Compare who did it: two versions of who is to blame are still one event."""
    if a is None or b is None:
        return NOTHING
    return Finding(0.4, "same actor") if a == b else Finding(-0.2, "each names another actor")


def targets(a: str | None, b: str | None) -> Finding:
    """Compare to whom; nobody named and civilians are equal."""
    if (a or "civilians") == (b or "civilians"):
        return Finding(0.2, "same target") if a and b else NOTHING
    return Finding(-0.6, "each names another target") if a and b else Finding(-0.1, "only one names a target")


# --- how it is said -----------------------------------------------------------------------------------------------


def modalities(a: View, b: View) -> Finding:
    """What is planned or expected is not what was done; a denial belongs to what it denies."""
    x, y = a.claim.modality, b.claim.modality
    if (x in REAL) != (y in REAL):
        return apart(f"one is {x}, the other {y}")
    return NOTHING


def totals(a: View, b: View) -> Finding:
    """A running total is a series apart and not one of the happenings that it sums up."""
    return apart("one is a running total") if a.total != b.total else NOTHING


def wording(a: View, b: View) -> Finding:
    """Compare the words of the quotes, by the beginnings of the longer ones; nothing across languages."""
    fewest = min(len(a.stems), len(b.stems))
    if a.lang != b.lang or fewest < 3 or one_sentence(a, b):  # their own sentence says nothing
        return NOTHING
    share = len(a.stems & b.stems) / fewest
    if a.stems == b.stems and fewest >= COPIED:
        return COPIED_WORDS
    if share >= 0.8:
        return SAME_WORDS
    if share >= 0.3:
        return SHARED_WORDS
    return NOTHING if share > 0.15 else OTHER_WORDS


def series(a: View, b: View) -> Finding:
    """An outlet that says the same on two days reports twice, by a template; a copy comes from another outlet."""
    if not a.outlet or a.outlet != b.outlet or a.published == b.published:
        return NOTHING
    if min(len(a.stems), len(b.stems)) < 3 or "own" in (a.dating, b.dating):
        return NOTHING
    share = len(a.stems & b.stems) / min(len(a.stems), len(b.stems))
    return apart("the outlet's report of another day, in the same words") if share >= 0.8 else NOTHING


def _if_sure(slot: str, feature: Callable[[View, View], Finding]) -> Callable[[View, View], Finding]:
    """Return a feature that says nothing of an unsure slot: here, nobody named would count as something said."""
    return lambda a, b: NOTHING if slot in a.unsure or slot in b.unsure else feature(a, b)


# What rules a pair out comes first, so that most pairs cost little.
FEATURES: tuple[tuple[str, Callable[[View, View], Finding]], ...] = (
    ("type", acts),
    ("modality", modalities),
    ("total", totals),
    ("place", _placed),
    ("document", retold),
    ("count", counts),
    ("group", _if_sure("group", groups)),
    ("series", series),
    ("blame", blame),
    ("actor", lambda a, b: actors(a.claim.actor, b.claim.actor)),
    ("target", _if_sure("target", lambda a, b: targets(a.claim.target, b.claim.target))),
    ("words", wording),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The score of a pair (0 where something rules it out), the findings behind it, and whether it is ruled out."""

    score: float
    reasons: tuple[str, ...] = ()
    apart: bool = False


def _said(findings: list[tuple[str, Finding]]) -> tuple[str, ...]:
    return tuple(f"{name}: {found.reason} ({found.points:+.1f})" for name, found in findings if found.reason)


def judge(a: View, b: View, days: int) -> Judgement:
    """Compare two claims in full, with every reason."""
    findings = [("date", dates(a, b, days)), *((name, feature(a, b)) for name, feature in FEATURES)]
    against = tuple(f"{name}: {found.reason}" for name, found in findings if found.apart)
    if against:
        return Judgement(0.0, against, apart=True)
    return Judgement(_logistic(sum(found.points for _, found in findings) - NEEDED), _said(findings))


def score(a: View, b: View, days: int) -> float | None:
    """Return the score of `judge` alone, and None where something rules the pair out: the same, but faster."""
    found = dates(a, b, days)
    points = found.points
    if found.apart:
        return None
    for _, feature in FEATURES:
        found = feature(a, b)
        if found.apart:
            return None
        points += found.points
    return _logistic(points - NEEDED)


def _logistic(points: float) -> float:
    """Return the score; points are tenths, so rounding takes away no more than what adding them up has left over."""
    return 1.0 / (1.0 + math.exp(-round(points, 6)))
