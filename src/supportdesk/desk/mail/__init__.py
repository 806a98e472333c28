"""Mails as texts: written, queued and read. Nothing here knows a ticket or an account."""
