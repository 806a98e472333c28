"""What a report may say about this computer. Short, readable, and shown to the customer before it leaves.

It holds no names of people, files or networks, and nothing of what other programs do.
"""

import locale
import os
import platform
import sys

from supportdesk import __version__

FILE_NAME = "system-information.txt"


def text(source: str = "") -> str:
    """Lines of `name: value`, in English, because support reads them. `source` is the host program."""
    facts = {
        "SupportDesk": __version__,
        "Opened from": source,
        "System": f"{platform.system()} {platform.release()}",
        "Version": _distribution(),
        "Processor": platform.machine(),
        "Language": locale.getlocale()[0] or "",
        "Desktop": os.environ.get("XDG_CURRENT_DESKTOP", ""),
        "Session": os.environ.get("XDG_SESSION_TYPE", ""),
        "Python": platform.python_version(),
    }
    return "".join(f"{name}: {value}\n" for name, value in facts.items() if value)


def summary(source: str = "") -> str:
    """The same in a few words: whose versions are told."""
    system = _distribution() if sys.platform.startswith("linux") else platform.system()
    return ", ".join(part for part in (source, f"SupportDesk {__version__}", system) if part)


def _distribution() -> str:
    if not sys.platform.startswith("linux"):
        return platform.version()
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        return ""
