"""When was it said, or up to when is it said to be so? "As of 5 October 40 were held", "he said on Tuesday".

This is the day of the observation; the day of the happening is asked in `when.py`, the day of publication stands in the
document. None where the words say neither.
"""

from __future__ import annotations

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.times import reader
from testimonia.claims.when import of_saying, told_before
from testimonia.records import Reason, When


def observed(asked: Asked) -> Answer[When | None]:
    """Return the days up to which it is said to be so, else those of the verb of saying."""
    told, text = told_before(asked, asked.sentence.paragraph), asked.sentence.text
    up_to = reader(asked.pack, asked.packs, asked.document, observed=True)(text, told)
    said = (span for span in reader(asked.pack, asked.packs, asked.document)(text, told) if of_saying(span, asked))
    for span, rule in (*((one, "so it stood then") for one in up_to), *((one, "said then") for one in said)):
        if span.first and span.last:
            words = text[span.start : span.end]
            return Answer(When(span.first, span.last, span.precision, words), (Reason("observed", rule, words),))
    return Answer(None)
