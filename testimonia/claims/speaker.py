"""Who says so? The nearest speaker that the sentence cites, and those between the document and that speaker.

Where the sentence names none, a pronoun ("he added") and a quotation that runs on keep the speaker of the sentences
before, and a quotation takes the one named behind it; else the document may tell it in somebody's words (`elsewhere`).
Else the document speaks itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from testimonia.claims import quoted
from testimonia.claims.asked import Answer, Asked
from testimonia.claims.attribution import Said, Sentence, heard, ready, sayings
from testimonia.claims.clause import holding
from testimonia.claims.elsewhere import ELSEWHERE, head
from testimonia.claims.headline import source
from testimonia.claims.office import fuller
from testimonia.phrases import Hit, words
from testimonia.records import Reason, Speaker

HERE, BEFORE = "named in the sentence", "the speaker before"
BACK = 6  # sentences looked back through for the speaker of a pronoun or of a quotation that runs on
TELLING = frozenset({"agency", "outlet"})  # roles that tell what others say


def _nearest(found: Sequence[Said], sentence: Sentence, at: int) -> Said:
    """Choose the saying nearest to a word: the one in its clause, and rather the one before than the one after."""

    def far(said: Said) -> tuple[int, int]:
        low, high = sorted((said.at, at))
        breaks = sum(part.opens in ("clause", "stop") for part in sentence.parts if low < part.first <= high)
        return breaks, abs(said.at - at) + (0 if said.at <= at else 2)

    return min(found, key=far)


def _last_named(asked: Asked) -> Said | None:
    """Return the speaker named last in the sentences before: rather whom an outlet cites than the outlet.

    A name is taken rather than an office that stands for one.
    """
    found: list[Said] = []
    for quote in reversed(asked.before[-BACK:]):
        pack = asked.packs.language(quote.lang)
        found += [one for one in reversed(heard(quote.text, pack, asked.packs)) if one.name] if pack else []
    return min(found, key=lambda said: (said.same, said.role in TELLING), default=None)


def _answer(said: Said, rule: str) -> Answer[Speaker | None]:
    return Answer(Speaker(said.name, said.role, said.via), (Reason("speaker", rule, said.name),))


def _only_onwards(said: Said, sentence: Sentence, trigger: Hit) -> bool:
    """Say whether a saying is a clause of its own behind a happening: "Two died, and officials claim that …"."""
    part = sentence.parts[holding(sentence.parts, said.at)]
    own = part.opens in ("and", "clause") and part.comma and said.value in ("said", "claimed")
    follows = said.at + 1 < len(sentence.words)
    return own and follows and trigger.last <= part.first and trigger.first < said.at


def _afterwards(said: Said, sentence: Sentence, trigger: Hit) -> bool:
    """Say whether a happening only dates what somebody says: "Kyiv accuses Moscow after a missile hit the plant"."""
    deeds = {verb.first for verb in sentence.verbs if "deed" in verb.tags}
    if said.at not in deeds or trigger.first < said.at:
        return False
    part = sentence.parts[holding(sentence.parts, trigger.first)]
    return part.opens == "after" and said.at < part.first


def _of_the_speaker(said: Said, sentence: Sentence, trigger: Hit) -> bool:
    """Say whether a happening only tells who the speaker is: "refugees evacuated from the town said …"."""
    inside = 0 <= said.begin <= trigger.first < said.begin + len(words(said.name))
    between = 0 <= said.begin < trigger.first < said.at
    return inside or (between and holding(sentence.parts, said.begin) == holding(sentence.parts, said.at))


def _fuller(asked: Asked, said: Said) -> Said:
    return said if said.via else replace(said, name=fuller(asked, said.name, said.role))


def _of_the_head(asked: Asked, sentence: Sentence, said: Said) -> bool:
    """Say whether a saying stands in a headline whose own source is named behind it in the same line."""
    found = source(asked.sentence.text, asked.pack, asked.packs) if head(asked) is asked.sentence else None
    return found is not None and sentence.words[said.at].start < found.said.start


def _here(asked: Asked) -> Said | None:
    sentence = ready(asked.sentence.text, asked.pack, asked.packs)
    found = [
        said
        for said in sayings(sentence)
        if not any(apart(said, sentence, asked.trigger) for apart in APART) and not _of_the_head(asked, sentence, said)
    ]
    if not found:
        return None
    near = _nearest(found, sentence, asked.trigger.first)
    before = [said for said in found if said.at < near.at and not said.same]
    return before[-1] if near.same and before else near


APART = (_only_onwards, _of_the_speaker, _afterwards)


def _before(asked: Asked, here: Said | None) -> Said | None:
    """Return the speaker of before whose words a pronoun or a quotation goes on with."""
    if here is None and (closing := quoted.closing(asked)):
        return closing
    return _last_named(asked) if here or quoted.opened(asked) or quoted.begins(asked) else None


def speaker(asked: Asked) -> Answer[Speaker | None]:
    """Return who is cited for the happening, None where the document speaks itself."""
    here = _here(asked)
    if here and not here.same:
        return _answer(_fuller(asked, here), HERE)
    last = _before(asked, here)
    if last:
        return _answer(_fuller(asked, last), BEFORE)
    if here and here.name:
        return _answer(here, HERE)
    for rule, read in ELSEWHERE.items():
        if said := read(asked):
            return _answer(_fuller(asked, said), rule)
    return Answer(None)
