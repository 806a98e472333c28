"""Staying signed in through a real Secret Service: gnome-keyring on a bus of its own, and real processes."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from supportdesk.app.diagnostics import DiagnosticsPresenter
from supportdesk.domain.demo import DEMO_PASSWORD
from tests.support.workspace import Loop, running
from tests.support.x11 import ROOT, wait

RING_PASSWORD = "ring of the test"
USER = "tom.albrecht@lindenplatz.example"  # not the customer whom the demo signs in by itself
ACCOUNT = f"practice/{USER}"
READ_TOKEN = (
    "import sys; from supportdesk.app.secrets import Secrets; secrets = Secrets();"
    "print(secrets.get(sys.argv[1]).result(20)); secrets.close()"
)

pytestmark = [
    pytest.mark.second_stage,
    pytest.mark.timeout(120),
    pytest.mark.needs("dbus-daemon", "gnome-keyring-daemon"),
]


@dataclass
class Session:
    """A desktop session without a screen: a bus, a home, and a keyring that may be unlocked."""

    environment: dict[str, str]
    data: Path
    running: "list[subprocess.Popen[str]]" = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def start(self, *command: str, stdin: str = "") -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdin is not None
        process.stdin.write(stdin)
        process.stdin.close()
        self.running.append(process)
        return process

    def run(self, *command: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def supportdesk(self, *words: str, stdin: str = "") -> dict[str, Any]:
        """What the command answers; everything the program says is kept for the search for secrets."""
        command = [sys.executable, "-m", "supportdesk", "--data-dir", str(self.data), *words, "--json"]
        done = self.run(*command, stdin=stdin)
        self.said.append(done.stdout + done.stderr)
        answer: dict[str, Any] = json.loads(done.stdout or done.stderr)
        return answer

    def sign_in(self) -> dict[str, Any]:
        words = ("sign-in", "--profile", "practice", "--user", USER, "--password-stdin")
        return self.supportdesk(*words, stdin=f"{DEMO_PASSWORD}\n")

    def token(self) -> str:
        return self.run(sys.executable, "-c", READ_TOKEN, ACCOUNT).stdout.strip()


@contextlib.contextmanager
def session(folder: Path) -> Iterator[Session]:
    home, runtime = folder / "home", folder / "run"
    for each in (home, runtime):
        each.mkdir(mode=0o700, exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "DBUS_", "PYTHON_KEYRING"))}
    own = {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / "share"),
        "PYTHONPATH": str(ROOT / "src"),
        "LANGUAGE": "en",
    }
    opened = Session(kept | own, folder / "data")
    bus = opened.start("dbus-daemon", "--session", "--nofork", "--print-address")
    assert bus.stdout is not None
    opened.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
    try:
        yield opened
    finally:
        for process in reversed(opened.running):
            process.terminate()
        for process in opened.running:
            process.wait(20)
            assert process.stdout is not None
            process.stdout.close()


def start_locked(opened: Session) -> None:
    opened.start("gnome-keyring-daemon", "--foreground", "--components=secrets")


def unlock(opened: Session) -> None:
    """Makes the ring where there is none. `--unlock` takes the password from standard input."""
    command = ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
    opened.start(*command, stdin=RING_PASSWORD)
    wait(lambda: opened.token() == "None", 30, "the keyring answers")


@pytest.fixture
def unlocked(tmp_path: Path) -> Iterator[Session]:
    with session(tmp_path) as opened:
        unlock(opened)
        yield opened


def test_the_next_start_is_still_signed_in(unlocked: Session) -> None:
    """The token rests in the keyring, and a new process synchronises with it, without a password."""
    assert unlocked.sign_in() == {"account": ACCOUNT, "kept": True}
    assert unlocked.token() not in {"", "None"}
    [account] = unlocked.supportdesk("sync", "--once")["accounts"]
    assert (account["link"], account["error_code"]) == ("online", "")


def test_signing_out_takes_the_token_out_of_the_keyring(unlocked: Session) -> None:
    """Nothing is left behind for the account."""
    unlocked.sign_in()
    unlocked.supportdesk("sign-out", "--account", ACCOUNT)
    assert unlocked.token() == "None"


def test_a_locked_keyring_is_told_and_the_program_goes_on(tmp_path: Path) -> None:
    """Signing in fails with the keyring as the reason, and the list can be read."""
    with session(tmp_path) as opened:
        unlock(opened)
        opened.sign_in()
    with session(tmp_path) as opened:
        start_locked(opened)
        [account] = opened.supportdesk("sync", "--once")["accounts"]
        assert account["link"] == "sign_in_needed"
        refused = opened.sign_in()["error"]
        assert refused["code"] == "secrets_unavailable"
        assert "keyring" in refused["what"]
        assert opened.supportdesk("tickets")["tickets"]


def test_secrets_stay_secret(unlocked: Session, caplog: pytest.LogCaptureFixture) -> None:
    """Password and token are in no file, no answer, no log, no argument list and no diagnostics; license keys
    are where they have to be read offline, and nowhere else."""
    seen = argument_lists(unlocked)
    token, keys = unlocked.token(), license_keys(unlocked.data)
    assert len(token) > 20
    assert len(keys) >= 5
    told = "\n".join([*unlocked.said, seen, diagnostics(unlocked.data), caplog.text])
    for secret in (DEMO_PASSWORD, token, *keys):
        assert secret not in told
    for file in (each for each in unlocked.data.rglob("*") if each.is_file()):
        content = file.read_bytes()
        assert DEMO_PASSWORD.encode() not in content, file
        assert token.encode() not in content, file
        if not file.name.startswith(("replica.db", "desk.db")):
            assert not any(key.encode() in content for key in keys), file


def argument_lists(opened: Session) -> str:
    """Signs in, and reads meanwhile how every process on this machine was called."""
    words = ("sign-in", "--profile", "practice", "--user", USER, "--password-stdin", "--json")
    command = [sys.executable, "-m", "supportdesk", "--data-dir", str(opened.data), *words]
    process = opened.start(*command, stdin=f"{DEMO_PASSWORD}\n")
    seen: set[bytes] = set()
    while process.poll() is None:
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended
                seen.add((entry / "cmdline").read_bytes())
    assert process.stdout is not None
    opened.said.append(process.stdout.read())
    assert any(b"sign-in" in line for line in seen)
    opened.supportdesk("sync", "--once")
    return b"\n".join(seen).decode("utf-8", "replace")


def license_keys(data: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(data / "desks/practice/desk.db")) as desk:
        return [key for (key,) in desk.execute("SELECT key FROM license_keys")]


def diagnostics(data: Path) -> str:
    """What a person would copy for support, after they signed in and fetched everything."""
    loop = Loop()
    with running(data, loop) as opened:
        opened.accounts.sign_in("practice", USER, DEMO_PASSWORD).result(30)
        opened.workspace.sync.once(ACCOUNT, 30).result(60)
        presenter = DiagnosticsPresenter(opened.workspace, "none")
        loop.drain(lambda: "Keyring" in presenter.state.text and "asked" not in presenter.state.text)
        presenter.close()
        assert ACCOUNT.partition("@")[2] in presenter.state.text
        return presenter.state.text
