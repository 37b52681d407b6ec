"""Who did it, and to whom: the parties that the words of the sentence name.

Codes follow the words and their speaker, never what is likely.
"""

from __future__ import annotations

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.cast import cast_of, stance_taken
from testimonia.claims.doer import who_did
from testimonia.claims.whom import whom_hit
from testimonia.records import Reason


def parties(asked: Asked) -> Answer[tuple[str | None, str | None]]:
    """Return the codes of actor and target, each None where the words do not say."""
    cast = cast_of(asked, asked.sentence.text, stance_taken(asked))
    actor, how = who_did(asked, cast)
    target, what = whom_hit(asked, cast, actor)
    kind = asked.trigger.value
    reasons = tuple(
        Reason("party", f"{side}: {rule}", one.words)
        for side, one, rule in (("actor", actor, how), ("target", target, what))
        if one
    )
    return Answer((actor.code(kind) if actor else None, target.code(kind) if target else None), reasons)


def doer(asked: Asked) -> tuple[int, int] | None:
    """Return the first and last word (excluded) of who does it, None where the sentence does not name them."""
    cast = cast_of(asked, asked.sentence.text, stance_taken(asked))
    found, _ = who_did(asked, cast)
    return (found.first, found.last) if found and found in cast.named else None
