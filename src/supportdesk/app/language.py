"""Which language the app speaks: the one chosen in the settings, else what the system asks for."""

from supportdesk import i18n
from supportdesk.app.first_look import Values
from supportdesk.app.settings import LANGUAGE

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "sv": "Svenska", "fi": "Suomi"}
"""Each in its own language, so that everybody finds theirs."""


def speak_system() -> None:
    i18n.set_language(i18n.system_language())


def speak_chosen(settings: Values) -> None:
    chosen = settings.get(LANGUAGE)
    if chosen == "system":
        speak_system()
    else:
        i18n.set_language(chosen)
