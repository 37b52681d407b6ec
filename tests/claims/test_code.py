"""The coder as a whole: what it promises for every document, whatever it says and whoever is meant."""

from __future__ import annotations

import importlib
import time

import pytest

from testimonia.claims import CODED, QUESTIONS, code
from testimonia.packs import LanguagePack, Packs
from testimonia.read import read
from testimonia.records import Document, Quote
from tests.claims.cases import coded

REPORT = """Three killed in shelling of the market

The governor said three people were killed and five wounded when shells hit the market on Monday. \
“They looted our shop,” said Maria Holub, a resident.

The ministry denied that its troops shelled the market. Residents fled, but 12 activists were detained.
"""


def test_the_words_of_every_claim_stand_in_the_document(packs: Packs) -> None:
    claims = coded(REPORT, packs)
    assert claims
    assert all(claim.quote.text == REPORT[claim.quote.start : claim.quote.end] for claim in claims)


def test_claims_come_in_text_order_and_none_twice(packs: Packs) -> None:
    claims = coded(REPORT, packs)
    assert [c.quote.start for c in claims] == sorted(c.quote.start for c in claims)
    assert len({c.id for c in claims}) == len(claims)


def test_the_same_document_gives_the_same_claims(packs: Packs) -> None:
    assert coded(REPORT, packs) == coded(REPORT, packs)


def test_every_claim_names_the_phrase_that_it_was_coded_by(packs: Packs) -> None:
    for claim in coded(REPORT, packs):
        named = [reason for reason in claim.reasons if reason.question == "kind"]
        assert len(named) == 1
        assert named[0].words in REPORT


def test_every_question_has_a_file() -> None:
    assert all(importlib.import_module(f"testimonia.claims.{name}").__doc__ for name in QUESTIONS)


def test_a_headline_that_the_lead_repeats_is_told_once(packs: Packs) -> None:
    killed = [c for c in coded(REPORT, packs) if c.type == "killing" and c.modality == "asserted"]
    assert len(killed) == 1
    assert killed[0].speaker is not None


def test_a_number_told_again_further_down_is_one_claim(packs: Packs) -> None:
    text = "A blast killed 14 people in the town. Rescuers came. The blast killed 14 people, it said."
    assert len([c for c in coded(text, packs) if c.type == "killing"]) == 1


def test_a_stretch_in_no_known_language_gives_no_claim(packs: Packs) -> None:
    text = "Three people were killed."
    document = Document(sha256="x", text=text, file="x.txt")
    assert code(document, [Quote(document.id, 0, len(text), text, "sentence", "und")], packs) == ()


def test_an_empty_document_gives_no_claim(packs: Packs) -> None:
    assert coded("", packs) == ()


def test_direct_speech_is_not_coded_twice(packs: Packs) -> None:
    text = "“They abducted my husband and 2 neighbours,” the teacher said."
    document = Document(sha256="x", text=text, file="x.txt", lang="en")
    quotes = read(document, packs)
    assert any(quote.kind not in CODED for quote in quotes)
    assert len([c for c in code(document, quotes, packs) if c.type == "detention"]) == 1


def test_a_pack_without_tables_gives_no_claim() -> None:
    text = "Three people were killed."
    document = Document(sha256="x", text=text, file="x.txt")
    quote = Quote(document.id, 0, len(text), text, "sentence", "xx")
    assert code(document, [quote], Packs({"xx": LanguagePack("xx", "Nothing", {}, {})})) == ()


def test_a_broken_text_without_stops_is_passed_over(packs: Packs) -> None:
    text = "killed 5 and wounded 7, denied that " * 3000
    document = Document(sha256="x", text=text, file="x.txt", lang="en")
    assert code(document, [Quote(document.id, 0, len(text), text, "sentence", "en")], packs) == ()


def test_time_grows_with_the_length_of_a_document(packs: Packs) -> None:
    """Twice as many sentences may take some more than twice as long, never four times."""

    def seconds(times: int) -> float:
        text = "".join(f"Shells hit house {at} and {at + 2} people fled.\n" for at in range(times))
        document = Document(sha256="x", text=text, file="x.txt", lang="en")
        quotes = read(document, packs)
        begun = time.process_time()
        code(document, quotes, packs)
        return time.process_time() - begun

    seconds(50)
    assert min(seconds(800) for _ in range(2)) < 3.2 * seconds(400) + 0.5


SIDES = (("Russian", "Ukrainian"), ("Moscow", "Kyiv"))
CODES = {"ru": "ua", "ua": "ru"}
EITHER = (
    "Russian troops killed three Ukrainian soldiers.",
    "Moscow denied that Russian forces shelled the market.",
    "Russian forces captured the village, Moscow said.",
    "Ukrainian soldiers were captured by Russian forces.",
    "Kyiv accused Russian soldiers of looting.",
    "A Russian missile strike killed at least 7 civilians.",
    "Russian troops retreated, according to Kyiv.",
)


def swapped(text: str) -> str:
    for one, other in SIDES:
        text = text.replace(one, "\0").replace(other, one).replace("\0", other)
    return text


def other_side(code: str | None) -> str | None:
    side, _, rest = (code or "").partition("_")
    return f"{CODES[side]}_{rest}" if side in CODES else code


@pytest.mark.parametrize("text", EITHER)
def test_the_sides_are_coded_alike(text: str, packs: Packs) -> None:
    one, other = coded(text, packs), coded(swapped(text), packs)
    assert one
    assert [(c.type, c.modality, c.group, c.resistance) for c in one] == [
        (c.type, c.modality, c.group, c.resistance) for c in other
    ]
    assert [(c.count.low, c.count.high) if c.count else None for c in one] == [
        (c.count.low, c.count.high) if c.count else None for c in other
    ]
    assert [(other_side(c.actor), other_side(c.target)) for c in one] == [(c.actor, c.target) for c in other]
    assert [swapped(c.speaker.name) if c.speaker else None for c in one] == [
        c.speaker.name if c.speaker else None for c in other
    ]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("Drones attacked the port of Izmail overnight.", "airstrike"),
        ("Rockets hit the port of Izmail overnight.", "shelling"),
        ("The port of Izmail was closed overnight.", "shelling"),
        ("Jets bombed the port of Reni. Rockets hit the port of Izmail overnight.", "shelling"),
    ],
)
def test_the_strike_of_unstated_means_is_the_one_told_before(before: str, kind: str, packs: Packs) -> None:
    claims = coded(f"{before} Moscow denied that it had carried out the strike.", packs)
    assert [claim.type for claim in claims if claim.modality == "denied"] == [kind]


def test_a_blow_that_is_not_the_one_before_stays_what_it_is(packs: Packs) -> None:
    claims = coded("Drones attacked the port of Temryuk. Russia struck Kharkiv, killing two people.", packs)
    assert [claim.type for claim in claims] == ["airstrike", "shelling", "killing"]
