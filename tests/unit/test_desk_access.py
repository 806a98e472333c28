"""Who gets into the desk, and who only knocks."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from supportdesk.clock import now
from supportdesk.desk.accounts import access, accounts, passwords
from supportdesk.desk.office import administration
from supportdesk.desk.store import guessing
from supportdesk.desk.store.database import DeskConnection, opened, reading, writing
from supportdesk.desk.store.schema import audit, guesses, metadata, people, sessions
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import AuthenticationFailed, InvalidInput, SessionExpired, TooManyAttempts
from tests.support.databases import Databases
from tests.support.desk import CUSTOMER, PASSWORD, person_of, set_password, view_of

HOME, ELSEWHERE = "this computer", "another computer"
NOW = now()


def _guess(desk: DeskConnection, device: str, user: str = CUSTOMER) -> type[Exception]:
    with pytest.raises(AuthenticationFailed) as caught:
        access.sign_in(desk, user, "wrong-password", device, NOW)
    return type(caught.value)


def _token(desk: DeskConnection, device: str = HOME) -> str:
    return access.sign_in(desk, CUSTOMER, PASSWORD, device, NOW)


class TestGuessing:
    def test_of_ten_thousand_guesses_in_a_day_few_are_looked_at(
        self, desk: DeskConnection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """At most a hundred passwords are compared, whether or not the name is known.

        A tenth of the guesses on PostgreSQL, where each takes its time.
        """
        many = 10_000 if desk.dialect.name == "sqlite" else 1_000
        compared: list[str] = []

        def matches(_hash: str, password: str) -> bool:
            compared.append(password)
            return False

        monkeypatch.setattr(passwords, "matches", matches)
        for user, tries in ((CUSTOMER, many), ("nobody@nowhere.example", 1_000)):
            compared.clear()
            for number in range(tries):
                at = NOW + timedelta(days=1) * number / tries
                with pytest.raises(AuthenticationFailed):
                    access.sign_in(desk, user, "guess", ELSEWHERE, at)
            assert 10 <= len(compared) <= 100

    def test_the_eleventh_guess_waits(self, desk: DeskConnection) -> None:
        """It is told how long, and it is not looked at even when it is right."""
        assert [_guess(desk, ELSEWHERE) for _attempt in range(10)] == [AuthenticationFailed] * 10
        with pytest.raises(TooManyAttempts) as caught:
            access.sign_in(desk, CUSTOMER, PASSWORD, ELSEWHERE, NOW)
        assert caught.value.retry_after_s == 20 * 60
        assert access.sign_in(desk, CUSTOMER, PASSWORD, ELSEWHERE, NOW + timedelta(minutes=20))

    def test_names_that_do_not_exist_are_counted_alike(self, desk: DeskConnection) -> None:
        """Nobody learns from the limit whether a name is known."""
        known = [_guess(desk, ELSEWHERE) for _attempt in range(12)]
        unknown = [_guess(desk, ELSEWHERE, "nobody@nowhere.example") for _attempt in range(12)]
        assert known == unknown

    def test_the_owner_is_not_locked_out(self, desk: DeskConnection) -> None:
        """Somebody else's guesses do not count on a device from which the owner has signed in before."""
        _token(desk, HOME)
        for _attempt in range(20):
            _guess(desk, ELSEWHERE)
        assert _token(desk, HOME)

    def test_the_right_password_clears_the_count(self, desk: DeskConnection) -> None:
        """Nine slips, then right, then nine slips again: never limited."""
        for _round in range(2):
            assert {_guess(desk, HOME) for _attempt in range(9)} == {AuthenticationFailed}
            _token(desk)

    def test_many_guesses_at_once_do_not_slip_through(self, databases: Databases) -> None:
        """Twenty threads with one try each: ten are paid for."""
        address = databases.furnished()
        answers: list[str] = []

        def guess() -> None:
            connection = opened(address)
            try:
                guessing.spend(connection, "bucket", NOW)
                answers.append("paid")
            except TooManyAttempts:
                answers.append("refused")
            finally:
                connection.close()

        threads = [threading.Thread(target=guess) for _number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == ["paid"] * 10 + ["refused"] * 10

    def test_what_weighs_no_more_is_forgotten(self, desk: DeskConnection) -> None:
        """A hundred made-up names leave nothing behind; what still counts goes on counting."""
        for number in range(100):
            guessing.spend(desk, guessing.bucket(f"made up {number}", ""), NOW)
        later = NOW + timedelta(minutes=21)
        fresh = guessing.bucket(CUSTOMER, HOME)
        for _try in range(10):
            guessing.spend(desk, fresh, later)
        with writing(desk):
            guessing.sweep(desk, later)
            assert desk.execute(select(guesses.c.bucket)).scalars().all() == [fresh]
        with pytest.raises(TooManyAttempts):
            guessing.spend(desk, fresh, later)


class TestPasswords:
    def test_whoever_knew_of_what_the_dummy_was_made_is_not_let_in(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is the hash of every account that has no password yet."""
        monkeypatch.setattr(passwords, "DUMMY_HASH", passwords.hashed("known to somebody"))
        assert not passwords.matches(passwords.DUMMY_HASH, "known to somebody")
        assert passwords.matches(passwords.hashed("known to somebody"), "known to somebody")

    def test_the_hash_is_argon2id_and_fits_the_policy(self) -> None:
        """Also the one against which unknown users are compared."""
        for each in (passwords.hashed("secret-secret"), passwords.DUMMY_HASH):
            assert each.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
            assert not passwords.is_outdated(each)

    def test_an_unknown_name_costs_as_much_as_a_wrong_password(self, desk: DeskConnection) -> None:
        """The processor time of both is the same within half."""

        def cost(user: str) -> float:
            begin = time.thread_time()
            for _attempt in range(8):
                _guess(desk, ELSEWHERE, user)
            return time.thread_time() - begin

        known, unknown = cost(CUSTOMER), cost("nobody@nowhere.example")
        assert 0.5 < known / unknown < 2

    def test_a_damaged_hash_matches_nothing(self) -> None:
        """It is a wrong password, not a crash."""
        assert not passwords.matches("", "x")
        assert not passwords.matches("not a hash", "x")

    def test_an_outdated_hash_is_renewed_when_the_person_signs_in(self, desk: DeskConnection) -> None:
        """The password itself stays."""
        from argon2 import PasswordHasher

        old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
        with writing(desk):
            desk.execute(people.update().where(people.c.user_name == CUSTOMER).values(password_hash=old))
        _token(desk)
        with reading(desk):
            query = select(people.c.password_hash).where(people.c.user_name == CUSTOMER)
            assert not passwords.is_outdated(desk.execute(query).scalar_one())
        assert _token(desk)

    def test_a_short_password_and_a_taken_name_are_refused(self, desk: DeskConnection) -> None:
        """Each names the input that is wrong."""
        practice = view_of(desk, CUSTOMER).actor.organisation_id
        namesake = accounts.Newcomer(CUSTOMER.upper(), "New", "", practice, Role.CUSTOMER)
        with pytest.raises(InvalidInput) as taken, writing(desk):
            accounts.enrol(desk, namesake, "", NOW)
        with pytest.raises(InvalidInput) as short:
            passwords.check("short", "a")
        assert (taken.value.field, short.value.field) == ("user", "password")


class TestSessions:
    def test_neither_token_nor_password_is_kept(self, desk: DeskConnection) -> None:
        """They are in no column of any table."""
        token = _token(desk)
        with reading(desk):
            rows = [row for table in metadata.tables.values() for row in desk.execute(table.select())]
        content = repr(rows)
        assert CUSTOMER in content
        assert token not in content
        assert PASSWORD not in content

    def test_an_unused_session_ends(self, desk: DeskConnection) -> None:
        """After ninety days; one in use is renewed, at most once a day."""
        token = _token(desk)
        with reading(desk):
            assert not access.needs_renewal(access.enter(desk, token, NOW), NOW + timedelta(hours=23))
            entrance = access.enter(desk, token, NOW + timedelta(days=89))
        later = NOW + timedelta(days=89)
        assert access.needs_renewal(entrance, later)
        access.renew(desk, entrance, later)
        with reading(desk):
            access.enter(desk, token, NOW + timedelta(days=178))
        with reading(desk), pytest.raises(SessionExpired):
            access.enter(desk, token, NOW + timedelta(days=179))

    def test_a_session_that_was_ended_is_not_renewed(self, desk: DeskConnection) -> None:
        """Somebody signed out between the look and the renewal."""
        token, later = _token(desk), NOW + timedelta(days=2)
        with reading(desk):
            entrance = access.enter(desk, token, later)
        access.sign_out(desk, token, later)
        access.renew(desk, entrance, later)
        with reading(desk), pytest.raises(SessionExpired):
            access.enter(desk, token, later)

    def test_a_new_password_signs_out_everywhere(self, desk: DeskConnection) -> None:
        """The old password is worth nothing, the new one is."""
        token = _token(desk)
        set_password(desk, person_of(desk, CUSTOMER), "another-horse-2", NOW)
        with reading(desk), pytest.raises(SessionExpired):
            access.actor_of(desk, token, NOW)
        assert _guess(desk, HOME) is AuthenticationFailed
        assert access.sign_in(desk, CUSTOMER, "another-horse-2", HOME, NOW)

    def test_who_is_activated_again_signs_in_anew(self, desk: DeskConnection) -> None:
        """An old session does not come back to life."""
        token, person_id = _token(desk), person_of(desk, CUSTOMER)
        for active in (False, True):
            administration.set_active(desk, person_id, active=active, now=NOW)
        with reading(desk), pytest.raises(SessionExpired):
            access.actor_of(desk, token, NOW)
        assert _token(desk)

    def test_signing_in_and_failing_to_are_noted(self, desk: DeskConnection) -> None:
        """The vendor can see who tried."""
        with reading(desk):
            before = desk.execute(select(func.count()).select_from(audit)).scalar_one()
        _token(desk)
        _guess(desk, HOME)
        with reading(desk):
            actions = desk.execute(select(audit.c.action).order_by(audit.c.id)).scalars().all()
            assert desk.execute(select(func.count()).select_from(sessions)).scalar_one() == 1
        assert actions[before:] == ["sign_in", "sign_in_failed"]


def test_a_password_that_is_changed_while_it_is_checked_opens_nothing(desk: DeskConnection) -> None:
    """Nor does that of somebody who is deactivated meanwhile: sessions that were ended do not come back."""
    person_id = person_of(desk, CUSTOMER)
    attempt = access.begin_attempt(desk, CUSTOMER, "device", now())
    checked = access.check(attempt, PASSWORD)
    set_password(desk, person_id, "another-horse-2", now())
    with pytest.raises(AuthenticationFailed):
        access.finish_attempt(desk, attempt, checked, "", now())
    attempt = access.begin_attempt(desk, CUSTOMER, "device", now())
    checked = access.check(attempt, "another-horse-2")
    administration.set_active(desk, person_id, active=False, now=now())
    with pytest.raises(AuthenticationFailed):
        access.finish_attempt(desk, attempt, checked, "", now())
