from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from testimonia.embargo import WITHHELD
from testimonia.link import handle
from testimonia.publish import Material, coded_rows, publish
from testimonia.records import Confidence, Contradiction, Count, Estimate, Origin, Place, Reason, Sighting, Speaker
from testimonia.veil import Shown, hidden_in
from tests.publish.newsroom import EMBARGO, alone, claim, document, event, gathered, on, sentences, weight

# Places that do not exist: whatever of them turns up in an edition has come through a hole.
HIDDEN = Place("Zarichanka", "x-1", "Kherson Oblast", "ua", 46.123456, 33.654321, "settlement", "Zarichanku")
SECOND = Place("Novo-Lypove", "x-2", "Kherson Oblast", "ua", 46.222222, 33.111111, "settlement", "Новолипового")
PLANTED = ("zarichan", "novo-lypove", "novo lypove", "новолипов", "school no. 3", "46.123456", "46.222222", "33.654321")


def planted() -> Material:
    news = document(
        "Launchers seen in Zarichanka\nSix launchers were moved to Zarichanku school no. 3 on 10 November and two "
        "residents were shot. Zarichanka lies on the river. A kiosk was burned nearby. Nine people left on Monday.",
        "news-from-zarichanka.txt",
        title="Launchers seen in Zarichanka",
        outlet="Voice of Zarichanka",
        url="https://voice.example/six-launchers-in-zarichanka",
        date=on("2026-11-11"),
        lang="en",
        sightings=(Sighting("mirror/zarichanka.txt", "Mirror", "https://m.example/zarichanka", "In Zarichanka"),),
    )
    undated = document(
        "Партизани передали координати колони біля Новолипового. Дощ ішов усю ніч.", "report.txt", lang="uk"
    )
    older = document("Six launchers stood there, witnesses say.", "older.txt", lang="en", date=on("2026-05-01"))
    moved = claim(
        news,
        "Six launchers were moved to Zarichanku school no. 3 on 10 November",
        "deployment",
        place=HIDDEN,
        adm1="Kherson Oblast",
        count=Count(6, 6, "item", words="Six launchers"),
        speaker=Speaker("the Zarichanka council", "official", ("Radio Zarichanka",)),
        when=on("2026-11-10"),
    )
    shot = claim(news, "two residents were shot", "killing", place=HIDDEN, adm1="Kherson Oblast", count=Count(2, 2))
    burned = claim(news, "A kiosk was burned nearby", "property", count=Count(1, 1, "item"))
    passed = claim(undated, "передали координати колони біля Новолипового", "informing", place=SECOND)
    stood = claim(older, "Six launchers stood there", "deployment", adm1="Kherson Oblast", when=on("2026-05-01"))
    launchers = event(1, [moved, stood], place=HIDDEN, adm1="Kherson Oblast", when=on("2026-11-10"))
    launchers = replace(launchers, handle="evt-zarichanka-launchers")
    dead = event(2, [shot], place=HIDDEN, adm1="Kherson Oblast")
    kiosk, line = event(3, [burned]), event(4, [passed], place=SECOND)
    sides = (("Zarichanka", (moved.id,)), ("Novo-Lypove", (stood.id,)))
    weights = [
        weight(
            launchers,
            [Origin((news.id, older.id), "copies: both say Zarichanku school no. 3")],
            1,
            2,
            unit="item",
            low=6,
            high=6,
            number_rule="as the Zarichanka council says",
            contradictions=(Contradiction("place", "two places in Zarichanka", sides),),
        ),
        alone(dead, [shot], unit="person", low=2, high=2),
    ]
    total = Estimate("Launchers in Zarichanka", "bounds", (weights[0].id,), reason="only Zarichanka is known")
    return gathered(
        [news, undated, older],
        [moved, shot, burned, passed, stood],
        [launchers, dead, kiosk, line],
        weights,
        estimates=(total,),
    )


def test_a_planted_place_is_in_no_byte_of_the_edition(tmp_path: Path) -> None:
    publish(planted(), tmp_path / "internal")
    for file in (tmp_path / "internal").iterdir():
        text = file.read_text(encoding="utf-8").lower()
        for secret in PLANTED:
            assert secret not in text, f"{secret} in {file.name}"


def test_an_embargoed_claim_keeps_type_date_and_oblast(tmp_path: Path) -> None:
    publish(planted(), tmp_path / "internal")
    lines = (tmp_path / "internal" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    row = next(row for row in map(json.loads, lines) if row["type"] == "deployment")
    assert (row["quote"], row["place"], row["adm1"]) == (WITHHELD, None, "Kherson Oblast")
    assert row["count"]["low"] == 6


def test_how_sure_a_claim_is_does_not_tell_what_is_hidden_of_it(tmp_path: Path) -> None:
    sure, read = Confidence(*[0.9] * 9), (Reason("place", "named"),)
    material = planted()
    claims = {key: replace(claim, confidence=sure, reasons=read) for key, claim in material.claims.items()}
    publish(replace(material, claims=claims), tmp_path / "internal")
    lines = (tmp_path / "internal" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    told = [row["quote"] for row in map(json.loads, lines) if row["confidence"]]
    assert told == ["A kiosk was burned nearby", "Six launchers stood there"]  # nothing of these is hidden


def test_the_words_of_other_claims_stay_readable(tmp_path: Path) -> None:
    publish(planted(), tmp_path / "internal")
    text = (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")
    assert "<mark>A kiosk was burned nearby</mark>" in text
    assert "nothing below the oblast, under the embargo" in text
    assert "■■■■" in text


def test_an_old_deployment_alone_is_history_and_is_shown(tmp_path: Path) -> None:
    doc = document("Six launchers stood in Zarichanka.", "older.txt", date=on("2026-05-01"))
    stood = claim(doc, "Six launchers stood in Zarichanka", "deployment", place=HIDDEN, when=on("2026-05-01"))
    publish(gathered([doc], [stood], [event(1, [stood], place=HIDDEN)], []), tmp_path / "internal")
    assert "Zarichanka" in (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")


def test_another_event_at_a_place_keeps_it_where_another_document_names_it(tmp_path: Path) -> None:
    material = planted()
    other = document("Two residents were shot in Zarichanka.", "other.txt", date=on("2026-11-12"))
    again = claim(other, "Two residents were shot in Zarichanka", "killing", place=HIDDEN, count=Count(2, 2))
    shot = next(c for c in material.claims.values() if c.type == "killing")
    happening = event(2, [shot, again], place=HIDDEN)
    publish(
        gathered([*material.documents.values(), other], [*material.claims.values(), again], [happening], []),
        tmp_path / "internal",
    )
    assert "Killing, Zarichanka (settlement)" in (tmp_path / "internal" / "index.html").read_text(encoding="utf-8")


def test_rows_without_a_project_go_through_the_same_gate() -> None:
    found = list(coded_rows(Shown.of(planted())))
    text = json.dumps(found, ensure_ascii=False).lower()
    assert len(found) == 5
    assert not any(secret in text for secret in PLANTED)


def retold() -> Material:
    """An old report, and a fresh one that tells it again without a day."""
    old = document("Six launchers stood in Zarichanka.", "old.txt", lang="en", date=on("2022-05-01"))
    fresh = document("Six launchers stood in Zarichanka.\n", "fresh.txt", lang="en", date=on("2026-11-12"))
    stood, again = (
        claim(
            doc, "Six launchers stood in Zarichanka", "deployment", place=HIDDEN, when=when, count=Count(6, 6, "item")
        )
        for doc, when in ((old, on("2022-05-01")), (fresh, None))
    )
    happening = replace(event(1, [stood, again], place=HIDDEN), handle=handle(stood))
    both = alone(happening, [stood, again], low=6, high=6, number_claims=(stood.id, again.id))
    return gathered([old, fresh], [stood, again], [happening], [both])


def test_who_tells_an_old_report_again_does_not_blank_it() -> None:
    rows = {row["document"]: row for row in coded_rows(Shown.of(retold()))}
    assert (rows["old.txt"]["quote"], rows["old.txt"]["place"]) == ("Six launchers stood in Zarichanka", "Zarichanka")
    assert (rows["fresh.txt"]["quote"], rows["fresh.txt"]["place"]) == (WITHHELD, None)


def test_the_fresh_claim_does_not_stand_in_one_event_with_the_place_of_the_old_one() -> None:
    material = retold()
    shown, (old, fresh) = Shown.of(material), material.claims
    first, second = sorted(shown.events, key=lambda e: e.place is None)
    assert (first.claims, first.place) == ((old,), HIDDEN)
    assert (second.claims, second.place) == ((shown.id_of(fresh),), None)
    (left,) = shown.weights.values()
    assert (left.event, left.origins_high, left.documents) == (first.handle, 1, (material.claims[old].quote.document,))
    assert first.handle == next(iter(material.events.values())).handle


def test_until_a_run_says_which_day_it_is_everything_of_these_types_is_veiled(tmp_path: Path) -> None:
    publish(replace(planted(), embargo=Material().embargo), tmp_path / "internal")
    text = (tmp_path / "internal" / "claims.jsonl").read_text(encoding="utf-8").lower()
    assert not any(secret in text for secret in PLANTED)


def test_a_document_without_embargoed_claims_hides_nothing() -> None:
    doc = document("Three died in Zarichanka.", "a.txt", date=on("2026-11-11"))
    died = claim(doc, "Three died in Zarichanka", "killing", place=HIDDEN)
    assert hidden_in(doc, [died], sentences(doc), EMBARGO).names == frozenset()
