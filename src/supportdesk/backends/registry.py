"""Which backends are installed. A plug-in that cannot be loaded is a line to report, never a crash."""

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import msgspec

from supportdesk.backends.base import Backend, OpenBackend
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _

GROUP = "supportdesk.backends"

# Named here as well, so that they are found without reading the metadata of every installed package.
BUILT_IN = (
    EntryPoint("local", "supportdesk.backends.local:open_backend", GROUP),
    EntryPoint("rest", "supportdesk.backends.rest:open_backend", GROUP),
)


class BackendMissing(SupportDeskError):
    """The backend that a profile names is not installed, or cannot be loaded."""

    code = "backend_missing"

    def default_next_step(self) -> str:
        return _("Ask the vendor which part of SupportDesk is missing.")


class Plugin(msgspec.Struct, frozen=True):
    """One backend for Diagnostics; `trouble` is one line, empty when it can be used."""

    kind: str
    origin: str
    """The module it comes from."""
    trouble: str = ""


def open_backend(profile: Profile, folder: Path) -> Backend:
    """A backend of the kind that the profile names. Raises BackendMissing; may read files."""
    return _load(_entry(profile.backend.kind))(profile, folder)


def plugins() -> tuple[Plugin, ...]:
    """All that are installed, by kind. Loads each of them; reads files."""
    return tuple(_examined(entry) for _kind, entry in sorted(_entries().items()))


def _entries() -> dict[str, EntryPoint]:
    """By kind; what is built in cannot be replaced from outside."""
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    return found | {entry.name: entry for entry in BUILT_IN}


def _entry(kind: str) -> EntryPoint:
    built_in = next((entry for entry in BUILT_IN if entry.name == kind), None)
    entry = built_in or _entries().get(kind)
    if entry is None:
        text = _("The connection to help desks of the kind “{kind}” is not installed.")
        raise BackendMissing(text.format(kind=kind))
    return entry


def _load(entry: EntryPoint) -> OpenBackend:
    try:
        loaded: OpenBackend = entry.load()
    except Exception as error:
        text = _("The connection to help desks of the kind “{kind}” cannot be loaded: {reason}")
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise BackendMissing(text.format(kind=entry.name, reason=reason)) from error
    return loaded


def _examined(entry: EntryPoint) -> Plugin:
    try:
        _load(entry)
    except BackendMissing as error:
        return Plugin(kind=entry.name, origin=entry.value, trouble=str(error))
    return Plugin(kind=entry.name, origin=entry.value)
