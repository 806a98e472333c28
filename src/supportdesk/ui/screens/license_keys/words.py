"""A license key in words: hidden, spoken, and how long it is valid."""

from supportdesk.app.expiry import days_left
from supportdesk.app.license_keys import ending, masked
from supportdesk.domain.entities import LicenseKey
from supportdesk.i18n import _
from supportdesk.ui import formats


def box_texts(key: LicenseKey, *, revealed: bool) -> tuple[str, str]:
    """What is seen, and what a screen reader says in place of bullets."""
    if revealed:
        return key.key, key.key
    end = ending(key.key)
    return masked(key.key), _("Hidden, ends with {end}").format(end=end) if end else _("Hidden")


def facts(key: LicenseKey, warn_days: int) -> str:
    if key.valid_until is None:
        return key.note
    days = days_left(key.valid_until, warn_days)
    day = formats.full_day(key.valid_until)
    if days is None:
        text = _("valid until {day}") if key.note else _("Valid until {day}")
    elif days < 0:
        text = _("ran out on {day}") if key.note else _("Ran out on {day}")
    else:
        text = _("runs out on {day}") if key.note else _("Runs out on {day}")
    return " · ".join(part for part in (key.note, text.format(day=day)) if part)
