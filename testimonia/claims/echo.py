"""Which blow is "the strike", where its means are not said? The air strike that the sentences before tell of.

A strike of unstated means is shelling (the codebook). Of 701 such claims in the annotated documents to train on,
though, those told next after an air strike were air strikes in 118 of 164, and in 25 of 28 where they were denied;
those after shelling were shelling in 240 of 262. Only a noun goes back to what was told: a definite one in a language
with articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from testimonia.claims.kind import UNSTATED
from testimonia.claims.looked import Seen
from testimonia.claims.told import Happening
from testimonia.packs import LanguagePack
from testimonia.phrases import Hit
from testimonia.records import Reason

SHELLING, AIRSTRIKE = "shelling", "airstrike"
BACK = 8  # sentences
ADJECTIVE = 2  # words before a noun, of which one may be its adjective


def unstated(hit: Hit) -> bool:
    """Say whether a trigger tells of a blow without a word on its means."""
    return UNSTATED in hit.tags and hit.value in (SHELLING, AIRSTRIKE)


def echoed(
    found: Sequence[Happening], look: Seen, before: Sequence[Seen | None], pack: LanguagePack
) -> list[Happening]:
    """Return happenings with "the strike" under the type of the blow that `before`, the looks before, tell of last."""
    told = (hit for other in reversed(before) if other for hit in reversed(other.named))
    last = next((hit for hit in told if hit.value in (SHELLING, AIRSTRIKE) and not unstated(hit)), None)
    if last is None or last.value == SHELLING:
        return list(found)
    goes_back = [unstated(one.trigger) and _definite(one.trigger, look, pack) for one in found]
    both = zip(found, goes_back, strict=True)
    return [called(one, AIRSTRIKE, "the blow told before") if back else one for one, back in both]


def _definite(hit: Hit, look: Seen, pack: LanguagePack) -> bool:
    """Say whether a trigger is a noun that may go back to what was told: "the strike", «удар»."""
    words = [word.form for word in look.words[max(0, hit.first - ADJECTIVE) : hit.first]]
    definite = pack.list("definite")
    return any(word in definite for word in words) if definite else "noun" in hit.tags


def called(one: Happening, kind: str, why: str) -> Happening:
    """Return a happening under another type, with the reason."""
    trigger = replace(one.trigger, entry=replace(one.trigger.entry, value=kind))
    return replace(one, trigger=trigger, reasons=(*one.reasons, Reason("kind", f"{kind}: {why}")))
