"""What menu bar and palette do with what is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from supportdesk.app.actions import ACTIONS, Menu, commands, title_of
from supportdesk.domain import profile_files
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.ui.document.pane import DocumentPane
from supportdesk.ui.shell.menu_bar import CommandMenuBar
from tests.support.app import Desktop, demo_app

pytestmark = pytest.mark.usefixtures("qapp")

HERE = {each.id for each in ACTIONS if each.here}
OF_TEXT_FIELDS = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.Delete,
    QKeySequence.StandardKey.DeleteStartOfWord,
    QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.DeleteCompleteLine,
    QKeySequence.StandardKey.MoveToStartOfLine,
    QKeySequence.StandardKey.MoveToEndOfLine,
    QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.MoveToNextWord,
)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as opened:
        yield opened


def offered(desktop: Desktop) -> set[str]:
    """What of the shown screen can be chosen in the menus."""
    known = desktop.window.menu_bar._known
    return {id for id, action in known.items() if id in HERE and action.isEnabled()}


def claimed(bar: CommandMenuBar) -> set[str]:
    """The shortcuts to which the menu bar listens in the whole window."""
    return {action.shortcut().toString() for action in bar._known.values()} - {""}


def open_ticket(desktop: Desktop, number: str) -> None:
    account_id = desktop.account_id
    _account, ticket_id = desktop.workspace.read(lambda r: r.ticket_by_number(account_id, number)).result(20)
    desktop.go("ticket", ticket_id=ticket_id)
    desktop.wait(lambda: "copy_number" in offered(desktop), "the ticket is shown")


def test_what_a_ticket_offers_is_in_the_menu_only_while_it_is_shown(desktop: Desktop) -> None:
    """Home offers nothing; an open ticket can be answered and closed, a solved one rated and reopened."""
    assert offered(desktop) == set()
    open_ticket(desktop, "1042")
    talk = {"answer", "add_files", "copy_number", "copy_link", "close_ticket"}
    assert offered(desktop) - {"save_files", "log_here"} == talk
    desktop.type_into(desktop.find(QPlainTextEdit, "Your answer"), "It is the second tray.")
    assert "send_reply" in offered(desktop)
    open_ticket(desktop, "1038")
    desktop.wait(lambda: {"rate", "reopen_here"} <= offered(desktop), "the solved one is shown")
    desktop.window.commands.perform("rate")
    assert desktop.find(QLineEdit, "Comment on the solution").hasFocus()
    desktop.go("home")
    assert offered(desktop) == set()
    desktop.window.commands.perform("close_ticket")  # no longer offered: nothing happens


def test_a_ticket_is_copied_and_closed_by_shortcut_and_palette(desktop: Desktop) -> None:
    """Ctrl+Shift+C in the whole window; the palette knows the command on this page and not on Home."""
    open_ticket(desktop, "1042")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desktop.window, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == "1042"
    choose_in_palette(desktop, "close ticket")
    desktop.find(QAbstractButton, "Keep it open")
    desktop.go("home")
    choose_in_palette(desktop, "rate the sol")
    assert desktop.window.stack.shown is not None
    assert desktop.window.stack.shown.objectName() == "report"  # nothing but words to report


def choose_in_palette(desktop: Desktop, words: str) -> None:
    desktop.window.commands.perform("palette")
    field = desktop.find(QLineEdit, "Search or go to")
    field.setText(words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desktop.wait(lambda: not field.isVisible(), "the palette has led on")
    desktop.settle()


def test_a_document_is_read_and_signed_from_the_menu(tmp_path: Path) -> None:
    """Zoom, printing, the next required field, declining; signing once everything is filled in."""
    with demo_app(tmp_path, "retail") as desktop:
        desktop.click(desktop.named("Sign by "))
        desktop.wait(lambda: "zoom_in" in offered(desktop), "the pages are there")
        [pane] = desktop.window.findChildren(DocumentPane)
        expected = {"print", "save_copy", "next_field", "decline", "zoom_in", "zoom_out", "fit_width"}
        assert offered(desktop) - {"sign"} == expected | {"answer", "add_files"}
        before = pane.viewer.percent
        desktop.window.commands.perform("zoom_in")
        assert pane.viewer.percent > before
        desktop.window.commands.perform("fit_width")
        assert pane.viewer.percent == before
        desktop.window.commands.perform("answer")
        assert desktop.find(QPlainTextEdit, "Your answer").hasFocus()


def test_an_order_offers_its_return_slip_and_files(tmp_path: Path) -> None:
    """As long as it is open; its conversation is answered from the same menu."""
    with demo_app(tmp_path, "orders") as desktop:
        desktop.click("Answer about order #50341")
        desktop.wait(lambda: "return_slip" in offered(desktop), "the order is shown")
        assert {"answer", "add_files"} <= offered(desktop)


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu that pops up
def test_the_account_is_switched_and_its_data_reached_from_the_menu(desktop: Desktop) -> None:
    """What the account button offers is in the application menu as well."""
    desktop.window.commands.perform("switch_account")
    menu = desktop.window.top_bar.menu
    assert menu.isVisible()
    assert {"My data", "Change password", "Log out"} <= {each.text() for each in menu.actions()}
    menu.close()
    desktop.window.commands.perform("account:password")
    assert desktop.window.navigator.current.args == {"pane": "account", "part": "password"}


def test_no_shortcut_is_claimed_twice_in_any_place(desktop: Desktop) -> None:
    """Neither between menu and the controls of a page, nor is one taken that text fields edit with."""
    bar = CommandMenuBar()
    profile = profile_files.demo("practice")
    bar.set_commands(commands(Capabilities(frozenset(Capability)), profile), profile)
    in_menu = claimed(bar)
    assert len(in_menu) > 50
    open_ticket(desktop, "1042")
    of_controls = {each.key().toString() for each in desktop.window.findChildren(QShortcut)}
    assert of_controls
    assert not in_menu & of_controls
    editing = {keys.toString() for key in OF_TEXT_FIELDS for keys in QKeySequence.keyBindings(key)}
    assert not in_menu & editing - {
        "Ctrl+K"
    }  # on X11 it deletes to the end of the line; the palette is worth it


def test_help_leads_to_the_articles_in_the_vendors_word() -> None:
    """First of the menu, where the account may read them; nothing stands there where it may not."""
    school = profile_files.demo("school")
    everything = commands(Capabilities(frozenset(Capability)), school)
    first = next(each for each in everything if each.menu is Menu.HELP)
    assert (first.screen, title_of(first, school)) == ("articles", "FAQ")
    assert "go:articles" not in {each.id for each in commands(Capabilities(), school)}
