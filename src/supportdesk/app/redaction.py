"""Takes out of technical text what must not leave this computer by accident."""

import re
from pathlib import Path

_GONE = "[…]"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|\Z)"), _GONE),
    # name: value, name=value and "name": "value" of everything that is a secret by its name
    (
        re.compile(
            r"(?i)([\"']?\b(?:[\w-]{0,40}(?:password|passwd|passphrase|passwort|lösenord|token|secret|api[_-]?key"
            r"|license[ _-]?key|authorization|cookie|session)|pass)[\"']?\s*[:=]\s*)"
            r"(?:(?:bearer|basic)\s+)?(\"(?:[^\"\\]|\\+[^\\])*\"|'(?:[^'\\]|\\+[^\\])*'|[^\s,;)}\]]+)"
        ),
        rf"\1{_GONE}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {_GONE}"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), _GONE),
    # user and password in an address, and everything behind the question mark
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]{0,20}://)[^\s/@]+@"), rf"\1{_GONE}@"),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]{0,20}://[^\s?#]+)[?#]\S+"), rf"\1?{_GONE}"),
    # keys as vendors and Amazon print them, and long random strings
    (re.compile(r"\b[A-Z0-9]{3,6}(?:-[A-Z0-9]{4,6}){2,}\b"), _GONE),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), _GONE),
    (
        re.compile(r"\b(?=[\w+/-]{0,200}\d)(?=[\w+/-]{0,200}[A-Za-z])[A-Za-z0-9_+/-]{40,}={0,2}(?![\w/])"),
        _GONE,
    ),
    (re.compile(r"\b[\w.+-]{1,200}@([\w-]+(?:\.[\w-]+)+)\b"), rf"{_GONE}@\1"),
)


def redact(text: str) -> str:
    """`text` without passwords, tokens, keys, names in e-mail addresses and the name of the home folder."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
