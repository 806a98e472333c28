"""Home in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.app.home import TileState, WaitingCell
from supportdesk.app.screens import Route
from supportdesk.ui.screens.home.screen import HomeScreen
from supportdesk.ui.screens.home.tile_grid import TileGrid
from supportdesk.ui.screens.home.waiting_strip import WaitingStrip
from supportdesk.ui.widgets.tile import Tile
from tests.support.app import Desktop, demo_app

pytestmark = pytest.mark.usefixtures("qapp")
TITLES = [
    "Report a problem",
    "Your tickets",
    "Important information",
    "Reopen a ticket",
    "License keys",
    "Help articles",
    "Newsletter",
    "Settings",
]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as opened:
        opened.window.resize(1120, 760)
        opened.settle()
        yield opened


def home(desktop: Desktop) -> HomeScreen:
    screen = desktop.window.stack.shown
    assert isinstance(screen, HomeScreen)
    return screen


def tiles(desktop: Desktop) -> list[Tile]:
    """In reading order."""
    found = [tile for tile in home(desktop).findChildren(Tile) if tile.isVisible()]
    return sorted(found, key=lambda tile: (tile.y(), tile.x()))


def holder() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def focused() -> str:
    return holder().accessibleName()


def test_the_tiles_stand_in_the_order_of_the_vendor(desktop: Desktop) -> None:
    """The primary one first."""
    assert [tile.accessibleName() for tile in tiles(desktop)] == TITLES


@pytest.mark.parametrize(("width", "columns"), [(1120, 4), (900, 3), (720, 2)])
def test_the_width_decides_about_the_columns(desktop: Desktop, width: int, columns: int) -> None:
    """Four, three, or two compact ones; all of one width."""
    desktop.window.resize(width, 760)
    desktop.settle()
    first_row = [tile for tile in tiles(desktop) if tile.y() == tiles(desktop)[0].y()]
    assert len(first_row) == columns
    assert max(tile.width() for tile in first_row) - min(tile.width() for tile in first_row) <= 1


def test_a_scroll_bar_takes_no_column_away() -> None:
    """What the page says of its width decides alone: compact tiles would take away the bar that made them."""
    grid = TileGrid()
    grid.set_tiles([TileState(Route(name), name, "", "inbox") for name in ("a", "b", "c", "d")])
    grid.set_width(736)
    for width in (736, 720, 700):
        grid.resize(width, 300)
        grid.grab()  # which lays it out
        assert len({tile.x() for tile in grid.findChildren(Tile)}) == 3


def test_the_arrows_walk_the_grid(desktop: Desktop) -> None:
    """Right, down, left, up; at the edges nothing happens."""
    tiles(desktop)[0].setFocus()
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(holder(), key)
        walked.append(focused())
    assert walked == ["Your tickets", "Help articles", "License keys", "Report a problem", "Report a problem"]
    QTest.keyClick(holder(), Qt.Key.Key_End)
    assert focused() == "Settings"


def test_letters_jump_to_a_tile_and_enter_opens_it(desktop: Desktop) -> None:
    """Also those with a diacritic or in another case."""
    tiles(desktop)[0].setFocus()
    QTest.keyClicks(holder(), "S")
    assert focused() == "Settings"
    QTest.keyClick(holder(), Qt.Key.Key_Return)
    desktop.settle()
    assert desktop.window.navigator.current.screen == "settings"


def test_what_waits_leads_to_the_ticket(desktop: Desktop) -> None:
    """'Answer ticket #1042' opens #1042."""
    desktop.click("Answer ticket #1042")
    assert desktop.window.navigator.current.screen == "ticket"


def test_the_foot_says_how_to_reach_the_vendor(desktop: Desktop) -> None:
    """Phone number and hours, video help and web portal; a link asks before it leads out."""
    footer = home(desktop)._footer
    assert footer._phone.text() == "Support 030 23125 140"
    desktop.click("Video help")
    assert desktop.window.question.isVisible()
    desktop.click("Stay here")
    assert not desktop.window.question.isVisible()
    assert desktop.has(QAbstractButton, "Web portal")


def test_text_of_double_size_loses_no_tile(desktop: Desktop) -> None:
    """At 200 % the page scrolls; every tile keeps its words."""
    from supportdesk.app.settings import TEXT_PERCENT
    from supportdesk.ui.theme import theme

    desktop.workspace.settings.set(TEXT_PERCENT, 200)
    desktop.window.resize(720, 560)
    desktop.settle()
    assert [tile.accessibleName() for tile in tiles(desktop)] == TITLES
    assert all(tile.width() <= desktop.window.width() for tile in tiles(desktop))
    theme().apply(scale=1.0)


def test_what_is_unfolded_is_read_on_with_the_keyboard(qtbot: QtBot) -> None:
    """The link that showed it all is gone: the focus goes to the first one that was not seen before."""
    strip = WaitingStrip()
    qtbot.addWidget(strip)
    cells = [WaitingCell(f"Sign {number}", "", "signature", "warning", None) for number in range(5)]
    strip.set_cells(cells[:3], 5)
    strip.show()
    strip.activateWindow()
    link = strip.findChildren(QAbstractButton)[0]
    assert link.text() == "Show all"
    link.setFocus()
    qtbot.waitUntil(link.hasFocus, timeout=30_000)
    strip.set_cells(cells, 5)
    assert focused() == "Sign 3"
