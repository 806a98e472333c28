"""The vendor's side of the desk."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.office import administration, naming, publishing, staff
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import audit, messages
from supportdesk.desk.visibility import announcing, facts, feed
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.changes import Gone, Upsert
from supportdesk.domain.commands import CloseTicket, CreateTicket, RateTicket, encode_intent
from supportdesk.domain.entities import Attachment, Message, Publication, PublicationKind, Ticket
from supportdesk.domain.errors import InvalidInput, NotAllowed, NotFound, Refused
from supportdesk.domain.status import Status
from tests.support.desk import CUSTOMER, STAFF, person_of, view_of

NOW = now()


@pytest.fixture
def mia(desk: DeskConnection) -> str:
    return person_of(desk, STAFF)


@pytest.fixture
def ticket(desk: DeskConnection) -> str:
    intent = CreateTicket(subject="Printer", description="It does not print.")
    return take(
        desk, view_of(desk, CUSTOMER).actor, Asked(uuid7(), NOW, encode_intent(intent)), NOW
    ).entity_id


def _seen(desk: DeskConnection, ticket: str) -> Ticket:
    view = view_of(desk, CUSTOMER)
    with reading(desk):
        return facts.get(desk, view, Ticket, ticket)


class TestTickets:
    def test_a_ticket_is_found_by_its_number(self, desk: DeskConnection, ticket: str) -> None:
        """As people say it."""
        with reading(desk):
            number = _number(desk, ticket)
            assert naming.ticket(desk, number) == naming.ticket(desk, f" #{number}") == ticket
            with pytest.raises(InvalidInput):
                naming.ticket(desk, "0")

    def test_an_answer_carries_files(
        self, desk: DeskConnection, ticket: str, mia: str, tmp_path: Path
    ) -> None:
        """Their content is stored before the message names them."""
        files = Files(tmp_path / "files")
        guide = staff.stored(
            desk, files, mia, b"Turn it off and on.", NOW, name="a.txt", media_type="text/plain"
        )
        again = staff.stored(
            desk, files, mia, b"Turn it off and on.", NOW, name="b.txt", media_type="text/plain"
        )
        message = staff.answer(desk, mia, ticket, "See the guide.", NOW, files=(guide, again))
        view = view_of(desk, CUSTOMER)
        with reading(desk):
            first = facts.get(desk, view, Attachment, f"{message}-0")
            assert facts.get(desk, view, Message, message).author_name == "Mia"
        assert first.message_id == message
        assert files.read(first.sha256, 0, 100) == b"Turn it off and on."
        assert _seen(desk, ticket).has_attachments

    def test_statuses_follow_each_other_as_the_rules_say(
        self, desk: DeskConnection, ticket: str, mia: str
    ) -> None:
        """What cannot follow is refused and changes nothing; setting the same again is no event."""
        staff.set_status(desk, mia, ticket, Status.CLOSED, NOW)
        closed = _seen(desk, ticket)
        assert closed.reopen_until == NOW + timedelta(days=14)
        with pytest.raises(Refused):
            staff.set_status(desk, mia, ticket, Status.BACKLOG, NOW)
        staff.set_status(desk, mia, ticket, Status.CLOSED, NOW)
        assert _seen(desk, ticket) == closed
        staff.set_status(desk, mia, ticket, Status.IN_PROGRESS, NOW)
        assert _seen(desk, ticket).reopen_until is None

    def test_a_note_is_kept_and_changes_nothing(self, desk: DeskConnection, ticket: str, mia: str) -> None:
        """It is in the desk, not in the ticket that customers see."""
        before = _seen(desk, ticket)
        note = staff.note(desk, mia, ticket, "Known trouble maker", NOW + timedelta(hours=1))
        assert _seen(desk, ticket) == before
        view = view_of(desk, CUSTOMER)
        with reading(desk):
            assert desk.execute(select(messages.c.internal).where(messages.c.id == note)).scalar_one()
            with pytest.raises(NotFound):
                facts.get(desk, view, Message, note)

    def test_a_ticket_is_opened_for_a_customer(self, desk: DeskConnection, mia: str) -> None:
        """After a call: the customer is the requester, the words are support's."""
        ticket = staff.report_for(desk, mia, person_of(desk, CUSTOMER), "Call", "Asked for an update", NOW)
        seen = _seen(desk, ticket)
        assert (seen.requester_name, seen.last_author_id) == ("Jana", mia)
        assert (seen.type_id, seen.priority_id) == ("unclassified", "normal")
        with pytest.raises(NotFound):
            staff.report_for(desk, mia, "nobody", "Call", "x", NOW)

    def test_only_staff_do_the_work_of_staff(self, desk: DeskConnection, ticket: str, mia: str) -> None:
        """Neither a customer nor somebody who has left."""
        jana = person_of(desk, CUSTOMER)
        with pytest.raises(NotAllowed):
            staff.note(desk, jana, ticket, "x", NOW)
        with pytest.raises(NotAllowed):
            staff.assign(desk, mia, ticket, jana, NOW)
        with pytest.raises(NotAllowed):
            staff.report_for(desk, jana, jana, "x", "x", NOW)
        administration.set_active(desk, mia, active=False, now=NOW)
        with pytest.raises(NotAllowed):
            staff.answer(desk, mia, ticket, "x", NOW)

    def test_work_on_what_is_not_there_is_refused(self, desk: DeskConnection, ticket: str, mia: str) -> None:
        """An unknown ticket, no working time, an unknown person."""
        with pytest.raises(NotFound):
            staff.answer(desk, mia, "nothing", "x", NOW)
        with pytest.raises(Refused):
            staff.record_time(desk, mia, ticket, 0, "nothing", NOW)
        with pytest.raises(NotFound):
            administration.set_active(desk, "nobody", active=True, now=NOW)

    def test_everything_is_noted(self, desk: DeskConnection, ticket: str, mia: str) -> None:
        """Who did what to which ticket."""
        staff.assign(desk, mia, ticket, mia, NOW)
        staff.answer(desk, mia, ticket, "Done", NOW, status=Status.SOLVED)
        staff.record_time(desk, mia, ticket, 5, "Call", NOW)
        actor = view_of(desk, CUSTOMER).actor
        for intent in (RateTicket(ticket_id=ticket, helpful=True), CloseTicket(ticket_id=ticket)):
            take(desk, actor, Asked(uuid7(), NOW, encode_intent(intent)), NOW)
        with reading(desk):
            query = select(audit.c.action).where(audit.c.subject_id == ticket).order_by(audit.c.id)
            actions = desk.execute(query).scalars().all()
        assert actions == ["CreateTicket", "assign", "answer", "record_time", "RateTicket", "CloseTicket"]


def _number(desk: DeskConnection, ticket: str) -> str:
    from supportdesk.desk.conversations.changing import head

    return head(desk, ticket).number


class TestPublications:
    def test_a_publication_is_replaced_under_the_same_id(self, desk: DeskConnection) -> None:
        """A corrected notice keeps who has read it; what is not there cannot be withdrawn."""
        notice = Publication(
            id=uuid7(), publication=PublicationKind.NOTICE, title="Old", body="B", published_at=NOW
        )
        for title in ("Old", "New"):
            corrected = Publication(
                id=notice.id, publication=notice.publication, title=title, body="B", published_at=NOW
            )
            publishing.publish(desk, corrected, NOW)
        view = view_of(desk, CUSTOMER)
        with reading(desk):
            assert facts.get(desk, view, Publication, notice.id).title == "New"
        publishing.withdraw(desk, notice.id, NOW)
        with pytest.raises(NotFound):
            publishing.withdraw(desk, notice.id, NOW)

    def test_what_is_dated_ahead_appears_on_its_day(self, desk: DeskConnection) -> None:
        """Until then nobody sees it or hears of it; then everybody does, once, oldest first."""
        view = view_of(desk, CUSTOMER)
        days = [NOW + timedelta(days=day) for day in (2, 1, 3)]
        ids = [_publish(desk, day) for day in days]
        first = _pulled(desk, view, None)
        assert not set(ids) & set(first[0])
        with reading(desk):
            assert announcing.next_due(desk) == days[1]
            assert not announcing.is_due(desk, NOW)
            with pytest.raises(NotFound):
                facts.get(desk, view, Publication, ids[0])
        announcing.announce(desk, NOW)
        assert _pulled(desk, view, first[1])[0] == []
        for _again in range(2):
            announcing.announce(desk, days[0])
        assert _pulled(desk, view, first[1])[0] == [ids[1], ids[0]]
        newcomer = _pulled(desk, view, None)[0]
        assert [id for id in newcomer if id in ids] == [ids[1], ids[0]]
        with reading(desk):
            assert announcing.next_due(desk) == days[2]

    def test_a_date_can_be_moved(self, desk: DeskConnection) -> None:
        """What is put off goes away again; what is brought forward appears at once."""
        view = view_of(desk, CUSTOMER)
        notice = _publish(desk, NOW)
        cursor = _pulled(desk, view, None)[1]
        _publish(desk, NOW + timedelta(days=1), notice)
        with reading(desk):
            page = feed.pull(desk, view, cursor, 100)
        assert page.changes == (Gone("publication", notice),)
        _publish(desk, NOW, notice)
        assert _pulled(desk, view, page.cursor)[0] == [notice]
        with reading(desk):
            assert announcing.next_due(desk) is None

    def test_what_was_withdrawn_before_its_day_never_appears(self, desk: DeskConnection) -> None:
        """There is nothing left to announce."""
        notice = _publish(desk, NOW + timedelta(days=1))
        publishing.withdraw(desk, notice, NOW)
        with reading(desk):
            assert announcing.next_due(desk) is None


def _publish(desk: DeskConnection, day: datetime, id: str = "") -> str:
    notice = Publication(
        id=id or uuid7(), publication=PublicationKind.NOTICE, title="T", body="B", published_at=day
    )
    publishing.publish(desk, notice, NOW)
    return notice.id


def _pulled(desk: DeskConnection, view: View, cursor: str | None) -> tuple[list[str], str]:
    """(ids of what arrived, the next cursor)."""
    with reading(desk):
        page = feed.pull(desk, view, cursor, 100)
    return [each.entity.id for each in page.changes if isinstance(each, Upsert)], page.cursor
