"""The gate, tried by an adversary: what is hidden is in no view, no id and no answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from testimonia.embargo import BLACK, STRETCH, WITHHELD, Embargo
from testimonia.errors import UnknownIdError
from testimonia.lineage import why
from testimonia.link import handle
from testimonia.material import Material
from testimonia.packs import Packs
from testimonia.phrases import words
from testimonia.pipeline import run
from testimonia.project import Project
from testimonia.publish import coded_rows
from testimonia.publish.sheets import line
from testimonia.records import Claim, Failure, Link, Origin, Place, Speaker
from testimonia.search import search
from testimonia.show import Wanted, show_claims, show_events
from testimonia.store import Store
from testimonia.trace import told
from testimonia.veil import Gate, Shown
from testimonia.watch import tells_of_forces
from testimonia.without_project import code_folder
from tests.publish.newsroom import alone, claim, document, event, gathered, on

TODAY = date(2026, 11, 22)

# --- a folder with fresh reports, and every way to ask for what they hold ---

REPORTS = {
    "town.txt": (
        "Launchers near Oleshky\n\n"
        "On 10 November 2026 Russian forces deployed six rocket launchers in Oleshky, Kherson Oblast, and two people "
        "were shot there. A kiosk was burned nearby. Ivan Petrenko, a teacher, passed the coordinates of a convoy near "
        "Hola Prystan to Ukrainian forces, the SBU said. Three people were wounded in Kherson on 9 November 2026.\n"
    ),
    "words.txt": (
        "Soldiers have been living in a school in Skadovsk, residents said. "
        "On 12 November 2026 five people were detained in Kherson.\n"
    ),
    "old.txt": "In March 2022 Russian forces deployed air defence systems in Henichesk. Two people died in Kherson.\n",
}
SIDECAR = (
    "file,date,outlet,title,url\n"
    "town.txt,2026-11-12,Oleshky Voice,Launchers near Oleshky,https://example.org/launchers-oleshky\n"
    "words.txt,2026-11-13,South Post,Soldiers live in a school in Skadovsk,https://example.org/skadovsk\n"
    "old.txt,2022-03-20,South Post,Old report,\n"
)
SECRETS = ("oleshky", "hola prystan", "petrenko", "skadovsk", "46.62", "rocket launchers")


@dataclass(frozen=True)
class Asked:
    folder: Path
    project: Project
    gate: Gate

    @property
    def store(self) -> Store:
        return self.gate.store

    @property
    def shown(self) -> Shown:
        return self.gate.everything


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in {**REPORTS, "sources.csv": SIDECAR}.items():
        (folder / name).write_text(text, encoding="utf-8")
    project = Project(tmp_path / "p")
    run(folder, project.root, today=TODAY)
    store = Store.open(project.database)
    yield Asked(folder, project, Gate(store, Embargo(TODAY)))
    store.close()


def true_ids(asked: Asked) -> list[str]:
    """The ids made from what is hidden, as who has a list of places could make them."""
    hidden = set(asked.shown.ids) - set(asked.shown.claims)
    events = [e for e in asked.store.events().values() if hidden & set(e.claims)]
    weights = [w for w in asked.store.weights() if w.event in {e.id for e in events}]
    links = [x for x in asked.store.links() if hidden & {x.a, x.b}]
    handles = {handle(c) for key, c in asked.store.claims().items() if key in hidden}
    return [*hidden, *handles, *(e.id for e in events), *(w.id for w in weights), *(x.id for x in links)]


def answers(asked: Asked, packs: Packs) -> Iterator[str]:
    """All that the commands and the edition say."""
    shown = asked.shown
    claims, events = show_claims(shown, Wanted()), show_events(shown, Wanted())
    yield from (f"{c.id} {c.claim} {c.document} {c.event}" for c in claims)
    yield from (f"{e.event} {e.weight}" for e in events)
    ids = [*shown.claims, *shown.documents, *(e.handle for e in shown.events), *(w.id for w in shown.weights.values())]
    ids += [e.id for e in shown.estimates] + [q.id for quotes in shown.material.quotes.values() for q in quotes]
    for id_ in ids:
        yield "\n".join(told(why(asked.gate, id_), 100))
    for query in ("Kherson", "Oleshky", "Skadovsk", "forces", "school", "launchers", "coordinates"):
        yield from (f"{hit.quote.text} {hit.document}" for hit in search(asked.gate, packs, query))
    yield from (line(row).decode() for row in code_folder(asked.folder, today=TODAY).rows)
    yield from (file.read_text("utf-8") for file in sorted(asked.project.out().iterdir()))


def test_no_answer_and_no_file_holds_what_is_hidden(asked: Asked, packs: Packs) -> None:
    for text in answers(asked, packs):
        for secret in SECRETS:
            assert secret not in text.lower()


def test_no_answer_and_no_file_holds_an_id_made_from_what_is_hidden(asked: Asked, packs: Packs) -> None:
    ids = true_ids(asked)
    assert len(ids) > 6
    for text in answers(asked, packs):
        assert not [id_ for id_ in ids if id_ in text]


def test_an_id_made_from_what_is_hidden_is_not_answered(asked: Asked) -> None:
    for id_ in true_ids(asked):
        with pytest.raises(UnknownIdError):
            why(asked.gate, id_)


def test_the_history_and_the_rest_stay_readable(asked: Asked, packs: Packs) -> None:
    everything = "\n".join(answers(asked, packs))
    for left in ("deployed air defence systems in Henichesk", "Three people were wounded in Kherson", "five people"):
        assert left in everything
    assert WITHHELD in everything


def test_the_rows_without_a_project_have_the_ids_of_the_edition(asked: Asked) -> None:
    assert {str(row["id"]) for row in code_folder(asked.folder, today=TODAY).rows} == set(asked.shown.claims)


def test_a_limit_does_not_tell_of_a_hit_that_is_hidden(asked: Asked, packs: Packs) -> None:
    for limit in (1, 2):
        found = search(asked.gate, packs, "Kherson", limit=limit)
        assert len(found) == limit


# --- ids, on records made by hand ---

HERE = Place("Zarichanka", "x-1", "Kherson Oblast", "ua", 46.1, 33.6, "settlement", "Zarichanka")
THERE = replace(HERE, name="Novo-Lypove", id="x-2", words="Novo-Lypove")
TEXT = "Six launchers stand at the river and two were shot. A kiosk burned."


def material(place: Place, *more: Claim) -> Material:
    doc = document(TEXT, "a.txt", date=on("2026-11-11"), lang="en")
    stand = claim(doc, "Six launchers stand at the river", "deployment", place=place, adm1="Kherson Oblast")
    shot = claim(doc, "two were shot", "killing", place=place, adm1="Kherson Oblast")
    first, second = event(1, [stand], place=place), event(2, [shot], place=place)
    first, second = replace(first, handle=handle(stand)), replace(second, handle=handle(shot))
    return gathered([doc], [stand, shot, *more], [first, second], [alone(first, [stand]), alone(second, [shot])])


def test_what_is_shown_is_the_same_whatever_the_hidden_place_is() -> None:
    here, there = Shown.of(material(HERE)), Shown.of(material(THERE))
    assert here.claims == there.claims
    assert here.events == there.events
    assert here.weights == there.weights
    assert list(coded_rows(here)) == list(coded_rows(there))


def test_claims_of_which_the_same_is_left_keep_apart() -> None:
    doc = document(TEXT, "a.txt", date=on("2026-11-11"), lang="en")
    said = "Six launchers stand at the river"
    two = [claim(doc, said, "deployment", place=place) for place in (HERE, THERE)]
    shown = Shown.of(gathered([doc], two, [event(1, two)], []))
    assert len(shown.claims) == 2
    assert shown.events[0].claims == tuple(shown.id_of(c.id) for c in two)


def test_what_is_not_hidden_keeps_its_ids() -> None:
    doc = document("Three died in Zarichanka.", "a.txt", date=on("2026-11-11"), lang="en")
    died = claim(doc, "Three died in Zarichanka", "killing", place=HERE)
    shown = Shown.of(gathered([doc], [died], [event(1, [died], place=HERE)], []))
    assert shown.claims == {died.id: died}
    assert shown.events == (event(1, [died], place=HERE),)


def test_no_link_leads_from_a_hidden_claim_to_a_place() -> None:
    made = material(HERE)
    a, b = made.claims
    assert Shown.of(replace(made, links=(Link(a, b, "unsure", 0.4, ("both in Zarichanka",)),))).links == ()


# --- what a claim says besides ---


def test_the_one_who_passed_something_on_is_not_named() -> None:
    doc = document("She passed coordinates.", "a.txt", date=on("2026-11-11"), lang="en")
    said = {role: Speaker("Olena of the bakery", role) for role in (None, "witness", "unnamed", "official")}
    made = [claim(doc, "She passed coordinates", "informing", speaker=speaker) for speaker in said.values()]
    shown = Shown.of(gathered([doc], made, [event(1, made)], []))
    assert [c.speaker.name for c in shown.claims.values() if c.speaker].count("Olena of the bakery") == 1


def test_a_place_carried_over_from_a_hidden_sentence_is_hidden_too() -> None:
    doc = document(TEXT.replace("river", "river of Zarichanka"), "a.txt", date=on("2026-11-11"), lang="en")
    burned = claim(doc, "A kiosk burned", "property", place=HERE)
    for hidden in ([claim(doc, "Six launchers stand at the river of Zarichanka", "deployment", place=HERE)], []):
        shown = Shown.of(gathered([doc], [*hidden, burned], [event(1, [burned], place=HERE)], []))
        assert shown.claims[shown.id_of(burned.id)].place is None
        assert shown.events[0].place is None


def test_a_black_stretch_does_not_tell_how_long_the_words_are() -> None:
    long, short = (
        document(f"Launchers stand in {place} and a kiosk burned.", "a.txt", date=on("2026-11-11"), lang="en")
        for place in ("Novo-Lypove Druhe", "Lypa")
    )
    seen = []
    for doc in (long, short):
        made = [claim(doc, doc.text[:-1], "property"), claim(doc, doc.text[:24], "deployment", place=HERE)]
        shown = Shown.of(gathered([doc], made, [event(1, made)], []))
        seen += [c.quote.text for c in shown.claims.values() if BLACK in c.quote.text]
    assert seen == [STRETCH, STRETCH]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Troops are quartered in the school of Zarichanka."),
        ("en", "She told the army where the soldiers in Zarichanka sleep."),
        ("uk", "У школі Зарічанки живуть російські солдати."),
        ("uk", "Колона техніки стоїть біля Зарічанки."),
        ("ru", "Солдаты живут в школе Заречанки."),
        ("ru", "Он сообщил о передвижении колонны у Заречанки."),
    ],
)
def test_words_about_forces_are_hidden_where_no_claim_was_coded(lang: str, text: str) -> None:
    doc = document(f"{text} X", "a.txt", date=on("2026-11-11"), lang=lang, title=text, url="https://a.example/x")
    shown = Shown.of(gathered([doc], [], [], [])).documents[doc.id]
    assert BLACK in shown.text
    assert "Zar" not in shown.text
    assert (shown.title, shown.url) == (WITHHELD, WITHHELD)
    history = replace(doc, date=on("2022-11-11"))
    assert Shown.of(gathered([history], [], [], [])).documents[doc.id] == history


def test_a_failure_does_not_name_the_place_that_its_file_is_named_after() -> None:
    made = material(HERE)
    (doc,) = made.documents.values()
    named = replace(doc, file="zarichanka.txt")
    failure = Failure("zarichanka.txt", "message/2", "collect", "zarichanka.txt, message/2: no date.")
    shown = Shown.of(replace(made, documents={doc.id: named}, failures=(failure,)))
    assert "zarichanka" not in str(shown.failures).lower()


def test_a_hidden_place_is_hidden_in_its_other_spellings_and_languages() -> None:
    place = Place("Henichesk", "708878", "Kherson Oblast", "Ukraine", 46.17, 34.81, "settlement", "Henichesk")
    text = "Six launchers stand in Henichesk. У Генічеську тихо. В Геническе тихо. Genichesk is quiet."
    doc = document(text, "genichesk.txt", date=on("2026-11-11"), lang="en", outlet="Голос Геническа")
    stand = claim(doc, "Six launchers stand in Henichesk", "deployment", place=place)
    shown = Shown.of(gathered([doc], [stand], [event(1, [stand], place=place)], [])).documents[doc.id]
    assert "тихо" in shown.text
    assert "is quiet" in shown.text
    for name in ("henic", "генич", "геніч", "genic"):
        assert name not in f"{shown.text} {shown.name} {shown.outlet}".lower()


def test_another_event_does_not_say_what_a_hidden_outlet_or_file_is_called() -> None:
    made = material(HERE)
    (doc,) = made.documents.values()
    other = document("A kiosk burned.", "b.txt", date=on("2026-11-11"), lang="en")
    burned = claim(other, "A kiosk burned", "property")
    fire = event(3, [burned])
    reason = "perhaps one: same outlet, Voice of Zarichanka"
    heavy = replace(alone(fire, [burned]), origins=(Origin((other.id, doc.id), reason),), documents=(other.id, doc.id))
    whole = replace(
        made,
        documents={**made.documents, other.id: other},
        claims={**made.claims, burned.id: burned},
        events={**made.events, fire.id: fire},
        weights=(*made.weights, heavy),
    )
    assert "Zarichanka" not in str(Shown.of(whole).weights)


# --- places in other forms, beside the hidden sentence, and in numbers ---

LYPTSI = Place("Lyptsi", "702989", "Kharkiv Oblast", "Ukraine", 50.2, 36.43, "settlement", "Липцях")


def fresh(text: str, lang: str, *coded: tuple[str, str, Place | None], **known: object) -> Shown:
    """What is shown of a report of this month: claims by words, type and place."""
    doc = document(text, "a.txt", date=on("2026-11-11"), lang=lang, **known)
    made = [claim(doc, words, type_, place=place, adm1="Kharkiv Oblast") for words, type_, place in coded]
    return Shown.of(gathered([doc], made, [event(n, [c], place=c.place) for n, c in enumerate(made)], []))


def text_of(shown: Shown) -> str:
    (doc,) = shown.documents.values()
    return doc.text


def test_no_case_form_of_a_hidden_place_escapes() -> None:
    text = "Підрозділи розташовані у Липцях. Липцям не пощастило. Дорога з Липців на схід, до липецької школи."
    left = text_of(fresh(text, "uk", ("Підрозділи розташовані у Липцях", "deployment", LYPTSI)))
    assert "не пощастило" in left
    assert "лип" not in left.lower()


@pytest.mark.parametrize(
    ("lang", "text", "secret"),
    [
        ("ru", "Военные дислоцированы в Суреже. Под Сурежей тихо. Жители Сурежи ушли, в Сурежу не вернутся.", "суреж"),
        ("uk", "Колона стоїть біля Гірнополя. До Гірнопіль веде дорога, у Гірнополі тихо.", "гірноп"),
        ("en", "A battery is positioned at Zarichanka. A baker of Zarichanka left.", "zarich"),
    ],
)
def test_a_place_that_no_table_knows_is_hidden_in_all_its_forms(lang: str, text: str, secret: str) -> None:
    for coded in ([(text.partition(".")[0], "deployment", None)], []):
        left = text_of(fresh(text, lang, *coded))
        assert BLACK in left
        assert secret not in left.lower()


@pytest.mark.parametrize(
    "text",
    [
        "We drove to Skadovsk on Monday. A battalion is stationed there. A kiosk burned in Lyptsi.",
        "Soldiers have been living in a school in Skadovsk. Skadovsk is small. A kiosk burned in Lyptsi.",
    ],
)
def test_where_no_claim_says_the_place_all_places_around_are_hidden(text: str) -> None:
    shown = fresh(text, "en", ("A kiosk burned in Lyptsi", "property", LYPTSI))
    assert "skadovsk" not in text_of(shown).lower()
    (burned,) = shown.claims.values()
    assert (burned.quote.text, burned.place, burned.adm1) == (f"A kiosk burned in {STRETCH}", None, "Kharkiv Oblast")


def test_a_claim_that_names_a_hidden_place_is_shown_without_it_in_every_view() -> None:
    text = "Launchers stand in Lyptsi. It rained.\nPeople of Lyptsi say two were shot."
    shown = fresh(
        text,
        "en",
        ("Launchers stand in Lyptsi", "deployment", LYPTSI),
        ("People of Lyptsi say two were shot", "killing", LYPTSI),
    )
    (shot,) = (c for c in shown.claims.values() if c.type == "killing")
    assert (shot.quote.text, shot.place) == (f"People of {STRETCH} say two were shot", None)
    assert "Lyptsi" not in f"{text_of(shown)} {shown.claims} {shown.events} {list(coded_rows(shown))}"


@pytest.mark.parametrize(
    "point",
    ["50.2034, 36.4305", "50.2034 N 36.4305 E", "50°12'12\"N 36°25'50\"E", "37U CR 12345 67890", "37UCR1234567890",
     "https://maps.google.com/?q=50.2034,36.4305", "goo.gl/maps/abc", "X=5612345 Y=7345678", "9G3W6C4J+8V",
     "50,20345; 36,43051"],
)  # fmt: skip
def test_no_point_on_the_map_is_shown_beside_a_hidden_sentence(point: str) -> None:
    text = f"A brigade is stationed in Lyptsi. Look here: {point} said one. A kiosk burned at {point} on 3.5.2023."
    burned = text[text.index("A kiosk") : -1]
    shown = fresh(text, "en", ("A brigade is stationed in Lyptsi", "deployment", LYPTSI), (burned, "property", None))
    assert not any(char.isdigit() for char in text_of(shown).replace("3.5.2023", ""))
    assert "3.5.2023" in text_of(shown)
    assert point not in str(shown.claims)
    history = document(f"Two died at {point}.", "a.txt", date=on("2026-11-11"), lang="en")
    assert point in text_of(Shown.of(gathered([history], [], [], [])))


@pytest.mark.parametrize("name", ["Lyp\u00adtsi", "Lyp\u200btsi", "L\u2060yptsi", "Ли\u0301пцях"])
def test_marks_that_are_not_seen_do_not_part_a_hidden_name(name: str) -> None:
    text = f"A brigade is stationed in Lyptsi. In {name} a shop works."
    left = text_of(fresh(text, "en", ("A brigade is stationed in Lyptsi", "deployment", LYPTSI)))
    assert len(left) == len(text)
    assert left.endswith(f"In {BLACK * len(name)} a shop works.")


def test_a_folded_word_is_the_same_however_its_letters_are_put_together() -> None:
    composed, apart = "Йод Їжак Киї\u0301в", "И\u0306од І\u0308жак Киі\u0308в"
    assert [w.form for w in words(composed)] == [w.form for w in words(apart)] == ["йод", "їжак", "київ"]
    assert apart[words(apart)[1].start : words(apart)[1].end] == "І\u0308жак"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Two tank battalions are positioned near the mill."),
        ("en", "An S-300 battery was seen at the airfield."),
        ("en", "Marines took up positions beyond the canal."),
        ("en", "Howitzers fire from the orchard behind the church."),
        ("en", "The regiment's headquarters is at 7 Garden Street."),
        ("uk", "Штаб полку міститься на вулиці Садовій."),
        ("uk", "Колона рухається на південь."),
        ("uk", "Наші артилеристи під Зарічанкою чекають."),
        ("uk", "Десантники ночують у клубі."),
        ("ru", "Солдаты ночуют в детском саду."),
        ("ru", "Она рассказала ВСУ, где спят русские солдаты."),
        ("ru", "Танки во дворе мельницы накрыли сетями."),
    ],
)
def test_forces_and_where_they_are_make_a_sentence_that_is_hidden(lang: str, text: str) -> None:
    assert tells_of_forces(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Russian troops shot two residents in March."),
        ("en", "The mayor said that three shops had burned."),
        ("uk", "Окупанти викрали двох учителів."),
        ("uk", "Унаслідок обстрілу загинули троє людей."),
        ("ru", "Солдаты избили фермера."),
        ("ru", "Жители вышли на площадь с флагами."),
    ],
)
def test_what_forces_did_stays_readable(lang: str, text: str) -> None:
    assert not tells_of_forces(text, lang)


def test_who_tells_of_forces_under_their_own_name_is_not_named() -> None:
    for outlet, seen in (("Olena Kovalenko", WITHHELD), ("Southern Wire", "Southern Wire")):
        told = fresh("She passed coordinates.", "en", ("She passed coordinates", "informing", None), outlet=outlet)
        assert [d.outlet for d in told.documents.values()] == [seen]
        calm = fresh("It rained.", "en", outlet=outlet)
        assert [d.outlet for d in calm.documents.values()] == [outlet]


# --- what is finer than a name: the other end of a line, how far off, who holds which part ---

SUMY = Place("Sumy", "692194", "Sumy Oblast", "ua", 50.92, 34.8)
ROMNY = Place("Romny", "695719", "Sumy Oblast", "ua", 50.75, 33.47)
LINE = replace(SUMY, relation="between", other="Romny", lat=50.83, lon=34.1, radius_km=48.0)
HELD = Place(
    "Kherson Oblast", "UA-65", "Kherson Oblast", precision="oblast", controller="ru_forces", words="Kherson region"
)


def of_one(type_: str, place: Place | None) -> Claim:
    """Return a fresh claim on a part of an oblast as it is shown."""
    doc = document("Six launchers stand in the Russian-held part.", "a.txt", lang="en", date=on("2026-11-12"))
    made = claim(doc, "Six launchers stand", type_, place=place, adm1="Kherson Oblast")
    (shown,) = Shown.of(gathered([doc], [made], [event(1, [made])], [])).claims.values()
    return shown


def test_of_what_is_withheld_nobody_learns_who_holds_the_part_of_an_oblast_nor_that_it_was_said() -> None:
    assert of_one("deployment", HELD) == of_one("deployment", None)
    assert of_one("deployment", HELD).adm1 == "Kherson Oblast"


def test_the_other_end_of_a_line_is_hidden_as_the_place_is() -> None:
    text = "Six launchers stand in Romny.\nTwo people died between Sumy and Romny."
    doc = document(text, "a.txt", lang="en", date=on("2026-11-12"))
    stand = claim(doc, "Six launchers stand in Romny", "deployment", place=ROMNY, adm1="Sumy Oblast")
    died = claim(doc, "Two people died between Sumy and Romny", "killing", place=LINE, adm1="Sumy Oblast")
    shown = Shown.of(gathered([doc], [stand, died], [event(1, [died], place=LINE)], []))
    assert "Romny" not in f"{text_of(shown)} {shown.claims} {shown.events} {list(coded_rows(shown))}"


def test_an_event_has_its_place_only_as_a_public_claim_tells_it() -> None:
    old = document("Six launchers stood in Sumy.", "old.txt", lang="en", date=on("2022-03-20"))
    new = document("Six launchers stand between Sumy and Romny.", "new.txt", lang="en", date=on("2026-11-12"))
    stood = claim(old, "Six launchers stood in Sumy", "deployment", place=SUMY, adm1="Sumy Oblast")
    stand = claim(new, "Six launchers stand between Sumy and Romny", "deployment", place=LINE, adm1="Sumy Oblast")
    both = event(1, [stood, stand], place=LINE, adm1="Sumy Oblast")
    shown = Shown.of(gathered([old, new], [stood, stand], [both], []))
    assert {one.place for one in shown.events} == {SUMY, None}
