"""Who did it, and to whom: the parties that the words of the sentence name.

No parser: a doer is what stands before an active verb, behind "by" after a passive one, or owns a blow ("Russian
strike", "обстріл росіян"); the one hit is what stands behind "on" or after the verb, or before a passive. Codes follow
the words and their speaker, never what is likely. "The enemy" is whom the loaded words of the same document mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.clause import Segment, holding, segments
from testimonia.claims.scene import set_in
from testimonia.claims.sides import BARE, SIGN, Named, Stance, Tables, named, recalled, side_stated, stance
from testimonia.phrases import Hit, Word, words
from testimonia.records import Reason

ON_PEOPLE = frozenset(
    ("killing", "injury", "torture", "sexual_violence", "detention", "prosecution", "deportation", "conscription",
     "displacement", "deprivation", "restriction", "imposition", "assassination", "aid", "reward")
)  # fmt: skip
BLOWS = frozenset(("shelling", "airstrike", "clash", "explosion", "assassination", "sabotage"))
RESULTS = frozenset(("killing", "injury", "property", "displacement", "deprivation", "explosion"))
BY_LAW = frozenset(("prosecution",))  # an accusation is what a prosecution is
PRIVATE = frozenset(  # what happens to private people where nobody else is named
    ("displacement", "deportation", "conscription", "prosecution", "detention", "deprivation", "restriction")
)
OWN_DOING = frozenset(("protest", "refusal", "demography"))  # whom it happens to does it
REACH = 3  # sentences
NEAR = 4  # words within which a doer finds its verb of saying
PHRASE = 3  # words between a noun for a blow and the one who owns it


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
    endings: tuple[str, ...]
    active: tuple[str, ...]
    subjects: tuple[str, ...]
    parts: tuple[Segment, ...]
    doubted: bool


def parties(asked: Asked) -> Answer[tuple[str | None, str | None]]:
    """Return the codes of actor and target, each None where the words do not say."""
    cast = _cast(asked, asked.sentence.text, _stance(asked))
    actor, how = _actor(asked, cast)
    target, what = _target(asked, cast, actor)
    kind = asked.trigger.value
    reasons = tuple(
        Reason("party", f"{side}: {rule}", one.words)
        for side, one, rule in (("actor", actor, how), ("target", target, what))
        if one
    )
    return Answer((actor.code(kind) if actor else None, target.code(kind) if target else None), reasons)


def doer(asked: Asked) -> tuple[int, int] | None:
    """Return the first and last word (excluded) of who does it, None where the sentence does not name them."""
    cast = _cast(asked, asked.sentence.text, _stance(asked))
    found, _ = _actor(asked, cast)
    return (found.first, found.last) if found and found in cast.named else None


# --- the parties of a sentence ---


def _cast(asked: Asked, text: str, taken: Stance) -> Cast:
    tables = Tables.of(asked.pack, asked.packs)
    cast = _cached(text, tables, taken)
    if not any(BARE in one.tags for one in cast.named):
        return cast
    before = [one for quote in reversed(asked.before) for one in reversed(named(quote.text, tables, taken))]
    return replace(cast, named=tuple(recalled(one, before) for one in cast.named))


@lru_cache(maxsize=4096)
def _cached(text: str, tables: Tables, taken: Stance) -> Cast:
    split = words(text)
    pack = tables.pack
    triggers: Sequence[Hit] = pack.table("triggers").find(split)
    every: Sequence[Hit] = pack.table("triggers").find(split, overlapping=True)
    voices = [hit for hit in tables.find("voices", split) if hit.value in ("agent", "object", "accused")]
    return Cast(
        text,
        split,
        taken,
        named(text, tables, taken),
        tuple(hit for hit in every if "noun" in hit.tags and hit.value in BLOWS),
        tuple(hit for hit in triggers if hit.value in BLOWS),
        tuple(hit for hit in triggers if hit.tags.isdisjoint({"noun", "passive"})),
        tuple(hit for hit in pack.table("speech").find(split) if hit.value not in ("none", "heading")),
        tuple(hit for hit in pack.table("breaks").find(split) if hit.value == "be"),
        tuple(voices),
        tuple(hit for hit in tables.find("around", split) if hit.value == "in"),
        tables.endings("ending"),
        tables.endings("active"),
        tables.endings("subject"),
        segments(text, split, pack),
        any(hit.value in ("denied", "alleged") for hit in pack.table("modality").find(split)),
    )


def _stance(asked: Asked) -> Stance:
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


# --- who did it ---


def _actor(asked: Asked, cast: Cast) -> tuple[Named | None, str]:
    usable = [one for one in cast.named if not _speaks(one, cast, asked.trigger) and not _object(one, cast)]
    doers = [one for one in usable if "people" not in one.tags or asked.trigger.value in OWN_DOING]
    known = [one for one in doers if one.force]
    for pool in ([one for one in known if BARE not in one.tags], known):  # who is named goes before a noun alone
        found, rule = _doer(asked, cast, pool)
        if found:
            return found, rule
    somebody, _ = _doer(asked, cast, [one for one in doers if not one.force])
    struck = asked.trigger.value in BLOWS | RESULTS  # which no office does
    if somebody and "forces" not in somebody.tags and not (struck and "authorities" in somebody.tags):
        return None, ""
    striker = _striker(asked, cast, known)
    if striker:
        return striker, "whose blow the sentence tells of"
    return _carried(asked, cast.taken) if asked.trigger.value in BLOWS | RESULTS - {"displacement"} else (None, "")


def _doer(asked: Asked, cast: Cast, doers: Sequence[Named]) -> tuple[Named | None, str]:
    """Return who of these does it, by the surest rule that finds somebody: in the clause, else in the sentence."""
    inside = [one for one in doers if asked.within(one.start, one.end)]
    outside = [one for one in doers if one not in inside and any(_does(one, strike, cast) for strike in cast.strikes)]
    for pool, where in ((inside, "the clause"), (outside, "the sentence")):
        for search, rule in (
            (_accused, "who is accused of it"),
            (_by, "behind a word for the doer"),
            (_owner, "whose blow it is"),
            (_subject, "before the verb"),
            (_inverted, "right behind the verb"),
        ):
            found = search(asked, cast, pool)
            if found:
                return found, f"{rule}, in {where}"
    return None, ""


def _accused(asked: Asked, cast: Cast, _: Sequence[Named]) -> Named | None:
    """Return who is accused of it: the party right behind a word such as "accuse", whatever else it may be there."""
    if asked.trigger.value in BY_LAW:
        return None
    marks = [hit for hit in cast.voices if hit.value == "accused"]
    near = [(one.first - mark.last, one) for mark in marks for one in cast.named if 0 <= one.first - mark.last <= NEAR]
    near = [pair for pair in near if asked.within(pair[1].start, pair[1].end) and "people" not in pair[1].tags]
    agents = [hit for hit in cast.voices if hit.value == "agent"]  # "accused by X" of it: X only says so
    near = [(gap, one) for gap, one in near if not any(0 <= one.first - hit.last <= 1 for hit in agents)]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _striker(asked: Asked, cast: Cast, doers: Sequence[Named]) -> Named | None:
    """Return whose blow the same sentence tells of, where what it did to people and things is told after it."""
    if asked.trigger.value not in RESULTS - {"displacement"} or cast.doubted:
        return None
    before = [
        hit for hit in cast.strikes if hit.first < asked.trigger.first and hit.tags.isdisjoint({"noun", "passive"})
    ]
    found = [one for hit in before for one in doers if _does(one, hit, cast) and not _governed(one, asked, cast)]
    return found[-1] if len({one.force for one in found}) == 1 else None


def _carried(asked: Asked, taken: Stance) -> tuple[Named | None, str]:
    """Return whose blow the sentences before tell of, where this one goes on telling what it did and names nobody.

    A sentence that denies or only alleges something hands on nobody.
    """
    for quote in reversed(asked.before[-REACH:]):
        cast = _cast(asked, quote.text, taken)
        forces = [
            one
            for one in cast.named
            if "people" not in one.tags and not _speaks(one, cast, None) and not _object(one, cast)
        ]
        doers = [one for one in forces if any(_does(one, strike, cast) for strike in cast.strikes)]
        known = [one for one in doers if one.force and BARE not in one.tags]
        if len({one.force for one in known}) == 1 and not cast.doubted:
            return known[0], "whose blow the sentence before tells of"
        if doers:
            return None, ""
    return None, ""


def _does(one: Named, strike: Hit, cast: Cast) -> bool:
    if "noun" in strike.tags:
        return _owns(one, strike, cast)
    if "place" in one.tags:
        return False
    return one.last <= strike.first and "passive" not in strike.tags


def _passive(asked: Asked, cast: Cast) -> bool:
    trigger = asked.trigger
    if "passive" in trigger.tags:
        return True
    if cast.words[trigger.last - 1].form.endswith(cast.active or ("\0",)):
        return False
    if any(0 <= trigger.first - be.last <= 1 for be in cast.passive):
        return True
    return bool(cast.active) and trigger.value in ON_PEOPLE and "noun" not in trigger.tags and _ends(trigger, cast)


def _ends(trigger: Hit, cast: Cast) -> bool:
    """Say whether nothing is hit behind a verb: "soldiers killed in the north", the participle being passive."""
    if trigger.last >= len(cast.words) or any(hit.first == trigger.last for hit in cast.around):
        return True
    return cast.text[trigger.end : cast.words[trigger.last].start].strip() != ""


def _by(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return who stands behind "by", or in the case of the doer after a passive."""
    marks = [hit for hit in cast.voices if hit.value == "agent" and hit.first >= asked.trigger.last - 1]
    for one in pool:
        if _of_another_blow(one, asked, cast):
            continue
        if any(0 <= one.first - mark.last <= 2 and not _breaks(mark.last, one.first, cast) for mark in marks):
            return one
        if (
            _passive(asked, cast)
            and one.first >= asked.trigger.last
            and cast.words[one.last - 1].form.endswith(cast.endings or ("\0",))
        ):
            return one
    return None


def _of_another_blow(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a party only owns a blow that is not what happened: "the town's liberation … by X's shelling"."""
    if asked.trigger.value in BLOWS | RESULTS or "adjective" not in one.tags:
        return False
    return any(blow.first == one.last and blow.first != asked.trigger.first for blow in cast.blows)


def _breaks(first: int, last: int, cast: Cast) -> bool:
    """Say whether a clause begins between two words: "from which the troops withdrew"."""
    return any(part.opens == "sub" and first <= part.first < last for part in cast.parts)


def _owner(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return whose blow it is: an adjective or owner before the noun, or a name right behind it."""
    for one in pool:
        if "adjective" in one.tags and one.last == asked.trigger.first and "passive" not in asked.trigger.tags:
            return one  # "Russia's bombing": the verb made a noun
    nouns = [hit for hit in cast.blows if hit.first == asked.trigger.first or asked.trigger.value in RESULTS]
    if "noun" in asked.trigger.tags:
        nouns = [asked.trigger, *nouns]
    near = [
        (abs(noun.start - asked.trigger.start), one)
        for noun in nouns
        for one in pool
        if _owns(one, noun, cast) or _struck_by(one, noun, cast)
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _struck_by(one: Named, noun: Hit, cast: Cast) -> bool:
    """Say whether a word for the doer stands between a blow and a party: "shelling by the army"."""
    marks = [mark for mark in cast.voices if mark.value == "agent" and mark.first == noun.last]
    return any(0 <= one.first - mark.last <= 1 for mark in marks)


def _owns(one: Named, noun: Hit, cast: Cast) -> bool:
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


def _subject(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return who stands before an active verb; of several the nearest that is no one's adjective for something hit."""
    trigger = asked.trigger
    if _passive(asked, cast):
        return None
    if trigger.value in OWN_DOING:
        pool = [one for one in pool if not one.force.endswith("_forces")]  # they break up, not rally
    begin = _begin(trigger, cast)
    before = [
        one
        for one in pool
        if one.last <= trigger.first
        and (
            one.last == begin
            or (one.first >= begin and not _governed(one, asked, cast) and not _taken(one, asked, cast))
        )
    ]
    return before[-1] if before else None


def _taken(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a party is the object of another verb: right behind one, in a language that puts no subject there.

    "Troops stormed the rebels' camp, killing six."
    """
    if cast.subjects:
        return False
    small = asked.pack.list("frequent") - asked.pack.list("prepositions")
    active = [verb for verb in cast.verbs if not any(0 <= verb.first - be.last <= 1 for be in cast.passive)]
    behind = [verb for verb in active if 0 <= one.first - verb.last <= 1]
    return any(
        cast.text[verb.end : one.start].strip().lower() in small or verb.last == one.first
        for verb in behind
        if not SIGN.search(cast.text[verb.end : one.start])
    )


def _inverted(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return who stands right behind an active verb in the form of a subject («обстреляла российская армия»)."""
    trigger = asked.trigger
    if not trigger.tags.isdisjoint({"noun", "passive"}) or not cast.subjects:
        return None
    right = [one for one in pool if one.first == trigger.last and "people" not in one.tags]
    right = [one for one in right if "adjective" not in one.tags or (one.role and "thing" not in one.tags)]
    return next((one for one in right if cast.words[one.first].form.endswith(cast.subjects)), None)


def _begin(trigger: Hit, cast: Cast) -> int:
    """Return the word at which the subordinate clause of a trigger begins, 0 where it stands in none.

    Its doer stands in it, or right before it ("the troops who took the town").
    """
    index = holding(cast.parts, trigger.first)
    while index > 0 and cast.parts[index].opens != "sub":
        if cast.parts[index].opens in ("clause", "stop", "after"):
            return 0
        index -= 1
    return cast.parts[index].first


def _governed(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether "on" or the like stands before a party's name, with at most a small word between ("on the")."""
    small = asked.pack.list("frequent")
    for mark in cast.voices:
        gap = one.first - mark.last
        if mark.value == "object" and (gap == 0 or (gap == 1 and cast.words[mark.last].form in small)):
            return True
    return False


def _speaks(one: Named, cast: Cast, trigger: Hit | None) -> bool:
    """Say whether a party only says it: a verb of saying stands right behind its name, or "according to" before."""
    if BARE in one.tags and any(said.first == one.last for said in cast.speech):
        return True
    if _acts(one, cast) or any(_owns(one, blow, cast) for blow in cast.blows):
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


def _acts(one: Named, cast: Cast) -> bool:
    """Say whether a verb that tells of a happening stands right behind a party's name."""
    return any(0 <= verb.first - one.last < PHRASE for verb in cast.verbs)


def _object(one: Named, cast: Cast) -> bool:
    """Say whether "on", "of", "against" stands right before a party's name, or a word of place before a state's."""
    if "country" in one.tags and any(hit.last == one.first for hit in cast.around):
        return True
    if _acts(one, cast) or any(_owns(one, blow, cast) for blow in cast.blows if one.last <= blow.first):
        return False
    return any(hit.value == "object" and hit.last == one.first for hit in cast.voices)


# --- to whom ---


def _target(asked: Asked, cast: Cast, actor: Named | None) -> tuple[Named | None, str]:
    kind = asked.trigger.value
    if kind in OWN_DOING:
        return None, ""
    rest = [one for one in cast.named if one.force and one is not actor and one.tags.isdisjoint({"nation", BARE})]
    rest = [one for one in rest if asked.within(one.start, one.end)]
    rest = [one for one in rest if "country" not in one.tags or not any(hit.last == one.first for hit in cast.around)]
    rest = [one for one in rest if not asked.only_says(one.start, one.end)]
    rest = [one for one in rest if "adjective" not in one.tags]  # of a thing or a blow: "Ukrainian grain"
    rest = [
        one
        for one in rest
        if not _speaks(one, cast, asked.trigger) and (not actor or one.code(kind) != actor.code(kind))
    ]
    hit = [one for one in rest if _hit_by(one, asked, cast)]
    people = [one for one in hit if "person" in one.tags or one.role in ("force", "authority") or "people" in one.tags]
    if kind in ON_PEOPLE and people:
        return min(people, key=lambda one: _gap(one, asked.trigger)), "the people that it falls on"
    forces = [one for one in hit if "people" not in one.tags and "country" not in one.tags]
    if forces:
        return min(forces, key=lambda one: _gap(one, asked.trigger)), "the side that it falls on"
    return _private(asked, cast)


def _private(asked: Asked, cast: Cast) -> tuple[Named | None, str]:
    """Return private people where nobody is named whom it falls on and it falls on nobody else as a rule."""
    named = [one for one in cast.named if asked.within(one.start, one.end)]
    if asked.trigger.value not in PRIVATE or any("forces" in one.tags for one in named):
        return None, ""
    hit = asked.trigger
    said = asked.sentence.text[hit.start : hit.end]
    people = Named(hit.start, hit.end, hit.first, hit.last, "civilians", "civilians", frozenset({"people"}), words=said)
    return people, "whom it happens to where no side is named"


def _hit_by(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a party stands where the one hit stands: after an active verb or noun, before or after a passive."""
    if "noun" not in asked.trigger.tags and cast.active and _passive(asked, cast):
        return one.last <= asked.trigger.first
    if "noun" in asked.trigger.tags or _passive(asked, cast):
        return not any(mark.value == "agent" and 0 <= one.first - mark.last <= 2 for mark in cast.voices)
    return one.first >= asked.trigger.last


def _gap(one: Named, trigger: Hit) -> int:
    return max(one.start - trigger.end, trigger.start - one.end, 0)
