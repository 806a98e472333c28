"""Mails as texts: written, queued and read. Who is told what is decided elsewhere."""
