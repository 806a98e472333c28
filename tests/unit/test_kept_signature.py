"""The last signature in the system's safe, if the person wants and the safe can."""

import base64

import msgspec
import pytest

from supportdesk.app.jobs import Jobs
from supportdesk.app.kept_signature import KeptSignature, slot_of
from supportdesk.app.secrets import Secrets
from tests.support.facts import ACCOUNT
from tests.support.pdfs import png
from tests.support.workspace import Loop

MARK = png(60, 20)


class Keeper:
    """A safe in memory."""

    def __init__(self, *, locked: bool = False, is_full: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self._locked, self._is_full = locked, is_full

    def get_password(self, _service: str, username: str) -> str | None:
        if self._locked:
            raise OSError
        return self.kept.get(username)

    def set_password(self, _service: str, username: str, password: str) -> None:
        if self._is_full:
            raise OSError
        self.kept[username] = password

    def delete_password(self, _service: str, username: str) -> None:
        del self.kept[username]


def kept_by(
    keeper: Keeper, *, stays: bool = True, refusals: list[str] | None = None
) -> tuple[KeptSignature, Loop, Secrets]:
    loop = Loop()
    secrets = Secrets(safe=keeper)
    account = msgspec.structs.replace(ACCOUNT, stay_signed_in=stays)
    refused = refusals.append if refusals is not None else pytest.fail
    kept = KeptSignature(secrets, Jobs(loop.deliver), account, lambda: refused("refused"))
    return kept, loop, secrets


def test_a_signature_that_is_kept_is_there_the_next_time() -> None:
    """And gone once it is to be forgotten."""
    keeper = Keeper()
    kept, loop, secrets = kept_by(keeper)
    kept.look()
    loop.drain(lambda: kept.can_keep)
    kept.keep(MARK)
    loop.drain(lambda: slot_of(ACCOUNT.id) in keeper.kept)
    secrets.close()
    again, loop, secrets = kept_by(keeper)
    again.look()
    loop.drain(lambda: again.png == MARK)
    again.forget()
    loop.drain(lambda: not keeper.kept)
    assert not again.png
    secrets.close()


def test_without_a_safe_nothing_is_offered() -> None:
    """A locked or missing keyring keeps no signature, and nothing else does."""
    kept, loop, secrets = kept_by(Keeper(locked=True))
    kept.can_keep = True
    kept.look()
    loop.drain(lambda: not kept.can_keep)
    assert not kept.can_keep
    kept.keep(MARK)
    assert not kept.png
    secrets.close()


def test_who_does_not_stay_signed_in_leaves_nothing_behind() -> None:
    """There is no session to end later that would take the signature with it."""
    keeper = Keeper()
    kept, _loop, secrets = kept_by(keeper, stays=False)
    kept.look()
    kept.keep(MARK)
    assert not kept.can_keep
    assert not keeper.kept
    secrets.close()


def test_a_large_one_is_kept_in_parts_and_wholly_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems keep little under one name; of another signature nothing stays behind either."""
    monkeypatch.setattr("supportdesk.app.secrets.PART_CHARS", 10)
    keeper = Keeper()
    kept, loop, secrets = kept_by(keeper)
    kept.look()
    loop.drain(lambda: kept.can_keep)
    for mark in (png(200, 80), MARK):
        kept.keep(mark)
        found = secrets.get(slot_of(ACCOUNT.id)).result(20)
        assert found is not None
        assert base64.b64decode(found) == mark
    assert max(map(len, keeper.kept.values())) == 10
    kept.forget()
    loop.drain(lambda: not keeper.kept)
    secrets.close()


def test_a_safe_that_refuses_to_keep_one_is_told_of() -> None:
    """Nobody believes that it is there the next time."""
    refusals: list[str] = []
    keeper = Keeper(is_full=True)
    kept, loop, secrets = kept_by(keeper, refusals=refusals)
    kept.look()
    loop.drain(lambda: kept.can_keep)
    kept.keep(MARK)
    loop.drain(lambda: refusals == ["refused"])
    assert (kept.can_keep, kept.png, keeper.kept) == (False, b"", {})
    secrets.close()
