"""Who did it: of the parties that the words name, the one that the surest rule finds; nobody where none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from testimonia.claims.asked import Asked
from testimonia.claims.cast import (
    BLOWS,
    NEAR,
    PHRASE,
    RESULTS,
    STRUCK,
    Cast,
    acts,
    cast_of,
    desk,
    does,
    gap,
    governed,
    is_hit,
    is_object,
    is_oblique,
    is_passive,
    owns,
    private_people,
    speaks,
    suffers,
)
from testimonia.claims.clause import holding
from testimonia.claims.sides import BARE, SIGN, Named, Stance
from testimonia.phrases import Hit

ACCUSED, SUBJECT, AGENT = "who is accused of it", "before the verb", "behind a word for the doer"
GIVEN = frozenset(("aid", "deployment", "reward"))  # what comes from somebody
BY_LAW = frozenset(("prosecution",))  # an accusation is what a prosecution is
OWN_DOING = frozenset(("protest", "refusal", "demography"))  # whom it happens to does it
REACH = 10  # sentences


def who_did(asked: Asked, cast: Cast) -> tuple[Named | None, str]:
    """Return who did it, and by which rule; nobody where the words name nobody, or somebody of no known side."""
    doers = _doers(asked, cast)
    known = [one for one in doers if one.force]
    for pool in ([one for one in known if BARE not in one.tags], known):  # who is named goes before a noun alone
        found, rule = _doer(asked, cast, pool)
        if found:
            return found, rule
    if _somebody(asked, cast, doers):
        return None, ""
    for search in (_by_nature, _striker, _carried):
        found, rule = search(asked, cast, known)
        if found:
            return found, rule
    return None, ""


def _doers(asked: Asked, cast: Cast) -> list[Named]:
    """Return the parties of a sentence that may do such a thing at all."""
    kind = asked.trigger.value
    usable = [one for one in cast.named if not speaks(one, cast, asked.trigger) and not is_object(one, cast)]
    doers = [one for one in usable if ("people" not in one.tags or kind in OWN_DOING) and not desk(one, kind)]
    if kind == "protest":  # no state does
        return [one for one in doers if "country" not in one.tags and one.role != "authority"]
    return doers


def _somebody(asked: Asked, cast: Cast, doers: Sequence[Named]) -> bool:
    """Say whether somebody of an unknown side does it; bare forces may be those of the sentence before."""
    found, _ = _doer(asked, cast, [one for one in doers if not one.force])
    struck = asked.trigger.value in BLOWS | RESULTS  # which no office does
    return found is not None and "forces" not in found.tags and not (struck and "authorities" in found.tags)


def _by_nature(asked: Asked, cast: Cast, known: Sequence[Named]) -> tuple[Named | None, str]:
    """Return who does what only they do: people protest, a state tries, forces move, an office helps."""
    kind = asked.trigger.value
    behind = range(asked.trigger.last, asked.trigger.last + 2)  # "withdrawal of X" itself
    pool = [one for one in cast.named if one.force] if kind == "deployment" else known
    inside = [one for one in pool if asked.within(one.start, one.end)]
    inside = [one for one in inside if one.first in behind or not governed(one, asked, cast)]
    if kind == "protest":
        armed = any(one.last == asked.trigger.first and one.force.endswith("_forces") for one in inside)
        return (None, "") if armed else (private_people(asked), "who does it where nobody is named")
    if kind in BY_LAW:
        return _state(asked, cast.taken)
    if kind == "deployment":
        return _moving(asked, cast, inside)
    helpers = [one for one in inside if _helps(one) and one.first != asked.trigger.last] if kind == "aid" else []
    return (helpers[0], "whose help it is") if len({one.authority for one in helpers}) == 1 else (None, "")


def _moving(asked: Asked, cast: Cast, inside: Sequence[Named]) -> tuple[Named | None, str]:
    """Return the forces that are moved, which move themselves."""
    moved = [one for one in inside if one.tags & {"person", "adjective"} and one.role in ("", "force")]
    moved = [one for one in moved if is_hit(one, asked, cast) and not one.force.endswith("_authorities")]
    return (min(moved, key=lambda one: gap(one, asked.trigger)), "the forces that move") if moved else (None, "")


def _state(asked: Asked, taken: Stance) -> tuple[Named | None, str]:
    """Return whose law it is: the office named last, else the one state that a document from abroad is about."""
    for quote in reversed(asked.before[-REACH:]):
        offices = [one for one in cast_of(asked, quote.text, taken).named if _office(one)]
        if offices:
            return offices[-1], "the office that the sentence before names"
    code = taken.home if taken.abroad else ""
    return (replace(private_people(asked), force=code, authority=code), "whose law it is") if code else (None, "")


def _office(one: Named) -> bool:
    """Say whether a party is named as a government or one of its offices."""
    return bool(one.force) and (one.role == "authority" or one.force.endswith(("_authorities", "_government")))


def _helps(one: Named) -> bool:
    """Say whether a party is an office or a group that helps others, and no state alone."""
    return (_office(one) and "adjective" not in one.tags) or one.force == "ngo_un"


def _doer(asked: Asked, cast: Cast, doers: Sequence[Named]) -> tuple[Named | None, str]:
    """Return who of these does it, by the surest rule that finds somebody: in the clause, else in the sentence."""
    inside = [one for one in doers if asked.within(one.start, one.end)]
    outside = [one for one in doers if one not in inside and _leads(one, asked, cast)]
    for pool, where in ((inside, "the clause"), (outside, "the sentence")):
        for search, rule in (
            (_between, "the first of both who fight"),
            (_accused, ACCUSED),
            (_by, AGENT),
            (_owner, "whose blow it is"),
            (_subject, SUBJECT),
            (_inverted, "right behind the verb"),
        ):
            found = search(asked, cast, pool)
            if found:
                return found, f"{rule}, in {where}"
    return None, ""


def _leads(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a party outside the clause strikes, or does what an earlier verb tells ("they came, and …")."""
    if any(does(one, strike, cast) for strike in cast.strikes):
        return True
    finite = asked.trigger.tags.isdisjoint({"noun", "passive"})
    return finite and one.last <= asked.trigger.first and acts(one, cast)


def _between(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return the first of both sides of a fight: "fighting between A and B"."""
    marks = [hit for hit in cast.voices if hit.value == "between" and asked.within(hit.start, hit.end)]
    if asked.trigger.value != "clash" or not marks:
        return None
    return next((one for one in pool if 0 <= one.first - marks[0].last <= PHRASE), None)


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


def _striker(asked: Asked, cast: Cast, doers: Sequence[Named]) -> tuple[Named | None, str]:
    """Return whose blow the same sentence tells of, where what it did to people and things is told after it."""
    if asked.trigger.value not in RESULTS - {"displacement"} or cast.doubted:
        return None, ""
    earlier = [hit for hit in cast.strikes if hit.first < asked.trigger.first]
    before = [hit for hit in earlier if hit.tags.isdisjoint({"noun", "passive"})]
    found = [one for hit in before for one in doers if does(one, hit, cast) and not governed(one, asked, cast)]
    return (found[-1], "whose blow the sentence tells of") if len({one.force for one in found}) == 1 else (None, "")


def _carried(asked: Asked, cast: Cast, _: Sequence[Named]) -> tuple[Named | None, str]:
    """Return whose blow the sentences before tell of, where this one goes on telling what it did and names nobody.

    A sentence that denies or only alleges something hands on nobody, and what did not happen nobody did.
    """
    if asked.trigger.value not in BLOWS | RESULTS - {"displacement"} or asked.modality == "denied":
        return None, ""
    for quote in reversed(asked.before[-REACH:]):
        earlier = cast_of(asked, quote.text, cast.taken)
        doers = [one for one in _forces(earlier) if any(does(one, strike, earlier) for strike in earlier.strikes)]
        known = [one for one in doers if one.force and BARE not in one.tags]
        if len({one.force for one in known}) == 1 and not earlier.doubted:
            own = known[0].force in _fallen(asked, cast)
            return (None, "") if own else (known[0], "whose blow the sentence before tells of")
        if doers:
            return None, ""
    return None, ""


def _forces(cast: Cast) -> list[Named]:
    """Return the parties of a sentence that may strike."""
    armed = [one for one in cast.named if "people" not in one.tags and not desk(one, "shelling")]
    return [one for one in armed if not speaks(one, cast, None) and not is_object(one, cast)]


def _fallen(asked: Asked, cast: Cast) -> frozenset[str]:
    """Return the sides whose soldiers were killed or hurt, who did not do it themselves."""
    if asked.trigger.value not in ("killing", "injury"):
        return frozenset()
    people = (one for one in cast.named if "person" in one.tags and asked.within(one.start, one.end))
    return frozenset(one.force for one in people if is_hit(one, asked, cast))


def _by(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return who stands behind "by", or in the case of the doer after a passive."""
    words = ("agent", "source") if asked.trigger.value in STRUCK | GIVEN else ("agent",)
    marks = [hit for hit in cast.voices if hit.value in words and hit.first >= asked.trigger.last - 1]
    marks = [mark for mark in marks if not _of_another(mark, asked, cast)]
    for one in pool:
        if _of_another_blow(one, asked, cast):
            continue
        if any(0 <= one.first - mark.last <= 2 and not _breaks(mark.last, one.first, cast) for mark in marks):
            return one
        if (
            is_passive(asked, cast)
            and one.first >= asked.trigger.last
            and cast.words[one.last - 1].form.endswith(cast.endings["ending"])
        ):
            return one
    return None


def _of_another(mark: Hit, asked: Asked, cast: Cast) -> bool:
    """Say whether "by" stands right behind another participle, which tells of no blow: "the towns held by X"."""
    at = mark.first - 1
    if at <= asked.trigger.last or not cast.words[at].form.endswith(cast.endings["participle"]):
        return False
    return not any(verb.first <= at < verb.last and verb.value in STRUCK | RESULTS for verb in cast.verbs)


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
        if owns(one, noun, cast) or _struck_by(one, noun, cast)
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _struck_by(one: Named, noun: Hit, cast: Cast) -> bool:
    """Say whether a word for the doer stands between a blow and a party: "shelling by the army"."""
    marks = [mark for mark in cast.voices if mark.value == "agent" and mark.first == noun.last]
    return any(0 <= one.first - mark.last <= 1 for mark in marks)


def _subject(asked: Asked, cast: Cast, pool: Sequence[Named]) -> Named | None:
    """Return who stands before an active verb; of several the nearest that is no one's adjective for something hit."""
    trigger = asked.trigger
    if is_passive(asked, cast):
        return None
    if trigger.value in OWN_DOING:
        pool = [one for one in pool if not one.force.endswith("_forces")]  # they break up, not rally
    begin = _begin(trigger, cast)
    before = [
        one
        for one in pool
        if one.last <= trigger.first
        and not is_oblique(one, cast)
        and not suffers(one, asked, cast)
        and (
            one.last == begin
            or (one.first >= begin and not governed(one, asked, cast) and not _taken(one, asked, cast))
        )
    ]
    return before[-1] if before else None


def _taken(one: Named, asked: Asked, cast: Cast) -> bool:
    """Say whether a party is the object of another verb: right behind one, in a language that puts no subject there.

    "Troops stormed the rebels' camp, killing six."
    """
    if cast.endings["subject"]:
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
    if not trigger.tags.isdisjoint({"noun", "passive"}) or not cast.endings["subject"]:
        return None
    right = [one for one in pool if one.first == trigger.last and "people" not in one.tags]
    right = [one for one in right if "adjective" not in one.tags or (one.role and "thing" not in one.tags)]
    return next((one for one in right if cast.words[one.first].form.endswith(cast.endings["subject"])), None)


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
