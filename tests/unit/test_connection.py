"""The pill in the top bar."""

import pytest

from supportdesk import clock
from supportdesk.app.connection import ConnectionState, pill_words
from supportdesk.domain.projections import Link

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
