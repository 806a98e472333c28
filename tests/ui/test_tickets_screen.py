"""Your tickets in the real window, with the demo vendor behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from supportdesk import clock
from supportdesk.domain.projections import Draft, OpenState, SortBy, Whose
from supportdesk.domain.status import Stage
from supportdesk.ui.conversation.attention import SEEN_MS
from supportdesk.ui.models.ticket_model import Column, TicketRole
from supportdesk.ui.screens.ticket import TicketScreen
from supportdesk.ui.screens.tickets.list_view import TicketListView
from supportdesk.ui.screens.tickets.screen import TicketsScreen
from supportdesk.ui.screens.tickets.table_view import TicketTableView
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.widgets.menu import Menu
from supportdesk.ui.widgets.search_field import SearchField
from tests.support.app import Desktop, demo_app


@pytest.fixture
def desktop(qapp: object, tmp_path: Path) -> Iterator[Desktop]:
    with demo_app(tmp_path) as it:
        it.window.resize(1120, 760)
        it.go("tickets")
        it.find(QListView, "Tickets")
        yield it


def screen(desktop: Desktop) -> TicketsScreen:
    return desktop.find(TicketsScreen, "Your tickets")


def tickets(desktop: Desktop) -> TicketListView:
    view = desktop.find(TicketListView, "Tickets")
    desktop.wait(lambda: view.model().rowCount() > 0, "tickets are listed")
    return view


def numbers(desktop: Desktop) -> list[str]:
    model = tickets(desktop).model()
    rows = [model.index(row, 0).data(TicketRole.ROW) for row in range(model.rowCount())]
    return [row.number for row in rows if row is not None]


def click_row(
    view: QAbstractItemView, row: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> QPoint:
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), button, pos=place)
    return place


def test_a_row_opens_beside_the_list_and_becomes_read(desktop: Desktop) -> None:
    """A click shows the ticket beside the list; after a moment it is no longer unread."""
    view = tickets(desktop)
    assert view.model().index(0, 0).data(TicketRole.ROW).unread
    click_row(view, 0)
    desktop.find(QAbstractItemView, "Tickets")
    desktop.wait(lambda: not view.model().index(0, 0).data(TicketRole.ROW).unread, "it is read")
    assert view.selectionModel().currentIndex().row() == 0


def test_the_ticket_that_waits_is_offered_and_stays_unread(desktop: Desktop) -> None:
    """At first the ticket with a question stands beside the list; it is read when the person turns to it."""
    view = tickets(desktop)
    pane = desktop.find(TicketPane, "Ticket")
    desktop.wait(lambda: pane.presenter.state.view is not None, "a ticket is offered")
    assert pane.presenter.state.view is not None
    assert pane.presenter.state.view.row.stage is Stage.QUESTION
    place = numbers(desktop).index(pane.presenter.state.view.row.number)
    assert view.selectionModel().isRowSelected(place, QModelIndex())
    assert not seen_timer(pane).isActive()
    pane.focus_reply()
    assert seen_timer(pane).isActive()
    desktop.wait(lambda: not view.model().index(place, 0).data(TicketRole.ROW).unread, "it is read")


def test_what_stands_beside_the_list_is_on_it(desktop: Desktop) -> None:
    """A filter that leaves it out offers another one, and what somebody writes at stays."""
    view, pane = tickets(desktop), desktop.find(TicketPane, "Ticket")

    def shown() -> str:
        state = pane.presenter.state
        return state.view.row.number if state.view is not None else ""

    desktop.wait(lambda: bool(shown()), "a ticket is offered")
    before = shown()
    pane.focus_reply()
    screen(desktop).presenter.filter(open_state=OpenState.CLOSED)
    desktop.wait(lambda: before not in numbers(desktop), "the closed ones are listed")
    desktop.settle()
    assert shown() == before
    view.setFocus()
    screen(desktop).presenter.filter(whose=Whose.MINE)
    desktop.wait(lambda: shown() not in {"", before}, "another one is offered")
    assert shown() in numbers(desktop)
    assert view.selectionModel().hasSelection()


def seen_timer(pane: TicketPane) -> QTimer:
    return next(timer for timer in pane.findChildren(QTimer) if timer.interval() == SEEN_MS)


def test_the_keyboard_runs_through_the_list(desktop: Desktop) -> None:
    """Arrows, Home and End move; Enter opens the ticket on its own page."""
    view = tickets(desktop)
    click_row(view, 0)
    last = view.model().rowCount() - 1
    for key, row in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_End, last),
        (Qt.Key.Key_Up, last - 1),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(view, key)
        assert view.currentIndex().row() == row
    QTest.keyClick(view, Qt.Key.Key_Return)
    desktop.settle()
    desktop.wait(lambda: not view.isVisible(), "the ticket has its own page")


def test_each_row_is_spoken_as_a_whole(desktop: Desktop) -> None:
    """A screen reader gets subject, state, number, people and time of each row."""
    view = tickets(desktop)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.childCount() >= view.model().rowCount()
    spoken = view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert interface.child(0).text(QAccessible.Text.Name) == spoken
    for part in ("Unread", "Waiting for you", "#1042", "has attachments"):
        assert part in spoken


def test_search_filters_and_marks(desktop: Desktop) -> None:
    """Typing narrows the list; Escape brings everything back; a search without hits says so."""
    before = numbers(desktop)
    search = desktop.find(SearchField, "Search tickets")
    desktop.type_into(search, "1041")
    desktop.wait(lambda: numbers_now(desktop) == ["1041"], "only the one")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    desktop.wait(lambda: numbers_now(desktop) == before, "all again")
    desktop.type_into(search, "xyzzy")
    desktop.find(type(screen(desktop)._states._no_match), "Nothing found")
    desktop.click("Clear filters")
    desktop.wait(lambda: len(numbers_now(desktop)) > len(before), "open and closed")


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_from_the_search_the_keyboard_goes_on_into_the_list(desktop: Desktop, key: Qt.Key) -> None:
    """Down or Enter stops at the first of what was found, and Enter there opens it."""
    search = desktop.find(SearchField, "Search tickets")
    desktop.type_into(search, "1041")
    QTest.keyClick(search, key)
    view = tickets(desktop)
    desktop.wait(lambda: view.hasFocus() and numbers_now(desktop) == ["1041"], "the list has the focus")
    desktop.wait(lambda: view.currentIndex().row() == 0, "the first of what was found is the place to go on")
    QTest.keyClick(view, Qt.Key.Key_Return)
    desktop.find(TicketScreen, "Ticket")


def numbers_now(desktop: Desktop) -> list[str]:
    model = screen(desktop)._rows.model
    rows = [model.ticket(row) for row in range(model.rowCount())]
    return [row.number for row in rows if row is not None]


def test_ctrl_f_goes_to_the_search(desktop: Desktop) -> None:
    """The window's find puts the focus into the search of this screen."""
    screen(desktop).focus_search()
    desktop.wait(lambda: desktop.find(SearchField, "Search tickets").hasFocus(), "the search has the focus")


def test_drafts_stand_on_top_without_moving_the_choice(desktop: Desktop) -> None:
    """A draft that appears pushes the rows down; the chosen ticket stays chosen."""
    view = tickets(desktop)
    click_row(view, 1)
    chosen = view.model().index(1, 0).data(TicketRole.ROW).id
    draft = Draft(clock.uuid7(), desktop.account_id, "report", "Half a report", 2, b"{}", (), clock.now())
    desktop.workspace.write(lambda w: w.save_draft(draft)).result(20)
    desktop.wait(
        lambda: view.model().index(0, 0).data(TicketRole.ROW).subject == "Half a report", "the draft"
    )
    assert view.model().index(view.currentIndex().row(), 0).data(TicketRole.ROW).id == chosen
    assert view.local_head.isVisible()
    assert view.order_head.isVisible()


def test_a_draft_without_a_subject_is_called_so(desktop: Desktop) -> None:
    """To the eye, in the list and in the table, as to a screen reader."""
    view = tickets(desktop)
    draft = Draft(clock.uuid7(), desktop.account_id, "report", "", 1, b"{}", (), clock.now())
    desktop.workspace.write(lambda w: w.save_draft(draft)).result(20)
    desktop.wait(view.local_head.isVisible, "the draft")
    first = view.model().index(0, Column.SUBJECT)
    assert first.data(TicketRole.TEXTS).subject(first.data(TicketRole.ROW)) == "Without a subject"
    desktop.click("Show as a table")
    table = desktop.find(TicketTableView, "Tickets as a table")
    assert table.model().index(0, Column.SUBJECT).data() == "Without a subject"


def test_the_row_menu_copies_the_number(desktop: Desktop) -> None:
    """The menu key offers what can be done; copying the number puts it on the clipboard."""
    view = tickets(desktop)
    row = view.model().index(0, 0).data(TicketRole.ROW)
    menu = screen(desktop).row_menu(row)
    assert isinstance(menu, QMenu)
    titles = [action.text() for action in menu.actions()]
    assert titles == ["Open", "Copy ticket number", "Copy link", "Add files…"]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text() == row.number
    menu.actions()[2].trigger()
    assert QGuiApplication.clipboard().text() == f"supportdesk://ticket/{row.number}?vendor=practice"
    menu.deleteLater()


def test_the_table_sorts_by_its_columns(desktop: Desktop) -> None:
    """As a table the same tickets can be sorted by a column and columns can be hidden."""
    desktop.click("Show as a table")
    table = desktop.find(TicketTableView, "Tickets as a table")
    assert table.horizontalHeader().isSortIndicatorShown()
    assert table.horizontalHeader().length() == table.viewport().width()
    table.sort_requested.emit(SortBy.NUMBER)
    desktop.wait(lambda: numbers_now(desktop) == sorted(numbers_now(desktop), reverse=True), "by number")
    menu = Menu(table)
    table.offer_columns(menu)
    created = next(action for action in menu.actions() if action.text() == "Reported")
    assert not created.isChecked()
    created.trigger()
    assert not table.isColumnHidden(Column.CREATED)
    menu.deleteLater()


def test_a_narrow_window_opens_tickets_on_their_own_page(desktop: Desktop) -> None:
    """Below the width for two columns a click leads to the ticket's page."""
    desktop.window.resize(720, 560)
    desktop.settle()
    view = tickets(desktop)
    click_row(view, 0)
    desktop.wait(lambda: not view.isVisible(), "the ticket's page")


def test_a_view_is_saved_and_found_again(desktop: Desktop) -> None:
    """Filters get a name in place and come back by it."""
    desktop.click("Mine")
    bar = screen(desktop)._save_bar
    bar.ask()
    desktop.type_into(bar._name, "My open ones")
    desktop.click("Save view")
    assert [view.name for view in screen(desktop).presenter.state.views] == ["My open ones"]
    assert not bar.isVisible()
