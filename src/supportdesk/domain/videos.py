"""What may be given as a video: an address on the web, or a file that came with the vendor's profile."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

FILE_TYPES = (".m4v", ".mkv", ".mov", ".mp4", ".ogv", ".webm")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f\\]")
_NOT_IN_NAMES = frozenset('\\:*?"<>|')


def is_video(video: str) -> bool:
    return bool(host(video)) or is_file(video)


def host(video: str) -> str:
    """Where an http(s) address leads; '' for anything else.

    A user name before the host is refused: it only ever serves to look like another host.
    """
    if _NOT_IN_ADDRESSES.search(video):
        return ""
    try:
        parts = urlsplit(video)
        name = parts.hostname or ""
    except ValueError:
        return ""
    return name if parts.scheme in {"http", "https"} and parts.username is None else ""


def is_file(video: str) -> bool:
    """Whether this is the path of a film below the profile's folder, with '/' between its parts."""
    if _UNPRINTABLE.search(video) or _NOT_IN_NAMES & set(video):
        return False
    path = PurePosixPath(video)
    if path.is_absolute() or path.suffix.lower() not in FILE_TYPES:
        return False
    return not any(part.startswith(".") for part in path.parts)
