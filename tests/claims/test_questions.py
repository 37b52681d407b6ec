"""Single questions of the coder, asked by themselves."""

from __future__ import annotations

from testimonia.claims import clause, count, kind, modality, resistance
from testimonia.packs import LanguagePack, Packs
from testimonia.phrases import Entry, Phrases, words


def made(**tables: tuple[tuple[str, str, str], ...]) -> LanguagePack:
    """Make a pack of a few rows: nothing of the engine may depend on a language."""
    rows = {name: Phrases(Entry(v, p, frozenset(t.split())) for v, p, t in table) for name, table in tables.items()}
    return LanguagePack("xx", "Example", rows, {})


PACK = made(
    triggers=(
        ("killing", "morti*", ""),
        ("detention", "kapti*", "with:person"),
        ("territory", "kapti*", "with:land"),
        ("shelling", "atak*", "means"),
        ("none", "atak* de tuso", ""),
    ),
    cues=(("person", "hom*", ""), ("land", "vilagx*", "")),
    means=(("airstrike", "dron*", ""), ("shelling", "misil*", "")),
    breaks=(("clause", "sed", ""), ("sub", "ke", ""), ("and", "kaj", "")),
    modality=(
        ("denied", "neis", ""),
        ("denied", "ne", "near"),
        ("asserted", "ne nur", ""),
        ("alleged", "lauxdire", "both"),
    ),
    numbers=(("3", "tri", ""), ("20", "dudek", ""), ("100", "cent", "times"), ("1000", "mil", "times")),
    bounds=(("at_least", "almenaux", ""), ("to", "gxis", "")),
    units=(("person", "hom*", ""), ("none", "jar*", "")),
)
PACKS = Packs({"xx": PACK})


def types(text: str) -> list[str]:
    return [hit.value for hit in kind.kinds(text, words(text), PACK, PACKS).value]


def how(text: str) -> list[str | None]:
    split = words(text)
    hits = kind.kinds(text, split, PACK, PACKS).value
    parts = clause.segments(text, split, PACK)
    found = modality.reaches(parts, (), hits, modality.cues(text, split, PACK))
    return [modality.modality(hit, found, text).value for hit in hits]


def test_an_ambiguous_trigger_means_what_its_cue_says() -> None:
    assert types("ili kaptis tri homojn") == ["detention"]
    assert types("ili kaptis la vilagxon") == ["territory"]
    assert types("ili kaptis gxin") == []


def test_an_attack_has_the_type_of_its_means() -> None:
    assert types("atako per drono") == ["airstrike"]
    assert types("atako") == ["shelling"]


def test_missiles_and_drones_under_one_word_are_shelling() -> None:
    assert types("atako per misiloj kaj dronoj") == ["shelling"]


def test_the_longer_phrase_silences_the_shorter_one() -> None:
    assert types("atako de tuso") == []


def test_a_denial_reaches_to_the_next_clause_and_no_further() -> None:
    assert how("li neis ke oni mortigis homojn, sed ili kaptis la vilagxon") == ["denied", "asserted"]


def test_a_near_negation_reaches_only_near() -> None:
    assert how("ili ne mortigis") == ["denied"]
    assert how("ili ne estis tie en la granda kaj bela urbo kaj mortigis") == ["asserted"]


def test_an_exception_denies_nothing() -> None:
    assert how("ili ne nur mortigis") == ["asserted"]


def test_what_stands_beside_a_denial_in_its_clause_is_no_claim() -> None:
    assert how("mortigo ne venis dum atako") == [None, "denied"]


def test_numbers_are_added_and_multiplied() -> None:
    text = "dudek tri homoj, tri mil homoj, 2,5 mil homoj"
    found = [number.low for number in count.numbers(text, words(text), PACK)]
    assert found == [23, 3000, 2500]


def test_bounds_and_ranges_are_kept() -> None:
    text = "almenaux 130 homoj kaj 20 gxis 30 homoj"
    assert [(n.low, n.high) for n in count.numbers(text, words(text), PACK)] == [(130, None), (20, 30)]


def test_a_unit_that_is_none_takes_the_number_away() -> None:
    assert count.numbers("13 jaroj", words("13 jaroj"), PACK) == ()


def test_a_figure_inside_a_name_is_no_number() -> None:
    text = "T-72 kaj 12:30 kaj 2022"
    assert count.numbers(text, words(text), PACK) == ()


def test_every_word_of_a_sentence_is_in_one_segment() -> None:
    text = "unu, du (tri) kaj kvar; sed kvin ke ses"
    split = words(text)
    parts = clause.segments(text, split, PACK)
    assert [at for part in parts for at in range(part.first, part.last)] == list(range(len(split)))


def test_a_short_sentence_is_quoted_whole_and_one_with_a_denial_is_not() -> None:
    assert clause.quoted("short", (0, 2), apart=False) == (0, 5)
    assert clause.quoted("short", (0, 2), apart=True) == (0, 2)


def test_resistance_is_coded_only_for_residents_and_resistance_groups() -> None:
    assert resistance.resistance("refusal", "civilians").value == "private"
    assert resistance.resistance("sabotage", "some_resistance").value == "public_lethal"
    assert resistance.resistance("sabotage", "civilians").value is None
    assert resistance.resistance("protest", "some_forces").value is None
