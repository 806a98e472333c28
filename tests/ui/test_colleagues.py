"""Colleagues in the running window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from supportdesk.ui.screens.colleagues.colleague_row import ColleagueRow
from supportdesk.ui.screens.colleagues.given_card import GivenCard
from supportdesk.ui.screens.colleagues.new_colleague import NewColleagueCard
from supportdesk.ui.screens.colleagues.screen import ColleaguesScreen
from supportdesk.ui.secret_clipboard import secret_clipboard
from supportdesk.ui.widgets.radio_choice import RadioChoice
from supportdesk.ui.widgets.tile import Tile
from tests.support.app import Desktop, demo_app
from tests.support.double_click import second_half_of_a_double_click


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path, "orders") as desktop:
        desktop.window.resize(1120, 760)
        yield desktop
        secret_clipboard().clear()


def screen(desktop: Desktop) -> ColleaguesScreen:
    shown = desktop.window.stack.shown
    assert isinstance(shown, ColleaguesScreen)
    return shown


def test_an_administrator_finds_it_at_home(desktop: Desktop) -> None:
    """The tile leads to the list; one's own row has nothing to press."""
    assert desktop.has(Tile, "Colleagues")
    desktop.go("colleagues")
    mine = desktop.find(ColleagueRow, "Elif Sander")
    assert mine.change.isHidden()
    assert not desktop.find(ColleagueRow, "Bernd Okafor").change.isHidden()


def test_deactivating_is_confirmed_in_place(desktop: Desktop) -> None:
    """The safe answer has the focus; afterwards the row offers the way back."""
    desktop.go("colleagues")
    bernd = desktop.find(ColleagueRow, "Bernd Okafor")
    desktop.click("Deactivate", bernd)
    assert desktop.window.focusWidget() is bernd.keep
    desktop.click("Keep", bernd)
    assert desktop.window.focusWidget() is bernd.change
    desktop.click("Deactivate", bernd)
    bernd.deactivate.click()
    desktop.wait(lambda: bernd.change.text() == "Activate", "he is deactivated")
    assert desktop.has(QWidget, "Deactivated")


def test_escape_leaves_question_and_form_and_not_the_page(desktop: Desktop) -> None:
    """Nobody is deactivated, nobody is added."""
    desktop.go("colleagues")
    bernd = desktop.find(ColleagueRow, "Bernd Okafor")
    desktop.click("Deactivate", bernd)
    QTest.keyClick(bernd.keep, Qt.Key.Key_Escape)
    assert not screen(desktop).presenter.state.asked
    desktop.click("New colleague")
    QTest.keyClick(desktop.find(QLineEdit, "Name", screen(desktop)), Qt.Key.Key_Escape)
    assert not screen(desktop).presenter.state.adding
    assert bernd.change.text() == "Deactivate"


def test_tab_goes_through_the_form_as_one_reads(desktop: Desktop) -> None:
    """The answers are made last, and stand before the buttons."""
    desktop.go("colleagues")
    desktop.click("New colleague")
    form = screen(desktop).findChild(NewColleagueCard)
    assert isinstance(form, NewColleagueCard)
    reached = []
    for _stop in range(6):
        focus = desktop.window.focusWidget()
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    roles, ways = (choice.first_target() for choice in form.findChildren(RadioChoice))
    assert reached == [form.name, form.email, roles, ways, form.cancel, form.add_button]


def test_a_double_click_asks_and_does_not_answer(desktop: Desktop) -> None:
    """Its second half falls on what the first has brought: the question is there to be read."""
    desktop.go("colleagues")
    bernd = desktop.find(ColleagueRow, "Bernd Okafor")
    place = bernd.change.mapToGlobal(bernd.change.rect().center())
    QTest.mouseClick(bernd.change, Qt.MouseButton.LeftButton)
    desktop.settle()
    second_half_of_a_double_click(bernd.deactivate, place)
    assert screen(desktop).presenter.state.asked
    assert not screen(desktop).presenter.state.busy
    QTest.mouseClick(bernd.deactivate, Qt.MouseButton.LeftButton)
    desktop.wait(lambda: bernd.change.text() == "Activate", "he is deactivated")


def test_a_colleague_is_added_and_the_password_goes_away(desktop: Desktop) -> None:
    """What is wrong is said at its field; the password is gone when the screen is left."""
    desktop.go("colleagues")
    desktop.click("New colleague")
    name = desktop.find(QLineEdit, "Name")
    assert desktop.window.focusWidget() is name
    desktop.click("Add")
    assert "Enter a name" in name.accessibleDescription()
    name.setText("Mara Quint")
    desktop.find(QLineEdit, "E-mail").setText("mara.quint@sundermann.example")
    desktop.click("Show a password here")
    desktop.click("Add")
    given = screen(desktop).findChild(GivenCard)
    assert given is not None
    desktop.wait(given.isVisible, "the access data are shown")
    password = given._password.text()
    assert len(password) >= 10
    desktop.click("Copy the access data")
    assert password in QApplication.clipboard().text()
    desktop.find(ColleagueRow, "Mara Quint")
    desktop.go("home")
    desktop.go("colleagues")
    assert not given.isVisible()
    assert given._password.text() == ""


@pytest.mark.parametrize("width", [720, 800, 900, 980, 1120])
def test_nothing_is_cut_at_the_side(desktop: Desktop, width: int) -> None:
    """The list, the question and the form fit every width of the window."""
    desktop.window.resize(width, 700)
    desktop.go("colleagues")
    desktop.click("Deactivate", desktop.find(ColleagueRow, "Bernd Okafor"))
    desktop.click("New colleague")
    page = screen(desktop)._page
    content = page.widget()
    assert content is not None
    assert content.width() <= page.viewport().width()


@pytest.mark.parametrize("width", [720, 1120])
def test_state_and_role_stand_in_one_line(desktop: Desktop, width: int) -> None:
    """In columns of the table as in the narrow list, where they stand below the name."""
    desktop.window.resize(width, 700)
    desktop.go("colleagues")
    row = desktop.find(ColleagueRow, "Bernd Okafor")
    role, state, name = (each.mapTo(row, each.rect().center()) for each in (row._role, row._state, row._name))
    assert abs(role.y() - state.y()) <= 1
    assert (state.y() > name.y() + row._name.height()) == (width == 720)
    assert (state.x() < role.x()) == (width == 720)
