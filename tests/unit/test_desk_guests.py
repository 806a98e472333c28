"""Reports without an account, and how they find their author's."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts import access, granting
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.office import staff
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.schema import asked_mail, messages, people, tickets
from supportdesk.desk.visibility import feed
from supportdesk.domain.account import ExamineCode, MailCode, RedeemCode, ReportAsGuest, Reported
from supportdesk.domain.changes import Gone, Upsert
from supportdesk.domain.entities import Person, Ticket
from supportdesk.domain.errors import AuthenticationFailed, InvalidInput, Refused, TooManyAttempts
from supportdesk.domain.profile import SignIn
from supportdesk.domain.session import Session
from supportdesk.domain.status import Status
from tests.support.desk import COLLEAGUE, CUSTOMER, STAFF, person_of, small_profile, view_of
from tests.support.mails import code_for, code_in, queued

NOW = now()
ADA = "ada@nowhere.example"


def _report(email: str = ADA) -> ReportAsGuest:
    return ReportAsGuest(
        command_id=uuid7(),
        email=email,
        name="Ada Lovelace",
        subject="Engine stands still",
        description="It smokes.",
        language="en",
        service_id="printing",
        source="Till 4.2",
        privacy_accepted=True,
    )


def _take(desk: DeskConnection, request: ReportAsGuest, client: str = "", at: datetime = NOW) -> str:
    """The number of the ticket."""
    reported = answer(desk, request, Asker(client=client), at)
    assert isinstance(reported, Reported)
    return reported.number


def _signed_up(desk: DeskConnection, email: str = ADA) -> Session:
    answer(desk, MailCode("sign_up", email, "en"), Asker(), NOW)
    request = RedeemCode(code_for(desk, email, NOW), "another-horse-2", "Ada")
    session = answer(desk, request, Asker(), NOW)
    assert isinstance(session, Session)
    return session


def _all(desk: DeskConnection, user: str, cursor: str | None = None) -> tuple[list[object], str]:
    with reading(desk):
        page = feed.pull(desk, view_of(desk, user), cursor, 10_000)
    return [each.entity if isinstance(each, Upsert) else each for each in page.changes], page.cursor


def _tickets(desk: DeskConnection, user: str) -> list[Ticket]:
    return [each for each in _all(desk, user)[0] if isinstance(each, Ticket)]


class TestReporting:
    def test_staff_see_it_like_any_other_ticket(self, desk: DeskConnection) -> None:
        """With its author's name; no customer hears of it."""
        request = _report()
        _take(desk, request)
        (ticket,) = _tickets(desk, STAFF)
        assert (ticket.id, ticket.requester_name, ticket.subject) == (
            request.command_id,
            "Ada Lovelace",
            "Engine stands still",
        )
        assert (ticket.service_id, ticket.priority_id) == ("printing", "normal")
        assert _tickets(desk, CUSTOMER) == []
        assert not any(isinstance(each, Person) and "Ada" in each.name for each in _all(desk, CUSTOMER)[0])

    def test_fifty_repeats_are_one_ticket(self, desk: DeskConnection) -> None:
        """Each is told its number; counted once against the limit, too."""
        request = _report()
        assert {_take(desk, request) for _repeat in range(50)} == {"1001"}
        with reading(desk):
            assert desk.execute(select(func.count()).select_from(tickets)).scalar_one() == 1
            assert desk.execute(select(func.count()).select_from(asked_mail)).scalar_one() == 1

    def test_nobody_signs_in_as_a_guest(self, desk: DeskConnection) -> None:
        """Their row is no account: no name, no address and no password opens it."""
        request = _report()
        _take(desk, request)
        for user in (ADA, f"guest:{request.command_id}"):
            for password in ("", "another-horse-2"):
                with pytest.raises(AuthenticationFailed):
                    access.sign_in(desk, user, password, "", NOW)

    def test_from_one_place_come_only_so_many(self, desk: DeskConnection) -> None:
        """Of five hundred at once ten are taken; from another place one more is no trouble."""
        taken = 0
        for _number in range(500):
            try:
                _take(desk, _report(), "192.0.2.1")
                taken += 1
            except TooManyAttempts:
                pass
        _take(desk, _report(), "192.0.2.2")
        print(f"500 reported, {taken} taken")
        assert taken == 10

    def test_the_form_is_checked_as_for_everybody(self, desk: DeskConnection) -> None:
        """Unknown choices and missing texts are refused; inputs about the person are named."""
        broken: tuple[tuple[str, object], ...] = (
            ("service_id", "nowhere"),
            ("subject", " "),
            ("fields", {"x": "y"}),
            ("command_id", "1"),
        )
        for field, value in broken:
            with pytest.raises(Refused):
                _take(desk, replace(_report(), **{field: value}))
        missing: tuple[tuple[str, object], ...] = (("name", ""), ("email", "x"), ("privacy_accepted", False))
        for field, value in missing:
            with pytest.raises(InvalidInput) as caught:
                _take(desk, replace(_report(), **{field: value}))
            assert caught.value.field == field
        with reading(desk):
            assert desk.execute(select(func.count()).select_from(tickets)).scalar_one() == 0

    def test_a_vendor_who_wants_none_gets_none(self, desk: DeskConnection) -> None:
        """Also a repeat of one that was taken before is then refused, and stays."""
        settings.keep(desk, settings.settings_of(small_profile(sign_in=SignIn())))
        with pytest.raises(Refused):
            _take(desk, _report())


class TestMails:
    def test_a_stranger_reads_nothing_that_somebody_made_us_write(self, desk: DeskConnection) -> None:
        """Neither name nor text of the report stands in the mail; with its code an account is made."""
        _take(desk, _report())
        granting.grant(desk, NOW)
        (letter,) = queued(desk)
        for written in ("Ada", "Engine", "smokes"):
            assert written not in letter.subject + letter.body_text
        code = code_in(letter.body_text) or ""
        session = answer(desk, RedeemCode(code, "another-horse-2", "Ada"), Asker(), NOW)
        assert isinstance(session, Session)
        assert len(_tickets(desk, ADA)) == 1

    def test_nor_in_what_is_told_later(self, desk: DeskConnection) -> None:
        """Only when the address has proved to be theirs, the subject stands in mails about the ticket."""
        request, mia = _report(), person_of(desk, STAFF)
        _take(desk, request)
        staff.set_status(desk, mia, request.command_id, Status.IN_PROGRESS, NOW)
        staff.answer(desk, mia, request.command_id, "Turn it on.", NOW)
        letters = queued(desk)
        assert len(letters) == 2
        for letter in letters:
            assert "#1001" in letter.subject
            assert not any(said in letter.subject + letter.body_text for said in ("Ada", "Engine", "smokes"))
        _signed_up(desk)
        staff.set_status(desk, mia, request.command_id, Status.SOLVED, NOW)
        assert queued(desk)[-1].subject == "[#1001] Engine stands still"

    def test_where_nobody_signs_up_the_number_is_told(self, desk: DeskConnection) -> None:
        """There is no code that would lead nowhere."""
        settings.keep(desk, settings.settings_of(small_profile(sign_in=SignIn(report_without_sign_in=True))))
        _take(desk, _report())
        granting.grant(desk, NOW)
        (letter,) = queued(desk)
        assert "#1001" in letter.subject
        assert code_in(letter.body_text) is None

    def test_a_person_with_an_account_confirms_the_address_first(self, desk: DeskConnection) -> None:
        """Until then it is not theirs; the code keeps their password and sessions."""
        token = access.sign_in(desk, CUSTOMER, "correct-horse-1", "", NOW)
        _take(desk, _report(CUSTOMER))
        code = code_for(desk, CUSTOMER, NOW)
        assert _tickets(desk, CUSTOMER) == []
        session = answer(desk, RedeemCode(code, ""), Asker(), NOW)
        assert isinstance(session, Session)
        (ticket,) = _tickets(desk, CUSTOMER)
        assert ticket.requester_id == person_of(desk, CUSTOMER)
        with reading(desk):
            access.actor_of(desk, token, NOW)
        assert access.sign_in(desk, CUSTOMER, "correct-horse-1", "", NOW)

    def test_a_verified_person_finds_it_at_once(self, desk: DeskConnection) -> None:
        """As soon as the wish was decided; the mail says so and carries no code."""
        _signed_up(desk)
        _take(desk, _report())
        granting.grant(desk, NOW)
        letter = queued(desk, ADA)[-1]
        assert code_in(letter.body_text) is None
        assert len(_tickets(desk, ADA)) == 1


class TestFindingTheAccount:
    def test_everything_of_the_ticket_moves_along(self, desk: DeskConnection) -> None:
        """Messages are the person's own, answers and files come along, internal notes are never noticed."""
        request = _report()
        _take(desk, request)
        mia = person_of(desk, STAFF)
        staff.answer(desk, mia, request.command_id, "Pour water on it.", NOW, status=Status.QUESTION)
        staff.note(desk, mia, request.command_id, "canary-note", NOW)
        _staff_sees, cursor = _all(desk, STAFF)
        session = _signed_up(desk)
        with reading(desk):
            me = access.actor_of(desk, session.token, NOW)
            authors = (
                select(messages.c.author_id).where(messages.c.internal.is_(False)).order_by(messages.c.id)
            )
            assert sorted(desk.execute(authors).scalars()) == sorted([me.person_id, mia])
            row = desk.execute(select(tickets)).one()
        assert (row.requester_id, row.organisation_id, row.guest_email) == (
            me.person_id,
            me.organisation_id,
            None,
        )
        seen, _cursor = _all(desk, ADA)
        assert "Pour water" in str(seen)
        assert "canary" not in str(seen)
        assert not any(isinstance(each, Gone) for each in seen)
        later, _cursor = _all(desk, STAFF, cursor)
        assert not any(isinstance(each, Gone) for each in later)
        assert row.id in {each.id for each in later if isinstance(each, Ticket)}

    def test_what_was_answered_before_the_account_was_made_is_news(self, desk: DeskConnection) -> None:
        """Unlike what happened to tickets of others before somebody came."""
        earlier = NOW - timedelta(days=1)
        _take(desk, _report(), at=earlier)
        (ticket,) = _tickets(desk, STAFF)
        staff.answer(desk, person_of(desk, STAFF), ticket.id, "Open a window.", earlier)
        _signed_up(desk)
        (mine,) = _tickets(desk, ADA)
        assert (mine.updated_at, mine.read_at) == (earlier, None)
        assert mine.last_author_id == person_of(desk, STAFF)

    def test_all_reports_of_that_address_and_no_others(self, desk: DeskConnection) -> None:
        """However the address was written; another guest's stays where it is."""
        for email in (ADA, ADA.upper(), "bob@nowhere.example"):
            _take(desk, _report(email))
        _signed_up(desk)
        assert len(_tickets(desk, ADA)) == 2
        assert _tickets(desk, COLLEAGUE) == []

    def test_a_reset_counts_as_an_answer_of_the_address(self, desk: DeskConnection) -> None:
        """Whoever sets a password with a mailed code has read their mail."""
        _take(desk, _report(CUSTOMER))
        answer(desk, MailCode("reset", CUSTOMER, "en"), Asker(), NOW + timedelta(seconds=1))
        code = code_for(desk, CUSTOMER, NOW + timedelta(seconds=1))
        answer(desk, ExamineCode(code), Asker(), NOW)
        answer(desk, RedeemCode(code, "another-horse-2"), Asker(), NOW)
        assert len(_tickets(desk, CUSTOMER)) == 1

    def test_an_address_that_changed_hands_is_not_verified_by_an_old_code(self, desk: DeskConnection) -> None:
        """A code that went to an earlier address opens the account, but claims nothing for the new one."""
        _take(desk, _report("jana@new.example"))
        answer(desk, MailCode("reset", CUSTOMER, "en"), Asker(), NOW)
        code = code_for(desk, CUSTOMER, NOW)
        with writing(desk):
            mine = people.update().where(people.c.user_name == CUSTOMER)
            desk.execute(mine.values(user_name="jana", email="jana@new.example"))
        answer(desk, RedeemCode(code, "another-horse-2"), Asker(), NOW)
        assert _tickets(desk, "jana") == []
