"""Measures what a person waits for, each against the floor under it in the same run."""
