"""The dossier: one HTML page that opens from the disk and asks for nothing but itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from testimonia.codebook import load_codebook
from testimonia.material import MARK
from testimonia.publish.cards import ALLEGED, Card, Cards
from testimonia.publish.choices import choices
from testimonia.publish.doubts import doubts
from testimonia.publish.headline import happening
from testimonia.publish.lanes import Drawn
from testimonia.publish.sequence import ordered
from testimonia.publish.timeline import timeline
from testimonia.publish.words import (
    MONTHS,
    capital,
    count_of,
    dates,
    language,
    month,
    safe,
    span,
)
from testimonia.records import Document, Estimate, Event, Failure
from testimonia.veil import Shown


def _shown_safely(value: object) -> object:
    return safe(value) if type(value) is str else value


def _unbroken(text: str) -> str:
    """Return text that is not cut at the end of a line, for dates."""
    return text.replace(" ", "\u00a0")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("testimonia", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown_safely,
    )
    environment.filters.update(capital=capital, count_of=count_of, dates=dates, language=language, unbroken=_unbroken)
    return environment


@cache
def _asset(name: str) -> Markup:
    """Return a file of ours from the templates, to stand in the page as it is."""
    text = resources.files("testimonia").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file, not what a source wrote


def _policy(style: str, script: str) -> str:
    """Return a content security policy that lets our own style and script run, by their hashes, and nothing else."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The events of one month, of a time that is known less well, or of one type without a date.

    `year` is the line that the group stands in among the links, `short` its name there.
    """

    order: tuple[int, int, str]
    anchor: str
    name: str
    year: str
    short: str
    cards: tuple[Card, ...] = ()


def _group(event: Event) -> Group:
    when = event.when
    if when is None:
        kind = happening(event.type)
        return Group((10001, 0, kind), f"undated-{event.type}", f"Date not stated: {kind}", "Date not stated", kind)
    first, last = when.first, when.last
    if (first.year, first.month) == (last.year, last.month):
        short = MONTHS[first.month - 1][:3]
        return Group((first.year, first.month, ""), f"m-{first:%Y-%m}", month(first), str(first.year), short)
    if first.year == last.year:
        name = f"{first.year}, over more than one month"
        return Group((first.year, 0, ""), f"y-{first:%Y}", name, str(first.year), "over months")
    return Group((10000, 0, ""), "years", "Over more than one year", "Over years", "all")


def _groups(cards: Iterable[Card]) -> list[Group]:
    found: dict[Group, list[Card]] = {}
    for card in cards:
        found.setdefault(_group(card.event), []).append(card)
    return [replace(group, cards=tuple(found[group])) for group in sorted(found, key=lambda group: group.order)]


def _link(groups: Sequence[Group]) -> Callable[[date], str]:
    """Return a function from a day to the first group of its month, else of its year, else the list."""
    anchors = [group.anchor for group in groups]

    def href(start: date) -> str:
        wanted = (f"m-{start:%Y-%m}", f"m-{start:%Y}", f"y-{start:%Y}", "years")
        found = (anchor for prefix in wanted for anchor in anchors if anchor.startswith(prefix))
        return f"#{next(found, 'events')}"

    return href


def _drawn(card: Card) -> Drawn:
    when = card.event.when
    first, last = (when.first, when.last) if when else (None, None)
    lane = happening(card.event.type)
    return Drawn(lane, first, last, f"#{card.anchor}", card.headline, card.contested, card.status == ALLEGED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the list under its title, with what could not be read of its file."""

    document: Document
    title: str
    claims: int
    failures: tuple[Failure, ...]


def _title(document: Document) -> str:
    """Return a document's title; a message, which has none, is called by its channel and day; else the file's name."""
    if document.title or not (document.part and document.outlet):
        return document.title or document.name
    return ", ".join(filter(None, (document.outlet, dates(document.date))))


def _listed(shown: Shown) -> tuple[Listed, ...]:
    numbers: dict[str, int] = {}
    for claim in shown.claims.values():
        numbers[claim.quote.document] = numbers.get(claim.quote.document, 0) + 1
    failed: dict[str, list[Failure]] = {}
    for failure in shown.failures:
        failed.setdefault(failure.file, []).append(failure)
    documents = shown.documents.items()
    return tuple(Listed(d, _title(d), numbers.get(key, 0), tuple(failed.get(d.file, ()))) for key, d in documents)


@dataclass(frozen=True, slots=True)
class Total:
    """An estimate, its answer in words, and the events that it was made from."""

    estimate: Estimate
    answer: str
    cards: tuple[Card, ...]


def _totals(shown: Shown, cards: Iterable[Card]) -> list[Total]:
    by_weight = {shown.weights[card.event.id].id: card for card in cards if card.event.id in shown.weights}
    return [
        Total(estimate, _answer(estimate), tuple(by_weight[key] for key in estimate.inputs if key in by_weight))
        for estimate in sorted(shown.estimates, key=lambda estimate: (estimate.question, estimate.id))
    ]


def _answer(estimate: Estimate) -> str:
    said = span(estimate.low, estimate.high)
    return said or "not estimable"


def page(shown: Shown) -> str:
    """Return the dossier as one HTML page."""
    make = Cards(shown)
    cards = [make.of(event) for event in ordered(shown.events)]
    events = [card for card in cards if card.happened]
    groups = _groups(events)
    order = [happening(code) for code in load_codebook().types]
    style, script = _asset("dossier.css"), _asset("dossier.js")
    return (
        _environment()
        .get_template("dossier.html")
        .render(
            mark=MARK,
            style=style,
            script=script,
            policy=_policy(style, script),
            cards=cards,
            events=events,
            groups=groups,
            contested=[card for card in events if card.contested],
            others=[card for card in cards if not card.happened],
            alleged=sum(card.status == ALLEGED for card in events),
            timeline=timeline([_drawn(card) for card in events], order, _link(groups)),
            documents=_listed(shown),
            claims=len(shown.claims),
            doubts=doubts(shown.documents.values()),
            failures=sorted(shown.failures, key=lambda f: (f.file, f.part, f.stage, f.id)),
            estimates=_totals(shown, cards),
            choices=choices(cards),
            withheld=sum(shown.withheld(key) for key in shown.claims),
            days=shown.material.embargo.days,
            version=shown.material.version,
            settings=shown.material.settings_text,
        )
    )
