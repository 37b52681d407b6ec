"""Whose direct speech does a sentence stand in?

A quotation may run over several sentences. Who speaks is named right behind it («…», – said the governor), else
before it.
"""

from __future__ import annotations

import re

from testimonia.claims.asked import Asked
from testimonia.claims.attribution import Said, heard

FAR = 2500  # characters that a quotation may go on for
OPENING, CLOSING = "“«„", "”»"
BEHIND = re.compile(r"(?:[,!?…][”»\"]|[”»\"] *,|[”»\"](?= *[-–—])) *(?:[-–—] *)?([^.!?\n”»\"]{4,200})")


def opened(asked: Asked) -> bool:
    """Say whether the sentence stands in a quotation that began before it in the same paragraph."""
    text = asked.document.text
    begin = text.rfind("\n", max(0, asked.sentence.start - FAR), asked.sentence.start) + 1
    return _open(text[max(begin, asked.sentence.start - FAR) : asked.sentence.start])


def _open(before: str) -> bool:
    """Say whether a quotation that begins in a text is not closed in it."""
    opened = sum(before.count(sign) for sign in OPENING) - sum(before.count(sign) for sign in CLOSING)
    return opened > 0 or (before.count('"') % 2 == 1 and not any(sign in before for sign in OPENING))


def begins(asked: Asked) -> bool:
    """Say whether the sentence begins a quotation."""
    return asked.sentence.text[:1] in OPENING + '"'


def closing(asked: Asked) -> Said | None:
    """Return whom the words right behind the quotation name in which the sentence stands, if it goes on behind it."""
    text = asked.document.text
    begin = text.rfind("\n", max(0, asked.sentence.start - FAR), asked.sentence.start) + 1
    if not _open(text[begin : asked.sentence.end]):
        return None
    behind = BEHIND.search(text, asked.sentence.end, asked.sentence.end + FAR)
    if behind is None or "\n\n" in text[asked.sentence.end : behind.start()]:
        return None
    named = [said for said in heard(behind[1].strip(), asked.pack, asked.packs) if said.name and not said.same]
    return named[0] if named else None
