"""The codebook: what may be coded, what each code means, and what it becomes in other schemes.

`load_codebook()` reads `codebook.yml`, checks it and keeps it; `python -m testimonia.codebook` writes the same as a
page for people (`docs/codebook.md`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args

import yaml

from testimonia.errors import CodebookError
from testimonia.records import Modality

FILE = Path(__file__).with_name("codebook.yml")
LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader  # the same, ten times as fast
LANGUAGES = ("en", "uk", "ru")

# ACLED's 25 sub-event types by event type, as its codebook spells and orders them.
ACLED: Mapping[str, tuple[str, ...]] = {
    "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
    "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}

# PLOVER's event types, each with the modes that its CAMEO concordance of 2021 uses.
PLOVER: Mapping[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("phone", "visit", "host", "third-party"),
    "SUPPORT": (),
    "COOPERATE": (),
    "AID": (),
    "CONCEDE": (),
    "RETREAT": ("release", "return", "ease", "access", "disarm", "ceasefire", "withdraw"),
    "ACCUSE": ("investigate", "disapprove"),
    "DEMAND": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("relations", "restrict", "ban", "political", "expel", "violence", "territory"),
    "PROTEST": ("demo", "hunger", "boycott", "obstruct", "riot"),
    "MOBILIZE": ("police", "troops"),
    "SANCTION": ("withdraw", "discontinue", "expel"),
    "COERCE": ("confiscate", "restrict", "ban", "curfew", "martial-law", "arrest", "deport"),
    "ASSAULT": (
        "abduct",
        "beat",
        "sexual",
        "torture",
        "suicide-attack",
        "explosives",
        "assassinate",
        "firearms",
        "heavy-weapons",
        "unconventional",
        "cleansing",
        "destroy",
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its label, in English and by language, what it means, and a sentence on either side of its border."""

    code: str
    label: str
    labels: Mapping[str, str]
    definition: str
    example: str
    counter_example: str

    def named(self, lang: str) -> str:
        """Return the label in a language; the English one where there is none."""
        return self.labels.get(lang, self.label)


@dataclass(frozen=True, slots=True)
class TypeEntry(Entry):
    """A type of claim, with what it becomes in other schemes and the kinds of resistance it can be.

    `plover` is None where PLOVER has no event type for it; `note` says where another scheme splits what is one type.
    """

    acled_event: str
    acled_sub_event: str
    plover: str | None
    plover_mode: str | None
    resistance: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a claim is of a sub-event type of ACLED (`to`), and why. What a rule leaves empty it does not ask.

    `types`, `means`, `modality`: of the claim; without types, words alone do. `actor`, `target`: classes of parties
    (table `actors`). `words`: what must be told in the passage, one of each set (classes of `outcomes` and `actors`,
    codes of means); `without`: what must not be. `beside`: types of which the passage holds no claim.
    """

    to: str
    because: str
    types: frozenset[str]
    means: frozenset[str]
    modality: frozenset[str]
    actor: frozenset[str]
    target: frozenset[str]
    words: tuple[frozenset[str], ...]
    without: frozenset[str]
    beside: frozenset[str]


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Codebook:
    """Every code that claims are written in, by kind, in the order of the file."""

    types: Mapping[str, TypeEntry]
    modalities: Mapping[str, Entry]
    parties: Mapping[str, Entry]
    units: Mapping[str, Entry]
    groups: Mapping[str, Entry]
    means: Mapping[str, Entry]
    resistance: Mapping[str, Entry]
    sub_events: tuple[Rule, ...] = ()

    def type(self, code: str) -> TypeEntry:
        """Return the type of this code. Raises CodebookError, listing the types, where there is none."""
        if code not in self.types:
            raise CodebookError(f"No type {code!r} in the codebook; there are: {', '.join(self.types)}.")
        return self.types[code]

    def party(self, code: str, lang: str = "en") -> str:
        """Return a party's name. One that only a region pack knows is named by its code: "syrian_government"."""
        known = self.parties.get(code)
        return known.named(lang) if known else code.replace("_", " ")


def _say(file: Path, place: str, wrong: str) -> CodebookError:
    return CodebookError(f"{file.name}, {place}: {wrong}")


def _section(file: Path, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = data.get(name)
    if not isinstance(section, dict) or not section:
        raise _say(file, name, "the section is missing or empty; it should hold one entry for each code.")
    return section


def _text(file: Path, place: str, entry: Mapping[str, Any], field: str) -> str:
    text = entry.get(field)
    if not isinstance(text, str) or not text.strip():
        raise _say(file, place, f"{field} is missing; write it as a line of text.")
    return text.strip()


def _names(file: Path, place: str, entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    names = entry.get(field)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _say(file, place, f"{field} is missing; write it as a list, [] where there is none.")
    return tuple(names)


def _mapping(file: Path, place: str, entry: Any) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise _say(file, place, "should hold label, definition, example and counter_example.")
    return entry


PLAIN_FIELDS = frozenset({"label", "label_uk", "label_ru", "definition", "example", "counter_example"})
TYPE_FIELDS = PLAIN_FIELDS | {"acled", "plover", "note", "resistance"}


def _fields(file: Path, place: str, entry: Mapping[str, Any], allowed: frozenset[str]) -> None:
    unknown = sorted(str(field) for field in set(entry) - allowed)
    if unknown:
        raise _say(file, place, f"unknown field {', '.join(unknown)}; there are: {', '.join(sorted(allowed))}.")


def _common(file: Path, place: str, code: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    label = _text(file, place, entry, "label")
    labels = {lang: _text(file, place, entry, f"label_{lang}") for lang in LANGUAGES if lang != "en"}
    texts = {field: _text(file, place, entry, field) for field in ("definition", "example", "counter_example")}
    return {"code": code, "label": label, "labels": MappingProxyType({"en": label, **labels}), **texts}


def _plain(file: Path, kind: str, code: str, given: Any) -> Entry:
    place = f"{kind}/{code}"
    entry = _mapping(file, place, given)
    _fields(file, place, entry, PLAIN_FIELDS)
    return Entry(**_common(file, place, code, entry))


def _acled(file: Path, place: str, entry: Mapping[str, Any]) -> dict[str, str]:
    names = _names(file, place, entry, "acled")
    if len(names) != 2 or names[1] not in ACLED.get(names[0], ()):
        raise _say(file, place, f"acled {list(names)} should be one of ACLED's event types and a sub-event type of it.")
    return {"acled_event": names[0], "acled_sub_event": names[1]}


def _plover(file: Path, place: str, entry: Mapping[str, Any]) -> dict[str, str | None]:
    names = _names(file, place, entry, "plover")
    if not names:
        return {"plover": None, "plover_mode": None}
    event, mode = names[0], names[1] if len(names) > 1 else None
    if len(names) > 2 or event not in PLOVER or not (mode is None or mode in PLOVER[event]):
        raise _say(file, place, f"plover {list(names)} should be one of PLOVER's event types and perhaps a mode of it.")
    return {"plover": event, "plover_mode": mode}


def _type(file: Path, code: str, given: Any, kinds: Iterable[str]) -> TypeEntry:
    place = f"types/{code}"
    entry = _mapping(file, place, given)
    _fields(file, place, entry, TYPE_FIELDS)
    resistance = _names(file, place, entry, "resistance")
    unknown = [kind for kind in resistance if kind not in kinds]
    if unknown:
        raise _say(file, place, f"resistance {', '.join(unknown)} is none of: {', '.join(kinds)}.")
    note = _text(file, place, entry, "note") if "note" in entry else ""
    schemes: dict[str, Any] = {**_acled(file, place, entry), **_plover(file, place, entry)}
    return TypeEntry(**_common(file, place, code, entry), **schemes, resistance=resistance, note=note)


RULE_FIELDS = frozenset(Rule.__annotations__)
PARTY_CLASSES = frozenset({"state", "rebel", "militia", "crowd", "protester", "civilian", "foreign"})
TOLD = ("asserted", "alleged")  # the modalities of what is told as having happened


def _known(file: Path, place: str, field: str, given: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """Return the codes of a field of a rule. Raises CodebookError naming those that the codebook lacks."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise _say(file, place, f"{field} {', '.join(unknown)} is none of: {', '.join(sorted(known))}.")
    return frozenset(given)


def _rule(file: Path, number: int, given: Any, types: Iterable[str], means: Iterable[str]) -> Rule:
    place = f"sub_events, rule {number}"
    rule = _mapping(file, place, given)
    _fields(file, place, rule, RULE_FIELDS)
    known = {"types": types, "means": means, "modality": get_args(Modality), "beside": types}
    known |= {"actor": PARTY_CLASSES, "target": PARTY_CLASSES}
    codes = {name: _known(file, place, name, rule.get(name, ()), names) for name, names in known.items()}
    codes["modality"] = codes["modality"] or frozenset(TOLD)
    to = _text(file, place, rule, "to")
    _known(file, place, "to", (to,), (name for names in ACLED.values() for name in names))
    words = tuple(frozenset(str(any_of).split()) for any_of in rule.get("words", ()))
    without = frozenset(rule.get("without", ()))
    return Rule(to=to, because=_text(file, place, rule, "because"), words=words, without=without, **codes)


def _frozen(entries: Iterable[E]) -> Mapping[str, E]:
    return MappingProxyType({entry.code: entry for entry in entries})


def _book(file: Path, data: Mapping[str, Any]) -> Codebook:
    def plain(name: str) -> Mapping[str, Entry]:
        return _frozen(_plain(file, name, code, entry) for code, entry in _section(file, data, name).items())

    resistance = plain("resistance")
    types = _frozen(_type(file, code, entry, resistance) for code, entry in _section(file, data, "types").items())
    rest = {name: plain(name) for name in ("modalities", "parties", "units", "groups", "means")}
    rules = enumerate(data.get("sub_events", ()), 1)
    mapped = tuple(_rule(file, number, given, types, rest["means"]) for number, given in rules)
    return Codebook(types=types, resistance=resistance, sub_events=mapped, **rest)


def read_codebook(file: Path) -> Codebook:
    """Read and check a codebook.

    Raises CodebookError naming the file, the entry and what is missing or wrong in it.
    """
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - both loaders are safe
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CodebookError(
            f"{file}: cannot be read as YAML ({error}). Reinstall the package to get it back."
        ) from error
    if not isinstance(data, dict):
        raise _say(
            file,
            "the whole file",
            "should hold the sections types, modalities, parties, units, groups, means, resistance.",
        )
    book = _book(file, data)
    if set(book.modalities) != set(get_args(Modality)):
        raise _say(file, "modalities", f"should be exactly {', '.join(get_args(Modality))}.")
    return book


@cache
def load_codebook() -> Codebook:
    """Return the codebook that comes with the package; read and checked once.

    Raises CodebookError naming the entry and what is missing.
    """
    return read_codebook(FILE)


# --- the page for people ----------------------------------------------------------------------------------------

TITLES = {
    "types": ("Types", "What a claim says happened. One claim has exactly one type."),
    "modalities": ("Modalities", "How the words stand to what they say."),
    "parties": ("Parties", "Who acts (actor) and to whom (target), as the quote and its speaker say."),
    "units": ("Units", "What a count counts."),
    "groups": ("Groups", "What kind of people a happening befalls."),
    "means": ("Means", "With which weapon, or in which way, it is done."),
    "resistance": ("Kinds of resistance", "For acts of residents against those who hold a place, where one applies."),
}


def _entry_lines(entry: Entry) -> list[str]:
    lines = [
        f"### `{entry.code}` {entry.label}",
        "",
        f"{entry.labels['uk']} · {entry.labels['ru']}",
        "",
        entry.definition,
        "",
    ]
    lines += [f"- Example: {entry.example}", f"- Counter-example: {entry.counter_example}"]
    return lines


def _scheme_lines(entry: TypeEntry, resistance: Mapping[str, Entry]) -> list[str]:
    plover = ", ".join(part for part in (entry.plover, entry.plover_mode) if part) or "none"
    lines = [f"- ACLED: {entry.acled_event} / {entry.acled_sub_event}", f"- PLOVER: {plover}"]
    if entry.resistance:
        lines.append(f"- Resistance: {'; '.join(resistance[kind].label for kind in entry.resistance)}")
    if entry.note:
        lines.append(f"- Note: {entry.note}")
    return lines


SUB_EVENTS = """## Sub-event types of ACLED

A type says only what a claim becomes when it stands alone. With its means, its parties and what is told beside it, a
claim gets one of ACLED's 25 sub-event types by the first of these rules that fits; of the claims of one passage that of
the earliest rule leads. They follow ACLED's codebook (2023) and are applied by `testimonia/subevents.py`. Where a rule
names no type, words alone decide."""


def _asks(rule: Rule) -> str:
    """Return what a rule asks, in words."""
    asked = [("type", rule.types), ("means", rule.means), ("actor", rule.actor), ("target", rule.target)]
    asked += [("told", any_of) for any_of in rule.words]
    asked += [("not told", rule.without), ("no claim of", rule.beside)]
    asked += [("modality", rule.modality)] if rule.modality != frozenset(TOLD) else []
    return "; ".join(f"{name} {' or '.join(sorted(codes))}" for name, codes in asked if codes)


def page(book: Codebook) -> str:
    """Return the codebook as a Markdown page."""
    lines = [
        "# The codebook",
        "",
        "<!-- Made by `python -m testimonia.codebook` from codebook.yml: change that file, not this one. -->",
        "",
        "What a claim is written in. Every sentence here is invented and speaks of no real place, person or unit.",
    ]
    for name, (title, lead) in TITLES.items():
        lines += ["", f"## {title}", "", lead]
        for entry in getattr(book, name).values():
            lines += ["", *_entry_lines(entry)]
            if isinstance(entry, TypeEntry):
                lines += _scheme_lines(entry, book.resistance)
    lines += ["", SUB_EVENTS, ""]
    lines += [f"{n}. **{rule.to}**: {_asks(rule)}. {rule.because}" for n, rule in enumerate(book.sub_events, 1)]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    """Write the page into the file named, `docs/codebook.md` of this checkout unless one is."""
    target = Path(arguments[0]) if arguments else FILE.parent.parent / "docs" / "codebook.md"
    target.write_bytes(page(load_codebook()).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
