"""Reopening a ticket in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPlainTextEdit, QWidget

from supportdesk.app.screens import Route
from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Stage
from supportdesk.ui.models.ticket_model import TicketRole
from supportdesk.ui.screens.reopen import ReopenScreen
from supportdesk.ui.screens.ticket import TicketScreen
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.search_field import SearchField
from tests.support.app import Desktop, demo_app


@pytest.fixture
def desktop(qapp: object, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as it:
        it.window.resize(1120, 760)
        yield it


def test_a_ticket_is_chosen_described_and_reopened(desktop: Desktop) -> None:
    """Without words the button says what is missing; with them the ticket is in progress again."""
    desktop.go("reopen")
    view = desktop.find(QListView, "Tickets that can be reopened")
    desktop.wait(lambda: view.model().rowCount() > 0, "there is something to reopen")
    row = view.model().index(0, 0).data(TicketRole.ROW)
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    words = desktop.find(QPlainTextEdit, "What is different now, or what did not help?")
    field = desktop.find(ReopenScreen, "Reopen a ticket").findChild(FormField)
    assert field is not None
    desktop.click("Reopen ticket")
    desktop.wait(lambda: bool(field.error), "it says what is missing")
    desktop.type_into(words, "It is back since this morning.")
    desktop.wait(lambda: not field.error, "nothing is missing")
    desktop.click("Reopen ticket")
    desktop.find(TicketScreen, "Ticket")

    def stage() -> Stage:
        account_id = desktop.account_id
        return desktop.workspace.read(lambda r: r.ticket(account_id, row.id)).result(20).row.stage

    desktop.wait(lambda: stage() is Stage.IN_PROGRESS, "it is in progress again")


def test_back_leads_to_where_the_ticket_was_chosen(desktop: Desktop) -> None:
    """Esc and “Another ticket” show the tickets with what was searched; once sent, the form is skipped."""
    desktop.go("reopen")
    row = pick(desktop)
    QTest.keyClick(desktop.window, Qt.Key.Key_Escape)
    search = desktop.find(SearchField, "Search tickets")
    assert desktop.window.navigator.current == Route("reopen")
    search.setText(row.subject)
    view = desktop.find(QListView, "Tickets that can be reopened")
    desktop.wait(lambda: view.model().rowCount() == 1, "what was searched")
    assert pick(desktop).id == row.id
    words = desktop.find(QPlainTextEdit, "What is different now, or what did not help?")
    desktop.type_into(words, "It is back.")
    desktop.click("Another ticket")
    assert desktop.window.navigator.current == Route("reopen")
    assert desktop.find(SearchField, "Search tickets").text() == row.subject
    desktop.window.back()
    desktop.wait(lambda: words.toPlainText() == "It is back.", "what was written")
    desktop.click("Reopen ticket")
    desktop.find(TicketScreen, "Ticket")
    desktop.window.back()
    assert desktop.window.navigator.current == Route("reopen")
    desktop.find(SearchField, "Search tickets")


def pick(desktop: Desktop) -> TicketRow:
    """The first one that can be reopened."""
    view = desktop.find(QListView, "Tickets that can be reopened")
    desktop.wait(lambda: view.model().rowCount() > 0, "there is something to reopen")
    first = view.model().index(0, 0)
    row = first.data(TicketRole.ROW)
    assert isinstance(row, TicketRow)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(first).center())
    desktop.find(QPlainTextEdit, "What is different now, or what did not help?")
    return row


def test_what_is_in_the_clipboard_goes_along(desktop: Desktop, tmp_path: Path) -> None:
    """A picture or files, as in a report; a sentence says that there is neither."""
    desktop.go("reopen")
    pick(desktop)
    presenter = desktop.find(ReopenScreen, "Reopen a ticket").presenter
    board = QGuiApplication.clipboard()
    board.setText("words")
    desktop.click("Paste")
    desktop.find(QWidget, "There is no picture and no file in the clipboard.")
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("#2040c0"))
    board.setImage(picture)
    desktop.click("Paste")
    desktop.wait(lambda: len(presenter.state.composer.files) == 1, "the picture")
    file = tmp_path / "disc.txt"
    file.write_text("bent")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    board.setMimeData(data)
    desktop.click("Paste")
    desktop.wait(lambda: len(presenter.state.composer.files) == 2, "the file")
    assert presenter.state.composer.files[1].name == "disc.txt"


def test_the_next_screen_has_its_own_name(desktop: Desktop) -> None:
    """Leaving the form in the middle of a word takes its number out of the breadcrumb."""
    desktop.go("reopen")
    view = desktop.find(QListView, "Tickets that can be reopened")
    desktop.wait(lambda: view.model().rowCount() > 0, "there is something to reopen")
    row = view.model().index(0, 0).data(TicketRole.ROW)
    desktop.go("reopen", ticket_id=row.id)
    desktop.find(QPlainTextEdit, "What is different now, or what did not help?")
    assert desktop.window.navigator.title() == f"#{row.number}"
    desktop.go("information")
    assert desktop.window.navigator.title() == "Important information"
