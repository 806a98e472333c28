"""The settings in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QRadioButton, QSlider, QWidget

from supportdesk.app.settings import DENSITY, KEEP_RUNNING, LANGUAGE, TEXT_PERCENT, THEME
from supportdesk.app.settings_panes import PANES
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.combo import Combo
from tests.support.app import Desktop, demo_app

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as opened:
        opened.window.resize(1120, 760)
        yield opened
    theme().apply(mode="system", scale=1.0, density="comfortable")


@pytest.mark.parametrize("pane", [pane.id for pane in PANES])
def test_every_pane_opens(desktop: Desktop, pane: str) -> None:
    """By its route; its entry at the side is chosen."""
    desktop.go("settings", pane=pane)
    title = next(each.title for each in PANES if each.id == pane)
    assert desktop.find(QRadioButton, title).isChecked()


def test_a_theme_is_chosen_by_its_picture(desktop: Desktop) -> None:
    """And the window is dark at once."""
    desktop.go("settings", pane="appearance")
    desktop.click("Dark")
    assert desktop.workspace.settings.get(THEME) == "dark"
    assert theme().variant == "dark"


def test_the_size_of_text_grows_by_steps(desktop: Desktop) -> None:
    """By keyboard, as any slider."""
    desktop.go("settings", pane="appearance")
    slider = desktop.find(QSlider, "Text size")
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert desktop.workspace.settings.get(TEXT_PERCENT) == 115
    assert theme().scale == pytest.approx(1.15)


def test_rows_of_lists_become_compact(desktop: Desktop) -> None:
    """The choice is taken over by the theme, which lists ask."""
    desktop.go("settings", pane="appearance")
    desktop.click("Compact")
    assert desktop.workspace.settings.get(DENSITY) == "compact"
    assert theme().density == "compact"


def test_a_language_is_chosen(desktop: Desktop) -> None:
    """The settings themselves speak it at once."""
    desktop.go("settings", pane="language")
    desktop.click("Deutsch")
    assert desktop.workspace.settings.get(LANGUAGE) == "de"
    assert desktop.has(QRadioButton, "Darstellung")


def test_a_switch_is_kept(desktop: Desktop) -> None:
    """Clicking its row is enough."""
    desktop.go("settings", pane="notifications")
    desktop.click("Keep running when the window is closed")
    assert desktop.workspace.settings.get(KEEP_RUNNING) is True


def test_a_setting_changed_elsewhere_is_shown(desktop: Desktop) -> None:
    """The pane follows, because the palette or another window may change it."""
    desktop.go("settings", pane="notifications")
    switch = desktop.find(QAbstractButton, "Keep running when the window is closed")
    desktop.workspace.settings.set(KEEP_RUNNING, value=True)
    assert switch.isChecked()


def test_the_side_is_as_wide_as_the_language_needs(desktop: Desktop) -> None:
    """Nothing is cut after the language changed, without another visit."""
    desktop.go("settings", pane="language")
    desktop.workspace.settings.set(LANGUAGE, "de")
    desktop.settle()
    for title in ("Speicher und Datenschutz", "Benachrichtigungen"):
        entry = desktop.find(QRadioButton, title)
        assert entry.width() >= entry.sizeHint().width()
    desktop.workspace.settings.set(LANGUAGE, "en")


def test_diagnostics_are_shown_and_copied(desktop: Desktop) -> None:
    """What is copied is exactly what is shown."""
    desktop.go("settings", pane="diagnostics")
    text = desktop.find(QPlainTextEdit, "Diagnostics")
    desktop.wait(lambda: "Keyring: none" in text.toPlainText(), "everything is gathered")
    desktop.click("Copy")
    assert QGuiApplication.clipboard().text() == text.toPlainText()


def test_a_narrow_window_chooses_panes_from_a_list(desktop: Desktop) -> None:
    """The side gives way to a list above."""
    desktop.window.resize(720, 560)
    desktop.go("settings", pane="account")
    desktop.settle()
    chooser = desktop.find(Combo, "Settings")
    chooser.changed.emit("about")
    assert desktop.find(QWidget, "About").isVisible()


def test_the_shortcut_page_is_one_key_away(desktop: Desktop) -> None:
    """F1 shows every shortcut there is."""
    desktop.window.commands.perform("shortcuts")
    desktop.settle()
    desktop.find(QWidget, "Capture screen: Ctrl+Shift+S")


def test_orders_are_set_only_where_the_vendor_takes_them(desktop: Desktop) -> None:
    """Whoever has no orders is not asked how many of them stand on a page."""
    desktop.go("settings", pane="appearance")
    assert desktop.has(QWidget, "Row height in lists")
    assert not desktop.has(QWidget, "Orders per page")


def test_the_orders_of_a_page_are_chosen(tmp_path: Path) -> None:
    """Where the vendor takes orders."""
    with demo_app(tmp_path, "orders") as desktop:
        desktop.go("settings", pane="appearance")
        desktop.find(Combo, "Orders per page")
