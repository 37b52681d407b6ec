"""Which of ACLED's sub-event types is told of? Scores the codebook's mapping on English snippets with a type each.

    python bench/eventtypes.py SNIPPETS.tsv [--confused]

SNIPPETS.tsv has the columns id, EventSnippet and SubType, as task 2 of the CASE 2021 shared task. Labels that are none
of ACLED's 25 sub-event types are left out. Nothing is trained: the rules alone code a snippet, without any region pack,
and those of the codebook make one sub-event type of what it finds. Where the file is missing it says so: nothing to do.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from testimonia.claims import code
from testimonia.codebook import Codebook, load_codebook
from testimonia.packs import Packs, load_packs
from testimonia.read import read
from testimonia.records import Document
from testimonia.subevents import leading, passage

Pair = tuple[str, str]  # the label given, and the one found ("" for none)

LABELS = {
    "GOV_REGAINS_TERIT": "Government regains territory",
    "NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
    "ARMED_CLASH": "Armed clash",
    "FORCE_AGAINST_PROTEST": "Excessive force against protesters",
    "PROTEST_WITH_INTER": "Protest with intervention",
    "PEACE_PROTEST": "Peaceful protest",
    "VIOL_DEMONSTR": "Violent demonstration",
    "MOB_VIOL": "Mob violence",
    "CHEM_WEAP": "Chemical weapon",
    "AIR_STRIKE": "Air/drone strike",
    "SUIC_BOMB": "Suicide bomb",
    "ART_MISS_ATTACK": "Shelling/artillery/missile attack",
    "REM_EXPLOS": "Remote explosive/landmine/IED",
    "GRENADE": "Grenade",
    "SEX_VIOL": "Sexual violence",
    "ATTACK": "Attack",
    "ABDUCT_DISSAP": "Abduction/forced disappearance",
    "AGREEMENT": "Agreement",
    "ARREST": "Arrests",
    "CHANGE_TO_GROUP_ACT": "Change to group/activity",
    "DISR_WEAP": "Disrupted weapons use",
    "HQ_ESTABLISHED": "Headquarters or base established",
    "PROPERTY_DISTRUCT": "Looting/property destruction",
    "NON_VIOL_TERRIT_TRANSFER": "Non-violent transfer of territory",
    "OTHER": "Other",
}


def snippets(file: Path) -> list[tuple[str, str]]:
    """Read the snippets that have one of the 25 types: text and type."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["EventSnippet"], LABELS[row["SubType"]]) for row in rows if row["SubType"] in LABELS]


def found(text: str, packs: Packs, book: Codebook) -> str:
    """Return the sub-event type of a snippet; nothing where no rule is about it."""
    document = Document(sha256=text, text=text, file="snippet", lang="en")
    claims = code(document, read(document, packs), packs)
    told = leading(passage(claims, text, packs.languages["en"]), book)
    return told.name if told else ""


def pairs(file: Path) -> list[Pair]:
    """Return, for every snippet, the type given and the one found."""
    packs, book = load_packs(["en"], ()), load_codebook()
    return [(given, found(text, packs, book)) for text, given in snippets(file)]


def by_type(scored: Sequence[Pair]) -> dict[str, float]:
    """Return the F1 of each type that is given."""
    given, guessed = Counter(g for g, _ in scored), Counter(f for _, f in scored)
    right = Counter(g for g, f in scored if g == f)
    return {name: 2 * right[name] / (number + guessed[name]) for name, number in given.items()}


def weighted(scored: Sequence[Pair]) -> float:
    """Return the mean of the types' F1, weighted by how often each is given."""
    given, figures = Counter(g for g, _ in scored), by_type(scored)
    return sum(figures[name] * number for name, number in given.items()) / max(1, len(scored))


def told(scored: Sequence[Pair], *, confused: bool) -> None:
    """Print the F1 of each type, and what it was taken for."""
    for name, figure in sorted(by_type(scored).items(), key=lambda one: -one[1]):
        taken = Counter(f or "none" for g, f in scored if g == name != f)
        wrong = f"   {', '.join(f'{other} {n}' for other, n in taken.most_common(4))}" if confused else ""
        print(f"{name:40} {figure:.2f}{wrong}")


def main() -> None:
    """Score the snippets."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("snippets", type=Path)
    ask.add_argument("--confused", action="store_true")
    said = ask.parse_args()
    if not said.snippets.exists():
        print(f"nothing to measure: {said.snippets} is not there")
        return
    scored = pairs(said.snippets)
    told(scored, confused=said.confused)
    print(f"{len(scored)} snippets: weighted F1 {weighted(scored):.3f}")


if __name__ == "__main__":
    main()
