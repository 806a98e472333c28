"""Names of states, by which a client shows what it has."""

import hashlib
import re

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def of(state: str) -> str:
    """A weak tag: the same facts may come compressed or not."""
    return f'W/"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'


def shown(header: str, tag: str) -> bool:
    """Whether If-None-Match names `tag`, be either of them weak or strong."""
    return f"W/{tag.removeprefix('W/')}" in asked(header)


def asked(header: str) -> frozenset[str]:
    """The tags in If-None-Match, all written as weak ones, as they are compared."""
    return frozenset(f"W/{tag}" for tag in _TAG.findall(header))
