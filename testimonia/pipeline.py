"""The whole way, in order: `STAGES` says each verb, what it needs and what it gives; `run` walks it.

Only this module joins stages and store. Each stage remembers the key (a hash of all that went in) under which it was
last done, in the same transaction as its results: so an unchanged run redoes nothing, and a run that was killed at any
moment goes on where it stopped and ends with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache, cached_property, partial
from pathlib import Path

from testimonia import __version__
from testimonia.archive import clear_parts, joined, keep
from testimonia.archive import document as archived
from testimonia.claims.learned.encoder import digest as weights
from testimonia.claims.sides import alignments
from testimonia.coding import code_document, engine, lost, packs_of
from testimonia.collect import Sources, find_sources, items, load_sources, relative, walk
from testimonia.embargo import EMBARGOED_TYPES, Embargo
from testimonia.engines import Progress, quiet
from testimonia.errors import SettingsError, StorageError, UnreadableError
from testimonia.estimate import estimate
from testimonia.link import link
from testimonia.material import gather
from testimonia.packs import Packs, digest_of
from testimonia.project import Project, default_project
from testimonia.publish import publish, published
from testimonia.records import Claim, Document, Estimate, Event, Failure, Link, Quote, Release, Run, Weight
from testimonia.settings import MEGABYTE, Settings, load_settings
from testimonia.store import Store
from testimonia.watch import installed
from testimonia.weigh import status_of, weigh
from testimonia.wire import canonical, from_data, to_data

FOLDER = "folder"  # the mark that says which folder a project was made from


# --- what a run works with --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """All that the stages of one run share."""

    folder: Path
    project: Project
    sources: Sources
    settings: Settings
    packs: Packs
    store: Store
    embargo: Embargo
    progress: Progress = quiet
    jobs: int = 1
    redone: dict[str, int] = field(default_factory=dict)

    @cached_property
    def held(self) -> Held:
        """The documents and claims; asked for first after all are coded."""
        return Held(self.store.documents(), self.store.claims())


@dataclass(frozen=True, slots=True)
class Held:
    """What several stages read, read once."""

    documents: dict[str, Document]
    claims: dict[str, Claim]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run ended with. `redone` says for each verb how many things it had to do.

    `uncoded` documents were read and not coded, since they speak of no conflict.
    """

    documents: int
    uncoded: int
    claims: int
    events: int
    contested: int
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    dossier: Path
    redone: dict[str, int]


@cache
def fingerprint() -> str:
    """Return a hash of the code and tables of this package: what was made under another is made again."""
    return hashlib.sha256((__version__ + digest_of(Path(__file__).parent)).encode()).hexdigest()


def _key(*parts: object) -> str:
    return hashlib.sha256(canonical([fingerprint(), *parts]).encode()).hexdigest()


# --- collect: folder → Document ---------------------------------------------------------------------------------


def _opened(work: Work, file: str, data: bytes, original: str) -> tuple[list[Document], list[Failure]]:
    """Read one file's bytes into documents; whatever cannot be read becomes a failure."""
    found: list[Document] = []
    failed: list[Failure] = []
    try:
        for item in items(file, data, work.settings.collect):
            if isinstance(item, Failure):
                failed.append(replace(item, original=original))
            else:
                found.append(archived(item, work.sources.known_part(file, item.part), original))
    except UnreadableError as error:
        failed.append(Failure(file, "", "collect", str(error), "", original))
    return found, failed


def _superseding(document: Document, before: dict[str, Document]) -> Document:
    """Note which older document of the same file and part this one takes the place of, over a failed read too."""
    old = before.get(document.part)
    if old is None:
        return document
    return replace(document, supersedes=old.supersedes if old.id == document.id else old.id)


def _bytes(work: Work, path: Path, file: str) -> bytes:
    """Return the bytes of a file.

    Raises UnreadableError where it is too large, or cannot be read.
    """
    try:
        if path.stat().st_size <= work.settings.collect.max_megabytes * MEGABYTE:
            return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{file}: cannot be read ({error.strerror}). Check its permissions.") from error
    limit = f"{work.settings.collect.max_megabytes} MB"
    raise UnreadableError(f"{file}: larger than {limit}. Split it, or raise max_megabytes in {work.project.settings}.")


def _collect_file(work: Work, path: Path, known_keys: dict[str, str]) -> None:
    file = relative(path, work.folder)
    try:
        data = _bytes(work, path, file)
        original = hashlib.sha256(data).hexdigest()
        said = [[name, to_data(known)] for name, known in work.sources.rows_of(file)]
        key = _key(original, said, to_data(work.settings.collect))
        if known_keys.get(file) == key:
            return
        keep(work.project.archive, data)
    except (UnreadableError, StorageError) as error:
        # without a key, so that the next run tries again
        work.store.save_file(file, "", "", [], [Failure(file, "", "collect", str(error))])
        return
    found, failed = _opened(work, file, data, original)
    before = work.store.seen(file)
    work.store.save_file(file, original, key, [_superseding(document, before) for document in found], failed)
    work.redone["collect"] = work.redone.get("collect", 0) + 1


def _check_same_folder(work: Work, here: set[str], before: set[str]) -> None:
    """Keep a project from losing all its documents because another folder was named."""
    folder, was = str(work.folder.resolve()), work.store.stage_key(FOLDER)
    if was not in (None, folder) and before and not before & here:
        raise SettingsError(
            f"{work.project.root}: this project was made from {was}, and none of its {len(before)} files is in "
            f"{work.folder}: all would leave the exports. Give this folder a project of its own with --project."
        )
    if was != folder:
        work.store.mark_done(FOLDER, folder)


def collect_folder(work: Work) -> None:
    """Archive every file of the folder and read it into documents; note which files are gone.

    Raises SettingsError where the project was made from another folder, of whose files none is here.
    """
    paths = list(walk(work.folder))
    known_keys = work.store.file_keys()
    _check_same_folder(work, {relative(path, work.folder) for path in paths}, set(known_keys))
    clear_parts(work.project.archive)
    for number, path in enumerate(paths):
        work.progress("collect", number, len(paths))
        _collect_file(work, path, known_keys)
    for file in sorted(set(known_keys) - {relative(path, work.folder) for path in paths}):
        work.store.drop_file(file)
    work.store.settle_documents(joined)
    work.progress("collect", len(paths), len(paths))


# --- code: Document → Quote → Claim -----------------------------------------------------------------------------


def code_documents(work: Work) -> None:
    """Read and code every document that is new or changed, or was coded by another version."""
    chosen = (work.settings.claims.languages, work.settings.claims.regions)
    checked = work.settings.claims.encoder
    made_with = (work.packs.names, work.packs.digest, weights() if checked else "")
    states = work.store.document_states()
    keys = {id_: _key(state.body, state.text_sha256, *made_with) for id_, state in states.items()}
    due = work.store.documents(ids=[id_ for id_, state in states.items() if state.coded != keys[id_]]).values()
    coder = partial(code_document, languages=chosen[0], regions=chosen[1], checked=checked)
    for number, coded in enumerate(engine(work.jobs, len(due))(coder, due, lost), 1):
        work.store.save_coded(
            coded.document,
            None if coded.again else keys[coded.document.id],
            coded.quotes,
            coded.claims,
            stems=coded.stems,
            uncoded=coded.uncoded,
            failure=coded.failure,
        )
        work.progress("code", number, len(due))
    work.redone["code"] = len(due)


# --- link, weigh, estimate: Claim → Event → Weight → Estimate ---------------------------------------------------


def _state(work: Work) -> tuple[list[str], list[tuple[str, str]]]:
    """Return what the derived records follow from: the claims, and what is known of the documents."""
    states = work.store.document_states().values()
    return work.store.claim_ids(), [(state.body, state.text_sha256) for state in states]


def _due(work: Work, verb: str, key: str) -> bool:
    due = work.store.stage_key(verb) != key
    work.progress(verb, 0 if due else 1, 1)
    work.redone[verb] = int(due)
    return due


def link_claims(work: Work) -> None:
    """Link the claims of all documents, and join them into events."""
    key = _key("link", _state(work), to_data(work.settings.link), work.packs.digest)
    if _due(work, "link", key):
        claims = list(work.held.claims.values())
        found, events = link(claims, work.held.documents, work.settings.link, work.packs)
        work.store.save_links(key, found, events)
        work.progress("link", 1, 1)


def weigh_events(work: Work) -> None:
    """Count the independent origins of each event, its numbers and its contradictions."""
    key = _key("weigh", work.store.stage_key("link"), to_data(work.settings.weigh))
    if _due(work, "weigh", key):
        events = list(work.store.events().values())
        weights = weigh(events, work.held.claims, work.held.documents, work.settings.weigh)
        work.store.save_weights(key, weights)
        work.progress("weigh", 1, 1)


def estimate_totals(work: Work) -> None:
    """Say what can be said of totals, and refuse the rest."""
    key = _key("estimate", work.store.stage_key("weigh"))
    if _due(work, "estimate", key):
        store = work.store
        store.save_estimates(key, estimate(store.weights(), store.events(), work.held.claims, work.packs))
        work.progress("estimate", 1, 1)


# --- publish: → Release -----------------------------------------------------------------------------------------


def _settings_text(settings: Settings) -> str:
    sections: dict[str, dict[str, object]] = to_data(settings)
    shown = ((name, values) for name, values in sections.items() if name != "project")
    return "\n".join(f"{name}.{key} = {value}" for name, values in shown for key, value in values.items())


def _veiled(work: Work) -> list[str]:
    """Return the claims and the documents now under embargo: an edition is due again when one leaves it."""
    claims = work.store.claims(types=EMBARGOED_TYPES).values()
    documents = work.store.documents(ids={claim.quote.document for claim in claims})
    covered = (claim.id for claim in claims if work.embargo.covers(claim, documents[claim.quote.document]))
    states = work.store.document_states().items()
    recent = (id_ for id_, state in states if work.embargo.recent(from_data(Document, json.loads(state.body))))
    return sorted((*covered, *recent))


def publish_internal(work: Work) -> None:
    """Write the internal edition, unless the one on disk is whole and still says the same."""
    failed = [to_data(failure) for failure in work.store.failures()]
    shown = to_data(work.settings)
    key = _key("publish", work.store.stage_key("estimate"), failed, _veiled(work), shown, installed().digest)
    folder = work.project.out()
    if _due(work, "publish", key) or not published(folder):
        settings = _settings_text(work.settings)
        publish(gather(work.store, work.embargo, version=__version__, settings_text=settings), folder)
        work.store.mark_done("publish", key)
        work.redone["publish"] = 1
        work.progress("publish", 1, 1)


# --- the flow ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """A verb, the records it needs, the records it gives, and the function that does it."""

    verb: str
    needs: tuple[type, ...]
    gives: tuple[type, ...]
    do: Callable[[Work], None]


STAGES: tuple[Stage, ...] = (
    Stage("collect", (), (Document, Failure), collect_folder),
    Stage("code", (Document,), (Quote, Claim), code_documents),
    Stage("link", (Claim, Document), (Link, Event), link_claims),
    Stage("weigh", (Event, Claim, Document), (Weight,), weigh_events),
    Stage("estimate", (Weight, Event, Claim), (Estimate,), estimate_totals),
    Stage("publish", (Estimate, Weight, Event, Link, Claim, Quote, Document), (Release,), publish_internal),
)


def check_order(stages: Iterable[Stage]) -> None:
    """Raise SettingsError where a stage needs what none before it gives."""
    given: set[type] = set()
    for stage in stages:
        missing = [record.__name__ for record in stage.needs if record not in given]
        if missing:
            raise SettingsError(f"The stage {stage.verb!r} needs {', '.join(missing)}, which no stage before it gives.")
        given.update(stage.gives)


def _checked(folder: Path, project: Path) -> None:
    if not folder.is_dir():
        what = "this is a file" if folder.is_file() else "there is no such folder"
        raise SettingsError(f"{folder}: {what}. Name the folder that holds the reports.")
    if project.resolve().is_relative_to(folder.resolve()):
        raise SettingsError(
            f"{project}: the project would lie inside {folder}, which is never written to. Choose another --project."
        )


def _happened(store: Store) -> set[str]:
    """Return the ids of the events that are stated or alleged; a denial, a plan or a forecast alone is no event."""
    return {event for event, said in store.modalities().items() if status_of(said) in ("stated", "alleged only")}


def _summary(work: Work) -> Summary:
    events = _happened(work.store)
    return Summary(
        documents=len(work.store.document_states()),
        uncoded=len(work.store.uncoded()),
        claims=len(work.store.claim_ids()),
        events=len(events),
        contested=len(events & work.store.contested()),
        failures=work.store.failures(),
        warnings=work.sources.warnings(work.folder, alignments(work.packs)),
        dossier=work.project.out() / "index.html",
        redone=dict(work.redone),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def run(
    folder: Path,
    project: Path | None = None,
    *,
    sources: Path | None = None,
    today: date | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Summary:
    """Take a folder of reports the whole way to the internal edition, redoing only what changed.

    `sources` is a table that says of each file its outlet, date and so on (default: the one in the folder); `today` is
    the day that the embargo counts from; `jobs` the number of processes (with more than one, a script that calls this
    guards its main part with `if __name__ == "__main__"`).
    Raises SettingsError and StorageError; what is wrong with single documents is in the summary's failures instead.
    """
    home = Project(project or default_project(folder))
    _checked(folder, home.root)
    check_order(STAGES)
    home.make()
    with home.held():
        settings = load_settings(home.settings)
        store = Store.open(home.database)
        try:
            work = Work(
                folder=folder,
                project=home,
                sources=load_sources(sources) if sources else find_sources(folder),
                settings=settings,
                packs=packs_of(settings.claims.languages, settings.claims.regions),
                store=store,
                embargo=Embargo(today or date.today(), settings.publish.embargo_days),
                progress=progress,
                jobs=jobs,
            )
            for stage in STAGES:
                stage.do(work)
            _record(work)
            return _summary(work)
        finally:
            store.close()


def _record(work: Work) -> None:
    """Record a run that did something."""
    if any(work.redone.values()):
        inputs = _key(_state(work))
        version = f"{__version__} {fingerprint()[:12]} Python {platform.python_version()}"
        work.store.save_run(Run(version, work.packs.names, canonical(to_data(work.settings)), inputs, _now()))
        work.store.note(_now(), "run", {"inputs": inputs, "redone": work.redone})
