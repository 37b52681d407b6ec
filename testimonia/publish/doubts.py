"""What a reader of files noted about how it read them: an odd encoding, broken characters, front matter not used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from testimonia.publish.words import count_of
from testimonia.records import Document


@dataclass(frozen=True, slots=True)
class Doubt:
    """One note on a file; `parts` are how many of its documents (messages, lines) it is about."""

    file: str
    note: str
    parts: int = 1

    @property
    def said(self) -> str:
        """The file, how many of its parts, and the note, as one sentence."""
        return f"{self.file}{f' ({self.many})' if self.many else ''}: {self.note}"

    @property
    def many(self) -> str:
        """How many of the file's documents it is about, where there are several."""
        return count_of(self.parts, "document") if self.parts > 1 else ""


def doubts(documents: Iterable[Document]) -> tuple[Doubt, ...]:
    """Return the notes of all documents by file, the same note on many parts of a file as one."""
    found: dict[tuple[str, str], int] = {}
    for document in documents:
        for note in document.notes:
            found[document.file, note] = found.get((document.file, note), 0) + 1
    return tuple(Doubt(file, note, number) for (file, note), number in sorted(found.items()))
