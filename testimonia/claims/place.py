"""Where it happened: the most specific place that the words name, and the first-level unit it lies in.

Never guessed. A name with several bearers is narrowed by a unit that the sentence or the document names, or by other
places of the text near one of them; where nothing narrows it, the place keeps its name, has no coordinates, and lists
its bearers. The place in the name of an office ("mayor of X") is not where something happened, but may narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from testimonia.claims.asked import Answer, Asked
from testimonia.claims.gazetteer import Known, gazetteer
from testimonia.claims.line import GOVERN
from testimonia.claims.mentions import Mention
from testimonia.claims.offset import between, set_off
from testimonia.claims.scene import state_of
from testimonia.claims.sides import Tables
from testimonia.claims.times import times
from testimonia.claims.toponyms import Toponyms
from testimonia.claims.which import Context, largest
from testimonia.packs import Packs
from testimonia.phrases import Hit
from testimonia.places.book import Bearer
from testimonia.records import Count, Place, Precision, Quote, Reason

ROLES = {"in": 0, "to": 1, "list": 2, "": 3, "from": 4}
GOES_ON = frozenset(
    (
        "killing",
        "injury",
        "shelling",
        "airstrike",
        "explosion",
        "property",
        "clash",
        "displacement",
        "deprivation",
        "sabotage",
        "assassination",
    )
)
LIFE = frozenset(("displacement", "deprivation"))  # what befalls a town, not the site of a blow
REACH = 6  # sentences
HARM = frozenset(("killing", "injury", "displacement", "deprivation", "aid"))  # may befall people far from a site
BLOWS = frozenset(("shelling", "airstrike", "clash", "explosion"))
CLOSE = 12  # characters
WELL_KNOWN = 5_000  # people of a town that may be meant in a text about another region
POINTS = ("site", "settlement", "hromada", "district")


def place(asked: Asked) -> Answer[tuple[Place | None, str | None]]:
    """Return the place, None where only an area is named, and the first-level unit, None where the words do not say."""
    places = known(asked)
    found = places.find(asked.sentence.text)
    spot = _spot(asked, found)
    unit = _unit(asked, found)
    if spot:
        made = resolved(spot, unit, asked, places)
        adm1 = made.adm1 or (unit if unit and not made.id else None)
        return Answer((made, adm1), (Reason("place", spot.role or spot.kind, made.words),))
    if unit:
        return Answer((None, unit), (Reason("place", "an area only", unit),))
    shared = _shared_unit(asked, found, places)
    if shared:
        return Answer((None, shared), (Reason("place", "the unit of all places of a list", shared),))
    return _carried(asked, found, places)


def known(asked: Asked) -> Known:
    """Return the gazetteer as the document sees it."""
    states = state_of(f"{asked.document.title or ''}\n{asked.document.text}", Tables.of(asked.pack, asked.packs))
    return gazetteer(asked.pack, asked.packs).among(states)


def of_many(
    found: Answer[tuple[Place | None, str | None]], counts: Sequence[Count], trigger: Hit
) -> tuple[Place | None, str | None]:
    """Return the place where a happening has several counts: none where only a part of them need lie there.

    "The region was shelled 71 times, the town 41 times of those": a name that no word of place governs may be of one.
    """
    same = len(counts) > 1 and len({count.unit for count in counts}) == 1
    rules = {reason.rule for reason in found.reasons}
    if same and trigger.value in BLOWS and rules & {"settlement", "list"}:
        return None, found.value[1]
    return found.value


def _carried(asked: Asked, found: Sequence[Mention], places: Known) -> Answer[tuple[Place | None, str | None]]:
    """Answer with the place of a sentence shortly before, where a sentence names none at all and goes on telling.

    News tell one happening over several sentences and name its place once. Only blows and what they did to people and
    things go on so; a sentence that names any other place, if only a country, does not.
    """
    if asked.trigger.value not in GOES_ON or any(_says_where(m) for m in found) or _unnamed(asked, "wide"):
        return Answer((None, None))
    if _unnamed(asked, "apart"):
        return _throughout(asked, places)
    dated = any(span.precision == "day" for span in times(asked.sentence.text, asked.pack, asked.packs, asked.document))
    for quote in reversed(asked.before[-REACH:]):
        if quote.paragraph != asked.sentence.paragraph and dated:
            break  # a day of its own in a paragraph of its own: another happening
        mentions = [m for m in places.find(quote.text) if _says_where(m)]
        if mentions:
            return _gone_on(asked, quote, mentions, places)
    return _throughout(asked, places)


def _gone_on(
    asked: Asked, quote: Quote, mentions: Sequence[Mention], places: Known
) -> Answer[tuple[Place | None, str | None]]:
    """Answer with the one place, or else the one unit, that a sentence before names."""
    told = {m.name for one in asked.before for m in places.find(one.text) if m.role == "in"}
    spots = [m for m in mentions if m.kind in POINTS and not is_metonym(m) and (m.role == "in" or m.name in told)]
    spots = spots or _struck(asked, quote, mentions)
    spots = [m for m in spots if m.kind != "site" or asked.trigger.value not in LIFE]
    units = {m.name for m in mentions if m.kind == "unit"}
    unit = units.pop() if len(units) == 1 else None
    if len({m.name for m in spots}) == 1 and not _elsewhere(asked, spots[0], places):
        made = resolved(spots[0], unit, replace(asked, sentence=quote), places)
        return Answer((made, made.adm1 or unit), (Reason("place", "goes on from a sentence before", made.words),))
    if unit:
        return Answer((None, unit), (Reason("place", "goes on from a sentence before", unit),))
    return _throughout(asked, places)


def _struck(asked: Asked, quote: Quote, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the one place that the sentence right before names bare beside a blow, where a blow goes on being told.

    "He denied that the army had shelled the centre of X. The strike was the other side's."
    """
    if asked.trigger.value not in BLOWS or not asked.before or asked.before[-1] is not quote:
        return []
    blows = [hit for hit in asked.pack.table("triggers").find(quote.text) if hit.value in BLOWS]
    bare = [m for m in mentions if m.kind == "settlement" and m.role == "" and m.bearers and not is_metonym(m)]
    return bare if blows and len({m.name for m in bare}) == 1 else []


def _unnamed(asked: Asked, *values: str) -> bool:
    """Say whether the clause says where by words that name no place: "the occupied territories", "the right bank"."""
    hits = (
        hit
        for region in asked.packs.regions
        for hit in region.table("around", asked.pack.code).find(asked.words, overlapping=True)
    )
    return any(hit.value in values and asked.within(hit.start, hit.end) for hit in hits)


def _elsewhere(asked: Asked, spot: Mention, places: Known) -> bool:
    """Say whether the sentences before tell of several places, so that the last named need not be where it goes on."""
    near = [m for quote in asked.before[-REACH:] for m in places.find(quote.text)]
    named = {m.name for m in near if m.kind == spot.kind and m.role == "in" and not is_metonym(m)}
    return len(named - {spot.name}) > 0


def _throughout(asked: Asked, places: Known) -> Answer[tuple[Place | None, str | None]]:
    """Answer with the unit in which all places lie that the document has named so far, if it is one."""
    unit = _only_unit(asked, places)
    return (
        Answer((None, unit), (Reason("place", "the only unit named so far", unit),)) if unit else Answer((None, None))
    )


def _only_unit(asked: Asked, places: Known) -> str | None:
    named = [m for quote in asked.before for m in places.find(quote.text) if m.role != "office"]
    units = {m.name for m in named if m.kind == "unit"}
    units |= {b.adm1 or "" for m in named if m.bearers and not is_metonym(m) and (b := largest(m.bearers))}
    return units.pop() or None if len(units) == 1 else None


def _says_where(mention: Mention) -> bool:
    """Say whether a mention may say where something happens: no office, and a state only behind a word of place."""
    if mention.kind == "country" or is_metonym(mention):
        return mention.role in ("in", "list")
    return mention.role != "office"


def _spot(asked: Asked, found: Sequence[Mention]) -> Mention | None:
    """Return the mention that says where: inside the clause before outside, sites first, then by role and nearness.

    A clause that names an area says where by that; no place outside it does then.
    """
    usable = [m for m in found if m.kind in POINTS and m.role != "office" and not is_metonym(m, asked.trigger)]
    usable = [m for m in usable if m.role or not asked.only_says(m.start, m.end)]  # "Judge Vaughan Brown said"
    parts = [m.end for m in usable if m.kind == "district"]
    usable = [m for m in usable if not any(0 <= m.start - end <= 2 for end in parts)]  # the town of a part just named
    inside = [m for m in usable if asked.within(m.start, m.end)]
    area = any(m.kind not in POINTS and m.role in ("in", "list") and asked.within(m.start, m.end) for m in found)
    if asked.trigger.value in HARM and (area or _parted(asked, found) or _unnamed(asked, "wide", "apart")):
        usable = [m for m in usable if m.kind != "site" or _governed(asked, m)]
        inside = [m for m in inside if m in usable]
    for pool in (inside, [] if area else usable):
        if pool:
            best = min(pool, key=lambda m: (m.kind != "site", ROLES.get(m.role, 3), _gap(asked, m), m.start))
            return None if _listed(pool, best) and best.offset.relation != "between" else best
    return None


def _parted(asked: Asked, found: Sequence[Mention]) -> bool:
    """Say whether behind a toll the sentence parts it among units: "16 died: 14 in one region and two in another"."""
    behind = [m for m in found if m.kind == "unit" and m.role != "office" and m.start > asked.trigger.end]
    if asked.trigger.value not in HARM or len({m.name for m in behind}) < 2:
        return False
    between = asked.sentence.text[asked.trigger.end : behind[0].start]
    return ":" in between and any(char.isdigit() for char in between.partition(":")[2])


def _governed(asked: Asked, site: Mention) -> bool:
    """Say whether a word of place stands before a site, with at most a small word between ("at the dam")."""
    small = site.first - 1 if asked.words[site.first - 1].form in asked.pack.list("frequent") else site.first
    return any(
        hit.value in GOVERN and hit.last in (small, site.first)
        for region in asked.packs.regions
        for hit in region.table("around", asked.pack.code).find(asked.words, overlapping=True)
    )


def _gap(asked: Asked, mention: Mention) -> int:
    """Return how far a mention stands from the words that name the happening; before them counts a little more."""
    if mention.start >= asked.trigger.end:
        return mention.start - asked.trigger.end
    return int(1.5 * max(asked.trigger.start - mention.end, 0))


def _shared_unit(asked: Asked, found: Sequence[Mention], places: Known) -> str | None:
    """Return the unit in which all places of a list lie, None where there is no list or no one unit."""
    inside = [m for m in found if m.kind == "settlement" and m.bearers and asked.within(m.start, m.end)]
    if not any(m.role == "list" for m in inside):
        return None
    context = _context(asked, places)
    which = [context.chosen(m.bearers, None, m.end) for m in inside if m.role != "office" and not is_metonym(m)]
    units = {bearer.adm1 for bearers in which for bearer in bearers}
    return units.pop() if len(units) == 1 else None


def _listed(pool: Sequence[Mention], best: Mention) -> bool:
    """Say whether several places stand under one happening, so that none of them is the place of it."""
    rest = [
        m for m in pool if m.role == "list" and m.start > best.start and m.kind == best.kind and m.name != best.name
    ]
    return bool(rest) and best.kind == "settlement"


def is_metonym(mention: Mention, trigger: Hit | None = None) -> bool:
    """Say whether a capital's name that no word of place governs may stand for its government; not behind a blow."""
    if trigger and trigger.value in GOES_ON and 0 <= mention.start - trigger.end <= CLOSE:
        return False
    return mention.role in ("", "to") and any(b.population > 2_000_000 for b in mention.bearers)


def _unit(asked: Asked, found: Sequence[Mention]) -> str | None:
    """Return the first-level unit named in the clause, else in the sentence."""
    units = [m for m in found if m.kind == "unit"]
    inside = [m for m in units if asked.within(m.start, m.end) and m.role != "office"]
    free = inside or [m for m in units if m.role != "office"] or units
    if len({m.name for m in free}) > 1 and (_parted(asked, free) or any(m.role == "list" for m in free)):
        return None  # several units under one happening: none of them is where it was
    return min(free, key=lambda m: _gap(asked, m)).name if free else None


# --- which bearer of a name ---


def _context(asked: Asked, places: Known) -> Context:
    before = (asked.document.title or "", *(quote.text for quote in asked.before))
    return Context(places, asked.sentence.text, before)


def resolved(spot: Mention, unit: str | None, asked: Asked, places: Known) -> Place:
    """Return the place that a mention means, `unit` being the first-level unit of its clause; never guessed."""
    words = asked.sentence.text[spot.start : spot.end]
    context = _context(asked, places)
    bearers = context.chosen(spot.bearers, unit, spot.end)
    area = unit or _area(asked, places)
    if not bearers or _unlikely(spot, bearers, area, places):
        return _unlisted(spot, words, unit, asked, places)
    if len(bearers) == 1:
        return joined(placed(bearers[0], spot, words), spot, context)
    return unresolved(bearers, spot, words)


def unresolved(bearers: Sequence[Bearer], spot: Mention, words: str) -> Place:
    """Return the place of a name that several bear; a site of which only the town is open stays a site."""
    shared = {bearer.adm1 for bearer in bearers}
    adm1 = shared.pop() if len(shared) == 1 else None
    precision: Precision = "site" if spot.kind == "site" else "unresolved"
    ids = tuple(sorted(bearer.id for bearer in bearers))
    here = Place(bearers[0].name, None, adm1, precision=precision, words=words, candidates=ids)
    return set_off(here, spot.offset, None)


def _unlikely(spot: Mention, bearers: Sequence[Bearer], area: str | None, places: Known) -> bool:
    """Say whether a name is rather that of a place that no table holds: those it holds lie elsewhere, and are small.

    All settlements of a unit are known only where there is a codifier: what it lists elsewhere may be meant in a text
    about such a unit, and is hardly meant in one about another; the seat of a district has its name elsewhere too.
    """
    if area is None or any(bearer.adm1 == area for bearer in bearers):
        return False
    if spot.kind == "district":
        return all(bearer.kind == "settlement" for bearer in bearers)
    listed = area in places.places.names.book.codified
    small = all((bearer.code is None or not listed) and bearer.population < WELL_KNOWN for bearer in bearers)
    return small and spot.kind == "settlement"


def _area(asked: Asked, places: Known) -> str | None:
    """Return the one first-level unit that a text has named so far, if only in the name of an office."""
    texts = (asked.document.title or "", *(quote.text for quote in asked.before), asked.sentence.text)
    named = [m for text in texts for m in places.find(text) if m.kind == "unit"]
    for units in ({m.name for m in named if m.role != "office"}, {m.name for m in named}):
        if units:
            return units.pop() if len(units) == 1 else None
    return None


def placed(bearer: Bearer, spot: Mention, words: str) -> Place:
    """Return the place that a mention of one bearer is."""
    if spot.kind == "district" and bearer.kind == "settlement":  # the district around a town
        return Place(f"{bearer.name} District", None, bearer.adm1, bearer.country, precision="district", words=words)
    precision = PRECISION.get(bearer.kind, "settlement")
    here = Place(bearer.name, bearer.id, bearer.adm1, bearer.country, bearer.lat, bearer.lon, precision, words)
    return set_off(here, spot.offset, bearer.radius)


def joined(here: Place, spot: Mention, context: Context) -> Place:
    """Return the line between a place and the next that the sentence names, where it lies between the two."""
    if spot.offset.relation != "between":
        return here
    behind = next((m for m in context.here if m.start > spot.start and m.role == "list" and m.bearers), None)
    others = context.chosen(behind.bearers) if behind else ()
    return between(here, others[0]) if len(others) == 1 else here


PRECISION: dict[str, Precision] = {
    "site": "site", "settlement": "settlement", "part": "settlement", "hromada": "hromada", "district": "district",
}  # fmt: skip


def _unlisted(spot: Mention, words: str, unit: str | None, asked: Asked, places: Known) -> Place:
    """Return a place whose name no table holds."""
    if spot.kind in ("district", "hromada"):
        name = district_name(
            words, places.places.names, asked.packs, "District" if spot.kind == "district" else "Hromada"
        )
        adm1 = unit or _area(asked, places) or _around(asked, places)
        return Place(name, None, adm1, precision=PRECISION[spot.kind], words=words)
    name = romanised(spot.name, asked.packs, asked.pack.code)
    return Place(name, None, unit or _area(asked, places) or _only_unit(asked, places), words=words)


def _around(asked: Asked, places: Known) -> str | None:
    """Return the unit of a town that the sentence names beside a part of it."""
    towns = [m for m in places.find(asked.sentence.text) if m.kind == "settlement" and m.bearers]
    top = [b for m in towns if (b := largest(m.bearers))]
    return top[0].adm1 if top else _only_unit(asked, places)


# --- names that no table holds ---


def romanised(name: str, packs: Packs, lang: str) -> str:
    """Write a name in Latin letters by the region's table of letters; a name without such letters stays as it is."""
    letters = {
        row["letter"]: row for region in packs.regions for row in region.rows.get("letters", ()) if row["lang"] == lang
    }
    out = ""
    for at, char in enumerate(name):
        row = letters.get(char.lower())
        start = at == 0 or not name[at - 1].isalpha()
        part = (row["start"] if start else row["inside"]) if row else char
        out += part.capitalize() if char.isupper() else part
    return out


def district_name(words: str, places: Toponyms, packs: Packs, kind: str = "District") -> str:
    """Return the English name of a part of a town, from its adjective in any case form: "Desnianskyi District"."""
    adjective = words.split(maxsplit=1)[0]
    if adjective.isascii():
        return f"{adjective} {kind}"
    ending = next((e for e in places.endings if adjective.endswith(e)), "")
    return f"{romanised(adjective.removesuffix(ending) + places.nominative, packs, places.lang)} {kind}"
