"""Collect: a folder of files becomes documents, with what is known of each; one reader for each format.

    walk(folder) → files → items(file, data, settings) → Item, one for each document, or a Failure of one part

Nothing here writes to the folder, and nothing calls the network.
"""

from testimonia.collect.dispatch import items
from testimonia.collect.item import Item, Known
from testimonia.collect.sources import Sources, find_sources, load_sources
from testimonia.collect.telegram import utf16_to_str
from testimonia.collect.walk import is_sidecar, relative, walk

__all__ = [
    "Item",
    "Known",
    "Sources",
    "find_sources",
    "is_sidecar",
    "items",
    "load_sources",
    "relative",
    "utf16_to_str",
    "walk",
]
