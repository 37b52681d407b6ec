"""Running totals: a number over a long time ("since the beginning of the war") is a series apart, not one happening."""

from __future__ import annotations

import re

from testimonia.records import Claim

LONG = 60  # days from which on a number is a total over time, and no longer one happening of uncertain date

# Only phrases that cannot be said of one happening ("in total" alone can: "in total 5 died in the strike"), one line
# a language. The words that lead to a beginning, up to two words between, and what began.
SAYS_SO = re.compile(
    r"\bsince the (?:beginning|start|outbreak) of (?:\w+ ){0,3}(?:war|invasion|year|conflict|month)\b"
    r"|\bsince the (?:war|invasion|conflict) (?:began|started)\b"
    r"|\b(?:з|від) початку (?:\S+ ){0,2}(?:війни|вторгнення|року|агресії|конфлікту|місяця)\b"
    r"|\bс начала (?:\S+ ){0,2}(?:войны|вторжения|года|конфликта|спецоперации|операции|сво|месяца)\b",
    re.IGNORECASE,
)


def is_total(claim: Claim) -> bool:
    """Say whether a claim gives a number over a long time: by its dates, or by its words where they say so."""
    if claim.count is None:
        return False
    if claim.when and (claim.when.last - claim.when.first).days >= LONG:
        return True
    return SAYS_SO.search(claim.quote.text) is not None
