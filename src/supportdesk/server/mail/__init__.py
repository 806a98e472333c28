"""Mails on their way out of the desk's queue, and back in."""
