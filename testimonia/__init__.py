"""Testimonia reads contested reports and shows who said what happened, and on how many independent origins.

The public door: a run over a folder (`run`), claims without a project (`code_folder`), the way back from a number to
its words (`why`), and the records that they give. Names are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from testimonia.embargo import Embargo
    from testimonia.errors import TestimoniaError
    from testimonia.lineage import why
    from testimonia.packs import load_packs
    from testimonia.pipeline import run
    from testimonia.records import Claim, Count, Document, Event, Place, Quote, Weight, When
    from testimonia.store import Store
    from testimonia.veil import Gate
    from testimonia.without_project import code_folder

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Count",
    "Document",
    "Embargo",
    "Event",
    "Gate",
    "Place",
    "Quote",
    "Store",
    "TestimoniaError",
    "Weight",
    "When",
    "code_folder",
    "load_packs",
    "run",
    "why",
]

_ROOMS = {
    "Embargo": "embargo",
    "Gate": "veil",
    "Store": "store",
    "TestimoniaError": "errors",
    "code_folder": "without_project",
    "load_packs": "packs",
    "run": "pipeline",
    "why": "lineage",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"testimonia has no {name!r}; its public names are: {', '.join(__all__)}.")
    return getattr(import_module(f"testimonia.{_ROOMS.get(name, 'records')}"), name)
