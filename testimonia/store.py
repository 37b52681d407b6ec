"""The one store: records in, records out (SQLite by default).

Stages never see it. Each of the `tables` keeps a record whole as canonical JSON in `body`, beside the few columns that
questions are asked by. What was collected (`files`, `sightings`, `documents`, `texts`) is input; `quotes` and `claims`
follow from each document, and `links`, `events`, `weights`, `estimates` from all claims: delete them, run again, get
the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from testimonia.database import explained, opened
from testimonia.errors import StorageError
from testimonia.records import (
    Claim,
    Document,
    Estimate,
    Event,
    Failure,
    Link,
    Quote,
    Run,
    Weight,
)
from testimonia.tables import (
    claims,
    documents,
    done,
    estimates,
    event_claims,
    events,
    failures,
    files,
    links,
    log,
    quotes,
    runs,
    sightings,
    texts,
    weights,
)
from testimonia.wire import canonical, from_data, to_data

R = TypeVar("R")

AT_ONCE = 500  # values in one statement: SQLite takes a limited number
PRESENT, REMOVED, SUPERSEDED = "present", "removed", "superseded"
SETTLED = "settle"  # the mark that the documents are in line with the files
FOLLOWING = ("link", "weigh", "estimate", "publish")  # the stages whose results follow from the claims
LAST_SIGN = "\U0010ffff"  # sorts after every other: what begins with p lies between p and p + LAST_SIGN


def _body(record: object) -> str:
    return canonical(to_data(record))


def _bare(document: Document) -> str:
    """Return a document without its text, which has a column of its own."""
    return _body(replace(document, text=""))


class DocumentState(NamedTuple):
    """What a document was last coded under (None: it is due), and what it is: its record and the hash of its text."""

    coded: str | None
    body: str
    text_sha256: str


class Store:
    """An open project database. Use `Store.open`; every writing method is one transaction."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open the database at `path`, making or migrating it as needed.

        Raises StorageError where it cannot be written, or is no database of this project.
        """
        return cls(opened(path), str(path))

    def close(self) -> None:
        """Give the database back."""
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.DatabaseError as error:
            raise StorageError(explained(self._place, error)) from error

    def _all(self, statement: sa.Executable) -> Sequence[sa.Row[Any]]:
        with self._begin() as connection:
            return connection.execute(statement).all()

    # --- what was collected -------------------------------------------------------------------------------------

    def file_keys(self) -> dict[str, str]:
        """Return, for each file present at the last run, the key that its documents were made under."""
        rows = self._all(sa.select(files.c.file, files.c.key).where(files.c.state == PRESENT))
        return {row.file: row.key for row in rows}

    def seen(self, file: str) -> dict[str, Document]:
        """Return the documents (without text) last read from a file, by part; also where a later read failed."""
        rows = self._all(sa.select(sightings.c.part, sightings.c.body).where(sightings.c.file == file))
        return {row.part: from_data(Document, json.loads(row.body)) for row in rows}

    def save_file(
        self, file: str, original: str, key: str, found: Iterable[Document], failed: Iterable[Failure]
    ) -> None:
        """Replace all that is known of one file: its documents and its failures."""
        unique = {document.id: document for document in found}
        with self._begin() as connection:
            _forget(connection, file)
            _insert(connection, failures, _failure_rows(failed))
            _insert(connection, files, [{"file": file, "original": original, "key": key, "state": PRESENT}])
            _sight(connection, file, unique.values())
            _add_documents(connection, unique)
            _unmark(connection, SETTLED)

    def drop_file(self, file: str) -> None:
        """Note that a file is gone; its documents stay as removed, unless another file still shows them."""
        with self._begin() as connection:
            connection.execute(sa.update(sightings).where(sightings.c.file == file).values(state=REMOVED))
            connection.execute(sa.delete(failures).where(failures.c.file == file, failures.c.document.is_(None)))
            connection.execute(sa.update(files).where(files.c.file == file).values(state=REMOVED))
            _unmark(connection, SETTLED)

    def settle_documents(self, join: Callable[[Sequence[Document]], Document]) -> None:
        """Bring each document in line with the files that show it; `join` makes one of several sightings.

        A document that no file shows any more is superseded where a later one says so, else removed. Does nothing
        where no file was saved or dropped since the last time.
        """
        if self.stage_key(SETTLED):
            return
        with self._begin() as connection:
            shown: dict[str, list[Document]] = {}
            text: dict[str, str] = {}
            present = sa.select(sightings).where(sightings.c.state == PRESENT)
            for row in connection.execute(present.order_by(sightings.c.file, sightings.c.part)):
                shown.setdefault(row.document, []).append(from_data(Document, json.loads(row.body)))
                text.setdefault(row.document, row.text_sha256)
            _settle(connection, {id_: join(found) for id_, found in shown.items()}, text)
            _mark(connection, SETTLED, "yes")

    def documents(self, state: str = PRESENT, *, ids: Iterable[str] | None = None) -> dict[str, Document]:
        """Return the documents in a state (of those in `ids`), by id, in the order of their files."""
        query = sa.select(texts.c.text, documents.c.body).join(texts, texts.c.sha256 == documents.c.text_sha256)
        query = query.where(documents.c.state == state)
        rows = self._among(query, documents.c.id, ids)
        found = [replace(from_data(Document, json.loads(row.body)), text=row.text) for row in rows]
        return {document.id: document for document in sorted(found, key=lambda d: (d.file, d.part, d.sha256))}

    def document_states(self) -> dict[str, DocumentState]:
        """Return, for each present document, what it was coded under and what it is, without building the records."""
        columns = (documents.c.id, documents.c.coded, documents.c.body, documents.c.text_sha256)
        query = sa.select(*columns).where(documents.c.state == PRESENT).order_by(documents.c.id)
        return {row.id: DocumentState(row.coded, row.body, row.text_sha256) for row in self._all(query)}

    def uncoded(self) -> frozenset[str]:
        """Return the ids of the present documents that were not coded, since they speak of no conflict."""
        query = sa.select(documents.c.id).where(documents.c.state == PRESENT, documents.c.uncoded)
        return frozenset(row.id for row in self._all(query))

    def document(self, id_: str) -> Document | None:
        """Return one document, whatever its state."""
        query = sa.select(texts.c.text, documents.c.body).join(texts, texts.c.sha256 == documents.c.text_sha256)
        rows = self._all(query.where(documents.c.id == id_))
        return replace(from_data(Document, json.loads(rows[0].body)), text=rows[0].text) if rows else None

    def failures(self) -> tuple[Failure, ...]:
        """Return the failures of the files that are present, in the order of their files."""
        present = sa.select(documents.c.id).where(documents.c.state == PRESENT)
        query = sa.select(failures.c.body).where(
            sa.or_(failures.c.document.is_(None), failures.c.document.in_(present))
        )
        found = [from_data(Failure, json.loads(row.body)) for row in self._all(query)]
        return tuple(sorted(found, key=lambda f: (f.file, f.part, f.stage)))

    # --- what follows from each document ------------------------------------------------------------------------

    def save_coded(
        self,
        document: Document,
        key: str | None,
        found: Sequence[Quote],
        coded: Sequence[Claim],
        *,
        stems: Sequence[str],
        uncoded: bool = False,
        failure: Failure | None = None,
    ) -> None:
        """Replace the quotes and claims of one document; `stems` are the stemmed texts of the quotes, for search.

        Without a key the document stays due, and the next run tries again. `uncoded`: it speaks of no conflict.
        """
        with self._begin() as connection:
            if _changed(connection, document, coded):
                for stage in FOLLOWING:
                    _unmark(connection, stage)
            _uncode(connection, document)
            _insert(connection, quotes, [_quote_row(quote) for quote in found])
            _index(connection, document, found, stems)
            _insert(connection, claims, [_claim_row(claim) for claim in coded])
            _insert(connection, failures, _failure_rows([failure] if failure else [], document.id))
            values = {"coded": key, "uncoded": uncoded}
            connection.execute(sa.update(documents).where(documents.c.id == document.id).values(values))

    def quotes(self, document: Document) -> tuple[Quote, ...]:
        """Return the quotes of a document in text order; their words are cut from its text."""
        rows = self._all(sa.select(quotes).where(quotes.c.document == document.id))
        found = [_quote(row, document.text) for row in rows]
        return tuple(sorted(found, key=lambda q: (q.start, -q.end)))

    def claims(
        self, *, documents_: Iterable[str] | None = None, types: Iterable[str] | None = None
    ) -> dict[str, Claim]:
        """Return the claims of present documents (of those named; of these types), by id, in the order of the text."""
        query = (
            sa.select(claims.c.body)
            .join(documents, documents.c.id == claims.c.document)
            .where(documents.c.state == PRESENT)
            .order_by(documents.c.file, claims.c.document, claims.c.start, claims.c.id)
        )
        if types is not None:
            query = query.where(claims.c.type.in_(sorted(types)))
        rows = self._among(query, claims.c.document, documents_)
        found = [from_data(Claim, json.loads(row.body)) for row in rows]
        return {claim.id: claim for claim in found}

    def claim_ids(self) -> list[str]:
        """Return the ids of the claims of all present documents, sorted."""
        query = sa.select(claims.c.id).join(documents, documents.c.id == claims.c.document)
        rows = self._all(query.where(documents.c.state == PRESENT).order_by(claims.c.id))
        return [row.id for row in rows]

    # --- what follows from all claims ---------------------------------------------------------------------------

    def stage_key(self, stage: str) -> str | None:
        """Return the key that a stage was last done under."""
        rows = self._all(sa.select(done.c.key).where(done.c.stage == stage))
        return str(rows[0].key) if rows else None

    def mark_done(self, stage: str, key: str) -> None:
        """Note that a stage is done under this key."""
        with self._begin() as connection:
            _mark(connection, stage, key)

    def _replace(self, stage: str, key: str, rows: Mapping[sa.Table, list[dict[str, Any]]]) -> None:
        with self._begin() as connection:
            for table, values in rows.items():
                connection.execute(sa.delete(table))
                _insert(connection, table, values)
            _mark(connection, stage, key)

    def save_links(self, key: str, linked: Sequence[Link], found: Sequence[Event]) -> None:
        """Replace all links and events."""
        rows = {
            links: [{"id": link.id, "a": link.a, "b": link.b, "body": _body(link)} for link in linked],
            events: [{"id": e.id, "handle": e.handle, "type": e.type, "body": _body(e)} for e in found],
            event_claims: [{"claim": claim, "event": event.id} for event in found for claim in event.claims],
        }
        self._replace("link", key, rows)

    def save_weights(self, key: str, weighed: Sequence[Weight]) -> None:
        """Replace all weights."""
        rows = [{"id": w.id, "event": w.event, "contested": w.contested, "body": _body(w)} for w in weighed]
        self._replace("weigh", key, {weights: rows})

    def save_estimates(self, key: str, estimated: Sequence[Estimate]) -> None:
        """Replace all estimates."""
        self._replace("estimate", key, {estimates: [{"id": e.id, "body": _body(e)} for e in estimated]})

    def _records(self, table: sa.Table, kind: type[R]) -> list[R]:
        return [from_data(kind, json.loads(row.body)) for row in self._all(sa.select(table.c.body))]

    def links(self) -> tuple[Link, ...]:
        """Return all links, by id."""
        return tuple(sorted(self._records(links, Link), key=lambda link: link.id))

    def events(self) -> dict[str, Event]:
        """Return all events by id, in the order of their handles."""
        return {e.id: e for e in sorted(self._records(events, Event), key=lambda e: (e.handle, e.id))}

    def weights(self) -> tuple[Weight, ...]:
        """Return all weights, by event."""
        return tuple(sorted(self._records(weights, Weight), key=lambda weight: weight.event))

    def estimates(self) -> tuple[Estimate, ...]:
        """Return all estimates, by question."""
        return tuple(sorted(self._records(estimates, Estimate), key=lambda e: (e.question, e.method)))

    def modalities(self) -> dict[str, set[str]]:
        """Return the modalities in which each event is told, by the event's id."""
        query = sa.select(event_claims.c.event, claims.c.modality).join(claims, claims.c.id == event_claims.c.claim)
        found: dict[str, set[str]] = {}
        for row in self._all(query.distinct()):
            found.setdefault(row.event, set()).add(row.modality)
        return found

    def contested(self) -> set[str]:
        """Return the ids of the events whose claims contradict one another."""
        return {row.event for row in self._all(sa.select(weights.c.event).where(weights.c.contested))}

    # --- a part of it -------------------------------------------------------------------------------------------

    def _among(
        self, query: sa.Select[Any], column: sa.Column[Any], values: Iterable[str] | None
    ) -> Sequence[sa.Row[Any]]:
        """Return the rows of a query whose `column` is one of the values; all rows where None is given."""
        if values is None:
            return self._all(query)
        wanted = sorted(values)
        parts = (wanted[at : at + AT_ONCE] for at in range(0, len(wanted), AT_ONCE))
        return [row for part in parts for row in self._all(query.where(column.in_(part)))]

    def events_of(self, documents_: Iterable[str]) -> dict[str, Event]:
        """Return the events in which the claims of these documents stand, by id, in the order of their handles."""
        query = sa.select(event_claims.c.event).join(claims, claims.c.id == event_claims.c.claim).distinct()
        ids = {row.event for row in self._among(query, claims.c.document, documents_)}
        rows = self._among(sa.select(events.c.body), events.c.id, ids)
        found = [from_data(Event, json.loads(row.body)) for row in rows]
        return {e.id: e for e in sorted(found, key=lambda e: (e.handle, e.id))}

    def documents_of(self, events_: Iterable[str]) -> set[str]:
        """Return the ids of the documents whose claims stand in these events."""
        query = sa.select(claims.c.document).join(event_claims, claims.c.id == event_claims.c.claim).distinct()
        return {row.document for row in self._among(query, event_claims.c.event, events_)}

    def weights_of(self, events_: Iterable[str]) -> tuple[Weight, ...]:
        """Return the weights of these events."""
        rows = self._among(sa.select(weights.c.body), weights.c.event, events_)
        return tuple(sorted((from_data(Weight, json.loads(row.body)) for row in rows), key=lambda w: w.event))

    def links_of(self, claims_: Iterable[str]) -> tuple[Link, ...]:
        """Return the links both of whose ends are among these claims, by id."""
        ends = set(claims_)
        found = [
            from_data(Link, json.loads(row.body))
            for row in self._among(sa.select(links.c.body, links.c.b), links.c.a, ends)
            if row.b in ends
        ]
        return tuple(sorted(found, key=lambda link: link.id))

    # --- single records -----------------------------------------------------------------------------------------

    def beginning(self, prefix: str) -> dict[str, type]:
        """Return the ids (and event handles) that begin so, with the kind of record that each one names."""
        kinds: dict[sa.Column[Any], type] = {
            documents.c.id: Document,
            quotes.c.id: Quote,
            claims.c.id: Claim,
            links.c.id: Link,
            events.c.id: Event,
            events.c.handle: Event,
            weights.c.id: Weight,
            estimates.c.id: Estimate,
        }
        found: dict[str, type] = {}
        for column, kind in kinds.items():
            rows = self._all(sa.select(column).where(column >= prefix, column < prefix + LAST_SIGN).limit(20))
            found.update({str(row[0]): kind for row in rows})
        return found

    def _one(self, kind: type[R], table: sa.Table, id_: str) -> R | None:
        wanted = table.c.id == id_
        if table is events:
            wanted = sa.or_(wanted, events.c.handle == id_)
        rows = self._all(sa.select(table.c.body).where(wanted))
        return from_data(kind, json.loads(rows[0].body)) if rows else None

    def record(self, kind: type, id_: str) -> Any:
        """Return the record of a kind with this id (for an event also: this handle), or None."""
        if kind is Document:
            return self.document(id_)
        if kind is Quote:
            return self.quote(id_)
        tables = {Claim: claims, Link: links, Event: events, Weight: weights, Estimate: estimates}
        return self._one(kind, tables[kind], id_)

    # --- acts ---------------------------------------------------------------------------------------------------

    def note(self, at: str, act: str, body: Mapping[str, Any]) -> None:
        """Add an act to the log."""
        with self._begin() as connection:
            connection.execute(sa.insert(log).values(at=at, act=act, body=canonical(body)))

    def acts(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Return the log: time, act and what it was about."""
        return [(row.at, row.act, json.loads(row.body)) for row in self._all(sa.select(log).order_by(log.c.number))]

    def save_run(self, run: Run) -> None:
        """Record a run."""
        with self._begin() as connection:
            _insert(connection, runs, [{"id": run.id, "body": _body(run)}])

    def matching(self, query: str, limit: int) -> list[str]:
        """Return the ids of the quotes that match an FTS5 query, best first, of present documents."""
        statement = sa.text(
            "SELECT q.id FROM quotes_fts f JOIN quotes q ON q.number = f.rowid JOIN documents d ON d.id = q.document "
            "WHERE quotes_fts MATCH :query AND d.state = 'present' ORDER BY bm25(quotes_fts), q.id LIMIT :limit"
        ).bindparams(query=query, limit=limit)
        return [row.id for row in self._all(statement)]

    def sentences(self, query: str) -> Iterator[str]:
        """Yield the sentences and titles that match an FTS5 query, of present documents, as they stand in the text."""
        statement = sa.text(
            "SELECT f.text FROM quotes_fts f JOIN quotes q ON q.number = f.rowid JOIN documents d ON d.id = q.document "
            "WHERE quotes_fts MATCH :query AND d.state = 'present'"
        ).bindparams(query=query)
        yield from (row.text for row in self._all(statement))

    def quote(self, id_: str) -> Quote | None:
        """Return one quote with its words."""
        rows = self._all(sa.select(quotes).where(quotes.c.id == id_))
        document = self.document(rows[0].document) if rows else None
        if not document:
            return None
        return _quote(rows[0], document.text)


def _insert(connection: Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table).prefix_with("OR REPLACE", dialect="sqlite"), rows)


def _unmark(connection: Connection, stage: str) -> None:
    connection.execute(sa.delete(done).where(done.c.stage == stage))


def _mark(connection: Connection, stage: str, key: str) -> None:
    _unmark(connection, stage)
    _insert(connection, done, [{"stage": stage, "key": key}])


def _forget(connection: Connection, file: str) -> None:
    """Forget a file as it was last read; what is known of its documents stays with them."""
    connection.execute(sa.delete(failures).where(failures.c.file == file, failures.c.document.is_(None)))
    connection.execute(sa.delete(files).where(files.c.file == file))


def _sight(connection: Connection, file: str, found: Iterable[Document]) -> None:
    """Note what is seen in a file now; of a part that is no longer there, what was last seen stays as removed."""
    seen = [
        {
            "file": file,
            "document": d.id,
            "part": d.part,
            "state": PRESENT,
            "text_sha256": d.text_sha256,
            "body": _bare(d),
        }
        for d in found
    ]
    here = sightings.c.file == file
    connection.execute(sa.update(sightings).where(here).values(state=REMOVED))
    for row in seen:
        connection.execute(sa.delete(sightings).where(here, sightings.c.part == row["part"]))
    _insert(connection, sightings, seen)


def _replaced(present: Iterable[str], before: Mapping[str, str | None]) -> set[str]:
    """Return the documents that present ones took the place of, over any number of versions."""
    found: set[str] = set()
    for id_ in present:
        old = before.get(id_)
        while old and old not in found:
            found.add(old)
            old = before.get(old)
    return found


def _settle(connection: Connection, joined: Mapping[str, Document], text: Mapping[str, str]) -> None:
    """Write the state of every document; `joined` holds those that are present, `text` the hashes of their texts.

    Where files of several formats hold the same bytes, the text is that of the first by name; another is to be coded.
    """
    rows = connection.execute(sa.select(documents)).all()
    bodies = {row.id: _bare(joined[row.id]) if row.id in joined else row.body for row in rows}
    replaced = _replaced(joined, {id_: json.loads(body)["supersedes"] for id_, body in bodies.items()})
    for row in rows:
        state = PRESENT if row.id in joined else SUPERSEDED if row.id in replaced else REMOVED
        body, digest = bodies[row.id], text.get(row.id, row.text_sha256)
        if (state, body, digest) != (row.state, row.body, row.text_sha256):
            coded = row.coded if digest == row.text_sha256 else None
            values = {"state": state, "body": body, "file": json.loads(body)["file"]}
            values |= {"text_sha256": digest, "coded": coded}
            connection.execute(sa.update(documents).where(documents.c.id == row.id).values(values))


def _add_documents(connection: Connection, found: Mapping[str, Document]) -> None:
    """Add documents, and the texts that they were read into."""
    kept = [{"sha256": d.text_sha256, "text": d.text} for d in found.values()]
    _insert(connection, texts, kept)
    due = {"state": PRESENT, "coded": None, "uncoded": False}
    rows = [
        {"id": id_, "file": d.file, "text_sha256": d.text_sha256, "body": _bare(d), **due} for id_, d in found.items()
    ]
    if rows:
        connection.execute(sa.insert(documents).prefix_with("OR IGNORE", dialect="sqlite"), rows)


def _changed(connection: Connection, document: Document, coded: Iterable[Claim]) -> bool:
    """Say whether the claims of a document are others now: also where their ids stay and their confidence does not."""
    rows = connection.execute(sa.select(claims.c.body).where(claims.c.document == document.id))
    return {row.body for row in rows} != {_body(claim) for claim in coded}


def _uncode(connection: Connection, document: Document) -> None:
    indexed = "DELETE FROM quotes_fts WHERE rowid IN (SELECT number FROM quotes WHERE document = :id)"
    connection.execute(sa.text(indexed).bindparams(id=document.id))
    for table in (quotes, claims):
        connection.execute(sa.delete(table).where(table.c.document == document.id))
    connection.execute(sa.delete(failures).where(failures.c.document == document.id))


def _index(connection: Connection, document: Document, found: Sequence[Quote], stems: Sequence[str]) -> None:
    stored = connection.execute(sa.select(quotes).where(quotes.c.document == document.id))
    numbers = {(row.id, row.kind): row.number for row in stored}
    rows = [
        {"number": numbers[quote.id, quote.kind], "text": quote.text, "stems": stem}
        for quote, stem in zip(found, stems, strict=True)
        if quote.kind != "quotation"  # its words are already in the sentences that it overlaps
    ]
    if rows:
        statement = "INSERT INTO quotes_fts (rowid, text, stems) VALUES (:number, :text, :stems)"
        connection.execute(sa.text(statement), rows)


def _quote(row: sa.Row[Any], text: str) -> Quote:
    return Quote(row.document, row.start, row.end, text[row.start : row.end], row.kind, row.lang, row.paragraph)


def _quote_row(quote: Quote) -> dict[str, Any]:
    return {
        "id": quote.id,
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "kind": quote.kind,
        "lang": quote.lang,
        "paragraph": quote.paragraph,
    }


def _claim_row(claim: Claim) -> dict[str, Any]:
    quote = claim.quote
    return {
        "id": claim.id,
        "document": quote.document,
        "start": quote.start,
        "type": claim.type,
        "modality": claim.modality,
        "body": _body(claim),
        "means": claim.means,
    }


def _failure_rows(found: Iterable[Failure], document: str | None = None) -> list[dict[str, Any]]:
    return [{"id": f.id, "file": f.file, "stage": f.stage, "document": document, "body": _body(f)} for f in found]
