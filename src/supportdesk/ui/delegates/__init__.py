"""Painting of rows and cells."""
