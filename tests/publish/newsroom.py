"""A small invented newsroom: documents from outlets that do not exist, with the claims, events and weights of a run."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from testimonia.embargo import Embargo
from testimonia.publish import Material
from testimonia.records import (
    Claim,
    Contradiction,
    Count,
    Document,
    Estimate,
    Event,
    Failure,
    Origin,
    Place,
    Quote,
    Sighting,
    Speaker,
    Weight,
    When,
)

TODAY = date(2026, 11, 21)
EMBARGO = Embargo(TODAY)


def on(first: str, last: str | None = None, precision: str = "day", words: str = "") -> When:
    return When(date.fromisoformat(first), date.fromisoformat(last or first), precision, words)  # type: ignore[arg-type]


def document(text: str, file: str, **known: object) -> Document:
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(sha256=sha, text=text, file=file, original=sha, **known)  # type: ignore[arg-type]


def sentences(doc: Document) -> tuple[Quote, ...]:
    """Cut at full stops and line ends: enough for texts written for tests."""
    found, at = [], 0
    for number, paragraph in enumerate(doc.text.split("\n")):
        start = at
        for piece in paragraph.replace(". ", ".\0").split("\0"):
            end = start + len(piece)
            if piece:
                kind = "title" if number == 0 and piece == doc.title else "sentence"
                found.append(Quote(doc.id, start, end, piece, kind, doc.lang or "und", number))  # type: ignore[arg-type]
            start = end + (1 if piece.endswith(".") and end < at + len(paragraph) else 0)
        at += len(paragraph) + 1
    return tuple(found)


def claim(doc: Document, words: str, type_: str, **fields: object) -> Claim:
    start = doc.text.index(words)
    quote = Quote(doc.id, start, start + len(words), words, "clause", doc.lang or "und")
    return Claim(quote, type_, **fields)  # type: ignore[arg-type]


def event(number: int | str, claims: list[Claim], **fields: object) -> Event:
    return Event(f"evt-{number:0>12}", claims[0].type, tuple(c.id for c in claims), **fields)  # type: ignore[arg-type]


def weight(happening: Event, origins: list[Origin], fewest: int, most: int, **fields: object) -> Weight:
    documents = tuple(sorted({d for origin in origins for d in origin.documents}))
    return Weight(happening.id, tuple(origins), fewest, most, documents=documents, **fields)  # type: ignore[arg-type]


def alone(happening: Event, claims: list[Claim], **fields: object) -> Weight:
    return weight(happening, [Origin((c.quote.document,)) for c in claims], len(claims), len(claims), **fields)


def gathered(
    documents: list[Document], claims: list[Claim], events: list[Event], weights: list[Weight], **more: object
) -> Material:
    return Material(
        documents={d.id: d for d in documents},
        quotes={d.id: sentences(d) for d in documents},
        claims={c.id: c for c in claims},
        events={e.id: e for e in events},
        weights=tuple(weights),
        embargo=EMBARGO,
        version="0.1.0",
        **more,  # type: ignore[arg-type]
    )


SUMY = Place("Sumy", "ua-sumy", "Sumy Oblast", "ua", 50.9077, 34.7981, "settlement", "Sumy")
OLESHKY = Place("Oleshky", "ua-oleshky", "Kherson Oblast", "ua", 46.6244, 32.7192, "settlement", "Oleshky")


def newsroom() -> Material:
    """Eight documents of eight outlets in three languages, with one of everything that an edition can show."""
    north = document(
        "Rockets hit Sumy\nA rocket struck a market in Sumy on 3 July. At least three people were killed and nine were "
        "wounded, the regional administration said. Residents spoke of five dead.",
        "north-wire.txt",
        outlet="North Wire",
        title="Rockets hit Sumy",
        date=on("2026-07-03"),
        lang="en",
        alignment="independent",
        url="https://north.example/a/17",
    )
    river = document(
        "Удар по Сумах\nРакета влучила в ринок у Сумах 3 липня. Загинули п'ятеро людей, повідомили в лікарні. "
        "За словами речника, серед загиблих є дитина.",
        "river-courier.txt",
        outlet="Річковий кур'єр",
        title="Удар по Сумах",
        date=on("2026-07-04"),
        lang="uk",
        alignment="ukrainian",
    )
    east = document(
        "О взрыве в Сумах\nПредставитель ведомства заявил, что удара по рынку в Сумах не было. "
        "По его словам, взорвался склад.",
        "east-bulletin.txt",
        outlet="Восточный бюллетень",
        title="О взрыве в Сумах",
        date=on("2026-07-04"),
        lang="ru",
        alignment="russian",
    )
    copy = document(
        "Rockets hit Sumy, reports say\nAt least three people were killed and nine were wounded, the regional "
        "administration said. More rain is expected.",
        "mirror-post.txt",
        outlet="Mirror Post",
        title="Rockets hit Sumy, reports say",
        date=on("2026-07-04"),
        lang="en",
        sightings=(
            Sighting("mirror-post.txt", "Mirror Post", None, None, on("2026-07-04")),
            Sighting("copies/mirror-post.txt", "Mirror Post", None, None, on("2026-07-05")),
        ),
    )
    watch = document(
        "Testimonies from the cellar\nFour former detainees said that guards beat them with pipes in a cellar "
        "in Oleshky in the spring of 2022. Reportedly, two women were threatened with rape. "
        "Their families were told nothing.",
        "rights-watchers.txt",
        outlet="Rights Watchers",
        title="Testimonies from the cellar",
        date=on("2023-02-01", "2023-02-28", "month"),
        lang="en",
    )
    talk = document(
        "The council will open a school in Oleshky next month. Officials expect that 200 families return by winter. "
        "The mayor denied that anybody had been detained.",
        "town-talk.md",
        outlet="Town Talk",
        date=on("2022-09-02"),
        lang="en",
    )
    ribbons = document(
        "Yellow ribbons appeared on fences overnight. Nobody was caught.",
        "ribbons.txt",
        outlet="Street Sheet",
        lang="en",
    )
    a1 = claim(
        north,
        "A rocket struck a market in Sumy on 3 July",
        "shelling",
        place=SUMY,
        when=on("2026-07-03", words="3 July"),
    )
    a2 = claim(
        north,
        "At least three people were killed",
        "killing",
        speaker=Speaker("the regional administration", "official"),
        count=Count(3, None, words="At least three people"),
        target="civilians",
        when=on("2026-07-03"),
    )
    a3 = claim(north, "nine were wounded", "injury", count=Count(9, 9, words="nine"), when=on("2026-07-03"))
    a4 = claim(
        north,
        "five dead",
        "killing",
        modality="alleged",
        speaker=Speaker("Residents", "witness"),
        count=Count(5, 5, words="five"),
        when=on("2026-07-03"),
    )
    b1 = claim(
        river,
        "Ракета влучила в ринок у Сумах 3 липня",
        "shelling",
        place=SUMY,
        actor="ru_forces",
        when=on("2026-07-03", words="3 липня"),
    )
    b2 = claim(
        river,
        "Загинули п'ятеро людей",
        "killing",
        speaker=Speaker("лікарня", None, ("речник",)),
        count=Count(5, 5, words="п'ятеро людей"),
        group="child",
        when=on("2026-07-03"),
    )
    c1 = claim(
        east,
        "удара по рынку в Сумах не было",
        "shelling",
        modality="denied",
        speaker=Speaker("Представитель ведомства", "official"),
        place=SUMY,
        when=on("2026-07-03"),
    )
    d1 = claim(
        copy,
        "At least three people were killed",
        "killing",
        count=Count(3, None, words="At least three people"),
        when=on("2026-07-03"),
    )
    spring = on("2022-03-01", "2022-05-31", "season", "the spring of 2022")
    e1 = claim(
        watch,
        "guards beat them with pipes",
        "torture",
        count=Count(4, 4, words="Four"),
        place=OLESHKY,
        when=spring,
        actor="ru_forces",
    )
    e2 = claim(
        watch,
        "two women were threatened with rape",
        "sexual_violence",
        modality="alleged",
        count=Count(2, 2, words="two women"),
        group="woman",
    )
    f1 = claim(
        talk,
        "open a school in Oleshky next month",
        "imposition",
        modality="planned",
        place=OLESHKY,
        when=on("2022-10-01", "2022-10-31", "month", "next month"),
    )
    f2 = claim(talk, "200 families return", "displacement", modality="predicted", count=Count(200, 200, "item"))
    f3 = claim(
        talk, "anybody had been detained", "detention", modality="denied", speaker=Speaker("The mayor", "official")
    )
    g1 = claim(ribbons, "Yellow ribbons appeared on fences", "symbolic", resistance="public_nonlethal")
    strike = event(1, [a1, b1, c1], place=SUMY, adm1="Sumy Oblast", when=on("2026-07-03"))
    dead = event(2, [a2, a4, b2, d1], place=SUMY, adm1="Sumy Oblast", when=on("2026-07-03"))
    hurt = event(3, [a3], place=SUMY, adm1="Sumy Oblast", when=on("2026-07-03"))
    cellar = event(4, [e1], place=OLESHKY, adm1="Kherson Oblast", when=spring)
    others = [
        event(5, [e2]),
        event(6, [f1], place=OLESHKY, when=f1.when),
        event(7, [f2]),
        event(8, [f3]),
        event(9, [g1]),
    ]
    wire = Origin((north.id, copy.id), "copies: 0.86 of the shorter text stands in the other")
    weights = [
        weight(
            strike,
            [Origin((north.id,)), Origin((river.id,)), Origin((east.id,))],
            3,
            3,
            contradictions=(
                Contradiction(
                    "denial",
                    "one claim denies what others state",
                    (("it happened", (a1.id, b1.id)), ("it did not", (c1.id,))),
                ),
            ),
        ),
        weight(
            dead,
            [wire, Origin((river.id,), "its own source, a hospital")],
            2,
            3,
            unit="person",
            low=3,
            high=5,
            number_claims=(a2.id, a4.id, b2.id, d1.id),
            number_rule="lowest and highest number that claims give",
            contradictions=(
                Contradiction(
                    "number", "two numbers exclude each other", (("at least 3", (a2.id, d1.id)), ("5", (a4.id, b2.id)))
                ),
            ),
        ),
        alone(hurt, [a3], unit="person", low=9, high=9, number_rule="the only number given"),
        alone(cellar, [e1], unit="person", low=4, high=4),
        alone(others[0], [e2], unit="person", low=2, high=2),
        alone(others[2], [f2], unit="item", low=200, high=200),
    ]
    estimates = (
        Estimate(
            "People killed in Sumy Oblast in July 2026",
            "bounds",
            (weights[1].id,),
            3,
            None,
            False,
            "one event only, and lists that do not overlap",
            ("the event is no copy of one before July",),
        ),
    )
    failures = (
        Failure("broken.pdf", "", "collect", "broken.pdf: not a PDF (no end of file).", "Save it again and run again."),
    )
    return gathered(
        [north, river, east, copy, watch, talk, ribbons],
        [a1, a2, a3, a4, b1, b2, c1, d1, e1, e2, f1, f2, f3, g1],
        [strike, dead, hurt, cellar, *others],
        weights,
        estimates=estimates,
        failures=failures,
        settings_text="[publish]\nembargo_days = 90\n",
    )


def many(events: int, documents: int = 74) -> Material:
    """A large run: as many events as asked for, over three years, each on one or two quotes."""
    types = (
        "killing",
        "injury",
        "shelling",
        "airstrike",
        "detention",
        "property",
        "protest",
        "aid",
        "territory",
        "clash",
    )
    docs: list[Document] = []
    claims: list[Claim] = []
    happenings: list[Event] = []
    weights: list[Weight] = []
    per = -(-events // documents)
    for number in range(documents):
        lines = [
            f"On day {at} of report {number}, {at % 7 + 2} people were hit near the river, the council said. "
            "Rain fell all night."
            for at in range(per)
        ]
        doc = document(
            "\n".join(lines),
            f"report-{number:03}.txt",
            outlet=f"Outlet {number % 12}",
            lang=("en", "uk", "ru")[number % 3],
            date=on("2024-01-05"),
        )
        docs.append(doc)
        for at in range(per):
            if len(happenings) == events:
                break
            serial = number * per + at
            when = None if serial % 4 == 0 else When(day := date(2022, 3, 1) + timedelta(days=serial * 7 % 1000), day)
            made = claim(
                doc,
                f"On day {at} of report {number}, {at % 7 + 2} people were hit",
                types[serial % 10],
                count=Count(at % 7 + 2, at % 7 + 2, words=f"{at % 7 + 2} people"),
                place=SUMY,
                when=when,
                modality="alleged" if serial % 9 == 0 else "asserted",
                speaker=Speaker("the council"),
            )
            happening = event(serial, [made], place=SUMY, adm1="Sumy Oblast", when=when)
            claims.append(made)
            happenings.append(happening)
            weights.append(
                alone(
                    happening,
                    [made],
                    unit="person",
                    low=at % 7 + 2,
                    high=at % 7 + 2,
                    number_rule="the only number given",
                )
            )
    return gathered(docs, claims, happenings, weights)
