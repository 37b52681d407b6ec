"""The command line: one command for each verb, thin."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from testimonia import __version__, cli_places, pipeline
from testimonia.codebook import load_codebook
from testimonia.coding import processors
from testimonia.doctor import doctor as look
from testimonia.embargo import Embargo
from testimonia.errors import NotAllowedError, SettingsError, TestimoniaError
from testimonia.lineage import why as trace_of
from testimonia.listing import (
    CLAIM_COLUMNS,
    DOCUMENT_COLUMNS,
    EVENT_COLUMNS,
    block,
    claim_row,
    counted,
    days,
    document_line,
    document_row,
    event_row,
    event_table,
)
from testimonia.material import MARK
from testimonia.packs import Packs, load_packs
from testimonia.project import Project, default_project
from testimonia.publish.doubts import doubts
from testimonia.publish.sheets import line, table
from testimonia.publish.words import count_of
from testimonia.records import Document
from testimonia.search import narrowed
from testimonia.search import search as search_in
from testimonia.settings import load_settings
from testimonia.show import (
    ShownClaim,
    ShownDocument,
    ShownEvent,
    Wanted,
    check_asked,
    check_named,
    least_sure,
    let_through,
    short_ids,
    show_claims,
    show_documents,
    show_events,
)
from testimonia.store import Store
from testimonia.trace import told
from testimonia.veil import Gate
from testimonia.wire import from_data
from testimonia.without_project import code_folder

app = typer.Typer(
    name="testimonia",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Who said what happened, on how many independent origins, and where they contradict one another.",
)
app.add_typer(cli_places.app, name="places")
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

NOTES = 20  # on how files were read, that a run prints
STATUSES = ("stated", "alleged only", "planned", "predicted", "denied")
INTERRUPTED = 130  # the shell's exit status for Ctrl-C

ProjectOption = Annotated[
    Path | None, typer.Option("--project", help="Project folder. Default: the one in or of the current folder.")
]
GuardianOption = Annotated[
    bool, typer.Option("--guardian", help="Answer a personal name; needs --reason, and is logged.")
]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="Why a person is looked up.")]


# --- what every command shares ----------------------------------------------------------------------------------


def _guess(folder: Path) -> Path:
    """Find the project: the current folder, or the only one in it."""
    if (folder / "testimonia.toml").exists():
        return folder
    inside = sorted(path for path in folder.glob("*.testimonia") if (path / "testimonia.toml").exists())
    if len(inside) == 1:
        return inside[0]
    if inside:
        raise SettingsError(
            f"There are several projects here: {', '.join(p.name for p in inside)}. Say which: --project P"
        )
    raise SettingsError("There is no project here. Make one with `testimonia run FOLDER`, or say where: --project P")


@dataclass(frozen=True, slots=True)
class Opened:
    """A project open for questions; `gate` is what the embargo lets out."""

    store: Store
    gate: Gate
    project: Project


@contextmanager
def _opened(project: Path | None) -> Iterator[Opened]:
    home = Project(project or _guess(Path.cwd()))
    if not home.database.exists():
        raise SettingsError(
            f"{home.root}: holds no project yet. Make it with: testimonia run FOLDER --project {home.root}"
        )
    settings = load_settings(home.settings)
    store = Store.open(home.database)
    try:
        embargo = Embargo(date.today(), settings.publish.embargo_days)
        with err.status("Reading the project …"):
            yield Opened(store, Gate(store, embargo), home)
    finally:
        store.close()


def _packs(opened: Opened) -> Packs:
    settings = load_settings(opened.project.settings).claims
    return load_packs(settings.languages or None, settings.regions or None)


class _Bars:
    """One progress bar for each verb, on standard error; quiet where that is no terminal."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=err, disable=not err.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, verb: str, done: int, total: int) -> None:
        if verb not in self._tasks:
            self._tasks[verb] = self._progress.add_task(verb, total=total)
        self._progress.update(self._tasks[verb], completed=done, total=total)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise SettingsError(f"{text!r} is not a day. Write it as 2022-11-11.") from error


def _known(kind: str, codes: Sequence[str], given: str | None) -> str | None:
    if given is not None and given not in codes:
        raise SettingsError(f"{given!r} is no {kind}. There are: {', '.join(codes)}.")
    return given


def _reason(guardian: bool, reason: str | None) -> str | None:
    """Return a guardian's reason; None where nobody asks as one."""
    if guardian and not (reason or "").strip():
        raise NotAllowedError('--guardian alone is not enough: say why, with --reason "…". Both are logged.')
    return reason if guardian else None


# --- init, run, code --------------------------------------------------------------------------------------------


@app.command(epilog="Example: `testimonia init kherson.testimonia`")
def init(project: Annotated[Path, typer.Argument(help="Folder to make the project in.")] = Path()) -> None:
    """Make a project folder with its settings file, `testimonia.toml`."""
    home = Project(project)
    existed = home.settings.exists()
    home.make()
    word = "There already is" if existed else "Wrote"
    out.print(
        f"{word} {escape(str(home.settings))}. Fill in purpose and lawful basis, then: testimonia run FOLDER "
        f"--project {escape(str(project))}"
    )


def _check_folder(folder: Path) -> None:
    if folder.is_file():
        raise SettingsError(f"{folder}: this is a file. Name the folder that holds it: {folder.parent}")


def _doubts(home: Project) -> list[str]:
    """Return what was noted on how the files of a project were read; where it is much, the first of it."""
    store = Store.open(home.database)
    try:
        bodies = [state.body for state in store.document_states().values()]
    finally:
        store.close()
    found = [doubt.said for doubt in doubts(from_data(Document, json.loads(body)) for body in bodies)]
    more = [f"{len(found) - NOTES:,} more notes on how files were read: the dossier lists all."]
    return found if len(found) <= NOTES else [*found[:NOTES], *more]


def _uncoded(number: int) -> str:
    speak, were = ("speaks", "was") if number == 1 else ("speak", "were")
    return f"{number:,} of the documents {speak} of no conflict and {were} not coded"


def _told_run(summary: pipeline.Summary, doubted: Iterable[str]) -> None:
    for warning in (*summary.warnings, *doubted):
        err.print(f"[yellow]note[/]  {escape(warning)}")
    for failure in summary.failures:
        err.print(f"[red]failed[/]  {escape(failure.reason)} {escape(failure.remedy)}".rstrip())
    if not any(summary.redone.values()):
        out.print("Nothing changed since the last run: nothing was done again.")
    kinds = ((summary.documents, "document"), (summary.claims, "claim"), (summary.events, "event"))
    numbers = ", ".join(count_of(number, kind) for number, kind in kinds)
    failed = f", {len(summary.failures)} failed" if summary.failures else ""
    out.print(f"{numbers}, {count_of(summary.contested, 'contested event')}{failed}")
    if summary.uncoded:
        out.print(f"{_uncoded(summary.uncoded)}: testimonia show documents --uncoded")
    out.print(f"Dossier: {escape(str(summary.dossier))}")


@app.command(epilog="Example: `testimonia run reports --sources reports/sources.csv`")
def run(
    folder: Annotated[Path, typer.Argument(help="Folder of reports. It is never written to.")],
    project: Annotated[
        Path | None, typer.Option("--project", help="Project folder. Default: FOLDER.testimonia beside the folder.")
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", help="Table (CSV or JSON Lines) of file, date, outlet, url, title, …")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes. Default: one a processor, at most 4.")
    ] = None,
) -> None:
    """Take a folder of reports the whole way: archive, claims, events, dossier. Redoes only what changed."""
    _check_folder(folder)
    with _Bars() as bars:
        summary = pipeline.run(folder, project, sources=sources, jobs=jobs or processors(), progress=bars)
    _told_run(summary, _doubts(Project(project or default_project(folder))))


def _check_target(target: Path | None) -> None:
    """Stop before the work is done where its output could not be written."""
    if target is None or str(target) == "-":
        return
    if target.is_dir():
        raise SettingsError(f"{target}: is a folder. Name a file with --out.")
    if not target.parent.is_dir():
        raise SettingsError(f"{target.parent}: no such folder. Make it, or choose another --out.")


@contextmanager
def _written(target: Path | None) -> Iterator[Any]:
    """Open the output: standard output, or a file that appears whole or not at all."""
    if target is None or str(target) == "-":
        yield sys.stdout
        return
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            try:
                yield file
                file.close()
                os.replace(temporary, target)  # noqa: PTH105 - one atomic call on every platform
            except BaseException:
                file.close()
                temporary.unlink()
                raise
    except OSError as error:
        raise SettingsError(f"{target}: cannot be written ({error.strerror}). Choose another --out.") from error


@app.command(epilog="Example: `testimonia code reports --sources sources.csv --out claims.jsonl`")
def code(
    docs: Annotated[Path, typer.Argument(help="Folder of documents.")],
    sources: Annotated[Path | None, typer.Option("--sources", help="Table of file, date, outlet, …")] = None,
    target: Annotated[
        Path | None, typer.Option("--out", help="File to write. Default, and -: standard output.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes. Default: one a processor, at most 4.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Give each claim its reasons: rules, and the words that decided.")
    ] = False,
    rules_alone: Annotated[bool, typer.Option("--rules-alone", help="Code without the encoder.")] = False,
) -> None:
    """Code documents without a project: one claim a line, with its document and its event."""
    _check_folder(docs)
    _check_target(target)
    with _Bars() as bars:
        coded = code_folder(
            docs, sources=sources, jobs=jobs or processors(), progress=bars, explained=explain, checked=not rules_alone
        )
    with _written(target) as file:
        for row in coded.rows:
            file.write(line(row).decode())
    for warning in coded.warnings:
        err.print(f"[yellow]note[/]  {escape(warning)}")
    for failure in coded.failures:
        err.print(f"[red]failed[/]  {escape(failure.reason)} {escape(failure.remedy)}".rstrip())
    err.print(f"{count_of(coded.documents, 'document')}, {count_of(len(coded.rows), 'claim')}")
    if coded.uncoded:
        err.print(_uncoded(coded.uncoded))


# --- why, show, search, doctor ----------------------------------------------------------------------------------


@app.command(epilog="Example: `testimonia why clm-3f2a` (the beginning of an id is enough)")
def why(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="Id of a claim, event, weight, estimate, quote or document.")
    ],
    project: ProjectOption = None,
) -> None:
    """Print the chain from a number to event, claims, quotes (underlined in their sentences) and documents."""
    with _opened(project) as opened:
        trace = trace_of(opened.gate, id_)
    for row in told(trace, out.width):
        out.print(escape(row))


def _print_claims(claims: Sequence[ShownClaim], ids: Iterable[str]) -> None:
    """Print claims as blocks, with the shortest ids that name them alone among `ids`."""
    short = short_ids(ids)
    for shown in claims:
        first, *lines = block(shown, short[shown.id], out.width)
        out.print(f"[bold]{escape(first)}[/]")
        for row in lines:
            out.print(escape(row))
        out.print()
    out.print(f"{count_of(len(claims), 'claim')} – {MARK}")


def _print_events(events: Sequence[ShownEvent], ids: Iterable[str]) -> None:
    """Print events as a table, and below it, as a table of its own, what no claim says took place."""
    short = short_ids(ids)
    for happened, heading in ((True, ""), (False, "Only denied, planned or expected: no events")):
        chosen = [shown for shown in events if shown.happened is happened]
        if chosen:
            out.print(f"[bold]{heading}[/]") if heading else None
            out.print(event_table(chosen, short, out.width), soft_wrap=False)
            out.print()
    out.print(f"{counted(events)} – {MARK}")


def _print_documents(documents: Sequence[ShownDocument], ids: Iterable[str]) -> None:
    short = short_ids(ids)
    for shown in documents:
        out.print(escape(document_line(shown, short[shown.id])))
    if any(shown.uncoded for shown in documents):
        out.print("To have a document coded all the same, state in sources.csv the side that it takes (alignment).")
    out.print(f"{count_of(len(documents), 'document')} – {MARK}")


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a table to standard output in the very bytes that it would have as a file of an edition."""
    sys.stdout.flush()
    sys.stdout.buffer.write(table(columns, rows))
    sys.stdout.buffer.flush()


@dataclass(frozen=True, slots=True)
class _Listing:
    """What `show` found: as rows of a table, and how to print it for reading."""

    columns: Sequence[str]
    rows: Iterable[Mapping[str, Any]]
    print: Callable[[], None]


def _claims(opened: Opened, wanted: Wanted, *, doubtful: bool) -> _Listing:
    shown = opened.gate.everything
    claims = show_claims(shown, wanted)
    claims = least_sure(claims) if doubtful else claims
    return _Listing(CLAIM_COLUMNS, map(claim_row, claims), partial(_print_claims, claims, shown.claims))


def _events(opened: Opened, wanted: Wanted) -> _Listing:
    shown = opened.gate.everything
    events = show_events(shown, wanted)
    ids = [id_ for event in shown.events for id_ in (event.handle, event.id)]
    return _Listing(EVENT_COLUMNS, map(event_row, events), partial(_print_events, events, ids))


def _documents(opened: Opened, wanted: Wanted, *, uncoded: bool) -> _Listing:
    shown = opened.gate.everything
    found = show_documents(shown, wanted, opened.store.uncoded())
    documents = [one for one in found if one.uncoded] if uncoded else found
    printing = partial(_print_documents, documents, shown.documents)
    return _Listing(DOCUMENT_COLUMNS, map(document_row, documents), printing)


def _check_codes(wanted: Wanted) -> None:
    book = load_codebook()
    _known("type", list(book.types), wanted.type)
    _known("modality", list(book.modalities), wanted.modality)
    _known("status of an event", STATUSES, wanted.status)


def _check_names(opened: Opened, wanted: Wanted, given: str | None) -> None:
    """See to it that the party, outlet and document asked for are there, and may be asked for."""
    shown = opened.gate.everything
    said = {code for claim in shown.claims.values() for code in (claim.actor, claim.target) if code}
    _known("party", list(dict.fromkeys([*load_codebook().parties, *sorted(said)])), wanted.party)
    if wanted.outlet or wanted.document:
        let_through(opened.store, shown, wanted, _packs(opened), given)
        check_named(shown, wanted)


@app.command(epilog="Example: `testimonia show events --type killing --from 2022-11-01 --to 2022-11-30 --csv`")
def show(
    what: Annotated[str, typer.Argument(help="`claims`, `events` or `documents`.")],
    type_: Annotated[str | None, typer.Option("--type", help="Type of claim, as in the codebook.")] = None,
    modality: Annotated[
        str | None, typer.Option("--modality", help="asserted, alleged, denied, planned, predicted.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Of events: stated, alleged, planned, predicted, denied.")
    ] = None,
    party: Annotated[str | None, typer.Option("--party", help="Party code, as actor or target.")] = None,
    place: Annotated[
        str | None, typer.Option("--place", help="Place or first-level unit, or a part of its name.")
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="First day, as 2022-11-01.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Outlet, or a part of its name.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="File name or document id.")] = None,
    doubtful: Annotated[
        bool, typer.Option("--least-sure", help="Claims by rising confidence, instead of by file and text.")
    ] = False,
    uncoded: Annotated[
        bool, typer.Option("--uncoded", help="Of documents, those not coded, since they speak of no conflict.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of a table.")] = False,
    guardian: GuardianOption = False,
    reason: ReasonOption = None,
    project: ProjectOption = None,
) -> None:
    """Show claims, events or documents by type, party, place, date and outlet. Internal, not for publication."""
    only = "alleged only" if status == "alleged" else status
    wanted = Wanted(type_, modality, only, party, place, _day(first), _day(last), outlet, document)
    check_asked(what, wanted, doubtful=doubtful, uncoded=uncoded)
    _check_codes(wanted)
    given = _reason(guardian, reason)
    with _opened(project) as opened:
        _check_names(opened, wanted, given)
        if what == "claims":
            found = _claims(opened, wanted, doubtful=doubtful)
        elif what == "events":
            found = _events(opened, wanted)
        else:
            found = _documents(opened, wanted, uncoded=uncoded)
    _csv(found.columns, found.rows) if as_csv else found.print()


@app.command(epilog='Example: `testimonia search "Каховська ГЕС"`')
def search(
    query: Annotated[str, typer.Argument(help="Words that must all be there, in any of their forms.")],
    guardian: GuardianOption = False,
    reason: ReasonOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
    project: ProjectOption = None,
) -> None:
    """Find words in the archive, in all its languages."""
    given = _reason(guardian, reason)
    with _opened(project) as opened:
        packs = _packs(opened)
        found = search_in(opened.gate, packs, query, reason=given, limit=limit)
    for hit in found:
        source = ", ".join(filter(None, [hit.document.outlet, days(hit.document.date), hit.document.name]))
        out.print(f"[bold]{escape(hit.quote.id)}[/]  {escape(source)}\n    {escape(hit.quote.text)}")
    out.print(f"{len(found)} found" if found else "Nothing found. Try fewer words, or another language.")
    if narrowed(packs, query, given):
        err.print(
            "[yellow]note[/]  Others may bear this surname: shown is only where the text says that the office-holder "
            'is meant. For more, add --guardian --reason "…", which is logged.'
        )


@app.command(epilog="Example: `testimonia doctor --project kherson.testimonia`")
def doctor(
    project: Annotated[
        Path | None, typer.Option("--project", help="Also read every original of this project again.")
    ] = None,
) -> None:
    """Say what is installed, which packs and models, what is missing and how to get it."""
    findings = look(Path.cwd(), Project(project) if project else None)
    for finding in findings:
        mark = "[green]well[/]   " if finding.well else "[red]missing[/]" if finding.needed else "[yellow]without[/]"
        out.print(f"{mark}  {escape(finding.thing)}: {escape(finding.found)}  {escape(finding.remedy)}".rstrip())
    if any(finding.needed and not finding.well for finding in findings):
        raise typer.Exit(1)


def _version(asked: bool) -> None:
    if asked:
        out.print(f"testimonia {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Nothing of its own: the commands do the work."""


def main() -> None:
    """Run the command line; what is wrong is said in a sentence, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # consoles that are not UTF-8
    try:
        app(standalone_mode=True)
    except NotAllowedError as error:
        err.print(f"[yellow]refused[/]  {escape(str(error))}")
        sys.exit(3)
    except TestimoniaError as error:
        err.print(f"[red]error[/]  {escape(str(error))}")
        sys.exit(1)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:
            err.print("Stopped. Run the same command again: it goes on where it stopped.")
        raise
