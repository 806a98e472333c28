"""Menus, whose entries Python makes."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import supportdesk.ui
from supportdesk.ui.widgets.menu import Menu, place_below

_MAKES_ENTRIES = re.compile(r"\.(?:addAction|addSeparator|addMenu|insertAction|insertSeparator|insertMenu)\(")
_MAY = {"widgets/menu.py", "shell/menu_bar.py"}


def test_menus_are_filled_in_one_place_only() -> None:
    """No other module asks Qt to make an entry, whose address PySide would keep for too long."""
    room = Path(supportdesk.ui.__file__).parent
    filling = {
        path.relative_to(room).as_posix()
        for path in room.rglob("*.py")
        if _MAKES_ENTRIES.search(path.read_text("utf-8"))
    }
    assert filling == _MAY


def test_an_entry_is_told_and_ticked(qapp: object) -> None:
    """An entry does what it was made for, with and without a tick; a line and a submenu are entries too."""
    told: list[str] = []
    menu = Menu()
    menu.entry("Plain", lambda: told.append("plain"), icon="copy").trigger()
    ticked = menu.entry("Ticked", lambda: told.append("ticked"), checked=True)
    assert ticked.isChecked()
    ticked.trigger()
    assert not ticked.isChecked()
    menu.line()
    menu.submenu("More").entry("Below", lambda: told.append("below")).trigger()
    assert told == ["plain", "ticked", "below"]
    plain, _ticked, line, more = menu.actions()
    assert not plain.icon().isNull()
    assert not plain.isCheckable()
    assert line.isSeparator()
    assert more.text() == "More"
    menu.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_menu_for_once_is_gone_when_it_closes(qtbot: QtBot) -> None:
    """What is opened for once leaves nothing behind with its owner."""
    owner = QWidget()
    owner.resize(200, 40)
    menu = Menu(owner)
    menu.entry("One", owner.update)
    menu.open_once(place_below(owner))
    assert menu.pos() == owner.mapToGlobal(QPoint(0, 39))
    menu.close()
    qtbot.waitUntil(lambda: not owner.findChildren(Menu))
    owner.deleteLater()
