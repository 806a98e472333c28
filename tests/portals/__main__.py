"""Writes docs/portals.md: `python -m tests.portals`."""

from tests.portals.table import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
