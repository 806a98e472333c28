"""The API against its own description: whatever fits it, and much that does not, is no fault of ours."""

import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from supportdesk.domain.wire import API
from tests.server.talking import Talker
from tests.support.desk import COLLEAGUE, STAFF
from tests.support.server import Served

_EXAMPLES = 15
_LEFT_OUT = "events|sessions|password"
"""Streams, which do not end, and what would end the session with which it is asked."""


@pytest.mark.second_stage
@pytest.mark.timeout(400)
@pytest.mark.parametrize(("user", "which"), [(COLLEAGUE, "."), (STAFF, "/staff/")], ids=["admin", "staff"])
def test_nothing_that_is_sent_is_a_fault_of_the_server(
    server: Served, talk: Callable[..., Talker], tmp_path: Path, user: str, which: str
) -> None:
    """Each operation alone and one after the other, by somebody who is signed in."""
    token = talk(user).token
    done = subprocess.run(
        [
            str(Path(sysconfig.get_path("scripts"), "schemathesis")),
            "run",
            f"{server.address}{API}/openapi.json",
            f"--url={server.address}",
            f"--header=Authorization: Bearer {token}",
            "--checks=not_a_server_error",
            f"--max-examples={_EXAMPLES}",
            f"--include-path-regex={which}",
            f"--exclude-path-regex={_LEFT_OUT}",
            "--exclude-method=PATCH",  # bytes of a file, which it cannot make; test_uploads does
            "--phases=coverage,fuzzing,stateful",
            "--generation-deterministic",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
