"""The controls every screen is built from, one to a module."""
