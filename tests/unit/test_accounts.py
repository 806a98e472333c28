"""People signed in: kept, restored, left."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from msgspec.structs import replace

from supportdesk.app.accounts import account_id
from supportdesk.app.my_account import PasswordPresenter
from supportdesk.app.secrets import Secrets
from supportdesk.bootstrap import Running
from supportdesk.domain.account import ChangePassword
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.errors import AuthenticationFailed, NotFound, Refused, StoreError
from supportdesk.domain.projections import Account, Link
from tests.support.facts import draft
from tests.support.workspace import Loop, running

TOM = "tom.albrecht@lindenplatz.example"


class MemorySafe:
    """A keyring that outlives the program."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.is_full = False
        self.asked = 0

    def get_password(self, _service: str, username: str) -> str | None:
        self.asked += 1
        return self.kept.get(username)

    def set_password(self, _service: str, username: str, password: str) -> None:
        if self.is_full:
            raise OSError
        self.kept[username] = password

    def delete_password(self, _service: str, username: str) -> None:
        del self.kept[username]


def with_safe(opened: Running, safe: MemorySafe) -> Running:
    opened.workspace.secrets = Secrets(safe=safe)
    opened.accounts._secrets = opened.workspace.secrets
    return opened


def link(opened: Running, account: str) -> Link:
    return opened.workspace.sync.once(account, 20).result(40).link


def test_a_demo_whose_password_was_changed_is_not_tried_with_the_first_one(tmp_path: Path) -> None:
    """At the next start the person has to sign in; asked for by name, the account is found all the same."""
    with running(tmp_path, Loop()) as opened:
        account = opened.accounts.demo("practice").result(30)
        assert opened.accounts.demo_access("practice").result(30) == (account.user, DEMO_PASSWORD)
        opened.accounts.ask(account.id, ChangePassword(DEMO_PASSWORD, "another-horse-2")).result(30)
    with running(tmp_path, Loop()) as opened:
        assert opened.accounts.demo_access("practice").result(30) == (account.user, "")
        opened.accounts.restore().result(30)
        assert link(opened, account.id) is Link.SIGN_IN_NEEDED
        assert opened.accounts.demo("practice").result(30).id == account.id


def test_a_kept_sign_in_survives_a_restart(tmp_path: Path) -> None:
    """With a keyring the account is online again after a restart, without its password."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        signed_in = with_safe(opened, safe).accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20)
        assert signed_in.kept
        assert DEMO_PASSWORD not in safe.kept.values()
    with running(tmp_path, Loop()) as opened:
        (account,) = with_safe(opened, safe).accounts.restore().result(20)
        assert account.person_name == "Tom Albrecht"
        assert link(opened, account.id) is Link.ONLINE


def test_without_a_keyring_a_sign_in_is_needed_after_a_restart(tmp_path: Path) -> None:
    """A sign-in that could not be kept says why; the account is still known and asks again."""
    with running(tmp_path, Loop()) as opened:
        signed_in = opened.accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20)
        assert not signed_in.kept
        assert signed_in.note
    with running(tmp_path, Loop()) as opened:
        (account,) = opened.accounts.restore().result(20)
        assert link(opened, account.id) is Link.SIGN_IN_NEEDED


def test_a_new_password_keeps_the_person_signed_in(tmp_path: Path) -> None:
    """The session that comes of it is kept in place of the one that has ended; the old password is void."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        accounts = with_safe(opened, safe).accounts
        account = accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20).account
        before = dict(safe.kept)
        accounts.ask(account.id, ChangePassword(DEMO_PASSWORD, "another-horse-2")).result(20)
        assert safe.kept.keys() == before.keys()
        assert safe.kept != before
        assert link(opened, account.id) is Link.ONLINE
    with running(tmp_path, Loop()) as opened:
        (account,) = with_safe(opened, safe).accounts.restore().result(20)
        assert link(opened, account.id) is Link.ONLINE
        with pytest.raises(AuthenticationFailed):
            opened.accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20)


def test_a_new_password_that_cannot_be_kept_leaves_no_dead_token(tmp_path: Path) -> None:
    """The screen is told why the person will have to sign in again; the session goes on until then."""
    safe = MemorySafe()
    loop = Loop()
    with running(tmp_path, loop) as opened:
        accounts = with_safe(opened, safe).accounts
        account = accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20).account
        safe.is_full = True
        password = PasswordPresenter(opened.workspace, account.id)
        password.change(DEMO_PASSWORD, "another-horse-2")
        loop.drain(lambda: password.state.changed == 1)
        assert "until you close SupportDesk" in password.state.note
        assert safe.kept == {}
        assert link(opened, account.id) is Link.ONLINE
        password.close()


def test_somebody_who_does_not_want_to_stay_is_not_kept(tmp_path: Path) -> None:
    """Without 'stay signed in' nothing is written into the keyring, and nothing is complained about."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        accounts = with_safe(opened, safe).accounts
        signed_in = accounts.sign_in("practice", TOM, DEMO_PASSWORD, stay=False).result(20)
    assert (signed_in.kept, signed_in.note, safe.kept) == (False, "", {})


def test_a_demo_goes_on_by_itself(tmp_path: Path) -> None:
    """The demo customer is online again after a restart; asking for the demo twice is one account."""
    with running(tmp_path, Loop()) as opened:
        first = opened.accounts.demo("practice").result(20)
        assert opened.accounts.demo("practice").result(20).id == first.id
    with running(tmp_path, Loop()) as opened:
        (account,) = opened.accounts.restore().result(20)
        assert link(opened, account.id) is Link.ONLINE


def test_a_keyring_is_not_asked_about_what_was_never_kept(tmp_path: Path) -> None:
    """It would ask for a password, or to be made: a demo begins, goes on and is left without it."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        with_safe(opened, safe).accounts.demo("practice").result(20)
    with running(tmp_path, Loop()) as opened:
        accounts = with_safe(opened, safe).accounts
        (account,) = accounts.restore().result(20)
        accounts.sign_out(account.id).result(20)
    assert safe.asked == 0


def test_who_does_not_want_to_stay_any_more_is_forgotten(tmp_path: Path) -> None:
    """Signing in again without 'stay signed in' takes what was kept out of the keyring."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        accounts = with_safe(opened, safe).accounts
        accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20)
        assert safe.kept
        accounts.sign_in("practice", TOM, DEMO_PASSWORD, stay=False).result(20)
        assert safe.kept == {}


def test_a_demo_that_cannot_go_on_leaves_the_other_accounts_alone(tmp_path: Path) -> None:
    """One desk that cannot be entered any more asks for a sign-in; the others are online."""
    with running(tmp_path, Loop()) as opened:
        refused = opened.accounts.demo("practice").result(20)
        other = opened.accounts.demo("school").result(20)
    with running(tmp_path, Loop()) as opened:
        usual = opened.accounts._demo

        async def demo(name: str) -> Account:
            if name == "practice":
                raise AuthenticationFailed
            return await usual(name)

        opened.accounts._demo = demo  # type: ignore[method-assign]
        opened.accounts.restore().result(20)
        assert link(opened, refused.id) is Link.SIGN_IN_NEEDED
        assert link(opened, other.id) is Link.ONLINE


def test_signing_out_removes_everything_of_the_account(tmp_path: Path) -> None:
    """Token, account and facts are gone; the other account stays."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        accounts = with_safe(opened, safe).accounts
        tom = accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20).account
        other = accounts.demo("school").result(20)
        accounts.sign_out(tom.id).result(20)
        assert safe.kept == {}
        left = opened.workspace.read(lambda reader: reader.accounts()).result(20)
        assert [account.id for account in left] == [other.id]


def test_a_sign_out_that_fails_half_way_leaves_no_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is not shown any more is not kept any more either."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        accounts = with_safe(opened, safe).accounts
        tom = accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20).account
        broken: Future[None] = Future()
        broken.set_exception(StoreError())
        monkeypatch.setattr(opened.workspace.sync, "sign_out", lambda _account: broken)
        with pytest.raises(StoreError):
            accounts.sign_out(tom.id).result(20)
        assert safe.kept == {}
        assert opened.workspace.read(lambda reader: reader.accounts()).result(20) == ()


def test_a_sign_out_that_is_refused_keeps_the_token(tmp_path: Path) -> None:
    """Nothing has happened then."""
    safe = MemorySafe()
    with running(tmp_path, Loop()) as opened:
        accounts = with_safe(opened, safe).accounts
        tom = accounts.sign_in("practice", TOM, DEMO_PASSWORD).result(20).account
        begun = replace(draft(), account_id=tom.id)
        opened.workspace.write(lambda writer: writer.save_draft(begun)).result(20)
        with pytest.raises(Refused):
            accounts.sign_out(tom.id).result(20)
        assert set(safe.kept) == {tom.id}


def test_wrong_passwords_and_unknown_vendors_are_told_apart_only_where_it_is_safe(tmp_path: Path) -> None:
    """Unknown user and wrong password give the same error; an unknown vendor is said to be unknown."""
    with running(tmp_path, Loop()) as opened:
        told = []
        for user in (TOM, "nobody@lindenplatz.example"):
            with pytest.raises(AuthenticationFailed) as failure:
                opened.accounts.sign_in("practice", user, "wrong").result(20)
            told.append((str(failure.value), failure.value.next_step))
        assert told[0] == told[1]
        with pytest.raises(NotFound):
            opened.accounts.sign_in("nobody", TOM, "x").result(20)


def test_a_person_is_one_account_however_the_name_is_written() -> None:
    """Case and blanks of a user name make no second account."""
    assert account_id("practice", " Tom.Albrecht@lindenplatz.example ") == account_id("practice", TOM)
