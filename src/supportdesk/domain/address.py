"""The address of a server: as people type it, and what may be used of it."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HOST = re.compile(r"[\w.-]+|[0-9A-Fa-f:.]+")
_PATH = re.compile(r"(/[\w.~-]+)*/?")
_USER_AND_PASSWORD = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)?+[^/?#@]*:.*@", re.DOTALL)
"""A password that nobody encoded may hold any sign: it ends before the last @."""
_BEHIND_THE_PATH = re.compile(r"([?#]).+", re.DOTALL)


def server_address(text: str) -> str:
    """`scheme://host[:port][/path]` without a slash at the end; https where no scheme is named.

    http is only for this computer, where there is nobody in between. Raises InvalidInput.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed if _SCHEME.match(typed) else f"https://{typed}")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise _unusable(typed) from error
    host = (parts.hostname or "").rstrip(".")
    if not _is_plain(parts, host):
        raise _unusable(typed)
    scheme = parts.scheme.lower() if _SCHEME.match(typed) or not is_this_computer(host) else "http"
    if scheme == "http" and not is_this_computer(host):
        raise InvalidInput(
            _("{address} is not protected: anybody on the way could read along.").format(address=typed),
            field="address",
            next_step=_("Ask the vendor for an address that begins with https."),
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{port}{parts.path.rstrip('/')}"


def is_this_computer(host: str) -> bool:
    """Whether a host's name or number stands for loopback."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_plain(parts: SplitResult, host: str) -> bool:
    """Neither user, password, query nor anything else that could hide where it leads."""
    return (
        parts.scheme.lower() in {"http", "https"}
        and _HOST.fullmatch(host) is not None
        and ".." not in host
        and not host.startswith((".", "-"))
        and _PATH.fullmatch(parts.path) is not None
        and not {".", ".."} & set(parts.path.split("/"))
        and "@" not in parts.netloc
        and not parts.query
        and not parts.fragment
    )


def _unusable(typed: str) -> InvalidInput:
    """Does not repeat what may be secret."""
    shown = _BEHIND_THE_PATH.sub(r"\1…", _without_password(typed))[:200]
    return InvalidInput(
        _("“{address}” is not the address of a support portal.").format(address=shown),
        field="address",
        next_step=_("It looks like https://support.example.org."),
    )


def _without_password(typed: str) -> str:
    found = _USER_AND_PASSWORD.match(typed)
    if found is None:
        return typed
    is_clear = not {"?", "#"} & set(found[0])  # else what follows may belong to what is secret, too
    return f"{found[1] or ''}…@{typed[found.end() :] if is_clear else '…'}"
