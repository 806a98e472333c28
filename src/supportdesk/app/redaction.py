"""Takes out of technical text what must not leave this computer by accident."""

import re
from pathlib import Path

_GONE = "[…]"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # name: value, name=value and "name": "value" of everything that is a secret by its name
    (
        re.compile(
            r"(?i)([\"']?\b(?:pass(?:word|wd|phrase)?|token|secret|api[_-]?key|license[_-]?key|authorization"
            r"|cookie|session)[\"']?\s*[:=]\s*)(?:(?:bearer|basic)\s+)?(\"[^\"]*\"|'[^']*'|[^\s,;)}\]]+)"
        ),
        rf"\1{_GONE}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {_GONE}"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), _GONE),
    # user and password in an address, and everything behind the question mark
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/@]+@"), rf"\1{_GONE}@"),
    (re.compile(r"(?i)\b(https?://[^\s?#]+)[?#]\S+"), rf"\1?{_GONE}"),
    # keys as vendors print them, and long random strings
    (re.compile(r"\b[A-Z0-9]{3,6}(?:-[A-Z0-9]{4,6}){2,}\b"), _GONE),
    (re.compile(r"\b(?=[\w+/-]*\d)(?=[\w+/-]*[A-Za-z])[A-Za-z0-9_+/-]{40,}={0,2}(?![\w/])"), _GONE),
    (re.compile(r"\b[\w.+-]+@([\w-]+(?:\.[\w-]+)+)\b"), rf"{_GONE}@\1"),
)


def redact(text: str) -> str:
    """`text` without passwords, tokens, keys, names in e-mail addresses and the name of the home folder."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
