"""The API against its own description: whatever fits it, and much that does not, is no fault of ours."""

import os
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from supportdesk.desk.accounts import accounts
from supportdesk.desk.store import guessing
from supportdesk.desk.store.database import DeskConnection
from supportdesk.domain.wire import API
from supportdesk.server.watcher import Listener
from tests.support.desk import COLLEAGUE, CUSTOMER, STAFF
from tests.support.server import Served

_EXAMPLES = 15
_ROOT = Path(__file__).resolve().parent.parent.parent


async def _soon_over(listener: Listener, _timeout_s: float) -> bool:
    listener.end()
    return True


def _noting(set_password: Callable[..., None], changed: list[str]) -> Callable[..., None]:
    def noted(connection: DeskConnection, person_id: str, *rest: object) -> None:
        set_password(connection, person_id, *rest)
        changed.append(person_id)

    return noted


@pytest.mark.second_stage
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("user", "which"),
    [("", "."), (CUSTOMER, "."), (COLLEAGUE, "."), (STAFF, "/staff/")],
    ids=["signed-out", "customer", "admin", "staff"],
)
def test_nothing_that_is_sent_is_a_fault_of_the_server(
    server: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str, which: str
) -> None:
    """Each operation alone and one after the other. Nobody is told to wait, and streams end by themselves.

    What needs the present password is also asked with it.
    """
    changed: list[str] = []
    monkeypatch.setattr(accounts, "set_password", _noting(accounts.set_password, changed))
    monkeypatch.setattr(guessing, "pay", lambda *_: None)
    monkeypatch.setattr(Listener, "woken", _soon_over)
    done = subprocess.run(
        [
            str(Path(sysconfig.get_path("scripts"), "schemathesis")),
            "run",
            f"{server.address}{API}/openapi.json",
            f"--url={server.address}",
            "--checks=not_a_server_error",
            f"--max-examples={_EXAMPLES}",
            f"--include-path-regex={which}",
            "--phases=coverage,fuzzing,stateful",
            "--generation-deterministic",
            "--request-timeout=60",
            "--no-color",
        ],
        cwd=tmp_path,
        env=os.environ
        | {
            "SCHEMATHESIS_HOOKS": "tests.server.fuzzing_hooks",
            "PYTHONPATH": str(_ROOT),
            "FUZZED_ADDRESS": server.address,
            "FUZZED_BY": user,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert bool(changed) == (user != "" and which == "."), done.stdout[-5000:]
