"""What the desk tells whom, and when."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.office import administration, staff
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.commands import AnyIntent, CreateTicket, MarkRead, encode_intent
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    KeyKind,
    LicenseKey,
    Message,
    Person,
    Ticket,
    TimeRecord,
)
from supportdesk.domain.errors import NotFound
from supportdesk.domain.profile import Shown
from supportdesk.domain.status import Status
from tests.support.desk import COLLEAGUE, CUSTOMER, PARTNER, STAFF, STRANGER, person_of, view_of

NOW = now()


def _pull(desk: DeskConnection, view: View, cursor: str | None = None, limit: int = 1000) -> Page:
    with reading(desk):
        return feed.pull(desk, view, cursor, limit)


def _facts(page: Page) -> set[tuple[str, str]]:
    """(type, id) of what arrived."""
    return {(type(each.entity).__name__, each.entity.id) for each in page.changes if isinstance(each, Upsert)}


def _do(desk: DeskConnection, user: str, intent: AnyIntent) -> str:
    asked = Asked(id=uuid7(), created_at=NOW, payload=encode_intent(intent))
    return take(desk, view_of(desk, user).actor, asked, NOW).entity_id


def _ticket(desk: DeskConnection, user: str = CUSTOMER) -> str:
    return _do(desk, user, CreateTicket(subject="Printer", description="It does not print."))


class TestCursor:
    @given(st.none() | st.text(max_size=30) | st.from_regex(r"here\.\d{1,4}\.\d{1,4}", fullmatch=True))
    def test_what_the_desk_did_not_write_begins_anew(self, written: str | None) -> None:
        """A cursor is either one of this desk that is not ahead of it, or the beginning."""
        cursor = feed.decode_cursor(written, "here", 500)
        if (cursor.seq, cursor.first_sync_to) != (0, 500):
            parts = str(written).split(".")
            assert parts[0] == cursor.desk == "here"
            assert [int(part) for part in parts[1:]] == [cursor.seq, cursor.first_sync_to]
            assert max(cursor.seq, cursor.first_sync_to) <= 500

    def test_a_desk_made_anew_is_read_from_the_beginning(self, desk: DeskConnection) -> None:
        """The cursor of the earlier desk does not hide what the new one has."""
        cursor = _pull(desk, view_of(desk, CUSTOMER)).cursor
        earlier = feed.decode_cursor(cursor, cursor.split(".")[0], 1000)
        assert earlier.seq > 0
        assert feed.decode_cursor(cursor, "another", 1000).seq == 0

    def test_pages_are_as_long_as_asked_for(self, desk: DeskConnection) -> None:
        """Each is followed by more, the last one is not."""
        for _number in range(5):
            _ticket(desk)
        view, cursor, lengths = view_of(desk, CUSTOMER), None, []
        while True:
            page = _pull(desk, view, cursor, limit=3)
            cursor = page.cursor
            lengths.append(len(page.changes))
            if not page.more:
                break
        assert max(lengths) == 3
        assert sum(lengths) == len(_pull(desk, view).changes)

    def test_a_first_sync_skips_what_is_gone(self, desk: DeskConnection) -> None:
        """Whoever comes new does not hear of what was withdrawn before."""
        key = _give_key(desk)
        administration.withdraw_key(desk, key, NOW)
        page = _pull(desk, view_of(desk, CUSTOMER))
        assert not [each for each in page.changes if isinstance(each, Gone)]
        assert key not in {id for _kind, id in _facts(page)}


def _give_key(desk: DeskConnection) -> str:
    key = LicenseKey(id=uuid7(), key_kind=KeyKind.COMPANY_SWITCH, product="Suite", key="SWITCH-1")
    administration.give_key(desk, view_of(desk, CUSTOMER).actor.organisation_id, key, NOW)
    return key.id


class TestWhoHears:
    def test_staff_see_every_organisation(self, desk: DeskConnection) -> None:
        """All organisations, all people, all tickets."""
        tickets = {_ticket(desk, user) for user in (CUSTOMER, STRANGER, PARTNER)}
        facts = _facts(_pull(desk, view_of(desk, STAFF)))
        assert tickets == {id for kind, id in facts if kind == "Ticket"}
        assert len([kind for kind, _id in facts if kind == "Organisation"]) == 4

    def test_partners_of_few_and_of_many_hear_the_same(
        self, desk: DeskConnection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whether the feed is walked for each organisation or for all at once."""
        view = view_of(desk, PARTNER)
        for user in (CUSTOMER, STRANGER, PARTNER):
            _ticket(desk, user)
        begun = _pull(desk, view, limit=5).cursor
        ticket = _ticket(desk, CUSTOMER)
        _do(desk, PARTNER, MarkRead(what="ticket", id=ticket))
        few = [_pull(desk, view), _pull(desk, view, begun)]
        monkeypatch.setattr(feed, "_MAX_WALKS", 2)
        assert [_pull(desk, view), _pull(desk, view, begun)] == few
        assert len({id for kind, id in _facts(few[0]) if kind == "Organisation"}) == 2

    def test_a_customers_walk_follows_the_index(self, desk: DeskConnection) -> None:
        """However much happens to others: SQLite says so itself, PostgreSQL decides by what is there."""
        if desk.dialect.name != "sqlite":
            return
        said: list[tuple[str, tuple[object, ...]]] = []

        def listen(
            _connection: object,
            _cursor: object,
            statement: str,
            parameters: tuple[object, ...],
            *_rest: object,
        ) -> None:
            said.append((statement, parameters))

        event.listen(desk, "before_cursor_execute", listen)
        _pull(desk, view_of(desk, CUSTOMER))
        event.remove(desk, "before_cursor_execute", listen)
        [walk] = [each for each in said if "UNION ALL" in each[0]]
        with reading(desk):
            plan = [row[-1] for row in desk.exec_driver_sql(f"EXPLAIN QUERY PLAN {walk[0]}", walk[1])]
        steps = [step for step in plan if "changes" in step]
        assert (
            steps == ["SEARCH changes USING INDEX ix_changes_audience (audience=? AND seq>? AND seq<?)"] * 2
        )

    def test_customers_do_not_see_staff_or_their_addresses(self, desk: DeskConnection) -> None:
        """Only people of the own organisation are delivered."""
        page = _pull(desk, view_of(desk, CUSTOMER))
        people = [each.entity for each in page.changes if isinstance(each, Upsert)]
        assert {each.name for each in people if isinstance(each, Person)} == {"Jana", "Tom"}

    def test_keys_come_and_go(self, desk: DeskConnection) -> None:
        """A withdrawn key is gone for its organisation; nobody else hears of it."""
        key = _give_key(desk)
        views = {user: view_of(desk, user) for user in (CUSTOMER, STRANGER)}
        cursors = {user: _pull(desk, view).cursor for user, view in views.items()}
        administration.withdraw_key(desk, key, NOW)
        assert _pull(desk, views[CUSTOMER], cursors[CUSTOMER]).changes == (Gone("license_key", key),)
        assert _pull(desk, views[STRANGER], cursors[STRANGER]).changes == ()
        with pytest.raises(NotFound):
            administration.withdraw_key(desk, key, NOW)

    def test_a_mark_is_told_to_its_person_only(self, desk: DeskConnection) -> None:
        """What one has read is not a change for a colleague, nor for the partner."""
        ticket = _ticket(desk)
        cursors = {user: _pull(desk, view_of(desk, user)).cursor for user in (CUSTOMER, COLLEAGUE, PARTNER)}
        _do(desk, PARTNER, MarkRead(what="ticket", id=ticket))
        heard = {
            user: len(_pull(desk, view_of(desk, user), cursor).changes) for user, cursor in cursors.items()
        }
        assert heard == {CUSTOMER: 0, COLLEAGUE: 0, PARTNER: 1}

    def test_a_partner_learns_of_new_customers_and_loses_lost_ones(self, desk: DeskConnection) -> None:
        """All that belongs to the organisation arrives with the link and is gone without it."""
        ticket = _ticket(desk, STRANGER)
        _busy(desk, ticket)
        partner, stranger = view_of(desk, PARTNER), view_of(desk, STRANGER)
        cursor = _pull(desk, partner).cursor
        administration.link_partner(desk, stranger.actor.organisation_id, partner.actor.organisation_id, NOW)
        came = _pull(desk, partner, cursor)
        expected = _facts(_pull(desk, stranger))
        assert _facts(came) == expected
        assert {"Ticket", "Message", "ConversationEvent", "Person"} <= {kind for kind, _id in expected}
        fresh = _facts(_pull(desk, partner))
        assert expected <= fresh
        administration.link_partner(desk, stranger.actor.organisation_id, None, NOW)
        gone = _pull(desk, partner, came.cursor).changes
        assert all(isinstance(each, Gone) for each in gone)
        assert {each.id for each in gone if isinstance(each, Gone)} == {id for _kind, id in expected}
        with pytest.raises(NotFound):
            administration.link_partner(desk, "nowhere", None, NOW)


def _busy(desk: DeskConnection, ticket: str) -> None:
    mia = person_of(desk, STAFF)
    staff.assign(desk, mia, ticket, mia, NOW)
    staff.answer(desk, mia, ticket, "Which one?", NOW, status=Status.QUESTION)
    staff.record_time(desk, mia, ticket, 15, "Call", NOW)


class TestWhatIsShown:
    def test_the_assignee_is_shown_where_the_vendor_wants_it(self, desk: DeskConnection) -> None:
        """Else neither the name nor the event that tells it leaves the desk; nor do time records."""
        ticket = _ticket(desk)
        _busy(desk, ticket)
        view = view_of(desk, CUSTOMER)
        shown = msgspec.structs.replace(
            view,
            settings=msgspec.structs.replace(view.settings, shown=Shown(assignee=True, time_records=True)),
        )
        hidden = msgspec.structs.replace(
            view, settings=msgspec.structs.replace(view.settings, shown=Shown(assignee=False))
        )
        assert _names(_pull(desk, shown)) == ("Mia", ["assigned", "status"], [15])
        assert _names(_pull(desk, hidden)) == ("", ["status"], [])

    def test_files_of_a_note_stay_hidden(self, desk: DeskConnection, tmp_path: Path) -> None:
        """An internal note's attachment neither arrives nor counts as one of the ticket's."""
        from sqlalchemy import insert

        from supportdesk.desk.store.database import writing
        from supportdesk.desk.store.schema import attachments

        ticket, mia = _ticket(desk), person_of(desk, STAFF)
        note = staff.note(desk, mia, ticket, "Internal", NOW)
        with writing(desk):
            desk.execute(
                insert(attachments).values(
                    id=uuid7(),
                    conversation_id=ticket,
                    message_id=note,
                    author_id=mia,
                    name="internal.txt",
                    size_bytes=1,
                    sha256="0" * 64,
                    media_type="text/plain",
                    created_at=NOW,
                )
            )
        staff.answer(desk, mia, ticket, "Hello", NOW)
        page = _pull(desk, view_of(desk, CUSTOMER))
        entities = [each.entity for each in page.changes if isinstance(each, Upsert)]
        assert not [each for each in entities if isinstance(each, Attachment)]
        assert [each.body for each in entities if isinstance(each, Message)] == [
            "It does not print.",
            "Hello",
        ]
        assert not next(each for each in entities if isinstance(each, Ticket)).has_attachments


def _names(page: Page) -> tuple[str, list[str], list[int]]:
    entities = [each.entity for each in page.changes if isinstance(each, Upsert)]
    return (
        next(each.assignee_name for each in entities if isinstance(each, Ticket)),
        [each.event.value for each in entities if isinstance(each, ConversationEvent)],
        [each.minutes for each in entities if isinstance(each, TimeRecord)],
    )
