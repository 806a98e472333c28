"""Reopening a ticket in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPlainTextEdit

from supportdesk.domain.status import Stage
from supportdesk.ui.models.ticket_model import TicketRole
from supportdesk.ui.screens.reopen import ReopenScreen
from supportdesk.ui.screens.ticket import TicketScreen
from supportdesk.ui.widgets.form_field import FormField
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
