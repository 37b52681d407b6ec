"""Is this the name of a person? The guard of search, over-sensitive: families are answered, nobody is browsed.

A name is known by a given name beside another capitalised word, by the shape of a patronymic or a surname in English,
Ukrainian or Russian spelling, or by the company that a word keeps in the archive. Places, parties, the words of the
codebook's tables and the office-holders that a region pack lists are no private names. Erring means asking a guardian
for a reason once too often, never answering once too often.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from testimonia.packs import Packs
from testimonia.phrases import Phrases, Word, fold, words
from testimonia.places.book import Row

PATRONYMIC = re.compile(
    r"(?:ович|йович|евич|ьич|івн|ївн|овн|евн|ичн|инічн)(?:а|у|ем|ом|і|ою|и|е|ы|ой|ові|еві)?$"
    r"|(?:[oy]vych|[oe]vich|ievich|ivna|[oe]vna|yivna|yevich|yovych)$"
)
SURNAME = re.compile(
    r"(?:енко|ченк[оаув]|ейко|ун[ьи]ко|[бвгджзклмнпрстфхцчшщ]юк|чук|щук|[ія]к|уа|ишин|шин|ець|уха|ило|[оеє]в|[оеє]ва"
    r"|ін|їн|ин|іна|ина|ський|цький|зький|ська|цька|ского|ский|цкий|ская|цкая|ских|дзе|швілі|швили|ян|янц|ко)(?:а|у|ом|ем|ові|ого|ому|ої|ою|им|и|ой|ым|м)?$"
    r"|(?:enko|chuk|[bdlmnrstv]iuk|[a-z]yuk|sky|skyi|skiy|skii|ska|skaya|tsky|tskyi|[oe]va?|[iy]na?|shvili|dze|yan|enk)$"
)
# The surest of these shapes: no common word or name of a place has them.
SURE = re.compile(r"(?:енк[оауи]|енком|енкові)$|(?:enko|shvili|chenk)$|швил[иі]$")
INITIALS = re.compile(r"(?<!\w)[A-ZА-ЯІЇЄҐ]\.\s?(?:[A-ZА-ЯІЇЄҐ]\.\s?)?([A-ZА-ЯІЇЄҐ][\w'’-]+)")
# Names made like "whose": a place is known by the same stem ("Шишкине"), so only the very name of a place is none.
OWNED = re.compile(r"^(.{3,}(?:[оеє]в|[иії]н|[oe]v))(?:а|у|ым|им|ом|ем|ой|ою|е|і|ові|a|y)?(?:['’]s)?$")
# A telephone number, a passport, a tax number: digits in any groups, but for dates and for thousands.
NUMBER = re.compile(r"(?<![\d.,])\+?\(?\d(?:[\s().-]{0,2}\d){6,}(?!\d)")
NO_NUMBER = re.compile(
    r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
    r"|[1-9]\d{0,2}(?: \d{3})+(?![\s-]?\d)|\d{4}(?:[\s-]+\d{4})*)(?!\d)"
)
# Given names that are words too: in lower case they are taken as such.
NOUNS = frozenset({"надія", "надію", "надії", "віра", "віри", "віру", "любов", "любові", "слава"}) | frozenset(
    {"надежда", "надежду", "надежды", "вера", "веры", "веру", "любовь", "любви", "hope", "faith", "grace"}
)
SHARED = 3  # first letters that all case forms of a word share
EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")  # of a file
FEWEST, TOWN, NEAR, FAR = 500, 5_000, 15_000, 300_000  # people of the places whose names are known as such
TITLE = 4  # words before or behind a surname within which a word of office is looked for
SHORTEST = 4  # letters of a surname known by its shape alone
TABLES = (
    "triggers",
    "cues",
    "means",
    "groups",
    "units",
    "speakers",
    "speech",
    "dates",
    "numbers",
    "bounds",
    "breaks",
    "modality",
    "parties",
    "roles",
    "voices",
)
REGION_TABLES = ("parties", "around", "moments")


@dataclass(frozen=True, eq=False)
class _Known:
    """What the packs know: names as stems; words of tables and places by first letters; office-holders.

    `people` gives, for the surname of an office-holder, the given names of all who bear it; `titles`, words of office.
    """

    given: frozenset[str]
    surnames: frozenset[str]
    tables: frozenset[str]
    sides: tuple[str, ...]
    ordinary: Mapping[str, tuple[str, ...]]
    starts: tuple[str, ...]
    holders: frozenset[frozenset[str]]
    people: Mapping[str, frozenset[str]]
    titles: tuple[Phrases, ...]
    stems: tuple[object, ...]

    def keys(self, form: str) -> frozenset[str]:
        """Return all stems of a word."""
        return _keys(form, self.stems)

    def is_given(self, form: str) -> bool:
        """Say whether a word is a given name in any case form, and not exactly a word of the tables."""
        return not self.given.isdisjoint(self.keys(form)) and form not in self.ordinary.get(form[:SHARED], ())

    def is_surname(self, form: str) -> bool:
        """Say whether a word is a frequent surname in any case form, though it may be an ordinary word too."""
        return not self.surnames.isdisjoint(self.keys(form))

    def is_ordinary(self, form: str) -> bool:
        """Say whether a word stands in the packs' tables, or names a place."""
        keys = self.keys(form)
        near = self.ordinary.get(form[:SHARED], ())
        if (owned := OWNED.search(form)) and not form.startswith(self.starts):
            return form in near or owned[1] in near
        return form.startswith(self.starts) or any(not keys.isdisjoint(self.keys(other)) for other in near)


@lru_cache(maxsize=65536)
def _keys(form: str, stems: tuple[object, ...]) -> frozenset[str]:
    bare = re.sub(r"['’]s$", "", form)
    if bare.isascii():  # stems are cut for Cyrillic alone; a third of all names are spared
        return frozenset((bare,))
    return frozenset((bare, *(stem(bare) for stem in stems)))  # type: ignore[operator]


_KEPT: dict[int, tuple[_Known, Packs]] = {}


def _known(packs: Packs) -> _Known:
    if id(packs) not in _KEPT:
        _KEPT[id(packs)] = (_build(packs), packs)
    return _KEPT[id(packs)][0]


def _build(packs: Packs) -> _Known:
    stems = tuple(dict.fromkeys(pack.stem for pack in packs.languages.values()))
    given, surnames = (
        {key for pack in packs.languages.values() for name in pack.list(names) for key in _keys(name, stems)}
        for names in ("given_names", "surnames")
    )
    exact, starts = _table_words(packs)
    sides = _table_words(packs, ())[1]
    ordinary: dict[str, list[str]] = {}
    for form in sorted((exact | set(_place_words(packs))) - given):
        ordinary.setdefault(form[:SHARED], []).append(form)
    holders = {frozenset(form for form in _split(name)) for name in _holder_names(packs, given)}
    return _Known(
        given=frozenset(given),
        surnames=frozenset(surnames),
        tables=frozenset(exact | {form for row in _rows(packs, "organisations") for form in _organisation(row)}),
        sides=tuple(sorted(sides)),
        ordinary={first: tuple(forms) for first, forms in ordinary.items()},
        starts=tuple(sorted(starts)),
        holders=frozenset(holders),
        people=_people(packs, given, stems),
        titles=tuple(_titles(packs)),
        stems=stems,
    )


def _organisation(row: Mapping[str, str]) -> tuple[str, ...]:
    return _split(f"{row['name']} {row['uk']} {row['ru']}")


def _titles(packs: Packs) -> Iterator[Phrases]:
    for pack in packs.languages.values():
        table = pack.table("speakers")
        yield Phrases(entry for entry in table.entries if entry.value in ("official", "military"))


def _split(name: str) -> tuple[str, ...]:
    return tuple(word.form for word in words(name))


def _table_words(packs: Packs, of_languages: Sequence[str] = TABLES) -> tuple[set[str], set[str]]:
    """Return the words of the tables: whole ones, and the beginnings of starred ones (of five letters and more)."""
    tables = [pack.table(name) for pack in packs.languages.values() for name in of_languages]
    tables += [
        region.table(name, lang) for region in packs.regions for lang in packs.languages for name in REGION_TABLES
    ]
    tokens = {token for table in tables for entry in table.entries for token in fold(entry.phrase).split()}
    exact = {token for token in tokens if "*" not in token} | {
        w for pack in packs.languages.values() for w in pack.list("frequent")
    }
    return exact, {
        token[:-1] for token in tokens if token.endswith("*") and not token.startswith("*") and len(token) > 5
    }


def _towns(packs: Packs) -> Iterator[Row]:
    """Yield the names of the towns that news name: the smaller, the nearer. Many a village is called like a person."""
    rows = (row for region in packs.regions for row in region.rows.get("areas", ()))
    yield from packs.book.towns(FEWEST, coded=True)
    for country in sorted({row["country"] for row in rows if row["kind"].startswith("unit")}):
        yield from packs.book.towns(NEAR, country)
    yield from packs.book.towns(FAR)


def _place_words(packs: Packs) -> Iterator[str]:
    """Yield the words of place names; of small places only the main name, since villages share names with people."""
    for town in _towns(packs):
        if town.main or town.bearer.population >= TOWN:
            yield from town.name
    for region in packs.regions:
        for table in ("areas", "sites"):
            for row in region.rows.get(table, ()):
                phrases = "|".join(row.get(lang) or "" for lang in packs.languages)
                yield from (
                    form
                    for form in _split(f"{row['name']} {phrases.replace('*', '').replace('|', ' ')}")
                    if len(form) > 3
                )


def _spellings(row: Mapping[str, str], given: Container[str]) -> tuple[list[str], list[str]]:
    """Return the given names and the surnames of an office-holder in all spellings; an alias of one word is either."""
    full = [row["name"], row["uk"], row["ru"], *(name for name in row["also"].split("|") if " " in name)]
    firsts, lasts = [name.split()[0] for name in full], [name.split()[-1] for name in full]
    for name in row["also"].split("|"):
        if name and " " not in name:
            alike = fold(name) in given or fold(name)[:SHARED] == fold(firsts[0])[:SHARED]
            (firsts if alike else lasts).append(name)
    return firsts, lasts


def _holder_names(packs: Packs, given: Container[str]) -> Iterator[str]:
    """Yield every spelling of the listed office-holders, full name and surname alone, and of the organisations.

    What a surname alone finds is looked at once more: `means_holder`.
    """
    for row in _rows(packs, "office_holders"):
        firsts, lasts = _spellings(row, given)
        yield from (row["name"], row["uk"], row["ru"], *lasts)
        yield from (f"{first} {last}" for first in firsts for last in lasts)
    for row in _rows(packs, "organisations"):
        yield from (row["name"], row["uk"], row["ru"])


def _people(packs: Packs, given: Container[str], stems: tuple[object, ...]) -> Mapping[str, frozenset[str]]:
    """Return the given names of the office-holders by surname, both as stems."""
    found: dict[str, set[str]] = {}
    for row in _rows(packs, "office_holders"):
        firsts, lasts = _spellings(row, given)
        keys = {key for first in firsts for form in _split(first) for key in _keys(form, stems)}
        for key in (key for last in lasts for form in _split(last) for key in _keys(form, stems)):
            found.setdefault(key, set()).update(keys)
    return {key: frozenset(names) for key, names in found.items()}


def _rows(packs: Packs, table: str) -> Iterator[Mapping[str, str]]:
    for region in packs.regions:
        yield from region.rows.get(table, ())


# --- the questions ---


def is_personal_name(query: str, packs: Packs, texts: Iterable[str] = ()) -> bool:
    """Say whether a search query holds the name of a private person, in whatever case it is typed.

    `texts` are the archive's: a word that they show in lower case is an ordinary one, and one that they show beside a
    given name is a name. A number of seven digits and more is a person's, too. Listed office-holders and organisations
    are not private.

    The query is split at everything but letters, so quotation marks, stars and other signs of a search do not hide one.
    """
    return bool(NUMBER.search(NO_NUMBER.sub(" ", query))) or _names_somebody(query, _known(packs), texts)


def _names_somebody(query: str, known: _Known, texts: Iterable[str]) -> bool:
    forms = [word.form for word in words(query) if not (word.form.isdigit() or _is_noun(query, word))]
    if not forms or _is_holder(forms, known):
        return False
    private = [form for form in _without_holder(forms, known) if form not in ("and", "or", "not", "near")]
    if any(PATRONYMIC.search(form) and len(form) > 6 for form in private):
        return True
    if any(known.is_given(form) or known.is_surname(form) for form in private):
        return True
    odd = [form for form in private if not known.is_ordinary(form) or (SURE.search(form) and len(form) > 5)]
    if not odd:
        return False
    if INITIALS.search(query) or any(SURE.search(form) for form in odd) or _capitals(query, odd):
        return True
    return _by_archive(odd, texts, known) or any(_shaped(form) and not _lower(form, query) for form in odd)


def _is_noun(query: str, word: Word) -> bool:
    return word.form in NOUNS and query[word.start].islower()


def _shaped(form: str) -> bool:
    return len(form) >= SHORTEST and bool(SURNAME.search(form))


def _lower(form: str, query: str) -> bool:
    """Say whether a query writes a word in lower case, though it has a capital elsewhere."""
    return form in query and query != query.lower()


def _is_holder(forms: Sequence[str], known: _Known) -> bool:
    keys = [known.keys(form) for form in forms]
    return any(_covers(holder, keys, known) and len(holder) >= len(forms) for holder in known.holders)


def _covers(holder: frozenset[str], keys: Sequence[frozenset[str]], known: _Known) -> bool:
    """Say whether every word of a query is one of an office-holder's name, the last name among them."""
    stems = [known.keys(part) for part in holder]
    return all(any(not key.isdisjoint(stem) for stem in stems) for key in keys) and len(keys) == len(holder)


def _without_holder(forms: Sequence[str], known: _Known) -> list[str]:
    """Take listed names out of a longer query: "Putin speech"."""
    for size in (3, 2, 1):
        for at in range(len(forms) - size + 1):
            if _is_holder(forms[at : at + size], known) and not _beside_given(forms, at, size, known):
                return [*forms[:at], *forms[at + size :]]
    return list(forms)


def is_common(form: str, packs: Packs) -> bool:
    """Say whether a folded word is one of the packs' tables, of an organisation's name or of an office-holder's.

    Of words that the tables know by their beginning alone only those for parties and offices count, so that a name
    which begins like a verb is none.
    """
    known = _known(packs)
    if form in known.tables or form.startswith(known.sides):
        return True
    return not known.people.keys().isdisjoint(known.keys(form)) or any(
        not names.isdisjoint(known.keys(form)) for names in known.people.values()
    )


def bears_name(label: str, packs: Packs) -> bool:
    """Say whether the name of an outlet, a chat or a file is, or holds, that of a private person.

    Stricter than the guard of search: outlets and files have names of their own, which no table knows. A patronymic,
    the surest of the surnames' shapes, or a given name beside another word decide. Listed office-holders are public.
    """
    known = _known(packs)
    plain = re.sub(r"[\W\d_]+", " ", EXTENSION.sub("", label))
    private = _without_holder([form for form in _split(plain) if len(form) > 1], known)
    if any(len(form) > 6 and PATRONYMIC.search(form) for form in private):
        return True
    if any(len(form) > 5 and SURE.search(form) for form in private):
        return True
    return len(private) > 1 and any(_surely_given(form, known) for form in private)


def _surely_given(form: str, known: _Known) -> bool:
    """Say whether a word is a given name; of short ones only the name itself: "left" is no case form of Lev."""
    return known.is_given(form) and any(len(key) > SHARED or key == form for key in known.keys(form) & known.given)


def asks_for_holder(query: str, packs: Packs) -> bool:
    """Say whether a search query holds the surname of a listed office-holder, which others may bear too."""
    known = _known(packs)
    return any(not known.people.keys().isdisjoint(known.keys(word.form)) for word in words(query))


def means_holder(query: str, sentence: str, text: str, packs: Packs) -> bool:
    """Say whether a sentence that a query found names the office-holder whose surname stands in the query.

    `text` is that of the whole document. The sentence must put no other name before or behind the surname; and it, or
    where the document tells of no namesake the document, must have the full name, its initials, or a word of office
    beside the surname. A bare surname proves nothing: a neighbour may bear it.
    """
    known = _known(packs)
    asked = {key for word in words(query) for key in known.keys(word.form)} & known.people.keys()
    here = [_bearer(sentence, split, at, known) for split in [words(sentence)] for at in _borne(split, asked, known)]
    if not here or "other" in here:
        return False
    if "holder" in here:
        return True
    everywhere = [_bearer(text, split, at, known) for split in [words(text)] for at in _borne(split, asked, known)]
    return "holder" in everywhere and "other" not in everywhere


def _borne(split: Sequence[Word], asked: Set[str], known: _Known) -> Iterator[int]:
    return (at for at, word in enumerate(split) if not asked.isdisjoint(known.keys(word.form)))


def _bearer(text: str, split: Sequence[Word], at: int, known: _Known) -> str:
    """Return who a surname in a text means: "holder" or "other" by what stands beside it, "" where nothing says."""
    names = frozenset(chain.from_iterable(known.people.get(key, ()) for key in known.keys(split[at].form)))
    beside = [split[i] for i in (at - 1, at + 1) if 0 <= i < len(split) and _touch(text, split[i], split[at])]
    said = [_given(text, word, at > 0 and word is split[at - 1], names, known) for word in beside]
    if "other" in said or "holder" in said:
        return "other" if "other" in said else "holder"
    return "holder" if _titled(split, at, known) else ""


def _touch(text: str, a: Word, b: Word) -> bool:
    """Say whether nothing but a space, or the stop of an initial, stands between two words."""
    first, second = sorted((a, b), key=lambda w: w.start)
    between = text[first.end : second.start]
    return between.isspace() or (len(first.form) == 1 and not between.strip(". "))


def _given(text: str, word: Word, before: bool, names: frozenset[str], known: _Known) -> str:
    """Return whose given name stands beside a surname: the office-holder's, another's, or ""."""
    if not text[word.start].isupper():
        return ""
    if len(word.form) == 1:
        return "holder" if any(_same_letter(word.form, name) for name in names) else "other" if before else ""
    if not names.isdisjoint(known.keys(word.form)):
        return "holder"
    if known.is_given(word.form) or (PATRONYMIC.search(word.form) and len(word.form) > 6):
        return "" if PATRONYMIC.search(word.form) and before else "other"
    heads = word.start == 0 or text[: word.start].rstrip()[-1:] in '.!?…:»”"\n'
    return "other" if before and not heads and not known.is_ordinary(word.form) else ""


def _same_letter(initial: str, name: str) -> bool:
    return name[:1] == initial


def _titled(split: Sequence[Word], at: int, known: _Known) -> bool:
    """Say whether a word of office ends right before a surname, or begins right behind it."""
    around = split[max(at - TITLE, 0) : at + TITLE + 1]
    place = at - max(at - TITLE, 0)
    return any(
        place in (hit.last, hit.first - 1) for table in known.titles for hit in table.find(around, overlapping=True)
    )


def _beside_given(forms: Sequence[str], at: int, size: int, known: _Known) -> bool:
    """Say whether another given name stands by a listed surname: somebody else's name then."""
    around = [forms[i] for i in (at - 1, at + size) if 0 <= i < len(forms)]
    return any(known.is_given(form) for form in around)


def _capitals(query: str, odd: Sequence[str]) -> bool:
    """Say whether two words in a row are capitalised and neither is an ordinary word."""
    split = words(query)
    pairs = pairwise(split)
    return any(
        a.form in odd
        and b.form in odd
        and query[a.start].isupper()
        and query[b.start].isupper()
        and query[a.end : b.start].isspace()
        for a, b in pairs
    )


def _by_archive(odd: Sequence[str], texts: Iterable[str], known: _Known) -> bool:
    """Say whether the archive shows one of the words as a name: capitalised within a sentence, beside a given name."""
    stems = {form: known.keys(form) for form in odd}
    for text in texts:
        folded = fold(text)
        if any(form[:4] in folded for form in odd) and any(_shown(text, keys, known) for keys in stems.values()):
            return True
    return False


def _shown(text: str, keys: frozenset[str], known: _Known) -> bool:
    split = words(text)
    for at, word in enumerate(split):
        if text[word.start].isupper() and not keys.isdisjoint(known.keys(word.form)):
            beside = [split[i] for i in (at - 1, at + 1) if 0 <= i < len(split)]
            if any(
                text[other.start].isupper() and _gives(text, other, known) and _close(text, other, word)
                for other in beside
            ):
                return True
    return False


def _gives(text: str, word: Word, known: _Known) -> bool:
    """Say whether a word is a given name, or two joined by a hyphen, of which the tables need not know any."""
    parts = text[word.start : word.end].split("-")
    if known.is_given(word.form) or any(known.is_given(fold(part)) for part in parts):
        return True
    return len(parts) > 1 and all(part.istitle() for part in parts) and not known.is_ordinary(word.form)


def _close(text: str, a: Word, b: Word) -> bool:
    first, second = sorted((a, b), key=lambda w: w.start)
    return text[first.end : second.start].isspace()


def personal_names(text: str, packs: Packs) -> tuple[tuple[int, int], ...]:
    """Return where names of private persons stand in a text: offsets of runs of capitalised words, in text order.

    A run counts where it holds a given name, a patronymic, initials or, beside another capitalised word, a surname's
    shape; listed office-holders, places and organisations are left out.
    """
    known = _known(packs)
    split = words(text)
    runs = [run for run in _runs(text, split) if _is_name(run, known)]
    initials = [(m.start(), m.end()) for m in INITIALS.finditer(text)]
    spans = [(run[0].start, run[-1].end) for run in runs]
    return tuple(sorted({*spans, *(span for span in initials if all(span[1] <= a or span[0] >= b for a, b in spans))}))


def _runs(text: str, split: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in split:
        if run and not (text[word.start].isupper() and text[run[-1].end : word.start] == " "):
            yield run
            run = []
        if text[word.start].isupper():
            run.append(word)
    if run:
        yield run


def _is_name(run: Sequence[Word], known: _Known) -> bool:
    forms = [word.form for word in run]
    private = _without_holder(forms, known)
    if not private or (len(private) < len(forms) and not any(known.is_given(form) for form in private)):
        return False
    if any(PATRONYMIC.search(form) and len(form) > 6 for form in private):
        return True
    if any(known.is_given(form) for form in private):
        return len(private) > 1 or SURE.search(private[0]) is not None
    odd = [form for form in private if not known.is_ordinary(form)]
    return any(SURE.search(form) for form in private) or (len(odd) > 1 and any(_shaped(form) for form in odd))
