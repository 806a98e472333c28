"""List left, reading column right: what important information, newsletter and help articles share."""
