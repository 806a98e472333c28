"""Texts in the customer's language.

English literals are the keys. `resources/translations/<language>/*.po` are compiled into one `supportdesk.mo`
a language by `hatch_build.py`; what is not translated appears in English. Two pseudo languages are made while
running: they show which texts bypass this module, and what breaks when texts grow or run from right to left.

Format after translating, never before: `_("Draft saved {time}").format(time=…)`.
"""

import gettext
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from supportdesk import resources

SOURCE_LANGUAGE = "en"
LANGUAGES = ("en", "de", "sv", "fi")
_THOUSANDS = {"de": ".", "sv": "\u00a0", "fi": "\u00a0"}
PSEUDO = "pseudo"
PSEUDO_RIGHT_TO_LEFT = "pseudo-rtl"

_CATALOGUE = "supportdesk.mo"
# What a translator leaves alone: {placeholders}, those of argparse, <tags> and &entities;
_FIXED = re.compile(r"(\{[^{}]*\}|%(?:\(\w+\))?[sr]|<[^<>]+>|&\w+;)")
_ACCENTS = str.maketrans(
    "AaBCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz",
    "ÅåßÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž",
)
_GROWTH = 0.4
# Right-to-left mark and override in front of a word, their ends behind it: Latin letters run backwards.
_REVERSED = "\u200f\u202e{}\u202c\u200f"


@dataclass(frozen=True, slots=True)
class _Speech:
    language: str
    catalogue: gettext.NullTranslations
    disguise: Callable[[str], str] | None = None

    def say(self, text: str) -> str:
        return self.disguise(text) if self.disguise and text else text


def _stretched(text: str) -> str:
    parts = _FIXED.split(text)
    accented = "".join(part if _FIXED.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    return f"[{accented}{'~' * max(1, round(len(text) * _GROWTH))}]"


def _mirrored(text: str) -> str:
    parts = _FIXED.split(text)
    return "".join(
        part if _FIXED.fullmatch(part) else re.sub(r"\S+", lambda word: _REVERSED.format(word[0]), part)
        for part in parts
    )


_DISGUISES = {PSEUDO: _stretched, PSEUDO_RIGHT_TO_LEFT: _mirrored}
_speech = _Speech(SOURCE_LANGUAGE, gettext.NullTranslations())
_spoken_here: ContextVar[_Speech | None] = ContextVar("_spoken_here", default=None)


def _present() -> _Speech:
    return _spoken_here.get() or _speech


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    file = resources.path("translations", language, _CATALOGUE)
    if not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def set_language(language: str) -> None:
    """Change the language of all texts asked for from now on, in every thread.

    Raises ValueError for a language that is neither in LANGUAGES nor a pseudo language.
    """
    global _speech  # noqa: PLW0603 - one process speaks one language; the assignment is atomic
    _speech = _speech_of(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts asked for within it, by this thread or task, are in `language`: a mail, an answer of a server.

    Raises ValueError as `set_language` does.
    """
    token = _spoken_here.set(_speech_of(language))
    try:
        yield
    finally:
        _spoken_here.reset(token)


def _speech_of(language: str) -> _Speech:
    if language in _DISGUISES:
        return _Speech(language, gettext.NullTranslations(), _DISGUISES[language])
    if language in LANGUAGES:
        return _Speech(language, _catalogue(language))
    message = f"Unknown language: {language!r}"
    raise ValueError(message)


def language() -> str:
    return _present().language


def grouped(number: int) -> str:
    """With the sign that the language puts between thousands."""
    return f"{number:,}".replace(",", _THOUSANDS.get(_present().language, ","))


def is_right_to_left() -> bool:
    return _present().language == PSEUDO_RIGHT_TO_LEFT


def available_languages() -> tuple[str, ...]:
    """Languages a customer can choose: English and those that have a catalogue, in the order of LANGUAGES."""
    return tuple(
        tag
        for tag in LANGUAGES
        if tag == SOURCE_LANGUAGE or resources.path("translations", tag, _CATALOGUE).is_file()
    )


def best_language(preferences: Sequence[str]) -> str:
    """The available language that comes first in `preferences` (tags such as `de-AT` or `de_DE.UTF-8`)."""
    available = available_languages()
    for preference in preferences:
        primary = re.split(r"[-_.]", preference.lower(), maxsplit=1)[0]
        if primary in available:
            return primary
    return SOURCE_LANGUAGE


def system_language() -> str:
    """The available language that the system is set to, as far as it tells a program without a window."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return best_language(
            [locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")]
        )
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return best_language(value.split(":"))
    return SOURCE_LANGUAGE


def _(message: str) -> str:
    """The translation of a literal; "" stays "" (gettext would answer with the catalogue's header)."""
    speech = _present()
    return speech.say(speech.catalogue.gettext(message)) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The form for `n`; the caller formats `n` in."""
    speech = _present()
    return speech.say(speech.catalogue.ngettext(one, many, n))


def pgettext(context: str, message: str) -> str:
    """For a text that needs two translations, e.g. `pgettext("verb", "Open")`."""
    speech = _present()
    return speech.say(speech.catalogue.pgettext(context, message))


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a literal for translation where it is declared; `_` translates it where it is shown."""
    return message
