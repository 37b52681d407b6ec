"""Coding and linking a folder without a project: nothing is archived or stored, and the embargo holds as everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from testimonia.archive import document as archived
from testimonia.archive import joined
from testimonia.claims.sides import alignments
from testimonia.coding import Coded, code_document, engine, lost, packs_of
from testimonia.collect import Sources, find_sources, items, load_sources, relative, walk
from testimonia.embargo import Embargo
from testimonia.engines import Progress, quiet
from testimonia.errors import SettingsError, UnreadableError
from testimonia.link import link
from testimonia.material import Material
from testimonia.publish import coded_rows
from testimonia.records import Document, Failure
from testimonia.settings import Settings
from testimonia.veil import Shown


@dataclass(frozen=True, slots=True)
class CodedFolder:
    """What `code_folder` gives: one row a claim, with the fields of the codebook, `document` and `event`.

    `uncoded` of its documents were read and not coded, since they speak of no conflict.
    """

    rows: tuple[dict[str, object], ...]
    documents: int
    uncoded: int
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]


def _file_documents(path: Path, file: str, said: Sources) -> Iterator[Document | Failure]:
    try:
        data = path.read_bytes()
        original = hashlib.sha256(data).hexdigest()
        for item in items(file, data, Settings().collect):
            yield item if isinstance(item, Failure) else archived(item, said.known_part(file, item.part), original)
    except UnreadableError as error:
        yield Failure(file, "", "collect", str(error))
    except OSError as error:
        yield Failure(file, "", "collect", f"{file}: cannot be read ({error.strerror}). Check its permissions.")


def documents(folder: Path, sources: Path | None = None) -> tuple[Document, ...]:
    """Return what can be read in a folder, in the order of its files, with what a list of sources says of them."""
    seen, _ = _sightings(folder, load_sources(sources) if sources else find_sources(folder))
    return tuple(document for found in seen.values() for document in found)


def _sightings(folder: Path, said: Sources) -> tuple[dict[str, list[Document]], list[Failure]]:
    """Read all documents of a folder, the sightings of each together."""
    seen: dict[str, list[Document]] = {}
    failed: list[Failure] = []
    for path in walk(folder):
        for found in _file_documents(path, relative(path, folder), said):
            if isinstance(found, Failure):
                failed.append(found)
            else:
                seen.setdefault(found.id, []).append(found)
    return seen, failed


def _coded_in_order(documents: dict[str, Document], jobs: int, progress: Progress, *, checked: bool) -> list[Coded]:
    work = engine(jobs, len(documents))
    coded: dict[str, Coded] = {}
    for number, done in enumerate(work(partial(code_document, checked=checked), documents.values(), lost), 1):
        coded[done.document.id] = done
        progress("code", number, len(documents))
    ordered = sorted(documents.values(), key=lambda d: (d.file, d.part, d.sha256))
    return [coded[document.id] for document in ordered]


def code_folder(
    folder: Path,
    *,
    sources: Path | None = None,
    today: date | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
    explained: bool = False,
    checked: bool = True,
) -> CodedFolder:
    """Code and link the documents of a folder in memory: nothing is archived or stored.

    `explained`: each row with the rules that answered; `checked`: by rules and encoder, not by rules alone.
    A document seen in several files gives its claims once for each file. Raises SettingsError.
    """
    if not folder.is_dir():
        raise SettingsError(f"{folder}: there is no such folder. Name the folder that holds the documents.")
    said = load_sources(sources) if sources else find_sources(folder)
    seen, failed = _sightings(folder, said)
    documents = {id_: joined(found) for id_, found in seen.items()}
    coded = _coded_in_order(documents, jobs, progress, checked=checked)
    claims = {claim.id: claim for done in coded for claim in done.claims}
    packs = packs_of((), ())
    _, events = link(list(claims.values()), documents, Settings().link, packs)
    material = Material(
        documents={done.document.id: done.document for done in coded},
        quotes={done.document.id: done.quotes for done in coded},
        claims=claims,
        events={event.id: event for event in events},
        embargo=Embargo(today or date.today(), Settings().publish.embargo_days),
    )
    rows = tuple(coded_rows(Shown.of(material), explained=explained))
    failed += [done.failure for done in coded if done.failure]
    uncoded = sum(done.uncoded for done in coded)
    return CodedFolder(rows, len(documents), uncoded, tuple(failed), said.warnings(folder, alignments(packs)))
