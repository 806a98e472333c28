"""The pill in the top bar."""

from pathlib import Path

import pytest

from supportdesk import clock
from supportdesk.app.connection import ConnectionPresenter, ConnectionState, pill_words
from supportdesk.app.notifications import Notifications
from supportdesk.domain.changes import ChangeSet, Topic
from supportdesk.domain.projections import Link
from tests.support.workspace import Loop, running

NOW = clock.now()


@pytest.mark.parametrize(
    ("state", "text", "tone"),
    [
        (ConnectionState(Link.ONLINE, last_success_at=NOW), "Up to date", "quiet"),
        (ConnectionState(Link.SYNCING, last_success_at=NOW), "Up to date", "quiet"),
        (ConnectionState(Link.STARTING), "Connecting", "quiet"),
        (ConnectionState(Link.ONLINE, waiting=2, last_success_at=NOW), "Sending 2 items", "quiet"),
        (ConnectionState(Link.OFFLINE), "Offline", "warning"),
        (ConnectionState(Link.OFFLINE, waiting=2), "Offline: 2 waiting to be sent", "warning"),
        (ConnectionState(Link.FAILING, waiting=2), "Not up to date", "warning"),
        (ConnectionState(Link.OFFLINE, needing_help=1), "1 needs your help", "danger"),
        (ConnectionState(Link.SIGN_IN_NEEDED, waiting=1, needing_help=1), "Sign in again", "warning"),
    ],
)
def test_the_pill_says_what_matters_most(state: ConnectionState, text: str, tone: str) -> None:
    """Signed out before refused before offline before sending."""
    words = pill_words(state)
    assert (words.text, words.tone) == (text, tone)


def test_an_account_that_was_left_is_no_mistake(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Changes told just after somebody has logged out are looked up in vain, and nothing is logged."""
    loop = Loop()
    with running(tmp_path, loop) as opened:
        told: list[object] = []
        pill, notices = (
            ConnectionPresenter(opened.workspace, "practice/gone"),
            Notifications(opened.workspace, told.append),
        )
        notices.on_change(ChangeSet("practice/gone", frozenset({Topic("sync")})))
        jobs = opened.workspace.jobs
        loop.drain(lambda: not jobs.busy(pill, "read") and not jobs.busy(notices, "practice/gone"))
        pill.close()
        notices.close()
    assert told == []
    assert not caplog.records
