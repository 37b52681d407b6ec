"""What can go wrong, in a few meanings. Every message names the file, the place, and the way out."""

from __future__ import annotations


class TestimoniaError(Exception):
    """The base of every error that Testimonia raises on purpose; its text is meant for the user."""

    __test__ = False  # pytest: not a test class, whatever its name begins with


class UnreadableError(TestimoniaError):
    """A document cannot be read. It becomes a recorded `Failure`, and the run goes on."""


class NotUnderstoodError(UnreadableError):
    """A file can be read, but its form is unknown (for example JSON without texts)."""


class SettingsError(TestimoniaError):
    """A setting, a sidecar table or a command-line value is wrong."""


class PackError(TestimoniaError):
    """A language or region pack is missing, or one of its tables is malformed."""


class CodebookError(TestimoniaError):
    """The codebook is malformed, or a code is used that it does not hold."""


class StorageError(TestimoniaError):
    """The project folder cannot be written or read: a full disk, no permission, a damaged database."""


class UnknownIdError(TestimoniaError):
    """No record has this id."""


class NotAllowedError(TestimoniaError):
    """The do-no-harm rules refuse this; the text says which rule and what is possible instead."""
