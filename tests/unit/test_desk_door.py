"""What strangers can ask of the desk, and what they cannot learn from it."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from sqlalchemy import event, func, select

from supportdesk.clock import now
from supportdesk.desk.accounts import access, codes, granting
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.mail_texts import MailText
from supportdesk.desk.office import administration
from supportdesk.desk.store import schema, settings
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.runner import Runner
from supportdesk.desk.store.schema import (
    asked_mail,
    mail,
    organisations,
    people,
    requests_of_access,
    sessions,
)
from supportdesk.domain.account import (
    AccountAnswer,
    AnyAccountRequest,
    CodePurpose,
    Done,
    ExamineCode,
    MailCode,
    RedeemCode,
    RequestAccess,
)
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import (
    AuthenticationFailed,
    InvalidInput,
    NotFound,
    Refused,
    SessionExpired,
    TooManyAttempts,
)
from supportdesk.domain.profile import SignIn
from supportdesk.domain.session import Session
from tests.support.databases import Databases
from tests.support.desk import (
    COLLEAGUE,
    CUSTOMER,
    PASSWORD,
    add_person,
    furnished,
    person_of,
    small_profile,
    view_of,
)
from tests.support.mails import code_for, code_in, queued

NOW = now()
STRANGER = "new@nowhere.example"
HERE = Asker(device="this computer", device_name="SupportDesk on Linux", client="192.0.2.1")


def _ask(
    desk: DeskConnection, request: AnyAccountRequest, asker: Asker = HERE, at: float = 0
) -> AccountAnswer:
    return answer(desk, request, asker, NOW + timedelta(hours=at))


def _mail(purpose: Literal["sign_up", "reset"], email: str = CUSTOMER) -> MailCode:
    return MailCode(purpose=purpose, email=email, language="en")


def _code(desk: DeskConnection, purpose: Literal["sign_up", "reset"], email: str = CUSTOMER) -> str:
    _ask(desk, _mail(purpose, email))
    return code_for(desk, email, NOW)


def _redeem(desk: DeskConnection, code: str, password: str = "another-horse-2", name: str = "Ada") -> Session:
    session = _ask(desk, RedeemCode(code=code, password=password, name=name))
    assert isinstance(session, Session)
    return session


def _closed(desk: DeskConnection, sign_in: SignIn) -> None:
    settings.keep(desk, settings.settings_of(small_profile(sign_in=sign_in)))


class TestNobodyLearnsWhoIsKnown:
    @pytest.mark.parametrize("purpose", ["sign_up", "reset"])
    def test_the_answer_and_the_work_are_the_same(
        self, desk: DeskConnection, purpose: Literal["sign_up", "reset"]
    ) -> None:
        """The same bytes and the very same statements, for an address that is known and one that is not."""
        said: list[str] = []

        def listen(*arguments: object) -> None:
            said.append(str(arguments[2]))

        seen = []
        for email in (CUSTOMER, STRANGER):
            said.clear()
            event.listen(desk.engine, "before_cursor_execute", listen)
            given = _ask(desk, _mail(purpose, email))
            event.remove(desk.engine, "before_cursor_execute", listen)
            seen.append((msgspec.json.encode(given), tuple(said)))
        assert seen[0] == seen[1]
        assert sum("INSERT INTO asked_mail" in statement for statement in seen[0][1]) == 1
        assert not any("people" in statement for statement in seen[0][1])

    def test_only_the_mailbox_tells(self, desk: DeskConnection) -> None:
        """A reset is mailed to whom there is an account, and to nobody else."""
        for email in (CUSTOMER, STRANGER):
            _ask(desk, _mail("reset", email))
        assert granting.grant(desk, NOW) == 2
        assert [row.to_address for row in queued(desk)] == [CUSTOMER]
        assert granting.grant(desk, NOW) == 0

    def test_who_signs_up_twice_is_told_by_mail_alone(self, desk: DeskConnection) -> None:
        """The mail says that there is an account, and how to set its password."""
        _ask(desk, _mail("sign_up"))
        granting.grant(desk, NOW)
        (letter,) = queued(desk, CUSTOMER)
        assert "already" in letter.subject
        meaning = _ask(desk, ExamineCode(code_in(letter.body_text) or ""))
        assert meaning.purpose is CodePurpose.RESET  # type: ignore[union-attr]

    def test_a_deactivated_person_gets_nothing(self, desk: DeskConnection) -> None:
        """Neither a reset nor a new account under the same address."""
        administration.set_active(desk, person_of(desk, CUSTOMER), active=False, now=NOW)
        _ask(desk, _mail("reset"))
        _ask(desk, _mail("sign_up"))
        granting.grant(desk, NOW)
        assert queued(desk) == []

    def test_a_wish_on_which_the_program_fails_stops_no_other(
        self, desk: DeskConnection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It is put aside, and the log names nobody."""
        reset = mail_texts.reset

        def stumbling(told: settings.DeskSettings, code: str, user: str) -> MailText:
            if user == CUSTOMER:
                raise RuntimeError(f"no text for {user}")
            return reset(told, code, user)

        monkeypatch.setattr(mail_texts, "reset", stumbling)
        for email in (CUSTOMER, COLLEAGUE):
            _ask(desk, _mail("reset", email))
        assert granting.grant(desk, NOW) == 2
        assert [row.to_address for row in queued(desk)] == [COLLEAGUE]
        assert granting.grant(desk, NOW) == 0
        assert len(caplog.records) == 1
        assert CUSTOMER not in caplog.text

    def test_nobodys_mailbox_is_flooded(self, desk: DeskConnection) -> None:
        """Of a hundred questions from a hundred places about one address, six are answered by a mail."""
        for number in range(100):
            _ask(desk, _mail("reset"), Asker(client=f"198.51.100.{number}"))
        while granting.grant(desk, NOW):
            pass
        print(f"100 asked, {len(queued(desk))} mailed")
        assert len(queued(desk)) == 6

    def test_nobody_asks_for_thousands(self, desk: DeskConnection) -> None:
        """From one place twenty questions at once are taken, from another one more is no trouble."""
        taken = 0
        for number in range(1_000):
            try:
                _ask(desk, _mail("reset", f"someone{number}@nowhere.example"))
                taken += 1
            except TooManyAttempts:
                pass
        print(f"1,000 asked, {taken} taken")
        assert taken == 20
        assert _ask(desk, _mail("reset"), Asker(client="203.0.113.9")) == Done()

    def test_what_is_no_address_is_refused_at_once(self, desk: DeskConnection) -> None:
        """Whoever it is about; a line break never comes near a mail's head."""
        for email in (
            "",
            "jana",
            "a@b",
            "a b@c.example",
            "a@b.example\nBcc: x@y.example",
            "a@b.example,c@d.example",
            "=?utf-8?q?a=0ab?=@x.example",
        ):
            with pytest.raises(InvalidInput) as caught:
                _ask(desk, _mail("reset", email))
            assert caught.value.field == "email"


class TestCodes:
    def test_a_code_is_known_however_it_is_typed(self, desk: DeskConnection) -> None:
        """Small letters, spaces, and the signs that are misread."""
        code = _code(desk, "reset")
        typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert _ask(desk, ExamineCode(typed)) == _ask(desk, ExamineCode(code))

    def test_it_says_for_whom_it_is(self, desk: DeskConnection) -> None:
        """Looking at it does not use it up."""
        code = _code(desk, "reset")
        meaning = _ask(desk, ExamineCode(code))
        assert (meaning.purpose, meaning.email, meaning.name) == (CodePurpose.RESET, CUSTOMER, "Jana")  # type: ignore[union-attr]
        assert _redeem(desk, code).user == CUSTOMER

    def test_wrong_used_and_old_are_all_alike(self, desk: DeskConnection) -> None:
        """Nobody learns whether a code ever was one."""
        used, old = _code(desk, "reset"), _code(desk, "sign_up", STRANGER)
        _redeem(desk, used)
        told = []
        for code, hours in ((used, 0.0), (old, 1.01), ("0000-0000-0000-0000", 0.0), ("", 0.0)):
            for request in (ExamineCode(code), RedeemCode(code=code, password="another-horse-2", name="Ada")):
                with pytest.raises(NotFound) as caught:
                    _ask(desk, request, at=hours)
                told.append(str(caught.value))
        assert len(set(told)) == 1

    def test_ten_thousand_guesses_are_not_looked_at(
        self, desk: DeskConnection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In a day at most a hundred from one place are; the owner's code, from elsewhere, still opens."""
        code = _code(desk, "reset")
        looked: list[str] = []
        real = codes.find

        def find(connection: DeskConnection, written: str, at: datetime) -> codes.Code:
            looked.append(written)
            return real(connection, written, at)

        monkeypatch.setattr(codes, "find", find)
        many = 10_000 if desk.dialect.name == "sqlite" else 1_000  # each takes its time there
        for number in range(many):
            with pytest.raises((NotFound, TooManyAttempts)):
                _ask(desk, ExamineCode(f"{number:016}"), at=24 * number / many)
        print(f"{many} guessed, {len(looked)} looked at")
        assert 20 <= len(looked) <= 100
        owner = Asker(client="203.0.113.9")
        answer(desk, RedeemCode(code=code, password="another-horse-2"), owner, NOW)

    def test_a_right_code_buys_no_further_guesses(self, desk: DeskConnection) -> None:
        """It costs nothing itself, and the wrong ones before it still count."""
        code = _code(desk, "reset")
        for number in range(19):
            with pytest.raises(NotFound):
                _ask(desk, ExamineCode(f"{number:016}"))
        for _often in range(3):
            _ask(desk, ExamineCode(code))
        with pytest.raises(NotFound):
            _ask(desk, ExamineCode("0" * 16))
        with pytest.raises(TooManyAttempts):
            _ask(desk, ExamineCode("0" * 16))

    def test_of_fifty_at_once_one_wins(self, databases: Databases, tmp_path: Path) -> None:
        """Fifty people redeem one code: one session comes of it, the others hear of no such code."""
        address = databases.furnished()
        with furnished(address) as desk:
            code = _code(desk, "reset")
        runner = Runner(address, Files(tmp_path / "files"))

        def redeem(number: int, connection: DeskConnection) -> str:
            asker = Asker(client=f"192.0.2.{number}")
            try:
                answer(connection, RedeemCode(code=code, password="another-horse-2"), asker, NOW)
            except NotFound:
                return "not found"
            return "won"

        tries = [runner.write(partial(redeem, number)) for number in range(50)]
        outcomes = [each.result(60) for each in tries]
        runner.end().result(60)
        print(f"50 at once: {outcomes.count('won')} won")
        assert sorted(outcomes) == ["not found"] * 49 + ["won"]
        with furnished(address) as desk, reading(desk):
            assert desk.execute(select(func.count()).select_from(sessions)).scalar_one() == 1

    def test_with_one_code_all_of_that_address_are_used(self, desk: DeskConnection) -> None:
        """An older mail in the mailbox opens nothing after the password was set."""
        first, second = _code(desk, "reset"), _code(desk, "reset")
        _redeem(desk, second)
        with pytest.raises(NotFound):
            _redeem(desk, first)

    def test_a_password_that_will_not_do_keeps_the_code(self, desk: DeskConnection) -> None:
        """Too short, too long, or the user name: the field is named, and the next try counts."""
        code = _code(desk, "reset")
        for password in ("short", "x" * 1_001, CUSTOMER.upper()):
            with pytest.raises(InvalidInput) as caught:
                _redeem(desk, code, password)
            assert caught.value.field == "password"
        assert _redeem(desk, code).token

    def test_no_code_is_kept(self, desk: DeskConnection) -> None:
        """When its mail has left, it is nowhere in the database."""
        code = _code(desk, "reset")
        (claimed,) = mail_queue.claim(desk, NOW, 10)
        mail_queue.delivered(desk, claimed, NOW)
        with reading(desk):
            tables = (schema.codes, mail, asked_mail)
            rows = [str(row) for table in tables for row in desk.execute(select(table))]
        assert not any(code in row or code.replace("-", "") in row for row in rows)
        assert code not in repr(claimed)


class TestNewAccounts:
    def test_sign_up_leads_straight_to_the_desk(self, desk: DeskConnection) -> None:
        """Address, code, name and password: a person in an organisation of their own, signed in."""
        session = _redeem(desk, _code(desk, "sign_up", " Ada@Nowhere.example "), name=" Ada  Lovelace ")
        with reading(desk):
            actor = access.actor_of(desk, session.token, NOW)
            person = desk.execute(select(people).where(people.c.id == actor.person_id)).one()
            name = select(organisations.c.name).where(organisations.c.id == actor.organisation_id)
            assert desk.execute(name).scalar_one() == "Ada Lovelace"
        assert (person.name, person.user_name, person.verified_at) == (
            "Ada Lovelace",
            "ada@nowhere.example",
            NOW,
        )
        assert access.sign_in(desk, "ada@nowhere.example", "another-horse-2", "", NOW)

    def test_a_name_is_needed_and_the_code_still_holds(self, desk: DeskConnection) -> None:
        """Also for a name that consists of nothing to see."""
        code = _code(desk, "sign_up", STRANGER)
        for name in ("", " \n\u202e "):
            with pytest.raises(InvalidInput) as caught:
                _redeem(desk, code, name=name)
            assert caught.value.field == "name"
        assert _redeem(desk, code).token

    def test_two_codes_for_one_address_make_one_account(self, desk: DeskConnection) -> None:
        """Whoever made one meanwhile is that person; a deactivated one stays out."""
        code = _code(desk, "sign_up", STRANGER)
        organisation = view_of(desk, CUSTOMER).actor.organisation_id
        add_person(
            desk,
            user=STRANGER,
            password=PASSWORD,
            name="New",
            organisation_id=organisation,
            role=Role.CUSTOMER,
            now=NOW,
        )
        other = _code(desk, "reset", STRANGER)
        assert _redeem(desk, code).user == STRANGER
        with pytest.raises(NotFound):
            _redeem(desk, other)

    def test_a_person_deactivated_meanwhile_stays_out(self, desk: DeskConnection) -> None:
        """A code from before opens nothing, and is not used up by the try."""
        code = _code(desk, "reset")
        administration.set_active(desk, person_of(desk, CUSTOMER), active=False, now=NOW)
        with pytest.raises(NotFound):
            _redeem(desk, code)
        administration.set_active(desk, person_of(desk, CUSTOMER), active=True, now=NOW)
        assert _redeem(desk, code).token

    def test_a_new_password_ends_what_was_before(self, desk: DeskConnection) -> None:
        """All sessions end, the old password opens nothing, the new session and password do."""
        token = access.sign_in(desk, CUSTOMER, PASSWORD, "elsewhere", NOW)
        session = _redeem(desk, _code(desk, "reset"))
        with reading(desk):
            access.actor_of(desk, session.token, NOW)
            with pytest.raises(SessionExpired):
                access.actor_of(desk, token, NOW)
        with pytest.raises(AuthenticationFailed):
            access.sign_in(desk, CUSTOMER, PASSWORD, "elsewhere", NOW)
        assert access.sign_in(desk, CUSTOMER, "another-horse-2", "elsewhere", NOW)

    def test_a_closed_door_says_so(self, desk: DeskConnection) -> None:
        """What the vendor does not offer is refused, whoever asks."""
        _closed(desk, SignIn())
        request = RequestAccess(email=CUSTOMER, name="Ada", organisation="Acme", language="en")
        for refused in (_mail("sign_up"), _mail("reset"), request):
            with pytest.raises(Refused):
                _ask(desk, refused)
        with reading(desk):
            assert desk.execute(select(asked_mail)).all() == []


class TestRequestsForAccess:
    def test_staff_find_it_and_a_known_person_learns_it_by_mail(self, desk: DeskConnection) -> None:
        """One row each, one mail each; the answer is the same."""
        _closed(desk, SignIn(sign_up="approval"))
        given = []
        for email in (CUSTOMER, STRANGER):
            request = RequestAccess(
                email=email, name="Ada", organisation="Acme", language="de", message="Large orders"
            )
            given.append(_ask(desk, request))
        granting.grant(desk, NOW)
        with reading(desk):
            rows = desk.execute(select(requests_of_access).order_by(requests_of_access.c.id)).all()
        assert given == [Done(), Done()]
        assert [(row.email, row.name, row.message, row.decided_at) for row in rows] == [
            (CUSTOMER, "Ada", "Large orders", None),
            (STRANGER, "Ada", "Large orders", None),
        ]
        assert code_in(queued(desk, CUSTOMER)[0].body_text)
        assert "Ada" not in queued(desk, STRANGER)[0].body_text  # nobody makes us write to others

    def test_what_is_missing_is_named(self, desk: DeskConnection) -> None:
        """Each input by its own name."""
        _closed(desk, SignIn(sign_up="approval"))
        good = RequestAccess(email=STRANGER, name="Ada", organisation="Acme", language="en")
        for field, value in (("name", " "), ("organisation", ""), ("message", "x" * 2_001), ("email", "x")):
            with pytest.raises(InvalidInput) as caught:
                _ask(desk, msgspec.structs.replace(good, **{field: value}))
            assert caught.value.field == field


def test_wishes_are_decided_once(desk: DeskConnection) -> None:
    """Also when two workers find the same one."""
    _ask(desk, _mail("reset"))
    with reading(desk):
        id = desk.execute(select(asked_mail.c.id)).scalar_one()
    for _worker in range(2):
        with writing(desk):
            granting._grant_one(desk, id, NOW)
    assert len(queued(desk)) == 1
