"""Secrets: only safe keyrings, never for ever."""

import threading
import time
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from supportdesk.app.secrets import Secrets
from supportdesk.domain.errors import SecretsUnavailable


class Memory(KeyringBackend):
    """A keyring that would be fine to use, except that it is on nobody's list of safe ones."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Stuck(Memory):
    """A keyring that asks the person something and waits."""

    def __init__(self, release: threading.Event) -> None:
        super().__init__()
        self.release = release

    def get_password(self, service: str, username: str) -> str | None:
        self.release.wait(30)
        return "late"


@pytest.fixture
def system_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_token_comes_back_and_is_forgotten() -> None:
    """What was put is read again; after `forget`, twice, there is nothing."""
    secrets = Secrets(safe=Memory())
    secrets.put("practice/jana", "token").result(20)
    assert secrets.get("practice/jana").result(20) == "token"
    secrets.forget("practice/jana").result(20)
    secrets.forget("practice/jana").result(20)
    assert secrets.get("practice/jana").result(20) is None
    secrets.close()


@pytest.mark.parametrize("unsafe", [Memory, NoKeyring])
def test_a_keyring_that_is_not_known_to_be_safe_is_refused(
    system_keyring: None, unsafe: type[KeyringBackend]
) -> None:
    """With a system keyring outside the allow-list nothing is written and the future says so."""
    backend = unsafe()
    keyring.set_keyring(backend)
    secrets = Secrets()
    with pytest.raises(SecretsUnavailable):
        secrets.put("practice/jana", "token").result(20)
    assert getattr(backend, "kept", {}) == {}
    secrets.close()


def test_a_keyring_that_does_not_answer_is_given_up() -> None:
    """A keyring that blocks gives SecretsUnavailable after the time-out; its late answer changes nothing."""
    release = threading.Event()
    secrets = Secrets(timeout_s=0.05, safe=Stuck(release))
    answer = secrets.get("practice/jana")
    with pytest.raises(SecretsUnavailable):
        answer.result(20)
    release.set()
    secrets.close()
    assert isinstance(answer.exception(), SecretsUnavailable)


def test_a_keyring_that_does_not_answer_is_waited_for_once() -> None:
    """What is asked behind it is given up at once, and done all the same; later ones are answered again."""
    release, safe = threading.Event(), Memory()
    stuck = Stuck(release)
    stuck.kept = safe.kept
    secrets = Secrets(timeout_s=0.05, safe=stuck)
    with pytest.raises(SecretsUnavailable):
        secrets.get("practice/jana").result(20)
    secrets._timeout_s = 3600.0
    with pytest.raises(SecretsUnavailable):
        secrets.put("practice/jana", "token").result(20)
    release.set()
    deadline = time.monotonic() + 20
    while not safe.kept:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert secrets.check().result(20) is None
    secrets.close()
