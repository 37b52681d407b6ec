"""The commands `testimonia places`: what the gazetteer knows, and what a user adds to it."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from testimonia.errors import SettingsError, UnknownIdError
from testimonia.packs import load_packs
from testimonia.phrases import fold
from testimonia.places.book import Bearer, Book
from testimonia.places.extracts import Unread, places
from testimonia.places.merged import Merged, merge
from testimonia.places.own import Source, files, forget, keep, sources
from testimonia.places.spelled import key
from testimonia.publish.words import count_of

app = typer.Typer(no_args_is_help=True, help="What the gazetteer knows, and what you add to it.")
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)
MOST = 60  # bearers of a name that are listed
NAMED = re.compile(r"[\w-]+")  # what a file is called up to its first stop


@app.command("import", epilog="Example: `testimonia places import UA.zip` (a country file of GeoNames)")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A country file of GeoNames (UA.zip or UA.txt), or an OpenStreetMap extract (.osm).")
    ],
) -> None:
    """Fill in coordinates that the gazetteer lacks, and add places that it does not know.

    Nothing is guessed: a settlement of the codifier is located only where one place of its name lies in its unit and
    near the seat of its hromada. What was imported holds for all projects of this user, and documents are coded again
    with it; a second import of a file of the same name takes the place of the first.
    """
    if not file.is_file():
        raise SettingsError(f"{file}: no such file. Give a country file of GeoNames or an OpenStreetMap extract.")
    if not NAMED.fullmatch(file.name.split(".")[0]):
        raise SettingsError(f"{file}: rename it to letters, digits and dashes, such as UA.zip.")
    found, unread = _merged(file)
    if not found.written:
        raise SettingsError(f"{file}: nothing in it that the gazetteer lacks ({found.known:,} places are known).")
    with file.open("rb") as raw:
        sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    source = Source(file.name, sha256, date.today().isoformat(), found.located, found.added)
    keep(found.written, source)
    _tell(file, found, unread)


def _merged(file: Path) -> tuple[Merged, Unread]:
    """Compare a file with the gazetteer, apart from what a file of its name brought before."""
    shipped = (region.places for region in load_packs().regions)
    others = (one for one in files() if one.stem != file.name.split(".")[0])
    unread, columns = Unread(), (TextColumn("reading"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task("reading", total=None)
        extract = places(file, unread, lambda done, size: bar.update(task, completed=done, total=size))
        return merge(extract, Book((*filter(None, shipped), *others))), unread


def _tell(file: Path, found: Merged, unread: Unread) -> None:
    located = f"{count_of(found.located, 'settlement')} of the codifier {_has(found.located)} coordinates now"
    new = f"{count_of(found.added, 'place')} {'is' if found.added == 1 else 'are'} new"
    out.print(f"{escape(file.name)}: {located}, {new}, {found.known:,} known already.")
    for number, why in (
        (found.open, "left as they were: two settlements could be meant, or two places lie apart"),
        (found.uncodified, "left out: the codifier has no settlement of that name there without coordinates"),
        (found.outside, "left out: they lie in no first-level unit"),
        (unread.lines, "lines could not be read"),
    ):
        if number:
            out.print(f"  {number:,} {why}")


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


@app.command(epilog="Example: `testimonia places show Oleksandrivka`")
def show(name: Annotated[str, typer.Argument(help="A name in any of the languages, in the nominative.")]) -> None:
    """List all places that bear a name, the largest first."""
    words = tuple(fold(name).split())
    rows = load_packs().book.starting(key(words[0])) if words else ()
    bearers = {row.bearer.id: row.bearer for row in rows if row.name == words}
    if not bearers:
        raise UnknownIdError(f"No place has the name {name!r}. Try another spelling, in the nominative.")
    table = Table("name", "kind", "unit", "people", "coordinates", "code", box=None, pad_edge=False)
    for one in sorted(bearers.values(), key=lambda b: (-b.population, b.adm1 or "", b.id))[:MOST]:
        table.add_row(
            one.name,
            one.kind,
            one.adm1 or one.country or "",
            f"{one.population or ''}",
            _where(one),
            one.code or one.id,
        )
    out.print(table)
    if len(bearers) > MOST:
        out.print(f"… and {len(bearers) - MOST} more")


def _where(one: Bearer) -> str:
    """Return the coordinates of a place, and how far from there it may lie where they are another's."""
    if one.lat is None:
        return "unknown"
    return f"{one.lat:.4f}, {one.lon:.4f}" + ("" if one.located else f" ± {one.radius:.0f} km")


@app.command("list", epilog="Example: `testimonia places list`")
def list_() -> None:
    """List what was imported."""
    every = list(sources())
    for file, source in every:
        out.print(f"{file.stem}: {escape(source.name)}, imported on {source.day}, {source.located:,} located, "
                  f"{source.added:,} new, SHA-256 {source.sha256[:12]}")  # fmt: skip
    if not every:
        out.print("Nothing was imported. The gazetteer is the one that the package ships.")


@app.command("forget", epilog="Example: `testimonia places forget UA`")
def forget_(name: Annotated[str, typer.Argument(help="The name that `testimonia places list` gives.")]) -> None:
    """Remove what was imported from a file."""
    if not forget(name):
        raise UnknownIdError(f"Nothing was imported under the name {name!r}. `testimonia places list` shows the names.")
    out.print(f"{escape(name)}: forgotten.")
