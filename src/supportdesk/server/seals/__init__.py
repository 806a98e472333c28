"""Sealing what customers signed, and the authority that says when it was."""
