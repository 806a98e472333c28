"""Texts: catalogues, plurals, pseudo languages."""

import re
import threading

import pytest

from supportdesk import i18n
from supportdesk.i18n import _, ngettext, pgettext

MESSAGE = "Draft saved {time} &amp; <b>kept</b>"


def test_english_is_the_text_itself() -> None:
    """In English, and where a translation is missing, a text is what the source says."""
    assert _(MESSAGE) == MESSAGE
    i18n.set_language("de")
    assert _("A text that nobody has translated") == "A text that nobody has translated"
    assert pgettext("nowhere", "A text that nobody has translated") == "A text that nobody has translated"


def test_one_task_speaks_another_language() -> None:
    """A mail in German is written beside a window in English; other threads and later texts are untouched."""
    elsewhere: list[str] = []

    def look() -> None:
        elsewhere.append(_("Report a problem"))

    with i18n.speaking("de"):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        assert i18n.language() == "de"
        assert _("Report a problem") == "Problem melden"
        with i18n.speaking("en"):
            assert _("Report a problem") == "Report a problem"
        assert _("Report a problem") == "Problem melden"
    assert (_("Report a problem"), elsewhere) == ("Report a problem", ["Report a problem"])
    with pytest.raises(ValueError, match="xx"), i18n.speaking("xx"):
        pass


def test_nothing_stays_nothing() -> None:
    """An empty text does not become the catalogue's header, in any language."""
    for language in (*i18n.LANGUAGES, i18n.PSEUDO, i18n.PSEUDO_RIGHT_TO_LEFT):
        i18n.set_language(language)
        assert _("") == ""


def test_plurals_follow_the_number() -> None:
    """One and many are told apart also without a catalogue."""
    assert [ngettext("{n} file", "{n} files", n).format(n=n) for n in (0, 1, 2)] == [
        "0 files",
        "1 file",
        "2 files",
    ]


@pytest.mark.parametrize("language", [i18n.PSEUDO, i18n.PSEUDO_RIGHT_TO_LEFT])
def test_pseudo_languages_leave_placeholders_alone(language: str) -> None:
    """Placeholders, tags and entities survive, so that formatting works; every other letter is disguised."""
    i18n.set_language(language)
    disguised = _(MESSAGE)
    for part in ("{time}", "&amp;", "<b>", "</b>"):
        assert part in disguised
    assert disguised.format(time="10:32").count("10:32") == 1
    assert disguised != MESSAGE
    assert ngettext("{n} file", "{n} files", 2) != "{n} files"


def test_pseudo_grows_texts() -> None:
    """The pseudo language is some 40 % longer and bracketed, so that cut texts are seen."""
    i18n.set_language(i18n.PSEUDO)
    text = _("Report a problem")
    assert text[0] == "["
    assert text[-1] == "]"
    assert len(text) >= 1.4 * len("Report a problem")


def test_right_to_left_marks_every_word() -> None:
    """Each word is turned around by itself; only this pseudo language runs from right to left."""
    assert not i18n.is_right_to_left()
    i18n.set_language(i18n.PSEUDO_RIGHT_TO_LEFT)
    assert i18n.is_right_to_left()
    assert len(re.findall("\u202e", _("Report a problem"))) == 3


def test_unknown_language_is_refused() -> None:
    """A language that the program does not know changes nothing."""
    i18n.set_language("de")
    with pytest.raises(ValueError, match="klingon"):
        i18n.set_language("klingon")
    assert i18n.language() == "de"


@pytest.mark.parametrize(
    ("preferences", "expected"),
    [
        (["de-AT", "en-GB"], "de"),
        (["de_DE.UTF-8"], "de"),
        (["pt-BR", "de"], "de"),
        (["sv_FI.UTF-8", "de"], "sv"),
        (["pt-BR", "EN-us", "de"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_best_language(preferences: list[str], expected: str) -> None:
    """The first wish that can be fulfilled wins, English otherwise; regions do not matter."""
    assert i18n.best_language(preferences) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANGUAGE": "pt:de:en", "LANG": "en_GB.UTF-8"}, "de"),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_system_language(variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is read in gettext's order."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert i18n.system_language() == expected


def test_the_languages_that_can_be_chosen() -> None:
    """A customer finds every language that has a catalogue, English first."""
    assert i18n.available_languages() == ("en", "de", "sv")


def test_thousands_are_told_apart_as_the_language_does() -> None:
    """A comma in English, a full stop in German, a blank that does not break in Swedish."""
    told = []
    for language in ("en", "de", "sv"):
        with i18n.speaking(language):
            told.append(i18n.grouped(100_000))
    assert told == ["100,000", "100.000", "100\u00a0000"]
