"""Filling an empty desk with a demo vendor's content."""
