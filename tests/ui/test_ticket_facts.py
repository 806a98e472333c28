"""What is said of a ticket beside its conversation."""

import pytest

from supportdesk.app.ticket_vendor import Vendor
from supportdesk.clock import now
from supportdesk.domain import profile_files
from supportdesk.domain.projections import Account, TicketRow, TicketView
from supportdesk.domain.status import Stage
from supportdesk.ui.ticket.facts import facts


@pytest.mark.parametrize(
    ("own", "organisation", "said"),
    [
        ("Hafenlogistik Brandt", "Hafenlogistik Brandt", ""),
        ("Errichter Nord", "Hafenlogistik Brandt", "Hafenlogistik Brandt"),
        ("", "Nora Lindt", ""),
    ],
)
def test_the_customer_is_named_where_it_is_another(own: str, organisation: str, said: str) -> None:
    """To a partner; who signed up by themselves is an organisation of their own, and is named already."""
    row = TicketRow(
        account_id="a",
        id="t",
        stage=Stage.NEW,
        number="30618",
        subject="Recorder beeps",
        requester_name="Nora Lindt",
        mine=True,
        assignee_name="",
        organisation_name=organisation,
        service_id="",
        priority_id="",
        created_at=now(),
        updated_at=now(),
        unread=False,
        has_attachments=False,
    )
    vendor = Vendor(Account("a", "video", "nora", organisation_name=own), profile_files.demo("video"))
    told = {fact.label: fact.value for fact in facts(TicketView(row=row, ticket=None, delivery=None), vendor)}
    assert told.get("Customer", "") == said
    assert told["Requested by"] == "Nora Lindt"
