"""What arrives at the desk as bytes, from whoever it may come."""

from datetime import datetime

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.changing import Change, head
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.office import administration, publishing, staff
from supportdesk.desk.store.columns import UtcTime
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.schema import messages, tickets
from supportdesk.desk.visibility import feed
from supportdesk.domain.account import ReportAsGuest
from supportdesk.domain.commands import (
    AnyIntent,
    ConfirmNotice,
    CreateTicket,
    Receipt,
    Reply,
    encode_intent,
    payload_sha256,
)
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.errors import IdempotencyConflict, NotFound, Refused
from tests.support.desk import COLLEAGUE, CUSTOMER, STAFF, person_of, view_of

NOW = now()
_JSON = st.recursive(st.none() | st.integers(-9, 9) | st.text(max_size=5), st.lists)
NEW = CreateTicket(subject="Printer", description="It does not print.")


def _take(desk: DeskConnection, payload: bytes) -> Receipt:
    return take(desk, view_of(desk, CUSTOMER).actor, Asked(uuid7(), NOW, payload), NOW)


def _do(desk: DeskConnection, intent: AnyIntent) -> Receipt:
    return _take(desk, encode_intent(intent))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"do":"drop_tables"}',
        b'{"do":"create_ticket","subject":"S","description":"D","status":"closed"}',
        b'{"do":"create_ticket","subject":1,"description":"D"}',
        b'{"do":"add_files","ticket_id":"1","files":[{"name":"a","sha256":"b","size_bytes":"1"}]}',
        b'{"do":"create_ticket","subject":"S","description":"D\\u0000"}',
        b'{"do":"create_ticket","subject":"S","description":"\\\\\\u0000"}',
        b'{"do":"create_ticket","subject":"S","description":"\\ud800"}',
        b'{"do":"mark_read","what":"ticket","id":"\\u0000"}',
    ],
)
def test_what_is_no_command_is_refused(payload: bytes, desk: DeskConnection) -> None:
    """Unknown kinds, unknown fields, wrong types, broken JSON: a sentence, and nothing has changed."""
    with pytest.raises(Refused):
        _take(desk, payload)
    with reading(desk):
        assert desk.execute(select(tickets.c.id)).all() == []


@pytest.mark.parametrize("text", ["\\u0000", "\U0010ffff", "\x7f\u202e\ufffe", "\r\n\t"])
def test_every_text_that_is_taken_comes_back(text: str, desk: DeskConnection) -> None:
    """Also where it looks like what is refused."""
    receipt = _do(desk, CreateTicket(subject="S", description=f"D{text}"))
    with reading(desk):
        query = select(messages.c.body).where(messages.c.conversation_id == receipt.entity_id)
        assert desk.execute(query).scalar_one() == f"D{text}"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=st.binary(max_size=200) | _JSON.map(msgspec.json.encode))
def test_no_bytes_break_the_desk(payload: bytes, desk: DeskConnection) -> None:
    """Whatever arrives is taken or refused with words."""
    with pytest.raises(Refused):
        _take(desk, payload)


def test_the_hash_is_that_of_the_bytes_that_came(desk: DeskConnection) -> None:
    """The receipt proves what arrived, not what was made of it."""
    payload = b'{"do": "create_ticket", "description": "D", "subject": "S"}'
    assert _take(desk, payload).payload_sha256 == payload_sha256(payload)


def test_nothing_is_reported_for_somebody_who_has_left(desk: DeskConnection) -> None:
    """A deactivated colleague cannot be the requester of a new ticket."""
    tom = person_of(desk, COLLEAGUE)
    administration.set_active(desk, tom, active=False, now=NOW)
    with pytest.raises(Refused):
        _do(desk, msgspec.structs.replace(NEW, requester_id=tom))


def test_a_notice_is_confirmed_once(desk: DeskConnection) -> None:
    """Confirming again keeps the moment of the first time."""
    notice = Publication(
        id=uuid7(),
        publication=PublicationKind.NOTICE,
        title="T",
        body="B",
        published_at=NOW,
        must_confirm=True,
    )
    publishing.publish(desk, notice, NOW)
    _do(desk, ConfirmNotice(publication_id=notice.id))
    with reading(desk):
        before = feed.head(desk)
    _do(desk, ConfirmNotice(publication_id=notice.id))
    with reading(desk):
        assert feed.head(desk) == before


def test_a_note_is_not_even_mentioned(desk: DeskConnection) -> None:
    """Written together with a public change, an internal message does not show by its id."""
    ticket, note = _do(desk, NEW).entity_id, uuid7()
    view = view_of(desk, CUSTOMER)
    with reading(desk):
        cursor = feed.pull(desk, view, None, 1000).cursor
    with writing(desk):
        change = Change(desk, head(desk, ticket), view.actor.person_id, NOW)
        change.say(note, "Secret", internal=True)
        change.done()
    with reading(desk):
        page = feed.pull(desk, view, cursor, 1000)
        with pytest.raises(NotFound):
            head(desk, note)
    assert len(page.changes) == 1
    assert note not in msgspec.json.encode(page).decode()


def test_times_without_a_zone_are_not_stored() -> None:
    """A naive time is a fault of the program and is stopped at the table."""
    with pytest.raises(ValueError, match="zone"):
        UtcTime().process_bind_param(datetime(2026, 1, 1), sqlite.dialect())  # noqa: DTZ001 - on purpose


def test_an_id_that_something_of_the_desk_has_is_refused(desk: DeskConnection) -> None:
    """Ids of what exists can be seen: nothing is overwritten, and nothing breaks."""
    jana = view_of(desk, CUSTOMER).actor
    theirs = staff.report_for(desk, person_of(desk, STAFF), jana.person_id, "Printer", "It smokes.", NOW)
    for intent in (NEW, Reply(conversation_id=theirs, body="And burns.")):
        with pytest.raises(IdempotencyConflict):
            take(desk, jana, Asked(theirs, NOW, encode_intent(intent)), NOW)
    report = ReportAsGuest(
        jana.person_id, "ada@nowhere.example", "Ada", "Engine", "It smokes.", "en", privacy_accepted=True
    )
    with pytest.raises(IdempotencyConflict):
        answer(desk, report, Asker(), NOW)
