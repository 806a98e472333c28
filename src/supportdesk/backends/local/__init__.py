"""The embedded desk as a backend: the same rules, errors and durability as a server's, in this process."""

from supportdesk.backends.local.backend import LocalBackend, open_backend
from supportdesk.backends.local.embedded import EmbeddedDesk, borrowed

__all__ = ["EmbeddedDesk", "LocalBackend", "borrowed", "open_backend"]
