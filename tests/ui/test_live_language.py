"""A language that is chosen while the program runs is spoken at once, everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from supportdesk import i18n
from supportdesk.app.screens import SCREENS, Route
from tests.manual.words import unknown
from tests.support.app import Desktop, demo_app
from tests.support.person import parts, rows, said

pytestmark = [pytest.mark.second_stage, pytest.mark.timeout(300)]


@pytest.fixture
def desktop(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path / "data", request.param) as desktop:
        desktop.window.resize(1120, 760)
        yield desktop


@pytest.mark.parametrize("desktop", ["practice", "retail", "orders"], indirect=True)
def test_no_screen_keeps_words_of_the_language_before(
    desktop: Desktop, request: pytest.FixtureRequest
) -> None:
    """English words that are not there when the same screen is made in German."""
    vendor, left = str(request.node.callspec.params["desktop"]), {}
    for spec in (each for each in SCREENS if each.order is not None):
        route = Route(spec.id)
        desktop.window.go(route)
        desktop.settle()
        _speak(desktop, "de")
        changed = _words(desktop)
        assert desktop.window.stack._context is not None
        desktop.window.navigator.begin(desktop.window.stack._context, route)
        made = _words(desktop)
        left[spec.id] = [
            each
            for each in sorted(changed - made)
            if not unknown([each], vendor, "en") and unknown([each], vendor, "de")
        ]
        _speak(desktop, "en")
    assert not any(left.values()), left


def _speak(desktop: Desktop, language: str) -> None:
    i18n.set_language(language)
    desktop.application.stage._spoken.follow()


def _words(desktop: Desktop) -> set[str]:
    """Everything that can be read, and what a screen reader says."""
    desktop.settle()
    shown = [widget for widget in parts(desktop.window) if widget.isVisible()]
    return {line for widget in shown for text in _texts(widget) for line in text.split("\n") if line}


def _texts(widget: QWidget) -> Iterator[str]:
    yield said(widget)
    yield widget.toolTip()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from rows(widget)
