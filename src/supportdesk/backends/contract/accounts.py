"""The life of an account. What the door does not offer is refused, and not asked here."""

import pytest
from msgspec.structs import replace

from supportdesk.backends.base import Backend
from supportdesk.backends.contract.tools import Person, connected, require, same_error, scenario, signed_in
from supportdesk.backends.contract.world import Login, World
from supportdesk.clock import uuid7
from supportdesk.domain.account import (
    AccessData,
    AddColleague,
    AnyAccountRequest,
    ChangePassword,
    ChangeProfile,
    CodeMeaning,
    CodePurpose,
    Done,
    Door,
    EndOtherSessions,
    EndSession,
    ExamineCode,
    FindSingleSignOn,
    GetProfile,
    ListSessions,
    MailCode,
    MyProfile,
    OwnSessions,
    RedeemCode,
    RedeemSingleSignOn,
    ReportAsGuest,
    Reported,
    RequestAccess,
    SetColleagueActive,
)
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.entities import Person as PersonFact
from supportdesk.domain.entities import Role, Ticket
from supportdesk.domain.errors import (
    AuthenticationFailed,
    IdempotencyConflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Refused,
    SessionExpired,
    SupportDeskError,
)
from supportdesk.domain.session import Session

_NEW = "ada@new.example"
_PASSWORD = "battery-staple-3"
_SIGN_ON = RedeemSingleSignOn("code", "verifier", "http://127.0.0.1:9/", "nonce")
_COLLEAGUE = AddColleague(
    email="lin@practice.example", name="Lin", role=Role.CUSTOMER, language="en", hand_over="show"
)


async def _door(backend: Backend, **needed: object) -> Door:
    """Skips the test where it is not open like that."""
    door = await backend.door()
    for name, wanted in needed.items():
        if getattr(door, name) != wanted:
            pytest.skip(f"does not offer {name}")
    return door


async def _code(world: World, backend: Backend, request: MailCode) -> str:
    assert await backend.ask(request) == Done()
    code = await world.code_mailed_to(request.email)
    assert code is not None
    return code


async def _error(backend: Backend, request: AnyAccountRequest) -> SupportDeskError:
    with pytest.raises(SupportDeskError) as caught:
        await backend.ask(request)
    return caught.value


async def _reset_code(world: World, backend: Backend) -> str:
    await _door(backend, reset=True)
    return await _code(world, backend, MailCode("reset", world.customer.user, "en"))


class AccountsContract:
    @scenario
    async def test_what_the_door_does_not_offer_is_refused(self, world: World) -> None:
        """Whoever asks, and whatever the address is."""
        async with connected(world) as backend:
            door = await backend.door()
            for email in (world.customer.user, _NEW):
                refused: list[AnyAccountRequest] = []
                if door.sign_up != "open":
                    refused.append(MailCode("sign_up", email, "en"))
                if door.sign_up != "approval":
                    refused.append(RequestAccess(email, "Ada", "New", "en"))
                if not door.reset:
                    refused.append(MailCode("reset", email, "en"))
                if not door.guest_reports:
                    refused.append(_guest_report(world, email))
                if not door.single_sign_on:
                    refused += [FindSingleSignOn(), _SIGN_ON]
                for request in refused:
                    with pytest.raises(Refused):
                        await backend.ask(request)

    @scenario
    async def test_sign_up_leads_straight_to_the_desk(self, world: World) -> None:
        """A mailed code, a name, a password: the person is in, alone in an organisation of their own."""
        async with connected(world) as backend:
            await _door(backend, sign_up="open")
            code = await _code(world, backend, MailCode("sign_up", _NEW, "en"))
            assert await backend.ask(ExamineCode(code)) == CodeMeaning(CodePurpose.SIGN_UP, _NEW)
            session = await backend.ask(RedeemCode(code, _PASSWORD, "Ada"))
            assert isinstance(session, Session)
            welcome = await backend.welcome()
            mirror = await Person(backend).sees()
        assert (welcome.me.name, welcome.me.email, welcome.me.role) == ("Ada", _NEW, Role.CUSTOMER)
        assert [person.name for person in mirror.all(PersonFact)] == ["Ada"]
        async with connected(world) as again:
            await again.sign_in(_NEW, _PASSWORD)

    @scenario
    async def test_nobody_learns_whether_an_address_is_known(self, world: World) -> None:
        """The answers are the same; only the mailbox tells."""
        async with connected(world) as backend:
            door = await _door(backend, reset=True)
            for email in (world.customer.user, _NEW):
                assert await backend.ask(MailCode("reset", email, "en")) == Done()
            assert await world.code_mailed_to(world.customer.user) is not None
            assert await world.code_mailed_to(_NEW) is None
            if door.sign_up == "open":
                assert await backend.ask(MailCode("sign_up", world.customer.user, "en")) == Done()
                code = await world.code_mailed_to(world.customer.user)
                meaning = await backend.ask(ExamineCode(code or ""))
                assert isinstance(meaning, CodeMeaning)
                assert meaning.purpose is CodePurpose.RESET

    @scenario
    async def test_a_forgotten_password_is_set_anew(self, world: World) -> None:
        """The session before and the old password are worth nothing afterwards."""
        async with signed_in(world, world.customer) as customer, connected(world) as backend:
            code = await _reset_code(world, backend)
            session = await backend.ask(RedeemCode(code, _PASSWORD))
            assert isinstance(session, Session)
            me = (await backend.welcome()).me
            with pytest.raises(SessionExpired):
                await customer.backend.welcome()
            with pytest.raises(AuthenticationFailed):
                await customer.backend.sign_in(world.customer.user, world.customer.password)
            await customer.backend.sign_in(world.customer.user, _PASSWORD)
            assert (await customer.backend.welcome()).me == me

    @scenario
    async def test_a_code_opens_once(self, world: World) -> None:
        """Used and invented codes get the very same answer."""
        async with connected(world) as backend:
            code = await _reset_code(world, backend)
            await backend.ask(RedeemCode(code, _PASSWORD))
            told = [
                await _error(backend, request)
                for written in (code, "0000-1111-2222-3333")
                for request in (ExamineCode(written), RedeemCode(written, _PASSWORD))
            ]
        assert all(isinstance(each, NotFound) and same_error(each, told[0]) for each in told)

    @scenario
    async def test_a_code_does_not_hold_for_ever(self, world: World) -> None:
        """After a day nobody sets a password with it."""
        async with connected(world) as backend:
            code = await _reset_code(world, backend)
            await world.let_days_pass(1)
            assert isinstance(await _error(backend, RedeemCode(code, _PASSWORD)), NotFound)

    @scenario
    async def test_a_password_that_will_not_do_keeps_the_code(self, world: World) -> None:
        """It is named as the input that is wrong."""
        async with connected(world) as backend:
            code = await _reset_code(world, backend)
            for password in ("short", world.customer.user):
                error = await _error(backend, RedeemCode(code, password))
                assert isinstance(error, InvalidInput)
                assert error.field == "password"
            assert isinstance(await backend.ask(RedeemCode(code, _PASSWORD)), Session)

    @scenario
    async def test_a_changed_password_ends_all_other_sessions(self, world: World) -> None:
        """The connection that asked goes on with the session that it was given."""
        async with signed_in(world, world.customer) as customer, signed_in(world, world.customer) as other:
            await require(customer, Capability.CHANGE_PASSWORD)
            ask = customer.backend.ask
            wrong = await _error(customer.backend, ChangePassword("wrong-password-1", _PASSWORD))
            assert isinstance(wrong, AuthenticationFailed)
            short = await _error(customer.backend, ChangePassword(world.customer.password, "short"))
            assert isinstance(short, InvalidInput)
            assert short.field == "new"
            await other.backend.welcome()
            session = await ask(ChangePassword(world.customer.password, _PASSWORD))
            assert isinstance(session, Session)
            await customer.backend.welcome()
            with pytest.raises(SessionExpired):
                await other.backend.welcome()
            await other.backend.sign_in(world.customer.user, _PASSWORD)

    @scenario
    async def test_what_the_vendor_knows_can_be_changed(self, world: World) -> None:
        """Name, phone and language; colleagues see the name. An empty name is none."""
        async with (
            signed_in(world, world.customer) as customer,
            signed_in(world, world.colleague) as colleague,
        ):
            await require(customer, Capability.PROFILE)
            await colleague.sees()
            before = await customer.backend.ask(GetProfile())
            changed = await customer.backend.ask(ChangeProfile("Jana Wiebe", "030 1", "de"))
            assert isinstance(before, MyProfile)
            assert changed == replace(before, name="Jana Wiebe", phone="030 1", language="de")
            assert await customer.backend.ask(GetProfile()) == changed
            error = await _error(customer.backend, ChangeProfile(" ", "", "en"))
            assert isinstance(error, InvalidInput)
            assert error.field == "name"
            me = (await customer.backend.welcome()).me
            assert me in (await colleague.sees()).all(PersonFact)

    @scenario
    async def test_sessions_can_be_seen_and_ended(self, world: World) -> None:
        """One's own alone; one is marked as the present one."""
        async with signed_in(world, world.customer) as here, signed_in(world, world.customer) as there:
            await require(here, Capability.SESSIONS)
            mine = await here.backend.ask(ListSessions())
            assert isinstance(mine, OwnSessions)
            assert sorted(session.current for session in mine.sessions) == [False, True]
            (other,) = [session.id for session in mine.sessions if not session.current]
            async with signed_in(world, world.stranger) as stranger:
                foreign = await _error(stranger.backend, EndSession(other))
                missing = await _error(stranger.backend, EndSession(uuid7()))
            assert isinstance(foreign, NotFound)
            assert same_error(foreign, missing)
            assert await here.backend.ask(EndSession(other)) == Done()
            with pytest.raises(SessionExpired):
                await there.backend.welcome()
            await there.backend.sign_in(world.customer.user, world.customer.password)
            assert await here.backend.ask(EndOtherSessions()) == Done()
            with pytest.raises(SessionExpired):
                await there.backend.welcome()
            await here.backend.welcome()

    @scenario
    async def test_without_a_session_nothing_is_told(self, world: World) -> None:
        """All that is about one's own account asks for the session first."""
        requests: tuple[AnyAccountRequest, ...] = (
            GetProfile(),
            ChangeProfile("Ada", "", "en"),
            ChangePassword("a", _PASSWORD),
            ListSessions(),
            EndSession(uuid7()),
            EndOtherSessions(),
            _COLLEAGUE,
            SetColleagueActive(uuid7(), active=False),
        )
        async with connected(world) as backend:
            for request in requests:
                with pytest.raises(SessionExpired):
                    await backend.ask(request)

    @scenario
    async def test_an_admin_adds_a_colleague_and_shows_the_access_data(self, world: World) -> None:
        """They are shown once and open the desk of the same organisation; the address is then taken."""
        async with signed_in(world, world.admin) as admin:
            await require(admin, Capability.MANAGE_COLLEAGUES)
            data = await admin.backend.ask(_COLLEAGUE)
            assert isinstance(data, AccessData)
            for taken in (_COLLEAGUE.email.upper(), world.stranger.user):
                error = await _error(admin.backend, replace(_COLLEAGUE, email=taken))
                assert isinstance(error, InvalidInput)
            assert data.person in (await admin.sees()).all(PersonFact)
            ours = (await admin.backend.welcome()).organisation
        async with signed_in(world, Login(data.user, data.password)) as colleague:
            welcome = await colleague.backend.welcome()
        assert (welcome.me, welcome.organisation) == (data.person, ours)

    @scenario
    async def test_an_invited_colleague_sets_the_first_password(self, world: World) -> None:
        """With the mailed code; nobody was shown one."""
        async with signed_in(world, world.admin) as admin, connected(world) as backend:
            await require(admin, Capability.MANAGE_COLLEAGUES)
            data = await admin.backend.ask(replace(_COLLEAGUE, hand_over="mail"))
            assert isinstance(data, AccessData)
            assert data.password == ""
            code = await world.code_mailed_to(_COLLEAGUE.email)
            meaning = CodeMeaning(CodePurpose.INVITATION, _COLLEAGUE.email, "Lin")
            assert await backend.ask(ExamineCode(code or "")) == meaning
            await backend.ask(RedeemCode(code or "", _PASSWORD))
            assert (await backend.welcome()).me == data.person

    @scenario
    async def test_a_deactivated_colleague_is_out_until_activated_again(self, world: World) -> None:
        """At the very next call; old sessions do not come back."""
        async with signed_in(world, world.admin) as admin, signed_in(world, world.customer) as customer:
            await require(admin, Capability.MANAGE_COLLEAGUES)
            me = (await customer.backend.welcome()).me
            off = await admin.backend.ask(SetColleagueActive(me.id, active=False))
            assert off == replace(me, active=False)
            with pytest.raises(SessionExpired):
                await customer.backend.welcome()
            with pytest.raises(AuthenticationFailed):
                await customer.backend.sign_in(world.customer.user, world.customer.password)
            assert await admin.backend.ask(SetColleagueActive(me.id, active=True)) == me
            with pytest.raises(SessionExpired):
                await customer.backend.welcome()
            await customer.backend.sign_in(world.customer.user, world.customer.password)

    @scenario
    async def test_admins_decide_about_their_own_colleagues_alone(self, world: World) -> None:
        """Not about themselves; people of others are as if they did not exist; others decide nothing."""
        async with (
            signed_in(world, world.admin) as admin,
            signed_in(world, world.customer) as customer,
            signed_in(world, world.stranger) as stranger,
        ):
            await require(admin, Capability.MANAGE_COLLEAGUES)
            them = (await stranger.backend.welcome()).me
            foreign = await _error(admin.backend, SetColleagueActive(them.id, active=False))
            missing = await _error(admin.backend, SetColleagueActive(uuid7(), active=False))
            assert isinstance(foreign, NotFound)
            assert same_error(foreign, missing)
            me = (await admin.backend.welcome()).me
            with pytest.raises(Refused):
                await admin.backend.ask(SetColleagueActive(me.id, active=False))
            for request in (_COLLEAGUE, SetColleagueActive(me.id, active=False)):
                with pytest.raises(NotAllowed):
                    await customer.backend.ask(request)
            for each in (admin, stranger):
                await each.backend.welcome()

    @scenario
    async def test_a_guests_report_is_found_in_the_account_with_that_address(self, world: World) -> None:
        """Reported once however often it is sent; there as soon as the address has answered."""
        async with connected(world) as backend:
            await _door(backend, guest_reports=True, sign_up="open")
            request = _guest_report(world, _NEW)
            reported = [await backend.ask(request) for _attempt in range(3)]
            with pytest.raises(IdempotencyConflict):
                await backend.ask(replace(request, description="Something else"))
            code = await _code(world, backend, MailCode("sign_up", _NEW, "en"))
            await backend.ask(RedeemCode(code, _PASSWORD, "Ada"))
            person = Person(backend)
            me = (await backend.welcome()).me
            (ticket,) = (await person.sees()).all(Ticket)
            (message,) = person.mirror.messages(ticket.id)
        assert (ticket.id, ticket.requester_id, ticket.subject) == (
            request.command_id,
            me.id,
            request.subject,
        )
        assert (ticket.requester_name, ticket.organisation_id) == ("Ada", me.organisation_id)
        assert message.body == request.description
        assert reported == [Reported(ticket.number)] * 3

    @scenario
    async def test_a_guest_says_who_they_are_and_consents(self, world: World) -> None:
        """Each input that is missing is named, and nothing is taken."""
        async with connected(world) as backend:
            await _door(backend, guest_reports=True)
            good = _guest_report(world, _NEW)
            for field, value in (("privacy_accepted", False), ("email", "nowhere")):
                error = await _error(backend, replace(good, **{field: value}))
                assert isinstance(error, InvalidInput)
                assert error.field == field

    @scenario
    async def test_a_guests_report_tells_nothing_and_shows_nothing(self, world: World) -> None:
        """With an address that is known and one that is not; nobody else gets to see it."""
        async with connected(world) as backend, signed_in(world, world.stranger) as stranger:
            await _door(backend, guest_reports=True)
            for email in (world.customer.user, _NEW):
                reported = await backend.ask(_guest_report(world, email))
                assert isinstance(reported, Reported)
                assert reported.number
            assert "Guest canary" not in (await stranger.sees()).as_text()


def _guest_report(world: World, email: str) -> ReportAsGuest:
    wanted = world.new_ticket("Guest canary")
    return ReportAsGuest(
        command_id=uuid7(),
        email=email,
        name="Ada",
        subject=wanted.subject,
        description=wanted.description,
        language="en",
        service_id=wanted.service_id,
        priority_id=wanted.priority_id,
        fields=wanted.fields,
        consent_id=wanted.consent_id,
        privacy_accepted=True,
    )
