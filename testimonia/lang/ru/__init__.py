"""Russian."""

from pathlib import Path

from testimonia.lang.cyrillic import cyrillic_pack
from testimonia.packs import LanguagePack


def pack() -> LanguagePack:
    """Return the Russian pack."""
    return cyrillic_pack(Path(__file__).parent, "ru", "Russian")
