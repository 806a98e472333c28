"""The sign-in window."""
