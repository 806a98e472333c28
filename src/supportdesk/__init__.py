"""The desktop client for support portals."""

__version__ = "0.1.0"
