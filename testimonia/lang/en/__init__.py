"""English."""

from pathlib import Path

from testimonia.packs import LanguagePack, language_from


def pack() -> LanguagePack:
    """Return the English pack."""
    return language_from(Path(__file__).parent, "en", "English")
