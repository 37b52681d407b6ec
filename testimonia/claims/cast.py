"""The parties of a sentence, and how they stand to what happens there: before its verb, behind "by", owning a blow.

No parser: a doer is what stands before an active verb, behind "by" after a passive one, or owns a blow ("Russian
strike", "обстріл росіян"); the one hit is what stands behind "on" or after the verb, or before a passive. "The enemy"
is whom the loaded words of the same document mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from testimonia.claims.asked import Asked
from testimonia.claims.clause import Segment, segments
from testimonia.claims.line import GOVERN
from testimonia.claims.scene import set_in
from testimonia.claims.sides import BARE, Named, Stance, Tables, named, recalled, side_stated, stance
from testimonia.phrases import Hit, Word, words

ON_PEOPLE = frozenset(
    ("killing", "injury", "torture", "sexual_violence", "detention", "prosecution", "deportation", "conscription",
     "displacement", "deprivation", "restriction", "imposition", "assassination", "aid", "reward")
)  # fmt: skip
BLOWS = frozenset(("shelling", "airstrike", "clash", "explosion", "assassination", "sabotage"))
RESULTS = frozenset(("killing", "injury", "property", "displacement", "deprivation", "explosion"))
STRUCK = BLOWS | {"killing", "injury"}  # what no office does
NEAR = 4  # words within which a doer finds its verb of saying
PHRASE = 3  # words between a noun for a blow and the one who owns it
MARKS = frozenset(("agent", "source", "object", "accused", "suffers", "between", "topic"))  # of the table of voices
ENDINGS = ("ending", "active", "subject", "oblique", "plural", "participle")  # of words, in the same table
SKIPS = "..."  # in a phrase: words of no matter stand here


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties of one sentence, with the blows and the marks of doer and hit that stand around them."""

    text: str
    words: tuple[Word, ...]
    taken: Stance
    named: tuple[Named, ...]
    blows: tuple[Hit, ...]
    strikes: tuple[Hit, ...]
    verbs: tuple[Hit, ...]
    speech: tuple[Hit, ...]
    passive: tuple[Hit, ...]
    voices: tuple[Hit, ...]
    around: tuple[Hit, ...]
    endings: Mapping[str, tuple[str, ...]]
    parts: tuple[Segment, ...]
    doubted: bool


def cast_of(asked: Asked, text: str, taken: Stance) -> Cast:
    """Return the cast of a sentence; a noun that every side has stands for whom it named before."""
    tables = Tables.of(asked.pack, asked.packs)
    cast = _cached(text, tables, taken)
    if not any(BARE in one.tags for one in cast.named):
        return cast
    before = [one for quote in reversed(asked.before) for one in reversed(named(quote.text, tables, taken))]
    return replace(cast, named=tuple(recalled(one, before) for one in cast.named))


@lru_cache(maxsize=4096)
def _cached(text: str, tables: Tables, taken: Stance) -> Cast:
    split = words(text)
    pack, endings, parties = tables.pack, _endings(tables), named(text, tables, taken)
    triggers: Sequence[Hit] = pack.table("triggers").find(split)
    voices = tuple(hit for hit in tables.find("voices", split) if hit.value in MARKS)
    return Cast(
        text,
        split,
        taken,
        parties,
        _blows(split, tables, parties, endings["active"]),
        tuple(hit for hit in triggers if hit.value in BLOWS),
        tuple(hit for hit in triggers if hit.tags.isdisjoint({"noun", "passive"})),
        tuple(hit for hit in pack.table("speech").find(split) if hit.value not in ("none", "heading")),
        tuple(hit for hit in pack.table("breaks").find(split) if hit.value == "be"),
        voices,
        tuple(hit for hit in tables.find("around", split) if hit.value in GOVERN),
        endings,
        segments(text, split, pack),
        any(hit.value in ("denied", "alleged") for hit in pack.table("modality").find(split)),
    )


@lru_cache(maxsize=64)
def _endings(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """Return the endings of words by what they tell."""
    return {kind: tables.endings(kind) for kind in ENDINGS}


def _blows(split: Sequence[Word], tables: Tables, parties: Sequence[Named], active: tuple[str, ...]) -> tuple[Hit, ...]:
    """Return the nouns for a blow, and the verbs that are made one."""
    every: Sequence[Hit] = tables.pack.table("triggers").find(split, overlapping=True)
    blows = (hit for hit in every if hit.value in BLOWS)
    return tuple(hit for hit in blows if "noun" in hit.tags or _gerund(hit, split, parties, active))


def _gerund(hit: Hit, split: Sequence[Word], parties: Sequence[Named], endings: tuple[str, ...]) -> bool:
    """Say whether a verb is made a noun with its owner before it: "Russian shelling"."""
    owned = any(one.last == hit.first and "adjective" in one.tags for one in parties)
    return owned and bool(endings) and split[hit.last - 1].form.endswith(endings)


def stance_taken(asked: Asked) -> Stance:
    """Return whose side is taken, and which conflict the document is about."""
    return set_in(_side_taken(asked), asked.document, Tables.of(asked.pack, asked.packs))


def _side_taken(asked: Asked) -> Stance:
    """Return whose side is taken: by the speaker in the sentence, by loaded words, or by the outlet."""
    tables = Tables.of(asked.pack, asked.packs)
    heard = {
        side
        for one in named(asked.sentence.text, tables, Stance())
        if asked.only_says(one.start, one.end) and (side := tables.side(one.force))
    }
    if len(heard) == 1:
        own = heard.pop()
        return Stance(own, tables.enemies[own], True)
    stated = side_stated(asked.document.alignment, asked.packs)
    texts = (*(quote.text for quote in reversed(asked.before)), asked.document.title or "")
    said = stance(asked.sentence.text, tables)
    if said.enemy or stated:
        return said if said.enemy or stated is None else stated
    return next((found for text in texts if (found := stance(text, tables)).enemy), Stance())


def desk(one: Named, kind: str) -> bool:
    """Say whether a party of one of the sides is an office, which strikes nobody: it only tells who did."""
    return kind in STRUCK | RESULTS and (one.code(kind) or "").endswith("_authorities")


def does(one: Named, strike: Hit, cast: Cast) -> bool:
    """Say whether a party strikes a blow: it owns the noun, or stands before the verb."""
    if "noun" in strike.tags:
        return owns(one, strike, cast)
    if "place" in one.tags:
        return False
    return one.last <= strike.first and "passive" not in strike.tags and not is_oblique(one, cast)


def is_passive(asked: Asked, cast: Cast) -> bool:
    """Say whether the word for a happening is in the passive: whom it happened to stands before it."""
    trigger = asked.trigger
    if "passive" in trigger.tags:
        return True
    if cast.words[trigger.last - 1].form.endswith(cast.endings["active"]):
        return False
    if any(0 <= trigger.first - be.last <= 1 for be in cast.passive):
        return True
    return (
        bool(cast.endings["active"])
        and trigger.value in ON_PEOPLE
        and "noun" not in trigger.tags
        and _ends(asked, cast)
    )


def _ends(asked: Asked, cast: Cast) -> bool:
    """Say whether nothing is hit behind a verb: "soldiers killed in the north", the participle being passive."""
    trigger = asked.trigger
    if any(hit.first == trigger.last for hit in asked.pack.table("bounds").find(cast.words)):
        return False  # "forces detained at least five"
    if trigger.last >= len(cast.words) or any(hit.first == trigger.last for hit in cast.around):
        return True
    return cast.text[trigger.end : cast.words[trigger.last].start].strip() != ""


def owns(one: Named, noun: Hit, cast: Cast) -> bool:
    """Say whether a party owns a blow: its adjective before the noun, its name right behind it."""
    if noun.first <= one.first and one.last <= noun.last:
        return SKIPS not in noun.entry.phrase  # the phrase for the blow holds it: «внаслідок російської атаки»
    if one.last <= noun.first:
        close = noun.first == one.last and "country" not in one.tags
        return noun.first - one.last < PHRASE and ("adjective" in one.tags or close)
    if "place" in one.tags:
        return False  # a town behind the noun is where it fell
    between = {cast.words[at].form for at in range(noun.last, one.first)}
    marked = any(hit.value == "object" and noun.last <= hit.first < one.first for hit in cast.voices)
    if "adjective" in one.tags and (one.role not in ("force", "side") or one.first != noun.last):
        return False
    return one.first - noun.last <= 1 and not marked and not any(len(w) < 2 for w in between)


def is_oblique(one: Named, cast: Cast) -> bool:
    """Say whether a party's endings show that it is no subject («Москву атаковали»); initials have none."""
    if "place" in one.tags:  # of capitals not all show it; none does what many did
        follows = cast.words[one.last].form if one.last < len(cast.words) else ""
        return follows.endswith(cast.endings["plural"])
    ends = (cast.words[one.first], cast.words[one.last - 1])
    return bool(cast.endings["oblique"]) and all(
        word.form.endswith(cast.endings["oblique"]) and not cast.text[word.start : word.end].isupper() for word in ends
    )


def suffers(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a word between a party and the happening makes it the one hit ("lost", "came under fire")."""
    trigger = asked.trigger
    marks = (hit for hit in cast.voices if hit.value == "suffers" and one.last <= hit.first <= trigger.first)
    others = {verb.first for verb in cast.verbs} - {trigger.first}  # "died fighting" is another happening
    return any(asked.within(hit.start, hit.end) and hit.first not in others for hit in marks)


def governed(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether "on" or the like stands before a party's name, with at most a small word between ("on the")."""
    small = asked.pack.list("frequent")
    for mark in cast.voices:
        gap = one.first - mark.last
        if mark.value == "object" and (gap == 0 or (gap == 1 and cast.words[mark.last].form in small)):
            return True
    return False


def speaks(one: Named, cast: Cast, trigger: Hit | None) -> bool:
    """Say whether a party only says it: a verb of saying stands right behind its name, or "according to" before."""
    if BARE in one.tags and any(said.first == one.last for said in cast.speech):
        return True
    if acts(one, cast) or any(owns(one, blow, cast) for blow in cast.blows):
        return False
    return any(_says(one, said, cast, trigger) for said in cast.speech)


def _says(one: Named, said: Hit, cast: Cast, trigger: Hit | None) -> bool:
    if said.value == "according":
        return 0 <= one.first - said.last <= 2
    if one.first == said.last:
        return True
    between = cast.text[one.end : said.start]
    told = trigger is not None and one.last <= trigger.first < said.first
    return 0 <= said.first - one.last <= NEAR and "," not in between and not told


def acts(one: Named, cast: Cast) -> bool:
    """Say whether a verb that tells of a happening stands right behind a party's name."""
    return any(0 <= verb.first - one.last < PHRASE for verb in cast.verbs)


def is_object(one: Named, cast: Cast) -> bool:
    """Say whether "on", "of", "against" stands right before a party's name, or a word of place before a state's."""
    if "country" in one.tags and _where(one, cast):
        return True
    if acts(one, cast) or any(owns(one, blow, cast) for blow in cast.blows if one.last <= blow.first):
        return False
    return any(hit.value == "object" and hit.last == one.first for hit in cast.voices)


def _where(one: Named, cast: Cast) -> bool:
    """Say whether a state's name says only where or what about: "in Syria", "the Syria war"."""
    return any(hit.last == one.first for hit in cast.around) or any(
        hit.value == "topic" and hit.first == one.last for hit in cast.voices
    )


def private_people(asked: Asked) -> Named:
    """Return private people, whom the words for the happening itself stand for."""
    hit = asked.trigger
    said = asked.sentence.text[hit.start : hit.end]
    return Named(hit.start, hit.end, hit.first, hit.last, "civilians", "civilians", frozenset({"people"}), words=said)


def is_hit(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a party stands where the one hit stands: after an active verb or noun, before or after a passive."""
    if suffers(one, asked, cast):
        return True
    if "noun" not in asked.trigger.tags and cast.endings["active"] and is_passive(asked, cast):
        return one.last <= asked.trigger.first
    if "noun" in asked.trigger.tags or is_passive(asked, cast):
        return not any(mark.value == "agent" and 0 <= one.first - mark.last <= 2 for mark in cast.voices)
    return one.first >= asked.trigger.last


def gap(one: Named, trigger: Hit) -> int:
    """Return how many characters stand between a party and the word for a happening."""
    return max(one.start - trigger.end, trigger.start - one.end, 0)
