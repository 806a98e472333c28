"""Where requests of other processes lead in the window."""

import json
from pathlib import Path

import pytest

from supportdesk.app.places import place_of
from supportdesk.app.requests import CAPTURE, Destination, destination, is_for_window
from supportdesk.app.screens import Route
from supportdesk.clock import now
from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.errors import InvalidInput, NotFound
from supportdesk.domain.projections import Account, ItemQuery, PublicationQuery, TicketQuery
from supportdesk.replica.reader import Reader
from tests.support.workspace import Loop, demo_account, running


class People:
    """The part of a reader that a request without a ticket needs."""

    def __init__(self, *accounts: Account) -> None:
        self._accounts = accounts

    def accounts(self) -> tuple[Account, ...]:
        return self._accounts


JANA = Account(id="practice/jana", profile_id="practice", user="Jana")
TIMO = Account(id="video/timo", profile_id="video", user="timo")


def lead(request: dict[str, object], *accounts: Account) -> Destination:
    return destination(People(*accounts), request)  # type: ignore[arg-type]


def test_a_report_fills_a_new_draft_with_what_was_given() -> None:
    """The prefill reaches the form whole, and nothing is sent."""
    found = lead({"do": "new", "prefill": {"subject": "Paper", "fields": {"room": "2"}}}, JANA)
    assert found.route is not None
    assert found.route.screen == "report"
    prefill = json.loads(found.route.args["prefill"])
    assert prefill["subject"] == "Paper"
    assert prefill["fields"] == {"room": "2"}


def test_an_account_is_found_by_its_name_or_its_vendor() -> None:
    """However the host application knows the person."""
    assert lead({"do": "show", "account": "JANA"}, TIMO, JANA).account == JANA.id
    assert lead({"do": "show", "profile": "video"}, JANA, TIMO).account == TIMO.id
    assert lead({"do": "show", "demo": "video"}, JANA, TIMO).account == TIMO.id


def test_a_request_that_names_nobody_stays_with_the_account_that_is_shown() -> None:
    """No account is chosen where none was asked for."""
    assert lead({"do": "show"}, JANA, TIMO) == Destination()
    assert lead({"do": "capture"}, JANA) == Destination(None, CAPTURE)


def test_a_vendor_nobody_is_signed_in_at_asks_for_signing_in() -> None:
    """The vendor is handed on, so that the sign-in window can show it."""
    assert lead({"do": "new", "profile": "video"}, JANA) == Destination(vendor="video")


def test_a_person_who_is_not_here_is_refused() -> None:
    """A wrong account name opens no other account."""
    with pytest.raises(NotFound):
        lead({"do": "show", "account": "somebody"}, JANA)


@pytest.mark.parametrize(
    "request_", [{}, {"do": "destroy"}, {"do": "new", "prefill": {"subject": 7}}, {"do": "new", "prefill": 3}]
)
def test_what_makes_no_sense_is_refused(request_: dict[str, object]) -> None:
    """Unknown requests and prefills of the wrong shape do nothing."""
    with pytest.raises(InvalidInput):
        lead(request_, JANA)


def test_a_report_with_a_waiting_time_is_not_for_the_window() -> None:
    """It is filed by the process itself; everything a person has to see goes to the window."""
    assert not is_for_window({"do": "new", "prefill": {}, "wait_s": None})
    assert is_for_window({"do": "new", "prefill": {}})
    assert not is_for_window({"do": "tickets"})


def test_a_ticket_is_found_by_its_number(tmp_path: Path) -> None:
    """And a number that is not there is told as such."""
    with running(tmp_path, Loop()) as opened:
        account = demo_account(opened)

        def ask(reader: Reader) -> tuple[Destination, str]:
            row = reader.ticket_window(TicketQuery(account.id), 0, 1)[0]
            return destination(reader, {"do": "ticket", "number": row.number}), row.id

        found, ticket_id = opened.workspace.read(ask).result(20)
        assert found.account == account.id
        assert found.route is not None
        assert found.route.args == {"ticket_id": ticket_id}
        missing = opened.workspace.read(lambda r: destination(r, {"do": "ticket", "number": "999999"}))
        with pytest.raises(NotFound):
            missing.result(20)


def test_an_order_is_found_by_its_number(tmp_path: Path) -> None:
    """A link to it opens its page in the account that has it; it is no document of that number."""
    with running(tmp_path, Loop()) as opened:
        account = demo_account(opened, "orders")

        def ask(reader: Reader) -> tuple[Destination, str]:
            row = reader.item_window(ItemQuery(account.id, "order"), 0, 1)[0]
            with pytest.raises(NotFound):
                destination(reader, {"do": "document", "number": row.number})
            return destination(reader, {"do": "order", "number": row.number}), row.id

        found, order_id = opened.workspace.read(ask).result(20)
        assert found == Destination(account.id, place_of("order", order_id))
        assert is_for_window({"do": "order", "number": "1"})


def test_an_article_is_found_by_its_id(tmp_path: Path) -> None:
    """At the account that has it, whichever is shown."""
    with running(tmp_path, Loop()) as opened:
        account = demo_account(opened)

        def ask(reader: Reader) -> tuple[Destination, str]:
            asked = PublicationQuery(account.id, PublicationKind.ARTICLE, limit=1)
            article = reader.publications(asked, now()).items[0]
            return destination(reader, {"do": "article", "id": article.id}), article.id

        found, article_id = opened.workspace.read(ask).result(20)
        assert found == Destination(account.id, Route("articles", {"publication_id": article_id}))
        missing = opened.workspace.read(lambda r: destination(r, {"do": "article", "id": "gone"}))
        with pytest.raises(NotFound):
            missing.result(20)
    assert is_for_window({"do": "article", "id": "x"})
