"""The backend for SupportDesk servers, and for whoever else implements their published API."""

from supportdesk.backends.rest.backend import RestBackend, open_backend

__all__ = ["RestBackend", "open_backend"]
