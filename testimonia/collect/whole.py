"""Text out of JSON may hold halves of characters; no store can hold those."""

from __future__ import annotations


def whole(text: str) -> tuple[str, tuple[str, ...]]:
    """Join the two halves of characters that JSON wrote apart (surrogates), and replace a half that stands alone.

    Returns the text, and a note where something was replaced.
    """
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text, ()
    mended = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if mended.count("\ufffd") == text.count("\ufffd"):
        return mended, ()
    return mended, ("The file holds halves of characters; they show as \ufffd. Fetch it again.",)
