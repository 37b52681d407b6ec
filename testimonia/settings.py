"""Typed settings, one frozen class for each stage, read from `testimonia.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from testimonia.errors import SettingsError

MEGABYTE = 1_000_000
EMBARGO = 90  # days; who hurries is not asked, since others pay for it


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why the project exists and on what lawful basis it holds what it holds; printed in every edition but one."""

    purpose: str = ""
    lawful_basis: str = ""


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """How files become documents. `max_megabytes`: larger files are recorded as failures, not read."""

    max_megabytes: int = 200


@dataclass(frozen=True, slots=True)
class ClaimSettings:
    """Which packs are used; empty means all that are installed. `encoder`: whether it checks the rules, and they it."""

    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    encoder: bool = True


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """When claims are the same happening. `days`: how far their dates may lie apart; `threshold`: score to join."""

    days: int = 1
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class WeighSettings:
    """When a document counts as a copy: share of the shorter text's shingles of `words` words that the other holds."""

    words: int = 5
    certain: float = 0.7
    suspected: float = 0.35


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """`embargo_days`: for so long, where forces are or what is passed to them has no place below the oblast.

    It can be made longer, not shorter.
    """

    embargo_days: int = EMBARGO


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a project, a class for each stage."""

    project: Purpose = field(default_factory=Purpose)
    collect: CollectSettings = field(default_factory=CollectSettings)
    claims: ClaimSettings = field(default_factory=ClaimSettings)
    link: LinkSettings = field(default_factory=LinkSettings)
    weigh: WeighSettings = field(default_factory=WeighSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)


TEMPLATE = """\
# Settings of this Testimonia project. Every line may be left out; what stands here are the defaults.

[project]
# Why this project exists, and on what lawful basis it holds personal data. Required before any edition
# other than the internal one can be made.
purpose = ""
lawful_basis = ""

[collect]
# Larger files are recorded as failures and not read.
max_megabytes = 200

[claims]
# Language and region packs to use; an empty list means all that are installed.
languages = []
regions = []
# Whether the encoder (docs/model.md) and the rules check each other; false codes by the rules alone.
encoder = true

[link]
# How many days two dates may lie apart, and the score from which two claims are one happening.
days = 1
threshold = 0.5

[weigh]
# A document is a copy of another when this share of its runs of five words stands in the other.
words = 5
certain = 0.7
suspected = 0.35

[publish]
# For so many days, claims on deployments and on information passed to forces have no place below the oblast.
# It can be made longer, not shorter.
embargo_days = 90
"""


RANGES: dict[str, tuple[float, float]] = {
    "max_megabytes": (1, 100_000),
    "days": (0, 365),
    "threshold": (0, 1),
    "words": (2, 50),
    "certain": (0, 1),
    "suspected": (0, 1),
    "embargo_days": (EMBARGO, 36_500),
}


def _in_range(file: Path, section: str, name: str, value: Any) -> Any:
    low, high = RANGES.get(name, (float("-inf"), float("inf")))
    if isinstance(value, int | float) and not low <= value <= high:
        why = " The embargo can be made longer, not shorter." if name == "embargo_days" else ""
        raise SettingsError(f"{file}: [{section}] {name} = {value!r} should lie between {low} and {high}.{why}")
    return value


def _typed(file: Path, section: str, default: Any, name: str, value: Any) -> Any:
    wanted = type(getattr(default, name))
    if wanted is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise SettingsError(f"{file}: [{section}] {name} = {value!r} should be of type {wanted.__name__}.")
    return value


def _section(file: Path, name: str, default: Any, given: Any) -> Any:
    if not isinstance(given, dict):
        raise SettingsError(f"{file}: {name} should be a section: write [{name}] on a line of its own.")
    known = {item.name for item in fields(default)}
    unknown = sorted(set(given) - known)
    if unknown:
        there_are = ", ".join(sorted(known))
        raise SettingsError(f"{file}: [{name}] has no setting {', '.join(unknown)}; there are: {there_are}.")
    typed = {key: _typed(file, name, default, key, value) for key, value in given.items()}
    return replace(default, **{key: _in_range(file, name, key, value) for key, value in typed.items()})


def load_settings(file: Path) -> Settings:
    """Read settings from a TOML file; a missing file gives the defaults.

    Raises SettingsError naming the file, the section and what is allowed there.
    """
    if not file.exists():
        return Settings()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML ({error}). Compare with what `testimonia init` writes.") from error
    settings = Settings()
    known = {item.name for item in fields(settings)}
    unknown = sorted(set(given) - known)
    if unknown:
        raise SettingsError(f"{file}: unknown section {', '.join(unknown)}; there are: {', '.join(sorted(known))}.")
    sections = {name: _section(file, name, getattr(settings, name), value) for name, value in given.items()}
    return replace(settings, **sections)
