"""The five portals' manuals, line by line, and which step of which walk proves each line."""
