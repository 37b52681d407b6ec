"""The block of YAML between two lines of dashes that a Markdown file may open with."""

from __future__ import annotations

import re

import yaml

from testimonia.collect.about import about
from testimonia.collect.item import Known

BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,65536}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
NO_YAML = (
    "The block between dashes at its beginning is not YAML ({}): its title, author and date are not used. "
    "Mend the block, or say them in sources.csv."
)


def front_matter(text: str) -> tuple[Known, tuple[str, ...]]:
    """Return what the front matter of a text says, and notes; an empty `Known` where there is none.

    A block that is not YAML, or is no list of keys, gives a note: the text is read all the same.
    """
    block = BLOCK.match(text)
    if not block:
        return Known(), ()
    try:
        # BaseLoader makes nothing but texts, lists and mappings: no dates to be guessed, no objects
        events = yaml.parse(block[1], Loader=yaml.BaseLoader)
        if any(isinstance(event, yaml.AliasEvent) for event in events):  # a few lines of these can fill the memory
            return Known(), (NO_YAML.format("it uses aliases, which are not followed"),)
        given = yaml.load(block[1], Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        return Known(), (NO_YAML.format(_place(error)),)
    if given is None or given == "":
        return Known(), ()
    if not isinstance(given, dict):
        return Known(), (NO_YAML.format("it has no keys"),)
    return about({str(key): value for key, value in given.items()})


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 2}" if mark else "it is nested too deeply or holds a character that YAML forbids"
