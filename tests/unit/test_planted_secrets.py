"""R15: forty planted secrets, in the forms they travel in, and where the program writes about itself."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from supportdesk.app import failure, recent_log
from supportdesk.app.diagnostics import DiagnosticsPresenter
from supportdesk.app.redaction import redact
from supportdesk.domain.errors import SupportDeskError
from supportdesk.server import logs
from tests.support.workspace import Loop, demo_account, running

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5hIn0.c2lnbmF0dXJl"
RANDOM = "q7Rk2vXw9LmZ4bTn8cYs3dHf6gJp1aVe5uKo0iQx"
SECRETS = (
    ("password=hunter2x", "hunter2x"),
    ("password: 'two words'", "two words"),
    ('{"password": "with \\" quote"}', "quote"),
    ("Passwort: geheim-1", "geheim-1"),
    ("passwd=hunter3x rest", "hunter3x"),
    ("passphrase = correct-horse", "correct-horse"),
    ('{"token": "abc123"}', "abc123"),
    ('{"access_token": "atk-12345"}', "atk-12345"),
    ('{"refresh_token":"rtk-12345"}', "rtk-12345"),
    ("id_token=itk-12345", "itk-12345"),
    ("session_token: stk-12345", "stk-12345"),
    ("client_secret=csx-12345", "csx-12345"),
    ("secret: s3cr3t-x", "s3cr3t-x"),
    ("new_password=Neu-12345", "Neu-12345"),
    ("old-password=Alt-12345", "Alt-12345"),
    ("api_key=xyz-key-1", "xyz-key-1"),
    ("X-Api-Key: xyz-key-2", "xyz-key-2"),
    ("apikey=xyz-key-3", "xyz-key-3"),
    ("license key: LIC-4431-ABCD", "LIC-4431-ABCD"),
    ("Authorization: Bearer abcdefghijkl", "abcdefghijkl"),
    ("Authorization: Basic amFuYTpnZWhlaW0=", "amFuYTpnZWhlaW0"),
    ("sent bearer abcdefghijkm here", "abcdefghijkm"),
    ("{'authorization': 'Bearer abcdefghijkn'}", "abcdefghijkn"),
    ("cookie=session-of-mine; path=/", "session-of-mine"),
    ("Set-Cookie: sid=cookie-of-mine; HttpOnly", "cookie-of-mine"),
    ("https://jana:geheim-2@portal.example/x", "geheim-2"),
    ("postgresql://desk:geheim-3@db/desk", "geheim-3"),
    ("smtp://mailer:geheim-4@mail.example:587", "geheim-4"),
    ("https://portal.example/reset?code=4711-0815", "4711-0815"),
    ("https://portal.example/#access_token=frag-12345", "frag-12345"),
    ("http://127.0.0.1:9/back?state=st-1&code=co-12345", "co-12345"),
    ("supportdesk://account?code=mailed-12345", "mailed-12345"),
    ("key MED-4431-88AB-9911-C0DE copied", "88AB-9911"),
    (f"jwt {JWT}", "eyJzdWIiOiJqYW5hIn0"),
    ("from jana.wiebe@lindenplatz.example", "jana.wiebe"),
    ("sha 5f2a91bc77de00125f2a91bc77de00125f2a91bc77de0012", "5f2a91bc77de0012"),
    (f"opaque {RANDOM} end", RANDOM),
    ("AKIAIOSFODNN7EXAMPLE is the key id", "AKIAIOSFODNN7EXAMPLE"),
    ("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----", "MIIEvQIBADANBg"),
    ("smtp_password = mail-12345", "mail-12345"),
)


def planted(text: str, secret: str) -> SupportDeskError:
    """A failure whose words, and whose cause's, hold a secret."""
    try:
        _fail(text)
    except SupportDeskError as error:
        return error
    raise AssertionError


def _fail(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise SupportDeskError(text) from error


def test_there_are_forty() -> None:
    """Each in a text of its own."""
    assert len(SECRETS) == len({text for text, _secret in SECRETS}) == 40
    assert all(secret in text for text, secret in SECRETS)


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_none_is_left_by_the_filter(text: str, secret: str) -> None:
    """Alone, within other words, and on lines of their own."""
    for around in ("{}", "before {} after", "first\n{}\nlast", "[{}]"):
        assert secret not in redact(around.replace("{}", text))


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_none_is_in_a_report_of_a_failure(text: str, secret: str) -> None:
    """What “Copy details” puts on the clipboard."""
    assert secret not in failure.details_of(planted(text, secret))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """Of the program, kept by a fresh handler."""
    kept = recent_log.RecentLog()
    monkeypatch.setattr(recent_log, "recent_log", kept)
    monkeypatch.setattr("supportdesk.app.diagnostics.recent_log", kept)
    log = logging.getLogger("supportdesk.test")
    own = logging.getLogger("supportdesk")
    level = own.level
    own.setLevel(logging.INFO)
    own.addHandler(kept)
    yield log
    own.removeHandler(kept)
    own.setLevel(level)


def test_none_is_in_diagnostics(log: logging.Logger, tmp_path: Path) -> None:
    """Whether it came into the log as a message, an argument or with an exception."""
    for text, secret in SECRETS:
        log.info(text)
        log.warning("an argument: %s", text)
        log.error("failed", exc_info=planted(text, secret))
    loop = Loop()
    with running(tmp_path, loop) as opened:
        demo_account(opened)
        presenter = DiagnosticsPresenter(opened.workspace, "none, a test")
        loop.drain(lambda: "Recent log" in presenter.state.text)
        presenter.close()
    left = [secret for _text, secret in SECRETS if secret in presenter.state.text]
    assert left == []


def test_the_server_logs_no_words_of_an_error() -> None:
    """Its kind and places only: the words may hold what somebody typed."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    log = logging.getLogger("tests.planted")
    log.propagate = False
    log.addHandler(handler)
    try:
        for text, secret in SECRETS:
            log.error("request", exc_info=planted(text, secret))
    finally:
        log.removeHandler(handler)
    assert len([json.loads(line) for line in stream.getvalue().splitlines()]) == 40
    assert [secret for _text, secret in SECRETS if secret in stream.getvalue()] == []
