"""Who did it, and to whom: the parties that the words of the sentence name.

No parser: a doer is what stands before an active verb, behind "by" after a passive one, or owns a blow ("Russian
strike", "обстріл росіян"); the one hit is what stands behind "on" or after the verb, or before a passive. Codes follow
the words and their speaker, never what is likely. "The enemy" is whom the loaded words of the same document mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.clause import Segment, holding, segments
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Hit, Word, longest, words
from testimonia.records import Reason

# What a state does through its offices rather than its forces, where the words name only the state.
BY_AUTHORITY = frozenset(
    ("prosecution", "restriction", "imposition", "deportation", "reward", "aid", "demography", "disclosure",
     "conscription", "deprivation", "symbolic", "refusal", "protest")
)  # fmt: skip
ON_PEOPLE = frozenset(
    ("killing", "injury", "torture", "sexual_violence", "detention", "prosecution", "deportation", "conscription",
     "displacement", "deprivation", "restriction", "imposition", "assassination", "aid", "reward")
)  # fmt: skip
BLOWS = frozenset(("shelling", "airstrike", "clash", "explosion", "assassination", "sabotage"))
RESULTS = frozenset(("killing", "injury", "property", "displacement", "deprivation", "explosion"))
BY_LAW = frozenset(("prosecution",))  # an accusation is what a prosecution is
OWN_DOING = frozenset(("protest", "displacement", "refusal", "demography"))  # whom it happens to does it
REACH = 3  # sentences
SIGN = re.compile(r"[,;:.()«»\"]")
NEAR = 4  # words within which an adjective finds its noun, a doer its verb of saying
PHRASE = 3  # words between a noun for a blow and the one who owns it


@dataclass(frozen=True, slots=True)
class Named:
    """A party named in a sentence: the words, its code as a force and as an authority, and how it is used."""

    start: int
    end: int
    first: int
    last: int
    force: str
    authority: str
    tags: frozenset[str]
    role: str = ""

    def code(self, kind: str) -> str:
        """Return the code of the party in a happening of a type."""
        if self.role == "force":
            return self.force
        if self.role == "authority":
            return self.authority
        return self.authority if kind in BY_AUTHORITY else self.force


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties of one sentence, with the blows and the marks of doer and hit that stand around them."""

    text: str
    words: tuple[Word, ...]
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
    cast = _cast(asked.sentence.text, asked.pack, asked.packs, _enemy(asked))
    actor, how = _actor(asked, cast)
    target, what = _target(asked, cast, actor)
    kind = asked.trigger.value
    reasons = tuple(
        Reason("party", f"{side}: {rule}", asked.sentence.text[one.start : one.end])
        for side, one, rule in (("actor", actor, how), ("target", target, what))
        if one
    )
    return Answer((actor.code(kind) if actor else None, target.code(kind) if target else None), reasons)


# --- the parties of a sentence ---


@dataclass(frozen=True, eq=False)
class _Tables:
    pack: LanguagePack
    packs: Packs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tables) and self.pack is other.pack and self.packs is other.packs

    def __hash__(self) -> int:
        return hash((id(self.pack), id(self.packs)))

    def find(self, name: str, split: Sequence[Word]) -> list[Hit]:
        """Return the hits of a table of every region pack in this language."""
        return [hit for region in self.packs.regions for hit in region.table(name, self.pack.code).find(split)]

    def endings(self, kind: str) -> tuple[str, ...]:
        """Return the endings of words that the table of voices lists."""
        entries = (e for region in self.packs.regions for e in region.table("voices", self.pack.code).entries)
        return tuple(entry.phrase for entry in entries if entry.value == kind)


def _cast(text: str, pack: LanguagePack, packs: Packs, enemy: str | None) -> Cast:
    return _cached(text, _Tables(pack, packs), enemy)


@lru_cache(maxsize=4096)
def _cached(text: str, tables: _Tables, enemy: str | None) -> Cast:
    split = words(text)
    pack = tables.pack
    roles = tables.find("roles", split)
    named = [one for hit in longest(tables.find("parties", split)) if (one := _named(hit, text, roles, enemy))]
    triggers: Sequence[Hit] = pack.table("triggers").find(split)
    every: Sequence[Hit] = pack.table("triggers").find(split, overlapping=True)
    voices = [hit for hit in tables.find("voices", split) if hit.value in ("agent", "object", "accused")]
    return Cast(
        text,
        split,
        tuple(named),
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


def _named(hit: Hit, text: str, roles: Sequence[Hit], enemy: str | None) -> Named | None:
    value = hit.value
    if value == "enemy":
        if not enemy:
            return None
        value = enemy
    if not _spelled(hit, text):
        return None
    force, _, authority = value.partition("/")
    role, tags = "", hit.tags
    if "/" in value or "adjective" in hit.tags:
        noun = _noun_role(hit, roles, text) if "adjective" in hit.tags else _noun_before(hit, roles)
        role, tags = (noun.value, tags | noun.tags) if noun else ("", tags)
    if role == "people":
        return Named(hit.start, hit.end, hit.first, hit.last, "civilians", "civilians", frozenset({"people"}))
    return Named(hit.start, hit.end, hit.first, hit.last, force, authority or force, tags, role)


def _spelled(hit: Hit, text: str) -> bool:
    """Say whether a short name in Latin capitals in the table (EU, US) is in capitals in the text too."""
    phrase = hit.entry.phrase
    said = text[hit.start : hit.end]
    letters = [c for c in phrase if c.isalpha()]
    if phrase.isascii() and letters and all(c.isupper() for c in letters) and len(letters) <= 4:
        return said[: len(phrase.rstrip("*"))].upper() == said[: len(phrase.rstrip("*"))]
    return True


def _noun_role(hit: Hit, roles: Sequence[Hit], text: str) -> Hit | None:
    """Return the noun behind an adjective: the nearest of the next few words, over no sign."""
    near = [role for role in roles if 0 <= role.first - hit.last < NEAR]
    near = [role for role in near if not SIGN.search(text[hit.end : role.start])]
    return min(near, key=lambda r: r.first) if near else None


def _noun_before(hit: Hit, roles: Sequence[Hit]) -> Hit | None:
    """Return the noun before the name of a state: "troops of X", «війська РФ»."""
    near = [role for role in roles if 0 <= hit.first - role.last <= 1]
    return max(near, key=lambda r: r.first) if near else None


def _enemy(asked: Asked) -> str | None:
    """Return whom the loaded words of the sentence, the title and the sentences before mean."""
    tables = _Tables(asked.pack, asked.packs)
    texts = (asked.sentence.text, *(quote.text for quote in reversed(asked.before)), asked.document.title or "")
    said = next((code for text in texts if (code := _meant(text, tables))), None)
    rows = [row for region in asked.packs.regions for row in region.rows.get("enemies", ())]
    return said or next((row["party"] for row in rows if row["alignment"] == asked.document.alignment), None)


@lru_cache(maxsize=4096)
def _meant(text: str, tables: _Tables) -> str | None:
    hits = [hit for hit in tables.find("parties", words(text)) if "loaded" in hit.tags and "person" in hit.tags]
    return hits[0].value if hits else None


# --- who did it ---


def _actor(asked: Asked, cast: Cast) -> tuple[Named | None, str]:
    usable = [one for one in cast.named if not _speaks(one, cast, asked.trigger) and not _object(one, cast)]
    doers = [one for one in usable if "people" not in one.tags or asked.trigger.value in OWN_DOING]
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
    striker = _striker(asked, cast, doers)
    if striker:
        return striker, "whose blow the sentence tells of"
    return _carried(asked) if asked.trigger.value in BLOWS | RESULTS - {"displacement"} else (None, "")


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


def _carried(asked: Asked) -> tuple[Named | None, str]:
    """Return whose blow the sentences before tell of, where this one goes on telling what it did and names nobody.

    A sentence that denies or only alleges something hands on nobody.
    """
    for quote in reversed(asked.before[-REACH:]):
        cast = _cast(quote.text, asked.pack, asked.packs, _enemy(asked))
        forces = [
            one
            for one in cast.named
            if "people" not in one.tags and not _speaks(one, cast, None) and not _object(one, cast)
        ]
        doers = [one for one in forces if any(_does(one, strike, cast) for strike in cast.strikes)]
        if len({one.force for one in doers}) == 1 and not cast.doubted:
            return doers[0], "whose blow the sentence before tells of"
        if doers:
            return None, ""
    return None, ""


def _does(one: Named, strike: Hit, cast: Cast) -> bool:
    if "noun" in strike.tags:
        return _owns(one, strike, cast)
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
        if any(0 <= one.first - mark.last <= 2 and not _breaks(mark.last, one.first, cast) for mark in marks):
            return one
        if (
            _passive(asked, cast)
            and one.first >= asked.trigger.last
            and cast.words[one.last - 1].form.endswith(cast.endings or ("\0",))
        ):
            return one
    return None


def _breaks(first: int, last: int, cast: Cast) -> bool:
    """Say whether a clause begins between two words: "from which the troops withdrew"."""
    return any(part.opens == "sub" and first <= part.first < last for part in cast.parts)


def _owner(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return whose blow it is: an adjective or owner before the noun, or a name right behind it."""
    nouns = [hit for hit in cast.blows if hit.first == asked.trigger.first or asked.trigger.value in RESULTS]
    if "noun" in asked.trigger.tags:
        nouns = [asked.trigger, *nouns]
    near = [(abs(noun.start - asked.trigger.start), one) for noun in nouns for one in pool if _owns(one, noun, cast)]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _owns(one: Named, noun: Hit, cast: Cast) -> bool:
    if one.last <= noun.first:
        close = noun.first == one.last and "country" not in one.tags
        return noun.first - one.last < PHRASE and ("adjective" in one.tags or close)
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
        pool = [one for one in pool if not one.code(trigger.value).endswith("_forces")]  # they break up, not rally
    begin = _begin(trigger, cast)
    before = [
        one
        for one in pool
        if one.last <= trigger.first and (one.last == begin or (one.first >= begin and not _governed(one, asked, cast)))
    ]
    return before[-1] if before else None


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
    rest = [one for one in cast.named if one is not actor and asked.within(one.start, one.end)]
    rest = [one for one in rest if "country" not in one.tags or not any(hit.last == one.first for hit in cast.around)]
    rest = [one for one in rest if not asked.only_says(one.start, one.end)]
    rest = [
        one for one in rest if "adjective" not in one.tags or (one.role and "thing" not in one.tags)
    ]  # of a thing: "Ukrainian grain"
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
    return None, ""


def _hit_by(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a party stands where the one hit stands: after an active verb or noun, before or after a passive."""
    if "noun" not in asked.trigger.tags and cast.active and _passive(asked, cast):
        return one.last <= asked.trigger.first
    if "noun" in asked.trigger.tags or _passive(asked, cast):
        return not any(mark.value == "agent" and 0 <= one.first - mark.last <= 2 for mark in cast.voices)
    return one.first >= asked.trigger.last


def _gap(one: Named, trigger: Hit) -> int:
    return max(one.start - trigger.end, trigger.start - one.end, 0)
