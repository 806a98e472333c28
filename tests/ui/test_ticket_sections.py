"""The two sections of the ticket list and their heads, without a desk."""

from msgspec.structs import replace

from supportdesk.app.ticket_list_state import TicketListState
from supportdesk.app.ticket_windows import TicketWindows
from supportdesk.clock import now
from supportdesk.domain.projections import TicketQuery, TicketRow
from supportdesk.domain.status import Stage
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.tickets.list_view import TicketListView
from supportdesk.ui.theme import theme


def row(id: str, stage: Stage) -> TicketRow:
    moment = now()
    return TicketRow(
        "a",
        id,
        stage,
        "",
        id,
        "Jana",
        True,
        "",
        "",
        "",
        "",
        moment,
        moment,
        unread=False,
        has_attachments=False,
    )


def test_a_row_that_changes_its_section_takes_the_heads_along(qapp: object) -> None:
    """A report that was accepted leaves "On this computer": as many rows, another place for the head."""
    unsent, draft, ticket = row("x", Stage.OUTBOX), row("d", Stage.DRAFT), row("t", Stage.IN_PROGRESS)
    before = TicketListState(
        TicketQuery("a"), loaded=True, tickets=TicketWindows(1, {0: (ticket,)}), local=(unsent, draft)
    )
    theme().apply(mode="light")
    model = TicketModel()
    view = TicketListView(model)
    view.resize(400, 500)
    view.show()
    model.show(before)
    accepted = replace(unsent, stage=Stage.NEW)
    model.show(replace(before, tickets=TicketWindows(2, {0: (accepted, ticket)}), local=(draft,)))
    second = view.visualRect(model.index(1, 0))
    assert view.order_head.geometry().bottom() + 1 == second.top()
    assert model.local_count == 1
    view.close()
