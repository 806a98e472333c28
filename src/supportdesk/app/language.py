"""Which language the app speaks: the one chosen in the settings, else what the system asks for."""

import locale
import os

from supportdesk import i18n
from supportdesk.app.first_look import Values
from supportdesk.app.settings import LANGUAGE

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "sv": "Svenska", "fi": "Suomi"}
"""Each in its own language, so that everybody finds theirs."""

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def system_preferences() -> tuple[str, ...]:
    """Language tags in the order in which the system wants them."""
    named = [tag for name in _VARIABLES for tag in os.environ.get(name, "").split(":") if tag]
    return (*named, locale.getlocale()[0] or "")


def speak_system() -> None:
    i18n.set_language(i18n.best_language(system_preferences()))


def speak_chosen(settings: Values) -> None:
    chosen = settings.get(LANGUAGE)
    if chosen == "system":
        speak_system()
    else:
        i18n.set_language(chosen)
