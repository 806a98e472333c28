"""What people do about their own account, and admins about their colleagues'."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from supportdesk.clock import now
from supportdesk.desk.accounts import access, passwords
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.office import administration
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.schema import audit, metadata, people
from supportdesk.desk.visibility import facts, feed
from supportdesk.domain.account import (
    AccessData,
    AccountAnswer,
    AddColleague,
    AnyAccountRequest,
    ChangePassword,
    ChangeProfile,
    EndOtherSessions,
    GetProfile,
    ListSessions,
    OwnSessions,
    SetColleagueActive,
)
from supportdesk.domain.commands import CreateTicket, encode_intent
from supportdesk.domain.entities import Role, Ticket
from supportdesk.domain.errors import (
    AuthenticationFailed,
    InvalidInput,
    SessionExpired,
    TooManyAttempts,
)
from supportdesk.domain.session import Session
from tests.support.desk import COLLEAGUE, CUSTOMER, PASSWORD, person_of, view_of
from tests.support.mails import code_in, queued

NOW = now()
NEW_PASSWORD = "another-horse-2"


def _in(desk: DeskConnection, user: str = CUSTOMER, device: str = "here") -> Asker:
    name = f"On {device}"
    return Asker(token=access.sign_in(desk, user, PASSWORD, device[:64], NOW, device_name=name))


def _ask(desk: DeskConnection, asker: Asker, request: AnyAccountRequest, hours: float = 0) -> AccountAnswer:
    return answer(desk, request, asker, NOW + timedelta(hours=hours))


class TestPassword:
    def test_of_ten_thousand_guesses_few_are_looked_at_and_the_owner_gets_in(
        self, desk: DeskConnection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody at a forgotten screen guesses no more often than at the door; elsewhere it opens."""
        forgotten = _in(desk, device="forgotten")
        compared: list[str] = []
        real = passwords.matches

        def matches(password_hash: str, password: str) -> bool:
            compared.append(password)
            return password != "guess" and real(password_hash, password)

        monkeypatch.setattr(passwords, "matches", matches)
        many = 10_000 if desk.dialect.name == "sqlite" else 1_000  # each takes its time there
        for number in range(many):
            with pytest.raises(AuthenticationFailed):
                _ask(desk, forgotten, ChangePassword("guess", NEW_PASSWORD), 24 * number / many)
        print(f"{many} guessed, {len(compared)} compared")
        assert 10 <= len(compared) <= 100
        owner = _in(desk, device="elsewhere")
        assert isinstance(_ask(desk, owner, ChangePassword(PASSWORD, NEW_PASSWORD), 24), Session)

    def test_a_new_password_ends_every_other_session(self, desk: DeskConnection) -> None:
        """The session that is given keeps the device and its name."""
        here, there = _in(desk), _in(desk, device="there")
        session = _ask(desk, here, ChangePassword(PASSWORD, NEW_PASSWORD))
        assert isinstance(session, Session)
        for old in (here, there):
            with pytest.raises(SessionExpired):
                _ask(desk, old, GetProfile())
        left = _ask(desk, Asker(token=session.token), ListSessions())
        assert isinstance(left, OwnSessions)
        assert [each.device for each in left.sessions] == ["On here"]
        assert access.sign_in(desk, CUSTOMER, NEW_PASSWORD, "there", NOW)

    def test_a_wrong_old_password_changes_nothing(self, desk: DeskConnection) -> None:
        """And a new one that will not do is named as such."""
        here = _in(desk)
        with pytest.raises(AuthenticationFailed):
            _ask(desk, here, ChangePassword("wrong-password", NEW_PASSWORD))
        for unfit in ("short", CUSTOMER.upper(), "x" * 1_001):
            with pytest.raises(InvalidInput) as caught:
                _ask(desk, here, ChangePassword(PASSWORD, unfit))
            assert caught.value.field == "new"
        assert _in(desk).token


class TestSessions:
    def test_they_are_told_by_name_the_last_used_first(self, desk: DeskConnection) -> None:
        """A long name is cut; ended ones are not told."""
        here, there = _in(desk), _in(desk, device="x" * 100)
        access.sign_out(desk, _in(desk, device="gone").token, NOW)
        with reading(desk):
            entrance = access.enter(desk, here.token, NOW)
        access.renew(desk, entrance, NOW + timedelta(hours=1))
        told = _ask(desk, there, ListSessions(), 2)
        assert isinstance(told, OwnSessions)
        assert [(each.device, each.current) for each in told.sessions] == [
            ("On here", False),
            ("On " + "x" * 77, True),
        ]
        assert told.sessions[0].last_used_at == NOW + timedelta(hours=1)

    def test_logging_out_everywhere_else_is_noted(self, desk: DeskConnection) -> None:
        """The vendor can see it, and the present session goes on."""
        here, there = _in(desk), _in(desk, device="there")
        _ask(desk, here, EndOtherSessions())
        with pytest.raises(SessionExpired):
            _ask(desk, there, GetProfile())
        _ask(desk, here, GetProfile())
        with reading(desk):
            last = desk.execute(select(audit.c.action).order_by(audit.c.id.desc()).limit(1))
            assert last.scalar_one() == "end_other_sessions"


class TestProfile:
    def test_a_new_name_stands_on_the_tickets_of_all_who_see_them(self, desk: DeskConnection) -> None:
        """Colleagues who are up to date hear of the person and of each ticket."""
        view = view_of(desk, CUSTOMER)
        intent = CreateTicket(subject="Printer", description="It does not print.")
        asked = Asked("01890a5d-ac96-774b-bcce-b302099a8057", NOW, encode_intent(intent))
        ticket_id = take(desk, view.actor, asked, NOW).entity_id
        colleague = view_of(desk, COLLEAGUE)
        with reading(desk):
            cursor = feed.pull(desk, colleague, None, 1_000).cursor
        _ask(desk, _in(desk), ChangeProfile(" Jana\u202e  Wiebe ", "030 1", "de"))
        with reading(desk):
            page = feed.pull(desk, colleague, cursor, 1_000)
            assert facts.get(desk, colleague, Ticket, ticket_id).requester_name == "Jana Wiebe"
        assert len(page.changes) == 2

    def test_a_language_that_nobody_speaks_is_none(self, desk: DeskConnection) -> None:
        """Mails then come in the vendor's own; endless texts are refused by name."""
        asker = _in(desk)
        _ask(desk, asker, ChangeProfile("Jana", "", "xx-evil"))
        with reading(desk):
            spoken = select(people.c.language).where(people.c.user_name == CUSTOMER)
            assert desk.execute(spoken).scalar_one() == ""
        for request, field in (
            (ChangeProfile("J" * 201, "", "de"), "name"),
            (ChangeProfile("Jana", "1" * 65, "de"), "phone"),
        ):
            with pytest.raises(InvalidInput) as caught:
                _ask(desk, asker, request)
            assert caught.value.field == field


class TestColleagues:
    def _lin(self, **changes: object) -> AddColleague:
        values = {"email": "lin@practice.example", "name": "Lin", "role": Role.CUSTOMER, "language": "de"}
        return AddColleague(**(values | changes))  # type: ignore[arg-type]

    def test_shown_access_data_are_kept_nowhere(self, desk: DeskConnection) -> None:
        """Some eighty random bits, in no table, no log line, and no mail."""
        data = _ask(desk, _in(desk, COLLEAGUE), self._lin(hand_over="show"))
        assert isinstance(data, AccessData)
        assert len(data.password) == 19
        assert data.password not in repr(data)
        with reading(desk):
            rows = [str(row) for table in metadata.sorted_tables for row in desk.execute(select(table))]
        assert not any(data.password in row for row in rows)
        assert queued(desk) == []
        assert access.sign_in(desk, data.user, data.password, "", NOW)

    def test_an_invitation_is_written_in_their_language(self, desk: DeskConnection) -> None:
        """Before it is used nobody signs in as them, and it costs a guesser as much as everybody else."""
        _ask(desk, _in(desk, COLLEAGUE), self._lin())
        (letter,) = queued(desk)
        assert letter.to_address == "lin@practice.example"
        assert "Guten Tag" in letter.body_text
        assert code_in(letter.body_text)
        with pytest.raises(AuthenticationFailed):
            access.sign_in(desk, "lin@practice.example", "", "", NOW)

    def test_an_address_is_taken_also_by_a_user_name(self, desk: DeskConnection) -> None:
        """Whosever it is; and roles of the vendor are not given away."""
        admin = _in(desk, COLLEAGUE)
        for taken in (CUSTOMER, CUSTOMER.upper(), "mia@vendor.example"):
            with pytest.raises(InvalidInput):
                _ask(desk, admin, self._lin(email=taken))
        for role in (Role.STAFF, Role.PARTNER):
            with pytest.raises(InvalidInput) as caught:
                _ask(desk, admin, self._lin(role=role))
            assert caught.value.field == "role"

    def test_admins_cannot_ask_for_thousands_of_addresses(self, desk: DeskConnection) -> None:
        """Of a thousand questions at once fifty are looked at."""
        admin, looked = _in(desk, COLLEAGUE), 0
        for _number in range(1_000):
            try:
                _ask(desk, admin, self._lin(email=CUSTOMER))
            except InvalidInput:
                looked += 1
            except TooManyAttempts:
                pass
        print(f"1,000 asked, {looked} looked at")
        assert looked == 50

    def test_who_does_it_is_noted(self, desk: DeskConnection) -> None:
        """The vendor sees which admin let whom in and out; a second time changes nothing."""
        admin, jana = _in(desk, COLLEAGUE), person_of(desk, CUSTOMER)
        for _time in range(2):
            _ask(desk, admin, SetColleagueActive(jana, active=False))
        with reading(desk):
            noted = select(audit.c.person_id).where(audit.c.action == "deactivate")
            assert desk.execute(noted).scalars().all() == [person_of(desk, COLLEAGUE)]

    def test_an_admin_who_was_deactivated_decides_nothing(self, desk: DeskConnection) -> None:
        """At the very next call."""
        admin = _in(desk, COLLEAGUE)
        administration.set_active(desk, person_of(desk, COLLEAGUE), active=False, now=NOW)
        with pytest.raises(SessionExpired):
            _ask(desk, admin, SetColleagueActive(person_of(desk, CUSTOMER), active=False))
