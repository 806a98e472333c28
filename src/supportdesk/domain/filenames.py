"""Names of other people's files, made harmless for this computer's disk."""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(
    r"^(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE
)
_MAX_BYTES = 120
_MAX_SUFFIX_CHARS = 16


def safe_name(name: str, fallback: str = "file") -> str:
    """A file name without folders, control or direction characters, reserved words and hidden endings.

    Works for Linux, macOS and Windows alike, at most 120 bytes in UTF-8, and is never '.', '..' or empty.
    A second ending that would hide the first ('invoice.pdf.exe') stays visible: nothing is cut from the end.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(
        char if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else ""
        for char in text
    )
    text = _FORBIDDEN.sub("_", text)
    text = " ".join(text.split()).strip(". ")
    text = _shorten(text)
    if not text:
        return fallback
    return f"_{text}" if _RESERVED.match(text) else text


def _shorten(text: str) -> str:
    if len(text.encode()) <= _MAX_BYTES:
        return text
    stem, dot, suffix = text.rpartition(".")
    if not dot or len(suffix) > _MAX_SUFFIX_CHARS:
        stem, dot, suffix = text, "", ""
    room = _MAX_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + suffix
