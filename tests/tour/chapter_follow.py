"""Your tickets, one ticket, answering, closing, reopening, and what was not accepted."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supportdesk.backends.local import borrowed
from supportdesk.clock import now
from supportdesk.desk.office import administration, naming, staff
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.schema import people
from supportdesk.domain.entities import Role
from supportdesk.domain.projections import Link, OpenState, OutboxState, TicketRow
from supportdesk.domain.status import Stage, Status
from supportdesk.i18n import _
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.reopen import ReopenScreen
from supportdesk.ui.screens.tickets import TicketsScreen
from supportdesk.ui.screens.tickets.list_view import TicketListView
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.text_area import TextArea
from tests.support.desk import add_person
from tests.tour import chapter_entry
from tests.tour.guide import LEAST, USUAL, Guide, put

T = TypeVar("T")

ANSWER = {
    "en": "It is a Lexa M210, and no driver was changed. Tray 1 is empty, the form lies in tray 2.",
    "de": "Es ist ein Lexa M210, kein neuer Treiber. Schacht 1 ist leer, das Formular liegt in Schacht 2.",
}
AGAIN = {
    "en": "Since this morning the grey copies are back, but only for appointments made online.",
    "de": "Seit heute Morgen sind die grauen Kopien wieder da, aber nur bei Terminen aus dem Netz.",
}
NEW_PASSWORD = "Neue-Praxis-2025"


def tickets(guide: Guide) -> None:
    """With something on its way and a draft on top."""
    desktop = guide.desktop
    desktop.go("tickets")
    guide.show("tickets-offline")
    guide.set_offline(False)
    guide.synchronise()
    guide.show("tickets")
    screen = desktop.window.findChild(TicketsScreen)
    assert screen is not None
    beside = guide.in_stage(Stage.IN_PROGRESS)
    _click_row(screen, beside)
    desktop.wait(lambda: _is_shown(screen, beside), "the ticket stands beside the list")
    guide.show("tickets-beside")
    question = guide.in_stage(Stage.QUESTION)
    _click_row(screen, question)
    menu = screen.row_menu(question)
    menu.popup(desktop.window.mapToGlobal(desktop.window.rect().center()))
    guide.show("tickets-menu", menu)
    menu.close()
    search = desktop.find(SearchField, _("Search tickets"))
    put(search, "drucker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    guide.show("tickets-search")
    put(search, "Kaffeemaschine")
    QTest.keyClick(search, Qt.Key.Key_Return)
    guide.show("tickets-no-hits")
    desktop.click(_("Clear filters"))
    desktop.click(_("Show as a table"))
    guide.show("tickets-table")
    desktop.click(_("Show as a table"))
    guide.resize(LEAST)
    guide.show("tickets-narrow")
    guide.resize(USUAL)


def _is_shown(screen: TicketsScreen, row: TicketRow) -> bool:
    views = (pane.presenter.state.view for pane in screen.findChildren(TicketPane) if pane.isVisible())
    return any(view is not None and view.row.id == row.id for view in views)


def _click_row(screen: TicketsScreen, row: TicketRow) -> None:
    rows = screen.findChild(TicketListView)
    assert rows is not None
    model = rows.model()
    assert isinstance(model, TicketModel)
    position = model.row_of(row.account_id, row.id)
    assert position is not None
    place = rows.visualRect(model.index(position, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def ticket(guide: Guide) -> None:
    desktop, row = guide.desktop, guide.in_stage(Stage.QUESTION)
    desktop.go("ticket", ticket_id=row.id)
    guide.show("ticket")
    guide.resize(LEAST)
    guide.show("ticket-narrow")
    guide.resize(USUAL)
    box = desktop.find(TextArea, _("Your answer"))
    put(box, ANSWER[guide.variant.language])
    guide.show("ticket-reply")
    guide.desktop.workspace.sync.go_offline(True)
    guide.wait_for_link({Link.OFFLINE})
    desktop.click(_("Send reply"))
    guide.show("ticket-reply-waiting")
    guide.set_offline(False)
    guide.synchronise()
    guide.show("ticket-reply-arrived")


def close_and_reopen(guide: Guide) -> None:
    desktop, row = guide.desktop, guide.in_stage(Stage.SOLVED)
    desktop.go("ticket", ticket_id=row.id)
    guide.show("ticket-solved")
    desktop.click(_("Close ticket"))
    guide.show("ticket-close-question")
    desktop.click(_("Keep it open"))
    desktop.go("reopen")
    guide.show("reopen")
    desktop.go("reopen", ticket_id=row.id)
    put(
        desktop.find(TextArea, _("What is different now, or what did not help?")),
        AGAIN[guide.variant.language],
    )
    guide.show("reopen-written")
    desktop.click(_("Reopen ticket"), desktop.window.findChild(ReopenScreen))  # German: as the breadcrumb
    guide.show("reopened")
    guide.without_toast()
    guide.synchronise()
    closed = guide.in_stage(Stage.CLOSED, open_state=OpenState.CLOSED)
    desktop.go("ticket", ticket_id=closed.id)
    guide.show("ticket-closed")


def refused(guide: Guide) -> None:
    """The vendor closes a ticket while an answer to it waits for a connection."""
    desktop = guide.desktop
    row = guide.ticket(lambda each: each.mine and each.stage is Stage.IN_PROGRESS)
    guide.set_offline(True)
    desktop.go("ticket", ticket_id=row.id)
    put(desktop.find(TextArea, _("Your answer")), ANSWER[guide.variant.language])
    desktop.click(_("Send reply"))
    _at_desk(guide, partial(_close, number=row.number))
    guide.set_offline(False)
    desktop.wait(lambda: OutboxState.NEEDS_USER in _outbox_states(guide), "the answer is refused")
    guide.synchronise()
    guide.show("ticket-refused")
    desktop.go("outbox")
    guide.show("outbox-refused")
    desktop.go("home")
    guide.show("home-refused")


def _outbox_states(guide: Guide) -> set[OutboxState]:
    account = guide.desktop.account_id
    waiting = guide.desktop.workspace.read(lambda reader: reader.outbox(account)).result(30)
    return {each.state for each in waiting}


def _at_desk(guide: Guide, work: Callable[[DeskConnection], T]) -> T:
    place = guide.desktop.window.place
    assert place is not None
    profile = place.profile
    with borrowed(profile, guide.folder / "desks" / profile.id) as desk:
        return desk.database(work, changes=True).result(30)


def _close(connection: DeskConnection, number: str) -> None:
    with reading(connection):
        ticket_id = naming.ticket(connection, number)
        member = connection.execute(people.select().where(people.c.role == Role.STAFF)).first()
    assert member is not None
    staff.set_status(connection, member.id, ticket_id, Status.CLOSED, now())


def newcomer(guide: Guide) -> None:
    """An account whose tickets never arrive, and then are none."""
    _at_desk(guide, _add_newcomer)
    guide.line.out_of_order = True
    chapter_entry.sign_in_as(guide, "nina@suedpark.example", NEW_PASSWORD)
    guide.wait_for_link({Link.FAILING})
    guide.desktop.go("tickets")
    guide.show("tickets-error")
    guide.line.out_of_order = False
    guide.desktop.click(_("Try again"))
    guide.wait_for_link({Link.ONLINE})
    guide.synchronise()
    guide.show("tickets-empty")
    guide.desktop.go("home")
    guide.show("home-new")
    guide.desktop.go("license_keys")
    guide.show("license-keys-empty")


def _add_newcomer(connection: DeskConnection) -> None:
    moment = now()
    practice = administration.add_organisation(connection, "Praxis am Südpark", moment)
    add_person(
        connection,
        user="nina@suedpark.example",
        password=NEW_PASSWORD,
        name="Nina Berg",
        organisation_id=practice,
        role=Role.CUSTOMER,
        now=moment,
    )
