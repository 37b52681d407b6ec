"""Ukrainian."""

from pathlib import Path

from testimonia.lang.cyrillic import cyrillic_pack
from testimonia.packs import LanguagePack


def pack() -> LanguagePack:
    """Return the Ukrainian pack."""
    return cyrillic_pack(Path(__file__).parent, "uk", "Ukrainian")
